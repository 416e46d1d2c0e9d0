#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace {

using namespace tests::support;
using club::wire::kClubStream;

TEST_CASE("Pull: a new till reads programme, settings, stores and till keys from the start",
          "[hub]") {
  HubClub club;
  HandTill till(club);
  till.pull();
  CHECK(till.rows().contains("settings:"));
  CHECK(till.rows().contains("programme:"));
  CHECK(till.rows().contains("store:main"));
  CHECK(till.rows().contains("till:" + std::to_string(till.paired().till.value)));
  CHECK(till.pull().pages.empty());
}

TEST_CASE("Pull: count and digest of a complete page are those of the reader's rows", "[hub]") {
  HubClub club;
  HandTill till(club);
  for (int i = 0; i < 30; ++i) {
    const auto member = till.join({"+9725000000" + std::to_string(10 + i), "Noa", ""});
    till.sell(member);
    if (i % 10 == 0) {
      (void)till.push();
      club.settle();
      till.pull();
    }
  }
  (void)till.push();
  club.settle();
  std::map<club::wire::StreamNumber, club::wire::Page> complete;
  HandTill fresh(club);
  for (auto& page : fresh.pull().pages) complete[page.cursor.stream] = page;
  std::size_t rows = 0;
  for (const auto& [stream, page] : complete) {
    pos::core::Digest digest;
    std::uint64_t count = 0;
    for (const auto& row : page.rows) {
      digest = club::wire::exclusive_or(digest, club::wire::row_digest(club::wire::row_line(row)));
      ++count;
    }
    CHECK(page.complete);
    CHECK(count == page.count);
    CHECK(digest == page.digest);
    rows += page.rows.size();
  }
  CHECK(rows >= 60);
}

TEST_CASE("Pull: rows come in pages that can be interrupted anywhere", "[hub]") {
  HubClub club;
  std::vector<club::wire::RowBody> articles;
  for (int i = 0; i < 9'000; ++i) {
    pos::domain::Article article;
    article.code = std::to_string(1'000'000 + i);
    article.price = pos::domain::Money::of(i);
    articles.push_back(club::wire::ArticleRow{article});
  }
  CHECK(club.hub->put_club_rows(articles) == std::size_t{9'000});
  CHECK(club.hub->put_club_rows(articles) == std::size_t{0});
  HandTill till(club);
  const auto pages = till.pull().pages;
  CHECK(pages.size() >= 4);
  CHECK(till.rows().size() >= 9'000);
  for (std::size_t i = 0; i + 1 < pages.size(); ++i) CHECK_FALSE(pages[i].complete);
}

TEST_CASE("Pull: a cursor outlives a restart; one of an unknown life starts from zero", "[hub]") {
  HubClub club;
  HandTill till(club);
  till.pull();
  for (int life = 0; life < 2; ++life) {
    club.restart();
    (void)till.hello();
    CHECK(till.pull().pages.empty());
  }
  pos::domain::Article article;
  article.code = "4006381333931";
  REQUIRE(club.hub->put_club_rows({club::wire::ArticleRow{article}}) == std::size_t{1});
  const auto pages = till.pull().pages;
  REQUIRE(pages.size() == 1);
  CHECK_FALSE(pages[0].restart);
  CHECK(pages[0].rows.size() == 1);
  club::wire::PullRequest request;
  request.cursors = {{kClubStream, 12345, 2}, {7, 12345, 9}};
  const auto reply = till.call(club::wire::kPullPath, club::wire::encode(request));
  const auto answer = club::wire::decode_pull_answer(reply.response.body);
  REQUIRE(answer->pages.size() == 2);
  CHECK(answer->pages[0].restart);
  CHECK(answer->pages[0].rows.size() == answer->pages[0].count);
  CHECK(answer->pages[1].restart);
  CHECK(answer->pages[1].cursor.seq == 0);
}

TEST_CASE("Pull: a patient call waits without news and is answered by it", "[hub]") {
  HubClub club;
  HandTill till(club);
  till.pull();
  auto request = till.pull_request();
  request.cursors.clear();
  request.wait = std::chrono::seconds(20);
  for (club::wire::StreamNumber stream = 0; stream < club::wire::kStreamCount; ++stream) {
    const auto seq = club.count("SELECT coalesce((SELECT seq FROM bucket_head WHERE bucket = " +
                                std::to_string(stream) + "), 0)");
    request.cursors.push_back({stream, club.hub->epoch(), static_cast<std::uint64_t>(seq)});
  }
  const auto reply = till.call(club::wire::kPullPath, club::wire::encode(request));
  REQUIRE(reply.waiting);
  CHECK(reply.waiting->deadline == club.clock.tick() + std::chrono::seconds(20));
  CHECK_FALSE(club.hub->resume(*reply.waiting, club.clock.tick()));
  const auto news = club.hub->news();
  HandTill other(club);
  other.join({"+972500000001", "Noa", ""});
  (void)other.push();
  club.settle();
  CHECK(club.hub->news() != news);
  const auto late = club.hub->resume(*reply.waiting, club.clock.tick());
  REQUIRE(late);
  CHECK_FALSE(club::wire::decode_pull_answer(late->body)->pages.empty());
  // Without news the answer comes when time is up, and it is empty.
  club.clock.pass(std::chrono::seconds(20));
  CHECK(club.hub->resume(*reply.waiting, club.clock.tick()));
}

TEST_CASE("Pull: the days of a family that were noted at joining reach the other tills as windows",
          "[hub]") {
  using Kind = pos::domain::EffectiveWindow::Kind;
  HubClub club;
  HandTill first(club);
  HandTill second(club);
  HandTill::Person tamar{"+972500000006", "Tamar", ""};
  tamar.dates = {{Kind::child_birthday, 11, 21, "daughter", "yellow"},
                 {Kind::anniversary, 12, 20, "", ""}};
  const auto joined = first.join(tamar);
  (void)first.push();
  club.settle();
  second.pull();
  const auto day = [](const char* text) { return *pos::domain::parse_day(text); };
  // It is 18 November.
  CHECK(second.member(joined.id)->windows ==
        std::vector<pos::domain::EffectiveWindow>{
            {Kind::child_birthday, day("2026-11-18"), day("2026-11-21"), "daughter", "yellow"},
            {Kind::anniversary, day("2026-12-17"), day("2026-12-23"), "", ""}});
  // A year later the day comes round again, though nobody said anything.
  club.clock.pass(std::chrono::hours(24 * 364));
  (void)club.hub->run_once();
  second.pull();
  REQUIRE_FALSE(second.member(joined.id)->windows.empty());
  CHECK(second.member(joined.id)->windows.front().first == day("2027-11-18"));
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Pull: birthdays reach the tills as windows that start within 35 days", "[hub]") {
  HubClub club;
  club::hub::Hub::ImportedMember noa;
  noa.member.id = pos::domain::MemberId::mint(club.chance);
  noa.member.account = pos::domain::AccountId::mint(club.chance);
  noa.member.form_of_address = "Noa L.";
  noa.member.member_class = *pos::domain::ClassCode::parse("vip");
  noa.person.phone = "+972500000001";
  noa.person.first_name = "Noa";
  noa.person.dates = {{pos::domain::EffectiveWindow::Kind::birthday, 12, 30, "", ""}};
  noa.opening = pos::domain::Points::of(1240);
  CHECK(club.hub->import_members({noa}) == std::size_t{1});
  CHECK(club.hub->import_members({noa}) == std::size_t{0});
  club.settle();
  HandTill till(club);
  till.pull();
  CHECK(till.member(noa.member.id)->windows.empty());  // it is 18 November
  CHECK(till.member(noa.member.id)->balance.units() == 1240);
  club.clock.pass(std::chrono::hours(24 * 5));
  (void)club.hub->run_once();
  till.pull();
  const auto windows = till.member(noa.member.id)->windows;
  REQUIRE(windows.size() == 1);
  CHECK(pos::domain::day_text(windows[0].first) == "2026-12-27");
  CHECK(pos::domain::day_text(windows[0].last) == "2027-01-02");
  CHECK(club.broken_laws().empty());
}

}  // namespace
