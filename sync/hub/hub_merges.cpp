#include <set>

#include "sync/hub/changing.hpp"
#include "sync/hub/hub.hpp"
#include "sync/hub/id_column.hpp"
#include "sync/ledger/ledger.hpp"

namespace club::hub {
namespace {

using ledger::AccountId;
using ledger::KeyedHash;
using ledger::MemberId;

/// Where a member's row lives; nothing when there is no such member.
std::optional<StreamNumber> home_of(pos::core::Database& db, const MemberId& member) {
  auto read = db.prepare("SELECT bucket FROM member WHERE member = ?");
  read.bind_all(member.bytes());
  if (!read.step()) return std::nullopt;
  return static_cast<StreamNumber>(read.integer(0));
}

}  // namespace

Hub::Result<std::vector<Hub::Pair>> Hub::undecided_pairs() {
  return pos::core::guarded([&] {
    std::vector<Pair> pairs;
    std::set<MemberId> seen;
    auto flags = db_.prepare(
        "SELECT detail FROM flag WHERE word = 'phone_taken' ORDER BY bucket, uid, detail");
    while (flags.step()) {
      const auto later = MemberId::parse(flags.text(0));
      const auto home = later ? home_of(db_, *later) : std::nullopt;
      const auto record = home ? buckets_.member(*home, *later) : std::nullopt;
      if (!record || !record->phone || !seen.insert(*later).second) continue;
      const auto bucket = wire::bucket_of(*record->phone);
      const auto claim = buckets_.claim(bucket, ledger::IdentityKind::phone, *record->phone);
      if (!claim || claim->member == *later) continue;
      if (buckets_.is_apart(bucket, *record->phone, *later)) continue;
      const auto holder = buckets_.member(claim->home, claim->member);
      if (!holder || holder->facts.account == record->facts.account) continue;
      pairs.push_back({*later, claim->member, *record->phone, persons_.find(*home, *later),
                       persons_.find(claim->home, claim->member)});
    }
    return pairs;
  });
}

Hub::Result<std::vector<Hub::Merge>> Hub::merges() {
  return pos::core::guarded([&] {
    std::vector<Merge> merges;
    auto closed = db_.prepare(
        "SELECT a.bucket, a.account, a.closed_into FROM account a WHERE a.kind = 0"
        " AND a.closed_into IS NOT NULL AND EXISTS(SELECT 1 FROM account_member m"
        "  WHERE m.bucket = a.bucket AND m.account = a.account) ORDER BY a.bucket, a.account");
    while (closed.step()) {
      Merge merge{id_at<AccountId>(closed, 1), id_at<AccountId>(closed, 2), true, {}};
      const auto bucket = static_cast<StreamNumber>(closed.integer(0));
      const auto heir_bucket = wire::bucket_of(merge.into);
      merge.can_be_undone =
          !buckets_.account(heir_bucket, {ledger::AccountKind::holder, merge.into}).closed_into;
      std::set<MemberId> duplicates;
      for (const auto& one : buckets_.members_of(heir_bucket, merge.into)) {
        if (one.duplicate) duplicates.insert(one.member);
      }
      for (const auto& one : buckets_.members_of(bucket, merge.account)) {
        merge.members.push_back(
            {one.member, duplicates.contains(one.member), persons_.find(one.home, one.member)});
      }
      merges.push_back(std::move(merge));
    }
    return merges;
  });
}

Hub::Result<bool> Hub::merge(const Pair& pair) {
  const auto accounts = pos::core::guarded([&] {
    const auto account = [&](const MemberId& member) -> std::optional<AccountId> {
      const auto home = home_of(db_, member);
      const auto record = home ? buckets_.member(*home, member) : std::nullopt;
      return record ? std::optional(record->facts.account) : std::nullopt;
    };
    return std::pair(account(pair.later), account(pair.earlier));
  });
  if (!accounts) return pos::core::fail(accounts.error());
  const auto& [later, earlier] = *accounts;
  if (!later || !earlier || *later == *earlier) return false;
  const auto said =
      say(ledger::kHouseholdKind, ledger::encode_household({*later, *earlier, pair.later}));
  if (!said) return pos::core::fail(said.error());
  return true;
}

Hub::Result<void> Hub::keep_apart(const Pair& pair) {
  return say(ledger::kKeepApartKind, ledger::encode_keep_apart({pair.later, pair.phone}));
}

Hub::Result<void> Hub::separate(const ledger::AccountId& account) {
  return say(ledger::kSeparateKind, ledger::encode_separate({account}));
}

}  // namespace club::hub
