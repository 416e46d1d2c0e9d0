#include "pos/app/basket_bytes.hpp"
#include "pos/domain/format.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/app/test_till.hpp"

using namespace app_test;

TEST_CASE("Restart: the open basket is back, with its member and choices", "[app][restart]") {
  TestTill till;
  for (auto& member : till.directory.members) member.value = domain::Money::of(1'285);
  till.scan(kNoaCard);
  till.scan(kBread, 4);
  till.type("RIMON10");
  till.press(Action::points);
  till.press(Action::more);
  till.press(Action::use_value);
  till.enter();
  REQUIRE(till.state.basket.use_value);
  const Basket before = till.state.basket;
  const std::int64_t payable = till.payable();
  till.restart();
  CHECK(till.state.basket == before);
  CHECK(till.payable() == payable);
}

TEST_CASE("Restart: a sealed sale does not come back as an open basket", "[app][restart]") {
  TestTill till;
  till.scan(kMilk);
  till.press(Action::pay);
  till.enter();
  // Killed right after the commit: the journal has the fact and what its transaction said.
  till.directory.remember(till.sealed.back().uid, till.sealed.back().fact);
  till.kept = *till.sealed.back().basket;
  till.restart({{till.sealed.back().uid, till.sealed.back().fact}});
  CHECK(till.state.basket.empty());
  const auto prints = till.asked<PrintSlip>();
  REQUIRE(prints.size() == 1);
  CHECK_FALSE(prints[0].slip.copy_mark.empty());
}

TEST_CASE("Restart: copies come one by one, and no customer waits behind them", "[app][restart]") {
  TestTill till;
  std::vector<Restored::Unprinted> unprinted;
  for (int i = 0; i < 3; ++i) {
    till.scan(kMilk);
    till.sell();
    till.directory.remember(till.sealed.back().uid, till.sealed.back().fact);
    unprinted.push_back({till.sealed.back().uid, till.sealed.back().fact});
  }
  till.restart(unprinted);
  REQUIRE(till.asked<PrintSlip>().size() == 1);
  CHECK(till.asked<PrintSlip>()[0].uid == unprinted[0].uid);
  till.scan(kMilk);
  const auto uid = till.sell();
  REQUIRE(till.asked<PrintSlip>().size() == 1);
  CHECK(till.asked<PrintSlip>()[0].uid == uid);
  till.send(Printed{unprinted[0].uid});
  CHECK(till.asked<PrintSlip>().empty());  // the customer's is in the printer
  till.send(Printed{uid});
  REQUIRE(till.asked<PrintSlip>().size() == 1);
  CHECK(till.asked<PrintSlip>()[0].uid == unprinted[1].uid);
  till.send(Printed{unprinted[1].uid});
  till.send(Printed{unprinted[2].uid});
  CHECK(till.asked<PrintSlip>().empty());
  CHECK(till.state.owed_slips.empty());
}

TEST_CASE("Restart: a slip that the printer refused needs none: it comes as a copy behind the next",
          "[app][restart]") {
  TestTill till;
  till.scan(kMilk);
  const auto refused = till.sell();
  till.send(PrintFailed{refused});
  CHECK(till.asked<PrintSlip>().empty());  // not again at once: the paper is out
  till.scan(kMilk);
  const auto next = till.sell();
  till.send(Printed{next});
  const auto prints = till.asked<PrintSlip>();
  REQUIRE(prints.size() == 1);
  CHECK(prints[0].uid == refused);
  CHECK_FALSE(prints[0].slip.copy_mark.empty());
}

TEST_CASE("Restart: an unknown card keeps earning, and no number of it is on the disk",
          "[app][restart]") {
  TestTill till;
  till.scan(kNobodysCard);
  till.scan(kMilk);
  const std::string bytes(core::text_of(till.kept));
  CHECK(bytes.find(kNobodysCard) == std::string::npos);
  till.restart();
  CHECK(till.state.basket.attached->unknown_card);
}

TEST_CASE("Restart: no name or phone of a member is in the kept basket", "[app][restart]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kMilk);
  const std::string bytes(core::text_of(till.kept));
  CHECK(bytes.find("Noa") == std::string::npos);
}

TEST_CASE("Restart: damaged bytes give an empty basket and a working till", "[app][restart]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kMilk);
  const core::Bytes good = till.kept;
  for (std::size_t at = 0; at < good.size(); at += 7) {
    till.kept = good;
    till.kept[at] ^= 0x21;
    till.restart();
    till.scan(kBread);
    CHECK_FALSE(till.state.basket.lines.empty());
  }
  till.kept = core::Bytes(good.begin(), good.begin() + 20);
  till.restart();
  CHECK(till.state.basket.empty());
}

TEST_CASE("Restart: an empty basket is kept as nothing", "[app][restart]") {
  TestTill till;
  till.scan(kMilk);
  till.send(LineQuantity{0, 0});
  CHECK(till.kept.empty());
}

TEST_CASE("Restart: a second print says the same as the first", "[app][restart]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kOliveOil);
  till.sell();
  auto first = till.asked<PrintSlip>().front().slip;
  till.restart({{till.sealed.back().uid, till.sealed.back().fact}});
  auto second = till.asked<PrintSlip>().front().slip;
  CHECK(first.date_time == second.date_time);
  CHECK(first.totals.payable.value == second.totals.payable.value);
  CHECK(first.lines.size() == second.lines.size());
  CHECK(first.figures.more == second.figures.more);
}

TEST_CASE("Restart: a copy names the member, whom the journal does not name", "[app][restart]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kOliveOil);
  const auto uid = till.sell();
  const auto in_journal = *till.directory.sale(uid)->fact;
  REQUIRE(in_journal.input.member->form_of_address.empty());
  till.restart({{uid, in_journal}});
  const auto slip = till.asked<PrintSlip>().front().slip;
  REQUIRE(slip.member);
  // Apart from the line that it stands in: its dot stays on its own side in any language.
  CHECK(slip.member->address == domain::isolated_name("Noa L."));
  till.scan(domain::ReceiptCode(uid).text());
  CHECK(till.sheet<ReturnView>().subtitle.find("Noa L.") != std::string::npos);
}

TEST_CASE("Restart: a copy has the names of the day on which it was sold", "[app][restart]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kOliveOil);
  const auto uid = till.sell();
  const auto first = till.asked<PrintSlip>().front().slip;
  const std::string renamed = R"({"format": "clubtill-programme/1", "version": "renamed",
    "club": {"name": {"en": "Another club"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
    "classes": [{"code": "vip", "name": {"en": "Very important"}}], "benefits": []})";
  till.directory.earlier_programme = till.directory.held_programme;
  till.directory.held_programme = *programme::Programme::parse(core::bytes_of(renamed));
  till.restart({{uid, *till.directory.sale(uid)->fact}});
  const auto second = till.asked<PrintSlip>().front().slip;
  CHECK(second.club_name == first.club_name);
  CHECK(second.member->standing == first.member->standing);
  REQUIRE(second.lines.front().discounts.size() == first.lines.front().discounts.size());
  CHECK(second.lines.front().discounts.front().label ==
        first.lines.front().discounts.front().label);
}
