#include "pos/terminal/command_decode.hpp"

#include <sstream>

#include "tests/support/catch.hpp"

using namespace pos::terminal;

namespace {

struct Outcome {
  int code = 0;
  std::string out;
  std::string words;
};

Outcome decode(DecodeOptions options, const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream words;
  const int code = run_decode(options, in, out, words);
  return {code, out.str(), words.str()};
}

Outcome decode(const std::string& kind, const std::string& input) {
  DecodeOptions options;
  options.kind = kind;
  return decode(options, input);
}

std::string line(int number, const std::string& rest) {
  return R"({"file":"-","number_in_file":)" + std::to_string(number) + "," + rest + "}\n";
}

}  // namespace

TEST_CASE("Decode: each frame of a scanner's bytes is one line", "[terminal][decode]") {
  const auto got = decode("scan", "]E02000000000015\r\n7290001234563\r12\x1b\rRIMON10\r");
  CHECK(got.code == 0);
  CHECK(got.out == line(1, R"("result":"card","aim":"]E0","number":"2000000000015")") +
                       line(2, R"("result":"article","code":"7290001234563")") +
                       line(3, R"("result":"unknown","reason":"noise","bytes":3)") +
                       line(4, R"("result":"coupon","code":"RIMON10")"));
}

TEST_CASE("Decode: the profile says where a frame ends", "[terminal][decode]") {
  DecodeOptions options;
  options.kind = "scan";
  options.profile = "stx-etx";
  CHECK(decode(options,
               "\x02"
               "2000000000015\x03")
            .out == line(1, R"("result":"card","number":"2000000000015")"));
  options.profile = "no-suffix";
  CHECK(decode(options, "2000000000015").out ==
        line(1, R"("result":"card","number":"2000000000015")"));
  options.profile = "generic";
  CHECK(decode(options, "2000000000015").out ==
        line(1, R"("result":"unknown","reason":"incomplete","bytes":13)"));
}

TEST_CASE("Decode: no kind ever writes a payment card's digits", "[terminal][decode]") {
  const std::string all =
      "4111111111111111\n%B4111111111111111^LEVI/NOA^3012101?\n"
      "x 4111 1111 1111 1111 y\n;4111111111111111=3012?\n\x1d"
      "214111111111111111\n";
  for (const std::string& kind : decode_kinds()) {
    if (kind == "image") continue;
    CAPTURE(kind);
    const auto got = decode(kind, all);
    CHECK(got.code == 0);
    CHECK(got.out.find("1111") == std::string::npos);
    CHECK(got.words.find("1111") == std::string::npos);
    CHECK(got.out.find("refused") != std::string::npos);
  }
}

TEST_CASE("Decode: a picture of a card takes the way of every scan", "[terminal][decode]") {
  DecodeOptions options;
  options.kind = "image";
  const std::string folder = std::string(CLUBTILL_SOURCE_DIR) + "/tests/data/scans/";
  options.files = {folder + "2000000000015_card-tilted.png", folder + "none_empty-counter.png"};
  const auto got = decode(options);
  CHECK(got.code == 0);
  CHECK(got.out == R"({"file":")" + options.files[0] +
                       R"(","number_in_file":1,"format":"EAN-13","result":"card","aim":"]E0",)" +
                       R"("number":"2000000000015"})" + "\n");
  CHECK(got.words == options.files[1] + ": no code found\n");
}

TEST_CASE("Decode: phones, names, elements, tracks and ids are read by line",
          "[terminal][decode]") {
  CHECK(
      decode("phone", "053-456-7890\n12\n").out ==
      line(1,
           R"("result":"phone","number":"+972534567890","line":"mobile","shown":"•••-•••-••90")") +
          line(2, R"("result":"unknown","reason":"too short")"));
  CHECK(decode("name", "مالكي\r\n").out ==
        line(1, R"("result":"name","stored":"مالکی","search":"مالکی")"));
  CHECK(decode("gs1", "]C18018061414112345678902").out ==
        line(1, R"("result":"gs1","elements":[{"ai":"8018","value":"061414112345678902"}])"));
  CHECK(decode("track", ";2000000000015=1?").out ==
        line(1, R"("result":"card","number":"2000000000015")"));
  CHECK(decode("id", "039337423").out == line(1, R"("result":"id","number":"039337423")"));
  CHECK(decode("card", "2000000000016").out ==
        line(1, R"("result":"unknown","reason":"check digit does not fit")"));
}

TEST_CASE("Decode: wrong usage and unreadable files have their exit codes", "[terminal][decode]") {
  CHECK(decode("qr", "").code == 2);
  CHECK(decode("qr", "").words ==
        "decode: no kind \"qr\"; it is one of scan image code card phone name gs1 track id\n");
  DecodeOptions options;
  options.kind = "scan";
  options.profile = "nonsense";
  CHECK(decode(options).code == 2);
  options.profile = "generic";
  options.files = {"/no/such/file"};
  CHECK(decode(options).code == 1);
  CHECK(decode("image", "no picture").code == 1);
}
