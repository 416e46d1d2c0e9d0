#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "pos/app/events.hpp"
#include "pos/core/expected.hpp"

namespace pos::terminal {

/// What a line on standard input asks a till without a window to do.
struct HeadlessScan {
  std::string text;  ///< as a scanner would send it
};
struct HeadlessQuit {};
using HeadlessCommand = std::variant<app::Event, HeadlessScan, HeadlessQuit>;

/// One line without its end; the reason says what is wrong with it. The words are those of
/// docs/operations.md.
[[nodiscard]] core::Expected<HeadlessCommand, std::string> parse_headless(std::string_view line);

}  // namespace pos::terminal
