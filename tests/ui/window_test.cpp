#include "pos/ui/window.hpp"

#include <filesystem>
#include <thread>

#include "pos/ui/screens.hpp"
#include "tests/support/catch.hpp"
#include "tests/ui/example_views.hpp"
#include "tests/ui/machine_clock.hpp"

// Through the real window; runs under with_display.sh.

using namespace tests::ui;
using pos::core::Millis;
using pos::ui::Window;

namespace {

class OpenWindow {
 public:
  OpenWindow() {
    auto opened = Window::open({}, pos::ui::Theme::light(), clock_);
    INFO((opened ? std::string() : opened.error().detail));
    REQUIRE(opened.has_value());
    window = std::move(*opened);
  }
  /// Draws whatever is due, until nothing is.
  int settle() {
    int frames = 0;
    while (window->frame_due()) {
      draw();
      ++frames;
      window->wait_events(Millis(30));
    }
    return frames;
  }
  void draw() {
    window->frame([&](pos::ui::Widgets& widgets) { (void)screens_.draw(widgets, view); });
  }

  pos::app::ScreenView view = checkout_of_noa(Language::he);
  std::unique_ptr<Window> window;

 private:
  MachineClock clock_;
  pos::ui::Screens screens_;
};

}  // namespace

TEST_CASE("Window: after an event it draws a few frames, shows what changed, then rests") {
  OpenWindow open;
  (void)open.settle();
  open.window->wait_events(Millis(50));
  (void)open.settle();
  const auto before = open.window->counts();
  open.window->request_frame();
  CHECK(open.settle() == 3);
  CHECK(open.window->counts().drawn == before.drawn + 3);
  CHECK(open.window->counts().shown == before.shown);
  open.window->wait_events(Millis(5));
  CHECK_FALSE(open.window->frame_due());
  open.view = empty_checkout(Language::he);
  open.window->request_frame();
  (void)open.settle();
  CHECK(open.window->counts().shown == before.shown + 1);
}

TEST_CASE("Window: another thread ends the wait and makes a frame due") {
  OpenWindow open;
  (void)open.settle();
  std::thread other([&open] { open.window->wake(); });
  // Without the wake this would wait for a minute, and the test's limit would end it.
  while (!open.window->frame_due()) open.window->wait_events(Millis(60'000));
  other.join();
  CHECK(open.window->frame_due());
}

TEST_CASE("Window: what was shown can be kept as a picture; a bad place is said") {
  OpenWindow open;
  (void)open.settle();
  const auto path = std::filesystem::temp_directory_path() / "clubtill_window_test.png";
  CHECK_FALSE(open.window->screenshot(path.string()).has_value());
  CHECK(std::filesystem::file_size(path) > 10'000);
  std::filesystem::remove(path);
  CHECK(open.window->screenshot("/nowhere/at/all.png").has_value());
}

TEST_CASE("Window: one follows another in the same program") {
  { const OpenWindow first; }
  OpenWindow second;
  CHECK(second.settle() >= 1);
}
