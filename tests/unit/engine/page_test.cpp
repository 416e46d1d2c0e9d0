#include "tests/unit/engine/engine_rig.hpp"

namespace tests {

namespace {

wire::Row member_row(const domain::MemberFacts& member, std::uint64_t seq) {
  auto facts = member;
  facts.version = seq;
  return {seq, wire::MemberRow{facts}};
}

wire::Page page_of(std::vector<wire::Row> rows, std::uint64_t seq) {
  wire::Page page;
  page.cursor = {7, 9, seq};
  page.complete = true;
  page.count = rows.size();
  for (const auto& row : rows) {
    const auto line = wire::row_line(row);
    page.digest = wire::exclusive_or(page.digest, wire::row_digest(line));
  }
  page.rows = std::move(rows);
  return page;
}

wire::PullAnswer pulled(std::vector<wire::Page> pages) { return {9, false, std::move(pages)}; }

struct PullRig : EngineRig {
  domain::MemberFacts noa = sample_member(disk_rig.chance);
  domain::MemberFacts dan = sample_member(disk_rig.chance);

  [[nodiscard]] bool has(const domain::MemberFacts& member) {
    auto reader = disk::CacheReader::open("cache.db", cache_key, disk_rig.vfs.name());
    return reader && reader->member(member.id)->has_value();
  }
  [[nodiscard]] std::vector<wire::Cursor> asked() const {
    return wire::decode_pull_request(link.requests.back().body)->cursors;
  }
};

}  // namespace

TEST_CASE("Pull: rows and their cursor are kept, and the next call asks behind them", "[engine]") {
  PullRig rig;
  auto session = rig.session(1);
  rig.link.then_answer(pulled({page_of({member_row(rig.noa, 3), member_row(rig.dan, 4)}, 4)}));
  const auto first = session.pull(false);
  REQUIRE(first);
  CHECK(first->rows == 2);
  CHECK(first->unfit == 0);
  CHECK(rig.has(rig.noa));
  rig.link.then_answer(pulled({}));
  REQUIRE(session.pull(false));
  CHECK(rig.asked() == std::vector<wire::Cursor>{{7, 9, 4}});
}

TEST_CASE("Pull: a hub of another life starts from zero, and rows not seen again go", "[engine]") {
  PullRig rig;
  auto session = rig.session(1);
  rig.link.then_answer(pulled({page_of({member_row(rig.noa, 3), member_row(rig.dan, 4)}, 4)}));
  REQUIRE(session.pull(false));
  wire::Page restart = page_of({member_row(rig.noa, 1)}, 2);
  restart.restart = true;
  restart.complete = false;
  restart.cursor.epoch = 12;
  rig.link.then_answer(pulled({restart}));
  REQUIRE(session.pull(false));
  CHECK(rig.has(rig.dan));  // nobody is lost while the rest is on its way
  wire::Page last = page_of({}, 2);
  last.cursor.epoch = 12;
  last.count = 1;
  last.digest = restart.digest;
  rig.link.then_answer(pulled({last}));
  CHECK(session.pull(false)->unfit == 0);
  CHECK(rig.has(rig.noa));
  CHECK_FALSE(rig.has(rig.dan));
}

TEST_CASE("Pull: a page whose count or digest does not fit makes the stream start from zero",
          "[engine]") {
  PullRig rig;
  auto session = rig.session(1);
  const auto full = page_of({member_row(rig.noa, 3), member_row(rig.dan, 4)}, 4);
  rig.link.then_answer(pulled({full}));
  REQUIRE(session.pull(false));
  wire::Page wrong = page_of({member_row(rig.noa, 6)}, 6);  // the hub has two rows, not one
  SECTION("count") { wrong.digest = page_of({member_row(rig.dan, 4), wrong.rows[0]}, 6).digest; }
  SECTION("digest") { wrong.count = 2; }
  rig.link.then_answer(pulled({wrong}));
  CHECK(session.pull(false)->unfit == 1);
  CHECK(rig.has(rig.dan));
  auto again = page_of({member_row(rig.dan, 4), member_row(rig.noa, 6)}, 6);
  again.restart = true;
  rig.link.then_answer(pulled({again}));
  CHECK(session.pull(false)->unfit == 0);
  CHECK(rig.asked() == std::vector<wire::Cursor>{{7, 0, 1}});
  rig.link.then_answer(pulled({}));
  REQUIRE(session.pull(false));
  CHECK(rig.asked() == std::vector<wire::Cursor>{{7, 9, 6}});
}

TEST_CASE("Pull: a hub whose count never fits is asked more and more seldom, and people hear of it",
          "[engine]") {
  PullRig rig;
  auto wrong = page_of({member_row(rig.noa, 3)}, 3);
  wrong.count = 5;
  wrong.restart = true;
  rig.link.then_answer(rig.welcome(1));
  core::Millis longest{0};
  for (int round = 0; round < 12; ++round) {
    rig.link.then_answer(pulled({wrong}));
    longest = std::max(longest, rig.worker.run_once().pause);
  }
  CHECK(longest > core::Millis(1'000));
  CHECK(rig.worker.status().connection == engine::SyncStatus::Connection::online);
  CHECK((rig.worker.status().attention == engine::SyncStatus::Attention::unfit));
  CHECK(rig.has(rig.noa));
}

TEST_CASE("Pull: one stream twice in an answer, or garbage, changes nothing", "[engine]") {
  PullRig rig;
  auto session = rig.session(1);
  const auto page = page_of({member_row(rig.noa, 3)}, 3);
  SECTION("an answer to an earlier pull") {
    auto earlier = pulled({page});
    earlier.random = wire::CallRandom::mint(rig.disk_rig.chance);
    rig.link.then(good(wire::encode(earlier)));
  }
  SECTION("twice") { rig.link.then_answer(pulled({page, page})); }
  SECTION("HTML") { rig.link.then(good(core::copy_of(core::bytes_of("<html></html>")))); }
  SECTION("nothing") { rig.link.then(good({})); }
  const auto answer = session.pull(false);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().fault == engine::SyncError::Fault::garbage);
  CHECK_FALSE(rig.has(rig.noa));
  CHECK(rig.cache->cursors()->empty());
}

}  // namespace tests
