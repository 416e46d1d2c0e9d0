#pragma once

/// Bugs planted on purpose, to prove that the simulator sees them: switches at run time in a second
/// build of the store and sync libraries, which the simulator alone links. In what a shop runs the
/// switch is the constant false and its name is not in the program. In .cpp files only.
#ifdef CLUBTILL_PLANTED

#include <cstdint>
#include <string>
#include <string_view>

namespace pos::core {

struct PlantedBug {
  std::string name;         ///< empty: none
  std::uint64_t asked = 0;  ///< so often since it was planted
};

inline PlantedBug& planted_bug() {
  static PlantedBug bug;
  return bug;
}

inline bool is_planted(std::string_view name) { return planted_bug().name == name; }

/// Every n-th time that it is asked.
inline bool is_planted_now_and_then(std::string_view name, std::uint64_t n) {
  return is_planted(name) && ++planted_bug().asked % n == 0;
}

}  // namespace pos::core

#define CLUBTILL_BUG(name) ::pos::core::is_planted("bug:" name)
#define CLUBTILL_BUG_AT_TIMES(name, n) ::pos::core::is_planted_now_and_then("bug:" name, n)

#else

#define CLUBTILL_BUG(name) false
#define CLUBTILL_BUG_AT_TIMES(name, n) false

#endif
