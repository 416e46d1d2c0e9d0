#include "tests/unit/disk/disk_fixture.hpp"

// Law 11 on the till's disk.

namespace tests {

using disk::DiskError;
using disk::JournalFlaw;

TEST_CASE("Journal: a record that is gone from the unaccepted tail stops the start") {
  JournalRig rig;
  auto journal = rig.open();
  REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  rig.vfs.crash();
  journal.reset();
  rig.vfs.restart(FaultVfs::Unsynced::keep, rig.chance);
  {
    auto tool = rig.tool();
    tool.execute("DELETE FROM fact WHERE seq=2");
  }
  const auto again = disk::Journal::open(rig.options());
  REQUIRE_FALSE(again);
  CHECK(again.error().fault == DiskError::Fault::broken_chain);
  CHECK(again.error().detail.find("seq 2") != std::string::npos);
}

TEST_CASE(
    "Journal: behind an altered envelope it goes on in a new incarnation, and names the hole") {
  JournalRig rig;
  auto journal = rig.open();
  const auto member = sample_member(rig.chance);
  std::vector<domain::FactId> uids;
  for (int i = 0; i < 4; ++i) {
    uids.push_back(rig.mint());
    REQUIRE(journal->seal({uids.back(), sample_sale(member, {100, 7, 1000}), {}, {}}));
  }
  REQUIRE(journal->set_accepted(1, 2));
  REQUIRE(journal->settle({{uids[3], 9}}));
  REQUIRE(journal->mark_printed(uids[2]));
  const bool unclean = GENERATE(true, false);
  INFO("after an unclean stop: " << unclean);
  const char* sql =
      GENERATE("UPDATE fact SET size=size+1 WHERE seq=3", "UPDATE fact SET kind='salt' WHERE seq=3",
               "UPDATE fact SET body_hash=zeroblob(32) WHERE seq=3",
               "UPDATE fact SET signature=zeroblob(64) WHERE seq=3",
               "UPDATE fact SET incarnation=9 WHERE seq=3");
  INFO(sql);
  if (unclean) {
    rig.vfs.crash();
    journal.reset();
    rig.vfs.restart(FaultVfs::Unsynced::keep, rig.chance);
  }
  rig.tool().execute(sql);
  if (unclean) {
    journal = rig.open();
  } else {
    REQUIRE(*journal->mend());
  }
  auto reader = rig.reader();
  const auto states = *reader.incarnations();
  REQUIRE(states.size() == 2);
  CHECK(states[0].last_seq == 2);
  CHECK(states[1].last_seq == 3);  // its begin, and what was behind the hole
  const auto check = reader.verify(rig.keys.open);
  REQUIRE(check->flaw.has_value());
  CHECK(check->flaw->seq == 3);
  const auto waiting = *reader.outbox(10, 1'000'000);
  REQUIRE(waiting.size() == 3);
  CHECK(waiting[0].fields.kind.text() == "begin");
  CHECK(waiting[1].fields.uid == uids[2]);
  CHECK(waiting[2].fields.uid == uids[3]);
  CHECK(*reader.unprinted() == std::vector{uids[0], uids[3]});
  // What the lost sale drew stays drawn, its effect is nobody's, the last one's is settled.
  CHECK(reader.overlay(member.account, 9)->facts == 2);
  CHECK_FALSE(*journal->mend());
  REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  CHECK(reader.verify(rig.keys.open)->flaw->seq == 3);
}

TEST_CASE("Journal: a changed chain value is set right, and nothing is lost") {
  JournalRig rig;
  auto journal = rig.open();
  const auto uid = rig.mint();
  REQUIRE(journal->seal({uid, sample_sale(), {}, {}}));
  REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  rig.tool().execute("UPDATE fact SET chain=zeroblob(32) WHERE seq=2");
  REQUIRE(*journal->mend());
  auto reader = rig.reader();
  CHECK(reader.counts()->waiting == 4);
  CHECK(*reader.fact(uid));
  CHECK_FALSE(reader.verify(rig.keys.open)->flaw);
}

TEST_CASE("Journal: under another key nothing is kept apart, and the start says so") {
  JournalRig rig;
  auto journal = rig.open();
  REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  rig.vfs.crash();
  journal.reset();
  rig.vfs.restart(FaultVfs::Unsynced::keep, rig.chance);
  auto options = rig.options();
  options.signing = core::make_signing_pair(rig.chance);
  const auto again = disk::Journal::open(options);
  REQUIRE_FALSE(again);
  CHECK(again.error().fault == DiskError::Fault::broken_chain);
  CHECK(rig.reader().counts()->altered == 0);
  CHECK(rig.reader().counts()->facts == 2);
}

TEST_CASE("Journal: what another key signed is not signed anew") {
  JournalRig rig;
  auto journal = rig.open();
  REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
  auto forged = **rig.reader().last_fact();
  forged.body.back() = ' ';
  forged.fields.body_hash = core::blake2b(forged.body);
  const auto first = *rig.reader().chain_at(1, 1);
  forged.chain = core::chain_value(*first, forged.fields);
  const auto signature = core::sign_chain(core::make_signing_pair(rig.chance).secret, forged.chain);
  rig.tool()
      .prepare("UPDATE fact SET body=?, body_hash=?, chain=?, signature=? WHERE seq=2")
      .bind_all(core::BytesView(forged.body), forged.fields.body_hash.bytes(), forged.chain.bytes(),
                signature.bytes())
      .run();
  REQUIRE(*journal->mend());
  CHECK(rig.reader().counts()->facts == 2);  // two begins
}

TEST_CASE("Journal: a hole opens twice at one place, and what was drawn there stays drawn") {
  JournalRig rig;
  auto journal = rig.open();
  for (int round = 0; round < 2; ++round) {
    REQUIRE(journal->seal({rig.mint(), sample_sale(), {}, {}}));
    rig.tool().execute("UPDATE fact SET signature=zeroblob(64) WHERE position=2");
    REQUIRE(*journal->mend());
  }
  CHECK(rig.reader().counts()->altered == 2);
  CHECK(rig.reader().counts()->facts == 3);  // two begins and the second sale
}

}  // namespace tests
