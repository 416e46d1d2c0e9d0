#include "pos/terminal/demo/demo_club.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>

#include "pos/terminal/demo/shopping.hpp"
#include "sync/hub/hub_files.hpp"
#include "sync/hub/importers.hpp"

namespace pos::terminal::demo {
namespace {

using club::hub::Hub;
using domain::Language;
using std::chrono::days;
using std::chrono::sys_days;

/// What is different in the two profiles.
struct Profile {
  std::string_view name;
  std::string_view country;
  std::string_view currency;
  int decimals;
  int first_weekday;
  std::string_view phones;  ///< what the sheet's 050-000- becomes
  std::array<Language, 3> languages;
  domain::Money big_basket;  ///< 400 shekel, and what the other programme has in its place
  /// Of keys and ids: chosen so that Reza gets the come-back offer and Maryam is in its control
  /// group, which goes by the member's id.
  std::uint64_t seed;
};

constexpr Profile kProfiles[] = {
    {"rimon-il",
     "IL",
     "ILS",
     2,
     0,
     "050-000-",
     {Language::he, Language::fa, Language::en},
     domain::Money::of(40'000),
     8},
    {"anar-ir",
     "IR",
     "IRR",
     0,
     6,
     "0912-000-",
     {Language::fa, Language::he, Language::en},
     domain::Money::of(32'000'000),
     7},
};

constexpr std::string_view kSheetPhones = "050-000-";
/// Nobody picks these up by chance.
constexpr std::array<std::string_view, 2> kSoldOnPurpose = {"gift-card", "membership"};
constexpr std::string_view kNotYetOnSale = "0400000002835";  ///< the new rocket
constexpr std::string_view kLostCard = "2000000000107";      ///< Kobra's
constexpr std::size_t kNamed = 12;   ///< members with a story of their own, first in the sheet
constexpr int kEarliestVisit = 197;  ///< Reza and Maryam come every 60 days
constexpr int kSalesADay = 66;
constexpr std::uint64_t kReturnOneIn = 80;
constexpr int kOpens = 8 * 60 + 30;
constexpr int kCloses = 20 * 60 + 30;
constexpr int kEvening = 21 * 60;  ///< when the tills talk with the hub for the last time

template <class Value, class Error>
Value must(core::Expected<Value, Error> result, const std::string& doing) {
  if (!result) {
    if constexpr (std::is_same_v<Error, std::string>) {
      throw Trouble(doing + ": " + result.error());
    } else if constexpr (std::is_same_v<Error, club::hub::CommandError>) {
      throw Trouble(doing + ": " + result.error().words);
    } else {
      throw Trouble(doing + ": " + result.error().detail);
    }
  }
  if constexpr (!std::is_void_v<Value>) return std::move(*result);
}

const Profile& profile_of(const std::string& name) {
  for (const Profile& profile : kProfiles) {
    if (profile.name == name) return profile;
  }
  throw Trouble(fmt::format("there is no profile {} (rimon-il, anar-ir)", name));
}

/// The profile's own sheet, or else the one of both.
std::string sheet_of(const DemoPlan& plan, const std::string& name) {
  constexpr std::size_t kSheetMax = 16u * 1024 * 1024;
  const std::filesystem::path folder(plan.sheets);
  const auto own = folder / plan.profile / name;
  const auto file = std::filesystem::exists(own) ? own : folder / name;
  return must(club::hub::read_file(file.string(), kSheetMax), "the sample club");
}

std::string day_of_year(sys_days day) { return domain::day_text(day).substr(5); }

/// Writes a cell of the row that begins with `key`. No cell of the sheet is quoted.
void set_cell(std::string& sheet, std::string_view key, std::string_view column,
              const std::string& value) {
  const std::string head = sheet.substr(0, sheet.find('\n'));
  const std::size_t place = head.find("," + std::string(column));
  const std::size_t row = sheet.find("\n" + std::string(key) + ",");
  if (place == std::string::npos || row == std::string::npos) {
    throw Trouble(fmt::format("members.csv: no {} of {}", column, key));
  }
  std::size_t from = row + 1;
  for (auto before = 1 + std::ranges::count(head.substr(0, place), ','); before > 0; --before) {
    from = sheet.find(',', from) + 1;
  }
  sheet.replace(from, sheet.find_first_of(",\n", from) - from, value);
}

/// Whenever that is, Noa's birthday lies in this week, that of Tamar's daughter three days ahead,
/// and Siobhan's subscription ended yesterday. Phone numbers are of the country.
std::string members_sheet(const DemoPlan& plan, const Profile& profile, sys_days day) {
  std::string text = sheet_of(plan, "members.csv");
  set_cell(text, "050-000-0001", "birthday", day_of_year(day));
  set_cell(text, "050-000-0006", "child1_born", day_of_year(day + days(3)));
  set_cell(text, "050-000-0011", "subscription_end", domain::day_text(day - days(1)));
  if (profile.phones == kSheetPhones) return text;
  for (std::size_t from = 0; (from = text.find(kSheetPhones, from)) != std::string::npos;) {
    text.replace(from, kSheetPhones.size(), profile.phones);
    from += profile.phones.size();
  }
  return text;
}

/// The day behind `key` in the benefit `id`, wherever that stands in the document.
void set_day(std::string& document, std::string_view id, std::string_view key, sys_days day) {
  const std::size_t benefit = document.find(fmt::format("\"id\": \"{}\"", id));
  const std::string lead = fmt::format("\"{}\": \"", key);
  const std::size_t found = benefit == std::string::npos ? benefit : document.find(lead, benefit);
  if (found == std::string::npos)
    throw Trouble(fmt::format("programme.json: no {} of {}", key, id));
  const std::string text = domain::day_text(day);
  document.replace(found + lead.size(), text.size(), text);
}

/// The coupon SUMMER ended yesterday, whenever that is.
std::string programme_sheet(const DemoPlan& plan, sys_days day) {
  constexpr days kSummer(92);
  std::string text = sheet_of(plan, "programme.json");
  set_day(text, "coupon-summer", "first", day - kSummer);
  set_day(text, "coupon-summer", "last", day - days(1));
  return text;
}

/// A member's visits that stand for something, so many days before today.
struct Story {
  std::size_t member;  ///< row of the sheet, from 0
  int first_day;       ///< the latest of them
  int every;
  int count;
  std::vector<std::string> codes;
};

/// Newspapers earn nothing: who buys only these keeps the points of the sheet.
std::vector<Story> stories() {
  const std::string paper = "0400000000268";
  const std::string onions = "0400000000077";
  const std::string potatoes = "0400000000084";
  const std::string milk = "0400000000015";
  const std::string bread = "0400000000022";
  const std::string bulldozer = "0400000000114";
  const std::string cream = "0400000000091";
  return {
      {0, 5, 14, 6, {paper}},                                     // Noa
      {1, 3, 7, 12, {onions, onions, potatoes, potatoes, milk}},  // Yossi
      {2, 12, 20, 4, {paper}},                                    // Niloufar
      {3, 77, 60, 3, {cream, milk, bread}},                       // Reza
      {4, 77, 60, 3, {cream, milk, bread}},                       // Maryam
      {5, 25, 30, 3, {bulldozer, milk}},                          // Tamar
      {6, 4, 7, 12, {milk, bread}},                               // Avi Mizrahi
      {7, 6, 14, 6, {milk, milk, bread}},                         // Rachel Mizrahi
      {8, 8, 15, 5, {paper}},                                     // George Khoury
      {10, 9, 18, 4, {paper}},                                    // Siobhan
      {11, 11, 21, 4, {cream}},                                   // Alexandra
  };
}

class ClubMaker {
 public:
  ClubMaker(const DemoPlan& plan, const core::Clock& clock)
      : plan_(plan),
        profile_(profile_of(plan.profile)),
        clock_(clock),
        keys_chance_(profile_.seed),
        chance_(kSeed),
        today_(core::local_day(clock.moment())) {}

  DemoMade make() {
    clock_.set(first_day(), 0);
    open_hub();
    import_sheets();
    open_tills();
    for (sys_days day = first_day(); day < today_; day += days(1)) live(day);
    block_lost_card();
    for (auto& till : tills_) till->exchange();
    return made_;
  }

 private:
  static constexpr std::uint64_t kSeed = 20'261'101;

  [[nodiscard]] sys_days first_day() const {
    return today_ - days(std::max(plan_.days, kEarliestVisit));
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return (std::filesystem::path(plan_.folder) / name).string();
  }
  [[nodiscard]] std::string sheet(const std::string& name) const { return sheet_of(plan_, name); }
  void open_hub();
  void import_sheets();
  void open_tills();
  void read_shoppers(const std::string& members);
  [[nodiscard]] std::vector<domain::Article> articles();
  void block_lost_card();
  void live(sys_days day);
  void live_stories(int days_ago);
  void trade(sys_days day);
  void join_somebody(HistoryTill& till, const std::string& employee);

  const DemoPlan& plan_;
  const Profile& profile_;
  DemoClock clock_;
  core::SeededChance keys_chance_;
  core::SeededChance chance_;
  sys_days today_;
  std::unique_ptr<Hub> hub_;
  std::vector<std::unique_ptr<HistoryTill>> tills_;
  std::vector<Shopper> shoppers_;
  std::unique_ptr<Shopping> shopping_;
  DemoMade made_;
};

void ClubMaker::open_hub() {
  const std::string database = path("hub/hub.db");
  std::error_code error;
  std::filesystem::create_directories(path("hub"), error);
  if (error) throw Trouble(path("hub") + ": " + error.message());
  if (std::filesystem::exists(database)) throw Trouble(database + " exists already");
  const auto keys = club::hub::HubKeys::mint(keys_chance_);
  must(club::hub::write_keys(database, keys), "the hub's keys");
  hub_ =
      must(Hub::open({database, "", Hub::Purpose::serve}, keys, clock_, keys_chance_), "the hub");
  club::wire::ClubSettings settings;
  for (const Language language : domain::kLanguages) settings.name.at(language) = "Rimon Club";
  settings.country = profile_.country;
  settings.currency = profile_.currency;
  settings.decimals = profile_.decimals;
  settings.first_weekday = profile_.first_weekday;
  settings.languages.assign(profile_.languages.begin(), profile_.languages.end());
  settings.slip_language = profile_.languages.front();
  settings.ranges = domain::usual_code_ranges();
  must(hub_->put_club_rows({club::wire::SettingsRow{settings}}), "the club's settings");
}

void ClubMaker::import_sheets() {
  const auto good = [](const club::hub::ImportReport& report, const char* what) {
    if (report.faults.empty()) return;
    throw Trouble(fmt::format("{}: {}", what, to_text(report.faults.front())));
  };
  good(must(club::hub::import_stores(*hub_, sheet("stores.csv")), "stores"), "stores.csv");
  good(must(club::hub::import_staff(*hub_, sheet("staff.csv")), "staff"), "staff.csv");
  good(must(club::hub::import_articles(*hub_, sheet("articles.csv")), "articles"), "articles.csv");
  must(hub_->publish(programme_sheet(plan_, today_)), "programme.json");
  const std::string members = members_sheet(plan_, profile_, today_);
  good(must(club::hub::import_members(*hub_, members), "members"), "members.csv");
  while (must(hub_->run_once(), "the hub") > 0) {
  }
  read_shoppers(members);
  shopping_ =
      std::make_unique<Shopping>(articles(), profile_.big_basket, shoppers_, kNamed, chance_);
}

void ClubMaker::read_shoppers(const std::string& members) {
  const auto table = must(club::hub::Spreadsheet::read(members, {"phone", "card"}), "members.csv");
  for (const auto& row : table.rows()) {
    shoppers_.push_back({table.field(row, "phone"), table.field(row, "card")});
  }
  if (shoppers_.size() <= kNamed) throw Trouble("members.csv has too few rows");
}

/// In the order of the sheet; without what is not sold by chance, or not yet.
std::vector<domain::Article> ClubMaker::articles() {
  const std::string bytes = sheet("articles.csv");
  const auto table = must(club::hub::Spreadsheet::read(bytes, {"code"}), "articles.csv");
  std::vector<domain::Article> articles;
  for (const auto& row : table.rows()) {
    const auto found = must(hub_->club_row("article:" + table.field(row, "code")), "an article");
    const auto* article = found ? std::get_if<club::wire::ArticleRow>(&*found) : nullptr;
    if (article == nullptr) throw Trouble("the hub lost an article");
    if (article->article.code == kNotYetOnSale) continue;
    if (std::ranges::count(kSoldOnPurpose, article->article.category.text()) != 0) continue;
    articles.push_back(article->article);
  }
  return articles;
}

void ClubMaker::open_tills() {
  int number = 0;
  for (const char* store : {"cedar", "almond", "gate"}) {
    for (int i = 0; i < 2; ++i) {
      ++number;
      const std::string folder = number == 1 ? "till" : fmt::format("till-{}", number);
      tills_.push_back(std::make_unique<HistoryTill>(
          HistoryTill::Surroundings{*hub_, clock_, keys_chance_}, StatePaths{path(folder)},
          *domain::StoreCode::parse(store), profile_.languages.front()));
    }
  }
}

void ClubMaker::block_lost_card() {
  const auto hash = core::keyed_hash(hub_->keys().index, club::wire::kCardHash, kLostCard);
  must(hub_->block_card(hash, true), "the lost card");
  while (must(hub_->run_once(), "the hub") > 0) {
  }
}

void ClubMaker::live(sys_days day) {
  const int days_ago = static_cast<int>((today_ - day).count());
  clock_.set(day, kOpens);
  const std::size_t before = made_.sales;
  live_stories(days_ago);
  if (days_ago <= plan_.days) trade(day);
  if (made_.sales == before) return;
  clock_.set(day, kEvening);
  // Twice: what the last till brings is news for the first.
  for (int round = 0; round < 2; ++round) {
    for (auto& till : tills_) till->exchange();
  }
}

void ClubMaker::live_stories(int days_ago) {
  for (const Story& story : stories()) {
    const int since = days_ago - story.first_day;
    if (since < 0 || since % story.every != 0 || since / story.every >= story.count) continue;
    Visit visit;
    visit.codes = story.codes;
    visit.card = shoppers_[story.member].card;
    visit.takes_offers = true;
    HistoryTill& till = *tills_[story.member % 2];
    till.sign_in(*domain::StaffCode::parse(story.member % 2 == 0 ? "dana" : "omid"));
    till.sell(visit);
    ++made_.sales;
  }
}

/// Five people at six tills: Omid goes over to the South Gate at two.
void ClubMaker::trade(sys_days day) {
  struct Post {
    std::size_t till;
    const char* employee;
  };
  constexpr Post kPosts[] = {{0, "dana"}, {2, "george"}, {3, "shirin"}, {4, "lior"}};
  constexpr int kOmidLeaves = 14 * 60;
  // Thursdays and Fridays are busy in both countries, each in its own way.
  const unsigned weekday = std::chrono::weekday(day).c_encoding();
  const int sales = kSalesADay + (weekday == 4 ? 14 : weekday == 5 ? 6 : -3);
  std::vector<int> minutes(static_cast<std::size_t>(sales));
  for (int& minute : minutes) {
    minute = kOpens + static_cast<int>(chance_.below(kCloses - kOpens));
  }
  std::sort(minutes.begin(), minutes.end());
  for (const int minute : minutes) {
    clock_.set(day, minute);
    const std::uint64_t post = chance_.below(std::size(kPosts) + 1);
    const bool omid = post == std::size(kPosts);
    const Post at = omid ? Post{minute < kOmidLeaves ? 1u : 5u, "omid"} : kPosts[post];
    HistoryTill& till = *tills_[at.till];
    till.sign_in(*domain::StaffCode::parse(at.employee));
    if (chance_.below(45) == 0) {
      join_somebody(till, at.employee);
    } else {
      Visit visit = shopping_->visit();
      // The right of the till that the demo opens stays whole.
      if (at.till == 0) visit.uses_points = false;
      till.sell(visit);
    }
    ++made_.sales;
    if (chance_.below(kReturnOneIn) == 0) till.take_back();
  }
}

/// George writes down a number and a name, and nothing else.
void ClubMaker::join_somebody(HistoryTill& till, const std::string& employee) {
  constexpr std::array<const char*, 12> kNames = {"שירה",  "איתן",   "רוני",  "גלית",
                                                  "سمیرا", "کیان",   "پریسا", "آرش",
                                                  "Emma",  "Daniel", "Leila", "Sam"};
  const bool careless = employee == "george";
  Newcomer newcomer;
  newcomer.phone = fmt::format("{}{:04}", profile_.phones, 5'000 + made_.joinings);
  newcomer.first_name = kNames[chance_.below(kNames.size())];
  if (!careless && chance_.below(10) < 8) {
    newcomer.birth_day = std::to_string(1 + chance_.below(29));
    newcomer.birth_month = std::to_string(1 + chance_.below(12));
    newcomer.marketing = chance_.below(10) < 6;
  }
  till.join(newcomer, shopping_->basket());
  ++made_.joinings;
}

}  // namespace

core::Expected<DemoMade, std::string> make_demo_club(const DemoPlan& plan,
                                                     const core::Clock& clock) {
  try {
    return ClubMaker(plan, clock).make();
  } catch (const Trouble& trouble) {
    return core::fail(std::string(trouble.what()));
  }
}

core::Expected<void, std::string> renew_dates(Hub& hub, const DemoPlan& plan,
                                              const core::Clock& clock) {
  try {
    const std::string members =
        members_sheet(plan, profile_of(plan.profile), core::local_day(clock.moment()));
    must(club::hub::import_members(hub, members), "members");
    return {};
  } catch (const Trouble& trouble) {
    return core::fail(std::string(trouble.what()));
  }
}

}  // namespace pos::terminal::demo
