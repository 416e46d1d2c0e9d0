#pragma once

#include <string>

#include "pos/core/sqlite/database.hpp"

namespace pos::disk {

/// Trouble with journal.db or cache.db.
struct DiskError {
  enum class Fault {
    already_running,  ///< a second process on the same files
    damaged,          ///< SQLite finds the file damaged
    foreign,          ///< another program's file, or no database at all
    newer_schema,     ///< written by a newer Clubtill
    broken_chain,     ///< a record was altered or is missing
    full,             ///< and no ballast is left
    io,
    misuse,       ///< the caller's request cannot be sealed (too large, another till's key)
    right_ended,  ///< the sale draws more than the till's right has left by now
    other,
  };
  Fault fault = Fault::other;
  std::string detail;
};

/// For people and logs: "newer_schema".
[[nodiscard]] std::string_view to_text(DiskError::Fault fault);
[[nodiscard]] DiskError disk_error(const core::DbError& error, const std::string& path);

template <class Value>
using Disk = core::Expected<Value, DiskError>;

/// Steps a cached statement and lets go of its read transaction when it goes out of sight, so that
/// a reader never holds up a checkpoint.
class Rows {
 public:
  explicit Rows(core::Statement& statement) : statement_(statement) {}
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  ~Rows() { statement_.reset(); }
  [[nodiscard]] bool next() { return statement_.step(); }
  [[nodiscard]] core::Statement& row() { return statement_; }

 private:
  core::Statement& statement_;
};

}  // namespace pos::disk
