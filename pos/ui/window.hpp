#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pos/core/clock.hpp"
#include "pos/core/expected.hpp"
#include "pos/ui/stage.hpp"

namespace pos::ui {

struct WindowError {
  enum class Fault : std::uint8_t { no_display, no_graphics, no_font, no_picture };
  Fault fault = Fault::no_display;
  std::string detail;
};

/// The till's window. Everything but wake() belongs to the main thread; one window at a time.
class Window {
 public:
  struct Options {
    std::string title = "Clubtill";
    int width_px = 1366;
    int height_px = 768;
    bool fullscreen = false;
    /// Measured by a person. nullopt: usual_px_per_mm() of the size.
    std::optional<float> px_per_mm = {};
    /// Waits for the screen's beat before it shows a picture.
    bool vsync = false;
  };
  [[nodiscard]] static core::Expected<std::unique_ptr<Window>, WindowError> open(
      const Options& options, Theme theme, const core::Clock& clock);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  /// Somebody wants to close it.
  [[nodiscard]] bool should_close() const;

  /// Handles what the window system has to say, and returns at the first such thing, at wake(),
  /// when a frame is due, or after `timeout` (nullopt: never).
  void wait_events(std::optional<core::Millis> timeout);
  /// Any thread, any time while the window lives: makes wait_events() return and a frame due.
  void wake();
  /// The next wait_events() does not wait; frames are due as after an event.
  void request_frame();
  /// Something happened since the last frames. After an event the library needs two frames more;
  /// then nothing is due until the next one. Each turn of the loop drains its queues before it
  /// draws, so that a queued event never waits for those.
  [[nodiscard]] bool frame_due() const;

  /// Draws a frame. A picture equal to the one shown is not sent to the screen again.
  void frame(const std::function<void(Widgets&)>& draw);

  /// Sees every key before any field does. Null: keys go straight to the input. Must live as long
  /// as it is set.
  void set_keyboard(KeyboardSink* sink);
  /// Where a person's typing is put back.
  [[nodiscard]] Input& input();
  /// Paths of files that were dropped on the window.
  void set_file_drop(std::function<void(std::vector<std::string>)> dropped);

  /// The picture that was shown last, as a PNG file.
  [[nodiscard]] std::optional<WindowError> screenshot(const std::string& path);

  [[nodiscard]] Stage& stage();

  struct Counts {
    std::uint64_t drawn = 0;     // frames built
    std::uint64_t shown = 0;     // and sent to the screen
    core::Micros last_build{0};  // from the start of the last frame to its finished draw data
    core::Micros last_show{0};   // from there to the return of the buffer swap
  };
  [[nodiscard]] Counts counts() const;

 private:
  struct Impl;
  explicit Window(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pos::ui
