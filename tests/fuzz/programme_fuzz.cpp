#include "pos/core/check.hpp"
#include "pos/programme/benefit_text.hpp"
#include "pos/programme/programme.hpp"
#include "pos/programme/quote.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// A document is refused with reasons, or it can be told and judges a basket without a fault.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pos::programme;
  const auto findings = lint({data, size});
  const auto programme = Programme::parse({data, size});
  bool errors = false;
  for (const Finding& finding : findings) {
    CLUBTILL_CHECK(!finding.place.empty() && !finding.reason.empty() && !finding.mend.empty());
    errors = errors || finding.severity == Finding::Severity::error;
  }
  CLUBTILL_CHECK(programme.has_value() != errors);
  if (!programme) return 0;
  CLUBTILL_CHECK(!describe_programme(*programme, pos::domain::Language::fa).empty());
  QuoteInput input;
  for (const std::int64_t price : {620, 3990, 15'000}) {
    BasketLine line;
    line.article.code = "0400000000039";
    line.article.price = pos::domain::Money::of(price);
    input.lines.push_back(line);
  }
  input.member.emplace();
  if (!programme->classes().empty()) input.member->member_class = programme->classes()[0].code;
  const Quote judged = quote(*programme, input);
  CLUBTILL_CHECK(!judged.payable.is_negative() && judged.payable <= judged.shelf);
  static_cast<void>(explain_all(*programme, input));
  return 0;
}
