#pragma once

#include <string>
#include <type_traits>
#include <utility>

#include "tests/sim/trace.hpp"

namespace tests::sim {

/// The value; a violation when there is none.
template <class Result>
typename Result::value_type must(Result result, const std::string& who, const char* doing) {
  demand(result.has_value(),
         who + ": " + doing + (result ? std::string() : ": " + result.error().detail));
  if constexpr (!std::is_void_v<typename Result::value_type>) return std::move(*result);
}

}  // namespace tests::sim
