#include <algorithm>

#include "pos/core/bytes.hpp"
#include "pos/programme/benefit_text.hpp"
#include "pos/programme/facts.hpp"
#include "pos/programme/member_standing.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/programme/sample_basket.hpp"

/// How tiers are written, what the lint says of them, and where a member stands.
namespace {

using namespace pos::programme;
using pos::domain::Day;
using pos::domain::FactId;
using pos::domain::MemberFacts;
using pos::domain::MissingWay;
using pos::domain::Money;
using pos::domain::parse_day;
using pos::domain::TierCode;
using pos::domain::TierWay;
using Severity = Finding::Severity;

std::string document(const std::string& tiers) {
  return R"({"format": "clubtill-programme/1", "version": "1",
    "club": {"name": {"en": "Club"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
    "classes": [{"code": "regular", "name": {"en": "R"}}],
    "referral": {"referrer": 200, "joined": 200},
    "tiers": [)" +
         tiers + R"(], "benefits": []})";
}

std::string tier(const std::string& code, const std::string& ways, const std::string& more = "") {
  return R"({"code": ")" + code + R"(", "name": {"en": ")" + code + R"("}, "reached_by": [)" +
         ways + "]" + more + "}";
}

std::vector<Finding> lint_tiers(const std::string& tiers) {
  return lint(pos::core::bytes_of(document(tiers)));
}

bool finds(const std::vector<Finding>& findings, Severity severity, std::string_view place,
           std::string_view reason, std::string_view mend) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.severity == severity && finding.place == place && finding.line > 0 &&
           finding.reason.find(reason) != std::string::npos &&
           finding.mend.find(mend) != std::string::npos;
  });
}

std::vector<NamedTier> ladder(const std::string& tiers) {
  const auto programme = Programme::parse(pos::core::bytes_of(document(tiers)));
  REQUIRE(programme);
  return programme->tiers();
}

Day day(const char* text) { return *parse_day(text); }
std::optional<TierCode> code(const char* text) { return TierCode::parse(text); }

TEST_CASE("Tier: whoever has no other has the base", "[programme][tier]") {
  const std::string base = R"({"code": "base", "name": {"en": "B"}, "base": true})";
  const auto tiers = ladder(base + "," + tier("silver", R"({"visits": 3})"));
  MemberFacts facts = tests::programme::noa();
  facts.status = {};
  facts.visits = 1;
  const auto standing = standing_on(tiers, facts, day("2026-11-22"));
  CHECK(standing.tier == code("base"));
  REQUIRE(standing.next);
  CHECK(standing.next->ways.front() == MissingWay{TierWay::visits, 2});
  facts.visits = 3;
  CHECK(standing_on(tiers, facts, day("2026-11-22")).tier == code("silver"));
  CHECK(has_ladder(ladder(base)));
  CHECK(finds(lint_tiers(tier("silver", R"({"visits": 3})") + "," + base), Severity::error,
              "tiers[1].base", "has the lowest one", "first tier"));
  CHECK(finds(lint_tiers(tier("silver", R"({"visits": 3})", R"(, "base": true)")), Severity::error,
              "tiers[0].base", "nothing to reach", "reached_by"));
}

struct Member {
  MemberFacts facts;
  pos::core::SeededChance chance{7};

  FactId buys(const char* date, std::int64_t paid) {
    const auto sale = FactId::mint(chance);
    count_purchase(facts, {sale, day(date), Money::of(paid), 1});
    return sale;
  }
  void gives_back(const FactId& sale, const char* bought_on, std::int64_t paid) {
    count_purchase(facts, {sale, day(bought_on), Money::of(-paid), 0});
  }
};

const std::string kSilver = R"({"spend": 150000, "months": 12}, {"visits": 12, "months": 12})";
const std::string kGold =
    R"({"spend": 400000, "months": 12}, {"years": 5}, {"referrals": 5}, {"one_sale": 120000})";

TEST_CASE("Tier: a way is one word with its goal, and a period where it can have one",
          "[programme][tier]") {
  const auto tiers = ladder(
      tier("silver", R"({"spend": 150000, "calendar_year": true})", R"(, "keep_months": 12)") +
      ", " + tier("gold", kGold));
  REQUIRE(tiers.size() == 2);
  CHECK(tiers[0].reached_by == std::vector{TierRule{TierWay::spend, 150'000, 0, true}});
  CHECK(tiers[0].keep_months == 12);
  REQUIRE(tiers[1].reached_by.size() == 4);
  CHECK(tiers[1].reached_by[0] == TierRule{TierWay::spend, 400'000, 12, false});
  CHECK(tiers[1].reached_by[3] == TierRule{TierWay::one_sale, 120'000, 0, false});
}

TEST_CASE("Tier: what is wrong with a way is named with its place", "[programme][tier][lint]") {
  const auto wrong = [&](const std::string& way, std::string_view key, std::string_view reason) {
    const auto found = lint_tiers(tier("gold", way));
    const std::string place =
        "tiers[0].reached_by[0]" + (key.empty() ? std::string() : "." + std::string(key));
    return finds(found, Severity::error, place, reason, "");
  };
  CHECK(wrong(R"({"months": 12})", "", "names no way"));
  CHECK(wrong(R"({"spend": 1, "visits": 1})", "visits", "beside"));
  CHECK(wrong(R"({"spend": 0})", "spend", "range"));
  CHECK(wrong(R"({"spend": 1, "months": 25})", "months", "range"));
  CHECK(wrong(R"({"spend": 1, "months": 12, "calendar_year": true})", "months", "beside"));
  CHECK(wrong(R"({"years": 5, "months": 12})", "months", "in all"));
  CHECK(wrong(R"({"spent": 5})", "spent", "not a key"));
  CHECK(finds(lint_tiers(tier("gold", "")), Severity::error, "tiers[0].reached_by", "empty",
              "at least one"));
}

TEST_CASE("Tier: one that nobody can have is an error, with the tier that stands in the way",
          "[programme][tier][lint]") {
  const auto never = [&](const std::string& low, const std::string& high) {
    return finds(lint_tiers(tier("silver", low) + ", " + tier("gold", high)), Severity::error,
                 "tiers[0].reached_by", "silver can never be reached", "each asking more");
  };
  CHECK(never(R"({"spend": 150000})", R"({"spend": 150000})"));
  CHECK(never(R"({"spend": 150000})", R"({"visits": 3}, {"spend": 140000})"));
  CHECK(never(R"({"spend": 150000, "months": 6})", R"({"spend": 150000, "months": 12})"));
  CHECK(never(R"({"spend": 150000, "calendar_year": true}, {"years": 3})",
              R"({"spend": 150000, "months": 12}, {"years": 3})"));
  CHECK(never(R"({"one_sale": 150000})", R"({"spend": 150000})"));
  CHECK_FALSE(never(R"({"spend": 150000, "months": 12})", R"({"spend": 150000, "months": 6})"));
  CHECK_FALSE(never(R"({"spend": 149999})", R"({"spend": 150000})"));
  CHECK_FALSE(never(R"({"one_sale": 150000})", R"({"spend": 150000, "months": 12})"));
  CHECK_FALSE(never(kSilver, kGold));
}

TEST_CASE("Tier: a lower tier that is kept longer can be left when the higher one has gone",
          "[programme][tier][lint]") {
  const std::string way = R"({"spend": 150000, "months": 6})";
  CHECK(
      lint_tiers(tier("silver", way, R"(, "keep_months": 12)") + ", " + tier("gold", way)).empty());
}

TEST_CASE("Tier: ways that decide nothing, and periods that run out at once, are warned of",
          "[programme][tier][lint]") {
  CHECK(lint_tiers(tier("silver", kSilver) + ", " + tier("gold", kGold)).empty());
  CHECK(finds(lint_tiers(tier("silver", R"({"spend": 100}, {"spend": 200})")), Severity::warning,
              "tiers[0].reached_by[1]", "decides nothing", "remove"));
  CHECK(finds(lint_tiers(tier("silver", R"({"spend": 100}, {"visits": 9})") + ", " +
                         tier("gold", R"({"spend": 200}, {"visits": 9})")),
              Severity::warning, "tiers[0].reached_by[1]", "has gold already",
              "less than for gold"));
  CHECK(finds(lint_tiers(tier("silver", R"({"visits": 9, "calendar_year": true})")),
              Severity::warning, "tiers[0].reached_by[0]", "loses it in January", "keep_months"));
  CHECK(finds(lint_tiers(tier("silver", R"({"visits": 9})", R"(, "keep_months": 3)")),
              Severity::warning, "tiers[0].keep_months", "changes nothing", "remove"));
  CHECK(
      finds(lint_tiers(tier("silver", R"({"visits": 9, "months": 12})", R"(, "keep_months": 13)")),
            Severity::error, "tiers[0].reached_by[0]", "more than 24", "shorten"));
}

TEST_CASE("Standing: reached at equality, with what is missing to the next the nearest first",
          "[programme][tier]") {
  const auto tiers = ladder(tier("silver", kSilver) + ", " + tier("gold", kGold));
  Member member;
  member.facts.status.joined = day("2026-01-15");
  member.buys("2026-03-10", 100'000);
  member.buys("2026-11-01", 49'999);
  const auto before = standing_on(tiers, member.facts, day("2026-11-22"));
  CHECK_FALSE(before.tier);
  REQUIRE(before.next);
  CHECK(before.next->tier == *code("silver"));
  CHECK(before.next->ways ==
        std::vector{MissingWay{TierWay::spend, 1}, MissingWay{TierWay::visits, 10}});
  member.buys("2026-11-22", 1);
  const auto after = standing_on(tiers, member.facts, day("2026-11-22"));
  CHECK(after.tier == code("silver"));
  REQUIRE(after.next);
  CHECK(after.next->tier == *code("gold"));
  // 2,500.00 of 4,000.00 are 62.5 %, and of five years from 2026-01-15 there are 1,515 of 1,826
  // days, 83 %. What was bought before does nothing for one large purchase.
  CHECK(after.next->ways ==
        std::vector{MissingWay{TierWay::spend, 250'000}, MissingWay{TierWay::years, 1'515},
                    MissingWay{TierWay::referrals, 5}, MissingWay{TierWay::one_sale, 120'000}});
}

TEST_CASE("Standing: each way reaches by itself", "[programme][tier]") {
  const auto tiers = ladder(tier("silver", kSilver) + ", " + tier("gold", kGold));
  const auto tier_of = [&](const Member& member, const char* on) {
    return standing_on(tiers, member.facts, day(on)).tier;
  };
  Member member;
  SECTION("twelve purchases") {
    for (int i = 0; i < 11; ++i) member.buys("2026-11-02", 100);
    CHECK_FALSE(tier_of(member, "2026-11-22"));
    member.buys("2026-11-02", 100);
    CHECK(tier_of(member, "2026-11-22") == code("silver"));
  }
  SECTION("five years") {
    member.facts.status.joined = day("2024-02-29");
    CHECK_FALSE(tier_of(member, "2029-02-27"));
    CHECK(tier_of(member, "2029-02-28") == code("gold"));
  }
  SECTION("five referrals") {
    member.facts.status.referrals = 4;
    CHECK_FALSE(tier_of(member, "2026-11-22"));
    member.facts.status.referrals = 5;
    CHECK(tier_of(member, "2026-11-22") == code("gold"));
  }
  SECTION("one large purchase, until it comes back") {
    member.buys("2026-11-02", 119'999);
    CHECK_FALSE(tier_of(member, "2026-11-22"));
    const auto sale = member.buys("2026-11-02", 120'000);
    CHECK(tier_of(member, "2026-11-22") == code("gold"));
    member.gives_back(sale, "2026-11-02", 1);
    CHECK(tier_of(member, "2026-11-22") == code("silver"));
  }
}

TEST_CASE("Standing: a period runs out with the end of a month, and keep_months put that off",
          "[programme][tier]") {
  Member member;
  member.buys("2025-12-31", 150'000);
  const auto on = [&](const std::string& more, const char* date) {
    return standing_on(ladder(tier("silver", R"({"spend": 150000, "months": 12})", more)),
                       member.facts, day(date))
        .tier;
  };
  CHECK(on("", "2026-11-30") == code("silver"));
  CHECK_FALSE(on("", "2026-12-01"));
  CHECK(on(R"(, "keep_months": 3)", "2027-02-28") == code("silver"));
  CHECK_FALSE(on(R"(, "keep_months": 3)", "2027-03-01"));
}

TEST_CASE("Standing: a calendar year begins in January and is kept as long as it says",
          "[programme][tier]") {
  Member member;
  member.buys("2025-11-30", 100'000);
  member.buys("2025-12-31", 50'000);
  const auto on = [&](const std::string& more, const char* date) {
    return standing_on(ladder(tier("silver", R"({"spend": 150000, "calendar_year": true})", more)),
                       member.facts, day(date))
        .tier;
  };
  CHECK(on("", "2025-12-31") == code("silver"));
  CHECK_FALSE(on("", "2026-01-01"));
  CHECK(on(R"(, "keep_months": 12)", "2026-12-31") == code("silver"));
  CHECK_FALSE(on(R"(, "keep_months": 12)", "2027-01-01"));
}

TEST_CASE("Standing: what the club gave is the least that a member has", "[programme][tier]") {
  const auto tiers = ladder(tier("silver", kSilver) + ", " + tier("gold", kGold) +
                            R"(, {"code": "top", "name": {"en": "top"}})");
  MemberFacts facts;
  facts.status.given = code("silver");
  CHECK(standing_on(tiers, facts, day("2026-11-22")).tier == code("silver"));
  facts.status.referrals = 5;
  const auto gold = standing_on(tiers, facts, day("2026-11-22"));
  CHECK(gold.tier == code("gold"));
  CHECK_FALSE(gold.next);  // the top is the club's to give
  facts.status.given = code("top");
  CHECK(standing_on(tiers, facts, day("2026-11-22")).tier == code("top"));
}

TEST_CASE("Standing: a programme whose tiers nobody can reach leaves them as they were given",
          "[programme][tier]") {
  MemberFacts facts;
  facts.tier = code("gold");
  set_standing(facts, ladder(R"({"code": "gold", "name": {"en": "gold"}})"), day("2026-11-22"));
  CHECK(facts.tier == code("gold"));
}

TEST_CASE("Standing: months before the last twenty-four are not counted, in whatever order",
          "[programme][tier]") {
  const std::vector<const char*> dates = {"2024-11-30", "2024-12-01", "2025-06-15", "2026-11-22"};
  std::vector<std::size_t> order = {0, 1, 2, 3};
  do {
    Member member;
    for (const std::size_t i : order) member.buys(dates[i], 100);
    REQUIRE(member.facts.status.months.size() == 3);
    CHECK(member.facts.status.months.front().month == 202412);
    CHECK(member.facts.spend_in_period.units() == 400);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("Standing: a return is counted in the month of its sale", "[programme][tier]") {
  SaleFact sale;
  sale.scene.moment = {pos::core::Instant::from_unix_ms(1'795'330'800'000), {}};  // 22 Nov 2026
  sale.input.lines = {tests::programme::line_of(tests::programme::article("a", 5'000), 1)};
  sale.result.lines.resize(1);
  sale.result.payable = sale.result.lines[0].payable = Money::of(5'000);
  sale.result.shelf = sale.result.lines[0].shelf = Money::of(5'000);
  Scene later = sale.scene;
  later.moment.at = later.moment.at + std::chrono::hours(24 * 30);
  pos::core::SeededChance chance(1);
  const auto uid = FactId::mint(chance);
  const auto back = invert(uid, sale, {}, {{0, 1}}, later);
  REQUIRE(back);
  CHECK(purchase_of(uid, sale) == Purchase{uid, day("2026-11-22"), Money::of(5'000), 1});
  CHECK(purchase_of(*back) == Purchase{uid, day("2026-11-22"), Money::of(-5'000), 0});
  MemberFacts facts;
  count_purchase(facts, purchase_of(uid, sale));
  count_purchase(facts, purchase_of(*back));
  REQUIRE(facts.status.months.size() == 1);
  CHECK(facts.status.months.front().spend.is_zero());
  CHECK(facts.status.large.empty());
}

TEST_CASE("Tier: a way by referrals needs a programme that asks for them",
          "[programme][tier][lint]") {
  std::string text = document(tier("gold", R"({"referrals": 5})"));
  CHECK(lint(pos::core::bytes_of(text)).empty());
  const std::string asked = R"("referral": {"referrer": 200, "joined": 200},)";
  text.replace(text.find(asked), asked.size(), "");
  CHECK(finds(lint(pos::core::bytes_of(text)), Severity::error, "tiers[0].reached_by[0]",
              "has no referral", "add \"referral\""));
}

TEST_CASE("Tier: the programme tells its ways in every language", "[programme][tier]") {
  const auto& programme = tests::programme::sample_programme();
  CHECK(describe_programme(programme, pos::domain::Language::en).find("referrals: ") !=
        std::string::npos);
  CHECK(describe_programme(programme, pos::domain::Language::he).find("קנייה אחת בסך") !=
        std::string::npos);
  CHECK(
      describe_programme(programme, pos::domain::Language::fa).find("سال‌های عضویت") !=
      std::string::npos);
}

}  // namespace
