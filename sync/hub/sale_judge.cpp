#include "sync/hub/sale_judge.hpp"

#include <algorithm>

#include "pos/core/planted.hpp"
#include "pos/programme/replay.hpp"

namespace club::hub {
namespace {

using pos::core::Json;
using pos::core::Statement;
using pos::domain::FactId;
using pos::programme::MemberChange;

constexpr std::string_view kPosition = "judged";     ///< inbox id of the last fact looked at
constexpr std::string_view kSales = "judged_sales";  ///< so many of them were sales

std::string parts_of(const pos::programme::ReplayDifference& difference) {
  std::string parts;
  for (std::size_t i = 0; i < difference.size(); ++i) {
    if (!difference[i]) continue;
    if (!parts.empty()) parts += ", ";
    parts += pos::programme::to_text(static_cast<pos::programme::ReplayPart>(i));
  }
  return parts;
}

}  // namespace

std::string_view SaleJudge::to_text(Word word) {
  switch (word) {
    case Word::differs:
      return "differs";
    case Word::other_facts:
      return "other_facts";
    case Word::unknown_version:
      return "unknown_version";
  }
  return "?";
}

bool SaleJudge::has_work() { return inbox_.counter(kPosition) < inbox_.counter("applied"); }

std::size_t SaleJudge::judge_some(std::size_t count) {
  const std::int64_t applied = inbox_.counter("applied");
  std::size_t passed = 0;
  std::int64_t position = inbox_.counter(kPosition);
  for (const InboxRow& row : inbox_.read(position, count)) {
    if (row.id > applied) break;
    if (row.kind == "sale" && row.till > 0 && !row.damaged) judge(row);
    position = row.id;
    ++passed;
  }
  if (passed > 0) inbox_.set_counter(kPosition, position);
  return passed;
}

void SaleJudge::judge(const InboxRow& row) {
  if (CLUBTILL_BUG_AT_TIMES("sale_not_judged", 7)) return;
  const auto fact = pos::programme::decode_fact(row.kind, row.body);
  const auto* sale = fact ? std::get_if<SaleFact>(&*fact) : nullptr;
  if (sale == nullptr) return;  // parked, and shown there
  inbox_.set_counter(kSales, inbox_.counter(kSales) + 1);
  const Programme* programme = version(sale->result.programme);
  if (programme == nullptr) return note(row, Word::unknown_version, sale->result.programme.hex());
  const auto difference = replay_difference(*programme, *sale, row.body);
  if (difference.any()) note(row, Word::differs, parts_of(difference));
  const std::string other = other_facts(row, *sale);
  if (!other.empty()) note(row, Word::other_facts, other);
}

void SaleJudge::note(const InboxRow& row, Word word, const std::string& detail) {
  db_.cached(
         "INSERT OR IGNORE INTO misjudged(inbox_id, word, till, uid, detail) VALUES(?, ?, ?, ?, ?)")
      .bind_all(row.id, to_text(word), std::int64_t{row.till}, row.uid.bytes(),
                std::string_view(detail))
      .run();
}

const pos::programme::Programme* SaleJudge::version(const pos::domain::ProgrammeHash& hash) {
  const auto known = versions_.find(hash);
  if (known != versions_.end()) return &known->second;
  Statement& read = db_.cached("SELECT document FROM programme_version WHERE hash = ?");
  read.bind_all(hash.bytes());
  std::string document;
  if (read.step()) document = read.text(0);
  read.reset();
  if (document.empty()) {
    // The one in force may have been published before versions were kept.
    const auto row = streams_.row(wire::kClubStream, "programme:");
    if (row) document = std::get<wire::ProgrammeRow>(*row).document;
  }
  if (pos::core::blake2b(pos::core::bytes_of(document)) != hash) return nullptr;
  auto programme = Programme::parse(pos::core::bytes_of(document));
  if (!programme) return nullptr;
  if (versions_.size() >= kVersionsKept) versions_.clear();
  return &versions_.emplace(hash, std::move(*programme)).first->second;
}

std::optional<StreamNumber> SaleJudge::home_of(const SaleFact& sale) {
  if (!sale.account || !sale.member) return std::nullopt;
  for (const auto& member : buckets_.members_of(wire::bucket_of(*sale.account), *sale.account)) {
    if (member.member == *sale.member) return member.home;
  }
  return std::nullopt;
}

/// A seq says which row only within one life of the hub's file: before its books were made again,
/// and after an image of it was put back, the same number may have been another row's.
bool SaleJudge::is_of_this_life(StreamNumber home, const SaleFact& sale) {
  Statement& read = db_.cached(
      "SELECT EXISTS(SELECT 1 FROM epoch_start WHERE bucket = ?1 AND ordinal > 1 AND ordinal ="
      "  (SELECT min(ordinal) FROM epoch) AND seq >= ?2)"
      " OR EXISTS(SELECT 1 FROM epoch e JOIN epoch_start s ON s.ordinal = e.ordinal"
      "  WHERE s.bucket = ?1 AND e.started_ms > ?3 AND s.seq < ?2)");
  read.bind_all(std::int64_t{home}, static_cast<std::int64_t>(sale.input.member->version),
                sale.scene.moment.at.unix_ms());
  const bool another = !read.step() || read.integer(0) != 0;
  read.reset();
  return !another;
}

/// A sale of this till, or what came back here, had changed the member so: the till knew it before
/// headquarters did.
bool SaleJudge::changed_here(const InboxRow& row, const SaleFact& sale,
                             const std::function<bool(const MemberChange&)>& so) {
  Statement& read = db_.cached(
      "SELECT kind, body FROM inbox WHERE till = ? AND id < ? AND damaged = 0"
      " AND kind IN ('sale', 'return', 'void') AND instr(body, ?) > 0 ORDER BY id DESC");
  const std::string member = sale.member->hex();
  read.bind_all(std::int64_t{row.till}, row.id, pos::core::bytes_of(member));
  bool found = false;
  while (!found && read.step()) {
    const auto fact = pos::programme::decode_fact(read.text(0), read.blob(1));
    if (!fact) continue;
    if (const auto* earlier = std::get_if<SaleFact>(&*fact)) {
      found = earlier->member == sale.member && so(pos::programme::change_of(earlier->result));
    } else if (const auto* back = std::get_if<pos::programme::ReturnFact>(&*fact)) {
      found = back->member == sale.member && so(back->change);
    }
  }
  read.reset();
  return found;
}

std::string SaleJudge::other_facts(const InboxRow& row, const SaleFact& sale) {
  const auto& used = sale.input.member;
  if (!used || used->version == 0) return {};
  const auto home = home_of(sale);
  if (!home || !is_of_this_life(*home, sale)) return {};
  const auto facts = buckets_.given_facts(*home, used->id, used->version);
  if (!facts) return {};
  std::string other;
  const auto add = [&](bool same, std::string_view what) {
    if (same) return;
    if (!other.empty()) other += ", ";
    other += what;
  };
  const auto to_this_class = [&](const MemberChange& change) {
    if (!change.moved) return false;
    return (change.undone ? change.moved->from : change.moved->to) == used->member_class;
  };
  const auto of_time = [](const MemberChange& change) { return change.subscribed.has_value(); };
  add(facts->member_class == used->member_class || changed_here(row, sale, to_this_class), "class");
  add(facts->segments == used->segments, "segments");
  add(facts->subscription_last == used->subscription_last || changed_here(row, sale, of_time),
      "subscription");
  return other;
}

void SaleJudge::keep_version(const std::string& document) {
  const auto hash = pos::core::blake2b(pos::core::bytes_of(document));
  db_.cached("INSERT OR IGNORE INTO programme_version(hash, document) VALUES(?, ?)")
      .bind_all(hash.bytes(), std::string_view(document))
      .run();
  Statement& read = db_.cached(
      "SELECT min(inbox_id), count(*) FROM misjudged WHERE word = 'unknown_version'"
      " AND detail = ?");
  read.bind_all(std::string_view(hash.hex()));
  const bool any = read.step() && read.integer(1) > 0;
  const std::int64_t first = any ? read.integer(0) : 0;
  read.reset();
  if (!any) return;
  // From there on, so that nothing is counted twice.
  Statement& sales = db_.cached(
      "SELECT count(*) FROM inbox WHERE id >= ? AND id <= ?"
      " AND kind = 'sale' AND till > 0 AND damaged = 0");
  sales.bind_all(first, inbox_.counter(kPosition));
  const std::int64_t again = sales.step() ? sales.integer(0) : 0;
  sales.reset();
  db_.cached("DELETE FROM misjudged WHERE inbox_id >= ?").bind_all(first).run();
  inbox_.set_counter(kPosition, first - 1);
  inbox_.set_counter(kSales, std::max<std::int64_t>(0, inbox_.counter(kSales) - again));
}

void SaleJudge::start_over() {
  db_.execute("DELETE FROM misjudged; DELETE FROM member_past");
  inbox_.set_counter(kPosition, 0);
  inbox_.set_counter(kSales, 0);
}

std::vector<SaleJudge::Finding> SaleJudge::findings() {
  Statement read = db_.prepare(
      "SELECT m.till, m.word, g.sales, m.uid, m.detail FROM misjudged m JOIN"
      " (SELECT till, word, min(inbox_id) AS first, count(*) AS sales FROM misjudged"
      "  GROUP BY till, word) g ON g.till = m.till AND g.word = m.word AND g.first = m.inbox_id"
      " ORDER BY m.till, m.word");
  std::vector<Finding> found;
  while (read.step()) {
    Finding one;
    one.till = static_cast<std::uint32_t>(read.integer(0));
    const std::string word = read.text(1);
    for (const Word candidate : {Word::differs, Word::other_facts, Word::unknown_version}) {
      if (word == to_text(candidate)) one.word = candidate;
    }
    one.sales = read.integer(2);
    one.first = FactId::from_bytes(read.blob(3)).value_or(FactId{});
    one.detail = read.text(4);
    found.push_back(std::move(one));
  }
  return found;
}

std::int64_t SaleJudge::judged() { return inbox_.counter(kSales); }

}  // namespace club::hub
