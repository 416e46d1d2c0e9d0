#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/sim/climate.hpp"
#include "tests/sim/sim_hub.hpp"

namespace tests::sim {

/// A line between one till and the hub. What goes wrong on it is drawn from the seed's climate.
class SimLink final : public club::wire::Link {
 public:
  SimLink(SimHub& hub, const VirtualTime& time, const Climate& climate, std::uint64_t seed,
          Trace& trace)
      : hub_(hub), time_(time), climate_(climate), chance_(seed), trace_(trace) {}

  [[nodiscard]] pos::core::Expected<club::wire::Response, club::wire::LinkFault> call(
      const club::wire::Request& request, pos::core::Millis timeout) override;

  /// Requests that were held back and are due now; nobody waits for their answers any more.
  void deliver_late();
  void toggle_cut();
  void toggle_one_way();
  /// From here on nothing goes wrong; what was held back arrives in the end all the same.
  void heal();
  /// The incarnation of which the till was told that it forked, since the last time that this was
  /// asked.
  [[nodiscard]] std::optional<std::uint32_t> take_forked() {
    return std::exchange(forked_, std::nullopt);
  }

 private:
  using Response = club::wire::Response;
  struct HeldBack {
    pos::core::Tick due;
    club::wire::Request request;
  };
  [[nodiscard]] bool happens(int percent, const char* what);
  [[nodiscard]] std::optional<Response> reach(const club::wire::Request& request);
  [[nodiscard]] Response spoil(const club::wire::Request& request, Response response);
  void note_fork(const club::wire::Request& request, const Response& response);
  void hold_back(const club::wire::Request& request);

  SimHub& hub_;
  const VirtualTime& time_;
  Climate climate_;
  pos::core::SeededChance chance_;
  Trace& trace_;
  std::vector<HeldBack> held_back_;
  std::map<std::string, Response> earlier_;  ///< by path
  std::optional<std::uint32_t> forked_;
  bool cut_ = false;
  bool one_way_ = false;
};

}  // namespace tests::sim
