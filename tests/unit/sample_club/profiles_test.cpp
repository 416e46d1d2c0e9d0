#include <map>

#include "pos/app/wording.hpp"
#include "pos/core/json/json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_directory.hpp"
#include "tests/support/sample_club.hpp"

namespace {

using namespace pos;
using domain::Language;
using tests::SampleClub;

const SampleClub& rimon() {
  static const SampleClub club("rimon-il");
  return club;
}

const SampleClub& anar() {
  static const SampleClub club("anar-ir");
  return club;
}

/// Prices that are given rather than derived, in rial.
const std::map<std::string, std::int64_t> kGiven = {
    {"0400000000015", 480'000},    // milk
    {"0400000000022", 650'000},    // bread
    {"0400000000039", 4'900'000},  // olive oil
    {"0400000000046", 920'000},    // yoghurt
    {"0400000000053", 3'450'000},  // coffee
    {"0400000000060", 2'900'000},  // saffron
    {"0400000000077", 350'000},    // onions
    {"0400000000084", 420'000},    // potatoes
    {"0400000000091", 1'900'000},  // hand cream
    {"0400000000107", 2'300'000},  // file set
    {"0400000000114", 6'500'000},  // bulldozer
    {"0400000000121", 10'000'000}  // gift card
};

/// The rule of assets/sample-club/README.md: 800 rial for an agora, in whole ten thousands.
std::int64_t rial_of(const domain::Article& article) {
  if (article.name.in(Language::en).starts_with("Gel polish")) return 3'800'000;
  if (const auto given = kGiven.find(article.code); given != kGiven.end()) return given->second;
  return (article.price.units() * 800 + 5'000) / 10'000 * 10'000;
}

std::vector<std::string> benefits_of(const SampleClub& club) {
  const auto document = core::Json::parse(club.programme_document(), 32);
  REQUIRE(document.has_value());
  std::vector<std::string> ids;
  for (const core::Json& benefit : (*document)["benefits"].items()) {
    ids.emplace_back(*benefit["id"].text());
  }
  return ids;
}

}  // namespace

TEST_CASE("Sample club: both profiles sell the same articles", "[sample-club]") {
  REQUIRE(rimon().articles().size() == anar().articles().size());
  for (std::size_t i = 0; i < rimon().articles().size(); ++i) {
    const domain::Article& shekel = rimon().articles()[i];
    const domain::Article& rial = anar().articles()[i];
    CAPTURE(shekel.code);
    CHECK(rial.code == shekel.code);
    CHECK(rial.category == shekel.category);
    CHECK(rial.demand == shekel.demand);
    CHECK(rial.earns == shekel.earns);
    CHECK(rial.vat_per_mille == (shekel.vat_per_mille == 0 ? 0 : 100));
    CHECK(rial.price.units() == rial_of(shekel));
    // the gift card's name says its amount
    if (shekel.code != "0400000000121") CHECK(rial.name == shekel.name);
  }
}

TEST_CASE("Sample club: a benefit of one profile is in the other, too", "[sample-club]") {
  CHECK(benefits_of(rimon()) == benefits_of(anar()));
}

TEST_CASE("Sample club: rial are counted whole and shown as toman", "[sample-club]") {
  const programme::ClubRules& rules = anar().programme().rules();
  CHECK(rules.currency == "IRR");
  CHECK(rules.decimals == 0);
  CHECK(rules.money_form() == domain::kToman);
  CHECK(rimon().programme().rules().money_form() == domain::MoneyForm(2));
}

TEST_CASE("Sample club: a point is worth a tenth of what it is earned for", "[sample-club]") {
  for (const SampleClub* club : {&rimon(), &anar()}) {
    const programme::ClubRules& rules = club->programme().rules();
    CHECK(rules.earn_points.units() == 1);
    CHECK(rules.spend_step_worth.units() * 10 == rules.earn_per.units() * rules.spend_step.units());
  }
  CHECK(anar().programme().rules().earn_per.units() == 100'000);
}

TEST_CASE("Sample club: the lint has nothing to say about either programme", "[sample-club]") {
  for (const SampleClub* club : {&rimon(), &anar()}) {
    for (const auto& finding : programme::lint(core::bytes_of(club->programme_document()))) {
      FAIL_CHECK(finding.place << ": " << finding.reason);
    }
  }
}

TEST_CASE("Sample club: a sum in rial reads in the direction of its language", "[sample-club]") {
  const tests::FakeDirectory till(std::string(CLUBTILL_SOURCE_DIR) +
                                  "/assets/sample-club/anar-ir/programme.json");
  const auto total = [&](Language language) {
    return app::Wording(language, till).priced_cell(domain::Money::of(26'809'200));
  };
  // the number stands by itself; around it the first letter of the word decides
  CHECK(total(Language::fa) == "\u2068\u2066۲٬۶۸۰٬۹۲۰\u2069 تومان\u2069");
  CHECK(total(Language::he) == "\u2068\u20662,680,920\u2069 טומאן\u2069");
  CHECK(total(Language::en) == "\u2068\u20662,680,920\u2069 toman\u2069");
}
