#pragma once

#include <cstdlib>
#include <filesystem>

#include "pos/disk/cache.hpp"
#include "pos/disk/journal.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fault_vfs.hpp"

namespace tests {

namespace core = pos::core;
namespace disk = pos::disk;
namespace domain = pos::domain;
namespace programme = pos::programme;

/// A folder that goes with the object.
class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "clubtill-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline programme::Scene sample_scene() {
  programme::Scene scene;
  scene.moment = {core::Instant::from_unix_ms(1'795'330'800'000), std::chrono::minutes(120)};
  scene.store = *domain::StoreCode::parse("s1");
  scene.region = *domain::RegionCode::parse("north");
  scene.till = {3};
  scene.employee = *domain::StaffCode::parse("e1");
  return scene;
}

inline domain::MemberFacts sample_member(core::Chance& chance) {
  domain::MemberFacts member;
  member.id = domain::MemberId::mint(chance);
  member.account = domain::AccountId::mint(chance);
  member.form_of_address = "Noa L.";
  member.last_digits = "21";
  member.member_class = *domain::ClassCode::parse("vip");
  member.balance = domain::Points::of(500);
  return member;
}

struct SalePoints {
  std::int64_t spent = 0;
  std::int64_t earned = 0;
  std::int64_t worth = 0;
};

/// One line of two pieces at 50.00 each.
inline programme::SaleFact sample_sale(const std::optional<domain::MemberFacts>& member = {},
                                       SalePoints points = {},
                                       const std::optional<domain::RightId>& right = {}) {
  programme::SaleFact sale;
  sale.scene = sample_scene();
  domain::Article article;
  article.code = "7290000000015";
  article.name.at(domain::Language::en) = "Olive oil";
  article.price = domain::Money::of(5000);
  sale.input.lines.push_back({article, 2});
  sale.input.moment = sale.scene.moment;
  sale.input.store = sale.scene.store;
  sale.input.region = sale.scene.region;
  sale.input.member = member;
  if (member) {
    sale.member = member->id;
    sale.account = member->account;
  }
  programme::QuotedLine line;
  line.shelf = domain::Money::of(10000);
  line.points_value = domain::Money::of(points.worth);
  line.payable = line.shelf - line.points_value;
  line.points_spent = domain::Points::of(points.spent);
  line.earned = domain::Points::of(points.earned);
  sale.result.lines = {line};
  sale.result.shelf = line.shelf;
  sale.result.points_value = line.points_value;
  sale.result.drawn = line.points_value;
  sale.result.points_spent = line.points_spent;
  sale.result.payable = line.payable;
  sale.result.earned = line.earned;
  sale.right = right;
  sale.tender.due = sale.tender.received = line.payable;
  return sale;
}

/// A till's journal on a disk in memory.
struct JournalRig {
  FaultVfs vfs{"journal-rig"};
  core::SeededChance chance{7};
  core::SigningPair keys = core::make_signing_pair(chance);

  [[nodiscard]] disk::Journal::Options options() {
    disk::Journal::Options options;
    options.path = "journal.db";
    options.vfs = vfs.name();
    options.lock = false;
    options.till = {3};
    options.signing = keys;
    options.chance = &chance;
    return options;
  }
  [[nodiscard]] std::unique_ptr<disk::Journal> open() {
    auto journal = disk::Journal::open(options());
    if (!journal) FAIL(journal.error().detail);
    return std::move(*journal);
  }
  [[nodiscard]] disk::JournalReader reader() {
    auto reader = disk::JournalReader::open("journal.db", vfs.name());
    if (!reader) FAIL(reader.error().detail);
    return std::move(*reader);
  }
  [[nodiscard]] domain::FactId mint() { return domain::FactId::mint(chance); }
  [[nodiscard]] core::Database tool() {
    return core::Database::open("journal.db", {core::OpenMode::read_write_create,
                                               core::Synchronous::full, vfs.name(), 2000});
  }
};

}  // namespace tests
