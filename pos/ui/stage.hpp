#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "pos/ui/widgets.hpp"

struct ImGuiContext;

namespace pos::ui {

/// One drawing context with its text, theme and memory: everything of a window but the window.
/// Without one it draws into nothing, which is how tests use it. Main thread.
class Stage {
 public:
  /// `textures` must live longer. Fails when no usable font is installed.
  [[nodiscard]] static core::Expected<std::unique_ptr<Stage>, text::FontError> open(
      Theme theme, TextureHost& textures);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  /// Pixels of the drawing area, and pixels per millimetre of the screen.
  void resize(int width_px, int height_px, float px_per_mm);

  /// One frame. `prepare` runs with the library's context current before the frame begins (a window
  /// feeds the pointer there), `draw` inside, `present` afterwards.
  struct Hooks {
    std::function<void()> prepare;
    std::function<void()> present;
  };
  void frame(core::Tick now, const std::function<void(Widgets&)>& draw, const Hooks& hooks = {});

  [[nodiscard]] Input& input() { return input_; }
  [[nodiscard]] const WidgetMemory& memory() const { return memory_; }
  [[nodiscard]] const Theme& theme() const { return theme_; }
  [[nodiscard]] TextKit& text() { return *text_; }
  [[nodiscard]] ImGuiContext* context() const { return context_; }
  /// Something typed still waits for its frame.
  [[nodiscard]] bool input_waits() const { return !input_.empty(); }
  /// Whether the last frame's picture differs from the one before.
  [[nodiscard]] bool picture_changed() const { return picture_changed_; }
  /// Forget the last picture: the next frame counts as changed.
  void invalidate() { last_picture_.clear(); }

  /// For tests: where the pointer is, and whether it presses.
  void pointer(Point at, bool down);

 private:
  Stage(Theme theme, TextureHost& textures, std::unique_ptr<TextKit> text);
  void move_focus_by_tab();
  void drop_unclaimed(std::uint64_t taken_before, bool waited);
  void compare_picture();

  class LibraryClipboard final : public Clipboard {
   public:
    [[nodiscard]] std::string get() const override;
    void set(const std::string& text) override;
  };

  Theme theme_;
  std::unique_ptr<TextKit> text_;
  GlyphPages pages_;
  ImGuiContext* context_ = nullptr;
  WidgetMemory memory_;
  Input input_;
  LibraryClipboard clipboard_;
  float width_ = 1366;
  float height_ = 768;
  std::vector<std::uint8_t> last_picture_;
  std::vector<std::uint8_t> picture_;
  bool picture_changed_ = true;
};

}  // namespace pos::ui
