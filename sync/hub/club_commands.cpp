#include <charconv>
#include <filesystem>
#include <ostream>

#include "pos/domain/card_number.hpp"
#include "sync/hub/commands.hpp"
#include "sync/hub/importers.hpp"
#include "sync/wire/pairing_code.hpp"

namespace club::hub {
namespace {

using pos::core::fail;
using pos::core::Json;

Done<pos::domain::CardRange> card_range(const std::string& text) {
  const std::size_t colon = text.find(':');
  pos::domain::CardRange range;
  range.prefix = text.substr(0, colon);
  const std::string length = colon == std::string::npos ? "13" : text.substr(colon + 1);
  const auto [end, code] =
      std::from_chars(length.data(), length.data() + length.size(), range.length);
  if (code != std::errc() || end != length.data() + length.size()) {
    return fail(usage("--cards " + text + ": write it like 20:13"));
  }
  return range;
}

Done<wire::ClubSettings> settings_of(const InitOptions& options) {
  wire::ClubSettings settings;
  for (const auto language : pos::domain::kLanguages) settings.name.at(language) = options.name;
  if (options.country != "IL" && options.country != "IR") {
    return fail(usage("--country must be IL or IR, not " + options.country));
  }
  settings.country = options.country;
  settings.currency = options.country == "IR" ? "IRR" : "ILS";
  settings.decimals = options.country == "IR" ? 0 : 2;
  settings.first_weekday = options.country == "IR" ? 6 : 0;
  if (!options.currency.empty()) settings.currency = options.currency;
  settings.languages.clear();
  for (const std::string& code : options.languages) {
    const auto language = pos::domain::parse_language(code);
    if (!language) return fail(usage("--languages: " + code + " is not en, he or fa"));
    settings.languages.push_back(*language);
  }
  if (settings.languages.empty()) settings.languages = {pos::domain::Language::en};
  settings.slip_language = settings.languages.front();
  if (!options.slip_language.empty()) {
    const auto language = pos::domain::parse_language(options.slip_language);
    if (!language) return fail(usage("--slip-language must be en, he or fa"));
    settings.slip_language = *language;
  }
  settings.ranges = pos::domain::usual_code_ranges();
  if (!options.cards.empty()) settings.ranges.cards.clear();
  for (const std::string& text : options.cards) {
    const auto range = card_range(text);
    if (!range) return fail(range.error());
    settings.ranges.cards.push_back(*range);
  }
  for (const auto& fault : pos::domain::lint(settings.ranges)) {
    return fail(usage("--cards: " + pos::domain::to_text(fault)));
  }
  return settings;
}

Done<void> make_club(const std::string& path, const wire::ClubSettings& settings) {
  if (std::filesystem::exists(path) || std::filesystem::exists(path + ".keys")) {
    return fail(
        CommandError{ExitCode::configuration, path + " exists already; a club is made once"});
  }
  const auto parent = std::filesystem::path(path).parent_path();
  std::error_code ignored;
  if (!parent.empty()) std::filesystem::create_directories(parent, ignored);
  pos::core::SystemChance chance;
  const HubKeys keys = HubKeys::mint(chance);
  if (const auto written = write_keys(path, keys); !written) return fail(written.error());
  const MachineClock clock;
  auto hub = Hub::open({path, "", Hub::Purpose::serve}, keys, clock, chance);
  if (!hub) return fail(to_command_error(hub.error()));
  const auto rows = (*hub)->put_club_rows({wire::SettingsRow{settings}});
  if (!rows) return fail(to_command_error(rows.error()));
  return {};
}

}  // namespace

ExitCode give_up(const CommandError& error, Streams streams) {
  streams.err << "clubhub: " << error.words << '\n';
  return error.code;
}

ExitCode init_command(const std::string& database, const InitOptions& options, Streams streams) {
  const auto path = database_path(database);
  if (!path) return give_up(path.error(), streams);
  const auto settings = settings_of(options);
  if (!settings) return give_up(settings.error(), streams);
  if (const auto made = make_club(*path, *settings); !made) return give_up(made.error(), streams);
  streams.err << "Made the club \"" << options.name << "\" in " << *path << "\nIts keys are in "
              << *path << ".keys: keep a copy of both in a safe place.\n";
  return ExitCode::ok;
}

ExitCode import_command(const std::string& database, const std::string& what,
                        const std::string& file, Streams streams) {
  constexpr std::size_t kFileMax = 512u * 1024 * 1024;
  const auto bytes = read_file(file, kFileMax);
  if (!bytes) return give_up(bytes.error(), streams);
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  Hub& hub = *opened->hub;
  const auto report = what == "stores"     ? import_stores(hub, *bytes)
                      : what == "staff"    ? import_staff(hub, *bytes)
                      : what == "articles" ? import_articles(hub, *bytes)
                                           : import_members(hub, *bytes);
  if (!report) return give_up({ExitCode::other, file + ": " + report.error()}, streams);
  for (const RowFault& fault : report->faults) {
    streams.err << file << ": " << to_text(fault) << '\n';
  }
  streams.err << what << ": " << report->good << " good rows (" << report->changed
              << " new or changed), " << report->faults.size() << " faults, read as "
              << report->encoding << '\n';
  return report->faults.empty() ? ExitCode::ok : ExitCode::other;
}

ExitCode publish_command(const std::string& database, const std::string& file, Streams streams) {
  const auto document = read_file(file, wire::kProgrammeBytesMax);
  if (!document) return give_up(document.error(), streams);
  bool errors = false;
  for (const auto& finding : pos::programme::lint(pos::core::bytes_of(*document))) {
    const bool error = finding.severity == pos::programme::Finding::Severity::error;
    errors = errors || error;
    streams.err << file << ':' << finding.line << ": " << (error ? "error" : "warning") << ": "
                << finding.place << ": " << finding.reason << "; " << finding.mend << '\n';
  }
  const auto programme = pos::programme::Programme::parse(pos::core::bytes_of(*document));
  if (errors || !programme) {
    return give_up({ExitCode::configuration, file + " has errors and was not published"}, streams);
  }
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  auto settings = opened->hub->settings();
  if (!settings) return give_up(to_command_error(settings.error()), streams);
  const auto& rules = programme->rules();
  settings->name = rules.name;
  settings->currency = rules.currency;
  settings->decimals = rules.decimals;
  settings->terms_version = rules.terms_version;
  const auto rows = opened->hub->put_club_rows({wire::SettingsRow{*settings}});
  if (!rows) return give_up(to_command_error(rows.error()), streams);
  const auto hash = opened->hub->publish(*document);
  if (!hash) return give_up(to_command_error(hash.error()), streams);
  streams.err << "Published " << file << ", version " << programme->version() << ", "
              << hash->hex().substr(0, 16) << '\n';
  return ExitCode::ok;
}

ExitCode till_add_command(const std::string& database, const std::string& store, bool json,
                          Streams streams) {
  const auto code = pos::domain::StoreCode::parse(store);
  if (!code) return give_up(usage("--store: \"" + store + "\" is no code"), streams);
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  const auto authority = authority_of(*database_path(database));
  if (!authority) return give_up(authority.error(), streams);
  const auto till = opened->hub->add_till(*code);
  if (!till) return give_up(to_command_error(till.error()), streams);
  const std::string words =
      wire::PairingCode{till->code, wire::fingerprint_of(authority->certificate)}.text();
  if (json) {
    streams.out << Json::object()
                       .set("till", till->till.value)
                       .set("store", code->text())
                       .set("code", words)
                       .dump()
                << '\n';
  } else {
    streams.out << words << '\n';
    streams.err << "Till " << till->till.value << " of " << code->text()
                << ": on the till, within ten minutes: clubtill pair https://HOST:PORT " << words
                << "\nFor a till on this machine the first ten symbols are enough: clubtill pair "
                   "http://127.0.0.1:PORT "
                << till->code << '\n';
  }
  return ExitCode::ok;
}

ExitCode write_off_command(const std::string& database, std::uint32_t till, Streams streams) {
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  const auto left = opened->hub->write_off(till);
  if (!left) return give_up(to_command_error(left.error()), streams);
  streams.err << "Till " << till << " is written off: " << left->units()
              << " (minor units) that it could have given without asking count no longer.\n";
  return ExitCode::ok;
}

ExitCode restored_command(const std::string& database, Streams streams) {
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  const auto done = opened->hub->await_tills();
  if (!done) return give_up(to_command_error(done.error()), streams);
  const auto awaited = opened->hub->awaited();
  if (!awaited) return give_up(to_command_error(awaited.error()), streams);
  streams.err << "No right is issued and no sale gets a yes until " << awaited->size()
              << " tills have called or are written off: see clubhub status.\n";
  return ExitCode::ok;
}

ExitCode recall_command(const std::string& database, std::uint32_t till, bool recalled,
                        Streams streams) {
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  const auto done = opened->hub->recall(till, recalled);
  if (!done) return give_up(to_command_error(done.error()), streams);
  if (recalled) {
    streams.err << "Till " << till << " is to hand back what it may give without asking. It does so"
                << " when it next calls;\nuntil then it may still give it: see clubhub status.\n";
  } else {
    streams.err << "Till " << till << " is given its right again when it next calls.\n";
  }
  return ExitCode::ok;
}

ExitCode card_command(const std::string& database, const std::string& card, bool blocked,
                      Streams streams) {
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  const auto settings = opened->hub->settings();
  if (!settings) return give_up(to_command_error(settings.error()), streams);
  const auto number = pos::domain::CardNumber::parse(card, settings->ranges);
  if (!number) {
    return give_up(
        usage("this is no card of the club: " + std::string(pos::domain::to_text(number.error()))),
        streams);
  }
  const auto hash =
      pos::core::keyed_hash(opened->hub->keys().index, wire::kCardHash, number->digits());
  const auto done = opened->hub->block_card(hash, blocked);
  if (!done) return give_up(to_command_error(done.error()), streams);
  streams.err << "Card " << pos::domain::to_log(*number)
              << (blocked ? " is blocked at every till that hears of it.\n" : " is free again.\n");
  return ExitCode::ok;
}

}  // namespace club::hub
