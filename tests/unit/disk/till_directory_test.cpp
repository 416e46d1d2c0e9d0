#include "pos/disk/till_directory.hpp"

#include "pos/disk/cache.hpp"
#include "pos/disk/derived_rows.hpp"
#include "pos/programme/facts.hpp"
#include "tests/unit/disk/disk_fixture.hpp"

namespace tests {
namespace {

/// A till's two files on one disk in memory, with one member in the cache.
struct DirectoryRig {
  JournalRig files;
  core::SymmetricKey key = core::SymmetricKey::mint(files.chance);
  domain::MemberFacts member = known_member();
  std::unique_ptr<disk::Journal> journal = files.open();
  std::unique_ptr<disk::Cache> cache = filled_cache();

  domain::MemberFacts known_member() {
    domain::MemberFacts facts = sample_member(files.chance);
    facts.value = domain::Money::of(1'000);
    facts.visits = 4;
    facts.coupons = {{*domain::CouponCode::parse("NEXT20"), *domain::parse_day("2099-12-31")}};
    return facts;
  }
  std::unique_ptr<disk::Cache> filled_cache() {
    auto opened = disk::Cache::open({"cache.db", files.vfs.name(), key, &files.chance});
    REQUIRE(opened);
    club::wire::Page page;
    page.cursor = {domain::bucket_of(member.account), 1, 20};
    page.rows = {{20, club::wire::MemberRow{member}}};
    REQUIRE((*opened)->apply({page}));
    return std::move(*opened);
  }
  domain::MemberFacts seen() {
    auto directory =
        disk::TillDirectory::open({"journal.db", "cache.db", files.vfs.name(), key, {}});
    REQUIRE(directory);
    auto facts = (*directory)->member(member.id);
    REQUIRE(facts);
    return *facts;
  }
};

}  // namespace

TEST_CASE("Directory: an employee is known by her own card, lost or not") {
  DirectoryRig rig;
  const auto card = core::KeyedHash::mint(rig.files.chance);
  const auto dana = *domain::StaffCode::parse("dana");
  club::wire::Page bucket;
  bucket.cursor = {domain::bucket_of(rig.member.account), 1, 21};
  bucket.rows = {{21, club::wire::CardRow{card, rig.member.id, true}}};
  REQUIRE(rig.cache->apply({bucket}));
  club::wire::Page club;
  club.cursor = {club::wire::kClubStream, 1, 5};
  club.rows = {{4, club::wire::StaffRow{{dana, {}, false}, card}},
               {5, club::wire::StaffRow{{*domain::StaffCode::parse("omid"), {}, false}, {}}}};
  REQUIRE(rig.cache->apply({club}));
  const auto directory =
      disk::TillDirectory::open({"journal.db", "cache.db", rig.files.vfs.name(), rig.key, {}});
  REQUIRE(directory);
  CHECK((*directory)->employee_of(rig.member.id) == dana);
  CHECK_FALSE((*directory)->employee_of(domain::MemberId::mint(rig.files.chance)));
}

TEST_CASE("Directory: what a sale did to its member is known before the hub has said it") {
  DirectoryRig rig;
  const auto uid = rig.files.mint();
  auto sale = sample_sale(rig.member, {100, 7, 1000});
  sale.result.value_spent = domain::Money::of(400);
  sale.result.value_earned = domain::Money::of(30);
  sale.result.lines[0].value_spent = domain::Money::of(400);
  sale.result.lines[0].value_earned = domain::Money::of(30);
  sale.result.lines[0].payable -= domain::Money::of(400);
  sale.result.payable -= domain::Money::of(400);
  programme::BenefitOutcome next;
  next.benefit = *domain::BenefitId::parse("next");
  next.coupon = domain::CouponCode::parse("NEXT20");
  next.own_coupon = next.counted = true;
  next.state = programme::BenefitState::applied;
  sale.result.outcomes = {next};
  REQUIRE(rig.journal->seal({uid, sale, {}, {}}));

  const domain::MemberFacts laid_over = rig.seen();
  CHECK(laid_over.balance == rig.member.balance - domain::Points::of(93));
  CHECK(laid_over.value.units() == 1'000 - 400 + 30);
  CHECK(laid_over.visits == 5);
  CHECK(laid_over.coupons.empty());
  REQUIRE(laid_over.uses.size() == 1);
  CHECK(laid_over.uses.front().total == 1);

  const auto back =
      programme::invert(uid, sale, {}, {{0, sale.input.lines[0].quantity}}, sale.scene);
  REQUIRE(back);
  const auto back_uid = rig.files.mint();
  REQUIRE(rig.journal->seal({back_uid, *back, {}, {}}));
  const domain::MemberFacts given_back = rig.seen();
  CHECK(given_back.coupons == rig.member.coupons);
  CHECK(given_back.uses.empty());

  REQUIRE(rig.journal->settle({{uid, 19}, {back_uid, 19}}));
  const domain::MemberFacts shown = rig.seen();
  CHECK(shown.value == rig.member.value);
  CHECK(shown.visits == rig.member.visits);
  CHECK(shown.coupons == rig.member.coupons);
}

TEST_CASE(
    "Directory: a card that nobody holds has what was loaded here, before the hub has said it") {
  DirectoryRig rig;
  const auto card = core::KeyedHash::mint(rig.files.chance);
  const auto account = domain::account_of_card(card);
  const auto right = domain::RightId::mint(rig.files.chance);
  programme::RightFact first;
  first.id = right;
  first.amount = domain::Money::of(60'000);
  first.per_member_max = domain::Money::of(5'000);
  REQUIRE(rig.journal->seal({rig.files.mint(), first, {}, {}}));
  const auto directory = [&] {
    auto opened =
        disk::TillDirectory::open({"journal.db", "cache.db", rig.files.vfs.name(), rig.key, {}});
    REQUIRE(opened);
    return std::move(*opened);
  };
  const auto value = [&]() -> std::optional<std::int64_t> {
    const auto held = directory()->card_value(card);
    return held ? std::optional(held->value.units()) : std::nullopt;
  };
  const auto sale = [&](std::int64_t loaded, std::int64_t spent) {
    auto made = sample_sale();
    made.unknown_card = card;
    made.input.unknown_card = true;
    made.result.value_earned = made.result.lines[0].value_earned = domain::Money::of(loaded);
    made.result.value_spent = made.result.lines[0].value_spent = domain::Money::of(spent);
    made.result.lines[0].payable -= domain::Money::of(spent);
    made.result.payable -= domain::Money::of(spent);
    made.result.drawn = domain::Money::of(spent);
    if (spent > 0) made.right = right;
    const auto uid = rig.files.mint();
    REQUIRE(rig.journal->seal({uid, made, {}, {}}));
    return uid;
  };
  CHECK_FALSE(value());
  const auto visit = sale(0, 0);  // it earned points: nothing is stored on it
  CHECK_FALSE(value());
  const auto load = sale(10'000, 0);
  CHECK(value() == 10'000);
  const auto spent = sale(0, 3'000);
  CHECK(value() == 7'000);
  // The card's own part of the right is drawn on, and nobody else's.
  CHECK(directory()->reach(account).member_left == domain::Money::of(2'000));
  CHECK(directory()->reach(rig.member.account).member_left == domain::Money::of(5'000));
  // The hub has the first two, and says so in one row.
  REQUIRE(rig.journal->settle({{visit, 40}, {load, 41}}));
  club::wire::Page page;
  page.cursor = {domain::bucket_of(account), 1, 42};
  page.rows = {{42, club::wire::CardValueRow{account, {domain::Money::of(10'000), {}, {}, 0}}}};
  REQUIRE(rig.cache->apply({page}));
  CHECK(value() == 7'000);
  REQUIRE(rig.journal->settle({{spent, 43}}));
  page.cursor.seq = 44;
  page.rows = {{44, club::wire::CardValueRow{account, {domain::Money::of(7'000), {}, {}, 0}}}};
  REQUIRE(rig.cache->apply({page}));
  CHECK(value() == 7'000);
}

TEST_CASE(
    "Directory: a sale uses up what expires soonest, and its points wait, before the hub says") {
  DirectoryRig rig;
  const auto day = [](const char* text) { return *domain::parse_day(text); };
  rig.member.point_lots = {{40, {std::nullopt, day("2026-12-01")}},
                           {90, {std::nullopt, day("2027-01-31")}},
                           {25, {day("2026-12-24"), std::nullopt}}};
  rig.cache = rig.filled_cache();
  auto sale = sample_sale(rig.member, {100, 7, 1000});
  sale.result.earned_terms = {day("2026-12-06"), day("2027-11-22")};
  const auto uid = rig.files.mint();
  REQUIRE(rig.journal->seal({uid, sale, {}, {}}));
  const domain::LotTerms soon{std::nullopt, day("2027-01-31")};
  const domain::Lot waiting{25, {day("2026-12-24"), std::nullopt}};
  CHECK(rig.seen().point_lots ==
        std::vector<domain::Lot>{{30, soon}, {7, sale.result.earned_terms}, waiting});

  const auto back =
      programme::invert(uid, sale, {}, {{0, sale.input.lines[0].quantity}}, sale.scene);
  REQUIRE(back);
  REQUIRE(rig.journal->seal({rig.files.mint(), *back, {}, {}}));
  CHECK(rig.seen().point_lots == std::vector<domain::Lot>{{30, soon}, waiting});
  CHECK(rig.seen().balance == rig.member.balance);
}

TEST_CASE("Directory: a tier rises with this till's own sales before the hub has said it") {
  DirectoryRig rig;
  club::wire::Page page;
  page.cursor = {club::wire::kClubStream, 1, 1};
  page.rows = {{1, club::wire::ProgrammeRow{R"({"format": "clubtill-programme/1", "version": "1",
    "club": {"name": {"en": "Club"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
    "classes": [{"code": "vip", "name": {"en": "VIP"}}],
    "tiers": [{"code": "silver", "name": {"en": "S"}, "reached_by": [{"visits": 2, "months": 12}]},
              {"code": "gold", "name": {"en": "G"}, "reached_by": [{"spend": 20000}]}],
    "benefits": []})"}}};
  REQUIRE(rig.cache->apply({page}));
  CHECK_FALSE(rig.seen().tier);

  const auto sale = sample_sale(rig.member, {0, 0, 0});
  REQUIRE(sale.result.payable.units() == 10'000);
  REQUIRE(rig.journal->seal({rig.files.mint(), sale, {}, {}}));
  const auto once = rig.seen();
  CHECK_FALSE(once.tier);
  REQUIRE(once.next_tier);
  CHECK(once.next_tier->ways.front() == domain::MissingWay{domain::TierWay::visits, 1});

  const auto uid = rig.files.mint();
  REQUIRE(rig.journal->seal({uid, sale, {}, {}}));
  CHECK(rig.seen().tier == domain::TierCode::parse("gold"));

  const auto back =
      programme::invert(uid, sale, {}, {{0, sale.input.lines[0].quantity}}, sale.scene);
  REQUIRE(back);
  REQUIRE(rig.journal->seal({rig.files.mint(), *back, {}, {}}));
  CHECK(rig.seen().tier == domain::TierCode::parse("silver"));
}

TEST_CASE("Directory: of a budget is left what neither the club nor this till has given") {
  DirectoryRig rig;
  const std::string document = R"({"format": "clubtill-programme/1", "version": "1",
    "club": {"name": {"en": "c"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
    "points": {"offline": {"per_till": 60000, "per_member": 60000}},
    "classes": [{"code": "regular", "name": {"en": "r"}}],
    "benefits": [{"id": "gift", "name": {"en": "g"}, "give": {"amount": 100}, "budget": 1000,
                  "offline": "up_to"}]})";
  const auto gift = *domain::BenefitId::parse("gift");
  club::wire::Page page;
  page.cursor = {club::wire::kClubStream, 1, 2};
  page.rows = {{1, club::wire::ProgrammeRow{document}},
               {2, club::wire::BudgetRow{gift, domain::Money::of(300)}}};
  REQUIRE(rig.cache->apply({page}));
  const auto left = [&] {
    auto directory =
        disk::TillDirectory::open({"journal.db", "cache.db", rig.files.vfs.name(), rig.key, {}});
    REQUIRE(directory);
    (*directory)->refresh();
    const auto budgets = (*directory)->reach(std::nullopt).budgets;
    REQUIRE(budgets.size() == 1);
    CHECK(budgets.front().benefit == gift);
    return budgets.front().left.units();
  };
  CHECK(left() == 700);

  const auto uid = rig.files.mint();
  auto sale = sample_sale(rig.member, {});
  programme::BenefitOutcome outcome;
  outcome.benefit = gift;
  outcome.state = programme::BenefitState::applied;
  outcome.of_budget = domain::Money::of(250);
  sale.result.outcomes = {outcome};
  REQUIRE(rig.journal->seal({uid, sale, {}, {}}));
  CHECK(left() == 450);
  REQUIRE(rig.journal->settle({{uid, 19}}));  // the hub's own row counts it from now on
  CHECK(left() == 700);
}

TEST_CASE("Directory: a slip of another till is believed by that till's key and counted here") {
  DirectoryRig rig;
  const auto key = core::make_signing_pair(rig.files.chance);
  const auto sale = sample_sale(rig.member, {});
  const auto uid = rig.files.mint();
  domain::Receipt receipt = programme::receipt_of(uid, sale);
  receipt.till = {77};
  disk::Pairing pairing;
  pairing.index_key = core::SymmetricKey::mint(rig.files.chance);
  const auto slip = domain::SignedReceipt::make(receipt, pairing.index_key, key.secret);
  REQUIRE(slip);
  std::uint64_t seq = 0;
  const auto tell = [&](bool revoked, const core::VerifyKey& open) {
    club::wire::Page page;
    page.cursor = {club::wire::kClubStream, 1, ++seq};
    page.rows = {
        {seq, club::wire::TillKeyRow{{77}, *domain::StoreCode::parse("s1"), open, revoked}}};
    REQUIRE(rig.cache->apply({page}));
  };
  auto opened =
      disk::TillDirectory::open({"journal.db", "cache.db", rig.files.vfs.name(), rig.key, pairing});
  REQUIRE(opened);
  const pos::app::Directory& directory = **opened;
  const auto fault = [&] {
    const auto sold = directory.sold_elsewhere(*slip);
    REQUIRE_FALSE(sold);
    return sold.error();
  };
  CHECK(fault() == pos::app::SlipFault::unknown_till);
  tell(false, core::make_signing_pair(rig.files.chance).open);
  CHECK(fault() == pos::app::SlipFault::forged);
  tell(true, key.open);
  CHECK(fault() == pos::app::SlipFault::revoked_till);
  tell(false, key.open);
  const auto sold = directory.sold_elsewhere(*slip);
  REQUIRE(sold);
  CHECK(sold->receipt.account == sale.account);
  CHECK(sold->receipt.lines == receipt.lines);
  CHECK_FALSE(sold->fact);

  const std::int64_t pieces = receipt.lines[0].quantity;
  auto back = programme::invert(sold->receipt, sold->returned, {{0, pieces}}, sale.scene);
  REQUIRE(back);
  back->sold_by = receipt.till;
  const domain::RightId right = domain::RightId::mint(rig.files.chance);
  programme::RightFact received;
  received.id = right;
  received.amount = domain::Money::of(60'000);
  received.per_member_max = domain::Money::of(100);
  received.number = 1;
  auto reader = disk::JournalReader::open("journal.db", rig.files.vfs.name());
  REQUIRE(reader);
  const auto newest = reader->last_fact();
  REQUIRE((newest && *newest));
  received.settled_incarnation = (*newest)->fields.incarnation;
  received.settled_seq = (*newest)->fields.seq;
  received.settled_chain = (*newest)->chain;
  REQUIRE((rig.journal->receive_right(received) == true));
  back->right = right;
  back->drawn = domain::Money::of(4'000);
  REQUIRE(rig.journal->seal({rig.files.mint(), *back, {}, {}}));
  CHECK(directory.sold_elsewhere(*slip)->returned.quantity[0] == pieces);
  CHECK(directory.reach(std::nullopt).pool_left == domain::Money::of(56'000));
  // What goods are worth is no member's allowance.
  CHECK(directory.reach(sale.account).member_left == domain::Money::of(100));
  CHECK_FALSE(directory.sale(uid));
}

}  // namespace tests
