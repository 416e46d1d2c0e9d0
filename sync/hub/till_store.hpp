#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/core/sqlite/database.hpp"
#include "sync/wire/messages.hpp"

namespace club::hub {

struct TillRecord {
  pos::domain::TillNumber number;
  pos::domain::StoreCode store;
  pos::domain::RegionCode region;
  std::optional<pos::core::VerifyKey> key;  ///< nothing until it registers
  bool revoked = false;
  bool recalled = false;     ///< is to give nothing without asking
  bool written_off = false;  ///< gone for good: nobody counts on it any more
};

/// Tills and pairing codes. Throws DbFailure.
class TillStore {
 public:
  explicit TillStore(pos::core::Database& db) : db_(db) {}

  [[nodiscard]] pos::domain::TillNumber add(const pos::domain::StoreCode& store,
                                            const pos::domain::RegionCode& region);
  [[nodiscard]] std::optional<TillRecord> find(std::uint32_t number);
  [[nodiscard]] std::vector<TillRecord> all();

  /// Only the code's hash is kept.
  void add_code(const pos::core::Digest& code, std::uint32_t till, pos::core::Instant expires);
  /// Gives the key to the till that the code is for. A code is good once and until it expires; the
  /// same key may ask again, because its answer may have been lost.
  [[nodiscard]] std::optional<TillRecord> use_code(const pos::core::Digest& code,
                                                   const pos::core::VerifyKey& key,
                                                   pos::core::Instant now);

  void recall(std::uint32_t till, bool recalled);
  void write_off(std::uint32_t till);
  /// The newest fact of that till that has arrived, by its place in the inbox; 0: none.
  [[nodiscard]] std::int64_t newest(std::uint32_t till);
  void set_newest(std::uint32_t till, std::int64_t inbox_id);

 private:
  pos::core::Database& db_;
};

}  // namespace club::hub
