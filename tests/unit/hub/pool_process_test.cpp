#include "tests/unit/hub/real_till.hpp"

namespace {

using namespace tests::hub_process;
using pos::domain::Money;

TEST_CASE("Pool: a till that spent all it may without a network spends again once it was connected",
          "[hub][process][rights]") {
  Shop shop;
  shop.make();
  auto hub = shop.serve();
  RealTill till(shop, "till", code_of(shop.run_for({"till", "add", "--store", "cedar", "--json"})));
  till.sync_until([&] { return till.right().left() == Money::of(60'000); });
  CHECK(hub->stop(SIGTERM) == 0);
  for (std::uint64_t day = 1; day <= 3; ++day) {
    CHECK_FALSE(till.sync());
    CHECK(till.draw_all() == 20);  // 600.00, the bound, and not a coin more
    CHECK(till.right().left().is_zero());
    hub = shop.serve();
    till.connect(shop);
    till.sync_until([&] { return till.right().number == day + 1; });
    CHECK(till.right().left() == Money::of(60'000));
    CHECK(hub->stop(SIGKILL) == 128 + SIGKILL);
  }
  hub = shop.serve();
  till.connect(shop);
  CHECK(till.sync());
  CHECK(shop.run({"audit"}) == 0);
  CHECK(shop.run_for({"status", "--json"}).find("\"worst_loss\":60000") != std::string::npos);

  CHECK(shop.run({"till", "recall", "1"}) == 0);
  CHECK(shop.run({"till", "recall", "9"}) == 10);
  till.sync_until([&] { return till.right().amount.is_zero(); });
  CHECK_FALSE(till.draw(Money::of(1)));
  till.sync_until([&] {
    return shop.run_for({"status", "--json"}).find("\"worst_loss\":0") != std::string::npos;
  });
  CHECK(shop.run_for({"status"}).find("(recalled, handed back)") != std::string::npos);
  CHECK(shop.run({"till", "recall", "1", "--undo"}) == 0);
  till.sync_until([&] { return till.right().left() == Money::of(60'000); });
}

TEST_CASE("Pool: a hub put back from a copy refills nobody before every till has called",
          "[hub][process][rights]") {
  Shop shop;
  shop.make();
  auto hub = shop.serve();
  const auto add = [&] {
    return code_of(shop.run_for({"till", "add", "--store", "cedar", "--json"}));
  };
  RealTill here(shop, "here", add());
  RealTill there(shop, "there", add());
  const auto whole = [](RealTill& till) {
    till.sync_until(
        [&] { return till.right().left() == Money::of(60'000) && till.waiting() == 0; });
  };
  whole(here);
  whole(there);
  CHECK(hub->stop(SIGTERM) == 0);
  const auto file = shop.folder.file("hub.db");
  std::filesystem::copy_file(file, shop.folder.file("copy.db"));
  hub = shop.serve();
  here.connect(shop);
  there.connect(shop);
  REQUIRE(here.draw(Money::of(3'000)));
  here.sync_until([&] { return here.right().number == 2; });
  CHECK(hub->stop(SIGTERM) == 0);

  std::filesystem::copy_file(shop.folder.file("copy.db"), file,
                             std::filesystem::copy_options::overwrite_existing);
  CHECK(shop.run({"restored"}) == 0);
  hub = shop.serve();
  here.connect(shop);
  there.connect(shop);
  REQUIRE(here.draw(Money::of(2'000)));
  here.sync_until([&] { return here.waiting() == 0; });
  CHECK(here.sync());
  const auto awaited = [&](std::string_view tills) {
    return shop.run_for({"status", "--json"}).find("\"awaited\":" + std::string(tills)) !=
           std::string::npos;
  };
  CHECK(awaited("[2]"));
  CHECK(here.right().number == 2);
  CHECK(here.right().left() == Money::of(58'000));
  there.sync_until([&] { return awaited("[]"); });
  here.sync_until([&] { return here.right().number == 3; });
  CHECK(here.right().left() == Money::of(60'000));
  CHECK(shop.run({"audit"}) == 0);
}

}  // namespace
