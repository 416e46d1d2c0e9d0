#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "tests/sim/must.hpp"
#include "tests/sim/sim_till.hpp"

// What must hold at a till, at any moment and after healing.

namespace tests::sim {

using namespace pos;

/// Law 9: what was given and no hub knows of stays within the pool, by account too, for each copy
/// of this till's disk. The sums are the oracle's: a till that forgets a spend gives too much.
void SimTill::check_pool() {
  const auto right = must(reader_->right(), label_, "right");
  if (!right) return;
  if (right->number != right_ && !right->amount.is_zero()) {
    context_.hub->tally().count(right_ == 0 ? "right: received" : "right: refilled");
  }
  right_ = right->number;
  const std::int64_t given = context_.oracle->outstanding(pairing_.till);
  demand(given <= context_.pool * *copies_, label_ + ": law 9: the pool is overdrawn");
  if (given == context_.pool * *copies_) context_.hub->tally().count("right: drawn to its end");
  for (const SimMember& member : *context_.members) {
    demand(
        context_.oracle->outstanding(pairing_.till, member.account) <= context_.member * *copies_,
        label_ + ": law 9: a member's cap is overdrawn");
  }
  if (*copies_ > 1 || below(8) != 0) return;
  const auto stated = context_.hub->stated_worst(pairing_.till);
  demand(!stated || right->left().units() <= *stated,
         label_ + ": law 9: the hub states a smaller loss than the till may cause");
}

/// The same from the journal alone: no draw goes beyond the right that it stands behind.
void SimTill::check_rights_of_journal() {
  // A right may name a place that was sealed anew behind a hole: then it grants less.
  if (!rotten_.empty()) return;
  std::int64_t amount = 0;
  std::int64_t settled = 0;
  std::uint64_t number = 0;
  std::vector<std::pair<std::int64_t, std::int64_t>> draws;  // position, money
  std::map<core::Digest, std::int64_t> places;
  const auto look = [&](const disk::SealedFact& sealed) {
    places[sealed.chain] = sealed.position;
    const auto fact = programme::decode_fact(sealed.fields.kind.text(), sealed.body);
    if (!fact) return true;
    if (const auto* right = std::get_if<programme::RightFact>(&*fact)) {
      demand(right->number > std::exchange(number, right->number),
             label_ + ": law 9: a right took the place of a newer one");
      const auto place = places.find(right->settled_chain);
      demand(right->settled_seq == 0 || place != places.end(),
             label_ + ": law 9: a right was taken that is another copy's");
      amount = right->amount.units();
      settled = right->settled_seq == 0 ? 0 : place->second;
    }
    domain::Money drawn;
    if (const auto* sale = std::get_if<programme::SaleFact>(&*fact)) drawn = sale->result.drawn;
    if (const auto* back = std::get_if<programme::ReturnFact>(&*fact)) drawn = back->drawn;
    if (drawn.is_zero()) return true;
    draws.emplace_back(sealed.position, drawn.units());
    std::int64_t given = 0;
    for (const auto& [position, money] : draws) given += position > settled ? money : 0;
    demand(given <= amount, label_ + ": law 9: a fact drew on a right that had ended");
    return true;
  };
  must(reader_->each(1, look), label_, "walk the journal");
}

/// A till knows of all that it did itself, settled or not, and of no more than others did: it never
/// sees more points than that.
void SimTill::check_balance(const domain::MemberFacts& member) {
  if (*copies_ > 1) return;
  const std::int64_t most = context_.oracle->visible_most(member.account, pairing_.till);
  demand(member.balance.units() <= most,
         label_ + ": an own spend was forgotten: " + std::to_string(member.balance.units()) +
             " points are seen, there are at most " + std::to_string(most));
}

/// A restored hub knows less than this till: the first rows that it sends must not hide that.
void SimTill::check_restart() {
  if (context_.hub->restores() == std::exchange(restores_, context_.hub->restores())) return;
  for (const SimMember& member : *context_.members) {
    const auto facts = directory_->member(member.id);
    if (facts) check_balance(*facts);
  }
}

/// Who was told of another copy seals nothing more in the incarnation that both have. (Who was told
/// before may decline an old answer.)
void SimTill::check_fork(bool told_before) {
  const auto forked = link_.take_forked();
  const bool told =
      worker_->status().attention == club::engine::SyncStatus::Attention::forked && !told_before;
  if (!forked || !told || in_trouble()) return;
  const auto sealed = store_->sealed();
  demand(sealed && sealed->incarnation > *forked, label_ + ": a fork was told and is ignored");
}

bool SimTill::sells(const std::string& code) const {
  const auto parsed = domain::ArticleCode::parse(code);
  return parsed && directory_->article(*parsed).has_value();
}

void SimTill::check_healed() {
  const auto check = must(reader_->verify(keys_.signing.open), label_, "verify");
  // The first thing that is not as it was sealed is a record that the disk changed.
  using Kind = disk::JournalFlaw::Kind;
  constexpr std::array kOfRecords = {Kind::altered_body, Kind::altered_envelope,
                                     Kind::bad_signature};
  const bool rotten =
      check.flaw && !rotten_.empty() &&
      std::find(kOfRecords.begin(), kOfRecords.end(), check.flaw->kind) != kOfRecords.end();
  demand(
      !check.flaw || rotten,
      label_ + ": the journal's chain is broken: " +
          (check.flaw ? std::string(to_text(check.flaw->kind)) + ", " + check.flaw->detail : ""));
  demand(must(reader_->counts(), label_, "counts").waiting == 0, label_ + ": facts still wait");
  check_rights_of_journal();
  demand(must(reader_->unsettled(), label_, "unsettled") <= context_.oracle->waiting(),
         label_ + ": an effect was never settled");
  const auto balances = context_.oracle->balances();
  for (const SimMember& member : *context_.members) check_member(member, balances);
}

void SimTill::check_member(const SimMember& member, const Oracle::Balances& balances) {
  const Oracle& oracle = *context_.oracle;
  const auto facts = directory_->member(member.id);
  demand(facts.has_value(), label_ + ": law 8: a member is missing");
  demand(!facts->form_of_address.empty(), label_ + ": a member has no name");
  const auto called = directory_->member_by_phone(hash("phone", member.phone));
  demand(called && called->id == oracle.holder_of(hash("phone", member.phone)),
         label_ + ": law 8: a phone finds another member");
  const domain::AccountId account = oracle.root(member.account);
  demand(facts->account == account, label_ + ": a member has another account");
  if (oracle.is_owed_a_sale(member.account)) return;
  const auto expected = balances.find(account);
  const Oracle::Amounts amounts = expected != balances.end() ? expected->second : Oracle::Amounts{};
  demand(facts->balance.units() == amounts.points, label_ + ": a balance is " +
                                                       std::to_string(facts->balance.units()) +
                                                       ", not " + std::to_string(amounts.points));
  demand(facts->value.units() == amounts.value, label_ + ": a stored value is " +
                                                    std::to_string(facts->value.units()) +
                                                    ", not " + std::to_string(amounts.value));
}

}  // namespace tests::sim
