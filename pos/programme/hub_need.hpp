#pragma once

#include "pos/programme/facts.hpp"
#include "pos/programme/programme.hpp"

namespace pos::programme {

/// What a quote gives that the hub should say yes to before it is sealed.
struct HubNeed {
  Reservation wish;     ///< to be kept for this sale
  domain::Money worth;  ///< of the points and the value in it: Reach::reserved once the hub agreed
  bool any = false;     ///< false: the sale needs nobody's yes
};

[[nodiscard]] HubNeed hub_need(const Programme& programme, const Quote& quote);

}  // namespace pos::programme
