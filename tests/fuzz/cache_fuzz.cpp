#include "pos/core/check.hpp"
#include "pos/disk/cache.hpp"
#include "pos/disk/cache_reader.hpp"
#include "pos/domain/bucket.hpp"
#include "tests/support/fault_vfs.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// A till's cache.db that a stranger has written in: an input is a list of changes to a good file,
// each three bytes of place and one of value. Whatever it holds, a till reads a value or a reason.

namespace {

using namespace pos;

constexpr const char* kPath = "cache.db";
constexpr std::size_t kMembers = 40;

struct GoodCache {
  core::SeededChance chance{7};
  core::SymmetricKey key = core::SymmetricKey::mint(chance);
  tests::FaultVfs disk{"cache-fuzz"};
  std::vector<core::KeyedHash> cards;
  std::vector<core::KeyedHash> phones;
  std::vector<std::uint8_t> bytes;

  GoodCache() {
    auto cache = disk::Cache::open({kPath, disk.name(), key, &chance});
    CLUBTILL_CHECK(cache.has_value());
    std::vector<club::wire::Page> pages{club_page()};
    for (std::size_t i = 0; i < kMembers; ++i) pages.push_back(member_page());
    CLUBTILL_CHECK((*cache)->apply(pages).has_value());
    cache->reset();  // the last connection takes the log into the file
    const auto file = disk.read(kPath);
    CLUBTILL_CHECK(file.has_value());
    bytes = *file;
  }

  club::wire::Page member_page() {
    domain::MemberFacts facts;
    facts.account = domain::AccountId::mint(chance);
    facts.id = domain::member_id_beside(facts.account, domain::MemberId::mint(chance));
    facts.form_of_address = "Noa L.";
    facts.member_class = *domain::ClassCode::parse("vip");
    facts.balance = domain::Points::of(500);
    facts.last_articles = {"7290000000015"};
    cards.push_back(core::KeyedHash::mint(chance));
    phones.push_back(core::KeyedHash::mint(chance));
    club::wire::Page page;
    page.cursor = {domain::bucket_of(facts.account), 1, 3};
    page.rows = {{1, club::wire::MemberRow{facts}},
                 {2, club::wire::CardRow{cards.back(), facts.id, false}},
                 {3, club::wire::PhoneRow{phones.back(), facts.id}}};
    return page;
  }

  static club::wire::Page club_page() {
    domain::Article article;
    article.code = "7290000000015";
    article.price = domain::Money::of(1'990);
    club::wire::Page page;
    page.cursor = {club::wire::kClubStream, 1, 3};
    page.rows = {{1, club::wire::ArticleRow{article}},
                 {2, club::wire::StaffRow{{*domain::StaffCode::parse("dana"), {}, false}, {}}},
                 {3, club::wire::StoreRow{
                         {*domain::StoreCode::parse("s1"), {}, *domain::RegionCode::parse("r1")}}}};
    return page;
  }
};

void read_everything(disk::CacheReader& reader, const GoodCache& good) {
  for (const auto& card : good.cards) {
    static_cast<void>(reader.card(card));
    static_cast<void>(reader.member_by_card(card));
  }
  for (const auto& phone : good.phones) static_cast<void>(reader.member_by_phone(phone));
  static_cast<void>(reader.article("7290000000015"));
  static_cast<void>(reader.articles());
  static_cast<void>(reader.staff());
  static_cast<void>(reader.staff_cards());
  static_cast<void>(reader.stores());
  static_cast<void>(reader.programme());
  static_cast<void>(reader.settings());
  static_cast<void>(reader.tills());
  static_cast<void>(reader.cursors());
  static_cast<void>(reader.member_count());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static GoodCache good;
  std::vector<std::uint8_t> bytes = good.bytes;
  for (; size >= 4; data += 4, size -= 4) {
    const std::size_t place = data[0] * 65'536U + data[1] * 256U + data[2];
    bytes[place % bytes.size()] = data[3];
  }
  good.disk.restore({});
  good.disk.write(kPath, std::move(bytes));
  if (auto reader = disk::CacheReader::open(kPath, good.key, good.disk.name())) {
    read_everything(*reader, good);
  }
  if (auto cache = disk::Cache::open({kPath, good.disk.name(), good.key, &good.chance})) {
    static_cast<void>((*cache)->cursors({}));
    static_cast<void>((*cache)->apply({good.member_page(), GoodCache::club_page()}));
    good.cards.resize(kMembers);
    good.phones.resize(kMembers);
  }
  return 0;
}
