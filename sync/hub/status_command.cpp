#include <fmt/core.h>

#include <ostream>

#include "sync/hub/commands.hpp"

namespace club::hub {
namespace {

using pos::core::Database;
using pos::core::Json;

struct Figures {
  std::int64_t facts = 0;
  std::int64_t waiting = 0;  ///< accepted, not applied yet
  std::int64_t parked = 0;
  std::int64_t flags = 0;
  std::int64_t reserved = 0;         ///< sales that something is kept for
  std::int64_t waiting_returns = 0;  ///< for sales of other tills
  Hub::Judged judged;
  std::vector<RightStore::Exposure> tills;
  std::vector<std::uint32_t> awaited;  ///< since the hub was restored

  [[nodiscard]] std::int64_t worst_loss() const {
    std::int64_t sum = 0;
    for (const auto& till : tills) sum += till.left.units();
    return sum;
  }
};

std::int64_t count(Database& db, const char* sql) {
  auto read = db.prepare(sql);
  return read.step() ? read.integer(0) : 0;
}

Hub::Result<Figures> read_figures(Hub& hub) {
  return pos::core::guarded([&] {
    Database& db = hub.database();
    Figures figures;
    figures.facts = count(db, "SELECT count(*) FROM inbox");
    figures.waiting = count(db,
                            "SELECT count(*) FROM inbox WHERE id >"
                            " coalesce((SELECT value FROM meta WHERE key = 'applied'), 0)");
    figures.parked = count(db, "SELECT count(*) FROM parked");
    figures.flags = count(db, "SELECT count(*) FROM flag");
    figures.reserved = count(db,
                             "SELECT count(*) FROM (SELECT uid FROM reservation UNION"
                             " SELECT uid FROM coupon WHERE used = 0)");
    figures.waiting_returns = count(db, "SELECT count(*) FROM waiting_return");
    auto judged = hub.judged();
    if (!judged) throw pos::core::DbFailure(judged.error());
    figures.judged = std::move(*judged);
    auto tills = hub.exposure();
    if (!tills) throw pos::core::DbFailure(tills.error());
    figures.tills = std::move(*tills);
    auto awaited = hub.awaited();
    if (!awaited) throw pos::core::DbFailure(awaited.error());
    figures.awaited = std::move(*awaited);
    return figures;
  });
}

Json to_json(const Figures& figures) {
  Json tills = Json::array();
  for (const RightStore::Exposure& till : figures.tills) {
    tills.push(Json::object()
                   .set("till", till.till)
                   .set("store", till.store.text())
                   .set("right", till.amount.units())
                   .set("drawn", till.drawn.units())
                   .set("left", till.left.units())
                   .set("received", till.received)
                   .set("recalled", till.recalled)
                   .set("written_off", till.written_off));
  }
  Json json = Json::object();
  json.set("facts", figures.facts).set("waiting", figures.waiting);
  json.set("parked", figures.parked).set("flags", figures.flags);
  json.set("reserved", figures.reserved).set("worst_loss", figures.worst_loss());
  Json awaited = Json::array();
  for (const std::uint32_t till : figures.awaited) awaited.push(till);
  json.set("awaited", std::move(awaited));
  json.set("waiting_returns", figures.waiting_returns).set("judged", figures.judged.sales);
  Json findings = Json::array();
  for (const SaleJudge::Finding& one : figures.judged.findings) {
    findings.push(Json::object()
                      .set("till", one.till)
                      .set("word", SaleJudge::to_text(one.word))
                      .set("sales", one.sales)
                      .set("first", one.first.hex())
                      .set("detail", one.detail));
  }
  json.set("findings", std::move(findings));
  return std::move(json.set("tills", std::move(tills)));
}

/// Money as the club writes it, without a sign of the currency.
std::string written(std::int64_t units, int decimals) {
  std::int64_t unit = 1;
  for (int i = 0; i < decimals; ++i) unit *= 10;
  if (decimals == 0) return std::to_string(units);
  return fmt::format("{}.{:0{}}", units / unit, units % unit, decimals);
}

/// What is to be known about a till's right beside its amount.
std::string state_of(const RightStore::Exposure& till) {
  if (till.written_off) return " (written off)";
  if (till.recalled)
    return till.received ? " (recalled, handed back)" : " (recalled, not yet back)";
  return till.received ? "" : " (the newest right has not reached it yet)";
}

/// Which till to look at, and why.
void print_judged(const Hub::Judged& judged, std::ostream& out) {
  out << fmt::format("{} sales were judged again.\n", judged.sales);
  for (const SaleJudge::Finding& one : judged.findings) {
    const char* said = "";
    switch (one.word) {
      case SaleJudge::Word::differs:
        said = "came out otherwise; its program or its programme was changed";
        break;
      case SaleJudge::Word::other_facts:
        said = "used other facts of a member than headquarters gave";
        break;
      case SaleJudge::Word::unknown_version:
        said = "name a programme that was never published here";
        break;
    }
    out << fmt::format("Till {}: {} sales {}: {} (first sale {})\n", one.till, one.sales, said,
                       one.detail, one.first.hex());
  }
}

void print_words(const Figures& figures, int decimals, std::ostream& out) {
  out << fmt::format("{} facts arrived; {} wait to be applied; {} are parked{}; {} flags.\n",
                     figures.facts, figures.waiting, figures.parked,
                     figures.parked > 0 ? " (ledger show --parked)" : "", figures.flags);
  out << fmt::format("Something is kept for {} sales that the hub said yes to.\n",
                     figures.reserved);
  if (figures.waiting_returns > 0) {
    out << fmt::format("{} returns wait for sales of other tills.\n", figures.waiting_returns);
  }
  print_judged(figures.judged, out);
  for (const RightStore::Exposure& till : figures.tills) {
    out << fmt::format("Till {} in {}: may give {} of {}; gave {} so far{}\n", till.till,
                       till.store.text(), written(till.left.units(), decimals),
                       written(till.amount.units(), decimals),
                       written(till.drawn.units(), decimals), state_of(till));
  }
  if (!figures.awaited.empty()) {
    out << "The hub was restored and has not heard since of till";
    for (const std::uint32_t till : figures.awaited) out << ' ' << till;
    out << ".\nUntil each of them has called or is written off, it issues no rights and says yes to"
           " no sale.\n";
  }
  out << fmt::format("At worst the tills give {} without asking.\n",
                     written(figures.worst_loss(), decimals));
}

}  // namespace

ExitCode status_command(const std::string& database, bool json, Streams streams) {
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  const auto figures = read_figures(*opened->hub);
  if (!figures) return give_up(to_command_error(figures.error()), streams);
  if (json) {
    streams.out << to_json(*figures).dump() << '\n';
    return ExitCode::ok;
  }
  const auto rules = opened->hub->club_rules();
  if (!rules) return give_up(to_command_error(rules.error()), streams);
  print_words(*figures, *rules ? (*rules)->decimals : 0, streams.out);
  return ExitCode::ok;
}

}  // namespace club::hub
