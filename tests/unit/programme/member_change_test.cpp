#include <algorithm>

#include "pos/programme/member_change.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/programme/sample_basket.hpp"

/// How often a member had what is limited: nothing that gives something is ever forgotten.
namespace {

using namespace pos::programme;
using pos::domain::BenefitId;
using pos::domain::BenefitUse;
using pos::domain::Day;
using pos::domain::kUsesMax;
using pos::domain::MemberFacts;

const Day kToday = *pos::domain::parse_day("2026-11-22");

BenefitId benefit_of(const std::string& word, std::size_t number) {
  return *BenefitId::parse(word + std::to_string(number));
}

/// A member who had or heard so many benefits, the first of them the longest ago.
MemberFacts with_uses(const std::string& word, std::size_t count, bool heard) {
  MemberFacts facts = tests::programme::noa();
  for (std::size_t i = 0; i < count; ++i) {
    const Day day = kToday - std::chrono::days(static_cast<int>(200 - i));
    facts.uses.push_back({benefit_of(word, i), 1, {day}, heard});
  }
  return facts;
}

bool counts(const MemberFacts& facts, const BenefitId& benefit) {
  return std::ranges::find(facts.uses, benefit, &BenefitUse::benefit) != facts.uses.end();
}

void apply(MemberFacts& facts, const MemberChange& change) {
  CHECK(apply_change(facts, change, kToday).empty());
}

TEST_CASE("Uses: what was only heard makes room, the longest ago first", "[programme][uses]") {
  MemberFacts facts = with_uses("word", kUsesMax, true);
  apply(facts, {{*BenefitId::parse("gift")}, {}, {}});
  CHECK(facts.uses.size() == kUsesMax);
  CHECK(counts(facts, *BenefitId::parse("gift")));
  CHECK_FALSE(counts(facts, benefit_of("word", 0)));
  CHECK(counts(facts, benefit_of("word", 1)));
}

TEST_CASE("Uses: a word never pushes out what gave something", "[programme][uses]") {
  MemberFacts facts = with_uses("gift", kUsesMax, false);
  MemberChange change;
  change.heard = {*BenefitId::parse("word")};
  apply(facts, change);
  CHECK(facts.uses.size() == kUsesMax);
  CHECK_FALSE(counts(facts, *BenefitId::parse("word")));
  CHECK(counts(facts, benefit_of("gift", 0)));
}

TEST_CASE("Uses: what tills that are apart gave on top of it is counted as well",
          "[programme][uses]") {
  MemberFacts facts = with_uses("gift", kUsesMax, false);
  for (std::size_t i = 0; i < kUsesMax; ++i) apply(facts, {{benefit_of("more", i)}, {}, {}});
  CHECK(facts.uses.size() == pos::domain::kUsesKeptMax);
  const auto read = pos::domain::member_facts_from_json(to_json(facts));
  REQUIRE(read);
  CHECK(read->uses == facts.uses);
}

TEST_CASE("Uses: with 64 counted a benefit with a limit is not given, one without is",
          "[programme][uses]") {
  const auto programme = tests::programme::programme_of(R"({"format": "clubtill-programme/1",
    "version": "1", "club": {"name": {"en": "C"}, "currency": "ILS", "decimals": 2,
    "terms_version": "1"}, "classes": [{"code": "vip", "name": {"en": "V"}}], "benefits": [
    {"id": "once", "name": {"en": "O"}, "on": {"earning": true}, "give": {"amount": 100},
     "limit": {"member": 1}},
    {"id": "often", "name": {"en": "F"}, "on": {"earning": true}, "give": {"amount": 50}}]})");
  QuoteInput input;
  input.lines = {
      tests::programme::line_of(tests::programme::article("tea", 2'000, false, true), 1)};
  input.moment.at = pos::core::Instant::from_unix_ms(1'795'341'600'000);
  const auto discount = [&](MemberFacts facts) {
    facts.uses.back().benefit = *BenefitId::parse("last");
    input.member = std::move(facts);
    return quote(programme, input).discount.units();
  };
  CHECK(discount(with_uses("gift", kUsesMax - 1, false)) == 150);
  CHECK(discount(with_uses("gift", kUsesMax, false)) == 50);
  CHECK(discount(with_uses("word", kUsesMax, true)) == 150);
}

TEST_CASE("Uses: words are counted apart in what a sale changes, and never come back",
          "[programme][uses]") {
  Quote quote;
  BenefitOutcome word;
  word.benefit = *BenefitId::parse("word");
  word.soft = Soft::prompt;
  word.counted = true;
  BenefitOutcome gift;
  gift.benefit = *BenefitId::parse("gift");
  gift.counted = true;
  quote.outcomes = {word, gift};
  const MemberChange change = change_of(quote);
  CHECK(change.heard == std::vector<BenefitId>{word.benefit});
  CHECK(change.counted == std::vector<BenefitId>{gift.benefit});
  const auto read = parse_change(to_json(change));
  REQUIRE(read);
  CHECK(*read == change);
  CHECK(undo_of({}, quote).heard.empty());
}

}  // namespace
