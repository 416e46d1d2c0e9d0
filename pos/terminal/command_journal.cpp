#include "pos/terminal/command_journal.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "pos/core/json/json.hpp"
#include "pos/disk/till_keys.hpp"

namespace pos::terminal {
namespace {

using core::ExitCode;
using core::Json;

Json envelope_json(const disk::SealedFact& fact) {
  Json json = Json::object();
  json.set("till", fact.fields.till).set("incarnation", fact.fields.incarnation);
  json.set("seq", static_cast<std::int64_t>(fact.fields.seq)).set("uid", fact.fields.uid.hex());
  json.set("kind", fact.fields.kind.text()).set("size", fact.fields.size);
  json.set("body_hash", fact.fields.body_hash.hex()).set("chain", fact.chain.hex());
  json.set("signature", fact.signature.hex());
  return json;
}

ExitCode fail_with(const disk::DiskError& error, std::ostream& err) {
  err << sentence_of(error) << '\n';
  return exit_code_of(error);
}

}  // namespace

core::Expected<disk::JournalReader, ExitCode> open_journal(const StatePaths& paths,
                                                           std::ostream& err) {
  if (!std::filesystem::exists(paths.journal())) {
    err << fmt::format("There is no till in {}. Pair it first: clubtill pair URL CODE\n",
                       paths.folder);
    return core::fail(ExitCode::not_paired);
  }
  auto reader = disk::JournalReader::open(paths.journal());
  if (reader) return std::move(*reader);
  err << sentence_of(reader.error()) << '\n';
  return core::fail(exit_code_of(reader.error()));
}

ExitCode exit_code_of(const disk::DiskError& error) {
  using Fault = disk::DiskError::Fault;
  switch (error.fault) {
    case Fault::already_running:
      return ExitCode::already_running;
    case Fault::newer_schema:
      return ExitCode::schema;
    case Fault::damaged:
    case Fault::foreign:
      return ExitCode::database_damaged;
    case Fault::broken_chain:
      return ExitCode::journal_broken;
    default:
      return ExitCode::other;
  }
}

ExitCode exit_code_of(const disk::FileError& error) {
  using Kind = disk::FileError::Kind;
  if (error.kind == Kind::missing) return ExitCode::not_paired;
  const bool refused = error.kind == Kind::exposed || error.kind == Kind::malformed;
  return refused ? ExitCode::key_refused : ExitCode::other;
}

std::string sentence_of(const disk::DiskError& error) {
  using Fault = disk::DiskError::Fault;
  std::string_view words = "The disk did not do what was asked.";
  switch (error.fault) {
    case Fault::already_running:
      words = "Clubtill is already running on these files. Close it first.";
      break;
    case Fault::newer_schema:
      words = "These files were written by a newer Clubtill. Install that version.";
      break;
    case Fault::damaged:
      words = "The file is damaged. Keep a copy of it and call support; nothing was changed.";
      break;
    case Fault::foreign:
      words = "This file belongs to another program. Name another folder with --state.";
      break;
    case Fault::broken_chain:
      words = "The journal was altered. Keep a copy of it and call support.";
      break;
    case Fault::full:
      words = "The disk is full. Free some room, then try again.";
      break;
    default:
      break;
  }
  return fmt::format("{} ({}: {})", words, disk::to_text(error.fault), error.detail);
}

ExitCode journal_verify(const StatePaths& paths, bool json, std::ostream& out, std::ostream& err) {
  auto reader = open_journal(paths, err);
  if (!reader) return reader.error();
  const auto keys = disk::load_till_keys(paths.keys());
  if (!keys) {
    err << fmt::format("The till's key cannot be used: {}\n", keys.error().detail);
    return exit_code_of(keys.error());
  }
  const auto check = reader->verify(keys->signing.open);
  if (!check) return fail_with(check.error(), err);
  if (json) {
    Json answer = Json::object();
    answer.set("checked", static_cast<std::int64_t>(check->checked))
        .set("intact", !check->flaw.has_value());
    if (check->flaw) {
      answer.set("flaw", disk::to_text(check->flaw->kind))
          .set("incarnation", check->flaw->incarnation);
      answer.set("seq", static_cast<std::int64_t>(check->flaw->seq))
          .set("detail", check->flaw->detail);
    }
    out << answer.dump() << '\n';
  } else if (check->flaw) {
    out << fmt::format(
        "Record {} of incarnation {} is the first that is not as it was sealed: {}. {}\n",
        check->flaw->seq, check->flaw->incarnation, disk::to_text(check->flaw->kind),
        check->flaw->detail);
  } else {
    out << fmt::format("{} records, each as it was sealed.\n", check->checked);
  }
  return check->flaw ? ExitCode::journal_broken : ExitCode::ok;
}

ExitCode journal_show(const StatePaths& paths, std::size_t count, bool json, std::ostream& out,
                      std::ostream& err) {
  auto reader = open_journal(paths, err);
  if (!reader) return reader.error();
  auto facts = reader->newest(count);
  if (!facts) return fail_with(facts.error(), err);
  std::reverse(facts->begin(), facts->end());
  for (const disk::SealedFact& fact : *facts) {
    if (json) {
      out << envelope_json(fact).dump() << '\n';
    } else {
      out << fmt::format("{:>3}.{:<7} {:<7} {} {:>6} bytes\n", fact.fields.incarnation,
                         fact.fields.seq, fact.fields.kind.text(), fact.fields.uid.hex(),
                         fact.fields.size);
    }
  }
  return ExitCode::ok;
}

ExitCode journal_export(const StatePaths& paths, std::ostream& out, std::ostream& err) {
  auto reader = open_journal(paths, err);
  if (!reader) return reader.error();
  const auto done = reader->each(1, [&](const disk::SealedFact& fact) {
    Json json = envelope_json(fact);
    auto body = Json::parse(core::text_of(fact.body), 16);
    json.set("body", body ? std::move(*body) : Json(core::to_hex(fact.body)));
    out << json.dump() << '\n';
    return out.good();
  });
  return done ? ExitCode::ok : fail_with(done.error(), err);
}

}  // namespace pos::terminal
