#include "tests/bench/replay_bench.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <sstream>

#include "pos/core/check.hpp"
#include "pos/disk/journal.hpp"
#include "pos/terminal/command_replay.hpp"
#include "tests/support/club_hub.hpp"

namespace tests::bench {
namespace {

using namespace pos;

constexpr std::int64_t kSales = 10'000;
constexpr std::int64_t kMillion = 1'000'000;
constexpr int kReplays = 5;

/// Articles, members and baskets as the sample club has them: names in three languages, one to nine
/// lines, five in the middle; two of three sales with a member.
class Shop {
 public:
  explicit Shop(const programme::Programme& programme) : programme_(programme) {
    for (std::size_t i = 0; i < kArticles; ++i) articles_.push_back(article(i));
    for (std::size_t i = 0; i < kMembers; ++i) members_.push_back(member(i));
  }

  programme::SaleFact sale(std::int64_t number) {
    programme::SaleFact sale;
    constexpr std::int64_t kBegin = 1'793'500'000'000;  // a sale every five minutes
    sale.scene.moment = {core::Instant::from_unix_ms(kBegin + number * 300'000),
                         std::chrono::minutes(120)};
    sale.scene.store = *domain::StoreCode::parse("cedar");
    sale.scene.region = *domain::RegionCode::parse("north");
    sale.scene.till = {1};
    sale.scene.employee = *domain::StaffCode::parse("dana");
    sale.input.moment = sale.scene.moment;
    sale.input.store = sale.scene.store;
    sale.input.region = sale.scene.region;
    const std::uint64_t lines = 1 + chance_.below(5) + chance_.below(5);
    for (std::uint64_t i = 0; i < lines; ++i) {
      const auto quantity = static_cast<std::int64_t>(1 + chance_.below(2));
      sale.input.lines.push_back({articles_[chance_.below(kArticles)], quantity});
    }
    if (chance_.below(3) > 0) identify(sale);
    sale.result = programme::quote(programme_, sale.input);
    sale.tender.due = sale.tender.received = sale.result.payable;
    return sale;
  }

 private:
  static constexpr std::size_t kArticles = 200;
  static constexpr std::size_t kMembers = 2'000;

  domain::Article article(std::size_t number) {
    domain::Article article;
    article.code = fmt::format("0400000000{:02}5", number % 90 + 1);
    article.name.at(domain::Language::en) = fmt::format("Olive oil, extra virgin {}", number);
    article.name.at(domain::Language::he) = fmt::format("שמן זית כתית מעולה {}", number);
    article.name.at(domain::Language::fa) = fmt::format("روغن زیتون فرابکر {}", number);
    article.price = domain::Money::of(static_cast<std::int64_t>(290 + chance_.below(4'000)));
    article.vat_per_mille = 180;
    article.category = *domain::CategoryCode::parse("food");
    article.demand = number % 3 == 0;
    return article;
  }
  domain::MemberFacts member(std::size_t number) {
    domain::MemberFacts member;
    member.id = domain::MemberId::mint(chance_);
    member.account = domain::AccountId::mint(chance_);
    member.member_class = *domain::ClassCode::parse(number % 4 == 0 ? "vip" : "regular");
    if (number % 5 == 0) member.tier = domain::TierCode::parse("gold");
    member.balance = domain::Points::of(static_cast<std::int64_t>(chance_.below(2'000)));
    member.visits = 12;
    member.last_visit = *domain::parse_day("2026-10-21");
    member.last_articles = {articles_[0].code, articles_[1].code, articles_[2].code};
    member.version = number + 1;
    return member;
  }
  void identify(programme::SaleFact& sale) {
    sale.input.member = members_[chance_.below(kMembers)];
    sale.member = sale.input.member->id;
    sale.account = sale.input.member->account;
    sale.identified_by = programme::IdentifiedBy::card_scan;
    sale.identified_at = sale.scene.moment;
  }

  const programme::Programme& programme_;
  core::SeededChance chance_{20261122};
  std::vector<domain::Article> articles_;
  std::vector<domain::MemberFacts> members_;
};

std::uint64_t seal_sales(const terminal::StatePaths& paths) {
  core::SeededChance chance(7);
  disk::Journal::Options options;
  options.path = paths.journal();
  options.till = {1};
  options.signing = core::make_signing_pair(chance);
  options.chance = &chance;
  auto journal = disk::Journal::open(options);
  CLUBTILL_CHECK(journal.has_value());
  CLUBTILL_CHECK((*journal)->keep_programme(support::club_programme_text()).has_value());
  Shop shop(support::club_programme());
  std::uint64_t bytes = 0;
  for (std::int64_t i = 0; i < kSales; ++i) {
    const auto sealed = (*journal)->seal({domain::FactId::mint(chance), shop.sale(i), {}, {}});
    CLUBTILL_CHECK(sealed.has_value());
    bytes += sealed->body.size();
  }
  return bytes;
}

/// The sample club's with other rates.
std::string other_programme() {
  std::string text = support::club_programme_text();
  constexpr std::string_view kTen = "\"percent\": 10";
  for (std::size_t at = 0; (at = text.find(kTen, at)) != std::string::npos; ++at) {
    const bool is_ten = text[at + kTen.size()] != '0';
    if (is_ten) text[at + kTen.size() - 1] = '2';
  }
  return text;
}

/// Seconds of processor time of this process: what one core needs, whoever else uses it.
double core_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

Figure measure(const std::string& name, const terminal::StatePaths& paths,
               const terminal::ReplayOptions& options, const std::string& about) {
  std::vector<double> seconds;
  for (int round = 0; round < kReplays; ++round) {
    std::ostringstream out;
    std::ostringstream err;
    const double before = core_seconds();
    CLUBTILL_CHECK(terminal::replay(paths, options, out, err) == core::ExitCode::ok);
    seconds.push_back(core_seconds() - before);
  }
  std::sort(seconds.begin(), seconds.end());
  const double median = quantile(seconds, 0.5);
  const double rate = static_cast<double>(kSales) / median;
  return {name,
          "sales/s",
          rate,
          0,
          "1,000,000 in <= 60 s of one core",
          fmt::format("{}: {:.1f} s for 1,000,000 at this rate", about,
                      static_cast<double>(kMillion) / rate)};
}

}  // namespace

std::vector<Figure> replay_bench() {
  const support::ScratchFolder folder;
  const terminal::StatePaths paths{folder.file("state")};
  CLUBTILL_CHECK(disk::make_private_folder(paths.folder).has_value());
  const std::uint64_t bytes = seal_sales(paths);
  const std::string about =
      fmt::format("{} recorded sales of {} bytes, file (in memory) and JSON included", kSales,
                  bytes / static_cast<std::uint64_t>(kSales));
  std::ofstream(folder.file("other.json")) << other_programme();
  terminal::ReplayOptions what_if;
  what_if.programme_files = {folder.file("other.json")};
  return {measure("prove recorded sales", paths, {}, about),
          measure("recorded baskets under another programme", paths, what_if, about)};
}

}  // namespace tests::bench
