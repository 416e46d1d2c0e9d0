#include "tests/sim/office.hpp"

#include <algorithm>
#include <utility>

#include "tests/sim/must.hpp"

namespace tests::sim {

using namespace pos;

std::size_t Office::held() {
  return static_cast<std::size_t>(
      hub_.number("SELECT count(*) FROM inbox WHERE till=0 AND kind IN"
                  " ('adjust','household','separate','keep_apart')"));
}

void Office::find_out() {
  if (!unsure_) return;
  const bool there = held() > acts_.size();
  if (there) acts_.push_back(*unsure_);
  unsure_.reset();
}

std::size_t Office::done() {
  find_out();
  return acts_.size();
}

void Office::forget_behind(std::size_t count) {
  unsure_.reset();
  acts_.resize(std::min(count, acts_.size()), KeptApart{});
}

void Office::work() {
  if (hub_.disk().crashed()) return;
  find_out();
  // Who looks at a list sees the books as they are; else somebody else's act may come between.
  if (!hub_.is_abreast()) return;
  const std::uint64_t what = chance_.below(8);
  if (what < 3) adjust();
  if (what == 3) add_article();
  if (what == 4 || what == 5) decide();
  if (what == 6 || what == 7) undo();
}

template <class Doing>
void Office::carry_out(Act act, const char* name, Doing&& doing) {
  const auto did = doing(hub_.hub());
  if (did) {
    acts_.push_back(std::move(act));
    hub_.tally().count(name);
    return;
  }
  demand(hub_.disk().crashed() || hub_.in_trouble(),
         std::string("hub: ") + name + (did ? std::string() : ": " + did.error().detail));
  unsure_ = std::move(act);
}

void Office::adjust() {
  const SimMember& member = members_[chance_.below(members_.size())];
  if (member.joined) return;  // whose phone may be another's
  const auto phone = core::keyed_hash(hub_.keys().index, "phone", member.phone);
  const auto account = hub_.hub().account_of(club::ledger::IdentityKind::phone, phone);
  if (!account || !*account) return;
  const bool points = chance_.below(2) == 0;
  const std::int64_t size = 1 + static_cast<std::int64_t>(chance_.below(300));
  const std::int64_t amount = chance_.below(3) == 0 ? -size : size;
  club::hub::Adjustment adjustment;
  adjustment.member = member.id;
  adjustment.account = **account;
  adjustment.unit = points ? club::ledger::Unit::points : club::ledger::Unit::value;
  adjustment.amount = amount;
  adjustment.words = {"reason " + std::to_string(++number_), "Somebody", ""};
  if (points) oracle_.may_see(**account, amount);
  const Adjusted act{member.account, {points ? amount : 0, points ? 0 : amount}};
  carry_out(act, "office: balance adjusted", [&](auto& hub) { return hub.adjust(adjustment); });
}

void Office::add_article() {
  domain::Article article;
  article.code = std::to_string(50'001 + articles_.size());
  article.name.at(domain::Language::en) = "A new article";
  article.price = domain::Money::of(500);
  articles_.push_back(article.code);
  const auto added = hub_.hub().put_club_rows({club::wire::ArticleRow{article}});
  demand(added || hub_.disk().crashed() || hub_.in_trouble(),
         "hub: article: " + (added ? std::string() : added.error().detail));
  if (added) hub_.tally().count("office: article added");
}

void Office::decide() {
  const auto pairs = hub_.hub().undecided_pairs();
  if (!pairs || pairs->empty()) return;
  const auto pair = (*pairs)[chance_.below(pairs->size())];
  if (chance_.below(3) == 0) {
    return carry_out(KeptApart{}, "office: a pair kept apart",
                     [&](auto& hub) { return hub.keep_apart(pair); });
  }
  carry_out(Oracle::Merged{pair.later, pair.earlier}, "office: a pair merged",
            [&](auto& hub) { return hub.merge(pair); });
}

void Office::undo() {
  const auto merges = hub_.hub().merges();
  if (!merges || merges->empty()) return;
  const auto merge = (*merges)[chance_.below(merges->size())];
  if (!merge.can_be_undone) return;
  carry_out(Oracle::Separated{merge.account}, "office: a merge undone",
            [&](auto& hub) { return hub.separate(merge.account); });
}

std::vector<Oracle::Turn> Office::decisions() {
  find_out();
  std::vector<Oracle::Turn> turns;
  for (const Act& act : acts_) {
    if (const auto* merged = std::get_if<Oracle::Merged>(&act)) turns.emplace_back(*merged);
    if (const auto* separated = std::get_if<Oracle::Separated>(&act)) {
      turns.emplace_back(*separated);
    }
  }
  return turns;
}

void Office::settle() {
  find_out();
  for (const Act& act : acts_) {
    if (const auto* adjusted = std::get_if<Adjusted>(&act)) {
      oracle_.adjust(adjusted->account, adjusted->amounts);
    }
  }
}

}  // namespace tests::sim
