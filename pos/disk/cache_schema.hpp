#pragma once

#include <cstdint>

namespace pos::disk {

inline constexpr std::int64_t kCacheApplication = 0x43434143;  // "CCAC"
inline constexpr std::int64_t kCacheSchema = 8;

/// `generation` is the stream's life in which the row was last seen: when a stream restarts, rows
/// of an older one go. A row with seq 0 joined here and is not yet known to the hub.
inline constexpr const char* kCacheTables = R"(
CREATE TABLE member(
  id BLOB PRIMARY KEY,
  stream INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  facts BLOB NOT NULL,
  name BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE card(
  hash BLOB PRIMARY KEY,
  member BLOB NOT NULL,
  blocked INTEGER NOT NULL,
  stream INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  generation INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE phone(
  hash BLOB PRIMARY KEY,
  member BLOB NOT NULL,
  stream INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  generation INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE card_value(
  account BLOB PRIMARY KEY,
  stream INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  line TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE club_row(
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  generation INTEGER NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY(kind, key)) STRICT, WITHOUT ROWID;
CREATE TABLE cursor(
  stream INTEGER PRIMARY KEY,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  restarting INTEGER NOT NULL,
  count INTEGER NOT NULL,
  digest BLOB NOT NULL) STRICT;
)";

}  // namespace pos::disk
