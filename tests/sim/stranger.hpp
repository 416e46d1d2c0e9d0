#pragma once

#include "tests/sim/sim_hub.hpp"

namespace tests::sim {

/// Somebody who knows the protocol and means ill: a paired till that seals nothing, and calls of
/// nobody at all. Each must get the refusal that docs/sync-protocol.md names, and change nothing.
class Stranger {
 public:
  Stranger(SimHub& hub, std::uint64_t seed);
  /// One hostile call; nothing when the hub is down or its disk in trouble.
  void call();

 private:
  using Request = club::wire::Request;
  using Word = club::wire::Refusal::Word;
  [[nodiscard]] Request signed_request(std::string_view path, pos::core::Bytes body);
  [[nodiscard]] club::wire::PushRequest facts();
  void expect(const Request& request, Word word);
  void send_bad_chain();

  SimHub& hub_;
  pos::core::SeededChance chance_;
  pos::core::SigningPair key_;
  pos::domain::TillNumber till_;
  club::wire::Nonce nonce_;
  std::uint64_t counter_ = 0;
};

}  // namespace tests::sim
