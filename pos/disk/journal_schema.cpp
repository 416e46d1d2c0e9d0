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

}  // namespace

void prepare_schema(core::Database& database, std::int64_t application, std::int64_t schema,
                    const char* tables) {
  check_schema(database, application, schema);
  if (database.user_version() == schema) return;
  core::Transaction transaction(database);
  database.claim_application_id(application);
  database.execute(tables);
  database.execute(fmt::format("PRAGMA user_version={}", schema).c_str());
  transaction.commit();
}

void check_schema(core::Database& database, std::int64_t application, std::int64_t schema) {
  core::Statement statement = database.prepare("PRAGMA application_id");
  const std::int64_t found = statement.step() ? statement.integer(0) : 0;
  statement.reset();
  if (found != application && found != 0) {
    throw core::DbFailure({core::DbError::Fault::foreign, 0, "this is another program's database"});
  }
  if (const std::int64_t version = database.user_version(); version > schema)
    newer(version, schema);
}

}  // namespace pos::disk
