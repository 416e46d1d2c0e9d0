#include <algorithm>
#include <numeric>
#include <tuple>

#include "pos/programme/benefit.hpp"

namespace pos::programme {
namespace {

/// The conditions that must hold whatever else does: the tree's root and what it joins by "all".
void collect_needed(const Condition& condition, std::vector<const Condition*>& out) {
  if (condition.kind != Condition::Kind::all) {
    out.push_back(&condition);
    return;
  }
  for (const Condition& child : condition.children) collect_needed(child, out);
}

const Condition* find_kind(const std::vector<const Condition*>& needed, Condition::Kind kind) {
  const auto found = std::find_if(needed.begin(), needed.end(),
                                  [&](const Condition* c) { return c->kind == kind; });
  return found != needed.end() ? *found : nullptr;
}

/// The articles without which the benefit gives nothing, when it names any.
const Selection* needed_articles(const Benefit& benefit,
                                 const std::vector<const Condition*>& needed) {
  const auto names_articles = [](const Selection& selection) {
    return !selection.codes.empty() || !selection.categories.empty();
  };
  // By what has to be bought it is also reached where what is given is not in the basket yet.
  if (!benefit.give.needs.empty() && names_articles(benefit.give.needs.front().selection)) {
    return &benefit.give.needs.front().selection;
  }
  if (!benefit.give.is_soft() && names_articles(benefit.on)) return &benefit.on;
  for (const Condition* condition : needed) {
    const bool counts = condition->threshold > 0 && (condition->kind == Condition::Kind::amount ||
                                                     condition->kind == Condition::Kind::quantity ||
                                                     condition->kind == Condition::Kind::distinct);
    if (counts && names_articles(condition->selection)) return &condition->selection;
  }
  return nullptr;
}

void hang(BenefitIndex& index, const Benefit& benefit, std::uint32_t number) {
  std::vector<const Condition*> needed;
  collect_needed(benefit.when, needed);
  if (const Condition* coupon = find_kind(needed, Condition::Kind::coupon)) {
    index.by_coupon[coupon->words.front()].push_back(number);
    return;
  }
  if (const Selection* articles = needed_articles(benefit, needed)) {
    for (const WordIndex code : articles->codes) {
      index.by_code[static_cast<std::size_t>(code)].push_back(number);
    }
    for (const WordIndex category : articles->categories) {
      index.by_category[static_cast<std::size_t>(category)].push_back(number);
    }
    return;
  }
  if (const Condition* wanted = find_kind(needed, Condition::Kind::window)) {
    index.by_window[static_cast<std::size_t>(wanted->window)].push_back(number);
    return;
  }
  if (const Condition* wanted = find_kind(needed, Condition::Kind::tier)) {
    for (const std::string& word : wanted->words) index.by_tier[word].push_back(number);
    return;
  }
  if (const Condition* wanted = find_kind(needed, Condition::Kind::member_class)) {
    for (const std::string& word : wanted->words) index.by_class[word].push_back(number);
    return;
  }
  if (const Condition* wanted = find_kind(needed, Condition::Kind::store)) {
    for (const std::string& word : wanted->words) index.by_store[word].push_back(number);
    return;
  }
  const bool demand =
      benefit.on.demand_only && !benefit.give.is_soft() && benefit.give.kind != Give::Kind::set;
  (demand ? index.by_demand : index.always).push_back(number);
}

void collect_coupons(const Condition& condition, CompiledBenefits& programme) {
  if (condition.kind == Condition::Kind::coupon) {
    programme.coupon_codes.insert(condition.words.front());
  }
  for (const Condition& child : condition.children) collect_coupons(child, programme);
}

void note_flags(const Selection& selection, CompiledBenefits& programme) {
  programme.names_demand = programme.names_demand || selection.demand_only;
  programme.names_earning = programme.names_earning || selection.earning_only;
}

void note_flags(const Condition& condition, CompiledBenefits& programme) {
  note_flags(condition.selection, programme);
  for (const Condition& child : condition.children) note_flags(child, programme);
}

void note_flags(const Benefit& benefit, CompiledBenefits& programme) {
  note_flags(benefit.on, programme);
  note_flags(benefit.when, programme);
  for (const Pieces& one : benefit.give.needs) note_flags(one.selection, programme);
  programme.names_earning = programme.names_earning || benefit.give.earns();
}

bool gives_to_any_article(const Give& give) {
  return std::all_of(give.needs.begin(), give.needs.end(),
                     [](const Pieces& one) { return one.selection.is_generic(); });
}

bool names_no_article(const Condition& condition) {
  return condition.selection.is_generic() &&
         std::all_of(condition.children.begin(), condition.children.end(), names_no_article);
}

}  // namespace

const Condition* coupon_of(const Condition& condition) {
  if (condition.kind == Condition::Kind::coupon) return &condition;
  if (condition.kind != Condition::Kind::all) return nullptr;
  for (const Condition& child : condition.children) {
    if (const Condition* coupon = coupon_of(child)) return coupon;
  }
  return nullptr;
}

void compile_index(CompiledBenefits& programme) {
  std::vector<Benefit>& all = programme.benefits;
  // A group runs where its first member would, all of it at once: whichever of its members a basket
  // reaches, the others' place is the same.
  const auto runs_before = [](const Benefit& a, const Benefit& b) {
    return std::tuple(a.step, -a.priority, std::cref(a.id)) <
           std::tuple(b.step, -b.priority, std::cref(b.id));
  };
  std::vector<Benefit> leaders(programme.groups.size());
  for (const Benefit& one : all) {
    if (one.group < 0) continue;
    Benefit& leader = leaders[static_cast<std::size_t>(one.group)];
    if (leader.id.empty() || runs_before(one, leader)) leader = one;
  }
  std::sort(all.begin(), all.end(), [&](const Benefit& a, const Benefit& b) {
    if (a.group == b.group) return runs_before(a, b);
    const auto leader_of = [&](const Benefit& one) -> const Benefit& {
      return one.group < 0 ? one : leaders[static_cast<std::size_t>(one.group)];
    };
    return runs_before(leader_of(a), leader_of(b));
  });
  programme.code_words.resize(programme.codes.size());
  for (const auto& [word, index] : programme.codes) {
    programme.code_words[static_cast<std::size_t>(index)] = word;
  }
  programme.index.by_code.resize(programme.codes.size());
  programme.index.by_category.resize(programme.categories.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    programme.by_id.emplace(all[i].id.text(), i);
    hang(programme.index, all[i], i);
    collect_coupons(all[i].when, programme);
    if (all[i].draws()) ++programme.drawing;
    if (all[i].give.kind == Give::Kind::early_access) programme.early.push_back(i);
    note_flags(all[i], programme);
    if (all[i].surprise >= 0) {
      programme.surprises[static_cast<std::size_t>(all[i].surprise)].members.push_back(i);
    }
    if (all[i].group < 0) continue;
    ExclusiveGroup& group = programme.groups[static_cast<std::size_t>(all[i].group)];
    group.members.push_back(i);
    group.generic = group.generic && all[i].on.is_generic() && names_no_article(all[i].when) &&
                    gives_to_any_article(all[i].give);
  }
  for (Surprise& surprise : programme.surprises) {
    std::ranges::sort(surprise.members, {}, [&](std::uint32_t i) { return all[i].id; });
  }
  programme.document_order.resize(all.size());
  std::iota(programme.document_order.begin(), programme.document_order.end(), 0U);
  std::sort(programme.document_order.begin(), programme.document_order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return all[a].position < all[b].position; });
}

}  // namespace pos::programme
