#include <cstdlib>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>

#include "pos/app/step.hpp"
#include "pos/app/step_stage.hpp"
#include "pos/app/views/build_view.hpp"
#include "pos/disk/till_directory.hpp"
#include "pos/domain/scanned_code.hpp"
#include "pos/terminal/demo/demo_club.hpp"
#include "pos/terminal/state_paths.hpp"
#include "tests/support/catch.hpp"

// The people of the sample club, each standing for a case, at till 1 of the club as `clubtill demo`
// makes it. Their story is in assets/sample-club/README.md.

namespace {

using namespace pos;
using app::Action;
using app::Text;
using domain::Day;
using domain::Money;
using programme::BenefitState;

constexpr const char* kMilk = "0400000000015";
constexpr const char* kBread = "0400000000022";
constexpr const char* kOil = "0400000000039";
constexpr const char* kYoghurt = "0400000000046";
constexpr const char* kCoffee = "0400000000053";
constexpr const char* kOnions = "0400000000077";
constexpr const char* kPotatoes = "0400000000084";
constexpr const char* kCream = "0400000000091";
constexpr const char* kBulldozer = "0400000000114";
constexpr const char* kRedPolish = "0400000000138";
constexpr const char* kEggs = "0400000000299";

constexpr const char* kNoa = "2000000000015";
constexpr const char* kYossi = "2000000000022";
constexpr const char* kNiloufar = "2000000000039";
constexpr const char* kReza = "2000000000046";
constexpr const char* kMaryam = "2000000000053";
constexpr const char* kTamar = "2000000000060";
constexpr const char* kAvi = "2000000000077";
constexpr const char* kRachel = "2000000000084";
constexpr const char* kKobra = "2000000000107";
constexpr const char* kSiobhan = "2000000000114";
constexpr const char* kAlexandra = "2000000000121";
constexpr const char* kDana = "2000000000145";

/// Noon of 25 November 2026, a Wednesday.
class Noon final : public core::Clock {
 public:
  [[nodiscard]] core::Instant now() const override {
    return core::Instant::from_unix_ms(1'795'600'800'000);
  }
  [[nodiscard]] core::Tick tick() const override { return core::Tick(); }
  [[nodiscard]] std::chrono::minutes utc_offset(core::Instant) const override {
    return std::chrono::minutes(120);
  }
};

const Noon kNoon;

/// A folder that goes with the object.
struct Folder {
  std::string path = (std::filesystem::temp_directory_path() / "clubtill-people-XXXXXX").string();
  Folder() { REQUIRE(mkdtemp(path.data()) != nullptr); }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

/// The club with the visits that stand for something, and no others; made once.
const std::string& made_club(const std::string& profile) {
  static const Folder folder;
  static std::map<std::string, std::string> made;
  const auto [club, fresh] = made.try_emplace(profile, folder.path + "/" + profile);
  if (fresh) {
    terminal::demo::DemoPlan plan;
    plan.folder = club->second;
    plan.sheets = CLUBTILL_SOURCE_DIR "/assets/sample-club";
    plan.profile = profile;
    plan.days = 0;
    const auto result = terminal::demo::make_demo_club(plan, kNoon);
    INFO((result ? std::string() : result.error()));
    REQUIRE(result.has_value());
  }
  return club->second;
}

/// Till 1, at noon, with Omid at it.
class Till {
 public:
  explicit Till(const std::string& profile = "rimon-il", const std::string& cashier = "omid") {
    const terminal::StatePaths paths{made_club(profile) + "/till"};
    const auto keys = disk::load_till_keys(paths.keys());
    const auto pairing = disk::load_pairing(paths.pairing());
    REQUIRE(keys);
    REQUIRE(pairing);
    auto opened = disk::TillDirectory::open(
        {paths.journal(), paths.cache(), {}, keys->cache_key, *pairing, true, true});
    REQUIRE(opened);
    directory_ = std::move(*opened);
    send(app::SignInChosen{*domain::StaffCode::parse(cashier)});
    REQUIRE(state_.employee);
  }

  void send(const app::Event& event) {
    state_ = app::step(std::move(state_), event, *directory_, kNoon.moment(), {}).state;
  }
  void scan(const std::string& code, int times = 1) {
    for (int i = 0; i < times; ++i) {
      send(app::Scanned{domain::classify(code, "", directory_->profile().ranges),
                        programme::IdentifiedBy::card_scan});
    }
  }
  void type(const std::string& text) {
    send(app::Edited{app::Field::entry, text});
    send(app::Pressed{Action::confirm});
  }

  [[nodiscard]] const programme::Quote& quote() const { return *state_.quote; }
  [[nodiscard]] const domain::MemberFacts& member() const {
    REQUIRE(state_.basket.attached);
    REQUIRE(state_.basket.attached->facts);
    return *state_.basket.attached->facts;
  }
  /// As everyone may read it on the sheet Why.
  [[nodiscard]] std::optional<programme::BenefitOutcome> benefit(const std::string& id) const {
    return of(programme::explain_all(*directory_->programme(), input()), id);
  }
  /// The same for a member of whom something else is known.
  [[nodiscard]] std::optional<programme::BenefitOutcome> benefit_for(
      const domain::MemberFacts& member, const std::string& id) const {
    programme::QuoteInput changed = input();
    changed.member = member;
    return of(programme::explain_all(*directory_->programme(), changed), id);
  }
  [[nodiscard]] bool attached() const { return state_.basket.attached.has_value(); }
  [[nodiscard]] Text message() const { return state_.message.text; }
  [[nodiscard]] const app::State& state() const { return state_; }

 private:
  [[nodiscard]] programme::QuoteInput input() const {
    return app::quote_input(state_, *directory_, kNoon.moment());
  }
  static std::optional<programme::BenefitOutcome> of(
      const std::vector<programme::BenefitOutcome>& outcomes, const std::string& id) {
    const auto found = std::find_if(outcomes.begin(), outcomes.end(), [&](const auto& outcome) {
      return outcome.benefit.text() == id;
    });
    return found == outcomes.end() ? std::nullopt : std::optional(*found);
  }

  std::unique_ptr<disk::TillDirectory> directory_;
  app::State state_;
};

Day today() { return core::local_day(kNoon.moment()); }

}  // namespace

TEST_CASE("Noa: the basket of the mock-up comes to 93.85, and her points are as in the sheet",
          "[people]") {
  Till till;
  till.scan(kMilk, 2);
  till.scan(kBread);
  till.scan(kOil);
  till.scan(kYoghurt, 2);
  till.scan(kCoffee);
  till.scan(kNoa);
  CHECK(till.quote().payable == Money::of(9'385));
  CHECK(till.member().balance == domain::Points::of(1'240));
  CHECK(till.member().visits > 0);
  CHECK(till.member().tier == domain::TierCode::parse("gold"));
  CHECK_FALSE(till.member().windows.empty());
}

TEST_CASE("Yossi: 20 % off onions and potatoes, which is what he comes for", "[people]") {
  Till till;
  till.scan(kYossi);
  till.scan(kOnions, 4);
  till.scan(kPotatoes, 5);
  CHECK(till.quote().shelf == Money::of(4 * 490 + 5 * 590));
  CHECK(till.benefit("class-demand")->amount == Money::of(982));
  CHECK(till.quote().payable == Money::of(3'928));
}

TEST_CASE("Niloufar: 12.40 more, and with a bread the oil is hers for 10.00", "[people]") {
  Till till;
  till.scan(kNiloufar);
  till.scan(kOil);
  till.scan(kRedPolish, 7);
  till.scan(kBread);
  till.scan(kEggs);
  const auto near = till.benefit("demand-400");
  REQUIRE(near);
  CHECK(near->state == BenefitState::nearly);
  CHECK(near->data.missing == Money::of(1'240));
  till.scan(kBread);
  CHECK(till.benefit("demand-400")->state == BenefitState::applied);
  CHECK(till.member().form_of_address.find("نیلوفر") == 0);
}

TEST_CASE("Reza: comes every 60 days, and after 77 he is welcomed back", "[people]") {
  Till till;
  till.scan(kReza);
  CHECK(till.member().mean_interval_days == 60);
  CHECK(till.member().last_visit == today() - std::chrono::days(77));
  till.scan(kCream, 7);
  const auto welcome = till.benefit("come-back");
  REQUIRE(welcome);
  CHECK(welcome->state == BenefitState::applied);
  CHECK(welcome->amount == Money::of(2'500));
}

TEST_CASE("Maryam: the same as Reza, but in the control group: she sees nothing", "[people]") {
  for (const char* profile : {"rimon-il", "anar-ir"}) {
    CAPTURE(profile);
    Till till(profile);
    till.scan(kMaryam);
    CHECK(till.member().mean_interval_days == 60);
    till.scan(kCream, 7);
    CHECK_FALSE(till.benefit("come-back"));
    Till other(profile);
    other.scan(kReza);
    other.scan(kCream, 7);
    CHECK(other.benefit("come-back")->state == BenefitState::applied);
  }
}

TEST_CASE("Tamar: three days before her daughter's birthday the yellow bulldozer is suggested",
          "[people]") {
  Till till;
  till.scan(kMilk);
  till.scan(kTamar);
  REQUIRE(till.member().windows.size() == 1);
  CHECK(till.member().windows.front().first == today());
  CHECK(till.member().windows.front().last == today() + std::chrono::days(3));
  CHECK(till.benefit("child-greeting")->state == BenefitState::applied);
  CHECK(till.benefit("yellow-bulldozer")->state == BenefitState::offered);
  till.scan(kBulldozer);
  CHECK(till.benefit("child-birthday")->amount == Money::of(899));
  domain::MemberFacts later = till.member();
  later.windows.front().first = today() + std::chrono::days(1);
  CHECK(till.benefit_for(later, "child-birthday")->state != BenefitState::applied);
}

TEST_CASE("Somebody who joins gets 20.00 off the next purchase, from 100.00", "[people]") {
  for (const char* profile : {"rimon-il", "anar-ir"}) {
    CAPTURE(profile);
    Till till(profile);
    till.scan(kNiloufar);
    till.scan(kCream, 5);
    domain::MemberFacts newcomer = till.member();
    newcomer.visits = 0;
    CHECK(till.benefit_for(newcomer, "welcome")->state == BenefitState::applied);
    CHECK(till.benefit("welcome")->state != BenefitState::applied);
    newcomer.coupons = {{*domain::CouponCode::parse("NEXT20"), today()}};
    CHECK(till.benefit_for(newcomer, "next20")->state == BenefitState::applied);
  }
}

TEST_CASE("Noa: from 250.00 there is a surprise, one of three", "[people]") {
  Till till;
  till.scan(kNoa);
  till.scan(kRedPolish, 6);
  int surprises = 0;
  for (const char* id : {"surprise-double", "surprise-hundred", "surprise-sweets"}) {
    const auto surprise = till.benefit(id);
    if (surprise && surprise->state != BenefitState::not_now) ++surprises;
  }
  CHECK(surprises == 1);
}

TEST_CASE("Avi and Rachel Mizrahi: two cards, one balance", "[people]") {
  Till his;
  his.scan(kAvi);
  Till hers;
  hers.scan(kRachel);
  CHECK(his.member().id != hers.member().id);
  CHECK(his.member().account == hers.member().account);
  CHECK(his.member().balance == hers.member().balance);
  CHECK(his.member().household == 2);
}

TEST_CASE("The Mizrahis' son gives his mother's phone number", "[people]") {
  Till till;
  till.type("050-000-0008");
  CHECK(till.member().form_of_address.find("רחל") == 0);
}

TEST_CASE("Kobra: her lost card is refused, her number finds her, in Persian letters", "[people]") {
  Till till;
  till.scan(kKobra);
  CHECK_FALSE(till.attached());
  CHECK(till.message() == Text::card_blocked);
  till.type("۰۵۰۰۰۰۰۰۱۰");
  // imported with the Arabic letters yeh and kaf
  CHECK(till.member().form_of_address.find("کبری") == 0);
}

TEST_CASE("Siobhan: Plus ended yesterday, and is good for three days more", "[people]") {
  Till till;
  till.scan(kSiobhan);
  till.scan(kCream);
  domain::MemberFacts siobhan = till.member();
  CHECK(siobhan.subscription_last == today() - std::chrono::days(1));
  CHECK(till.benefit("plus-back")->state == BenefitState::applied);
  siobhan.subscription_last = today() - std::chrono::days(4);
  CHECK(till.benefit_for(siobhan, "plus-back")->state != BenefitState::applied);
}

TEST_CASE("Alexandra: the longest name is whole on the screen", "[people]") {
  Till till;
  till.scan(kAlexandra);
  CHECK(till.member().form_of_address == "Alexandra K.");
}

TEST_CASE("Dana: her own card earns nothing at the till that she is signed in to", "[people]") {
  Till hers("rimon-il", "dana");
  hers.scan(kMilk);
  hers.scan(kDana);
  CHECK_FALSE(hers.attached());
  CHECK(hers.message() == Text::own_card);
  Till omids("rimon-il", "omid");
  omids.scan(kDana);
  CHECK(omids.attached());
}

TEST_CASE("Twenty blank cards are cards of the club that nobody has", "[people]") {
  constexpr int kCards = 20;
  int seen = 0;
  for (int number = 1; number <= kCards; ++number) {
    // 2090000000016 and on, the last digit checks
    std::string digits =
        "20900000000" + std::string(number < 10 ? "0" : "") + std::to_string(number);
    digits.resize(12);
    Till till;
    for (char check = '0'; check <= '9' && !till.attached(); ++check) till.scan(digits + check);
    if (till.attached() && till.state().basket.attached->unknown_card) ++seen;
  }
  CHECK(seen == kCards);
}
