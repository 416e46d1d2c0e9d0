#include "drivers/scan/framer.hpp"

#include <rapidcheck.h>

#include "pos/core/utf8.hpp"
#include "tests/support/catch.hpp"

using namespace drivers::scan;
using pos::core::Tick;
using Kind = FrameFault::Kind;

namespace {

constexpr Tick kStart = Tick::from_us(1'000'000);

Tick after_ms(int ms) { return kStart + pos::core::Millis(ms); }

/// What came out, one word for each: the text, or the fault in angle brackets.
std::vector<std::string> words(const std::vector<Framed>& frames) {
  std::vector<std::string> out;
  for (const Framed& framed : frames) {
    const auto* frame = std::get_if<Frame>(&framed);
    out.push_back(frame != nullptr
                      ? frame->text
                      : "<" + std::string(to_text(std::get<FrameFault>(framed).kind)) + ">");
  }
  return out;
}

std::vector<std::string> frames_of(std::string_view profile, std::string_view bytes) {
  Framer framer(*frame_profile(profile));
  std::vector<Framed> out;
  framer.feed(pos::core::bytes_of(bytes), kStart, out);
  framer.poll(after_ms(1000), out);
  return words(out);
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("Framer: every usual end ends a frame, and CR LF is one end", "[drivers][framer]") {
  CHECK(frames_of("generic", "A1\rB2\nC3\r\nD4\tE5\x03") == Words{"A1", "B2", "C3", "D4", "E5"});
  CHECK(frames_of("stx-etx",
                  "\x02"
                  "A\x03\x02"
                  "B\r\n\x03\r\n") == Words{"A", "B"});
}

TEST_CASE("Framer: CR and LF in two reads are one end", "[drivers][framer]") {
  Framer framer(*frame_profile("generic"));
  std::vector<Framed> out;
  framer.feed(pos::core::bytes_of("123\r"), kStart, out);
  framer.feed(pos::core::bytes_of("\n456\r"), after_ms(5), out);
  CHECK(words(out) == Words{"123", "456"});
  CHECK_FALSE(framer.next_deadline());
}

TEST_CASE("Framer: a pause drops the part, or ends a frame without suffix", "[drivers][framer]") {
  CHECK(frames_of("generic", "123") == Words{"<incomplete>"});
  CHECK(frames_of("no-suffix", "123") == Words{"123"});
  Framer framer(*frame_profile("generic"));
  std::vector<Framed> out;
  framer.feed(pos::core::bytes_of("12"), kStart, out);
  framer.feed(pos::core::bytes_of("34"), after_ms(100), out);
  CHECK(framer.next_deadline() > after_ms(200));
  framer.feed(pos::core::bytes_of("56\r"), after_ms(301), out);
  CHECK(words(out) == Words{"<incomplete>", "56"});
}

TEST_CASE("Framer: a start drops what was before it", "[drivers][framer]") {
  CHECK(frames_of("generic",
                  "12\x02"
                  "34\r") == Words{"<incomplete>", "34"});
  CHECK(frames_of("stx-etx",
                  "12\x03\x02"
                  "34\x03") == Words{"<incomplete>", "34"});
}

TEST_CASE("Framer: control bytes are noise, GS RS EOT are data", "[drivers][framer]") {
  CHECK(frames_of("generic", "12\x1b[2J\rok\r") == Words{"<noise>", "ok"});
  CHECK(frames_of("generic", "12\x7f\r") == Words{"<noise>"});
  CHECK(frames_of("generic",
                  "a\x1d"
                  "b\x1e"
                  "c\x04\r") == Words{"a\x1d"
                                      "b\x1e"
                                      "c\x04"});
  CHECK(frames_of("generic", "12\xff\r") == Words{"<noise>"});
  CHECK(frames_of("generic", "שלום\r") == Words{"שלום"});
  CHECK(frames_of("generic",
                  "\x06"
                  "12\r\x15\r") == Words{"12"});
  CHECK(frames_of("generic",
                  "1\x06"
                  "2\r") == Words{"<noise>"});
}

TEST_CASE("Framer: nothing is reported for empty frames and blanks", "[drivers][framer]") {
  CHECK(frames_of("generic", "\r\n\r\n   \r\t").empty());
}

TEST_CASE("Framer: ten kilobytes are one fault, and the next scan is good", "[drivers][framer]") {
  CHECK(frames_of("generic", std::string(10 * 1024, '7') + "\r123\r") ==
        Words{"<too long>", "123"});
  CHECK(frames_of("generic", std::string(4096, '7') + "\r").front().size() == 4096);
  CHECK(frames_of("generic", std::string(4097, '7') + "\r") == Words{"<too long>"});
}

TEST_CASE("Framer: an unplugged device leaves nothing behind", "[drivers][framer]") {
  Framer framer(*frame_profile("generic"));
  std::vector<Framed> out;
  framer.feed(pos::core::bytes_of("123"), kStart, out);
  framer.reset();
  framer.feed(pos::core::bytes_of("456\r"), after_ms(1), out);
  CHECK(words(out) == Words{"456"});
}

TEST_CASE("Framer: any split into reads gives the same frames", "[drivers][framer]") {
  const bool held = rc::check("any split", [] {
    const auto profile = *rc::gen::elementOf(
        std::vector<FrameProfile>(kFrameProfiles.begin(), kFrameProfiles.end()));
    const auto letter = rc::gen::weightedOneOf<char>(
        {{6, rc::gen::inRange('0', ':')},
         {3, rc::gen::element<char>('\r', '\n', '\t', '\x02', '\x03', '\x06', ' ')},
         {1, rc::gen::arbitrary<char>()}});
    const auto bytes = *rc::gen::container<std::string>(letter);
    Framer whole(profile);
    std::vector<Framed> expected;
    whole.feed(pos::core::bytes_of(bytes), kStart, expected);
    Framer split(profile);
    std::vector<Framed> got;
    std::string_view rest = bytes;
    while (!rest.empty()) {
      const auto size = *rc::gen::inRange<std::size_t>(1, rest.size() + 1);
      split.feed(pos::core::bytes_of(rest.substr(0, size)), kStart, got);
      rest.remove_prefix(size);
    }
    RC_ASSERT(got == expected);
    for (const Framed& framed : got) {
      const auto* frame = std::get_if<Frame>(&framed);
      if (frame == nullptr) continue;
      RC_ASSERT(pos::core::is_valid_utf8(frame->text));
      RC_ASSERT(frame->text.size() <= kFrameBytesMax);
      RC_ASSERT(frame->text.find_first_of("\r\n\t") == std::string::npos);
    }
  });
  CHECK(held);
}
