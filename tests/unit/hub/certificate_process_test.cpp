#include "tests/unit/hub/real_till.hpp"

namespace {

using namespace tests::hub_process;

/// A till with two sales of one day, which the hub has applied, and what `clubtill certificate`
/// says of that day.
struct DayRig {
  Shop shop;
  std::unique_ptr<Child> hub;
  std::optional<RealTill> till;

  DayRig() {
    shop.make();
    hub = shop.serve();
    till.emplace(shop, "till",
                 code_of(shop.run_for({"till", "add", "--store", "cedar", "--json"})));
    till->sync_until([&] { return till->right().left() == Money::of(60'000); });
    sell();
    sell();
    till->sync_until([&] { return till->right().number == 2 && till->waiting() == 0; });
  }
  void sell() { REQUIRE(till->draw(Money::of(1'000))); }
  /// Its exit code; what it printed is in `text`.
  int certify(const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"certificate", "--state", till->folder(), "--day", "1970-01-01"};
    words.insert(words.end(), more.begin(), more.end());
    const std::string out = shop.folder.file("paper");
    std::ofstream(out).close();
    const int code = Child(words, out, std::string(CLUBTILL_BIN_DIR) + "/clubtill").stop(0);
    text = shop.text("paper");
    return code;
  }
  [[nodiscard]] bool says(std::string_view words) const {
    return text.find(words) != std::string::npos;
  }
  std::string text;
};

TEST_CASE("Certificate: a day that arrived in full says the same on both sides, signed by both",
          "[hub][process][certificate]") {
  DayRig rig;
  CHECK(rig.certify() == 0);
  INFO(rig.text);
  CHECK(rig.says("for 1970-01-01"));
  CHECK(rig.says("Both sides say the same."));
  CHECK(rig.says("No record waits to be sent."));
  CHECK(rig.says("Signed by the hub"));
  CHECK_FALSE(rig.says("differ"));
  CHECK(rig.certify({"--json"}) == 0);
  CHECK(rig.says("\"agrees\":true"));
  CHECK(rig.says("\"hub_signature_is\":\"good\""));
  CHECK(rig.says("\"facts\":2"));
  CHECK(rig.says("\"applied\":2"));
}

TEST_CASE("Certificate: what has not arrived is named", "[hub][process][certificate]") {
  DayRig rig;
  rig.sell();
  CHECK(rig.certify() == 1);
  INFO(rig.text);
  CHECK(rig.says("THE TWO SIDES DIFFER."));
  CHECK(rig.says("Missing at the hub: 6 of life 1 of the journal."));
  CHECK(rig.says("<- differ"));
  CHECK(rig.says("Not sent yet: 1, the oldest sealed on "));
}

TEST_CASE("Certificate: without the hub it says plainly that its half is missing",
          "[hub][process][certificate]") {
  DayRig rig;
  CHECK(rig.hub->stop(SIGTERM) == 0);
  CHECK(rig.certify() == 16);
  INFO(rig.text);
  CHECK(rig.says("THE HUB'S HALF IS MISSING"));
  CHECK(rig.says("Signed by the till"));
  CHECK_FALSE(rig.says("Both sides"));
  CHECK(rig.certify({"--json"}) == 16);
  CHECK(rig.says("\"hub_missing\":"));
}

TEST_CASE("Certificate: it asks the hub where the till's settings say that it is",
          "[hub][process][certificate]") {
  DayRig rig;
  CHECK(rig.hub->stop(SIGTERM) == 0);
  rig.hub = rig.shop.serve();  // on another port than at the pairing
  CHECK(rig.certify() == 16);
  const std::string settings = rig.shop.folder.file("till.toml");
  std::ofstream(settings) << "[hub]\nurl = \"" << rig.shop.url << "\"\n";
  CHECK(rig.certify({"--config", settings}) == 0);
  INFO(rig.text);
  CHECK(rig.says("Both sides say the same."));
  CHECK(rig.certify({"--config", rig.shop.folder.file("nothing.toml")}) == 10);
}

}  // namespace
