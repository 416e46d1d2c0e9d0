#include "pos/terminal/headless_commands.hpp"

#include "tests/support/catch.hpp"

using namespace pos;
using pos::terminal::HeadlessScan;
using pos::terminal::parse_headless;

namespace {

template <class Event>
Event event_of(std::string_view line) {
  const auto command = parse_headless(line);
  REQUIRE(command.has_value());
  return std::get<Event>(std::get<app::Event>(*command));
}

}  // namespace

TEST_CASE("Headless: a line is a scan, a key, a text or a choice", "[terminal]") {
  CHECK(std::get<HeadlessScan>(*parse_headless("scan 2000000000015")).text == "2000000000015");
  CHECK(event_of<app::Pressed>("press pay").action == app::Action::pay);
  CHECK(event_of<app::Pressed>("press attach").action == app::Action::attach_existing);
  const auto written = event_of<app::Edited>("write first-name Anna Maria");
  CHECK(written.field == app::Field::first_name);
  CHECK(written.text == "Anna Maria");
  CHECK(event_of<app::Edited>("write receipt").text.empty());
  CHECK(event_of<app::Edited>("write received 50").field == app::Field::received);
  const auto child = event_of<app::Edited>("write relation 2 older daughter");
  CHECK(child.field == app::Field::relation);
  CHECK(child.item == 1);
  CHECK(child.text == "older daughter");
  CHECK(event_of<app::SignInChosen>("sign-in dana").employee.text() == "dana");
  CHECK(event_of<app::TenderChosen>("tender card").kind == programme::Tender::Kind::card);
  CHECK(event_of<app::PointsChosen>("points 150").points.units() == 150);
  CHECK(event_of<app::ReturnQuantity>("back 2 1").line == 2);
  CHECK(event_of<app::ConsentTicked>("consent marketing").consent == app::Consent::marketing);
  CHECK(event_of<app::QuestionAnswered>("replace").replace);
  const auto answer = event_of<app::BenefitAnswered>("answer gift-150 accepted 0400000000015");
  CHECK(answer.kind == programme::Answer::Kind::accepted);
  CHECK(answer.choice == "0400000000015");
}

TEST_CASE("Headless: a line that is none is named", "[terminal]") {
  const auto line = GENERATE("", "sing", "press", "press everything", "write", "write nothing x",
                             "write liking 4 x", "sign-in ", "tender gold", "points many",
                             "back -1 2", "back 1", "consent all", "answer gift-150 perhaps");
  const auto command = parse_headless(line);
  REQUIRE_FALSE(command.has_value());
  CHECK_FALSE(command.error().empty());
  CHECK_FALSE(parse_headless("scan " + std::string(4'000, '9')).has_value());
}
