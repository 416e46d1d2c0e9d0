#include "tests/unit/programme/arbitrary_basket.hpp"

#include "pos/domain/member_facts_json.hpp"

namespace tests::programme {

using namespace pos::programme;
using namespace pos::domain;
using pos::core::Instant;
using pos::core::Moment;

namespace {

template <class Id>
Id any_id() {
  std::array<std::uint8_t, Id::kSize> bytes{};
  for (auto& byte : bytes) byte = *rc::gen::arbitrary<std::uint8_t>();
  return Id(bytes);
}

std::int64_t between(std::int64_t low, std::int64_t high) {
  // The full range from the first case on: the interesting baskets are not the small ones.
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(low, high + 1));
}

bool flip() { return *rc::gen::arbitrary<bool>(); }

Moment any_moment() {
  // About 22 November 2026, some days either way, so that windows open and close.
  return {
      Instant::from_unix_ms(1795350720000 + between(-5, 5) * 86'400'000 + between(0, 86'399'999)),
      std::chrono::minutes(between(-12, 14) * 60)};
}

/// What counts towards tiers, and what is missing to the next.
void add_status(MemberFacts& facts) {
  facts.status.joined = Day(std::chrono::days(between(18'000, 20'700)));
  if (flip()) facts.status.given = *TierCode::parse("silver");
  facts.status.referrals = between(0, 5);
  facts.status.brought_visits = between(0, 9);
  facts.status.months = {{202512, Money::of(between(-50, 9'000)), between(0, 4)},
                         {202611, Money::of(between(0, 90'000)), between(0, 14)}};
  facts.status.large = {{any_id<FactId>(), Money::of(between(1, 90'000))}};
  facts.next_tier = NextTier{*TierCode::parse("gold"),
                             {{TierWay::years, between(1, 900)}, {TierWay::spend, between(1, 9)}}};
}

MemberFacts any_member() {
  MemberFacts facts = noa();
  facts.id = any_id<MemberId>();
  facts.member_class = *ClassCode::parse(
      *rc::gen::elementOf(std::vector<std::string>{"regular", "vip", "business"}));
  facts.tier.reset();
  if (flip()) facts.tier = *TierCode::parse(flip() ? "gold" : "silver");
  facts.balance = Points::of(between(-50, 3000));
  facts.point_lots = any_lots(pos::core::local_day(any_moment()));
  facts.value_lots = any_lots(pos::core::local_day(any_moment()));
  facts.household = between(1, 4);
  if (flip()) facts.windows.clear();
  if (between(0, 9) == 0) facts.standing = MemberStanding::blocked;
  if (flip()) add_status(facts);
  return facts;
}

Tender any_tender() {
  Tender tender;
  tender.kind = static_cast<Tender::Kind>(between(0, 2));
  tender.due = Money::of(between(0, 100'000));
  tender.rounding = Money::of(between(-5, 5));
  tender.received = tender.due + Money::of(between(0, 10'000));
  tender.change = tender.received - tender.due;
  return tender;
}

Scene make_scene() {
  Scene scene;
  scene.moment = any_moment();
  scene.store = *StoreCode::parse("cedar");
  scene.region = *RegionCode::parse("north");
  scene.till.value = static_cast<std::uint32_t>(between(1, 9));
  scene.employee = *StaffCode::parse("dana");
  scene.language = static_cast<Language>(between(0, 2));
  return scene;
}

QuoteInput make_input() {
  QuoteInput input;
  const std::int64_t lines = between(0, 8);
  for (std::int64_t i = 0; i < lines; ++i) {
    input.lines.push_back({*rc::gen::elementOf(world()), between(1, 5)});
  }
  if (between(0, 3) != 0) input.member = any_member();
  input.unknown_card = !input.member && flip();
  if (input.unknown_card && flip()) {
    input.card_value.emplace();
    input.card_value->value = Money::of(between(-500, 20'000));
    input.card_value->lots = any_lots(pos::core::local_day(any_moment()));
  }
  input.moment = any_moment();
  input.store = *StoreCode::parse("cedar");
  input.region = *RegionCode::parse("north");
  for (const char* code : {"RIMON10", "SUMMER", "COFFEE"}) {
    if (flip()) input.coupons.push_back(*CouponCode::parse(code));
  }
  input.points_wish = Points::of(between(0, 1'500));
  input.reach = {flip(), Money::of(between(0, 60'000)), Money::of(between(0, 3'000))};
  if (flip()) input.reach.reserved = Money::of(between(0, 9'000));
  for (std::int64_t i = between(-2, 3); i > 0; --i) {
    input.reach.budgets.push_back(
        {*BenefitId::parse("b" + std::to_string(i)), Money::of(between(0, 2'000))});
  }
  for (const char* id : {"gift-150", "gold-coffee", "birthday-week"}) {
    if (flip()) {
      input.answers.push_back(
          {*BenefitId::parse(id), static_cast<Answer::Kind>(between(0, 2)), ""});
    }
  }
  return input;
}

Subscribed any_time() {
  const auto any_day = [] { return Day(std::chrono::days(between(18'000, 22'000))); };
  Subscribed time;
  time.months = between(1, 120);
  if (flip()) time.before = any_day();
  if (flip()) time.last = any_day();
  if (flip()) time.articles = {{"0400000002859", 1}, {"year", 12}};
  return time;
}

SaleFact make_sale() {
  SaleFact fact;
  fact.scene = make_scene();
  fact.input = make_input();
  fact.result = quote(sample_programme(), fact.input);
  fact.result.needs_card = fact.result.needs_member = false;  // such a sale is never sealed
  if (fact.input.member) {
    fact.member = fact.input.member->id;
    fact.account = fact.input.member->account;
    fact.identified_by = static_cast<IdentifiedBy>(between(0, 5));
    fact.identified_at = any_moment();
  }
  if (fact.input.member && flip()) {
    fact.result.joined = Joining{fact.input.member->member_class, *ClassCode::parse("gold"),
                                 flip() ? "0400000000091" : ""};
  }
  if (fact.input.member && flip()) fact.result.subscribed = any_time();
  if (fact.input.unknown_card) fact.unknown_card = any_id<KeyedHash>();
  if (!fact.result.drawn.is_zero()) fact.right = any_id<RightId>();
  if (!fact.input.reach.reserved.is_zero()) {
    fact.reserved = Reservation{fact.result.points_spent, fact.result.value_spent, {}};
    if (flip()) fact.reserved->coupons.push_back(*CouponCode::parse("COFFEE"));
  }
  fact.tender = any_tender();
  return fact;
}

MemberChange make_undone() {
  MemberChange change;
  const auto any_day = [] { return pos::domain::Day(std::chrono::days(between(18'000, 22'000))); };
  change.undone = any_day();
  change.counted = {*BenefitId::parse("gift-150")};
  if (flip()) {
    change.used = {{*CouponCode::parse("SUMMER"), Money::of(between(0, 999)), any_day()}};
  }
  if (flip()) change.moved = {*ClassCode::parse("regular"), *ClassCode::parse("vip")};
  if (flip()) change.subscribed = any_time();
  if (flip()) change.issued = {{*CouponCode::parse("COFFEE"), any_day()}};
  return change;
}

ReturnFact make_return() {
  ReturnFact fact;
  fact.scene = make_scene();
  fact.sale = any_id<FactId>();
  fact.is_void = flip();
  if (flip()) fact.member = any_id<MemberId>();
  if (flip()) fact.account = any_id<AccountId>();
  if (flip()) fact.unknown_card = any_id<KeyedHash>();
  for (std::int64_t i = between(1, 4); i > 0; --i) {
    const ReturnedLine line{static_cast<std::size_t>(between(0, 99)),
                            between(1, 9),
                            Money::of(between(0, 9'999)),
                            Money::of(between(0, 999)),
                            Points::of(between(0, 99)),
                            Points::of(between(0, 99)),
                            Money::of(flip() ? between(0, 99) : 0),
                            Money::of(between(0, 99))};
    fact.money += line.money;
    fact.points_back += line.points_back;
    fact.earned_taken += line.earned_taken;
    fact.value_back += line.value_back;
    fact.value_taken += line.value_taken;
    fact.lines.push_back(line);
  }
  if (fact.member && flip()) fact.change = make_undone();
  if (flip()) {
    fact.sold_by = TillNumber{static_cast<std::uint32_t>(between(1, 9'999))};
    for (ReturnedLine& line : fact.lines) line.article = flip() ? "7290000000015" : "";
    if (flip()) fact.right = any_id<RightId>();
    fact.drawn = Money::of(between(0, 99'999));
  }
  fact.tender = any_tender();
  return fact;
}

JoinFact make_join() {
  JoinFact fact;
  fact.scene = make_scene();
  fact.member = any_member();
  fact.phone = any_id<KeyedHash>();
  if (flip()) fact.card = any_id<KeyedHash>();
  fact.person = any_id<pos::core::Digest>();
  fact.terms_version = "2026-11";
  fact.marketing_consent = flip();
  if (flip()) {
    fact.referral = Referral{static_cast<Referral::By>(between(0, 1)),
                             any_id<KeyedHash>(),
                             Points::of(between(0, 200)),
                             Points::of(between(0, 200)),
                             {}};
  }
  return fact;
}

}  // namespace

std::vector<pos::domain::Lot> any_lots(pos::domain::Day today) {
  std::vector<pos::domain::Lot> lots;
  for (std::int64_t left = between(0, 3); left > 0; --left) {
    pos::domain::Lot lot{between(1, 800), {}};
    if (flip()) lot.terms.first = today + std::chrono::days(between(-2, 2));
    if (flip()) lot.terms.last = today + std::chrono::days(between(-2, 9));
    lots.push_back(lot);
  }
  return lots;
}

const std::vector<Article>& world() {
  static const std::vector<Article> articles = {
      article("0400000000015", 620),        article("0400000000022", 1490),
      article("0400000000039", 3990, true), article("0400000000046", 1100, true),
      article("0400000000053", 2990, true), article("0400000000107", 7333),
      article("0400000000060", 1, true),    article("0400000000077", 10000, false, false),
      article("0400000000084", 5000),       article("0400000000091", 1990)};
  return articles;
}

rc::Gen<QuoteInput> any_input() {
  return rc::gen::exec([] { return make_input(); });
}

rc::Gen<Scene> any_scene() {
  return rc::gen::exec([] { return make_scene(); });
}

rc::Gen<SaleFact> any_sale() {
  return rc::gen::exec([] { return make_sale(); });
}

rc::Gen<Fact> any_fact() {
  return rc::gen::exec([]() -> Fact {
    switch (between(0, 4)) {
      case 0:
        return BeginFact{static_cast<std::uint32_t>(between(0, 9)),
                         static_cast<std::uint64_t>(between(0, 1'000)),
                         any_id<pos::core::Digest>()};
      case 1:
        return make_sale();
      case 2:
        return make_return();
      case 3:
        return make_join();
      default:
        return RightFact{any_id<RightId>(),
                         Money::of(between(0, 60'000)),
                         Money::of(between(0, 3'000)),
                         Instant::from_unix_ms(between(0, 2'000'000'000'000)),
                         static_cast<std::uint64_t>(between(1, 1'000)),
                         static_cast<std::uint32_t>(between(1, 9)),
                         static_cast<std::uint64_t>(between(0, 1'000)),
                         any_id<pos::core::Digest>(),
                         Money::of(between(0, 60'000))};
    }
  });
}

}  // namespace tests::programme
