#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sync/wire/messages.hpp"
#include "tests/support/fault_vfs.hpp"

namespace tests::sim {

/// How often each fault struck and each answer of the protocol was given. What never happened in a
/// long run was never tested.
class Tally {
 public:
  void count(std::string_view what, std::uint64_t times = 1);
  /// Every answer of the hub, by its call and word.
  void count_answer(const club::wire::Request& request, const club::wire::Response& response);
  void add(const Tally& other);

  [[nodiscard]] const std::map<std::string, std::uint64_t, std::less<>>& counts() const {
    return counts_;
  }
  /// Of those that a long run must see.
  [[nodiscard]] std::vector<std::string_view> never() const;

 private:
  std::map<std::string, std::uint64_t, std::less<>> counts_;
};

/// "disk: hub loses power, unsynced torn"
[[nodiscard]] std::string fate_name(std::string_view machine, FaultVfs::Unsynced unsynced);

}  // namespace tests::sim
