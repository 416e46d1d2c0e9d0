#pragma once

#include <cstdint>
#include <span>

namespace pos::core {

/// Where randomness comes from. Production asks the operating system; the simulator a seed.
/// One object belongs to one thread.
class Chance {
 public:
  virtual ~Chance() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;

  /// Evenly from [0, bound); bound must not be 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);
};

/// A seeded sequence (splitmix64): tests, the simulator and the sample club. Never for keys of a
/// shop.
class SeededChance final : public Chance {
 public:
  explicit SeededChance(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  [[nodiscard]] std::uint64_t next();
  std::uint64_t state_;
};

}  // namespace pos::core
