#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "pos/programme/facts.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/programme/arbitrary_basket.hpp"
#include "tests/unit/programme/arbitrary_programme.hpp"
#include "tests/unit/programme/slow_judge.hpp"

/// The laws of the quote, on random programmes and baskets.
namespace {

using namespace pos::programme;
using namespace pos::domain;
using namespace tests::programme;
using pos::core::Json;

// 100 programmes a law: together more than 100,000 baskets, a fifth of that under a sanitizer.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kBasketsEach = 20;
#else
constexpr int kBasketsEach = 100;
#endif

/// What counts towards tiers, of the last two years.
pos::domain::MemberStatus draw_status(Day today) {
  const auto below = [](int bound) { return *rc::gen::inRange(0, bound); };
  pos::domain::MemberStatus status;
  if (below(2) == 0) status.joined = today - std::chrono::days(below(2'000));
  if (below(4) == 0) status.given = pos::domain::TierCode::parse(below(2) == 0 ? "gold" : "silver");
  status.referrals = below(5);
  for (int back = 23; back >= 0; --back) {
    if (below(4) != 0) continue;
    status.months.push_back({pos::domain::months_before(pos::domain::month_of(today), back),
                             Money::of(below(30'000)), below(5)});
  }
  if (below(3) == 0)
    status.large.push_back({*pos::domain::FactId::parse("0102030405060708090a0b0c0d0e0f10"),
                            Money::of(1 + below(30'000))});
  return status;
}

/// An input for a random programme: some of its coupons are presented.
QuoteInput draw_input() {
  QuoteInput input = *any_input();
  const auto below = [](int bound) { return *rc::gen::inRange(0, bound); };
  input.coupons.clear();
  input.answers.clear();
  input.value_wish = Money::of(below(4'000));
  for (int i = 0; i < 8; ++i) {
    const auto id = *BenefitId::parse("b" + std::to_string(i));
    if (below(2) == 0) input.coupons.push_back(*CouponCode::parse("CODE" + std::to_string(i)));
    const auto kind = static_cast<Answer::Kind>(below(3));
    static constexpr std::array<const char*, 3> kChoices = {"yes", "0400000000015", ""};
    const char* choice = kChoices[static_cast<std::size_t>(below(3))];
    if (below(2) == 0) input.answers.push_back({id, kind, choice});
    if (input.member && below(3) == 0) {
      const Day today = pos::core::local_day(input.moment);
      BenefitUse use{id, below(4), {}};
      Day day = today;
      for (std::int64_t n = below(4); n > 0; --n) {
        day -= std::chrono::days(below(2) == 0 ? below(2) : below(400));
        use.days.push_back(day);
      }
      input.member->uses.push_back(std::move(use));
    }
  }
  if (input.member) {
    if (below(4) == 0) input.member->member_class = *pos::domain::ClassCode::parse("guest");
    for (auto& window : input.member->windows) window.liking = below(2) == 0 ? "Yellow cars" : "";
    if (below(2) == 0) input.member->last_articles = {"0400000000015", "0400000000053"};
    input.member->value = Money::of(below(3'000));
    input.member->value_lots = any_lots(pos::core::local_day(input.moment));
    input.member->point_lots = any_lots(pos::core::local_day(input.moment));
    input.member->visits = below(7);
    input.member->spend_in_period = Money::of(below(below(2) == 0 ? 6'000 : 60'000));
    input.member->status = draw_status(pos::core::local_day(input.moment));
  }
  return input;
}

/// Runs `law(document, programme, input)` on many baskets of each random programme.
template <class Law>
bool holds_always(const std::string& name, ProgrammeShape shape, const Law& law) {
  return rc::check(name, [&] {
    const Json document = *any_programme(shape);
    const std::string text = document.dump();
    // A few are refused: conditions that exclude each other.
    const auto programme = Programme::parse(pos::core::bytes_of(text));
    RC_PRE(programme.has_value());
    for (int i = 0; i < kBasketsEach; ++i) law(document, *programme, draw_input());
  });
}

/// The same for a law that few draws touch: again, until it had `occasions` to be broken.
template <class Law>
bool holds_on_occasions(const std::string& name, const int& occasions, const Law& law) {
  constexpr int kEnough = 20;
  for (int round = 0; round < 10 && occasions < kEnough; ++round)
    if (!holds_always(name, {}, law)) return false;
  return occasions >= kEnough;
}

/// How the slow judge names what became of a soft benefit; empty when it is not shown.
std::string shown_as(const BenefitOutcome& outcome) {
  if (outcome.state == BenefitState::applied) return "applied";
  if (outcome.state == BenefitState::offered) return "offered";
  return outcome.reason == Reason::declined ? "declined" : "";
}

std::string text_of(const std::optional<Day>& day) {
  return day ? pos::domain::day_text(*day) : std::string();
}

TEST_CASE("Quote law: a slow and obvious judge agrees", "[programme][law]") {
  CHECK(holds_always(
      "slow judge", {},
      [](const Json& document, const Programme& programme, const QuoteInput& input) {
        const Quote fast = quote(programme, input);
        const SlowQuote slow = judge_slowly(document, input);
        std::map<std::string, std::int64_t> applied;
        std::map<std::string, std::string> soft;
        std::set<std::string> counted;
        for (const BenefitOutcome& outcome : fast.outcomes) {
          const std::string& id = outcome.benefit.text();
          if (outcome.counted) counted.insert(id);
          if (outcome.soft != Soft::none) {
            const std::string shown = shown_as(outcome);
            if (!shown.empty()) soft[id] = shown;
          } else if (outcome.state == BenefitState::applied) {
            applied[id] = outcome.amount.units();
          }
        }
        RC_ASSERT(applied == slow.applied);
        RC_ASSERT(soft == slow.soft);
        RC_ASSERT(counted == slow.counted);
        for (std::size_t i = 0; i < fast.lines.size(); ++i) {
          RC_ASSERT((fast.lines[i].shelf - fast.lines[i].discount).units() == slow.left[i]);
        }
        RC_ASSERT(fast.points_value.units() == slow.points_value);
        RC_ASSERT(fast.points_spent.units() == slow.points_spent);
        RC_ASSERT(fast.value_spent.units() == slow.value_spent);
        RC_ASSERT(fast.payable.units() == slow.payable);
        RC_ASSERT(fast.earned.units() == slow.earned);
        RC_ASSERT(fast.value_earned.units() == slow.value_earned);
        RC_ASSERT(fast.drawn.units() == slow.drawn);
        RC_ASSERT(fast.joined.value_or(Joining{}).to.text() == slow.joined);
        RC_ASSERT(fast.subscribed.value_or(Subscribed{}).last == slow.subscribed_to);
        RC_ASSERT(fast.reached.value_or(pos::domain::TierCode{}).text() == slow.reached);
        RC_ASSERT(text_of(fast.earned_terms.first) == slow.earned_first);
        RC_ASSERT(text_of(fast.earned_terms.last) == slow.earned_last);
        RC_ASSERT(text_of(fast.value_terms.first) == slow.value_first);
        RC_ASSERT(text_of(fast.value_terms.last) == slow.value_last);
      }));
}

TEST_CASE("Quote law: nothing is negative and every part sums to its whole", "[programme][law]") {
  CHECK(holds_always(
      "sums", {}, [](const Json&, const Programme& programme, const QuoteInput& input) {
        const Quote q = quote(programme, input);
        std::vector<Money> by_line(q.lines.size());
        for (const BenefitOutcome& outcome : q.outcomes) {
          Money sum;
          for (const LineShare& share : outcome.shares) {
            RC_ASSERT(share.amount > Money{});
            by_line[share.line] += share.amount;
            sum += share.amount;
          }
          RC_ASSERT(sum == outcome.amount);
        }
        QuotedLine sum;
        for (std::size_t i = 0; i < q.lines.size(); ++i) {
          const QuotedLine& line = q.lines[i];
          RC_ASSERT(line.discount == by_line[i]);
          RC_ASSERT(line.payable ==
                    line.shelf - line.discount - line.points_value - line.value_spent);
          RC_ASSERT(!line.payable.is_negative() && !line.earned.is_negative());
          sum.shelf += line.shelf;
          sum.discount += line.discount;
          sum.points_value += line.points_value;
          sum.value_spent += line.value_spent;
          sum.payable += line.payable;
          sum.points_spent += line.points_spent;
          sum.earned += line.earned;
          sum.value_earned += line.value_earned;
        }
        RC_ASSERT(sum == (QuotedLine{q.shelf, q.discount, q.points_value, q.value_spent, q.payable,
                                     q.points_spent, q.earned, q.value_earned}));
        const Money right = std::min(input.reach.pool_left, input.reach.member_left);
        RC_ASSERT(q.drawn <= right);
        Money rates;
        for (const VatContent& rate : q.vat) rates += rate.payable;
        RC_ASSERT(rates == q.payable);
      }));
}

TEST_CASE("Quote law: the same input gives the same bytes", "[programme][law][law5]") {
  CHECK(holds_always("same bytes", {},
                     [](const Json& document, const Programme& programme, const QuoteInput& input) {
                       const std::string once = to_json(quote(programme, input)).dump();
                       const Programme again = programme_of(document.dump());
                       const auto sealed = quote_input_from_json(to_json(input));
                       RC_ASSERT(sealed.has_value());
                       RC_ASSERT(to_json(quote(again, *sealed)).dump() == once);
                     }));
}

using Sums = std::map<std::pair<std::string, std::int64_t>, std::vector<std::int64_t>>;

/// What each article, at its price, pays and earns in all.
Sums sums_by_article(const QuoteInput& input, const Quote& q) {
  Sums sums;
  for (std::size_t i = 0; i < q.lines.size(); ++i) {
    const Article& article = input.lines[i].article;
    auto& sum = sums[{article.code, article.price.units()}];
    sum.resize(3);
    sum[0] += q.lines[i].payable.units();
    sum[1] += q.lines[i].earned.units();
    sum[2] += q.lines[i].points_spent.units();
  }
  return sums;
}

std::map<std::string, std::int64_t> amounts(const Quote& q) {
  std::map<std::string, std::int64_t> result;
  for (const BenefitOutcome& outcome : q.outcomes) {
    if (outcome.state == BenefitState::applied) {
      result[outcome.benefit.text()] = outcome.amount.units();
    }
  }
  return result;
}

TEST_CASE("Quote law: the order of lines and of the document changes no total",
          "[programme][law]") {
  CHECK(holds_always(
      "order", {}, [](const Json& document, const Programme& programme, const QuoteInput& input) {
        QuoteInput turned = input;
        std::reverse(turned.lines.begin(), turned.lines.end());
        const std::size_t cut = turned.lines.size() / 3;
        std::rotate(turned.lines.begin(), turned.lines.begin() + static_cast<std::ptrdiff_t>(cut),
                    turned.lines.end());
        Json other = Json::object();
        for (const auto& [key, value] : document.members()) {
          if (key != "benefits") other.set(key, value);
        }
        Json::Array benefits = document["benefits"].items();
        std::reverse(benefits.begin(), benefits.end());
        other.set("benefits", std::move(benefits));
        const Quote a = quote(programme, input);
        const Quote b = quote(programme_of(other.dump()), turned);
        RC_ASSERT(a.payable == b.payable);
        RC_ASSERT(a.earned == b.earned);
        RC_ASSERT(amounts(a) == amounts(b));
        RC_ASSERT(a.vat == b.vat);
      }));
}

TEST_CASE("Quote law: one article in one line or in many pays the same", "[programme][law]") {
  CHECK(holds_always("articles", {},
                     [](const Json&, const Programme& programme, const QuoteInput& input) {
                       QuoteInput turned = input;
                       std::reverse(turned.lines.begin(), turned.lines.end());
                       RC_ASSERT(sums_by_article(input, quote(programme, input)) ==
                                 sums_by_article(turned, quote(programme, turned)));
                     }));
}

TEST_CASE("Quote law: the index loses no benefit", "[programme][law]") {
  CHECK(holds_always("index", {},
                     [](const Json&, const Programme& programme, const QuoteInput& input) {
                       const Quote q = quote(programme, input);
                       std::map<std::string, std::int64_t> all;
                       for (const BenefitOutcome& outcome : explain_all(programme, input)) {
                         if (outcome.state == BenefitState::applied) {
                           all[outcome.benefit.text()] = outcome.amount.units();
                         }
                       }
                       RC_ASSERT(all == amounts(q));
                     }));
}

TEST_CASE("Quote law: the loser of a group was worth no more at that step", "[programme][law]") {
  int losers = 0;
  CHECK(holds_on_occasions(
      "group", losers, [&](const Json&, const Programme& programme, const QuoteInput& input) {
        const Quote judged = quote(programme, input);
        for (const BenefitOutcome& loser : judged.outcomes) {
          if (loser.reason != Reason::chosen_instead) continue;
          const BenefitOutcome& winner = *find_outcome(judged.outcomes, loser.data.winner.text());
          // The winner is declined, so that the group keeps its place; another rival may win then.
          QuoteInput declined = input;
          declined.answers.insert(declined.answers.begin(),
                                  {winner.benefit, Answer::Kind::declined, ""});
          const Quote without_winner = quote(programme, declined);
          const BenefitOutcome* alone = find_outcome(without_winner.outcomes, loser.benefit.text());
          if (alone == nullptr || alone->state != BenefitState::applied) continue;
          // Points are counted again when it is known what is paid.
          if (!winner.shares.empty() && !alone->shares.empty()) {
            ++losers;
            RC_ASSERT(alone->amount <= winner.amount);
          }
        }
      }));
}

bool granted(const Programme& programme, const QuoteInput& input, const BenefitId& id) {
  const Quote q = quote(programme, input);
  const BenefitOutcome* outcome = find_outcome(q.outcomes, id.text());
  return outcome != nullptr &&
         (outcome->state == BenefitState::applied || outcome->state == BenefitState::offered);
}

/// Does what the hint says.
QuoteInput follow(QuoteInput input, const BenefitOutcome& hint, Money missing) {
  if (hint.data.article.empty()) {
    // "Any article": one that the club never heard of, of both flags.
    Article any = article("0499999999990", missing.units(), true);
    any.category = *CategoryCode::parse("garden");
    input.lines.push_back(line_of(any));
    return input;
  }
  const auto line = std::find_if(input.lines.begin(), input.lines.end(), [&](const auto& one) {
    return one.article.code == hint.data.article;
  });
  line->quantity += hint.data.missing_quantity;
  return input;
}

TEST_CASE("Quote law: what is nearly there appears when its hint is followed",
          "[programme][law][nearly]") {
  int hints = 0;
  CHECK(holds_on_occasions(
      "hint", hints,
      [&](const Json& document, const Programme& programme, const QuoteInput& input) {
        for (const BenefitOutcome& hint : explain_all(programme, input)) {
          if (hint.state != BenefitState::nearly) continue;
          ++hints;
          RC_ASSERT(granted(programme, follow(input, hint, hint.data.missing), hint.benefit));
          // Of alternatives one is named; another may be nearer for an article at a lower price. A
          // cheap article may become the piece that is given, instead of one that then counts.
          const std::string text = document.dump();
          const bool alternatives = text.find("\"any\":[") != std::string::npos ||
                                    text.find("\"pick\"") != std::string::npos ||
                                    text.find("\"max_pieces\"") != std::string::npos;
          if (alternatives || !hint.data.article.empty() || hint.data.missing <= Money::of(1))
            continue;
          const QuoteInput less = follow(input, hint, hint.data.missing - Money::of(1));
          RC_ASSERT(!granted(programme, less, hint.benefit));
        }
      }));
}

/// Discount and points at programme value.
Money worth(const Quote& q) { return q.discount + Money::of(q.earned.units() * 10); }

/// A unit that another rounding lays on another line can be rounded again there.
Money rounding_of(const Quote& q) {
  return Money::of(std::count_if(q.outcomes.begin(), q.outcomes.end(), [](const auto& one) {
    return one.state == BenefitState::applied;
  }));
}

TEST_CASE("Quote law: a higher class is never worth less, but for a fraction of a point",
          "[programme][law]") {
  CHECK(holds_always("class", {true},
                     [](const Json&, const Programme& programme, const QuoteInput& input) {
                       if (!input.member) return;
                       QuoteInput higher = input;
                       QuoteInput lower = input;
                       lower.member->member_class = *ClassCode::parse("regular");
                       higher.member->member_class = *ClassCode::parse("business");
                       const Quote low = quote(programme, lower);
                       const Quote high = quote(programme, higher);
                       RC_ASSERT(worth(high) + Money::of(10) + rounding_of(high) > worth(low));
                       RC_ASSERT(high.discount + rounding_of(high) >= low.discount);
                     }));
}

TEST_CASE("Quote law: one more coupon is never worth less, but for a fraction of a point",
          "[programme][law]") {
  CHECK(holds_always("coupon", {true},
                     [](const Json&, const Programme& programme, const QuoteInput& input) {
                       QuoteInput more = input;
                       more.coupons.push_back(*CouponCode::parse("CODE0"));
                       const Quote before = quote(programme, input);
                       const Quote after = quote(programme, more);
                       RC_ASSERT(after.discount + rounding_of(after) >= before.discount);
                       RC_ASSERT(worth(after) + Money::of(10) + rounding_of(after) > worth(before));
                     }));
}

TEST_CASE("Quote law: a larger balance never raises what is paid", "[programme][law]") {
  CHECK(holds_always(
      "points", {true}, [](const Json&, const Programme& programme, const QuoteInput& input) {
        if (!input.member) return;
        QuoteInput richer = input;
        richer.member->balance += Points::of(173);
        richer.points_wish = Points::of(100'000);
        QuoteInput poorer = richer;
        poorer.member->balance = input.member->balance;
        RC_ASSERT(quote(programme, richer).payable <= quote(programme, poorer).payable);
      }));
}

}  // namespace
