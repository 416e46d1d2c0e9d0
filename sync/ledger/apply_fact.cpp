#include <algorithm>

#include "pos/core/check.hpp"
#include "pos/core/planted.hpp"
#include "pos/domain/rounding.hpp"
#include "sync/ledger/member_counters.hpp"
#include "sync/ledger/posting_desk.hpp"
#include "sync/ledger/separation.hpp"

namespace club::ledger {
namespace {

using pos::core::Json;
using pos::programme::JoinFact;
using pos::programme::Referral;
using pos::programme::ReturnFact;
using pos::programme::SaleFact;

template <class FactType>
std::optional<AccountId> holder_of(const FactType& fact) {
  if (fact.unknown_card && CLUBTILL_BUG("unknown_card_earns_nothing")) return fact.account;
  return account_of(fact);
}

/// Counters go to the member's row, here or in its home bucket. Gives the row when it is here.
std::optional<MemberRecord> count_visit(PostingDesk& desk, const std::optional<MemberId>& member,
                                        const std::optional<AccountId>& account,
                                        const Visit& visit) {
  if (!member) return std::nullopt;
  if (auto record = desk.store().member(desk.bucket(), *member)) {
    book_visit(desk, record->facts, visit);
    return record;
  }
  if (account) {
    for (const AccountMember& other : desk.store().members_of(desk.bucket(), *account)) {
      if (other.member != *member) continue;
      desk.send(other.home, visit_json(*member, visit));
      return std::nullopt;
    }
    if (const auto parted = desk.store().parted(desk.bucket(), *account, *member)) {
      desk.send(parted->home, visit_json(*member, visit));
      return std::nullopt;
    }
  }
  desk.flag("unknown_member", member->hex());
  return std::nullopt;
}

/// Coupons that are good once live in buckets of their own.
void use_coupons(PostingDesk& desk, const SaleFact& fact) {
  if (!fact.reserved) return;
  for (const pos::domain::CouponCode& code : fact.reserved->coupons) {
    std::int64_t worth = 0;
    for (const auto& outcome : fact.result.outcomes) {
      const bool applied = outcome.state == pos::programme::BenefitState::applied;
      if (applied && outcome.coupon == code) worth += outcome.amount.units();
    }
    desk.send(wire::bucket_of(code), Json::object()
                                         .set("do", "use_coupon")
                                         .set("code", code.text())
                                         .set("till", fact.scene.till.value)
                                         .set("worth", worth));
  }
}

/// The days of the record, earlier by as much as the till's clock was ahead of the arrival, later
/// by as much as it had been set back (law 10).
pos::domain::LotTerms clamped(pos::domain::LotTerms terms, const pos::core::Moment& sealed,
                              pos::domain::Day day) {
  const auto ahead = pos::core::local_day(sealed) - day;
  if (terms.first) *terms.first -= ahead;
  if (terms.last) *terms.last -= ahead;
  return terms;
}

/// Of a sale that had been given up something may have come back already.
void book_sold(PostingDesk& desk, const SaleFact& fact) {
  auto sold = desk.store().sold(desk.bucket(), desk.uid()).value_or(std::vector<SoldLine>{});
  sold.resize(std::max(sold.size(), fact.input.lines.size()));
  for (std::size_t i = 0; i < fact.input.lines.size(); ++i) {
    sold[i].sold = fact.input.lines[i].quantity;
  }
  desk.store().put_sold(desk.bucket(), desk.uid(), sold);
}

void apply(PostingDesk& desk, const Origin& origin, const SaleFact& fact) {
  use_coupons(desk, fact);
  const auto account = holder_of(fact);
  const Visit visit = visit_of(fact, origin);
  desk.set_day(visit.day);
  if (account) {
    const auto& result = fact.result;
    const auto terms_of = [&](const pos::domain::LotTerms& terms) -> PostingDesk::Origin {
      return {desk.uid(), clamped(terms, fact.scene.moment, visit.day)};
    };
    desk.touch(*account);
    // What the sale brings cannot pay for it.
    desk.spend(Unit::points, *account, AccountKind::redeemed, result.points_spent.units(),
               fact.member);
    desk.spend(Unit::value, *account, AccountKind::redeemed, result.value_spent.units(),
               fact.member);
    desk.give(Unit::points, AccountKind::issued, *account, result.earned.units(), fact.member,
              terms_of(result.earned_terms));
    desk.give(Unit::value, AccountKind::issued, *account, result.value_earned.units(), fact.member,
              terms_of(result.value_terms));
  } else if (!fact.result.points_spent.is_zero() || !fact.result.earned.is_zero() ||
             !fact.result.value_spent.is_zero() || !fact.result.value_earned.is_zero()) {
    desk.flag("points_without_account");
  }
  // All that is given of a budget is counted in one place, the club's own stream.
  for (const auto& outcome : fact.result.outcomes) {
    if (outcome.of_budget.is_zero()) continue;
    desk.send(wire::kClubStream, Json::object()
                                     .set("do", "give")
                                     .set("benefit", outcome.benefit.text())
                                     .set("amount", outcome.of_budget.units()));
  }
  book_sold(desk, fact);
  desk.finish(count_visit(desk, fact.member, account, visit));
}

/// What of a return was never sold, or came back before.
struct Excess {
  std::int64_t points_back = 0;
  std::int64_t earned_taken = 0;
  std::int64_t value_back = 0;
  std::int64_t value_taken = 0;
  std::int64_t money = 0;
  bool any = false;
  bool all = true;
  bool completes = false;  ///< with it everything has come back, at all tills together
};

bool is_back(const std::vector<SoldLine>& lines) {
  return std::ranges::all_of(lines,
                             [](const SoldLine& line) { return line.returned >= line.sold; });
}

Excess book_returned(PostingDesk& desk, const ReturnFact& fact) {
  Excess excess;
  auto sold = desk.store().sold(desk.bucket(), fact.sale);
  if (!sold) {
    desk.flag("sale_unknown", fact.sale.hex());
    sold.emplace();
  }
  const bool was_back = is_back(*sold);
  for (const auto& line : fact.lines) {
    if (line.line >= sold->size()) sold->resize(line.line + 1);
    SoldLine& entry = (*sold)[line.line];
    const std::int64_t allowed =
        std::clamp<std::int64_t>(entry.sold - entry.returned, 0, line.quantity);
    entry.returned += line.quantity;
    const std::int64_t over = line.quantity - allowed;
    excess.all = excess.all && allowed == 0;
    if (over <= 0) continue;
    excess.any = true;
    const auto share = [&](std::int64_t units) {
      return pos::domain::scale(units, {over, line.quantity}, pos::domain::Rounding::half_up);
    };
    excess.points_back += share(line.points_back.units());
    excess.earned_taken += share(line.earned_taken.units());
    excess.value_back += share(line.value_back.units());
    excess.value_taken += share(line.value_taken.units());
    excess.money += share(line.money.units());
  }
  desk.store().put_sold(desk.bucket(), fact.sale, *sold);
  excess.completes = !was_back && is_back(*sold);
  return excess;
}

void check_return(const ReturnFact& fact) {
  for (const auto& line : fact.lines) {
    if (line.quantity <= 0 || line.points_back.is_negative() || line.earned_taken.is_negative() ||
        line.money.is_negative() || line.value_back.is_negative() ||
        line.value_taken.is_negative()) {
      throw Unappliable{"a returned line has a quantity or an amount that cannot be"};
    }
  }
  if (fact.points_back.is_negative() || fact.earned_taken.is_negative() ||
      fact.value_back.is_negative() || fact.value_taken.is_negative()) {
    throw Unappliable{"a return with negative points"};
  }
}

/// Gives back what was spent and takes what was earned; what no sale covers goes against `loss`.
void undo(PostingDesk& desk, Unit unit, const ReturnFact& fact, const AccountId& account,
          std::int64_t back, std::int64_t back_over, std::int64_t taken, std::int64_t taken_over) {
  back_over = std::min(back_over, back);
  taken_over = std::min(taken_over, taken);
  desk.give_back(unit, fact.sale, account, back - back_over, fact.member);
  if (CLUBTILL_BUG("return_posts_twice")) {
    desk.give(unit, AccountKind::loss, account, back, fact.member, {desk.uid(), {}});
  }
  desk.give(unit, AccountKind::loss, account, back_over, fact.member, {desk.uid(), {}});
  desk.take_back(unit, fact.sale, account, AccountKind::issued, taken - taken_over, fact.member);
  desk.take_back(unit, fact.sale, account, AccountKind::loss, taken_over, fact.member);
}

/// What the sale changed of its member comes back with its last piece, at whichever till: one that
/// did not seal the sale, or does not know of returns elsewhere, says nothing of it.
pos::programme::MemberChange undone_by(const ReturnFact& fact, const Origin& origin,
                                       const Excess& excess) {
  pos::programme::MemberChange change = fact.change;
  if (excess.completes && origin.sale != nullptr && origin.sale->member && fact.sold_on) {
    change = pos::programme::undo_of(origin.sale->input, origin.sale->result);
    change.undone = origin.sold_on;
    change.moved = fact.change.moved;
    change.subscribed = fact.change.subscribed;
  } else if (!excess.completes) {
    change = {};
    change.undone = fact.change.undone;
    change.moved = fact.change.moved;
    change.subscribed = fact.change.subscribed;
  }
  if (excess.any) {  // another return had taken it back already
    change.moved.reset();
    change.subscribed.reset();
  }
  return change.empty() ? pos::programme::MemberChange{} : change;
}

/// Likewise its coupons that are good once in the whole chain.
void free_coupons(PostingDesk& desk, const ReturnFact& fact, const Origin& origin) {
  auto freed = fact.freed;
  if (origin.sale != nullptr && origin.sale->reserved) freed = origin.sale->reserved->coupons;
  for (const pos::domain::CouponCode& code : freed) {
    desk.send(wire::bucket_of(code), Json::object()
                                         .set("do", "free_coupon")
                                         .set("code", code.text())
                                         .set("sale", fact.sale.hex()));
  }
}

void apply(PostingDesk& desk, const Origin& origin, const ReturnFact& fact) {
  check_return(fact);
  Visit visit = visit_of(fact, origin);
  desk.set_day(visit.day);
  const Excess excess = book_returned(desk, fact);
  if (excess.any) desk.flag("returned_beyond_sold", fact.sale.hex());
  const auto account = holder_of(fact);
  if (account) {
    desk.touch(*account);
    undo(desk, Unit::points, fact, *account, fact.points_back.units(), excess.points_back,
         fact.earned_taken.units(), excess.earned_taken);
    undo(desk, Unit::value, fact, *account, fact.value_back.units(), excess.value_back,
         fact.value_taken.units(), excess.value_taken);
  }
  desk.book(Unit::value, AccountKind::drawer, AccountKind::loss, excess.money, fact.member);
  if (excess.completes) free_coupons(desk, fact, origin);
  visit.change = undone_by(fact, origin, excess);
  visit.purchase.paid += pos::domain::Money::of(excess.money);
  if (excess.all) visit.purchase.visits = 0;
  desk.finish(count_visit(desk, fact.member, account, visit));
}

void claim(PostingDesk& desk, std::string_view kind, const KeyedHash& hash, const MemberId& member,
           const AccountId& account, const std::optional<KeyedHash>& name,
           const std::optional<Referral>& referral = std::nullopt) {
  Json payload = Json::object();
  payload.set("do", "claim").set("kind", kind).set("hash", hash.hex());
  payload.set("member", member.hex()).set("account", account.hex());
  payload.set("home", desk.bucket());
  if (name) payload.set("name", name->hex());
  if (referral) payload.set("referral", to_json(*referral));
  desk.send(wire::bucket_of(hash), std::move(payload));
}

/// Nobody brings oneself. It goes with the claim of the phone: who has been a member is not brought
/// again.
std::optional<Referral> referral_of(PostingDesk& desk, const JoinFact& fact) {
  if (!fact.referral) return std::nullopt;
  if (fact.referral->hash != fact.phone && fact.referral->hash != fact.card) return fact.referral;
  desk.flag("self_referral", fact.member.id.hex());
  return std::nullopt;
}

void apply(PostingDesk& desk, const Origin& origin, const JoinFact& fact,
           const std::optional<KeyedHash>& name) {
  if (desk.store().member(desk.bucket(), fact.member.id)) {
    desk.flag("member_exists", fact.member.id.hex());
    return;
  }
  MemberRecord record{fact.member, fact.phone, fact.card};
  record.facts.standing = pos::domain::MemberStanding::active;
  record.facts.visits = 0;
  record.facts.spend_in_period = {};
  record.facts.status = {};
  record.facts.status.joined = day_of(fact.scene.moment, origin);
  desk.store().add_account_member(desk.bucket(), fact.member.account,
                                  {fact.member.id, desk.bucket()});
  desk.touch(fact.member.account);
  desk.finish(record);
  if (!CLUBTILL_BUG("joining_without_claim")) {
    claim(desk, wire::kPhoneHash, fact.phone, fact.member.id, fact.member.account, name,
          referral_of(desk, fact));
  }
  if (fact.card) {
    claim(desk, wire::kCardHash, *fact.card, fact.member.id, fact.member.account, name);
  }
}

/// What a spreadsheet may change of a member who is here already.
void edit(MemberRecord& record, const ImportFact& fact) {
  record.facts.form_of_address = fact.member.form_of_address;
  record.facts.last_digits = fact.member.last_digits;
  record.facts.language = fact.member.language;
  record.facts.windows = fact.member.windows;
  // A cell that is empty takes nothing away: neither a class that was joined at a till.
  if (fact.class_told) record.facts.member_class = fact.member.member_class;
  if (fact.member.tier) record.facts.tier = record.facts.status.given = fact.member.tier;
  if (fact.member.subscription_last) record.facts.subscription_last = fact.member.subscription_last;
  if (fact.member.status.joined) record.facts.status.joined = fact.member.status.joined;
  if (fact.phone) record.phone = fact.phone;
  if (fact.card) record.card = fact.card;
}

/// What a member did before the club was here counts once in a member's life, from the month of
/// the import on.
void take_history(PostingDesk& desk, const FactId& once, const ImportFact& fact,
                  pos::domain::MemberFacts& facts) {
  const auto& brought = fact.member;
  const std::int64_t referrals = brought.status.referrals;
  if (brought.visits == 0 && brought.spend_in_period.is_zero() && referrals == 0) return;
  if (!desk.store().first_receipt(desk.bucket(), once, "history")) return;
  pos::programme::count_history(facts, pos::core::local_day({desk.at(), {}}),
                                brought.spend_in_period, brought.visits);
  facts.status.referrals += referrals;
}

/// A member whom the hub did not know: as the sheet has it, without what it did so far.
MemberRecord new_member(const ImportFact& fact) {
  MemberRecord record{fact.member, fact.phone, fact.card};
  record.facts.visits = 0;
  record.facts.spend_in_period = {};
  record.facts.status = {};
  record.facts.status.joined = fact.member.status.joined;
  record.facts.status.given = fact.member.tier;
  return record;
}

void apply(PostingDesk& desk, const ImportFact& fact) {
  const AccountId born = fact.member.account;
  auto record = desk.store().member(desk.bucket(), fact.member.id);
  if (record) {
    edit(*record, fact);
  } else {
    record = new_member(fact);
    desk.store().add_account_member(desk.bucket(), born, {fact.member.id, desk.bucket()});
  }
  const auto once = FactId::from_bytes(fact.member.id.bytes());
  CLUBTILL_CHECK(once.has_value());
  if (!fact.opening.is_zero() && desk.store().first_receipt(desk.bucket(), *once, "opening")) {
    desk.give(Unit::points, AccountKind::opening, born, fact.opening.units(), fact.member.id,
              {desk.uid(), {std::nullopt, fact.opening_last}});
  }
  take_history(desk, *once, fact, record->facts);
  desk.touch(born);
  const AccountId account = record->facts.account;
  desk.finish(record);
  if (fact.phone) {
    claim(desk, wire::kPhoneHash, *fact.phone, fact.member.id, account, fact.name);
  }
  if (fact.card) claim(desk, wire::kCardHash, *fact.card, fact.member.id, account, fact.name);
}

/// A till seals a sale for at most so long before it arrives: as long as a journal keeps a fact.
constexpr auto kLateMax = std::chrono::days(400);

void apply(PostingDesk& desk, const ExpireFact& fact) {
  desk.set_day(fact.day);
  for (const AccountId& account :
       desk.store().expiring(desk.bucket(), fact.day, kExpiringAccountsMax)) {
    desk.touch(account);
    desk.expire(Unit::points, account);
    desk.expire(Unit::value, account);
  }
  desk.store().forget_lapsed(desk.bucket(), fact.day - kLateMax);
  desk.finish();
}

/// An account may be below nothing behind it, like behind any fact.
void apply(PostingDesk& desk, const AdjustFact& fact) {
  desk.set_day(fact.day);
  desk.touch(fact.account);
  if (fact.amount > 0) {
    desk.give(fact.unit, AccountKind::adjusted, fact.account, fact.amount, fact.member,
              {desk.uid(), {std::nullopt, fact.last}});
  } else {
    desk.spend(fact.unit, fact.account, AccountKind::adjusted, -fact.amount, fact.member);
  }
  desk.finish();
}

struct Applier {
  PostingDesk& desk;
  const Origin& origin;
  const std::optional<KeyedHash>& name;

  void operator()(const pos::programme::BeginFact&) const {}
  void operator()(const pos::programme::RightFact&) const {}
  void operator()(const SaleFact& fact) const { apply(desk, origin, fact); }
  void operator()(const ReturnFact& fact) const { apply(desk, origin, fact); }
  void operator()(const JoinFact& fact) const { apply(desk, origin, fact, name); }
};

}  // namespace

StreamNumber bucket_for(const FactId& uid, const AppliedFact& fact) {
  if (const auto* block = std::get_if<BlockFact>(&fact)) return wire::bucket_of(block->card);
  if (const auto* expire = std::get_if<ExpireFact>(&fact)) return expire->bucket;
  if (const auto* lost = std::get_if<LostSaleFact>(&fact)) return lost->bucket;
  if (const auto* household = std::get_if<HouseholdFact>(&fact)) {
    return wire::bucket_of(household->account);
  }
  if (const auto* separate = std::get_if<SeparateFact>(&fact)) {
    return wire::bucket_of(separate->account);
  }
  if (const auto* apart = std::get_if<KeepApartFact>(&fact)) return wire::bucket_of(apart->phone);
  if (const auto* adjust = std::get_if<AdjustFact>(&fact)) {
    return wire::bucket_of(adjust->account);
  }
  std::optional<AccountId> account;
  if (const auto* import = std::get_if<ImportFact>(&fact)) {
    account = import->member.account;
  } else {
    const auto& inner = std::get<pos::programme::Fact>(fact);
    if (const auto* sale = std::get_if<SaleFact>(&inner)) account = holder_of(*sale);
    if (const auto* back = std::get_if<ReturnFact>(&inner)) account = holder_of(*back);
    if (const auto* join = std::get_if<JoinFact>(&inner)) account = join->member.account;
    // A return without an account must find its sale, so it goes where that one went.
    if (const auto* back = std::get_if<ReturnFact>(&inner); back != nullptr && !account) {
      account = AccountId::from_bytes(back->sale.bytes());
    }
  }
  if (!account) account = AccountId::from_bytes(uid.bytes());
  CLUBTILL_CHECK(account.has_value());
  return wire::bucket_of(*account);
}

wire::OutcomeRow::Result apply_fact(LedgerStore& store, const Origin& origin,
                                    const AppliedFact& fact, const std::optional<KeyedHash>& name) {
  PostingDesk desk(store, bucket_for(origin.uid, fact), origin.uid, "", origin.arrived, 0);
  if (const auto* import = std::get_if<ImportFact>(&fact)) {
    apply(desk, *import);
  } else if (const auto* block = std::get_if<BlockFact>(&fact)) {
    store.block_card(desk.bucket(), block->card, block->blocked);
  } else if (const auto* expire = std::get_if<ExpireFact>(&fact)) {
    apply(desk, *expire);
  } else if (const auto* adjust = std::get_if<AdjustFact>(&fact)) {
    apply(desk, *adjust);
  } else if (const auto* household = std::get_if<HouseholdFact>(&fact)) {
    close_into(desk, household->account, household->into, household->duplicate);
  } else if (const auto* separated = std::get_if<SeparateFact>(&fact)) {
    separate(desk, separated->account);
  } else if (const auto* apart = std::get_if<KeepApartFact>(&fact)) {
    store.put_apart(desk.bucket(), apart->phone, apart->member);
  } else if (const auto* sealed = std::get_if<pos::programme::Fact>(&fact)) {
    std::visit(Applier{desk, origin, name}, *sealed);
  }
  return desk.flagged() ? wire::OutcomeRow::Result::flagged : wire::OutcomeRow::Result::applied;
}

}  // namespace club::ledger
