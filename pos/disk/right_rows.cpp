#include "pos/disk/right_rows.hpp"

#include "pos/core/planted.hpp"
#include "pos/disk/disk_error.hpp"

namespace pos::disk {
namespace {

using domain::Money;

/// A right of a journal that was written before rights were refilled counts every spend.
constexpr const char* kNewest =
    "SELECT right_id, coalesce(number, 0), amount, per_member_max, coalesce(settled_position, 0) "
    "FROM right_received LEFT JOIN right_mark USING(right_id) ORDER BY position DESC LIMIT 1";

Money sum_of(core::Statement& statement) {
  Rows rows(statement);
  return Money::of(rows.next() ? rows.row().integer(0) : 0);
}

}  // namespace

std::optional<RightLeft> current_right(core::Database& database) {
  RightLeft right;
  {
    Rows rows(database.cached(kNewest));
    if (!rows.next()) return std::nullopt;
    const auto id = domain::RightId::from_bytes(rows.row().blob(0));
    if (!id) return std::nullopt;
    right.id = *id;
    right.number = static_cast<std::uint64_t>(rows.row().integer(1));
    right.amount = Money::of(rows.row().integer(2));
    right.per_member_max = Money::of(rows.row().integer(3));
    right.settled_position = rows.row().integer(4);
  }
  right.spent =
      sum_of(database.cached("SELECT coalesce(sum(amount), 0) FROM spend WHERE position>?")
                 .bind(1, right.settled_position));
  return right;
}

Money spent_for(core::Database& database, const RightLeft& right,
                const domain::AccountId& account) {
  return sum_of(
      database.cached("SELECT coalesce(sum(amount), 0) FROM spend WHERE position>? AND account=?")
          .bind_all(right.settled_position, account.bytes()));
}

std::optional<std::int64_t> settled_position(core::Database& database,
                                             const programme::RightFact& right) {
  if (right.number == 0) return 0;
  const auto seq = static_cast<std::int64_t>(right.settled_seq);
  if (seq == 0) {
    Rows rows(database.cached("SELECT first_position FROM incarnation WHERE incarnation=?")
                  .bind(1, std::int64_t{right.settled_incarnation}));
    if (!rows.next()) return std::nullopt;
    return rows.row().integer(0) - 1;
  }
  Rows rows(database
                .cached("SELECT f.position, f.chain FROM incarnation i JOIN fact f ON "
                        "f.position=i.first_position+?2-1 AND f.incarnation=i.incarnation "
                        "WHERE i.incarnation=?1")
                .bind_all(std::int64_t{right.settled_incarnation}, seq));
  if (!rows.next()) return std::nullopt;
  const bool ours = core::Digest::from_bytes(rows.row().blob(1)) == right.settled_chain;
  if (!ours && !CLUBTILL_BUG("foreign_right_taken")) return std::nullopt;
  return rows.row().integer(0);
}

void write_right(core::Database& database, std::int64_t position,
                 const programme::RightFact& right) {
  database
      .cached(
          "INSERT INTO right_received(right_id, position, amount, per_member_max) VALUES(?, ?, "
          "?, ?)")
      .bind_all(right.id.bytes(), position, right.amount.units(), right.per_member_max.units())
      .run();
  // One that names nothing here leaves what it grants smaller, never larger.
  const auto settled = settled_position(database, right).value_or(0);
  database.cached("INSERT INTO right_mark(right_id, number, settled_position) VALUES(?, ?, ?)")
      .bind_all(right.id.bytes(), static_cast<std::int64_t>(right.number), settled)
      .run();
}

bool right_fits(core::Database& database, std::int64_t position,
                const programme::RightFact& right) {
  auto& statement =
      database
          .cached(
              "SELECT position, amount, per_member_max, coalesce(number, 0), "
              "coalesce(settled_position, 0) FROM right_received LEFT JOIN right_mark "
              "USING(right_id) WHERE right_id=?")
          .bind(1, right.id.bytes());
  Rows found(statement);
  return found.next() && statement.integer(0) == position &&
         statement.integer(1) == right.amount.units() &&
         statement.integer(2) == right.per_member_max.units() &&
         statement.integer(3) == static_cast<std::int64_t>(right.number) &&
         statement.integer(4) == settled_position(database, right).value_or(0);
}

}  // namespace pos::disk
