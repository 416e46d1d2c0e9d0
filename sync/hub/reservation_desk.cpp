#include "sync/hub/reservation_desk.hpp"

#include <algorithm>

namespace club::hub {
namespace {

using ledger::AccountId;
using ledger::FactId;
using pos::domain::kAmountMax;
using Word = wire::AuthoriseAnswer::Word;

std::int64_t shown(std::int64_t amount) { return std::clamp(amount, -kAmountMax, kAmountMax); }

}  // namespace

wire::AuthoriseAnswer ReservationDesk::answer(const wire::AuthoriseRequest& request,
                                              std::uint32_t till, const Now& now) {
  for (const FactId& sale : request.abandoned) abandon(till, sale);
  wire::AuthoriseAnswer answer;
  if (request.wish) {
    abandon(till, request.wish->uid);
    const bool room = open(till).size() < wire::kOpenReservationsMax;
    if (now.abreast && room) {
      judge(*request.wish, till, now, answer);
    } else {
      answer.word = Word::unavailable;
    }
  }
  answer.open = open(till);
  return answer;
}

void ReservationDesk::judge(const wire::AuthoriseRequest::Wish& wish, std::uint32_t till,
                            const Now& now, wire::AuthoriseAnswer& answer) {
  if (wish.account) {
    const auto state = buckets_.account(wire::bucket_of(*wish.account),
                                        {ledger::AccountKind::holder, *wish.account});
    if (state.closed_into) {
      // The till has not heard of the merger yet; what is left is another account's.
      answer.word = Word::unavailable;
      return;
    }
    const Amounts kept = kept_of(*wish.account);
    const auto idle_points = idle(*wish.account, ledger::Unit::points, now.today);
    const auto idle_value = idle(*wish.account, ledger::Unit::value, now.today);
    answer.points = pos::domain::Points::of(shown(state.points - kept.points - idle_points));
    answer.value = pos::domain::Money::of(shown(state.value - kept.value - idle_value));
    // What asks for nothing is never short: balances may be below nothing.
    const bool enough = (wish.points.is_zero() || wish.points <= answer.points) &&
                        (wish.value.is_zero() || wish.value <= answer.value);
    if (!enough) {
      answer.word = Word::short_of;
      return;
    }
  }
  for (const pos::domain::CouponCode& code : wish.coupons) {
    if (!buckets_.coupon(wire::bucket_of(code), code)) continue;
    answer.word = Word::coupon_used;
    answer.coupon = code;
    return;
  }
  for (const auto& one : wish.budgets) {
    const auto budget =
        std::ranges::find(now.budgets, one.benefit, &pos::programme::BudgetLeft::benefit);
    if (budget == now.budgets.end()) continue;
    const pos::domain::Money left =
        budget->left - pos::domain::Money::of(buckets_.given(wire::kClubStream, one.benefit)) -
        kept_of(one.benefit);
    if (one.amount <= left) continue;
    answer.word = Word::budget_used;
    answer.benefit = one.benefit;
    answer.left = std::max(left, pos::domain::Money{});
    return;
  }
  keep(wish, till);
}

void ReservationDesk::keep(const wire::AuthoriseRequest::Wish& wish, std::uint32_t till) {
  if (wish.account && (!wish.points.is_zero() || !wish.value.is_zero())) {
    db_.cached(
           "INSERT INTO reservation(bucket, uid, till, account, points, value)"
           " VALUES(?, ?, ?, ?, ?, ?)")
        .bind_all(std::int64_t{wire::bucket_of(*wish.account)}, wish.uid.bytes(),
                  std::int64_t{till}, wish.account->bytes(), wish.points.units(),
                  wish.value.units())
        .run();
  }
  for (const auto& one : wish.budgets) {
    db_.cached(
           "INSERT INTO kept_budget(uid, benefit, till, amount) VALUES(?, ?, ?, ?)"
           " ON CONFLICT(uid, benefit) DO UPDATE SET amount = amount + excluded.amount")
        .bind_all(wish.uid.bytes(), std::string_view(one.benefit.text()), std::int64_t{till},
                  one.amount.units())
        .run();
  }
  for (const pos::domain::CouponCode& code : wish.coupons) {
    buckets_.put_coupon(wire::bucket_of(code), code, ledger::CouponUse{wish.uid, till, false});
  }
}

void ReservationDesk::abandon(std::uint32_t till, const FactId& sale) {
  db_.cached("DELETE FROM reservation WHERE uid = ? AND till = ?")
      .bind_all(sale.bytes(), std::int64_t{till})
      .run();
  db_.cached("DELETE FROM coupon WHERE uid = ? AND till = ? AND used = 0")
      .bind_all(sale.bytes(), std::int64_t{till})
      .run();
  db_.cached("DELETE FROM kept_budget WHERE uid = ? AND till = ?")
      .bind_all(sale.bytes(), std::int64_t{till})
      .run();
}

pos::domain::Money ReservationDesk::kept_of(const pos::domain::BenefitId& benefit) {
  auto& read = db_.cached("SELECT coalesce(sum(amount), 0) FROM kept_budget WHERE benefit = ?");
  read.bind_all(std::string_view(benefit.text()));
  const auto kept = pos::domain::Money::of(read.step() ? read.integer(0) : 0);
  read.reset();
  return kept;
}

void ReservationDesk::abandon_all(std::uint32_t till) {
  db_.cached("DELETE FROM kept_budget WHERE till = ?").bind_all(std::int64_t{till}).run();
  db_.cached("DELETE FROM reservation WHERE till = ?").bind_all(std::int64_t{till}).run();
  db_.cached("DELETE FROM coupon WHERE till = ? AND used = 0").bind_all(std::int64_t{till}).run();
}

ReservationDesk::Amounts ReservationDesk::kept_of(const AccountId& account) {
  auto& read = db_.cached(
      "SELECT coalesce(sum(points), 0), coalesce(sum(value), 0) FROM reservation"
      " WHERE bucket = ? AND account = ?");
  read.bind_all(std::int64_t{wire::bucket_of(account)}, account.bytes());
  Amounts kept;
  if (read.step()) kept = {read.integer(0), read.integer(1)};
  read.reset();
  return kept;
}

std::int64_t ReservationDesk::idle(const AccountId& account, ledger::Unit unit,
                                   pos::domain::Day today) {
  std::int64_t sum = 0;
  for (const ledger::LotRecord& lot : buckets_.lots(wire::bucket_of(account), account, unit)) {
    const bool is_idle = lot.terms.is_pending(today) || lot.terms.has_expired(today);
    if (is_idle && lot.left > 0) sum += lot.left;
  }
  return sum;
}

std::vector<FactId> ReservationDesk::open(std::uint32_t till) {
  auto& read = db_.cached(
      "SELECT uid FROM reservation WHERE till = ?1 UNION"
      " SELECT uid FROM coupon WHERE till = ?1 AND used = 0 UNION"
      " SELECT uid FROM kept_budget WHERE till = ?1 ORDER BY uid LIMIT 64");
  read.bind_all(std::int64_t{till});
  std::vector<FactId> sales;
  while (read.step()) sales.push_back(FactId::from_bytes(read.blob(0)).value_or(FactId{}));
  read.reset();
  return sales;
}

}  // namespace club::hub
