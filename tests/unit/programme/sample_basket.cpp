#include "tests/unit/programme/sample_basket.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "pos/core/bytes.hpp"
#include "pos/domain/member_facts_json.hpp"

namespace tests::programme {

using namespace pos::programme;
using namespace pos::domain;

std::string read_file(const std::string& path_in_tree) {
  std::ifstream file(std::string(CLUBTILL_SOURCE_DIR) + "/" + path_in_tree, std::ios::binary);
  if (!file) throw std::runtime_error("cannot open " + path_in_tree);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Programme programme_of(std::string_view document) {
  auto parsed = Programme::parse(pos::core::bytes_of(document));
  if (parsed) return *parsed;
  std::string message = "the programme is refused";
  for (const Finding& finding : parsed.error()) {
    message += "\n" + std::to_string(finding.line) + " " + finding.place + ": " + finding.reason;
  }
  throw std::runtime_error(message);
}

const Programme& sample_programme() {
  static const Programme programme = programme_of(read_file("assets/sample-club/programme.json"));
  return programme;
}

Article article(std::string code, std::int64_t price, bool demand, bool earns) {
  Article result;
  result.code = std::move(code);
  result.name.at(Language::en) = "Article " + result.code;
  result.price = Money::of(price);
  result.vat_per_mille = 180;
  result.category = *CategoryCode::parse(earns ? "food" : "gift-card");
  result.demand = demand;
  result.earns = earns;
  return result;
}

BasketLine line_of(Article article, std::int64_t quantity) {
  return {std::move(article), quantity};
}

MemberFacts noa() {
  MemberFacts facts;
  facts.id = *MemberId::parse("000102030405060708090a0b0c0d0e0f");
  facts.account = *AccountId::parse("101112131415161718191a1b1c1d1e1f");
  facts.form_of_address = "Noa L.";
  facts.last_digits = "21";
  facts.member_class = *ClassCode::parse("vip");
  facts.tier = *TierCode::parse("gold");
  facts.balance = Points::of(1240);
  facts.windows.push_back({EffectiveWindow::Kind::birthday, *parse_day("2026-11-20"),
                           *parse_day("2026-11-26"), "", ""});
  facts.version = 7;
  return facts;
}

QuoteInput noas_basket() {
  QuoteInput input;
  input.lines = {line_of(article("0400000000015", 620), 2), line_of(article("0400000000022", 1490)),
                 line_of(article("0400000000039", 3990, true)),
                 line_of(article("0400000000046", 1100, true), 2),
                 line_of(article("0400000000053", 2990, true))};
  input.member = noa();
  // Sunday, 22 November 2026, 14:32 in Jerusalem.
  input.moment = {pos::core::Instant::from_unix_ms(1795350720000), std::chrono::minutes(120)};
  input.store = *StoreCode::parse("cedar");
  input.region = *RegionCode::parse("north");
  return input;
}

const BenefitOutcome* find_outcome(const std::vector<BenefitOutcome>& outcomes,
                                   std::string_view benefit) {
  const auto found = std::find_if(outcomes.begin(), outcomes.end(),
                                  [&](const auto& one) { return one.benefit.text() == benefit; });
  return found != outcomes.end() ? &*found : nullptr;
}

}  // namespace tests::programme
