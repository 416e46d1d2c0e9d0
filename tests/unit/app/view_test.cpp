#include <set>

#include "pos/app/views/build_slip.hpp"
#include "pos/domain/format.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/app/test_till.hpp"

using namespace app_test;

TEST_CASE("View: the offline pill says since when and how much waits", "[app][view]") {
  TestTill till;
  CHECK(till.checkout().status.connection.kind == ConnectionView::Kind::connected);
  till.send(ConnectionChanged{false, till.now, 12});
  const auto connection = till.checkout().status.connection;
  CHECK(connection.kind == ConnectionView::Kind::offline);
  CHECK(connection.waiting == "\u206612\u2069 waiting");
  REQUIRE(connection.what_to_do);
  till.press(Action::connection);
  CHECK_FALSE(till.checkout().message.text.empty());
  till.send(TroubleChanged{TroubleChanged::Kind::clock_unsafe});
  CHECK(till.checkout().status.connection.kind == ConnectionView::Kind::trouble);
}

TEST_CASE("View: a till that judges an example differently says so, whatever else is wrong",
          "[app][view]") {
  TestTill till;
  till.send(ExamplesDiffer{});
  till.send(TroubleChanged{TroubleChanged::Kind::queue_old});
  for (const auto& [text, advice] : {std::pair("Benefits need checking", "Selling continues"),
                                     std::pair("יש לבדוק את ההטבות", "ממשיכים למכור"),
                                     std::pair("مزایا باید بررسی شود", "فروش ادامه دارد")}) {
    const auto connection = till.checkout().status.connection;
    CHECK(connection.kind == ConnectionView::Kind::trouble);
    CHECK(connection.text == text);
    REQUIRE(connection.what_to_do);
    till.press(Action::connection);
    CHECK(till.checkout().message.text.starts_with(advice));
    till.press(Action::language);
  }
  // Nothing is refused for it.
  till.scan(kBread);
  CHECK(till.checkout().lines.size() == 1);
  till.send(TroubleChanged{TroubleChanged::Kind::none});
  CHECK(till.checkout().status.connection.text == "Benefits need checking");
}

TEST_CASE("View: a balance older than a quarter of an hour carries its time", "[app][view]") {
  TestTill till;
  till.scan(kNoaCard);
  CHECK(till.checkout().member.head->as_of.empty());
  till.now.at = till.now.at + std::chrono::minutes(16);
  till.send(MinuteChanged{});
  CHECK_FALSE(till.checkout().member.head->as_of.empty());
}

/// Noa has 120 points for later and 80 that end soon; today is 22 November 2026.
void give_noa_lots(TestTill& till) {
  const auto day = [](const char* text) { return *domain::parse_day(text); };
  for (auto& member : till.directory.members) {
    member.point_lots = {{80, {std::nullopt, day("2026-12-12")}},
                         {300, {std::nullopt, day("2027-05-31")}},
                         {120, {day("2026-12-03"), day("2027-11-19")}}};
    member.value = domain::Money::of(2'000);
    member.value_lots = {{500, {std::nullopt, day("2026-11-30")}}};
  }
}

TEST_CASE("View: card and sheet say what becomes available and what expires, in the club's words",
          "[app][view]") {
  TestTill till;
  give_noa_lots(till);
  till.scan(kNoaCard);
  till.scan(kBread, 4);
  const auto plain = [](std::vector<std::string> lines) {
    for (std::string& line : lines) {
      for (const char* isolate : {"\u2066", "\u2067", "\u2068", "\u2069"}) {
        for (auto at = line.find(isolate); at != std::string::npos; at = line.find(isolate)) {
          line.erase(at, 3);
        }
      }
    }
    return lines;
  };
  const auto date = [](const char* text, domain::Language language) {
    return domain::format_date(*domain::parse_day(text), language);
  };
  const std::vector<std::pair<domain::Language, std::vector<std::string>>> expected = {
      {domain::Language::en,
       {"120 points become available on ", "80 points expire on ",
        "5.00 stored value expires on "}},
      {domain::Language::he,
       {"120 נקודות יהיו זמינות ב־", "תוקף 80 נקודות יפוג ב־", "תוקף יתרה צבורה של 5.00 יפוג ב־"}},
      {domain::Language::fa, {"۱۲۰ امتیاز از ", "۸۰ امتیاز در ", "موجودی ۵٫۰۰ در "}}};
  for (const auto& [language, begins] : expected) {
    std::vector<std::string> lines = begins;
    lines[0] += date("2026-12-03", language);
    lines[1] += date("2026-12-12", language);
    lines[2] += date("2026-11-30", language);
    if (language == domain::Language::fa) {
      lines[0] += " قابل استفاده است";
      lines[1] += " منقضی می‌شود";
      lines[2] += " منقضی می‌شود";
    }
    CHECK(plain(till.checkout().member.head->days) == lines);
    till.press(Action::points);
    CHECK(plain(till.sheet<PointsView>().days) == lines);
    till.escape();
    till.press(Action::language);
  }
}

TEST_CASE("View: what has expired is gone from the balance before the hub has said it",
          "[app][view]") {
  TestTill till;
  give_noa_lots(till);
  for (auto& member : till.directory.members) {
    member.point_lots.front().terms.last = domain::parse_day("2026-11-21");
    member.value_lots.front().terms.last = domain::parse_day("2026-11-21");
  }
  till.scan(kNoaCard);
  till.scan(kBread, 4);
  const auto head = *till.checkout().member.head;
  CHECK(head.balance.find("1,160") != std::string::npos);
  CHECK(head.worth.find("15.00") != std::string::npos);
  CHECK(head.days.size() == 1);
}

TEST_CASE("View: the slip says what is left of what expires next", "[app][view]") {
  TestTill till;
  give_noa_lots(till);
  till.scan(kNoaCard);
  till.scan(kBread, 4);
  till.press(Action::points);
  till.press(Action::more);  // 50 of the 80
  till.enter();
  till.sell();
  const SealFact& sealed = till.sealed.back();
  const auto slip = build_slip(sealed.uid, sealed.fact, till.directory, false);
  REQUIRE(slip);
  REQUIRE(slip->points.days.size() == 3);
  CHECK(slip->points.days[1].find("30") != std::string::npos);
}

TEST_CASE("View: the member's panel shows name, chips, digits and no number", "[app][view]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kBread);
  const auto head = *till.checkout().member.head;
  CHECK(head.name == "Noa L.");
  REQUIRE(head.chips.size() == 2);
  CHECK(head.chips[0].text == "Gold");
  CHECK(head.chips[1].text == "VIP");
  CHECK(head.digits == "\u2066···21\u2069");
  CHECK(head.worth == "worth \u2066124.00\u2069");
}

TEST_CASE("View: a discount of one line stands beneath it", "[app][view]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kBread);
  till.scan(kOliveOil);
  const auto view = till.checkout();
  CHECK(view.lines[0].discounts.empty());
  CHECK_FALSE(view.lines[1].discounts.empty());
  CHECK_FALSE(view.member.applied.empty());
  CHECK(view.saved.find("Saved with the club") == 0);
}

TEST_CASE("View: Why names every benefit with a sentence", "[app][view]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kOliveOil);
  till.press(Action::why);
  const auto why = till.sheet<WhyView>();
  std::size_t rows = 0;
  for (const auto& section : why.sections) {
    for (const auto& row : section.rows) {
      ++rows;
      CHECK_FALSE(row.name.empty());
      CHECK_FALSE(row.sentence.empty());
    }
  }
  CHECK(rows >= 8);
}

TEST_CASE("View: widget ids are the same in every language", "[app][view]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kMilk);
  const auto ids = [&] {
    std::vector<std::string> found;
    for (const auto& button : till.checkout().buttons) found.push_back(button.id);
    return found;
  };
  const auto english = ids();
  till.press(Action::language);
  CHECK(ids() == english);
  till.press(Action::language);
  CHECK(ids() == english);
}

TEST_CASE("View: what is nearly reached shows how near", "[app][view]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kMilk);
  till.scan(kOliveOil);
  till.type(std::string("6*") + kBread);
  const auto nearly = till.checkout().member.nearly;
  REQUIRE(nearly.size() == 1);
  CHECK(nearly[0].progress_percent > 60);
  till.press(Action::pay);
  CHECK(till.checkout().member.nearly.empty());
}

TEST_CASE("View: what is refused while a sheet is open is said on that sheet", "[app][view]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kBread, 2);
  till.press(Action::pay);
  till.scan(kPaymentCard);
  CHECK(till.sheet<PayView>().message.mood == Mood::refused);
  till.escape();
  till.press(Action::why);
  CHECK(till.sheet<WhyView>().message.text.empty());
  till.scan("0400000000091");
  CHECK_FALSE(till.sheet<WhyView>().message.text.empty());
}

TEST_CASE("View: a name beside a title keeps its own direction", "[app][view]") {
  const std::string name = "\u2068Noa L.\u2069";
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kOliveOil);
  till.press(Action::why);
  CHECK(till.sheet<WhyView>().subtitle.find(name + " · ") == 0);
  till.escape();
  till.press(Action::points);
  CHECK(till.sheet<PointsView>().member == name);
  till.escape();
  till.press(Action::pay);
  CHECK(till.sheet<PayView>().member == name);
  till.escape();
  const auto uid = till.sell();
  till.press(Action::give_back);
  till.write(Field::receipt, domain::ReceiptCode(uid).text());
  till.enter();
  CHECK(till.sheet<ReturnView>().subtitle.ends_with(" · " + name));
}

TEST_CASE("View: in Persian no dot stands between figures, where it would read as a zero",
          "[app][view]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kOliveOil);
  till.state.language = domain::Language::fa;
  till.press(Action::why);
  const auto why = till.sheet<WhyView>();
  CHECK(why.subtitle.find("·") == std::string::npos);
  CHECK(why.subtitle.find("، ") != std::string::npos);
  for (const auto& section : why.sections) {
    for (const auto& row : section.rows) CHECK(row.sentence.find("·") == std::string::npos);
  }
  till.escape();
  till.press(Action::pay);
  CHECK(till.sheet<PayView>().earns.find("، ") != std::string::npos);
}

TEST_CASE("View: the card says what is missing to the next tier; screen and slip congratulate",
          "[app][view]") {
  TestTill till;
  domain::MemberFacts& george = till.directory.members.back();
  const auto silver = domain::TierCode::parse("silver");
  const auto gold = domain::TierCode::parse("gold");
  george.tier = george.status.given = silver;
  george.visits = 9;
  george.spend_in_period = domain::Money::of(395'400);
  george.status.months = {{domain::month_of(core::local_day(till.now)), george.spend_in_period, 9}};
  george.next_tier = domain::NextTier{*gold, {{domain::TierWay::spend, 4'600}}};
  till.scan(kYossiCard);
  const auto head = [&] { return till.checkout().member.head.value(); };
  CHECK(head().next_tier.find("46.00") != std::string::npos);
  CHECK(head().next_tier.find("Gold") != std::string::npos);
  CHECK_FALSE(head().reaches_tier);
  till.scan(kOliveOil, 2);
  CHECK(head().reaches_tier);
  CHECK(head().next_tier.starts_with("Reaches"));
  till.sell();
  CHECK(till.message() == Text::sale_done);
  CHECK(till.checkout().message.text.find("Congratulations on") != std::string::npos);
  const auto printed = till.asked<PrintSlip>();
  REQUIRE(printed.size() == 1);
  REQUIRE(printed.front().slip.member);
  CHECK(printed.front().slip.member->congratulation.starts_with("Congratulations: "));
  till.press(Action::language);
  CHECK(till.checkout().message.text.find("ברכות") != std::string::npos);
}

TEST_CASE("View: each way to the next tier has its own sentence in each language", "[app][view]") {
  TestTill till;
  domain::MemberFacts& yossi = till.directory.members.back();
  for (int language = 0; language < 3; ++language) {
    std::set<std::string> said;
    for (const auto way : {domain::TierWay::spend, domain::TierWay::visits, domain::TierWay::years,
                           domain::TierWay::referrals, domain::TierWay::one_sale}) {
      yossi.next_tier = domain::NextTier{*domain::TierCode::parse("gold"), {{way, 2}}};
      till.scan(kYossiCard);
      said.insert(till.checkout().member.head.value().next_tier);
      till.press(Action::remove_member);
    }
    CHECK(said.size() == 5);
    CHECK_FALSE(said.contains(""));
    till.press(Action::language);
  }
}

TEST_CASE("View: that a coupon is over is told when it was shown, and not before", "[app][view]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kMilk);
  const auto told = [&] {
    const auto lines = till.checkout().member.not_now;
    return std::any_of(lines.begin(), lines.end(), [](const auto& line) {
      return line.benefit.text() == "coupon-summer";
    });
  };
  CHECK_FALSE(told());
  till.type("SUMMER");
  CHECK(told());
}
