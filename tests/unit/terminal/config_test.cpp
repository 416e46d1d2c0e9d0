#include "pos/terminal/config.hpp"

#include "tests/support/catch.hpp"

using pos::terminal::parse_config;

TEST_CASE("Configuration: every key is taken", "[terminal][config]") {
  const auto config = parse_config(R"(
[hub]
url = "http://127.0.0.1:8080"
[till]
language = "fa"
[devices]
serial = ["/dev/ttyACM0", "/dev/pts/3"]
printer = "/dev/usb/lp0"
slips = "/tmp/slips"
[screen]
width = 1024
fullscreen = true
)",
                                   "config.toml");
  REQUIRE(config.has_value());
  CHECK(config->hub_url == "http://127.0.0.1:8080");
  CHECK(config->language == pos::domain::Language::fa);
  CHECK(config->serial_devices.size() == 2);
  CHECK(config->width_px == 1024);
  CHECK(config->fullscreen);
}

TEST_CASE("Configuration: a mistyped key is named with its line and with what was meant",
          "[terminal][config]") {
  const auto config = parse_config(
      "[devices]\nprinter = \"/dev/usb/lp0\"\nseriel = [\"/dev/ttyACM0\"]\n", "config.toml");
  REQUIRE_FALSE(config.has_value());
  CHECK(config.error().sentence() ==
        "config.toml:3: unknown key in [devices] \"seriel\": did you mean \"serial\"?");
}

TEST_CASE("Configuration: a mistyped table, a wrong type and bad TOML are told",
          "[terminal][config]") {
  CHECK(parse_config("[divices]\n", "c").error().message ==
        "unknown table \"divices\": did you mean \"devices\"?");
  CHECK(parse_config("[screen]\nwidth = \"wide\"\n", "c").error().line == 2);
  CHECK(parse_config("[till]\nlanguage = \"klingon\"\n", "c").error().message ==
        "till.language must be \"en\", \"he\" or \"fa\"");
  CHECK(parse_config("[till\n", "c").error().line == 1);
  CHECK(parse_config("till = 3\n", "c").error().message == "till must be a table: [till]");
}
