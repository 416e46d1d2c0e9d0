#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "pos/core/bytes.hpp"
#include "pos/core/expected.hpp"

namespace pos::core {

struct DbError {
  enum class Fault { busy, damaged, foreign, newer_schema, full, io, constraint, missing, other };
  Fault fault = Fault::other;
  int code = 0;  ///< SQLite's extended result code
  std::string detail;
};

/// Thrown inside storage adapters only; guarded() turns it into an Expected at their border.
class DbFailure : public std::runtime_error {
 public:
  explicit DbFailure(DbError error) : std::runtime_error(error.detail), error_(std::move(error)) {}
  [[nodiscard]] const DbError& error() const { return error_; }

 private:
  DbError error_;
};

/// Runs a piece of storage code and gives its result or the reason why it failed.
template <class Work>
[[nodiscard]] auto guarded(Work&& work) -> Expected<decltype(work()), DbError> {
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      return {};
    } else {
      return work();
    }
  } catch (const DbFailure& failure) {
    return fail(failure.error());
  }
}

enum class OpenMode {
  read_write_create,  ///< the one connection that writes and checkpoints the file
  read_only,          ///< any number of these, wal_autocheckpoint=0
};

enum class Synchronous { full, normal };

class Database;

/// A prepared statement. Parameters are bound only by position, from 1. Belongs to its Database and
/// its thread.
class Statement {
 public:
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::string_view value);
  Statement& bind(int index, const char* value) { return bind(index, std::string_view(value)); }
  Statement& bind(int index, BytesView value);  ///< a blob; copied
  Statement& bind(int index, std::nullopt_t);
  template <class Value>
  Statement& bind(int index, const std::optional<Value>& value) {
    return value ? bind(index, *value) : bind(index, std::nullopt);
  }
  /// Binds 1, 2, 3 ... in turn.
  template <class... Values>
  Statement& bind_all(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    return *this;
  }

  /// True while there is a row. Throws DbFailure.
  [[nodiscard]] bool step();
  /// Steps to the end and resets, for statements that give no rows.
  void run();
  void reset();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] Bytes blob(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  friend class Database;
  struct State;
  explicit Statement(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// One SQLite connection in WAL mode. Used by one thread. All members may throw DbFailure.
class Database {
 public:
  struct Options {
    OpenMode mode = OpenMode::read_write_create;
    Synchronous synchronous = Synchronous::full;
    std::string vfs;  ///< name of a registered VFS; empty: SQLite's default
    int busy_timeout_ms = 2000;
  };

  /// Fault::foreign: the file is no database. Fault::damaged: a database that is broken.
  [[nodiscard]] static Database open(const std::string& path, const Options& options);

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// One or more statements without parameters: schema and pragmas, never data.
  void execute(const char* sql);
  [[nodiscard]] Statement prepare(std::string_view sql);
  /// Prepared once per connection and kept; reset and without bindings when handed out. One user at
  /// a time.
  [[nodiscard]] Statement& cached(std::string_view sql);
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] std::int64_t last_insert_rowid() const;
  [[nodiscard]] std::int64_t user_version();
  /// Refuses unless application_id is 0 (new file) or `ours`; then stores `ours`.
  void claim_application_id(std::int64_t ours);
  /// PRAGMA quick_check; empty when all is well.
  [[nodiscard]] std::string quick_check();

 private:
  struct State;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// BEGIN IMMEDIATE ... ROLLBACK unless commit() returned.
class Transaction {
 public:
  explicit Transaction(Database& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace pos::core
