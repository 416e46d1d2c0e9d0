#pragma once

#include <memory>

namespace tests::support {

/// One till's worth of sales for a hub, sealed before the clock starts.
class HubLoad {
 public:
  /// `members` people buy in turn.
  HubLoad(std::size_t facts, std::size_t members);
  ~HubLoad();
  void push_all();
  void apply_all();
  void pull_all();
  [[nodiscard]] std::size_t rows() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tests::support
