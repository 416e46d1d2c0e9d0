#pragma once

#include <rapidcheck.h>

#include <ostream>
#include <string>

#include "pos/core/json/json.hpp"

/// Random programmes over the articles of arbitrary_basket.hpp.
namespace pos::core {
/// For RapidCheck's account of a failure.
inline void showValue(const Json& json, std::ostream& out) { out << json.dump(); }
}  // namespace pos::core

namespace tests::programme {

struct ProgrammeShape {
  /// Nothing in it lets more mean less: classes, tiers, upper limits and "not" appear in no
  /// condition, no group makes one benefit a rival of another, nothing is claimed or limited, and
  /// no set has a price: it costs the same whatever was off before, but lies on its lines
  /// otherwise, so that a percentage behind it may find less.
  bool graded_only = false;
};

[[nodiscard]] rc::Gen<pos::core::Json> any_programme(ProgrammeShape shape);

}  // namespace tests::programme
