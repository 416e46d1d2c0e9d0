#pragma once

#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

namespace pos::core {

/// A value or the reason why there is none. Expected trouble travels in here; our own bugs stop at
/// CLUBTILL_CHECK.
template <class Value, class Reason>
using Expected = tl::expected<Value, Reason>;

/// Makes the failing side of an Expected.
template <class Reason>
[[nodiscard]] tl::unexpected<std::decay_t<Reason>> fail(Reason&& reason) {
  return tl::unexpected<std::decay_t<Reason>>(std::forward<Reason>(reason));
}

}  // namespace pos::core
