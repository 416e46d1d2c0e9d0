#pragma once

#include <string>
#include <string_view>

#include "pos/core/crypto/crypto.hpp"

namespace tests::sim {

/// What happened, as one digest: the same seed leaves the same trace.
class Trace {
 public:
  void add(std::string_view line) {
    digest_ = pos::core::blake2b({digest_.bytes(), pos::core::bytes_of(line)});
  }
  [[nodiscard]] std::string hex() const { return digest_.hex(); }

 private:
  pos::core::Digest digest_;
};

/// A law was broken; the message says which and where.
struct Violation {
  std::string what;
};

inline void demand(bool holds, const std::string& what) {
  if (!holds) throw Violation{what};
}

}  // namespace tests::sim
