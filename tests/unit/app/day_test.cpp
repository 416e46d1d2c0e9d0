#include "pos/app/views/day_view.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/app/test_till.hpp"

using namespace app_test;

namespace {

/// Three sales of one day that the hub has, too.
DayClose a_day(const TestTill& till) {
  DayClose close;
  close.day = core::local_day(till.now);
  close.sealed = 3;
  close.sums = {3, 1, 0, domain::Money::of(12'340), domain::Points::of(93), {}, {}, {}};
  close.signature = std::string(128, 'a');
  close.agrees = true;
  using Signature = DayClose::Hub::Signature;
  close.hub =
      DayClose::Hub{3, 3, 0, 0, close.sums, till.now, Signature::good, std::string(128, 'b')};
  return close;
}

void sign_in(TestTill& till, const char* employee) {
  till.press(Action::sign_out);
  till.send(SignInChosen{*domain::StaffCode::parse(employee)});
}

DayView closed(TestTill& till, const std::optional<DayClose>& close) {
  sign_in(till, "lior");
  till.press(Action::close_day);
  till.send(DayClosed{close});
  return till.sheet<DayView>();
}

const DayRowView& row_of(const DayView& view, const std::string& id) {
  for (const DayRowView& row : view.rows) {
    if (row.id == id) return row;
  }
  FAIL("no row " << id);
  return view.rows.front();
}

bool is_noted(const DayView& view, const std::string& words) {
  for (const std::string& note : view.notes) {
    if (note.find(words) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("Day: a cashier is not offered the close of the day, and cannot open it", "[app][day]") {
  TestTill till;
  CHECK(till.checkout().status.close_day.label.empty());
  till.press(Action::close_day);
  CHECK(till.state.sheet == Sheet::none);
  CHECK(till.message() == Text::day_managers);
  CHECK(till.asked<CloseDay>().empty());
}

TEST_CASE("Day: a manager opens it, and the till adds up today", "[app][day]") {
  TestTill till;
  sign_in(till, "lior");
  CHECK(till.checkout().status.close_day.key == "F10");
  till.press(Action::close_day);
  REQUIRE(till.asked<CloseDay>().size() == 1);
  CHECK(till.asked<CloseDay>().front().day == core::local_day(till.now));
  const DayView waiting = till.sheet<DayView>();
  CHECK_FALSE(waiting.busy.empty());
  CHECK_FALSE(waiting.confirm.enabled);
}

TEST_CASE("Day: both sides stand beside each other, and agree", "[app][day]") {
  TestTill till;
  const DayView view = closed(till, a_day(till));
  CHECK(view.busy.empty());
  CHECK(row_of(view, "day.sales").here == "3");
  CHECK(row_of(view, "day.sales").hub == "3");
  CHECK(row_of(view, "day.taken").here == "123.40");
  CHECK(view.verdict.mood == Mood::good);
  CHECK(is_noted(view, "No record waits"));
  for (const DayRowView& row : view.rows) CHECK_FALSE(row.differs);
}

TEST_CASE("Day: stored value is a row only where there was some", "[app][day]") {
  TestTill till;
  DayClose close = a_day(till);
  CHECK(closed(till, close).rows.size() == 8);
  close.sums.value_earned = domain::Money::of(500);
  CHECK(closed(till, close).rows.size() == 9);
}

TEST_CASE("Day: a figure that differs is marked, and so is the day", "[app][day]") {
  TestTill till;
  DayClose close = a_day(till);
  close.hub->sums.taken = domain::Money::of(12'000);
  close.agrees = false;
  const DayView view = closed(till, close);
  CHECK(row_of(view, "day.taken").differs);
  CHECK_FALSE(row_of(view, "day.sales").differs);
  CHECK(view.verdict.mood == Mood::refused);
}

TEST_CASE("Day: what is still on its way is no difference to worry about", "[app][day]") {
  TestTill till;
  DayClose close = a_day(till);
  close.hub->accepted = close.hub->applied = 2;
  close.agrees = false;
  close.waiting = 1;
  close.oldest_waiting = till.now;
  const DayView view = closed(till, close);
  CHECK(view.verdict.mood == Mood::attention);
  CHECK(is_noted(view, "One record was not sent yet"));
}

TEST_CASE("Day: without headquarters it holds the till's half, and prints it", "[app][day]") {
  TestTill till;
  DayClose close = a_day(till);
  close.hub.reset();
  close.agrees = false;
  const DayView view = closed(till, close);
  CHECK(view.verdict.mood == Mood::attention);
  CHECK(row_of(view, "day.sales").hub.empty());
  CHECK_FALSE(row_of(view, "day.sales").differs);
  till.enter();
  REQUIRE(till.asked<PrintSlip>().size() == 1);
  CHECK(till.asked<PrintSlip>().front().slip.signatures.size() == 1);
}

TEST_CASE("Day: an answer under a foreign key is refused, whatever it says", "[app][day]") {
  TestTill till;
  DayClose close = a_day(till);
  close.hub->signature_is = DayClose::Hub::Signature::bad;
  close.agrees = false;
  CHECK(closed(till, close).verdict.mood == Mood::refused);
}

TEST_CASE("Day: Enter prints a paper of its own with both signatures", "[app][day]") {
  TestTill till;
  DayClose close = a_day(till);
  close.hub->sums.sales = 2;
  close.agrees = false;
  static_cast<void>(closed(till, close));
  till.enter();
  CHECK(till.state.sheet == Sheet::none);
  REQUIRE(till.asked<PrintSlip>().size() == 1);
  const SlipView slip = till.asked<PrintSlip>().front().slip;
  CHECK(slip.kind == SlipKind::day_close);
  REQUIRE(slip.signatures.size() == 2);
  CHECK(slip.signatures[0].value == close.signature);
  CHECK(slip.signatures[1].value == close.hub->signature);
  // One line for each figure, two where the sides differ.
  CHECK(slip.benefits.size() == 9);
  CHECK(slip.employee.value == "Lior");
  CHECK(till.sealed.empty());
}

TEST_CASE("Day: a journal that cannot be read is said, and nothing prints", "[app][day]") {
  TestTill till;
  const DayView view = closed(till, std::nullopt);
  CHECK(view.message.mood == Mood::refused);
  CHECK_FALSE(view.confirm.enabled);
  till.enter();
  CHECK(till.asked<PrintSlip>().empty());
}

TEST_CASE("Day: an answer for a sheet that was left changes nothing", "[app][day]") {
  TestTill till;
  sign_in(till, "lior");
  till.press(Action::close_day);
  till.escape();
  till.send(DayClosed{a_day(till)});
  CHECK(till.state.sheet == Sheet::none);
  CHECK_FALSE(till.state.day.close);
}
