#pragma once

#include <optional>
#include <vector>

#include "pos/programme/facts.hpp"
#include "sync/hub/inbox_store.hpp"

namespace club::hub {

/// What tills may give without asking: the rights issued to them, and what their facts drew. What
/// is left is never stored. Works inside the caller's transaction; throws DbFailure.
class RightStore {
 public:
  explicit RightStore(pos::core::Database& db) : db_(db) {}

  struct Record {
    wire::IssuedRight right;
    std::int64_t settled_id = 0;  ///< place in the inbox of the fact that it names as settled
    bool received = false;        ///< it is a fact of the till's journal
  };
  [[nodiscard]] std::optional<Record> newest(std::uint32_t till);
  void issue(std::uint32_t till, const Record& record);
  /// A fact of that till says so. A right that is not known here was issued in an earlier life of
  /// this hub, which was restored since.
  void received(std::uint32_t till, const pos::programme::RightFact& fact, std::int64_t settled_id);
  void draw(std::uint32_t till, const pos::domain::RightId& right, pos::domain::Money amount,
            std::int64_t inbox_id);
  /// What facts of that till drew that arrived behind that place of the inbox.
  [[nodiscard]] pos::domain::Money drawn_behind(std::uint32_t till, std::int64_t inbox_id);

  /// What a till may still give without asking, as far as its facts have arrived: the worst that it
  /// can cost. In money.
  struct Exposure {
    std::uint32_t till = 0;
    pos::domain::StoreCode store;
    pos::domain::Money amount;  ///< of the newest right
    pos::domain::Money drawn;   ///< by all its facts so far
    pos::domain::Money left;    ///< of the largest right that it has not handed back
    bool received = false;      ///< the newest right is in its journal
    bool recalled = false;
    bool written_off = false;
  };
  /// Of every till that was given a right, in the order of their numbers.
  [[nodiscard]] std::vector<Exposure> exposure();

  /// A restored hub may have forgotten what it gave: from now on it waits for every till that is
  /// paired and not written off.
  void await_all();
  [[nodiscard]] bool awaits_any();
  [[nodiscard]] bool awaits(std::uint32_t till);
  [[nodiscard]] std::vector<std::uint32_t> awaited();
  void heard(std::uint32_t till);

 private:
  void fold(std::uint32_t till, const pos::domain::RightId& right);

  pos::core::Database& db_;
};

}  // namespace club::hub
