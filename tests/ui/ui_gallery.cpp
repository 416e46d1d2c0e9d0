#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>

#include "pos/ui/screens.hpp"
#include "pos/ui/window.hpp"
#include "tests/ui/example_views.hpp"
#include "tests/ui/machine_clock.hpp"

// Draws every example through the real window and writes the pictures.
// usage: ui_gallery FOLDER [NAME] [WIDTHxHEIGHT] | ui_gallery --measure

namespace {

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
  std::filesystem::create_directories(folder);
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

std::int64_t at_percent(std::vector<std::int64_t>& values, std::size_t percent) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, values.size() * percent / 100)];
}

std::int64_t cpu_us() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1'000'000L + usage.ru_utime.tv_usec +
         usage.ru_stime.tv_usec;
}

/// A member comes and goes 400 times; then the window is left alone.
void measure(pos::ui::Window& window) {
  pos::ui::Screens screens;
  std::vector<std::int64_t> build;
  std::vector<std::int64_t> show;
  const auto without = tests::ui::empty_checkout(pos::domain::Language::he);
  const auto with = tests::ui::checkout_of_noa(pos::domain::Language::he);
  for (int i = 0; i < 400; ++i) {
    window.request_frame();
    window.wait_events(pos::core::Millis(1));
    const auto& view = i % 2 == 0 ? without : with;
    window.frame([&](pos::ui::Widgets& widgets) { (void)screens.draw(widgets, view); });
    if (i < 20) continue;
    build.push_back(window.counts().last_build.count());
    show.push_back(window.counts().last_show.count());
  }
  const std::int64_t before = cpu_us();
  const auto drawn = window.counts().drawn;
  constexpr int kSeconds = 10;
  for (int i = 0; i < kSeconds; ++i) {
    window.wait_events(pos::core::Millis(1000));
    while (window.frame_due()) {
      window.frame([&](pos::ui::Widgets& widgets) { (void)screens.draw(widgets, with); });
    }
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("event to draw data: median %ld us, p99 %ld us\n", at_percent(build, 50),
              at_percent(build, 99));
  std::printf("drawing and showing: median %ld us, p99 %ld us\n", at_percent(show, 50),
              at_percent(show, 99));
  std::printf("idle: %.2f %% of a core, %lu frames in %d s\n",
              static_cast<double>(cpu_us() - before) / (kSeconds * 10'000.0),
              static_cast<unsigned long>(window.counts().drawn - drawn), kSeconds);
  std::printf("memory: %ld MiB at most\n", usage.ru_maxrss / 1024);
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::fprintf(stderr, "usage: ui_gallery FOLDER [NAME] [WIDTHxHEIGHT]\n");
    return 2;
  }
  const Format format = count > 3 ? parse_format(words[3]) : Format{};
  const tests::ui::MachineClock clock;
  auto window = pos::ui::Window::open({.width_px = format.width, .height_px = format.height},
                                      pos::ui::Theme::light(), clock);
  if (!window) {
    std::fprintf(stderr, "no window: %s\n", window.error().detail.c_str());
    return 1;
  }
  if (std::string(words[1]) == "--measure") {
    measure(**window);
    return 0;
  }
  return draw_all(**window, words[1], count > 2 ? words[2] : "") ? 0 : 1;
}
