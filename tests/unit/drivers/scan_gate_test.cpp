#include "drivers/scan/scan_gate.hpp"

#include "tests/support/catch.hpp"

using namespace drivers::scan;
using drivers::port::ScanKind;
using drivers::port::ScanSource;
using pos::core::Millis;
using pos::core::Tick;

namespace {

bool passes(ScanGate& gate, std::string_view text, int ms, ScanKind kind = ScanKind::serial,
            std::uint32_t source = 1) {
  return gate.pass(ScanSource{source}, kind, text, "", Tick::from_us(ms * 1000)).has_value();
}

}  // namespace

TEST_CASE("Gate: an identifier is taken off the start only", "[drivers][gate]") {
  CHECK(split_aim("]E02000000000015").aim == "]E0");
  CHECK(split_aim("]E02000000000015").text == "2000000000015");
  CHECK(split_aim("12]E034").aim.empty());
  CHECK(split_aim("]]E0").aim.empty());
  CHECK(split_aim("]E").text == "]E");
  CHECK(split_aim("]Q1]Q1").text == "]Q1");
}

TEST_CASE("Gate: the same text within half a second is one scan", "[drivers][gate]") {
  ScanGate gate;
  CHECK(passes(gate, "123", 0));
  CHECK_FALSE(passes(gate, "123", 499));
  CHECK(passes(gate, "123", 500));
  CHECK(passes(gate, "124", 501));
  CHECK(passes(gate, "123", 502));
}

TEST_CASE("Gate: two devices are two scans", "[drivers][gate]") {
  ScanGate gate;
  CHECK(passes(gate, "123", 0, ScanKind::serial, 1));
  CHECK(passes(gate, "123", 1, ScanKind::serial, 2));
}

TEST_CASE("Gate: a code held before a camera is one scan however long", "[drivers][gate]") {
  ScanGate gate;
  CHECK(passes(gate, "123", 0, ScanKind::image));
  for (int ms = 100; ms < 5000; ms += 100) CHECK_FALSE(passes(gate, "123", ms, ScanKind::image));
  CHECK(passes(gate, "123", 6400, ScanKind::image));
}

TEST_CASE("Gate: an identifier alone and blanks are no scan", "[drivers][gate]") {
  ScanGate gate;
  CHECK_FALSE(passes(gate, "]E0", 0));
  CHECK_FALSE(passes(gate, "   ", 1));
}

TEST_CASE("Gate: a reader's own identifier leaves the text alone", "[drivers][gate]") {
  ScanGate gate;
  const auto scan = gate.pass(ScanSource{1}, ScanKind::image, "]E0x", "]Q1", Tick::from_us(0));
  REQUIRE(scan);
  CHECK(scan->text == "]E0x");
  CHECK(scan->aim == "]Q1");
}
