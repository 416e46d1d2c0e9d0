#include "pos/disk/journal_schema.hpp"

#include <fmt/core.h>

namespace pos::disk {
namespace {

[[noreturn]] void newer(std::int64_t found, std::int64_t schema) {
  throw core::DbFailure({core::DbError::Fault::newer_schema, 0,
                         fmt::format("written by a newer Clubtill (schema {}, this program knows "
                                     "{}); update the program, nothing was changed",
                                     found, schema)});
}

bool has_tables(core::Database& database) {
  core::Statement count = database.prepare("SELECT count(*) FROM sqlite_schema");
  return count.step() && count.integer(0) > 0;
}

/// The version, 0 in an empty file. Throws when the file is of another program or of a newer one of
/// ours.
std::int64_t known_version(core::Database& database, std::int64_t application,
                           std::int64_t schema) {
  core::Statement statement = database.prepare("PRAGMA application_id");
  const std::int64_t found = statement.step() ? statement.integer(0) : 0;
  statement.reset();
  if (found != application && (found != 0 || has_tables(database))) {
    throw core::DbFailure({core::DbError::Fault::foreign, 0, "this is another program's database"});
  }
  const std::int64_t version = database.user_version();
  if (version > schema) newer(version, schema);
  return version;
}

}  // namespace

void prepare_schema(core::Database& database, std::int64_t application, std::int64_t schema,
                    const char* tables) {
  if (known_version(database, application, schema) == schema) return;
  core::Transaction transaction(database);
  database.claim_application_id(application);
  database.execute(tables);
  database.execute(fmt::format("PRAGMA user_version={}", schema).c_str());
  transaction.commit();
}

void check_schema(core::Database& database, std::int64_t application, std::int64_t schema) {
  if (known_version(database, application, schema) > 0) return;
  throw core::DbFailure({core::DbError::Fault::damaged, 0, "the file is empty"});
}

}  // namespace pos::disk
