#pragma once

#include <rapidcheck.h>

#include "pos/programme/facts.hpp"
#include "tests/unit/programme/sample_basket.hpp"

/// Random baskets, members and facts over a small world of articles, so that benefits meet.
namespace pos::programme {
/// For RapidCheck's account of a failure.
inline void showValue(const QuoteInput& input, std::ostream& out) { out << to_json(input).dump(); }
}  // namespace pos::programme

namespace tests::programme {

[[nodiscard]] rc::Gen<pos::programme::QuoteInput> any_input();
[[nodiscard]] rc::Gen<pos::programme::Fact> any_fact();
[[nodiscard]] rc::Gen<pos::programme::Scene> any_scene();
/// An input, judged by the sample programme and sealed.
[[nodiscard]] rc::Gen<pos::programme::SaleFact> any_sale();
/// Parts of a balance that begin and end within a few days of `today`; drawn within a property.
[[nodiscard]] std::vector<pos::domain::Lot> any_lots(pos::domain::Day today);
/// Articles that the sample programme names, and some that it does not.
[[nodiscard]] const std::vector<pos::domain::Article>& world();

}  // namespace tests::programme
