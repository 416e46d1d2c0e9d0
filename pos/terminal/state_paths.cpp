#include "pos/terminal/state_paths.hpp"

#include <cstdlib>

namespace pos::terminal {

std::optional<StatePaths> state_paths(const std::optional<std::string>& named) {
  if (named) return StatePaths{*named};
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/') {
    return StatePaths{std::string(state) + "/clubtill"};
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
    return StatePaths{std::string(home) + "/.local/state/clubtill"};
  }
  return std::nullopt;
}

}  // namespace pos::terminal
