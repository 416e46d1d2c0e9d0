#include "tests/bench/seal_bench.hpp"

#include <fmt/core.h>

#include <chrono>
#include <filesystem>

#include "pos/core/check.hpp"
#include "pos/disk/cache.hpp"
#include "pos/disk/journal.hpp"

namespace tests::bench {
namespace {

using namespace pos;

/// A folder beside the program, on a real disk, that goes with the object.
class Folder {
 public:
  explicit Folder(const std::string& name)
      : path_(std::filesystem::current_path() / ("clubtill-bench-" + name)) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string operator/(const std::string& name) const {
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

domain::MemberFacts member_of(core::Chance& chance) {
  domain::MemberFacts member;
  member.id = domain::MemberId::mint(chance);
  member.account = domain::AccountId::mint(chance);
  member.form_of_address = "Noa L.";
  member.last_digits = "21";
  member.member_class = *domain::ClassCode::parse("vip");
  member.balance = domain::Points::of(500);
  member.visits = 12;
  member.last_articles = {"7290000000015", "7290000000022", "7290000000039"};
  return member;
}

/// `random` as one that is kept in `stream`.
template <class Value>
Value in_stream(club::wire::StreamNumber stream, const Value& random) {
  core::Bytes bytes = core::copy_of(random.bytes());
  bytes.front() = static_cast<std::uint8_t>(stream);
  return *Value::from_bytes(bytes);
}

/// A full page behind `seq`, as a hub gives it to an empty till: members and their cards.
club::wire::Page page_of(core::Chance& chance, club::wire::StreamNumber stream, std::uint64_t seq,
                         std::vector<core::KeyedHash>& cards) {
  club::wire::Page page;
  while (page.rows.size() < club::wire::kPageRowsMax) {
    auto member = member_of(chance);
    member.id = in_stream(stream, member.id);
    cards.push_back(in_stream(stream, core::KeyedHash::mint(chance)));
    page.rows.push_back({++seq, club::wire::MemberRow{member}});
    page.rows.push_back({++seq, club::wire::CardRow{cards.back(), member.id, false}});
  }
  page.cursor = {stream, 1, seq};
  return page;
}

/// A member's sale of ten lines that earns.
programme::SaleFact sale_of(core::Chance& chance) {
  programme::SaleFact sale;
  sale.scene.store = *domain::StoreCode::parse("s1");
  sale.scene.region = *domain::RegionCode::parse("north");
  sale.scene.till = {1};
  sale.scene.employee = *domain::StaffCode::parse("e1");
  sale.input.member = member_of(chance);
  sale.member = sale.input.member->id;
  sale.account = sale.input.member->account;
  for (int i = 0; i < 10; ++i) {
    domain::Article article;
    article.code = "729000000001" + std::to_string(i);
    article.name.at(domain::Language::en) = "An article of ordinary length";
    article.price = domain::Money::of(1990 + i);
    sale.input.lines.push_back({article, 1});
    programme::QuotedLine line;
    line.shelf = line.payable = article.price;
    line.earned = domain::Points::of(19);
    sale.result.lines.push_back(line);
    sale.result.payable += line.payable;
    sale.result.earned += line.earned;
  }
  return sale;
}

/// The same bytes in a table with a unique key, one commit each: what SQLite alone costs.
std::vector<double> bare_commits(const std::string& path, core::Chance& chance, std::size_t size,
                                 int rounds) {
  auto database = core::Database::open(path, {});
  database.execute(
      "CREATE TABLE fact(position INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, "
      "body BLOB NOT NULL) STRICT");
  core::Bytes bytes(size);
  chance.fill(bytes);
  return time_each(rounds, [&] {
    core::Transaction transaction(database);
    database.cached("INSERT INTO fact(uid, body) VALUES(?, ?)")
        .bind_all(core::FactId::mint(chance).bytes(), core::BytesView(bytes))
        .run();
    transaction.commit();
  });
}

Figure ratio_figure(const char* name, const std::vector<double>& ours,
                    const std::vector<double>& bare, const char* what, const char* goal) {
  Figure figure;
  figure.name = name;
  figure.unit = "us";
  figure.median = quantile(ours, 0.5);
  figure.p99 = quantile(ours, 0.99);
  figure.goal = goal;
  const double other = quantile(bare, 0.5);
  figure.comparison =
      fmt::format("{}: {:.1f} us, ratio {:.2f}", what, other, figure.median / other);
  return figure;
}

}  // namespace

std::vector<Figure> seal_bench() {
  constexpr int kRounds = 2'000;
  const Folder folder("seal");
  core::SystemChance chance;
  disk::Journal::Options options;
  options.path = folder / "journal.db";
  options.till = {1};
  options.signing = core::make_signing_pair(chance);
  options.chance = &chance;
  auto journal = disk::Journal::open(options);
  CLUBTILL_CHECK(journal.has_value());
  const programme::Fact fact = sale_of(chance);
  const std::size_t size = programme::encode_fact(fact).size();
  const auto ours = time_each(kRounds, [&] {
    const auto sealed = (*journal)->seal({domain::FactId::mint(chance), fact, {}, {}});
    CLUBTILL_CHECK(sealed.has_value());
  });
  // Envelope, chain and signature are bytes of the record too.
  const auto bare = bare_commits(folder / "bare.db", chance, size + 180, kRounds);
  return {ratio_figure("seal a sale of 10 lines", ours, bare,
                       "bare SQLite commit of the same bytes", "ratio <= 1.3")};
}

std::vector<Figure> lookup_bench() {
  constexpr std::size_t kMembers = 1'024'000;
  constexpr club::wire::StreamNumber kBuckets = 256;
  constexpr club::wire::StreamNumber kPagesAnAnswer = 8;  // of 1 MiB, in 8 MiB
  constexpr int kRounds = 20'000;
  const Folder folder("lookup");
  core::SystemChance chance;
  const auto key = core::SymmetricKey::mint(chance);
  const std::string path = folder / "cache.db";
  auto cache = disk::Cache::open({path, "", key, &chance});
  CLUBTILL_CHECK(cache.has_value());
  std::vector<core::KeyedHash> cards;
  cards.reserve(kMembers);
  std::chrono::duration<double> filling{};
  std::uint64_t rows = 0;
  for (club::wire::StreamNumber first = 0; first < kBuckets; first += kPagesAnAnswer) {
    for (std::uint64_t seq = 0; seq < kMembers / kBuckets * 2; seq += club::wire::kPageRowsMax) {
      std::vector<club::wire::Page> answer;
      for (club::wire::StreamNumber stream = first; stream < first + kPagesAnAnswer; ++stream) {
        answer.push_back(page_of(chance, stream, seq, cards));
        rows += answer.back().rows.size();
      }
      const auto before = std::chrono::steady_clock::now();
      CLUBTILL_CHECK((*cache)->apply(answer).has_value());
      filling += std::chrono::steady_clock::now() - before;
    }
  }
  auto reader = disk::CacheReader::open(path, key);
  CLUBTILL_CHECK(reader.has_value());
  const auto any = [&] { return cards[chance.below(cards.size())]; };
  auto bare =
      core::Database::open(path, {core::OpenMode::read_only, core::Synchronous::normal, "", 2000});
  const auto bare_read = [&] {
    auto& statement = bare.cached(
        "SELECT m.facts, m.name FROM card c JOIN member m ON "
        "m.id=c.member WHERE c.hash=?");
    statement.bind(1, any().bytes());
    CLUBTILL_CHECK(statement.step() && !statement.blob(0).empty());
    statement.reset();
  };
  const auto our_read = [&] {
    const auto found = reader->member_by_card(any());
    CLUBTILL_CHECK(found && *found);
  };
  // Both warm the pages first; what is compared is the same state of the machine.
  static_cast<void>(time_each(kRounds, bare_read));
  static_cast<void>(time_each(kRounds, our_read));
  const auto other = time_each(kRounds, bare_read);
  const auto ours = time_each(kRounds, our_read);
  Figure fill;
  fill.name = "bootstrap of 1,000,000 members with cards into the cache";
  fill.unit = "rows/s";
  fill.median = static_cast<double>(rows) / filling.count();
  fill.goal = ">= 50000";
  return {ratio_figure("member look-up by card, 1,000,000 members", ours, other,
                       "bare SQLite point read", "ratio <= 1.2"),
          fill};
}

}  // namespace tests::bench
