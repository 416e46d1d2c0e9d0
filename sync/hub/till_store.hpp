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
};

/// Tills, pairing codes and rights. Throws DbFailure.
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

  void add_right(const wire::IssuedRight& right, std::uint32_t till);
  [[nodiscard]] bool has_right(std::uint32_t till);
  /// Issued and not yet seen in the till's journal.
  [[nodiscard]] std::vector<wire::IssuedRight> open_rights(std::uint32_t till);
  /// False when it was not issued to this till.
  bool right_received(const pos::domain::RightId& right, std::uint32_t till);
  /// A fact of that till drew so much on it.
  void draw(const pos::domain::RightId& right, std::uint32_t till, pos::domain::Money amount);

  /// What a till may still give without asking, as far as its facts have arrived: the worst that it
  /// can cost. In money.
  struct Exposure {
    std::uint32_t till = 0;
    pos::domain::StoreCode store;
    pos::domain::Money issued;
    pos::domain::Money drawn;
    pos::domain::Money left;
    bool written_off = false;
  };
  /// Of every till that was given a right, in the order of their numbers.
  [[nodiscard]] std::vector<Exposure> exposure();
  /// Nobody counts on that till's rights any more. Gives what was left of them.
  pos::domain::Money write_off(std::uint32_t till);

 private:
  pos::core::Database& db_;
};

}  // namespace club::hub
