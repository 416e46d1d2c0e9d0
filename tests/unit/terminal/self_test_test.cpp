#include "pos/terminal/self_test.hpp"

#include "tests/support/catch.hpp"

using pos::programme::ExampleText;
using pos::terminal::SelfTest;

namespace {

constexpr std::size_t kAll = 10;

std::vector<pos::app::Event> events_of(std::span<const ExampleText> set) {
  SelfTest::Inbox inbox(kAll);
  SelfTest self_test(set, inbox);
  CHECK(self_test.run_once() > pos::core::Micros{0});
  static_cast<void>(self_test.run_once());
  return inbox.drain(kAll);
}

}  // namespace

TEST_CASE("Self-test: the examples of this build pass in silence", "[terminal][certified]") {
  CHECK(events_of(pos::programme::certified_set()).empty());
}

TEST_CASE("Self-test: an example that differs is told once", "[terminal][certified]") {
  const ExampleText good = pos::programme::certified_set().front();
  std::string text(good.text);
  const auto at = text.find("\"payable\": ");
  REQUIRE(at != std::string::npos);
  text[at + 11] = text[at + 11] == '9' ? '8' : '9';
  const ExampleText set[] = {good, {"changed.json", text}};
  const auto events = events_of(set);
  REQUIRE(events.size() == 1);
  CHECK(std::holds_alternative<pos::app::ExamplesDiffer>(events.front()));
}
