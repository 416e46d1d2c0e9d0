#include "pos/terminal/command_replay.hpp"

#include <fmt/core.h>

#include <ostream>

#include "pos/terminal/command_journal.hpp"
#include "pos/terminal/command_programme.hpp"
#include "pos/terminal/recorded_sales.hpp"
#include "pos/terminal/replay_words.hpp"

namespace pos::terminal {
namespace {

using core::ExitCode;

/// One run over the journal: what is read, and what went wrong on the way.
struct Replay {
  const StatePaths& paths;
  DayRange range;
  ReplayForm form = ReplayForm::text;
  std::ostream& out;
  std::ostream& err;
  disk::JournalReader journal;
  KnownProgrammes known;
  ReplayProof proof{};
  bool altered = false;
};

std::optional<DayRange> read_range(const ReplayOptions& options, std::ostream& err) {
  auto range = read_days(options.from, options.to, err);
  if (!range) return std::nullopt;
  if (!options.prove && options.programme_files.size() > 1) {
    err << "Name one programme to try out, or add --prove: then the files are versions that "
           "recorded sales name.\n";
    return std::nullopt;
  }
  return range;
}

std::optional<std::vector<programme::Programme>> load_all(const ReplayOptions& options,
                                                          std::ostream& err) {
  std::vector<programme::Programme> all;
  for (const std::string& file : options.programme_files) {
    auto programme = load_programme(file, err);
    if (!programme) return std::nullopt;
    all.push_back(std::move(*programme));
  }
  return all;
}

ReplayForm form_of(const ReplayOptions& options) {
  if (options.json) return ReplayForm::json;
  return options.csv ? ReplayForm::csv : ReplayForm::text;
}

void name_unread(Replay& replay, const UnreadSale& sale) {
  ++replay.proof.unread;
  replay.altered = replay.altered || sale.altered;
  replay.err << fmt::format(
      "Record {} of incarnation {} {}\n", sale.seq, sale.incarnation,
      sale.altered ? "is not as it was sealed and was not judged: clubtill journal verify"
                   : "cannot be read by this program and was not judged");
}

void prove(Replay& replay, const RecordedSale& sale) {
  const domain::ProgrammeHash& hash = sale.fact.result.programme;
  ReplayProof::OfVersion& version = replay.proof.versions[hash];
  ++version.sales;
  const KnownProgrammes::Version& known = replay.known.find(hash);
  if (!known.programme) return;
  const auto difference = replay_difference(*known.programme, sale.fact, sale.body);
  if (difference.none()) return;
  ++version.differences;
  replay.proof.otherwise.push_back({sale.receipt, sale.day, hash, difference});
}

/// What the whole run ends with, after its data is written.
ExitCode end_of(const Replay& replay) {
  if (replay.altered) return ExitCode::journal_broken;
  if (!replay.proof.otherwise.empty() || !replay.out.good()) return ExitCode::other;
  return ExitCode::ok;
}

ExitCode walk(Replay& replay, const std::function<void(const RecordedSale&)>& take) {
  const auto done =
      each_recorded_sale(replay.journal, replay.range,
                         {take, [&](const UnreadSale& sale) { name_unread(replay, sale); }});
  if (done) return ExitCode::ok;
  replay.err << sentence_of(done.error()) << '\n';
  return exit_code_of(done.error());
}

ExitCode run_proof(Replay& replay) {
  const ExitCode walked = walk(replay, [&](const RecordedSale& sale) { prove(replay, sale); });
  if (walked != ExitCode::ok) return walked;
  write_proof(replay.proof, replay.known, replay.form, replay.out);
  return end_of(replay);
}

bool same_money(const programme::ClubRules& a, const programme::ClubRules& b) {
  return a.currency == b.currency && a.decimals == b.decimals;
}

ExitCode run_what_if(Replay& replay, const programme::Programme& tried) {
  programme::WhatIf what_if(tried);
  const programme::ClubRules* other_money = nullptr;
  const ExitCode walked = walk(replay, [&](const RecordedSale& sale) {
    const auto& recorded = replay.known.find(sale.fact.result.programme).programme;
    const programme::ClubRules* rules = recorded ? &recorded->rules() : nullptr;
    if (rules != nullptr && !same_money(*rules, tried.rules())) other_money = rules;
    what_if.take(sale.receipt, sale.fact, rules);
    if (sale.fact.result.programme == tried.hash()) prove(replay, sale);
  });
  if (walked != ExitCode::ok) return walked;
  if (other_money != nullptr) {
    replay.err << fmt::format(
        "The programme counts in {} with {} decimals, recorded sales in {} with {}: they do not "
        "compare.\n",
        tried.rules().currency, tried.rules().decimals, other_money->currency,
        other_money->decimals);
    return ExitCode::configuration;
  }
  write_what_if(what_if, replay.proof, replay.known, replay.form, replay.out);
  return end_of(replay);
}

}  // namespace

ExitCode replay(const StatePaths& paths, const ReplayOptions& options, std::ostream& out,
                std::ostream& err) {
  const auto range = read_range(options, err);
  if (!range) return ExitCode::usage;
  const auto programmes = load_all(options, err);
  if (!programmes) return ExitCode::configuration;
  auto journal = open_journal(paths, err);
  if (!journal) return journal.error();
  auto versions = open_journal(paths, err);
  if (!versions) return versions.error();
  Replay replay{paths,
                *range,
                form_of(options),
                out,
                err,
                std::move(*journal),
                KnownProgrammes(std::move(*versions), paths)};
  for (const programme::Programme& programme : *programmes) replay.known.add(programme);
  if (options.prove || programmes->empty()) return run_proof(replay);
  return run_what_if(replay, programmes->front());
}

}  // namespace pos::terminal
