#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "pos/core/chance.hpp"
#include "tests/smoke/sockets.hpp"

namespace tests::smoke {

/// What is done to one request on its way.
enum class Mischief {
  none,
  cut_before,      ///< the connection ends before the hub sees anything
  cut_inside,      ///< the hub gets half of the request
  twice_first,     ///< the hub gets it twice, the till hears the first answer
  twice_second,    ///< the hub gets it twice, the till hears the second answer
  drop_answer,     ///< the hub has done it, the till hears nothing
  half_an_answer,  ///< the till hears half of it
  delay            ///< the request waits so long that the till may have given up
};

/// Decides, by a seed, and counts. Any thread.
class Chaos {
 public:
  enum class Mode { calm, wild, down };

  explicit Chaos(std::uint64_t seed) : chance_(seed) {}

  void set(Mode mode) { mode_ = mode; }
  [[nodiscard]] bool down() const { return mode_ == Mode::down; }
  [[nodiscard]] Mischief pick();
  /// {"requests":10,"cut":1,"doubled":2,"delayed":1,"answers_dropped":3}
  [[nodiscard]] std::string account() const;

 private:
  std::mutex mutex_;
  pos::core::SeededChance chance_;
  std::atomic<Mode> mode_ = Mode::calm;
  std::atomic<std::uint64_t> requests_ = 0;
  std::atomic<std::uint64_t> cut_ = 0;
  std::atomic<std::uint64_t> doubled_ = 0;
  std::atomic<std::uint64_t> dropped_ = 0;
  std::atomic<std::uint64_t> delayed_ = 0;
};

/// Forwards from a port to the hub's. Each connection has a thread of its own.
class Proxy {
 public:
  Proxy(Chaos& chaos, std::uint16_t hub) : chaos_(chaos), hub_(hub) {}

  /// Serves one till's connection until either side ends it.
  void serve(int till);
  /// Ends every connection of a till that is open now.
  void cut_all();

 private:
  /// The hub's answer, on a connection of its own. Nothing when the hub is gone.
  [[nodiscard]] std::optional<std::string> ask(const std::string& request);
  void send_half(const std::string& request);
  [[nodiscard]] std::optional<std::string> forward(const std::string& request, Mischief mischief);

  [[nodiscard]] bool answer_one(const Descriptor& till, const std::string& request);

  Chaos& chaos_;
  std::uint16_t hub_;
  std::mutex mutex_;
  std::set<int> open_;  ///< sockets of tills, under mutex_
};

}  // namespace tests::smoke
