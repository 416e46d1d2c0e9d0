#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pos/app/events.hpp"
#include "pos/app/views/screen_view.hpp"
#include "pos/ui/widgets.hpp"

namespace pos::ui {

/// Draws what a view says and tells what the cashier did. Keeps only what may be lost: the page
/// that is open, and which sheet had the keyboard.
class Screens {
 public:
  /// The events in the order in which they happened. Main thread, inside Window::frame() or
  /// Stage::frame().
  [[nodiscard]] std::vector<app::Event> draw(Widgets& widgets, const app::ScreenView& view);

  /// Which part of a long list is open.
  struct Pages {
    std::size_t begin = 0;
    std::size_t rows_seen = 0;  // how long the list was: a longer one shows its end
    bool at_end = false;
    int turn = 0;  // asked for by the buttons, for the next frame
    std::optional<std::size_t> shown;
  };

 private:
  std::string layer_;             // what lies on top
  bool layer_was_empty_ = false;  ///< it had no control to give the keyboard to
  std::map<std::string, Pages> pages_;
};

}  // namespace pos::ui
