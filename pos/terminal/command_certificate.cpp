#include "pos/terminal/command_certificate.hpp"

#include <fmt/core.h>

#include <ostream>

#include "pos/core/json/json.hpp"
#include "pos/disk/cache_reader.hpp"
#include "pos/disk/till_keys.hpp"
#include "pos/domain/format.hpp"
#include "pos/domain/member_facts_json.hpp"
#include "pos/programme/programme.hpp"
#include "pos/terminal/command_journal.hpp"
#include "pos/terminal/day_certificate.hpp"
#include "pos/terminal/system_clock.hpp"
#include "sync/net/curl_link.hpp"

namespace pos::terminal {
namespace {

using club::wire::JournalPiece;
using club::wire::ReceivedDay;
using club::wire::SealedDay;
using core::ExitCode;
using core::Json;
using domain::Language;

/// Everything that the paper says.
struct Paper : DayCertificate {
  std::optional<domain::MoneyForm> form;  ///< nothing: no programme has come yet
  domain::StoreCode store;
};

std::string day_and_time(core::Instant at) {
  const core::Moment moment{at, SystemClock().utc_offset(at)};
  const auto minutes = core::local_minute(moment);
  return fmt::format("{} {:02}:{:02}", domain::day_text(core::local_day(moment)), minutes / 60,
                     minutes % 60);
}

Json to_json(const Paper& paper) {
  Json json = Json::object();
  json.set("till", club::wire::to_json(paper.sealed));
  json.set("till_signature", paper.signature.hex());
  json.set("waiting", static_cast<std::int64_t>(paper.counts.waiting));
  if (paper.counts.oldest_waiting) {
    json.set("oldest_waiting", paper.counts.oldest_waiting->unix_ms());
  }
  if (paper.both) {
    constexpr std::string_view kWords[] = {"good", "bad", "unknown_key"};
    json.set("hub", club::wire::to_json(paper.both->hub.received));
    json.set("hub_signature", paper.both->hub.signature.hex());
    json.set("hub_signature_is", kWords[static_cast<std::size_t>(paper.hub_signature)]);
  } else {
    json.set("hub_missing", paper.both.error().detail);
  }
  return std::move(json.set("agrees", paper.agrees()));
}

/// A row with the till's figure and the hub's; `-` where it has none.
void row(std::ostream& out, std::string_view name, const std::string& till,
         const std::optional<std::string>& hub) {
  out << fmt::format("{:<24} {:>14} {:>14}{}\n", name, till, hub.value_or("-"),
                     hub && *hub != till ? "   <- differ" : "");
}

void print_figures(const Paper& paper, std::ostream& out) {
  const ReceivedDay* hub = paper.both ? &paper.both->hub.received : nullptr;
  const auto number = [](std::int64_t value) { return std::to_string(value); };
  const auto money = [&](domain::Money value) {
    return paper.form ? domain::format_signed_money(value, *paper.form, Language::en)
                      : std::to_string(value.units());
  };
  const auto line = [&](std::string_view name, auto of, auto write) {
    std::optional<std::string> there;
    if (hub != nullptr) there = write(of(hub->sums));
    row(out, name, write(of(paper.sealed.sums)), there);
  };
  using domain::DaySums;
  out << fmt::format("{:<24} {:>14} {:>14}\n", "", "till", "hub");
  const auto count = [&](std::int64_t value) {
    return hub != nullptr ? std::optional(number(value)) : std::nullopt;
  };
  row(out, "sealed, accepted", number(paper.sealed.facts), count(hub ? hub->accepted : 0));
  row(out, "sealed, applied", number(paper.sealed.facts), count(hub ? hub->applied : 0));
  line(
      "sales", [](const DaySums& s) { return s.sales; }, number);
  line(
      "returns and voids", [](const DaySums& s) { return s.returns; }, number);
  line(
      "joinings", [](const DaySums& s) { return s.joinings; }, number);
  line(
      "taken", [](const DaySums& s) { return s.taken; }, money);
  const auto points = [&](domain::Points value) { return number(value.units()); };
  line(
      "points earned", [](const DaySums& s) { return s.earned; }, points);
  line(
      "points spent", [](const DaySums& s) { return s.spent; }, points);
  line(
      "stored value earned", [](const DaySums& s) { return s.value_earned; }, money);
  line(
      "stored value spent", [](const DaySums& s) { return s.value_spent; }, money);
}

void print_missing(const Paper& paper, std::ostream& out) {
  if (paper.counts.waiting > 0) {
    out << fmt::format("Not sent yet: {}, the oldest sealed on {}.\n", paper.counts.waiting,
                       paper.counts.oldest_waiting ? day_and_time(*paper.counts.oldest_waiting)
                                                   : "an unknown day");
  } else {
    out << "No record waits to be sent.\n";
  }
  if (!paper.both) {
    out << fmt::format("THE HUB'S HALF IS MISSING: {}.\n", paper.both.error().detail);
    return;
  }
  const ReceivedDay& hub = paper.both->hub.received;
  for (const JournalPiece& piece : hub.missing) {
    const std::string to = piece.last > piece.first ? fmt::format(" to {}", piece.last) : "";
    out << fmt::format("Missing at the hub: {}{} of life {} of the journal.\n", piece.first, to,
                       piece.incarnation);
  }
  if (hub.parked > 0) out << fmt::format("Parked at the hub: {}.\n", hub.parked);
  out << fmt::format("The hub answered on {} by its clock.\n", day_and_time(hub.at));
  out << (paper.agrees() ? "Both sides say the same.\n" : "THE TWO SIDES DIFFER.\n");
}

void print_signatures(const Paper& paper, std::ostream& out) {
  out << fmt::format("Signed by the till  {}\n", paper.signature.hex());
  if (!paper.both) return;
  out << fmt::format("Signed by the hub   {}\n", paper.both->hub.signature.hex());
  using Judged = DayCertificate::HubSignature;
  if (paper.hub_signature == Judged::bad) out << "THE HUB'S SIGNATURE DOES NOT FIT ITS KEY.\n";
  if (paper.hub_signature == Judged::unknown_key) {
    out << "This till was paired before it kept the hub's key, and cannot check that signature.\n";
  }
}

std::optional<domain::MoneyForm> form_of_money(const StatePaths& paths,
                                               const disk::TillKeys& keys) {
  auto cache = disk::CacheReader::open(paths.cache(), keys.cache_key);
  if (!cache) return std::nullopt;
  const auto document = cache->programme();
  if (!document || !*document) return std::nullopt;
  const auto programme = programme::Programme::parse(core::bytes_of(**document));
  if (!programme) return std::nullopt;
  return programme->rules().money_form();
}

}  // namespace

ExitCode certificate(const StatePaths& paths, const CertificateOptions& options, std::ostream& out,
                     std::ostream& err) {
  const SystemClock clock;
  const auto day =
      options.day.empty()
          ? std::optional(core::local_day({clock.now(), clock.utc_offset(clock.now())}))
          : domain::parse_day(options.day);
  if (!day) {
    err << options.day << " is no day; write it like 2026-11-22\n";
    return ExitCode::usage;
  }
  const auto keys = disk::load_till_keys(paths.keys());
  const auto pairing = disk::load_pairing(paths.pairing());
  if (!keys || !pairing) {
    err << fmt::format("There is no paired till in {}. Pair it first: clubtill pair URL CODE\n",
                       paths.folder);
    return ExitCode::not_paired;
  }
  auto journal = disk::JournalReader::open(paths.journal());
  if (!journal) {
    err << sentence_of(journal.error()) << '\n';
    return exit_code_of(journal.error());
  }
  const auto link =
      club::net::CurlLink::open(options.hub_url.value_or(pairing->hub_url), pairing->hub_authority);
  if (!link) {
    err << fmt::format("The hub's address cannot be used: {}\n", link.error().detail);
    return ExitCode::configuration;
  }
  core::SystemChance chance;
  auto certificate = certify_day(*journal, *pairing, *keys, **link, chance, *day);
  if (!certificate) {
    err << sentence_of(certificate.error()) << '\n';
    return exit_code_of(certificate.error());
  }
  const Paper paper{std::move(*certificate), form_of_money(paths, *keys), pairing->store};
  if (options.json) {
    out << to_json(paper).dump() << '\n';
  } else {
    out << fmt::format("Certificate of till {} in store {} for {}\n\n", pairing->till.value,
                       paper.store.text(), domain::day_text(*day));
    print_figures(paper, out);
    out << '\n';
    print_missing(paper, out);
    print_signatures(paper, out);
  }
  if (!paper.both) return ExitCode::hub_unreachable;
  return paper.agrees() ? ExitCode::ok : ExitCode::other;
}

}  // namespace pos::terminal
