#include "pos/programme/soft_report.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "pos/domain/csv_field.hpp"
#include "pos/programme/quote_words.hpp"

namespace pos::programme {

void SoftReport::take(const SaleFact& sale) {
  for (const BenefitOutcome& outcome : sale.result.outcomes) {
    if (outcome.soft == Soft::none) continue;
    const bool declined = outcome.reason == Reason::declined;
    const bool shown = outcome.state == BenefitState::applied ||
                       outcome.state == BenefitState::offered || declined;
    if (!shown) continue;
    SoftCount& count =
        counts_[{sale.scene.store, sale.scene.employee, outcome.benefit, outcome.soft}];
    ++count.shown;
    if (declined) ++count.declined;
    if (!outcome.done) continue;
    ++count.done;
    const auto answer = std::ranges::find(sale.input.answers, outcome.benefit, &Answer::benefit);
    if (answer != sale.input.answers.end() && !answer->choice.empty())
      ++count.answers[answer->choice];
  }
}

std::string SoftReport::csv() const {
  std::string table = "store,employee,benefit,kind,answer,shown,done,declined,left\n";
  for (const auto& [key, count] : counts_) {
    const std::string start = fmt::format(
        "{},{},{},{}", domain::csv_field(key.store.text()), domain::csv_field(key.employee.text()),
        domain::csv_field(key.benefit.text()), word_of(kSoftWords, key.kind));
    table += fmt::format("{},,{},{},{},{}\n", start, count.shown, count.done, count.declined,
                         count.left(key.kind));
    for (const auto& [answer, times] : count.answers) {
      table += fmt::format("{},{},,{},,\n", start, domain::csv_field(answer), times);
    }
  }
  return table;
}

}  // namespace pos::programme
