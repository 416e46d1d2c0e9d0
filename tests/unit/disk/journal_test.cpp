#include "tests/unit/disk/disk_fixture.hpp"

namespace tests {

using disk::DiskError;
using disk::JournalFlaw;

TEST_CASE("Journal: a new one begins with a begin fact and verifies") {
  JournalRig rig;
  const auto journal = rig.open();
  auto reader = rig.reader();
  const auto last = reader.last_fact();
  REQUIRE((last && *last));
  CHECK((*last)->fields.kind.text() == "begin");
  CHECK((*last)->fields.seq == 1);
  CHECK_FALSE(reader.verify(rig.keys.open)->flaw);
}

TEST_CASE("Journal: sealing the same uid again gives the same record and adds nothing") {
  JournalRig rig;
  const auto journal = rig.open();
  const auto uid = rig.mint();
  const auto first = journal->seal({uid, sample_sale(), {}, {}});
  const auto again = journal->seal({uid, sample_sale({}, {0, 9, 0}), {}, {}});
  REQUIRE((first && again));
  CHECK(first->chain == again->chain);
  CHECK(rig.reader().counts()->facts == 2);
}

TEST_CASE("Journal: the basket changes in the transaction of the sale") {
  JournalRig rig;
  auto journal = rig.open();
  REQUIRE(journal->change_state({{disk::kBasketKey, core::Bytes{1, 2, 3}}}));
  const auto uid = rig.mint();
  SECTION("committed: the sale is there and the basket is gone") {
    REQUIRE(journal->seal({uid, sample_sale(), {}, {{disk::kBasketKey, std::nullopt}}}));
    CHECK(rig.reader().fact(uid)->has_value());
    CHECK_FALSE(rig.reader().state(disk::kBasketKey)->has_value());
  }
  SECTION("cut off: the sale is not there and the basket is") {
    rig.vfs.crash_before_call(1);
    CHECK_FALSE(journal->seal({uid, sample_sale(), {}, {{disk::kBasketKey, std::nullopt}}}));
    journal.reset();
    rig.vfs.restart(FaultVfs::Unsynced::drop, rig.chance);
    journal = rig.open();
    CHECK_FALSE(rig.reader().fact(uid)->has_value());
    CHECK(rig.reader().state(disk::kBasketKey)->has_value());
  }
}

TEST_CASE("Journal: power loss at every call of a sale leaves it whole or not at all") {
  for (const auto unsynced :
       {FaultVfs::Unsynced::keep, FaultVfs::Unsynced::drop, FaultVfs::Unsynced::mix}) {
    for (std::uint64_t call = 1; call <= 12; ++call) {
      JournalRig rig;
      auto journal = rig.open();
      const auto before = rig.mint();
      REQUIRE(journal->seal({before, sample_sale(), {}, {}}));
      const auto uid = rig.mint();
      rig.vfs.crash_before_call(call);
      const bool returned = journal->seal({uid, sample_sale(), {}, {}}).has_value();
      rig.vfs.crash();
      journal.reset();
      rig.vfs.restart(unsynced, rig.chance);
      journal = rig.open();
      auto reader = rig.reader();
      INFO("call " << call);
      CHECK(reader.fact(before)->has_value());
      const auto found = reader.fact(uid);
      REQUIRE(found);
      if (returned) CHECK(found->has_value());
      if (*found) CHECK((*found)->body.size() == (*found)->fields.size);
      CHECK_FALSE(reader.verify(rig.keys.open)->flaw);
    }
  }
}

TEST_CASE("Journal: after a failed fsync the answer is what the file truly holds") {
  JournalRig rig;
  const auto journal = rig.open();
  const auto uid = rig.mint();
  rig.vfs.fail_syncs(1);
  const auto sealed = journal->seal({uid, sample_sale(), {}, {}});
  auto reader = rig.reader();
  CHECK(sealed.has_value() == reader.fact(uid)->has_value());
  CHECK(reader.counts()->facts == (sealed ? 2U : 1U));
  CHECK_FALSE(reader.verify(rig.keys.open)->flaw);
  REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
}

TEST_CASE("Journal: a full disk takes the ballast and the sale goes on") {
  struct Room final : disk::Ballast {
    explicit Room(FaultVfs& vfs) : vfs_(vfs) {}
    bool release() override {
      vfs_.set_full(false);
      return ++given_ == 1;
    }
    FaultVfs& vfs_;
    int given_ = 0;
  };
  JournalRig rig;
  Room room(rig.vfs);
  auto options = rig.options();
  options.ballast = &room;
  auto opened = disk::Journal::open(options);
  REQUIRE(opened);
  rig.vfs.set_full(true);
  CHECK((*opened)->seal({rig.mint(), sample_sale(), {}, {}}));
  CHECK(room.given_ == 1);
  CHECK((*opened)->on_ballast());
}

TEST_CASE("Journal: a full disk without ballast refuses the sale and keeps the rest") {
  JournalRig rig;
  const auto journal = rig.open();
  rig.vfs.set_full(true);
  const auto sealed = journal->seal({rig.mint(), sample_sale(), {}, {}});
  REQUIRE_FALSE(sealed);
  CHECK(sealed.error().fault == DiskError::Fault::full);
  rig.vfs.set_full(false);
  CHECK(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  CHECK_FALSE(rig.reader().verify(rig.keys.open)->flaw);
}

namespace {

/// Alters the journal with a tool of another's and gives what verify() then names.
std::optional<JournalFlaw> flaw_after(const char* sql) {
  JournalRig rig;
  {
    const auto journal = rig.open();
    auto member = sample_member(rig.chance);
    for (int i = 0; i < 4; ++i) {
      REQUIRE(journal->seal({rig.mint(), sample_sale(member, {0, 10, 0}), {}, {}}));
    }
  }
  {
    auto tool = rig.tool();
    tool.execute(sql);
  }
  return rig.reader().verify(rig.keys.open)->flaw;
}

}  // namespace

TEST_CASE("Journal: the first altered record is named") {
  using Kind = JournalFlaw::Kind;
  struct Case {
    const char* sql;
    Kind kind;
    std::uint64_t seq;
  };
  const Case cases[] = {
      {"UPDATE fact SET body=CAST(replace(CAST(body AS TEXT), '10000', '90000') AS BLOB) "
       "WHERE seq=3 OR seq=4",
       Kind::altered_body, 3},
      {"DELETE FROM fact WHERE seq=2", Kind::missing_seq, 2},
      {"UPDATE fact SET kind='return' WHERE seq=3", Kind::altered_envelope, 3},
      {"UPDATE fact SET uid=zeroblob(16) WHERE seq=4", Kind::altered_envelope, 4},
      {"UPDATE fact SET signature=zeroblob(64) WHERE seq=5", Kind::bad_signature, 5},
      {"UPDATE effect SET gained=99 WHERE position=3", Kind::altered_index, 3},
      {"INSERT INTO effect VALUES(zeroblob(16), 99, 0, 0, 5, NULL)", Kind::altered_index, 5},
      {"UPDATE incarnation SET accepted=9", Kind::missing_seq, 6},
  };
  for (const Case& one : cases) {
    INFO(one.sql);
    const auto flaw = flaw_after(one.sql);
    REQUIRE(flaw.has_value());
    CHECK(to_text(flaw->kind) == to_text(one.kind));
    CHECK(flaw->seq == one.seq);
  }
}

TEST_CASE("Journal: a body rewritten with its hash and chain still lacks the key's signature") {
  JournalRig rig;
  {
    const auto journal = rig.open();
    REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  }
  auto fact = **rig.reader().last_fact();
  fact.body.back() = ' ';
  fact.fields.body_hash = core::blake2b(fact.body);
  const auto first = **rig.reader().fact((*rig.reader().newest(2))[1].fields.uid);
  fact.chain = core::chain_value(first.chain, fact.fields);
  auto tool = rig.tool();
  tool.prepare("UPDATE fact SET body=?, body_hash=?, chain=? WHERE seq=2")
      .bind_all(core::BytesView(fact.body), fact.fields.body_hash.bytes(), fact.chain.bytes())
      .run();
  const auto check = rig.reader().verify(rig.keys.open);
  REQUIRE((check && check->flaw));
  CHECK(check->flaw->kind == JournalFlaw::Kind::bad_signature);
}

TEST_CASE("Journal: one record that rotted does not keep the shop shut after a power cut") {
  JournalRig rig;
  auto journal = rig.open();
  const auto member = sample_member(rig.chance);
  const auto rotten = rig.mint();
  REQUIRE(journal->seal({rotten, sample_sale(member, {100, 7, 1000}), {}, {}}));
  REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  rig.vfs.crash();
  journal.reset();
  rig.vfs.restart(FaultVfs::Unsynced::keep, rig.chance);
  {
    auto tool = rig.tool();
    tool.execute(
        "UPDATE fact SET body=CAST(replace(CAST(body AS TEXT), '{', '[') AS BLOB) WHERE seq=2");
  }
  journal = rig.open();
  auto reader = rig.reader();
  CHECK(reader.verify(rig.keys.open)->flaw->kind == JournalFlaw::Kind::altered_body);
  REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  CHECK(reader.counts()->facts == 4);

  SECTION("parked by the hub, it changes no balance, not even when the stream comes again") {
    REQUIRE(journal->settle({{rotten, 0}}));
    REQUIRE(journal->forget_settlements(domain::bucket_of(member.account), 0, 1));
    CHECK(reader.unsettled() == std::uint64_t{0});
    CHECK(reader.overlay(member.account, 0)->spent.is_zero());
  }
  SECTION("arrived whole before it rotted, its outcome settles it") {
    REQUIRE(journal->settle({{rotten, 51}}));
    CHECK(reader.overlay(member.account, 50)->spent == domain::Points::of(100));
    CHECK(reader.overlay(member.account, 51)->spent.is_zero());
  }
}

TEST_CASE("Journal: files that are not ours are refused and left as they are") {
  JournalRig rig;
  SECTION("newer schema") {
    { const auto journal = rig.open(); }
    {
      auto tool = rig.tool();
      tool.execute("PRAGMA user_version=99");
    }
    const auto opened = disk::Journal::open(rig.options());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().fault == DiskError::Fault::newer_schema);
  }
  SECTION("another program's database") {
    {
      auto tool = rig.tool();
      tool.execute("PRAGMA application_id=77; CREATE TABLE theirs(x)");
    }
    const auto opened = disk::Journal::open(rig.options());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().fault == DiskError::Fault::foreign);
  }
  SECTION("no database at all") {
    rig.vfs.write("journal.db", core::Bytes(5000, 'x'));
    const auto opened = disk::Journal::open(rig.options());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().fault == DiskError::Fault::foreign);
  }
  SECTION("the journal of another till") {
    { const auto journal = rig.open(); }
    auto options = rig.options();
    options.till = {4};
    const auto opened = disk::Journal::open(options);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().fault == DiskError::Fault::misuse);
  }
}

TEST_CASE("Journal: an effect lies over the balance until a row shows its outcome") {
  JournalRig rig;
  const auto journal = rig.open();
  const auto member = sample_member(rig.chance);
  const auto uid = rig.mint();
  REQUIRE(journal->seal({uid, sample_sale(member, {100, 7, 1000}), {}, {}}));
  auto reader = rig.reader();
  CHECK(reader.overlay(member.account, 50)->spent == domain::Points::of(100));
  REQUIRE(journal->settle({{uid, 51}}));
  CHECK(reader.overlay(member.account, 50)->gained == domain::Points::of(7));
  CHECK(reader.overlay(member.account, 51)->gained == domain::Points{});
}

TEST_CASE("Journal: once a stream is read from zero its effects only take until a row shows them") {
  JournalRig rig;
  const auto journal = rig.open();
  const auto member = sample_member(rig.chance);
  const auto uid = rig.mint();
  REQUIRE(journal->seal({uid, sample_sale(member, {100, 7, 1000}), {}, {}}));
  const std::uint8_t bucket = core::blake2b(member.account.bytes()).bytes()[0];
  auto reader = rig.reader();
  REQUIRE(journal->forget_settlements(bucket, 0, 1));  // not settled yet: no row can show it
  CHECK(reader.overlay(member.account, 51)->gained == domain::Points::of(7));
  REQUIRE(journal->settle({{uid, 51}}));
  REQUIRE(journal->forget_settlements(bucket, 0, 1));
  CHECK(reader.overlay(member.account, 51)->spent == domain::Points::of(100));
  CHECK(reader.overlay(member.account, 51)->gained == domain::Points{});
  const auto unshown = reader.unshown(member.account, 51);
  REQUIRE((unshown && unshown->size() == 1));
  CHECK(std::get<programme::SaleFact>(unshown->front().fact).result.earned == domain::Points{});
  CHECK(*reader.unsettled() == 1);
  CHECK(reader.outcomes()->at(bucket).again_in == 1);
  REQUIRE(journal->settle({{uid, 30}}));
  CHECK_FALSE(reader.outcomes()->at(bucket).again_in);
  CHECK(*reader.unsettled() == 0);
  CHECK(reader.overlay(member.account, 29)->spent == domain::Points::of(100));
  CHECK(reader.overlay(member.account, 29)->gained == domain::Points{});
  CHECK(reader.overlay(member.account, 30)->spent == domain::Points{});
}

TEST_CASE("Journal: a sale without points lies over its member too, until a row shows it") {
  JournalRig rig;
  const auto journal = rig.open();
  const auto member = sample_member(rig.chance);
  const auto uid = rig.mint();
  auto sale = sample_sale(member);
  programme::BenefitOutcome once;
  once.benefit = *domain::BenefitId::parse("once");
  once.counted = true;
  sale.result.outcomes.push_back(once);
  REQUIRE(journal->seal({uid, sale, {}, {}}));
  auto reader = rig.reader();
  const auto unshown = reader.unshown(member.account, 50);
  REQUIRE(unshown);
  REQUIRE(unshown->size() == 1);
  CHECK(std::get<programme::SaleFact>(unshown->front().fact).result.outcomes ==
        sale.result.outcomes);
  REQUIRE(journal->settle({{uid, 51}}));
  CHECK(reader.unshown(member.account, 50)->size() == 1);
  CHECK(reader.unshown(member.account, 51)->empty());
}

TEST_CASE("Journal: the outbox ends where the hub has accepted, also after a rewind") {
  JournalRig rig;
  const auto journal = rig.open();
  for (int i = 0; i < 5; ++i) REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  auto reader = rig.reader();
  CHECK(reader.outbox(3, 1 << 20)->size() == 3);
  CHECK(reader.outbox(100, 1)->size() == 1);
  REQUIRE(journal->set_accepted(1, 6));
  CHECK(reader.outbox(100, 1 << 20)->empty());
  REQUIRE(journal->set_accepted(1, 2));
  CHECK(reader.outbox(100, 1 << 20)->front().fields.seq == 3);
  CHECK_FALSE(journal->set_accepted(1, 7));
}

TEST_CASE("Journal: after a fork the old life is sent before the new one") {
  JournalRig rig;
  const auto journal = rig.open();
  REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  REQUIRE(journal->begin_incarnation(2));
  REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  auto reader = rig.reader();
  CHECK(reader.outbox(100, 1 << 20)->size() == 2);
  REQUIRE(journal->set_accepted(1, 2));
  const auto rest = reader.outbox(100, 1 << 20);
  REQUIRE((rest && rest->size() == 2));
  CHECK(rest->front().fields.incarnation == 2);
  CHECK(rest->front().fields.seq == 1);
  CHECK_FALSE(reader.verify(rig.keys.open)->flaw);
  CHECK_FALSE(journal->begin_incarnation(2));
}

TEST_CASE("Journal: when a hub lost what it had, the newest fact of each older life goes again") {
  JournalRig rig;
  const auto journal = rig.open();
  REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  REQUIRE(journal->set_accepted(1, 2));
  REQUIRE(journal->begin_incarnation(2));
  REQUIRE(journal->set_accepted(2, 1));
  auto reader = rig.reader();
  CHECK(reader.outbox(100, 1 << 20)->empty());
  REQUIRE(journal->set_accepted(2, 0));
  const auto first = reader.outbox(100, 1 << 20);
  REQUIRE((first && first->size() == 1));
  CHECK(first->front().fields.incarnation == 1);
  CHECK(first->front().fields.seq == 2);
  REQUIRE(journal->set_accepted(1, 2));
  // Another copy's mark, above all that was accepted of ours: it says nothing of the older life.
  REQUIRE(journal->doubt_accepted(2, 1));
  const auto second = reader.outbox(100, 1 << 20);
  REQUIRE((second && second->size() == 1));
  CHECK(second->front().fields.incarnation == 1);
  REQUIRE(journal->set_accepted(1, 2));
  const auto third = reader.outbox(100, 1 << 20);
  REQUIRE((third && third->size() == 1));
  CHECK(third->front().fields.incarnation == 2);
}

TEST_CASE("Journal: names never reach the file") {
  JournalRig rig;
  const auto journal = rig.open();
  auto member = sample_member(rig.chance);
  member.form_of_address = "Zebulonia";
  REQUIRE(journal->seal({rig.mint(), sample_sale(member), {}, {}}));
  for (const auto& path : rig.vfs.paths()) {
    const auto bytes = *rig.vfs.read(path);
    CHECK(core::text_of(bytes).find("Zebulonia") == std::string_view::npos);
  }
}

TEST_CASE("Journal: every version of the programme stays, once, and only as it came") {
  JournalRig rig;
  auto journal = rig.open();
  const auto kept = [&](std::string_view document) {
    const auto found = rig.reader().programme(core::blake2b(core::bytes_of(document)));
    if (!found) FAIL(found.error().detail);
    return *found ? std::string(core::text_of(**found)) : std::string("none");
  };
  CHECK(kept("first") == "none");
  for (const char* document : {"first", "second", "first"}) {
    REQUIRE(journal->keep_programme(document));
  }
  journal.reset();
  journal = rig.open();
  CHECK(kept("first") == "first");
  CHECK(kept("second") == "second");
  rig.tool().execute("UPDATE programme SET document=x'00' WHERE document=CAST('first' AS BLOB)");
  CHECK(kept("first") == "none");
}

TEST_CASE("Journal: a slip is due until it is marked as printed") {
  JournalRig rig;
  const auto journal = rig.open();
  const auto uid = rig.mint();
  REQUIRE(journal->seal({uid, sample_sale(), {}, {}}));
  CHECK(rig.reader().unprinted()->size() == 1);
  REQUIRE(journal->mark_printed(uid));
  CHECK(rig.reader().unprinted()->empty());
}

}  // namespace tests
