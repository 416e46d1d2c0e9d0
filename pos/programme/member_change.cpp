#include "pos/programme/member_change.hpp"

#include <algorithm>

#include "pos/programme/shape_reader.hpp"
#include "pos/programme/subscription.hpp"

namespace pos::programme {
namespace {

/// As many as the row of a member may hold.
constexpr std::size_t kListMax = 64;
constexpr std::size_t kChangesMax = 1'000;  // outcomes that one sale can hold

auto use_of(domain::MemberFacts& facts, const domain::BenefitId& benefit) {
  return std::ranges::find(facts.uses, benefit, &domain::BenefitUse::benefit);
}

/// Room for one more: words make it, the longest ago first. What gives something is never forgotten
/// for it; can_count() keeps it from coming so far, but for tills that are apart.
bool make_room(std::vector<domain::BenefitUse>& uses, bool heard) {
  if (uses.size() < domain::kUsesMax) return true;
  const auto oldest = std::ranges::min_element(uses, {}, [](const domain::BenefitUse& use) {
    return std::pair(!use.heard, use.days.empty() ? domain::Day::min() : use.days.front());
  });
  if (oldest->heard) {
    uses.erase(oldest);
    return true;
  }
  return !heard && uses.size() < domain::kUsesKeptMax;
}

void count_use(domain::MemberFacts& facts, const domain::BenefitId& benefit, domain::Day day,
               bool heard) {
  auto use = use_of(facts, benefit);
  if (use == facts.uses.end()) {
    if (!make_room(facts.uses, heard)) return;
    use = facts.uses.insert(facts.uses.end(), {benefit, 0, {}, heard});
  }
  ++use->total;
  use->days.insert(std::ranges::lower_bound(use->days, day, std::greater{}), day);
  if (use->days.size() > domain::kUseDaysMax) use->days.pop_back();
}

void uncount_use(domain::MemberFacts& facts, const domain::BenefitId& benefit, domain::Day day) {
  const auto use = use_of(facts, benefit);
  if (use == facts.uses.end()) return;
  if (--use->total <= 0) {
    facts.uses.erase(use);
    return;
  }
  const auto had = std::ranges::find(use->days, day);
  if (had != use->days.end()) use->days.erase(had);
}

void issue(domain::MemberFacts& facts, const domain::PersonalCoupon& coupon, domain::Day day) {
  std::erase_if(facts.coupons, [&](const auto& one) { return one.last < day; });
  if (facts.coupons.size() < kListMax) facts.coupons.push_back(coupon);
}

/// Of several that the member holds the one that ends first.
auto held_coupon(std::vector<domain::PersonalCoupon>& coupons, const domain::CouponCode& code,
                 domain::Day day) {
  auto held = coupons.end();
  for (auto one = coupons.begin(); one != coupons.end(); ++one) {
    const bool sooner = held == coupons.end() || one->last < held->last;
    if (one->code == code && one->last >= day && sooner) held = one;
  }
  return held;
}

/// As it was before that sale, to the day; when something was added meanwhile, so many months less.
void take_months_back(domain::MemberFacts& facts, const Subscribed& back) {
  if (!facts.subscription_last) return;
  if (back.last && facts.subscription_last == back.last) {
    facts.subscription_last = back.before;
  } else {
    facts.subscription_last = shortened(*facts.subscription_last, back.months);
  }
}

std::vector<MemberChange::UsedCoupon> take_back(domain::MemberFacts& facts,
                                                const MemberChange& change, domain::Day day) {
  std::vector<MemberChange::UsedCoupon> gone;
  for (const domain::BenefitId& benefit : change.counted) {
    uncount_use(facts, benefit, *change.undone);
  }
  // Who was given another class meanwhile keeps it.
  if (change.moved && facts.member_class == change.moved->to) {
    facts.member_class = change.moved->from;
  }
  if (change.subscribed) take_months_back(facts, *change.subscribed);
  for (const MemberChange::UsedCoupon& used : change.used) {
    if (used.last >= day) issue(facts, {used.code, used.last}, day);
  }
  for (const domain::PersonalCoupon& coupon : change.issued) {
    const auto held = std::ranges::find(facts.coupons, coupon);
    if (held == facts.coupons.end()) {
      gone.push_back({coupon.code, {}, coupon.last});
    } else {
      facts.coupons.erase(held);
    }
  }
  return gone;
}

}  // namespace

bool can_count(const domain::MemberFacts& facts, const domain::BenefitId& benefit) {
  if (facts.uses.size() < domain::kUsesMax) return true;
  return std::ranges::any_of(facts.uses, [&](const domain::BenefitUse& use) {
    return use.heard || use.benefit == benefit;
  });
}

MemberChange change_of(const Quote& quote) {
  MemberChange change;
  if (quote.joined) change.moved = {quote.joined->from, quote.joined->to};
  change.subscribed = quote.subscribed;
  for (const BenefitOutcome& outcome : quote.outcomes) {
    auto& counted = outcome.soft == Soft::none ? change.counted : change.heard;
    if (outcome.counted) counted.push_back(outcome.benefit);
    if (outcome.state != BenefitState::applied) continue;
    if (outcome.own_coupon && outcome.coupon) {
      change.used.push_back({*outcome.coupon, outcome.amount, {}});
    }
    if (outcome.issued) change.issued.push_back(*outcome.issued);
  }
  return change;
}

MemberChange undo_of(const QuoteInput& input, const Quote& quote) {
  MemberChange change = change_of(quote);
  const domain::Day day = core::local_day(input.moment);
  change.undone = day;
  change.moved.reset();
  change.subscribed.reset();
  // Goods come back; what the cashier did or said does not. A class goes back with its fee, time of
  // the subscription piece by piece.
  change.heard.clear();
  if (!input.member) return change;
  std::vector<domain::PersonalCoupon> coupons = input.member->coupons;
  for (MemberChange::UsedCoupon& used : change.used) {
    const auto held = held_coupon(coupons, used.code, day);
    if (held == coupons.end()) continue;
    used.last = held->last;
    coupons.erase(held);
  }
  return change;
}

std::vector<MemberChange::UsedCoupon> apply_change(domain::MemberFacts& facts,
                                                   const MemberChange& change, domain::Day day) {
  if (change.undone) return take_back(facts, change, day);
  std::vector<MemberChange::UsedCoupon> twice;
  if (change.moved && facts.member_class == change.moved->from) {
    facts.member_class = change.moved->to;
  }
  // Whatever else was added meanwhile, at whichever till: months add up.
  if (change.subscribed) {
    facts.subscription_last = extended(facts.subscription_last, day, change.subscribed->months);
  }
  for (const domain::BenefitId& benefit : change.counted) count_use(facts, benefit, day, false);
  for (const domain::BenefitId& benefit : change.heard) count_use(facts, benefit, day, true);
  for (const MemberChange::UsedCoupon& used : change.used) {
    const auto held = held_coupon(facts.coupons, used.code, day);
    if (held == facts.coupons.end()) {
      twice.push_back(used);
    } else {
      facts.coupons.erase(held);
    }
  }
  for (const domain::PersonalCoupon& coupon : change.issued) issue(facts, coupon, day);
  return twice;
}

void apply_lots(domain::MemberFacts& facts, const Quote& quote, domain::Day day) {
  domain::spend_from(facts.point_lots, quote.points_spent.units(), day);
  if (!quote.earned_terms.none()) {
    facts.point_lots.push_back({quote.earned.units(), quote.earned_terms});
  }
  facts.point_lots = domain::told_of(facts.point_lots, day);
  apply_value_lots(facts.value_lots, quote, day);
}

void apply_value_lots(std::vector<domain::Lot>& lots, const Quote& quote, domain::Day day) {
  domain::spend_from(lots, quote.value_spent.units(), day);
  if (!quote.value_terms.none()) lots.push_back({quote.value_earned.units(), quote.value_terms});
  lots = domain::told_of(lots, day);
}

core::Json to_json(const MemberChange& change) {
  using core::Json;
  const auto ids = [](const std::vector<domain::BenefitId>& benefits) {
    Json list = Json::array();
    for (const auto& benefit : benefits) list.push(benefit.text());
    return list;
  };
  Json used = Json::array();
  for (const auto& coupon : change.used) {
    Json item = Json::object();
    item.set("code", coupon.code.text()).set("worth", coupon.worth.units());
    if (change.undone) item.set("last", domain::day_text(coupon.last));
    used.push(std::move(item));
  }
  Json issued = Json::array();
  for (const auto& coupon : change.issued) {
    issued.push(
        Json::object().set("code", coupon.code.text()).set("last", domain::day_text(coupon.last)));
  }
  Json json = Json::object();
  if (change.undone) json.set("undone", domain::day_text(*change.undone));
  json.set("counted", ids(change.counted)).set("used", std::move(used));
  json.set("issued", std::move(issued));
  if (!change.heard.empty()) json.set("heard", ids(change.heard));
  if (change.moved) {
    Json moved = Json::object();
    json.set("moved",
             moved.set("from", change.moved->from.text()).set("to", change.moved->to.text()));
  }
  if (change.subscribed) json.set("subscribed", to_json(*change.subscribed));
  return json;
}

core::Expected<MemberChange, domain::ShapeError> parse_change(const core::Json& json) {
  using core::Json;
  std::optional<domain::ShapeError> error;
  ShapeReader reader(json, "", error);
  MemberChange change;
  change.undone = reader.day("undone");
  const auto ids = [&](std::string_view key, std::vector<domain::BenefitId>& benefits) {
    for (const Json& item : reader.items(key, kChangesMax)) {
      const auto id = item.text() ? domain::BenefitId::parse(*item.text()) : std::nullopt;
      if (!id) reader.complain(std::string(key), "holds something that is no benefit");
      benefits.push_back(id.value_or(domain::BenefitId{}));
    }
  };
  ids("counted", change.counted);
  ids("heard", change.heard);
  for (const Json& item : reader.items("used", kChangesMax)) {
    ShapeReader used(item, reader.path_of("used"), error);
    const auto code = used.parsed<domain::CouponCode>("code");
    change.used.push_back({code, used.money("worth"), used.day("last").value_or(domain::Day{})});
  }
  for (const Json& item : reader.items("issued", kChangesMax)) {
    ShapeReader issued(item, reader.path_of("issued"), error);
    const auto code = issued.parsed<domain::CouponCode>("code");
    const auto last = issued.day("last");
    if (!last) issued.complain("last", "is missing");
    change.issued.push_back({code, last.value_or(domain::Day{})});
  }
  if (reader.has("moved")) {
    ShapeReader moved = reader.object("moved");
    change.moved = {moved.parsed<domain::ClassCode>("from"), moved.parsed<domain::ClassCode>("to")};
  }
  if (reader.has("subscribed")) {
    auto bought = subscribed_from_json(reader["subscribed"]);
    if (!bought) reader.complain("subscribed." + bought.error().key, bought.error().reason);
    if (bought) change.subscribed = std::move(*bought);
  }
  if (error) return core::fail(*error);
  return change;
}

}  // namespace pos::programme
