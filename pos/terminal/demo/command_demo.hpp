#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "pos/core/exit_code.hpp"
#include "pos/terminal/config.hpp"

namespace pos::terminal::demo {

struct DemoOptions {
  std::optional<std::string> folder;  ///< otherwise clubtill-sample in the user's state folder
  std::string sheets;                 ///< assets/sample-club
  std::string profile = "rimon-il";
  bool prepare = false;  ///< makes the files and opens no window
  TillConfig config;     ///< slips and pictures go to the folder unless it says otherwise
  std::string state_watch_file;
};

/// Opens a till of the sample club with its hub in the same process: no pairing, no network. Makes
/// the club with its past at the first start.
[[nodiscard]] core::ExitCode run_demo(DemoOptions options, std::ostream& err);

}  // namespace pos::terminal::demo
