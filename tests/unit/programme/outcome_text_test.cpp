#include "pos/programme/outcome_text.hpp"

#include "pos/domain/format.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/programme/sample_basket.hpp"

namespace {

using namespace pos::programme;
using namespace pos::domain;
using namespace tests::programme;

OutcomeText said(const QuoteInput& input, std::string_view benefit, Language language) {
  for (const BenefitOutcome& outcome : explain_all(sample_programme(), input)) {
    if (outcome.benefit.text() == benefit) {
      return outcome_text(sample_programme(), input, outcome, language);
    }
  }
  return {};
}

TEST_CASE("Outcome text: what applied says what, why and how much", "[programme][text]") {
  const QuoteInput input = noas_basket();
  const OutcomeText vip = said(input, "class-demand", Language::en);
  CHECK(vip.what == "VIP 15% on demand products");
  CHECK(vip.why == "\u206615%\u2069 of \u206678.30\u2069");
  CHECK(vip.amount == "\u221211.75");
  CHECK(said(input, "olive-oil-price", Language::en).why ==
        "\u206631.90\u2069 instead of \u206639.90\u2069");
  CHECK(said(input, "class-demand", Language::fa).amount == "\u2212۱۱٫۷۵");
  CHECK(said(input, "class-demand", Language::fa).why == "\u2066۱۵٪\u2069 از \u2066۷۸٫۳۰\u2069");
}

TEST_CASE("Outcome text: words name whose day it is; of the member's own there is nobody to name",
          "[programme][text]") {
  QuoteInput input = noas_basket();
  const auto occasion = [&](const char* benefit) {
    return occasion_text(sample_programme(), input, *BenefitId::parse(benefit), Language::en);
  };
  CHECK(occasion("birthday-greeting").empty());
  EffectiveWindow& window = input.member->windows.front();
  window.kind = EffectiveWindow::Kind::child_birthday;
  window.relation = "daughter";
  CHECK(occasion("child-greeting") == isolated_name("daughter"));
}

TEST_CASE("Outcome text: what is nearly there names the change", "[programme][text]") {
  QuoteInput input = noas_basket();
  CHECK(said(input, "gift-150", Language::en).why == "\u206630.90\u2069 more");
  CHECK(said(input, "gift-150", Language::he).why == "עוד \u206630.90\u2069");
  input.lines[3].quantity = 1;
  CHECK(said(input, "second-yoghurt", Language::en).why ==
        "\u20661\u2069 more: \u2068Article 0400000000046\u2069");
}

TEST_CASE("Outcome text: every reason has a sentence in every language", "[programme][text]") {
  const QuoteInput input = noas_basket();
  BenefitOutcome outcome;
  outcome.benefit = *BenefitId::parse("gift-150");
  for (int reason = 1; reason <= static_cast<int>(Reason::limit_reached); ++reason) {
    outcome.reason = static_cast<Reason>(reason);
    for (const Language language : kLanguages) {
      INFO("reason " << reason);
      CHECK_FALSE(outcome_text(sample_programme(), input, outcome, language).why.empty());
    }
  }
}

TEST_CASE("Outcome text: a whole sentence", "[programme][text]") {
  const QuoteInput input = noas_basket();
  const auto outcomes = explain_all(sample_programme(), input);
  REQUIRE_FALSE(outcomes.empty());
  CHECK(
      outcome_sentence(sample_programme(), input, outcomes[0], Language::en) ==
      "VIP 15% on demand products: \u206615%\u2069 of \u206678.30\u2069, \u2066\u221211.75\u2069");
}

}  // namespace
