#include "pos/disk/stream_life.hpp"

#include "pos/disk/disk_error.hpp"
#include "pos/disk/member_row.hpp"

namespace pos::disk {
namespace {

using club::wire::Row;
using club::wire::StreamNumber;

/// A row of an older generation, of another stream or not yet known to the hub was not counted.
struct Counted {
  StreamNumber stream;
  std::int64_t generation;
  [[nodiscard]] bool holds(std::int64_t stream_there, std::int64_t seq,
                           std::int64_t generation_there) const {
    return stream_there == std::int64_t{stream} && seq > 0 && generation_there == generation;
  }
};

/// The line under which a counted row came, or nothing when there is none.
class Replaced {
 public:
  Replaced(core::Database& database, const core::SymmetricKey& key, Counted counted)
      : database_(database), key_(key), counted_(counted) {}

  std::optional<std::string> operator()(const club::wire::MemberRow& row) const {
    Rows rows(database_.cached("SELECT stream, seq, generation, facts, name FROM member WHERE id=?")
                  .bind(1, row.member.id.bytes()));
    if (!rows.next() || !counts(rows)) return std::nullopt;
    auto facts = unpack_facts(rows.row().blob(3));
    // A line that cannot be told any more: the stream will not fit, and is read again.
    if (!facts || !open_name(key_, rows.row().blob(4), *facts)) return std::string();
    return line(rows, club::wire::MemberRow{std::move(*facts)});
  }
  std::optional<std::string> operator()(const club::wire::CardRow& row) const {
    Rows rows(
        database_.cached("SELECT stream, seq, generation, member, blocked FROM card WHERE hash=?")
            .bind(1, row.card.bytes()));
    if (!rows.next() || !counts(rows)) return std::nullopt;
    const auto member = domain::MemberId::from_bytes(rows.row().blob(3));
    if (!member) return std::string();
    return line(rows, club::wire::CardRow{row.card, *member, rows.row().integer(4) != 0});
  }
  std::optional<std::string> operator()(const club::wire::PhoneRow& row) const {
    Rows rows(database_.cached("SELECT stream, seq, generation, member FROM phone WHERE hash=?")
                  .bind(1, row.phone.bytes()));
    if (!rows.next() || !counts(rows)) return std::nullopt;
    const auto member = domain::MemberId::from_bytes(rows.row().blob(3));
    if (!member) return std::string();
    return line(rows, club::wire::PhoneRow{row.phone, *member});
  }
  std::optional<std::string> operator()(const club::wire::CardValueRow& row) const {
    Rows rows(
        database_.cached("SELECT stream, seq, generation, line FROM card_value WHERE account=?")
            .bind(1, row.account.bytes()));
    if (!rows.next() || !counts(rows)) return std::nullopt;
    return rows.row().text(3);
  }
  template <class ClubRow>
  std::optional<std::string> operator()(const ClubRow& row) const {
    const std::string name = club::wire::key_of(row);
    const std::size_t colon = name.find(':');
    Rows rows(database_.cached("SELECT generation, line FROM club_row WHERE kind=? AND key=?")
                  .bind(1, std::string_view(name).substr(0, colon))
                  .bind(2, std::string_view(name).substr(colon + 1)));
    if (!rows.next() || rows.row().integer(0) != counted_.generation) return std::nullopt;
    return rows.row().text(1);
  }

 private:
  [[nodiscard]] bool counts(Rows& rows) const {
    return counted_.holds(rows.row().integer(0), rows.row().integer(1), rows.row().integer(2));
  }
  static std::string line(Rows& rows, club::wire::RowBody body) {
    return club::wire::row_line(
        {static_cast<std::uint64_t>(rows.row().integer(1)), std::move(body)});
  }

  core::Database& database_;
  const core::SymmetricKey& key_;
  Counted counted_;
};

}  // namespace

void StreamLife::take(core::Database& database, const core::SymmetricKey& key, const Row& row,
                      StreamNumber stream) {
  using club::wire::exclusive_or;
  using club::wire::row_digest;
  if (std::holds_alternative<club::wire::OutcomeRow>(row.body)) return;
  const auto before = std::visit(Replaced(database, key, {stream, generation}), row.body);
  if (before) {
    digest = exclusive_or(digest, row_digest(*before));
  } else {
    ++count;
  }
  digest = exclusive_or(digest, row_digest(club::wire::row_line(row)));
}

StreamLife life_of(core::Database& database, StreamNumber stream) {
  Rows rows(
      database.cached("SELECT generation, restarting, count, digest FROM cursor WHERE stream=?")
          .bind(1, std::int64_t{stream}));
  if (!rows.next()) return {};
  return {rows.row().integer(0), rows.row().integer(1) != 0,
          static_cast<std::uint64_t>(rows.row().integer(2)),
          core::Digest::from_bytes(rows.row().blob(3)).value_or(core::Digest{})};
}

void keep_life(core::Database& database, const club::wire::Cursor& cursor, const StreamLife& life) {
  database.cached("INSERT OR REPLACE INTO cursor VALUES(?, ?, ?, ?, ?, ?, ?)")
      .bind_all(std::int64_t{cursor.stream}, static_cast<std::int64_t>(cursor.epoch),
                static_cast<std::int64_t>(cursor.seq), life.generation,
                std::int64_t{life.restarting}, static_cast<std::int64_t>(life.count),
                life.digest.bytes())
      .run();
}

}  // namespace pos::disk
