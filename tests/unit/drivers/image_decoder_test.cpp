#include "drivers/camera/image_decoder.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/unit/drivers/code_pictures.hpp"

using namespace drivers::camera;
using namespace drivers_test;

namespace {

std::string first_text(const pos::core::Bytes& bytes) {
  const auto codes = ImageDecoder().decode(bytes);
  if (!codes) return "<" + std::string(to_text(codes.error())) + ">";
  return codes->empty() ? "" : codes->front().text;
}

pos::core::Bytes read_all(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("Picture: a card's bar code is read with its identifier", "[drivers][camera]") {
  const auto codes = ImageDecoder().decode(to_png(draw_code("EAN-13", "2000000000015", 300, 120)));
  REQUIRE(codes);
  REQUIRE(codes->size() == 1);
  CHECK(codes->front().text == "2000000000015");
  CHECK(codes->front().aim == "]E0");
  CHECK(codes->front().format == "EAN-13");
}

TEST_CASE("Picture: the usual kinds of code are read", "[drivers][camera]") {
  const std::string slip = "CT1:00112233445566778899AABBCCDDEEFF";
  CHECK(first_text(to_png(draw_code("QRCode", slip, 200, 200))) == slip);
  CHECK(first_text(to_png(draw_code("QRCode", "כרטיס ۱۲", 200, 200))) == "כרטיס ۱۲");
  CHECK(first_text(to_png(draw_code("Code128", "RIMON10", 300, 100))) == "RIMON10");
  CHECK(first_text(to_png(draw_code("DataMatrix", "2000000000015", 200, 200))) == "2000000000015");
  CHECK(first_text(to_png(draw_code("EAN-8", "96385074", 200, 100))) == "96385074");
}

TEST_CASE("Picture: a turned and noisy photograph is read", "[drivers][camera]") {
  for (const int degrees : {0, 4, 90, 180, 270}) {
    CAPTURE(degrees);
    const auto card = noisy(turned(draw_code("EAN-13", "2000000000015", 380, 160), degrees), 7);
    CHECK(first_text(to_jpeg(card)) == "2000000000015");
  }
  for (const int degrees : {0, 15, 45, 133}) {
    CAPTURE(degrees);
    const auto code = noisy(turned(draw_code("QRCode", "2000000000015", 240, 240), degrees), 3);
    CHECK(first_text(to_jpeg(code)) == "2000000000015");
  }
}

TEST_CASE("Picture: the quick look finds upright codes", "[drivers][camera]") {
  const ImageDecoder decoder;
  const auto card = draw_code("EAN-13", "2000000000015", 300, 120);
  CHECK(decoder.find(card, Effort::fast).size() == 1);
  CHECK(decoder.find(turned(card, 90), Effort::thorough).size() == 1);
}

TEST_CASE("Picture: kinds that are switched off are not read", "[drivers][camera]") {
  CodeFormats only_qr{false, false, false, false, false, true, false};
  const auto codes =
      ImageDecoder(only_qr).decode(to_png(draw_code("EAN-13", "2000000000015", 300, 120)));
  REQUIRE(codes);
  CHECK(codes->empty());
}

TEST_CASE("Picture: saved photographs are read, and nothing is misread", "[drivers][camera]") {
  const std::filesystem::path folder =
      std::filesystem::path(CLUBTILL_SOURCE_DIR) / "tests/data/scans";
  int read = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".png")) continue;
    CAPTURE(name);
    // The name says what is in it; a colon stands as a dash there.
    std::string expected = name.substr(0, name.find('_'));
    std::ranges::replace(expected, '-', ':');
    CHECK(first_text(read_all(entry.path())) == (expected == "none" ? "" : expected));
    ++read;
  }
  CHECK(read == 5);
}

TEST_CASE("Picture: what is no picture says so", "[drivers][camera]") {
  CHECK(first_text({}) == "<empty>");
  CHECK(first_text(pos::core::copy_of(pos::core::bytes_of("GIF89a....."))) ==
        "<no readable PNG or JPEG picture>");
  CHECK(first_text(pos::core::Bytes(kPictureBytesMax + 1)) == "<too large>");
  auto png = to_png(draw_code("QRCode", "x", 100, 100));
  CHECK(first_text({png.begin(), png.begin() + 60}) == "<no readable PNG or JPEG picture>");
  // A header that promises 30,000 x 30,000 pixels.
  for (const std::size_t at : {18U, 22U}) {
    png[at] = 0x75;
    png[at + 1] = 0x30;
  }
  CHECK(first_text(png) == "<too many pixels>");
}

TEST_CASE("Picture: damaged bytes never crash", "[drivers][camera]") {
  const auto png = to_png(draw_code("EAN-13", "2000000000015", 200, 60));
  const auto jpeg = to_jpeg(draw_code("EAN-13", "2000000000015", 200, 60));
  const bool held = rc::check("damaged", [&] {
    auto bytes = *rc::gen::arbitrary<bool>() ? png : jpeg;
    const int wounds = *rc::gen::inRange(1, 12);
    for (int i = 0; i < wounds; ++i) {
      bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<std::uint8_t>();
    }
    bytes.resize(*rc::gen::inRange<std::size_t>(1, bytes.size() + 1));
    (void)ImageDecoder().decode(bytes);
  });
  CHECK(held);
}
