#include "pos/terminal/command_report.hpp"

#include <fmt/core.h>

#include <ostream>

#include "pos/domain/format.hpp"
#include "pos/programme/quote_words.hpp"
#include "pos/programme/soft_report.hpp"
#include "pos/terminal/command_journal.hpp"
#include "pos/terminal/known_programmes.hpp"
#include "pos/terminal/recorded_sales.hpp"

namespace pos::terminal {
namespace {

using core::ExitCode;
using core::Json;
using domain::Language;
using programme::SoftCount;
using programme::SoftKey;
using programme::SoftReport;

const std::optional<programme::Programme> kNoProgramme;

/// The benefits' names are those of the newest version that a sale named.
struct Names {
  KnownProgrammes known;
  std::optional<domain::ProgrammeHash> newest;

  [[nodiscard]] std::string of(const domain::BenefitId& benefit) {
    if (!newest) return benefit.text();
    const auto& programme = known.find(*newest).programme;
    if (!programme) return benefit.text();
    const std::string& name = programme->benefit_name(benefit, {}).in(Language::en);
    return name.empty() ? benefit.text() : name;
  }
  /// What an answer to a question says.
  [[nodiscard]] std::string of(const domain::BenefitId& question, const std::string& answer) {
    const auto& programme = newest ? known.find(*newest).programme : kNoProgramme;
    if (!programme) return answer;
    for (const programme::ShortAnswer& one : programme->answers_to(question)) {
      if (one.code.text() == answer) return one.text.in(Language::en);
    }
    return answer;
  }
};

std::string row(const std::string& name, std::string_view shown, std::string_view done,
                std::string_view declined, std::string_view left) {
  return fmt::format("{:<44} {:>8} {:>8} {:>8} {:>8}\n", name, shown, done, declined, left);
}

std::string row(const std::string& name, const SoftCount& count, programme::Soft kind) {
  const auto number = [](std::int64_t value) { return domain::format_number(value, Language::en); };
  return row(name, number(count.shown), number(count.done), number(count.declined),
             number(count.left(kind)));
}

void write_text(const SoftReport& report, Names& names, std::ostream& out) {
  if (report.counts().empty()) {
    out << "No task and no words for a member in these sales.\n";
    return;
  }
  out << row("Cashier, task or words", "shown", "done", "declined", "left");
  std::string employee;
  for (const auto& [key, count] : report.counts()) {
    const std::string cashier = key.store.text() + ", " + key.employee.text();
    if (cashier != employee) out << '\n' << cashier << '\n';
    employee = cashier;
    out << row("  " + names.of(key.benefit), count, key.kind);
    for (const auto& [answer, times] : count.answers) {
      out << row("    " + names.of(key.benefit, answer), "",
                 domain::format_number(times, Language::en), "", "");
    }
  }
}

void write_json(const SoftReport& report, Names& names, std::ostream& out) {
  for (const auto& [key, count] : report.counts()) {
    Json json = Json::object();
    json.set("store", key.store.text()).set("employee", key.employee.text());
    json.set("benefit", key.benefit.text()).set("name", names.of(key.benefit));
    json.set("kind", programme::word_of(programme::kSoftWords, key.kind));
    json.set("shown", count.shown).set("done", count.done).set("declined", count.declined);
    Json answers = Json::object();
    for (const auto& [answer, times] : count.answers) answers.set(answer, times);
    if (!count.answers.empty()) json.set("answers", std::move(answers));
    out << json.set("left", count.left(key.kind)).dump() << '\n';
  }
}

}  // namespace

ExitCode report(const StatePaths& paths, const ReportOptions& options, std::ostream& out,
                std::ostream& err) {
  const auto range = read_days(options.from, options.to, err);
  if (!range) return ExitCode::usage;
  auto journal = open_journal(paths, err);
  if (!journal) return journal.error();
  auto versions = open_journal(paths, err);
  if (!versions) return versions.error();
  Names names{KnownProgrammes(std::move(*versions), paths), std::nullopt};
  SoftReport soft;
  std::size_t unread = 0;
  const auto walked = each_recorded_sale(*journal, *range,
                                         {[&](const RecordedSale& sale) {
                                            soft.take(sale.fact);
                                            names.newest = sale.fact.result.programme;
                                          },
                                          [&](const UnreadSale&) { ++unread; }});
  if (!walked) {
    err << sentence_of(walked.error()) << '\n';
    return exit_code_of(walked.error());
  }
  if (options.csv) {
    out << soft.csv();
  } else if (options.json) {
    write_json(soft, names, out);
  } else {
    write_text(soft, names, out);
  }
  if (unread == 0) return out.good() ? ExitCode::ok : ExitCode::other;
  err << fmt::format("{} sales cannot be read and are not counted: clubtill journal verify\n",
                     unread);
  return ExitCode::journal_broken;
}

}  // namespace pos::terminal
