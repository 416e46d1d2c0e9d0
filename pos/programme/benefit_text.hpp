#pragma once

#include <string>

#include "pos/programme/programme.hpp"

namespace pos::programme {

/// The whole programme for a cashier, as plain text: what the club gives, to whom and when.
[[nodiscard]] std::string describe_programme(const Programme& programme, domain::Language language);

/// One way of a tier or a class: "purchases of 1,500.00 within 12 months".
[[nodiscard]] std::string describe_way(const Programme& programme, const TierRule& way,
                                       domain::Language language);

}  // namespace pos::programme
