#include "pos/terminal/command_status.hpp"

#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <ostream>

#include "pos/app/views/build_slip.hpp"
#include "pos/core/json/json.hpp"
#include "pos/disk/cache_reader.hpp"
#include "pos/disk/till_directory.hpp"
#include "pos/disk/till_keys.hpp"
#include "pos/domain/receipt_code.hpp"
#include "pos/programme/certified_examples.hpp"
#include "pos/terminal/command_journal.hpp"
#include "pos/terminal/slip_printer.hpp"

namespace pos::terminal {
namespace {

using core::ExitCode;
using core::Json;

/// What both commands need: the till's keys and pairing, and that its files exist.
struct OpenTill {
  disk::TillKeys keys;
  disk::Pairing pairing;
};

core::Expected<OpenTill, ExitCode> open_till(const StatePaths& paths, std::ostream& err) {
  const auto keys = disk::load_till_keys(paths.keys());
  const auto pairing = disk::load_pairing(paths.pairing());
  for (const auto* trouble :
       {keys ? nullptr : &keys.error(), pairing ? nullptr : &pairing.error()}) {
    if (trouble == nullptr || trouble->kind == disk::FileError::Kind::missing) continue;
    err << fmt::format("The till's keys cannot be used: {}\n", trouble->detail);
    return core::fail(exit_code_of(*trouble));
  }
  if (!keys || !pairing || !std::filesystem::exists(paths.journal())) {
    err << fmt::format("There is no paired till in {}. Pair it first: clubtill pair URL CODE\n",
                       paths.folder);
    return core::fail(ExitCode::not_paired);
  }
  return OpenTill{*keys, *pairing};
}

struct Figures {
  disk::JournalCounts counts;
  std::vector<disk::IncarnationState> incarnations;
  std::optional<disk::RightLeft> right;
  std::uint64_t unsettled = 0;
  std::uint64_t members = 0;
  std::uint64_t streams = 0;
  bool programme = false;
  programme::Certificate examples;  ///< of this build, whatever the till does
};

disk::Disk<Figures> read_figures(const StatePaths& paths, const OpenTill& till) {
  Figures figures;
  figures.examples = programme::certify(programme::certified_set());
  auto journal = disk::JournalReader::open(paths.journal());
  if (!journal) return core::fail(journal.error());
  const auto counts = journal->counts();
  if (!counts) return core::fail(counts.error());
  figures.counts = *counts;
  if (auto incarnations = journal->incarnations()) figures.incarnations = std::move(*incarnations);
  if (const auto right = journal->right()) figures.right = *right;
  figures.unsettled = journal->unsettled().value_or(0);
  // A till that never ran has no cache yet.
  if (auto cache = disk::CacheReader::open(paths.cache(), till.keys.cache_key)) {
    figures.members = cache->member_count().value_or(0);
    if (const auto cursors = cache->cursors()) figures.streams = cursors->size();
    const auto programme = cache->programme();
    figures.programme = programme && programme->has_value();
  }
  return figures;
}

Json to_json(const OpenTill& till, const Figures& figures) {
  Json json = Json::object();
  json.set("till", till.pairing.till.value)
      .set("store", till.pairing.store.text())
      .set("hub", till.pairing.hub_url);
  json.set("facts", static_cast<std::int64_t>(figures.counts.facts));
  json.set("waiting", static_cast<std::int64_t>(figures.counts.waiting));
  json.set("unsettled", static_cast<std::int64_t>(figures.unsettled));
  json.set("altered", static_cast<std::int64_t>(figures.counts.altered));
  json.set("members", static_cast<std::int64_t>(figures.members));
  json.set("streams", static_cast<std::int64_t>(figures.streams))
      .set("programme", figures.programme);
  Json incarnations = Json::array();
  for (const disk::IncarnationState& state : figures.incarnations) {
    incarnations.push(Json::object()
                          .set("incarnation", state.incarnation)
                          .set("sealed", static_cast<std::int64_t>(state.last_seq))
                          .set("accepted", static_cast<std::int64_t>(state.accepted)));
  }
  json.set("incarnations", std::move(incarnations));
  if (figures.right) {
    json.set("right", Json::object()
                          .set("id", figures.right->id.hex())
                          .set("number", static_cast<std::int64_t>(figures.right->number))
                          .set("amount", figures.right->amount.units())
                          .set("per_member", figures.right->per_member_max.units())
                          .set("spent", figures.right->spent.units())
                          .set("left", figures.right->left().units()));
  }
  json.set("exposure", figures.right ? figures.right->left().units() : 0);
  json.set("examples",
           Json::object()
               .set("judged", static_cast<std::int64_t>(figures.examples.examples))
               .set("different", static_cast<std::int64_t>(figures.examples.examples_different)));
  return json;
}

void print_right(const std::optional<disk::RightLeft>& right, std::ostream& out) {
  if (!right) {
    out << "Gives nothing without asking: no right has come from the hub.\n";
  } else if (right->amount.is_zero()) {
    out << "Gives nothing without asking: the hub recalled its right.\n";
  } else {
    out << fmt::format("May give out {} of {} alone, at most {} a member (minor units).\n",
                       right->left().units(), right->amount.units(), right->per_member_max.units());
  }
}

void print_words(const OpenTill& till, const Figures& figures, std::ostream& out) {
  out << fmt::format("Till {} in store {}, hub {}\n", till.pairing.till.value,
                     till.pairing.store.text(), till.pairing.hub_url);
  out << fmt::format("Sealed {} records; {} wait for the hub; {} are not settled yet.\n",
                     figures.counts.facts, figures.counts.waiting, figures.unsettled);
  if (figures.counts.altered > 0) {
    out << fmt::format(
        "Records altered on this disk and kept apart: {} (clubtill journal verify)\n",
        figures.counts.altered);
  }
  out << fmt::format("Knows {} members and {} programme.\n", figures.members,
                     figures.programme ? "a" : "no");
  out << fmt::format("Judges {} certified examples; {} differ from what is written.\n",
                     figures.examples.examples, figures.examples.examples_different);
  print_right(figures.right, out);
}

bool write_file(const std::string& path, core::BytesView bytes, std::ostream& err) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  if (file.good()) return true;
  err << fmt::format("{} cannot be written.\n", path);
  return false;
}

std::optional<domain::FactId> parse_uid(const std::string& text) {
  if (const auto code = domain::ReceiptCode::parse(text)) return code->sale();
  return domain::FactId::parse(text);
}

}  // namespace

ExitCode till_status(const StatePaths& paths, bool json, std::ostream& out, std::ostream& err) {
  const auto till = open_till(paths, err);
  if (!till) return till.error();
  const auto figures = read_figures(paths, *till);
  if (!figures) {
    err << sentence_of(figures.error()) << '\n';
    return exit_code_of(figures.error());
  }
  if (json)
    out << to_json(*till, *figures).dump() << '\n';
  else
    print_words(*till, *figures, out);
  return ExitCode::ok;
}

ExitCode print_receipt(const StatePaths& paths, const std::string& uid_text,
                       const ReceiptForm& form, std::ostream& out, std::ostream& err) {
  const auto uid = parse_uid(uid_text);
  if (!uid) {
    err << "A receipt code is CT1: and 32 hexadecimal digits; the digits alone will do.\n";
    return ExitCode::usage;
  }
  const auto till = open_till(paths, err);
  if (!till) return till.error();
  auto journal = disk::JournalReader::open(paths.journal());
  auto directory = disk::TillDirectory::open({paths.journal(),
                                              paths.cache(),
                                              {},
                                              till->keys.cache_key,
                                              till->pairing,
                                              false,
                                              true,
                                              till->keys.signing.secret});
  if (!journal || !directory) {
    const disk::DiskError& error = !journal ? journal.error() : directory.error();
    err << sentence_of(error) << '\n';
    return exit_code_of(error);
  }
  const auto sealed = journal->fact(*uid);
  if (!sealed || !*sealed) {
    err << "This till has no such receipt. Ask at the till that printed it.\n";
    return ExitCode::other;
  }
  const auto fact = programme::decode_fact((*sealed)->fields.kind.text(), (*sealed)->body);
  const auto slip = fact ? app::build_slip(*uid, *fact, **directory, true) : std::nullopt;
  if (!slip) {
    err << "This record has no slip.\n";
    return ExitCode::other;
  }
  const auto fonts = text::FontSet::open_installed();
  if (!fonts) {
    err << fonts.error().detail << '\n';
    return ExitCode::other;
  }
  const PrintedForms forms = print_forms(*slip, text::Shaper(*fonts));
  if (form.text) out << forms.text;
  if (!form.png_file.empty() && !write_file(form.png_file, forms.png, err)) return ExitCode::other;
  if (!form.escpos_file.empty() && !write_file(form.escpos_file, forms.escpos, err))
    return ExitCode::other;
  return ExitCode::ok;
}

}  // namespace pos::terminal
