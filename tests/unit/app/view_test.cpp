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
