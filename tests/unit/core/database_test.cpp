#include "pos/core/sqlite/database.hpp"

#include <filesystem>
#include <fstream>

#include "pos/core/chance.hpp"
#include "pos/core/crypto/crypto.hpp"
#include "tests/support/catch.hpp"

namespace core = pos::core;
using core::Database;
using core::DbError;

namespace {

class Folder {
 public:
  Folder() {
    core::SystemChance chance;
    path_ = std::filesystem::temp_directory_path() /
            ("clubtill-test-" + core::Id<struct FolderTag>::mint(chance).hex());
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("Database: leaving a transaction early undoes it", "[core][sqlite]") {
  const Folder folder;
  Database database = Database::open(folder.file("a.db"), {});
  database.execute("CREATE TABLE t(x INTEGER) STRICT");
  {
    core::Transaction transaction(database);
    database.prepare("INSERT INTO t VALUES(?)").bind(1, std::int64_t{1}).run();
  }
  auto count = database.prepare("SELECT count(*) FROM t");
  REQUIRE(count.step());
  CHECK(count.integer(0) == 0);
}

TEST_CASE("Database: a hostile text is a value, not a statement", "[core][sqlite]") {
  const Folder folder;
  Database database = Database::open(folder.file("a.db"), {});
  database.execute("CREATE TABLE t(x TEXT) STRICT");
  database.prepare("INSERT INTO t VALUES(?)").bind(1, "'); DROP TABLE t; --").run();
  auto row = database.prepare("SELECT x FROM t");
  REQUIRE(row.step());
  CHECK(row.text(0) == "'); DROP TABLE t; --");
}

TEST_CASE("Database: a file that is no database is called foreign", "[core][sqlite]") {
  const Folder folder;
  std::ofstream(folder.file("a.db")) << std::string(5000, 'x');
  const auto opened =
      core::guarded([&] { static_cast<void>(Database::open(folder.file("a.db"), {})); });
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().fault == DbError::Fault::foreign);
}

TEST_CASE("Database: another program's database is not claimed", "[core][sqlite]") {
  const Folder folder;
  {
    Database other = Database::open(folder.file("a.db"), {});
    other.execute("CREATE TABLE precious(x)");
  }
  Database database = Database::open(folder.file("a.db"), {});
  const auto claimed = core::guarded([&] { database.claim_application_id(7); });
  REQUIRE_FALSE(claimed.has_value());
  CHECK(claimed.error().fault == DbError::Fault::foreign);
}
