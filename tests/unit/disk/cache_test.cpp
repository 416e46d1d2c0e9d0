#include <algorithm>
#include <fstream>

#include "pos/disk/member_row.hpp"
#include "pos/disk/till_keys.hpp"
#include "pos/disk/till_sync_store.hpp"
#include "tests/unit/disk/disk_fixture.hpp"

namespace tests {

using club::wire::Page;

namespace {

struct CacheRig {
  FaultVfs vfs{"cache-rig"};
  core::SeededChance chance{5};
  core::SymmetricKey key = core::SymmetricKey::mint(chance);

  [[nodiscard]] std::unique_ptr<disk::Cache> open() {
    auto cache = disk::Cache::open({"cache.db", vfs.name(), key, &chance});
    if (!cache) FAIL(cache.error().detail);
    return std::move(*cache);
  }
  [[nodiscard]] disk::CacheReader reader() {
    auto reader = disk::CacheReader::open("cache.db", key, vfs.name());
    if (!reader) FAIL(reader.error().detail);
    return std::move(*reader);
  }
};

Page member_page(const domain::MemberFacts& member, const core::KeyedHash& card,
                 std::uint64_t seq) {
  Page page;
  page.cursor = {7, 1, seq + 1};
  page.rows = {{seq, club::wire::MemberRow{member}},
               {seq + 1, club::wire::CardRow{card, member.id, false}}};
  return page;
}

/// What the hub says of a stream that holds these rows.
void complete(Page& page, const std::vector<club::wire::Row>& all) {
  page.complete = true;
  page.count = all.size();
  page.digest = {};
  for (const auto& row : all) {
    const auto line = club::wire::row_line(row);
    page.digest = club::wire::exclusive_or(page.digest, club::wire::row_digest(line));
  }
}

domain::MemberFacts rich_member(core::Chance& chance) {
  domain::MemberFacts member = sample_member(chance);
  member.tier = domain::TierCode::parse("gold");
  member.next_tier =
      domain::NextTier{*domain::TierCode::parse("top"),
                       {{domain::TierWay::one_sale, 120'000}, {domain::TierWay::years, 12}}};
  member.status.joined = *domain::parse_day("2021-03-14");
  member.status.given = domain::TierCode::parse("silver");
  member.status.referrals = 4;
  member.status.brought_visits = 31;
  member.status.months = {{202610, domain::Money::of(-120), 0}, {202611, domain::Money::of(9), 3}};
  member.status.large = {{domain::FactId::mint(chance), domain::Money::of(99'900)}};
  member.balance = domain::Points::of(-17);
  member.balance_as_of = core::Instant::from_unix_ms(1'795'330'800'123);
  member.visits = 300;
  member.last_visit = *domain::parse_day("2026-11-21");
  member.last_articles = {"7290000000015", "42"};
  member.coupons = {{*domain::CouponCode::parse("WELCOME"), *domain::parse_day("2026-12-31")}};
  member.segments = {*domain::SegmentCode::parse("control")};
  member.windows = {{domain::EffectiveWindow::Kind::child_birthday,
                     *domain::parse_day("2026-11-20"), *domain::parse_day("2026-11-25"), "daughter",
                     "yellow"}};
  member.value = domain::Money::of(1285);
  member.uses = {{*domain::BenefitId::parse("once"),
                  3,
                  {*domain::parse_day("2026-11-21"), *domain::parse_day("2026-11-21")}}};
  member.standing = domain::MemberStanding::provisional;
  member.language = domain::Language::fa;
  member.version = 99;
  return member;
}

}  // namespace

TEST_CASE("Cache: packed facts come back as they were, and cut ones do not") {
  core::SeededChance chance(3);
  const auto member = rich_member(chance);
  const auto packed = disk::pack_facts(member);
  auto nameless = member;
  nameless.form_of_address.clear();
  nameless.last_digits.clear();
  CHECK(disk::unpack_facts(packed) == nameless);
  for (std::size_t size = 0; size < packed.size(); ++size) {
    CHECK_FALSE(disk::unpack_facts(core::BytesView(packed).first(size)));
  }
}

TEST_CASE("Cache: any bytes unpack to facts or to nothing") {
  core::SeededChance chance(4);
  for (int i = 0; i < 5'000; ++i) {
    core::Bytes bytes(chance.below(200));
    chance.fill(bytes);
    static_cast<void>(disk::unpack_facts(bytes));
  }
  SUCCEED();
}

TEST_CASE("Cache: a member is found by card, the name only with the till's key") {
  CacheRig rig;
  const auto cache = rig.open();
  auto member = rich_member(rig.chance);
  const auto card = core::KeyedHash::mint(rig.chance);
  REQUIRE(cache->apply({member_page(member, card, 20)}));
  auto reader = rig.reader();
  const auto found = reader.card(card);
  REQUIRE((found && *found));
  member.version = 20;
  CHECK((*reader.member((*found)->member))->facts == member);
  auto other =
      disk::CacheReader::open("cache.db", core::SymmetricKey::mint(rig.chance), rig.vfs.name());
  REQUIRE(other);
  CHECK((*other->member(member.id))->facts.form_of_address.empty());
  for (const auto& path : rig.vfs.paths()) {
    CHECK(core::text_of(*rig.vfs.read(path)).find("Noa L.") == std::string_view::npos);
  }
}

TEST_CASE("Cache: a cursor is never kept without its rows, whatever call the power goes at") {
  const auto unsynced =
      GENERATE(FaultVfs::Unsynced::keep, FaultVfs::Unsynced::drop, FaultVfs::Unsynced::mix);
  for (std::uint64_t call = 1; call <= 40; ++call) {
    CacheRig rig;
    auto cache = rig.open();
    const auto member = sample_member(rig.chance);
    const auto card = core::KeyedHash::mint(rig.chance);
    rig.vfs.crash_before_call(call);
    static_cast<void>(cache->apply({member_page(member, card, 20)}));
    rig.vfs.crash();
    cache.reset();
    rig.vfs.restart(unsynced, rig.chance);
    cache = rig.open();
    const bool cursor = !cache->cursors()->empty();
    const bool row = rig.reader().member(member.id)->has_value();
    INFO("call " << call);
    CHECK(cursor == row);
  }
}

TEST_CASE("Cache: rows that a restarted stream does not send again go, joined members stay") {
  CacheRig rig;
  const auto cache = rig.open();
  const auto stays = sample_member(rig.chance);
  const auto goes = sample_member(rig.chance);
  const auto card = core::KeyedHash::mint(rig.chance);
  REQUIRE(cache->apply({member_page(stays, card, 20)}));
  REQUIRE(cache->apply({member_page(goes, core::KeyedHash::mint(rig.chance), 30)}));
  programme::JoinFact join;
  join.scene = sample_scene();
  join.member = sample_member(rig.chance);
  join.phone = core::KeyedHash::mint(rig.chance);
  REQUIRE(cache->add_joined(join));
  Page first = member_page(stays, card, 3);
  first.restart = true;
  REQUIRE(cache->apply({first}));
  CHECK(rig.reader().member(goes.id)->has_value());
  // Seqs of the stream's two lives do not compare: the older row shows nothing that came out since.
  CHECK(rig.reader().member(goes.id)->value().facts.version == 0);
  CHECK(rig.reader().member(stays.id)->value().facts.version == 3);
  Page last;
  last.cursor = {7, 2, 9};
  complete(last, first.rows);
  REQUIRE(cache->apply({last}));
  CHECK_FALSE(rig.reader().member(goes.id)->has_value());
  CHECK(rig.reader().member(stays.id)->has_value());
  CHECK(rig.reader().member(join.member.id)->has_value());
  CHECK(rig.reader().member_by_phone(join.phone)->has_value());
}

TEST_CASE("Cache: a complete page is held against every row kept of its stream") {
  CacheRig rig;
  auto cache = rig.open();
  auto member = rich_member(rig.chance);
  const auto card = core::KeyedHash::mint(rig.chance);
  member.version = 20;
  Page first = member_page(member, card, 20);
  first.rows.push_back({22, club::wire::PhoneRow{core::KeyedHash::mint(rig.chance), member.id}});
  first.cursor.seq = 22;
  complete(first, first.rows);
  CHECK(cache->apply({first})->empty());
  Page again = first;  // as after an answer that was lost
  CHECK(cache->apply({again})->empty());

  cache.reset();
  cache = rig.open();
  Page next;
  member.balance = domain::Points::of(7);
  member.version = 23;
  next.cursor = {7, 1, 23};
  next.rows = {{23, club::wire::MemberRow{member}}};
  auto all = first.rows;
  all.front() = next.rows.front();
  complete(next, all);
  SECTION("the rows of earlier pages and of an earlier start count") {
    CHECK(cache->apply({next})->empty());
    CHECK(cache->cursors()->front().seq == 23);
  }
  SECTION("a wrong count asks for everything again, and keeps what is there") {
    ++next.count;
    CHECK(*cache->apply({next}) == std::vector<club::wire::StreamNumber>{7});
    CHECK(cache->cursors()->front() == club::wire::Cursor{7, 0, 1});
    CHECK(rig.reader().member(member.id)->has_value());
    next.restart = true;
    next.rows = all;
    std::swap(next.rows.front(), next.rows.back());
    std::rotate(next.rows.begin(), next.rows.begin() + 1, next.rows.end());
    --next.count;
    CHECK(cache->apply({next})->empty());
    CHECK(cache->cursors()->front().seq == 23);
  }
  SECTION("so does a row that was lost on the way") {
    next.rows.clear();
    CHECK(cache->apply({next})->size() == 1);
  }
  SECTION("so does a row that changed on this disk") {
    auto tool = core::Database::open("cache.db", {core::OpenMode::read_write_create,
                                                  core::Synchronous::normal, rig.vfs.name(), 2000});
    tool.execute("UPDATE card SET blocked=1");
    Page empty;
    empty.cursor = {7, 2, 22};
    complete(empty, first.rows);
    CHECK(cache->apply({empty})->empty());  // what is kept is a sum: only a change of the row shows
    Page card_again;
    card_again.cursor = {7, 2, 24};
    card_again.rows = {{24, club::wire::CardRow{card, member.id, false}}};
    auto rows = first.rows;
    rows[1] = card_again.rows.front();
    complete(card_again, rows);
    CHECK(cache->apply({card_again})->size() == 1);
  }
}

TEST_CASE("Cache: what is on a card that nobody holds is kept, counted, and goes with its stream") {
  CacheRig rig;
  const auto cache = rig.open();
  const auto account = domain::AccountId::mint(rig.chance);
  const auto page = [&](std::uint64_t seq, std::int64_t value) {
    Page made;
    made.cursor = {7, 1, seq};
    made.rows = {{seq, club::wire::CardValueRow{account, {domain::Money::of(value), {}, {}, 0}}}};
    complete(made, made.rows);
    return made;
  };
  CHECK(cache->apply({page(20, 10'000)})->empty());
  CHECK(cache->apply({page(21, 4'000)})->empty());  // the digest forgets the row before
  auto held = rig.reader().card_value(account);
  REQUIRE(held);
  REQUIRE(*held);
  CHECK((*held)->value == domain::Money::of(4'000));
  CHECK((*held)->version == 21);
  CHECK_FALSE(rig.reader().card_value(domain::AccountId::mint(rig.chance))->has_value());
  Page restart;
  restart.cursor = {7, 2, 30};
  restart.restart = true;
  complete(restart, {});
  CHECK(cache->apply({restart})->empty());
  CHECK_FALSE(rig.reader().card_value(account)->has_value());
}

TEST_CASE("Cache: a file of an older Clubtill is set aside and filled again") {
  TempFolder folder;
  core::SeededChance chance(6);
  const disk::Cache::Options options{folder / "cache.db", "", core::SymmetricKey::mint(chance),
                                     &chance};
  core::Database::open(options.path, {})
      .execute("PRAGMA user_version=1; PRAGMA application_id=1128481091");
  const auto cache = disk::Cache::open(options);
  REQUIRE(cache);
  CHECK_FALSE((*cache)->set_aside_because().empty());
}

TEST_CASE("Cache: a file that cannot be used is set aside with a reason") {
  TempFolder folder;
  core::SeededChance chance(6);
  const disk::Cache::Options options{folder / "cache.db", "", core::SymmetricKey::mint(chance),
                                     &chance};
  SECTION("damaged") { std::ofstream(options.path, std::ios::binary) << std::string(9000, 'x'); }
  SECTION("newer") {
    auto database = core::Database::open(options.path, {});
    database.execute("PRAGMA user_version=50; PRAGMA application_id=1128481091");
  }
  SECTION("foreign") {
    auto database = core::Database::open(options.path, {});
    database.execute("CREATE TABLE theirs(x); PRAGMA application_id=5");
  }
  const auto cache = disk::Cache::open(options);
  REQUIRE(cache);
  CHECK_FALSE((*cache)->set_aside_because().empty());
  CHECK(std::filesystem::exists(options.path + ".unusable-1"));
  CHECK((*cache)->cursors()->empty());
}

TEST_CASE("Cache: who joined here comes back from the journal, without a name") {
  JournalRig rig;
  const auto journal = rig.open();
  programme::JoinFact join;
  join.scene = sample_scene();
  join.member = sample_member(rig.chance);
  join.phone = core::KeyedHash::mint(rig.chance);
  join.terms_version = "1";
  const core::Bytes box = {1, 2, 3};
  join.person = core::blake2b(box);
  REQUIRE(journal->seal({rig.mint(), join, box, {}}));
  const auto key = core::SymmetricKey::mint(rig.chance);
  auto cache = disk::Cache::open({"cache.db", rig.vfs.name(), key, &rig.chance});
  REQUIRE(cache);
  auto reader = rig.reader();
  REQUIRE(disk::restore_joined(reader, **cache));
  auto look = disk::CacheReader::open("cache.db", key, rig.vfs.name());
  REQUIRE(look);
  const auto joined = look->member_by_phone(join.phone);
  REQUIRE((joined && *joined));
  CHECK((*joined)->facts.form_of_address.empty());
}

namespace {

struct ClockAtZero final : core::Clock {
  [[nodiscard]] core::Instant now() const override { return {}; }
  [[nodiscard]] core::Tick tick() const override { return {}; }
  [[nodiscard]] std::chrono::minutes utc_offset(core::Instant) const override { return {}; }
};

Page programme_page(std::string document, std::uint64_t seq) {
  Page page;
  page.cursor = {club::wire::kClubStream, 1, seq};
  page.rows = {{seq, club::wire::ProgrammeRow{std::move(document)}}};
  return page;
}

}  // namespace

TEST_CASE("Cache: a programme is kept with the journal before it can be in force") {
  const auto unsynced =
      GENERATE(FaultVfs::Unsynced::keep, FaultVfs::Unsynced::drop, FaultVfs::Unsynced::mix);
  int in_force_count = 0;
  for (std::uint64_t call = 1; call <= 60; ++call) {
    JournalRig rig;
    auto journal = rig.open();
    const auto key = core::SymmetricKey::mint(rig.chance);
    auto cache = disk::Cache::open({"cache.db", rig.vfs.name(), key, &rig.chance});
    REQUIRE(cache);
    const ClockAtZero clock;
    auto store = disk::TillSyncStore::open(*journal, **cache, clock);
    REQUIRE(store);
    rig.vfs.crash_before_call(call);
    static_cast<void>((*store)->apply({programme_page("first", 1)}));
    rig.vfs.crash();
    store->reset();
    cache->reset();
    journal.reset();
    rig.vfs.restart(unsynced, rig.chance);
    journal = rig.open();
    cache = disk::Cache::open({"cache.db", rig.vfs.name(), key, &rig.chance});
    REQUIRE(cache);
    auto look = disk::CacheReader::open("cache.db", key, rig.vfs.name());
    REQUIRE(look);
    const auto in_force = look->programme();
    const auto kept = rig.reader().programme(core::blake2b(core::bytes_of("first")));
    REQUIRE((in_force && kept));
    INFO("call " << call);
    CHECK((kept->has_value() || !in_force->has_value()));
    in_force_count += in_force->has_value() ? 1 : 0;
  }
  CHECK((in_force_count > 0 || unsynced != FaultVfs::Unsynced::keep));
}

TEST_CASE("Cache: without it the journal still has every version, and a new one takes the last") {
  JournalRig rig;
  const auto journal = rig.open();
  const auto key = core::SymmetricKey::mint(rig.chance);
  auto cache = disk::Cache::open({"cache.db", rig.vfs.name(), key, &rig.chance});
  REQUIRE(cache);
  const auto hash = [](std::string_view text) { return core::blake2b(core::bytes_of(text)); };
  SECTION("pulled one after the other") {
    const ClockAtZero clock;
    auto store = disk::TillSyncStore::open(*journal, **cache, clock);
    REQUIRE(store);
    REQUIRE((*store)->apply({programme_page("first", 1)}));
    REQUIRE((*store)->apply({programme_page("second", 2)}));
    store->reset();
    cache->reset();
    rig.vfs.remove("cache.db");
    CHECK((*rig.reader().programme(hash("first"))).has_value());
    CHECK((*rig.reader().programme(hash("second"))).has_value());
  }
  SECTION("pulled before versions were kept") {
    REQUIRE((*cache)->apply({programme_page("first", 1)}));
    auto look = disk::CacheReader::open("cache.db", key, rig.vfs.name());
    REQUIRE(look);
    CHECK_FALSE((*rig.reader().programme(hash("first"))).has_value());
    REQUIRE(disk::keep_programme_in_force(*look, *journal));
    CHECK((*rig.reader().programme(hash("first"))).has_value());
  }
}

TEST_CASE("Cache: a reading from the start that the power took is begun again") {
  JournalRig rig;
  const auto key = core::SymmetricKey::mint(rig.chance);
  const ClockAtZero clock;
  const auto member = sample_member(rig.chance);
  const auto uid = rig.mint();
  const club::wire::StreamNumber bucket = club::wire::bucket_of(member.account);
  const auto apply = [&](const Page& page) {
    auto journal = rig.open();
    auto cache = disk::Cache::open({"cache.db", rig.vfs.name(), key, &rig.chance});
    REQUIRE(cache);
    auto store = disk::TillSyncStore::open(*journal, **cache, clock);
    REQUIRE(store);
    REQUIRE((*store)->apply({page}));
    if (page.restart) rig.vfs.crash();  // before the cache is synced; the journal is
  };
  REQUIRE(rig.open()->seal({uid, sample_sale(member, {100, 7, 1000}), {}, {}}));
  Page page;
  page.cursor = {bucket, 1, 5};
  page.rows = {{4, club::wire::OutcomeRow{uid, club::wire::OutcomeRow::Result::applied}}};
  apply(page);
  page = {};
  page.cursor = {bucket, 2, 1};
  page.restart = true;
  apply(page);
  rig.vfs.restart(FaultVfs::Unsynced::drop, rig.chance);
  const auto journal = rig.open();
  auto cache = disk::Cache::open({"cache.db", rig.vfs.name(), key, &rig.chance});
  REQUIRE(cache);
  CHECK((*cache)->cursors() == std::vector<club::wire::Cursor>{{bucket, 1, 5}});
  CHECK(*rig.reader().unsettled() == 1);
  auto store = disk::TillSyncStore::open(*journal, **cache, clock);
  REQUIRE(store);
  const auto cursors = (*store)->cursors();
  REQUIRE((cursors && cursors->size() == 1));
  CHECK(cursors->front().epoch == 0);  // which no hub knows: it sends everything
}

TEST_CASE("Cache: lost while the hub came back from an older copy, it hides no own spend") {
  JournalRig rig;
  const auto key = core::SymmetricKey::mint(rig.chance);
  const ClockAtZero clock;
  const auto member = sample_member(rig.chance);
  const auto uid = rig.mint();
  const club::wire::StreamNumber bucket = club::wire::bucket_of(member.account);
  const auto journal = rig.open();
  const auto apply = [&](const Page& page) {
    auto cache = disk::Cache::open({"cache.db", rig.vfs.name(), key, &rig.chance});
    REQUIRE(cache);
    auto store = disk::TillSyncStore::open(*journal, **cache, clock);
    REQUIRE(store);
    REQUIRE((*store)->apply({page}));
  };
  REQUIRE(journal->seal({uid, sample_sale(member, {100, 7, 1000}), {}, {}}));
  Page page;
  page.cursor = {bucket, 1, 5};
  page.rows = {{4, club::wire::OutcomeRow{uid, club::wire::OutcomeRow::Result::applied}}};
  apply(page);
  CHECK(rig.reader().overlay(member.account, 5)->facts == 0);
  rig.vfs.remove("cache.db");
  // The hub has not got the sale any more: its row of seq 6 does not show it.
  page.cursor = {bucket, 2, 6};
  page.rows = {{6, club::wire::MemberRow{member}}};
  apply(page);
  const auto overlay = rig.reader().overlay(member.account, 6);
  CHECK(overlay->facts == 1);
  CHECK(overlay->gained == domain::Points{});  // it may show it, after all
}

TEST_CASE("Keys: a file that others may read is refused") {
  TempFolder folder;
  core::SeededChance chance(8);
  const auto keys = disk::make_till_keys(chance);
  REQUIRE(disk::save_till_keys(folder / "till.key", keys));
  const auto again = disk::load_till_keys(folder / "till.key");
  REQUIRE(again);
  CHECK(again->signing.secret == keys.signing.secret);
  std::filesystem::permissions(folder / "till.key", std::filesystem::perms(0644));
  const auto exposed = disk::load_till_keys(folder / "till.key");
  REQUIRE_FALSE(exposed);
  CHECK(exposed.error().kind == disk::FileError::Kind::exposed);
  CHECK(disk::load_till_keys(folder / "none").error().kind == disk::FileError::Kind::missing);
}

}  // namespace tests
