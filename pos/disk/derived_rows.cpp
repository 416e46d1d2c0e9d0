#include "pos/disk/derived_rows.hpp"

#include "pos/core/planted.hpp"
#include "pos/disk/disk_error.hpp"
#include "pos/disk/fact_rows.hpp"
#include "pos/disk/right_rows.hpp"
#include "pos/domain/bucket.hpp"

namespace pos::disk {
namespace {

using programme::ReturnFact;
using programme::SaleFact;

void strip(domain::MemberFacts& member) {
  member.form_of_address.clear();
  member.last_digits.clear();
}

DerivedRows derive_sale(const SaleFact& sale) {
  DerivedRows rows;
  rows.prints = true;
  // Without points it still is a visit, and may use up a coupon or one of a member's times.
  const auto account = programme::account_of(sale);
  if (account) {
    rows.effect = DerivedRows::Effect{*account, sale.result.points_spent, sale.result.earned};
  }
  if (sale.right && !sale.result.drawn.is_zero()) {
    // What nobody in particular was given counts, too.
    rows.spend =
        DerivedRows::Spend{*sale.right, account.value_or(domain::AccountId{}), sale.result.drawn};
  }
  for (const programme::BenefitOutcome& outcome : sale.result.outcomes) {
    if (outcome.of_budget.is_zero()) continue;
    rows.of_budgets.push_back({outcome.benefit, outcome.of_budget});
  }
  return rows;
}

DerivedRows derive_return(const ReturnFact& back) {
  DerivedRows rows;
  rows.prints = true;
  if (const auto account = programme::account_of(back)) {
    rows.effect = DerivedRows::Effect{*account, back.earned_taken, back.points_back};
  }
  rows.back = DerivedRows::Back{back.sale, back.is_void, back.lines};
  // Of the pool alone: what goods are worth is no member's allowance, so it counts for nobody.
  if (back.right && !back.drawn.is_zero() && !CLUBTILL_BUG("return_draws_nothing")) {
    rows.spend = DerivedRows::Spend{*back.right, domain::AccountId{}, back.drawn};
  }
  return rows;
}

}  // namespace

DerivedRows derive(const programme::Fact& fact) {
  if (const auto* sale = std::get_if<SaleFact>(&fact)) return derive_sale(*sale);
  if (const auto* back = std::get_if<ReturnFact>(&fact)) return derive_return(*back);
  DerivedRows rows;
  if (const auto* right = std::get_if<programme::RightFact>(&fact)) rows.right = *right;
  return rows;
}

void take_gains_out(programme::Fact& fact) {
  if (auto* sale = std::get_if<SaleFact>(&fact)) {
    programme::Quote& result = sale->result;
    result.earned = {};
    result.value_earned = {};
    result.earned_terms = result.value_terms = {};
    for (programme::BenefitOutcome& outcome : result.outcomes) outcome.issued.reset();
  } else if (auto* back = std::get_if<ReturnFact>(&fact)) {
    back->points_back = {};
    back->value_back = {};
    back->change = {};
  }
}

programme::Fact without_names(programme::Fact fact) {
  if (auto* sale = std::get_if<SaleFact>(&fact); sale != nullptr && sale->input.member) {
    strip(*sale->input.member);
  }
  if (auto* join = std::get_if<programme::JoinFact>(&fact)) strip(join->member);
  return fact;
}

void write_derived(core::Database& database, std::int64_t position, const DerivedRows& rows) {
  if (rows.effect) {
    database
        .cached(
            "INSERT INTO effect(account, position, bucket, spent, gained) VALUES(?, ?, ?, ?, ?)")
        .bind_all(rows.effect->account.bytes(), position,
                  std::int64_t{bucket_of(rows.effect->account)}, rows.effect->spent.units(),
                  rows.effect->gained.units())
        .run();
  }
  if (rows.spend && !CLUBTILL_BUG_AT_TIMES("spend_not_written", 3)) {
    database.cached("INSERT INTO spend(right_id, account, position, amount) VALUES(?, ?, ?, ?)")
        .bind_all(rows.spend->right.bytes(), rows.spend->account.bytes(), position,
                  rows.spend->amount.units())
        .run();
  }
  if (rows.back) {
    for (const programme::ReturnedLine& line : rows.back->lines) {
      if (CLUBTILL_BUG_AT_TIMES("return_not_written", 5)) continue;
      database
          .cached(
              "INSERT INTO returned(sale, position, line, quantity, is_void) VALUES(?, ?, ?, ?, ?)")
          .bind_all(rows.back->sale.bytes(), position, static_cast<std::int64_t>(line.line),
                    line.quantity, std::int64_t{rows.back->is_void})
          .run();
    }
  }
  if (rows.right) write_right(database, position, *rows.right);
  for (const DerivedRows::OfBudget& one : rows.of_budgets) {
    database.cached("INSERT INTO budget_given VALUES(?, ?, ?)")
        .bind_all(std::string_view(one.benefit.text()), position, one.amount.units())
        .run();
  }
  if (rows.prints) database.cached("INSERT INTO unprinted VALUES(?)").bind(1, position).run();
}

namespace {

bool effect_fits(core::Database& database, std::int64_t position,
                 const DerivedRows::Effect& effect) {
  auto& statement =
      database.cached("SELECT spent, gained FROM effect WHERE account=? AND position=?")
          .bind_all(effect.account.bytes(), position);
  Rows found(statement);
  return found.next() && statement.integer(0) == effect.spent.units() &&
         statement.integer(1) == effect.gained.units();
}

bool spend_fits(core::Database& database, std::int64_t position, const DerivedRows::Spend& spend) {
  auto& statement =
      database.cached("SELECT amount FROM spend WHERE right_id=? AND account=? AND position=?")
          .bind_all(spend.right.bytes(), spend.account.bytes(), position);
  Rows found(statement);
  return found.next() && statement.integer(0) == spend.amount.units();
}

bool returns_fit(core::Database& database, std::int64_t position, const DerivedRows::Back& back) {
  for (const programme::ReturnedLine& line : back.lines) {
    auto& statement =
        database
            .cached(
                "SELECT quantity, is_void FROM returned WHERE sale=? AND position=? "
                "AND line=?")
            .bind_all(back.sale.bytes(), position, static_cast<std::int64_t>(line.line));
    Rows found(statement);
    const bool fits = found.next() && statement.integer(0) == line.quantity &&
                      (statement.integer(1) != 0) == back.is_void;
    if (!fits) return false;
  }
  return true;
}

std::uint64_t count(core::Database& database, const char* sql) {
  Rows rows(database.cached(sql));
  return rows.next() ? static_cast<std::uint64_t>(rows.row().integer(0)) : 0;
}

}  // namespace

bool derived_rows_fit(core::Database& database, std::int64_t position, const DerivedRows& rows) {
  return (!rows.effect || effect_fits(database, position, *rows.effect)) &&
         (!rows.spend || spend_fits(database, position, *rows.spend)) &&
         (!rows.right || right_fits(database, position, *rows.right)) &&
         (!rows.back || returns_fit(database, position, *rows.back));
}

void DerivedCounts::add(const DerivedRows& rows) {
  effects += rows.effect ? 1 : 0;
  spends += rows.spend ? 1 : 0;
  rights += rows.right ? 1 : 0;
  returned += rows.back ? rows.back->lines.size() : 0;
}

DerivedCounts count_derived(core::Database& database) {
  const char* spends = has_holes(database) ? "SELECT count(*) FROM spend WHERE position NOT IN"
                                             " (SELECT at FROM hole)"
                                           : "SELECT count(*) FROM spend";
  return {count(database, "SELECT count(*) FROM effect"), count(database, spends),
          count(database, "SELECT count(*) FROM right_received"),
          count(database, "SELECT count(*) FROM returned")};
}

}  // namespace pos::disk
