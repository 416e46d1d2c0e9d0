#include "pos/core/planted.hpp"
#include "sync/hub/changing.hpp"
#include "sync/hub/hub.hpp"

// Rights are issued, refilled and recalled by one act: a newer right, which takes the place of the
// one before it once it is a fact of the till's journal.

namespace club::hub {
namespace {

using pos::core::DbError;
using pos::core::DbFailure;
using pos::domain::Money;

[[noreturn]] void fail_missing(std::uint32_t till) {
  throw DbFailure({DbError::Fault::missing, 0, "there is no till " + std::to_string(till)});
}

}  // namespace

/// What that till is to have; no amount: nothing, because it is recalled or gone.
Hub::Pool Hub::pool_of(const TillRecord& till) {
  if (till.recalled || till.written_off) return {};
  const auto club_rules = rules();
  if (!club_rules) return {};
  return {club_rules->pool_per_till, club_rules->pool_per_member};
}

/// Everything that arrived from the till must be applied, so that the right can name it as settled;
/// if it is not, the apply worker comes back to this till.
void Hub::issue_right(const TillRecord& till) {
  const std::uint32_t number = till.number.value;
  const bool waits = rights_.awaits_any() && !CLUBTILL_BUG("restored_hub_issues");
  if (!till.key || till.revoked || waits) return;
  const Pool pool = pool_of(till);
  const auto held = rights_.newest(number);
  if (!held && pool.amount.is_zero()) return;
  const std::int64_t newest = tills_.newest(number);
  const bool settled = newest <= inbox_.counter("applied") || CLUBTILL_BUG("refill_unsettled");
  if (!settled) return;
  auto place = inbox_.place(newest);
  if (held && is_whole(number, *held, pool, place)) return;
  RightStore::Record next;
  next.right.id = pos::domain::RightId::mint(chance_);
  next.right.number = held ? held->right.number + 1 : 1;
  next.right.amount = pool.amount;
  next.right.per_member_max = pool.per_member;
  next.right.settled = {1, 0, pos::core::kChainStart};
  if (place) {
    // Where a part of that journal is missing, nothing is known of what it drew there.
    if (!inbox_.leads_over(number, *place, place->mark)) return;
    next.right.settled = place->mark;
    next.settled_id = newest;
  }
  rights_.issue(number, next);
  ++news_;
}

/// Whether the right says already what a newer one would.
bool Hub::is_whole(std::uint32_t till, const RightStore::Record& held, const Pool& pool,
                   const std::optional<Place>& place) {
  if (held.right.amount != pool.amount || held.right.per_member_max != pool.per_member) {
    return false;
  }
  if (!rights_.drawn_behind(till, held.settled_id).is_zero()) return false;
  // A till whose disk is an older image declines a right that names what it has not.
  return held.received || !place || inbox_.leads_over(till, *place, held.right.settled);
}

void Hub::issue_rights() {
  for (const TillRecord& till : tills_.all()) issue_right(till);
}

Hub::Result<std::vector<RightStore::Exposure>> Hub::exposure() {
  return pos::core::guarded([&] { return rights_.exposure(); });
}

Hub::Result<std::vector<std::uint32_t>> Hub::awaited() {
  return pos::core::guarded([&] { return rights_.awaited(); });
}

Hub::Result<Money> Hub::write_off(std::uint32_t till) {
  return changing(db_, streams_, [&] {
    if (!tills_.find(till)) fail_missing(till);
    Money left;
    for (const RightStore::Exposure& one : rights_.exposure()) {
      if (one.till == till) left = one.left;
    }
    reservations_.abandon_all(till);
    for (const InboxStore::WaitingReturn& owed : inbox_.owed_by(till)) {
      wire::FactFrame frame;
      frame.body = ledger::encode_lost_sale({owed.bucket, owed.sale});
      const auto kind = pos::core::FactKind::parse(ledger::kLostSaleKind);
      frame.fields.kind = kind.value_or(pos::core::FactKind{});
      frame.fields.uid = pos::domain::FactId::mint(chance_);
      append_own_fact(frame);
    }
    tills_.write_off(till);
    rights_.heard(till);
    issue_rights();  // it may have been the last one that was waited for
    return left;
  });
}

Hub::Result<void> Hub::recall(std::uint32_t till, bool recalled) {
  return changing(db_, streams_, [&] {
    if (!tills_.find(till)) fail_missing(till);
    tills_.recall(till, recalled);
    issue_right(*tills_.find(till));
    ++news_;
  });
}

Hub::Result<void> Hub::await_tills() {
  return changing(db_, streams_, [&] { rights_.await_all(); });
}

/// Its newest fact is here, so that everything it ever received and spent is.
void Hub::hear(std::uint32_t till, const wire::JournalMark& sealed) {
  const auto place = inbox_.find(till, sealed);
  if (!place || !inbox_.leads_over(till, *place, sealed)) return;
  rights_.heard(till);
  if (!rights_.awaits_any()) issue_rights();
}

std::optional<wire::IssuedRight> Hub::offer(std::uint32_t till, std::uint64_t told) {
  const auto held = rights_.newest(till);
  if (!held || held->received || held->right.number <= told) return std::nullopt;
  return held->right;
}

}  // namespace club::hub
