#include <chrono>
#include <cstdio>
#include <string>

#include "pos/ui/screens.hpp"
#include "pos/ui/window.hpp"
#include "tests/ui/example_views.hpp"

// Draws every example through the real window and writes the pictures.
// usage: ui_gallery FOLDER [NAME] [WIDTHxHEIGHT]

namespace {

class MachineClock final : public pos::core::Clock {
 public:
  [[nodiscard]] pos::core::Instant now() const override { return {}; }
  [[nodiscard]] pos::core::Tick tick() const override {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return pos::core::Tick::from_us(
        std::chrono::duration_cast<std::chrono::microseconds>(since).count());
  }
  [[nodiscard]] std::chrono::minutes utc_offset(pos::core::Instant) const override { return {}; }
};

struct Format {
  int width = 1366;
  int height = 768;
};

Format parse_format(const std::string& text) {
  Format format;
  if (std::sscanf(text.c_str(), "%dx%d", &format.width, &format.height) != 2) return {};
  return format;
}

bool draw_all(pos::ui::Window& window, const std::string& folder, const std::string& only) {
  for (const auto& example : tests::ui::examples()) {
    if (!only.empty() && only != example.name) continue;
    for (const auto language : pos::domain::kLanguages) {
      const pos::app::ScreenView view = example.make(language);
      pos::ui::Screens screens;
      for (int i = 0; i < 3; ++i) {
        window.wait_events(pos::core::Millis(1));
        window.frame([&](pos::ui::Widgets& widgets) { (void)screens.draw(widgets, view); });
      }
      const std::string path = folder + "/" + example.name + "-" +
                               std::string(pos::domain::language_code(language)) + ".png";
      if (const auto error = window.screenshot(path)) {
        std::fprintf(stderr, "%s\n", error->detail.c_str());
        return false;
      }
    }
  }
  return true;
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::fprintf(stderr, "usage: ui_gallery FOLDER [NAME] [WIDTHxHEIGHT]\n");
    return 2;
  }
  const Format format = count > 3 ? parse_format(words[3]) : Format{};
  const MachineClock clock;
  auto window = pos::ui::Window::open({.width_px = format.width, .height_px = format.height},
                                      pos::ui::Theme::light(), clock);
  if (!window) {
    std::fprintf(stderr, "no window: %s\n", window.error().detail.c_str());
    return 1;
  }
  return draw_all(**window, words[1], count > 2 ? words[2] : "") ? 0 : 1;
}
