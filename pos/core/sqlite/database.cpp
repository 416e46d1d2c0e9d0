#include "pos/core/sqlite/database.hpp"

#include <fmt/core.h>
#include <sqlite3.h>

#include <map>

namespace pos::core {
namespace {

DbError::Fault fault_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return DbError::Fault::busy;
    case SQLITE_CORRUPT:
      return DbError::Fault::damaged;
    case SQLITE_NOTADB:
      return DbError::Fault::foreign;
    case SQLITE_FULL:
      return DbError::Fault::full;
    case SQLITE_IOERR:
      return DbError::Fault::io;
    case SQLITE_CONSTRAINT:
      return DbError::Fault::constraint;
    case SQLITE_CANTOPEN:
      return DbError::Fault::missing;
    default:
      return DbError::Fault::other;
  }
}

[[noreturn]] void raise(sqlite3* handle, int code, std::string_view doing) {
  const char* words = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  throw DbFailure({fault_of(code), code, fmt::format("{}: {}", doing, words)});
}

}  // namespace

struct Statement::State {
  sqlite3* handle = nullptr;
  sqlite3_stmt* statement = nullptr;
  ~State() { sqlite3_finalize(statement); }
  void check(int code, std::string_view doing) const {
    if (code != SQLITE_OK) raise(handle, code, doing);
  }
};

Statement::Statement(std::unique_ptr<State> state) : state_(std::move(state)) {}
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;
Statement::~Statement() = default;

Statement& Statement::bind(int index, std::int64_t value) {
  state_->check(sqlite3_bind_int64(state_->statement, index, value), "bind");
  return *this;
}

Statement& Statement::bind(int index, std::string_view value) {
  const char* data = value.data() != nullptr ? value.data() : "";
  state_->check(sqlite3_bind_text64(state_->statement, index, data, value.size(), SQLITE_TRANSIENT,
                                    SQLITE_UTF8),
                "bind");
  return *this;
}

Statement& Statement::bind(int index, BytesView value) {
  const void* data = value.data() != nullptr ? static_cast<const void*>(value.data()) : "";
  state_->check(sqlite3_bind_blob64(state_->statement, index, data, value.size(), SQLITE_TRANSIENT),
                "bind");
  return *this;
}

Statement& Statement::bind(int index, std::nullopt_t) {
  state_->check(sqlite3_bind_null(state_->statement, index), "bind");
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(state_->statement);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  const DbError error{
      fault_of(sqlite3_extended_errcode(state_->handle)), sqlite3_extended_errcode(state_->handle),
      fmt::format("{}: {}", sqlite3_sql(state_->statement), sqlite3_errmsg(state_->handle))};
  sqlite3_reset(state_->statement);
  throw DbFailure(error);
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

void Statement::reset() {
  sqlite3_reset(state_->statement);
  sqlite3_clear_bindings(state_->statement);
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(state_->statement, column);
}

std::string Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(state_->statement, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(state_->statement, column));
  return data != nullptr ? std::string(data, size) : std::string();
}

Bytes Statement::blob(int column) const {
  const auto* data =
      static_cast<const std::uint8_t*>(sqlite3_column_blob(state_->statement, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(state_->statement, column));
  return data != nullptr ? Bytes(data, data + size) : Bytes();
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(state_->statement, column) == SQLITE_NULL;
}

struct Database::State {
  sqlite3* handle = nullptr;
  std::map<std::string, Statement, std::less<>> statements;
  ~State() {
    statements.clear();
    sqlite3_close_v2(handle);
  }
};

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Database Database::open(const std::string& path, const Options& options) {
  auto state = std::make_unique<State>();
  const bool writes = options.mode == OpenMode::read_write_create;
  const int flags = (writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) |
                    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
  const int code = sqlite3_open_v2(path.c_str(), &state->handle, flags,
                                   options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (code != SQLITE_OK) raise(state->handle, code, "open " + path);
  sqlite3_extended_result_codes(state->handle, 1);
  sqlite3_busy_timeout(state->handle, options.busy_timeout_ms);
  Database database(std::move(state));
  if (writes) {
    database.execute("PRAGMA journal_mode=WAL");
    database.execute(options.synchronous == Synchronous::full ? "PRAGMA synchronous=FULL"
                                                              : "PRAGMA synchronous=NORMAL");
  } else {
    database.execute("PRAGMA wal_autocheckpoint=0");
  }
  database.execute("PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY");
  return database;
}

void Database::execute(const char* sql) {
  const int code = sqlite3_exec(state_->handle, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) raise(state_->handle, code, sql);
}

Statement Database::prepare(std::string_view sql) {
  auto state = std::make_unique<Statement::State>();
  state->handle = state_->handle;
  const int code = sqlite3_prepare_v3(state_->handle, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &state->statement, nullptr);
  if (code != SQLITE_OK) raise(state_->handle, code, sql);
  return Statement(std::move(state));
}

Statement& Database::cached(std::string_view sql) {
  auto found = state_->statements.find(sql);
  if (found == state_->statements.end())
    found = state_->statements.emplace(std::string(sql), prepare(sql)).first;
  found->second.reset();
  return found->second;
}

std::int64_t Database::changes() const { return sqlite3_changes64(state_->handle); }

std::int64_t Database::last_insert_rowid() const {
  return sqlite3_last_insert_rowid(state_->handle);
}

std::int64_t Database::user_version() {
  Statement statement = prepare("PRAGMA user_version");
  return statement.step() ? statement.integer(0) : 0;
}

void Database::claim_application_id(std::int64_t ours) {
  Statement statement = prepare("PRAGMA application_id");
  const std::int64_t found = statement.step() ? statement.integer(0) : 0;
  statement.reset();
  if (found == ours) return;
  Statement tables = prepare("SELECT count(*) FROM sqlite_schema");
  const bool empty = tables.step() && tables.integer(0) == 0;
  tables.reset();
  if (found != 0 || !empty) {
    throw DbFailure({DbError::Fault::foreign, SQLITE_NOTADB, "this is another program's database"});
  }
  execute(fmt::format("PRAGMA application_id={}", ours).c_str());
}

std::string Database::quick_check() {
  Statement statement = prepare("PRAGMA quick_check(1)");
  const std::string answer = statement.step() ? statement.text(0) : "no answer";
  return answer == "ok" ? std::string() : answer;
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.cached("BEGIN IMMEDIATE").run();
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.execute("ROLLBACK");
  } catch (const DbFailure&) {
    // SQLite has already rolled back by itself, for instance after a full disk.
  }
}

void Transaction::commit() {
  database_.cached("COMMIT").run();
  open_ = false;
}

}  // namespace pos::core
