#pragma once

#include <span>
#include <string_view>

namespace tests::sim {

/// Bugs that can be planted (pos/core/planted.hpp). The first kEasyBugs are found within a few
/// seeds; `./test` looks for these.
[[nodiscard]] std::span<const std::string_view> bug_list();
inline constexpr std::size_t kEasyBugs = 10;

/// From here on the bug of that name is in every till and hub; empty: none. False in a build
/// without planted bugs.
[[nodiscard]] bool plant(std::string_view name);

}  // namespace tests::sim
