#pragma once

#include <optional>
#include <string>

namespace pos::terminal {

/// Where one till keeps what is its own. Everything in here is private to the user who runs it.
struct StatePaths {
  std::string folder;

  [[nodiscard]] std::string journal() const { return folder + "/journal.db"; }
  [[nodiscard]] std::string cache() const { return folder + "/cache.db"; }
  [[nodiscard]] std::string keys() const { return folder + "/till.key"; }
  [[nodiscard]] std::string pairing() const { return folder + "/pairing.json"; }
  [[nodiscard]] std::string ballast() const { return folder + "/ballast"; }
  [[nodiscard]] std::string language() const { return folder + "/language"; }
};

/// The folder that was named, or $XDG_STATE_HOME/clubtill, or ~/.local/state/clubtill. Nothing when
/// none can be found.
[[nodiscard]] std::optional<StatePaths> state_paths(const std::optional<std::string>& named);

}  // namespace pos::terminal
