#include "sync/hub/stream_store.hpp"

#include <algorithm>

#include "pos/core/check.hpp"
#include "pos/core/planted.hpp"
#include "sync/hub/signed_column.hpp"

namespace club::hub {
namespace {

using pos::core::Digest;
using pos::core::Statement;
using wire::Row;

}  // namespace

void StreamStore::begin_epoch(std::uint64_t epoch, pos::core::Instant at) {
  load_epoch();
  ends_.clear();
  ++ordinal_;
  epoch_ = epoch;
  db_.prepare("INSERT INTO epoch(ordinal, epoch, started_ms) VALUES(?, ?, ?)")
      .bind_all(ordinal_, signed_of(epoch), at.unix_ms())
      .run();
  Statement start = db_.prepare("INSERT INTO epoch_start(ordinal, bucket, seq) VALUES(?, ?, ?)");
  for (StreamNumber stream = 0; stream < wire::kStreamCount; ++stream) {
    if (head(stream).seq == 0) continue;  // nobody has read anything of it
    start.bind_all(ordinal_, std::int64_t{stream}, signed_of(head(stream).seq)).run();
    head(stream).changed = true;  // the head names the epoch and the fence
  }
  flush_heads();
}

void StreamStore::load_epoch() {
  Statement last = db_.prepare("SELECT ordinal, epoch FROM epoch ORDER BY ordinal DESC LIMIT 1");
  if (!last.step()) return;
  ordinal_ = last.integer(0);
  epoch_ = unsigned_of(last.integer(1));
}

StreamStore::Head& StreamStore::head(StreamNumber stream) {
  CLUBTILL_CHECK(stream < wire::kStreamCount);
  auto& slot = heads_[stream];
  if (slot) return *slot;
  slot = Head{};
  Statement& read = db_.cached("SELECT seq, count, digest FROM bucket_head WHERE bucket = ?");
  read.bind_all(std::int64_t{stream});
  if (read.step()) {
    slot->seq = unsigned_of(read.integer(0));
    slot->count = unsigned_of(read.integer(1));
    slot->digest = Digest::from_bytes(read.blob(2)).value_or(Digest{});
  }
  read.reset();
  return *slot;
}

StreamStore::Head& StreamStore::head_to_change(StreamNumber stream) {
  Head& state = head(stream);
  undo_.try_emplace(stream, state);
  state.changed = true;
  return state;
}

void StreamStore::undo_application() {
  for (const auto& [stream, state] : undo_) heads_[stream] = state;
  undo_.clear();
}

void StreamStore::forget_heads() {
  undo_.clear();
  for (auto& slot : heads_) slot.reset();
}

void StreamStore::flush_heads() {
  if (CLUBTILL_BUG_AT_TIMES("heads_not_kept", 10)) return;
  for (StreamNumber stream = 0; stream < wire::kStreamCount; ++stream) {
    auto& slot = heads_[stream];
    if (!slot || !slot->changed) continue;
    db_.cached(
           "INSERT INTO bucket_head(bucket, seq, fence, epoch, count, digest)"
           " VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(bucket) DO UPDATE SET seq = excluded.seq,"
           " fence = excluded.fence, epoch = excluded.epoch, count = excluded.count,"
           " digest = excluded.digest")
        .bind_all(std::int64_t{stream}, signed_of(slot->seq), ordinal_, signed_of(epoch_),
                  signed_of(slot->count), slot->digest.bytes())
        .run();
    slot->changed = false;
  }
}

std::uint64_t StreamStore::head_seq(StreamNumber stream) { return head(stream).seq; }

void StreamStore::write_row(StreamNumber stream, const std::string& key, std::uint64_t seq,
                            const std::string& line) {
  Head& state = head(stream);
  Statement& old = db_.cached("SELECT line FROM row WHERE bucket = ? AND key = ?");
  old.bind_all(std::int64_t{stream}, std::string_view(key));
  if (old.step()) {
    state.digest = wire::exclusive_or(state.digest, wire::row_digest(old.text(0)));
  } else {
    ++state.count;
  }
  old.reset();
  state.digest = wire::exclusive_or(state.digest, wire::row_digest(line));
  db_.cached(
         "INSERT INTO row(bucket, key, seq, line) VALUES(?, ?, ?, ?)"
         " ON CONFLICT(bucket, key) DO UPDATE SET seq = excluded.seq, line = excluded.line")
      .bind_all(std::int64_t{stream}, std::string_view(key), signed_of(seq), std::string_view(line))
      .run();
}

std::uint64_t StreamStore::put_row(StreamNumber stream, wire::RowBody body) {
  Head& state = head_to_change(stream);
  const Row row{++state.seq, std::move(body)};
  write_row(stream, wire::key_of(row.body), row.seq, wire::row_line(row));
  return row.seq;
}

void StreamStore::put_member_row(StreamNumber stream, pos::domain::MemberFacts facts) {
  facts.version = head(stream).seq + 1;
  put_row(stream, wire::MemberRow{std::move(facts)});
}

std::optional<wire::RowBody> StreamStore::row(StreamNumber stream, const std::string& key) {
  Statement& read = db_.cached("SELECT line FROM row WHERE bucket = ? AND key = ?");
  read.bind_all(std::int64_t{stream}, std::string_view(key));
  std::optional<wire::RowBody> body;
  if (read.step()) {
    auto row = wire::row_from_line(read.text(0));
    if (!row) {
      throw pos::core::DbFailure(
          {pos::core::DbError::Fault::damaged, 0, "a row of the hub does not read: " + key});
    }
    body = std::move(row->body);
  }
  read.reset();
  return body;
}

void StreamStore::put_outcome(StreamNumber stream, std::uint32_t till,
                              const wire::OutcomeRow& outcome) {
  Head& state = head_to_change(stream);
  db_.cached(
         "INSERT INTO outcome(bucket, uid, till, result, seq) VALUES(?, ?, ?, ?, ?)"
         " ON CONFLICT(bucket, uid) DO UPDATE SET result = excluded.result,"
         " seq = excluded.seq")
      .bind_all(std::int64_t{stream}, outcome.fact.bytes(), std::int64_t{till},
                static_cast<std::int64_t>(outcome.result), signed_of(++state.seq))
      .run();
}

void StreamStore::amend_outcome(StreamNumber stream, const wire::OutcomeRow& outcome) {
  db_.cached("UPDATE outcome SET result = ? WHERE bucket = ? AND uid = ?")
      .bind_all(static_cast<std::int64_t>(outcome.result), std::int64_t{stream},
                outcome.fact.bytes())
      .run();
}

std::optional<wire::OutcomeRow::Result> StreamStore::outcome(StreamNumber stream,
                                                             const pos::domain::FactId& uid) {
  Statement& read = db_.cached("SELECT result FROM outcome WHERE bucket = ? AND uid = ?");
  read.bind_all(std::int64_t{stream}, uid.bytes());
  std::optional<wire::OutcomeRow::Result> result;
  if (read.step()) result = static_cast<wire::OutcomeRow::Result>(read.integer(0));
  read.reset();
  return result;
}

/// Where the epoch after that one began; nothing when it is not known here. Kept in memory: after a
/// restart every cursor of every till asks for the same one.
const StreamStore::Places* StreamStore::end_of(std::uint64_t epoch) {
  const auto known = ends_.find(epoch);
  if (known != ends_.end()) return &known->second;
  Statement& next = db_.cached(
      "SELECT next.ordinal FROM epoch e JOIN epoch next ON next.ordinal = e.ordinal + 1"
      " WHERE e.epoch = ?");
  next.bind_all(signed_of(epoch));
  const std::optional<std::int64_t> ordinal =
      next.step() ? std::optional(next.integer(0)) : std::nullopt;
  next.reset();
  if (!ordinal) return nullptr;
  if (ends_.size() >= kEndsKept) ends_.clear();
  Places& places = ends_[epoch];
  Statement& starts = db_.cached("SELECT bucket, seq FROM epoch_start WHERE ordinal = ?");
  starts.bind_all(*ordinal);
  while (starts.step()) {
    const auto stream = static_cast<std::size_t>(starts.integer(0));
    if (stream < places.size()) places[stream] = unsigned_of(starts.integer(1));
  }
  starts.reset();
  return &places;
}

/// A cursor holds when its epoch is known here and it does not lie above where the next one began.
bool StreamStore::cursor_holds(const wire::Cursor& cursor) {
  if (cursor.epoch == 0) return false;
  if (CLUBTILL_BUG("epoch_ignored")) return cursor.seq <= head(cursor.stream).seq;
  if (cursor.epoch == epoch_) return cursor.seq <= head(cursor.stream).seq;
  const Places* end = end_of(cursor.epoch);
  return end != nullptr && cursor.seq <= (*end)[cursor.stream];
}

wire::PageOfLines StreamStore::page(std::uint32_t till, StreamNumber stream, std::uint64_t after,
                                    Budget& budget) {
  wire::PageOfLines page;
  page.cursor = {stream, epoch_, head(stream).seq};
  const std::size_t limit = std::min(wire::kPageRowsMax, budget.rows);
  Statement& read = db_.cached(
      "SELECT seq, line, NULL, 0 FROM row WHERE bucket = ?1 AND seq > ?2"
      " UNION ALL"
      " SELECT seq, NULL, uid, result FROM outcome WHERE till = ?3 AND bucket = ?1 AND seq > ?2"
      " ORDER BY 1 LIMIT ?4");
  const std::int64_t reader = till + (CLUBTILL_BUG("outcome_to_another_till") ? 1 : 0);
  read.bind_all(std::int64_t{stream}, signed_of(after), reader,
                static_cast<std::int64_t>(limit) + 1);
  page.complete = true;
  std::uint64_t last = after;
  while (read.step()) {
    if (page.rows.size() == limit || budget.bytes == 0) {
      page.complete = false;
      page.cursor.seq = last;
      break;
    }
    last = unsigned_of(read.integer(0));
    if (read.is_null(1)) {
      const auto uid = pos::domain::FactId::from_bytes(read.blob(2));
      const auto result = static_cast<wire::OutcomeRow::Result>(read.integer(3));
      page.rows.push_back(
          wire::row_line({last, wire::OutcomeRow{uid.value_or(pos::domain::FactId{}), result}}));
    } else {
      page.rows.push_back(read.text(1));
    }
    budget.bytes -= std::min(budget.bytes, page.rows.back().size());
  }
  read.reset();
  budget.rows -= page.rows.size();
  page.count = head(stream).count;
  page.digest = head(stream).digest;
  return page;
}

wire::PullAnswerOfLines StreamStore::pull(std::uint32_t till, const wire::PullRequest& request) {
  std::array<wire::Cursor, wire::kStreamCount> cursors;
  for (const wire::Cursor& cursor : request.cursors) cursors[cursor.stream] = cursor;
  wire::PullAnswerOfLines answer;
  answer.epoch = epoch_;
  Budget budget;
  // What the whole club shares comes first: a till can sell before it has every member.
  for (StreamNumber turn = 0; turn < wire::kStreamCount; ++turn) {
    const StreamNumber stream = turn == 0 ? wire::kClubStream : turn - 1;
    wire::Cursor cursor = cursors[stream];
    cursor.stream = stream;
    const bool holds = cursor_holds(cursor);
    const bool fresh = cursor.epoch == 0 && cursor.seq == 0;
    // An older epoch's cursor that holds is as good as one of this epoch: nothing is sent for it.
    if (holds && cursor.seq == head(stream).seq) continue;
    if (fresh && head(stream).seq == 0) continue;
    if (budget.rows == 0 || budget.bytes == 0) {
      answer.more = true;
      break;
    }
    wire::PageOfLines next = page(till, stream, holds ? cursor.seq : 0, budget);
    next.restart = !holds && !fresh;
    if (!next.complete) answer.more = true;
    answer.pages.push_back(std::move(next));
  }
  return answer;
}

}  // namespace club::hub
