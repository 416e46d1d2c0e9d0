#pragma once

#include "pos/core/sqlite/database.hpp"

namespace pos::disk {

inline constexpr std::int64_t kJournalApplication = 0x434A524E;  // "CJRN"
inline constexpr std::int64_t kJournalSchema = 1;

/// Makes the tables in a new file; refuses a newer schema (DbFailure, newer_schema) and another
/// program's file (foreign).
void prepare_schema(core::Database& database, std::int64_t application, std::int64_t schema,
                    const char* tables);

/// For connections that only read.
void check_schema(core::Database& database, std::int64_t application, std::int64_t schema);

/// `effect.outcome`: nothing until the hub's outcome came, then its seq in the member's stream; 0
/// when the hub has parked the fact, which then changes no balance.
/// Below zero since that stream was read from zero: the row at hand may show the effect or not, so
/// what it gave counts no more and what it took counts; minus the new seq, or, until that comes,
/// kForgotten plus the generation of the stream's rows in the cache that began with this reading.
inline constexpr std::int64_t kForgotten = INT64_MIN;
inline constexpr std::int64_t kForgottenEnd = INT64_MIN / 2;  ///< no seq is so far from zero

inline constexpr const char* kJournalTables = R"(
CREATE TABLE fact(
  position INTEGER PRIMARY KEY,
  incarnation INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  till INTEGER NOT NULL,
  uid BLOB NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  size INTEGER NOT NULL,
  body_hash BLOB NOT NULL,
  chain BLOB NOT NULL,
  signature BLOB NOT NULL,
  box BLOB,
  body BLOB NOT NULL) STRICT;
CREATE TABLE incarnation(
  incarnation INTEGER PRIMARY KEY,
  first_position INTEGER NOT NULL,
  accepted INTEGER NOT NULL) STRICT;
CREATE TABLE effect(
  account BLOB NOT NULL,
  position INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  spent INTEGER NOT NULL,
  gained INTEGER NOT NULL,
  outcome INTEGER,
  PRIMARY KEY(account, position)) STRICT, WITHOUT ROWID;
CREATE TABLE spend(
  right_id BLOB NOT NULL,
  account BLOB NOT NULL,
  position INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY(right_id, account, position)) STRICT, WITHOUT ROWID;
CREATE TABLE returned(
  sale BLOB NOT NULL,
  position INTEGER NOT NULL,
  line INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  is_void INTEGER NOT NULL,
  PRIMARY KEY(sale, position, line)) STRICT, WITHOUT ROWID;
CREATE TABLE right_received(
  right_id BLOB PRIMARY KEY,
  position INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  per_member_max INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE unprinted(position INTEGER PRIMARY KEY) STRICT;
CREATE TABLE state(key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
)";

/// Likewise beside the tables of schema 1: what unsettled sales gave of budgets.
inline constexpr const char* kBudgetTable = R"(
CREATE TABLE IF NOT EXISTS budget_given(
  benefit TEXT NOT NULL,
  position INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY(benefit, position)) STRICT, WITHOUT ROWID;
)";

/// Likewise: what a right counts from. Spends are summed by their place.
inline constexpr const char* kRightTables = R"(
CREATE TABLE IF NOT EXISTS right_mark(
  right_id BLOB PRIMARY KEY,
  number INTEGER NOT NULL,
  settled_position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS spend_position ON spend(position, account, amount);
)";

/// Likewise: records whose envelope was altered before the hub had them, as they were found. `at`
/// is the place of the begin that took theirs; what they drew on a right is kept there.
inline constexpr const char* kHoleTable = R"(
CREATE TABLE IF NOT EXISTS hole(
  at INTEGER NOT NULL,
  place INTEGER NOT NULL,
  incarnation INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  uid BLOB NOT NULL,
  kind TEXT NOT NULL,
  chain BLOB NOT NULL,
  signature BLOB NOT NULL,
  box BLOB,
  body BLOB NOT NULL) STRICT;
)";

/// Beside the tables of schema 1, made when it is first needed: a program that does not know it
/// goes on with the file, so that going back to one never stops a till.
inline constexpr const char* kProgrammeTable = R"(
CREATE TABLE IF NOT EXISTS programme(
  hash BLOB PRIMARY KEY,
  document BLOB NOT NULL) STRICT;
)";

}  // namespace pos::disk
