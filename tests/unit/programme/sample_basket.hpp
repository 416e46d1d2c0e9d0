#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pos/programme/quote.hpp"

/// The sample club's programme and Noa's basket, for tests of the judge.
namespace tests::programme {

[[nodiscard]] std::string read_file(const std::string& path_in_tree);
[[nodiscard]] const pos::programme::Programme& sample_programme();
/// Parses a document that the test expects to be right; stops the test with the findings if not.
[[nodiscard]] pos::programme::Programme programme_of(std::string_view document);

[[nodiscard]] pos::domain::Article article(std::string code, std::int64_t price,
                                           bool demand = false, bool earns = true);
[[nodiscard]] pos::programme::BasketLine line_of(pos::domain::Article article,
                                                 std::int64_t quantity = 1);

/// VIP, gold, 1,240 points, in her birthday week.
[[nodiscard]] pos::domain::MemberFacts noa();
/// Milk x2, bread, olive oil, yoghurt x2, coffee: 119.10 at the shelf.
[[nodiscard]] pos::programme::QuoteInput noas_basket();

[[nodiscard]] const pos::programme::BenefitOutcome* find_outcome(
    const std::vector<pos::programme::BenefitOutcome>& outcomes, std::string_view benefit);

}  // namespace tests::programme
