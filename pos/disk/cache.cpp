#include "pos/disk/cache.hpp"

#include "pos/core/check.hpp"
#include "pos/core/planted.hpp"
#include "pos/disk/cache_schema.hpp"
#include "pos/disk/journal_schema.hpp"
#include "pos/disk/member_row.hpp"
#include "pos/disk/state_folder.hpp"
#include "pos/disk/stream_life.hpp"
#include "pos/domain/bucket.hpp"

namespace pos::disk {
namespace {

using club::wire::Page;
using club::wire::StreamNumber;

/// No epoch is 0: the hub answers such a cursor from the start, as it does one of an unknown life.
constexpr club::wire::Cursor kUntrustedCursor{0, 0, 1};

bool worth_setting_aside(core::DbError::Fault fault) {
  using Fault = core::DbError::Fault;
  return fault == Fault::damaged || fault == Fault::foreign || fault == Fault::newer_schema;
}

/// Rows that a restarted stream did not send again are gone at the hub. What joined here and is not
/// settled (seq 0) stays.
void drop_unseen(core::Database& database, StreamNumber stream, std::int64_t generation) {
  for (const char* sql : {"DELETE FROM member WHERE stream=? AND generation<? AND seq>0",
                          "DELETE FROM card WHERE stream=? AND generation<? AND seq>0",
                          "DELETE FROM phone WHERE stream=? AND generation<? AND seq>0",
                          "DELETE FROM card_value WHERE stream=? AND generation<? AND seq>0"}) {
    database.cached(sql).bind_all(std::int64_t{stream}, generation).run();
  }
  if (stream == club::wire::kClubStream) {
    database.cached("DELETE FROM club_row WHERE generation<?").bind(1, generation).run();
  }
}

}  // namespace

Disk<std::unique_ptr<Cache>> Cache::open(const Options& options) {
  CLUBTILL_CHECK(options.chance != nullptr);
  std::unique_ptr<Cache> cache(new Cache(options));
  auto opened = core::guarded([&] { cache->open_database(); });
  if (!opened && worth_setting_aside(opened.error().fault)) {
    cache->database_.reset();
    cache->set_aside_because_ = opened.error().detail;
    if (const auto moved = set_aside(options.path, "unusable"); !moved) {
      return core::fail(DiskError{DiskError::Fault::io, moved.error().detail});
    }
    opened = core::guarded([&] { cache->open_database(); });
  }
  if (!opened) return core::fail(disk_error(opened.error(), options.path));
  return cache;
}

void Cache::open_database() {
  database_ = core::Database::open(options_.path, {core::OpenMode::read_write_create,
                                                   core::Synchronous::normal, options_.vfs, 2000});
  if (const auto version = database_->user_version(); version > 0 && version < kCacheSchema) {
    throw core::DbFailure({core::DbError::Fault::foreign, 0, "written by an older Clubtill"});
  }
  prepare_schema(*database_, kCacheApplication, kCacheSchema, kCacheTables);
  // One row of each table: a file whose first pages are damaged shows itself here.
  for (const char* sql : {"SELECT count(*) FROM (SELECT 1 FROM member LIMIT 1)",
                          "SELECT count(*) FROM (SELECT 1 FROM card LIMIT 1)",
                          "SELECT count(*) FROM (SELECT 1 FROM phone LIMIT 1)",
                          "SELECT count(*) FROM (SELECT 1 FROM card_value LIMIT 1)",
                          "SELECT count(*) FROM club_row", "SELECT count(*) FROM cursor"}) {
    database_->prepare(sql).run();
  }
}

Disk<std::vector<StreamNumber>> Cache::apply(const std::vector<Page>& pages) {
  auto applied = core::guarded([&] {
    std::vector<StreamNumber> unfit;
    if (CLUBTILL_BUG("cursor_before_rows")) {
      core::Transaction early(*database_);
      for (const Page& page : pages) {
        keep_life(*database_, page.cursor, life_of(*database_, page.cursor.stream));
      }
      early.commit();
    }
    core::Transaction transaction(*database_);
    for (const Page& page : pages) {
      if (!apply_page(page)) unfit.push_back(page.cursor.stream);
    }
    transaction.commit();
    return unfit;
  });
  if (!applied) return core::fail(disk_error(applied.error(), options_.path));
  return std::move(*applied);
}

bool Cache::apply_page(const Page& page) {
  const StreamNumber stream = page.cursor.stream;
  StreamLife life = life_of(*database_, stream);
  if (page.restart && !CLUBTILL_BUG("restart_ignored")) life = {life.generation + 1, true, 0, {}};
  for (const club::wire::Row& row : page.rows) {
    if (CLUBTILL_BUG_AT_TIMES("row_of_page_lost", 30)) continue;
    if (CLUBTILL_BUG_AT_TIMES("digest_unchecked", 30)) continue;
    life.take(*database_, options_.key, row, stream);
    put(row, stream, life.generation);
  }
  const bool checked = !CLUBTILL_BUG("cursor_before_rows") && !CLUBTILL_BUG("digest_unchecked");
  if (page.complete && checked && !life.fits(page)) {
    // What is there stays in use until the hub has sent everything again.
    keep_life(*database_, {stream, kUntrustedCursor.epoch, kUntrustedCursor.seq}, life);
    return false;
  }
  if (life.restarting && page.complete) {
    if (!CLUBTILL_BUG("unseen_rows_kept")) drop_unseen(*database_, stream, life.generation);
    life.restarting = false;
  }
  keep_life(*database_, page.cursor, life);
  return true;
}

void Cache::put(const club::wire::Row& row, StreamNumber stream, std::int64_t generation) {
  const auto seq = static_cast<std::int64_t>(row.seq);
  if (const auto* member = std::get_if<club::wire::MemberRow>(&row.body)) {
    domain::MemberFacts facts = member->member;
    facts.version = row.seq;
    put_member(facts, stream, generation, true);
  } else if (const auto* card = std::get_if<club::wire::CardRow>(&row.body)) {
    database_->cached("INSERT OR REPLACE INTO card VALUES(?, ?, ?, ?, ?, ?)")
        .bind_all(card->card.bytes(), card->member.bytes(), std::int64_t{card->blocked},
                  std::int64_t{stream}, seq, generation)
        .run();
  } else if (const auto* phone = std::get_if<club::wire::PhoneRow>(&row.body)) {
    database_->cached("INSERT OR REPLACE INTO phone VALUES(?, ?, ?, ?, ?)")
        .bind_all(phone->phone.bytes(), phone->member.bytes(), std::int64_t{stream}, seq,
                  generation)
        .run();
  } else if (const auto* value = std::get_if<club::wire::CardValueRow>(&row.body)) {
    database_->cached("INSERT OR REPLACE INTO card_value VALUES(?, ?, ?, ?, ?)")
        .bind_all(value->account.bytes(), std::int64_t{stream}, seq, generation,
                  std::string_view(club::wire::row_line(row)))
        .run();
  } else if (!std::holds_alternative<club::wire::OutcomeRow>(row.body)) {
    const std::string key = club::wire::key_of(row.body);
    const std::size_t colon = key.find(':');
    database_->cached("INSERT OR REPLACE INTO club_row VALUES(?, ?, ?, ?)")
        .bind_all(std::string_view(key).substr(0, colon), std::string_view(key).substr(colon + 1),
                  generation, std::string_view(club::wire::row_line(row)))
        .run();
  }
}

void Cache::put_member(const domain::MemberFacts& facts, StreamNumber stream,
                       std::int64_t generation, bool replace) {
  const core::Bytes name = seal_name(options_.key, facts, *options_.chance);
  const core::Bytes packed = pack_facts(facts);
  database_
      ->cached(replace ? "INSERT OR REPLACE INTO member VALUES(?, ?, ?, ?, ?, ?)"
                       : "INSERT OR IGNORE INTO member VALUES(?, ?, ?, ?, ?, ?)")
      .bind_all(facts.id.bytes(), std::int64_t{stream}, static_cast<std::int64_t>(facts.version),
                generation, core::BytesView(packed), core::BytesView(name))
      .run();
}

Disk<std::vector<club::wire::Cursor>> Cache::cursors(
    const std::map<StreamNumber, std::int64_t>& generations) {
  auto cursors = core::guarded([&] {
    std::vector<club::wire::Cursor> found;
    Rows rows(
        database_->cached("SELECT stream, epoch, seq, generation FROM cursor ORDER BY stream"));
    while (rows.next()) {
      club::wire::Cursor cursor{static_cast<StreamNumber>(rows.row().integer(0)),
                                static_cast<std::uint64_t>(rows.row().integer(1)),
                                static_cast<std::uint64_t>(rows.row().integer(2))};
      const auto asked = generations.find(cursor.stream);
      if (asked != generations.end() && rows.row().integer(3) < asked->second) {
        cursor = {cursor.stream, kUntrustedCursor.epoch, kUntrustedCursor.seq};
      }
      found.push_back(cursor);
    }
    return found;
  });
  if (!cursors) return core::fail(disk_error(cursors.error(), options_.path));
  return std::move(*cursors);
}

Disk<Cache::Place> Cache::place(StreamNumber stream) {
  const auto place = core::guarded([&] {
    Rows rows(database_->cached("SELECT epoch, seq, generation FROM cursor WHERE stream=?")
                  .bind(1, std::int64_t{stream}));
    if (!rows.next()) return Place{{stream, 0, 0}, 0};
    return Place{{stream, static_cast<std::uint64_t>(rows.row().integer(0)),
                  static_cast<std::uint64_t>(rows.row().integer(1))},
                 rows.row().integer(2)};
  });
  if (!place) return core::fail(disk_error(place.error(), options_.path));
  return *place;
}

Disk<void> Cache::add_joined(const programme::JoinFact& join) {
  const auto added = core::guarded([&] {
    core::Transaction transaction(*database_);
    const StreamNumber stream = bucket_of(join.member.account);
    const std::int64_t generation = life_of(*database_, stream).generation;
    domain::MemberFacts facts = join.member;
    facts.version = 0;
    put_member(facts, stream, generation, false);
    const auto claim = [&](const char* sql, const core::KeyedHash& hash) {
      database_->cached(sql)
          .bind_all(hash.bytes(), facts.id.bytes(), std::int64_t{stream}, generation)
          .run();
    };
    claim("INSERT OR IGNORE INTO phone VALUES(?, ?, ?, 0, ?)", join.phone);
    if (join.card) claim("INSERT OR IGNORE INTO card VALUES(?, ?, 0, ?, 0, ?)", *join.card);
    transaction.commit();
  });
  if (!added) return core::fail(disk_error(added.error(), options_.path));
  return {};
}

}  // namespace pos::disk
