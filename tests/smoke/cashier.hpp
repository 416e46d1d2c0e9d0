#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "pos/core/chance.hpp"

namespace tests::smoke {

/// A cashier at a till without a window: sees the line that tells what the till is at, and says
/// what is done next. What was begun before a kill is gone on with.
class Cashier {
 public:
  Cashier(std::uint64_t seed, std::filesystem::path slips)
      : chance_(seed), slips_(std::move(slips)) {
    plan();
  }

  /// Empty: the till is busy. `state` is a line of "key=value" words.
  [[nodiscard]] std::string next(std::string_view state);
  /// Ends what is open and begins nothing: of the people who stand there, nobody is sent away.
  void close() { closing_ = true; }
  [[nodiscard]] std::size_t sales() const { return sales_; }

 private:
  using Words = std::map<std::string, std::string, std::less<>>;
  void plan();
  [[nodiscard]] std::string on_checkout(const Words& words);
  [[nodiscard]] std::string on_return(const Words& words);
  [[nodiscard]] std::string old_receipt();

  pos::core::SeededChance chance_;
  std::filesystem::path slips_;
  bool closing_ = false;
  bool selling_ = false;
  std::size_t sales_ = 0;
  std::int64_t pieces_ = 1;  ///< that this customer buys
  bool shows_card_ = false;
  bool wants_points_ = false;
  bool wants_coffee_ = false;  ///< with the coupon that is good once in the whole chain
  bool brings_back_ = false;
};

}  // namespace tests::smoke
