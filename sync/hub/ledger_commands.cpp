#include <algorithm>
#include <array>
#include <ostream>

#include "sync/hub/audit.hpp"
#include "sync/hub/commands.hpp"

namespace club::hub {
namespace {

using pos::core::Database;
using pos::core::Json;
using pos::core::Statement;

constexpr std::array<std::string_view, 9> kKinds = {
    "holder", "issued", "redeemed", "opening", "loss", "transit", "drawer", "expired", "adjusted"};

std::string_view kind_name(std::int64_t kind) {
  const auto place = static_cast<std::size_t>(kind);
  return place < kKinds.size() ? kKinds[place] : std::string_view("unknown");
}

/// Why, and by whom, out of the sealed box.
void add_words(Json& item, const HubKeys& keys, pos::core::BytesView box) {
  const auto opened = pos::core::open_sealed(keys.box, box);
  const auto words = opened ? decode_words(*opened)
                            : pos::domain::Shaped<AdjustmentWords>(
                                  pos::core::fail(pos::domain::ShapeError{"", "does not open"}));
  item.set("reason", words ? words->reason : "unreadable").set("by", words ? words->by : "");
  if (words && !words->reference.empty()) item.set("reference", words->reference);
}

/// Everything that headquarters gave and took, in the order in which it was said.
Json adjustments(Hub& hub) {
  Json list = Json::array();
  Statement read = hub.database().prepare(
      "SELECT i.uid, i.body, i.box, o.result FROM inbox i LEFT JOIN outcome o ON o.uid = i.uid"
      " WHERE i.till = 0 AND i.kind = 'adjust' ORDER BY i.id");
  while (read.step()) {
    const auto fact = ledger::decode_adjust(read.blob(1));
    Json item = Json::object();
    item.set("fact", pos::core::to_hex(read.blob(0)));
    if (fact) {
      item.set("day", pos::domain::day_text(fact->day)).set("member", fact->member.hex());
      item.set("unit", fact->unit == ledger::Unit::points ? "points" : "value");
      item.set("amount", fact->amount);
      if (fact->last) item.set("last", pos::domain::day_text(*fact->last));
    }
    item.set("state", read.is_null(3) ? "waits" : read.integer(3) == 2 ? "parked" : "booked");
    add_words(item, hub.keys(), read.blob(2));
    list.push(std::move(item));
  }
  return list;
}

Json totals(Database& db) {
  Json list = Json::array();
  Statement read = db.prepare(
      "SELECT kind, count(*), sum(points), sum(value) FROM account GROUP BY kind ORDER BY kind");
  while (read.step()) {
    list.push(Json::object()
                  .set("account", kind_name(read.integer(0)))
                  .set("accounts", read.integer(1))
                  .set("points", read.integer(2))
                  .set("value", read.integer(3)));
  }
  return list;
}

Json account_postings(Hub& hub, const pos::domain::AccountId& account) {
  Json list = Json::array();
  Statement read = hub.database().prepare(
      "SELECT p.uid, p.leg, p.unit, p.amount, p.origin, i.box FROM posting p"
      " LEFT JOIN inbox i ON i.uid = p.uid AND i.till = 0 AND i.kind = 'adjust'"
      " WHERE p.bucket = ? AND p.kind = 0 AND p.account = ? ORDER BY p.uid, p.leg");
  read.bind_all(std::int64_t{wire::bucket_of(account)}, account.bytes());
  while (read.step()) {
    Json item = Json::object();
    item.set("account", account.hex()).set("fact", pos::core::to_hex(read.blob(0)));
    item.set("leg", read.text(1)).set("unit", read.integer(2) == 0 ? "points" : "value");
    item.set("amount", read.integer(3));
    if (!read.is_null(4)) item.set("member", pos::core::to_hex(read.blob(4)));
    if (!read.is_null(5)) add_words(item, hub.keys(), read.blob(5));
    list.push(std::move(item));
  }
  return list;
}

/// As much of a record that nobody could read as a person may want to see: the beginning, with a
/// point for what is no printable ASCII.
std::string readable(pos::core::BytesView bytes) {
  constexpr std::size_t kShown = 2'000;
  std::string text(pos::core::text_of(bytes.first(std::min(bytes.size(), kShown))));
  for (char& letter : text) {
    if (letter < ' ' || letter > '~') letter = '.';
  }
  return text;
}

/// Law 11: what is kept raw is shown.
Json parked(Database& db) {
  Json list = Json::array();
  Statement read = db.prepare(
      "SELECT i.till, i.incarnation, i.seq, i.uid, i.kind, p.reason, i.arrived_ms, i.body"
      " FROM parked p JOIN inbox i ON i.id = p.inbox_id ORDER BY i.id");
  while (read.step()) {
    Json item = Json::object();
    item.set("till", read.integer(0)).set("incarnation", read.integer(1));
    item.set("seq", read.integer(2)).set("fact", pos::core::to_hex(read.blob(3)));
    item.set("kind", read.text(4)).set("reason", read.text(5));
    item.set("arrived_ms", read.integer(6)).set("body", readable(read.blob(7)));
    list.push(std::move(item));
  }
  return list;
}

Json till_postings(Database& db, std::uint32_t till) {
  Json list = Json::array();
  Statement read = db.prepare(
      "SELECT o.uid, p.leg, p.unit, p.kind, p.account, p.amount, o.result FROM outcome o"
      " LEFT JOIN posting p ON p.bucket = o.bucket AND p.uid = o.uid"
      " WHERE o.till = ? ORDER BY o.bucket, o.seq, p.leg");
  read.bind_all(std::int64_t{till});
  while (read.step()) {
    Json item = Json::object();
    item.set("fact", pos::core::to_hex(read.blob(0))).set("result", read.integer(6));
    if (!read.is_null(1)) {
      item.set("leg", read.text(1)).set("unit", read.integer(2) == 0 ? "points" : "value");
      item.set("account", read.integer(3) == 0 ? pos::core::to_hex(read.blob(4))
                                               : std::string(kind_name(read.integer(3))));
      item.set("amount", read.integer(5));
    }
    list.push(std::move(item));
  }
  return list;
}

/// The account of a member, by its row.
std::optional<pos::domain::AccountId> account_of_member(Database& db, const std::string& member) {
  Statement read = db.prepare(
      "SELECT json_extract(line, '$.member.account') FROM row WHERE key = ? AND bucket < 256");
  read.bind_all(std::string_view("member:" + member));
  if (!read.step()) return std::nullopt;
  return pos::domain::AccountId::parse(read.text(0));
}

}  // namespace

void print_lines(const Json& list, bool json, std::ostream& out) {
  for (const Json& item : list.items()) {
    if (json) {
      out << item.dump() << '\n';
      continue;
    }
    std::string line;
    for (const auto& [key, value] : item.members()) {
      if (!line.empty()) line += "  ";
      line += key + " " + (value.text() != nullptr ? *value.text() : value.dump());
    }
    out << line << '\n';
  }
}

ExitCode ledger_command(const std::string& database, const LedgerOptions& options,
                        Streams streams) {
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  Database& db = opened->hub->database();
  const auto list = pos::core::guarded([&]() -> std::optional<Json> {
    if (options.adjustments) return adjustments(*opened->hub);
    if (options.parked) return parked(db);
    if (options.till != 0) return till_postings(db, options.till);
    std::optional<pos::domain::AccountId> account;
    if (!options.account.empty()) account = pos::domain::AccountId::parse(options.account);
    if (!options.member.empty()) account = account_of_member(db, options.member);
    if (account) return account_postings(*opened->hub, *account);
    if (options.account.empty() && options.member.empty()) return totals(db);
    return std::nullopt;
  });
  if (!list) return give_up(to_command_error(list.error()), streams);
  if (!*list) {
    return give_up({ExitCode::usage, "no such account or member; give its 32 hexadecimal digits"},
                   streams);
  }
  print_lines(**list, options.json, streams.out);
  return ExitCode::ok;
}

ExitCode audit_command(const std::string& database, bool json, Streams streams) {
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  const auto lines = audit(*opened->hub);
  if (!lines) return give_up(to_command_error(lines.error()), streams);
  bool all = true;
  for (const AuditLine& line : *lines) {
    all = all && line.holds;
    if (json) {
      streams.out << Json::object()
                         .set("check", line.name)
                         .set("law", line.law)
                         .set("holds", line.holds)
                         .set("detail", line.detail)
                         .dump()
                  << '\n';
    } else {
      streams.out << (line.holds ? "ok      " : "BROKEN  ") << line.name << ": " << line.law
                  << (line.detail.empty() ? "" : " (" + line.detail + ")") << '\n';
    }
  }
  return all ? ExitCode::ok : ExitCode::other;
}

}  // namespace club::hub
