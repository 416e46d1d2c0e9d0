#include "pos/terminal/window_loop.hpp"

#include <fmt/core.h>

#include <cstdlib>
#include <iostream>

#include "pos/terminal/keyboard_router.hpp"
#include "pos/terminal/signal_watch.hpp"
#include "pos/terminal/system_clock.hpp"
#include "pos/ui/screens.hpp"
#include "pos/ui/window.hpp"

namespace pos::terminal {
namespace {

using core::ExitCode;

constexpr drivers::port::ScanSource kKeyboardSource{1};
constexpr core::Millis kMinute{60'000};

core::Millis until_next_minute(core::Instant now) {
  return kMinute - core::Millis(now.unix_ms() % kMinute.count());
}

/// One life of the window. Everything happens on the main thread; stop() and the till's wake come
/// from others.
class Loop {
 public:
  Loop(ui::Window& window, Till& till, const core::Clock& clock)
      : window_(window),
        till_(till),
        clock_(clock),
        keyboard_(window.input(), kKeyboardSource, [&](const auto& scan) { till_.scan(scan); }) {
    window_.set_keyboard(&keyboard_);
    window_.set_file_drop([this](const std::vector<std::string>& paths) { till_.pictures(paths); });
  }
  ~Loop() {
    window_.set_keyboard(nullptr);
    window_.set_file_drop({});
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void run(const std::atomic<bool>& stopping) {
    while (!stopping && !window_.should_close()) turn();
  }

 private:
  void turn() {
    window_.wait_events(rest());
    const core::Tick woke = clock_.tick();
    keyboard_.poll(woke);
    const std::int64_t minute = clock_.now().unix_ms() / kMinute.count();
    if (minute != minute_) till_.handle(app::MinuteChanged{});
    if (minute != std::exchange(minute_, minute)) window_.request_frame();
    if (till_.drain()) window_.request_frame();
    if (window_.frame_due()) draw();
    keyboard_.not_listening(clock_.tick() - woke);
  }

  void draw() {
    std::vector<app::Event> events;
    window_.frame([&](ui::Widgets& widgets) { events = screens_.draw(widgets, till_.view()); });
    if (!std::exchange(drawn_, true)) till_.start_self_test();
    for (const app::Event& event : events) till_.handle(event);
    if (!events.empty()) window_.request_frame();
  }

  [[nodiscard]] core::Millis rest() const {
    core::Millis rest = until_next_minute(clock_.now());
    if (const auto deadline = keyboard_.next_deadline()) {
      const auto left = std::chrono::ceil<core::Millis>(*deadline - clock_.tick());
      rest = std::min(rest, std::max(left, core::Millis{0}));
    }
    return rest;
  }

  ui::Window& window_;
  Till& till_;
  const core::Clock& clock_;
  KeyboardRouter keyboard_;
  ui::Screens screens_;
  std::int64_t minute_ = 0;
  bool drawn_ = false;
};

/// Where workers knock before and while there is a window.
struct Doorbell {
  std::mutex mutex;
  ui::Window* window = nullptr;
  void ring() {
    const std::lock_guard lock(mutex);
    if (window != nullptr) window->wake();
  }
  void hang(ui::Window* at) {
    const std::lock_guard lock(mutex);
    window = at;
  }
};

ui::Window::Options window_options(const TillConfig& config, domain::TillNumber number) {
  ui::Window::Options options;
  options.title = fmt::format("Clubtill - Till {}", number.value);
  options.width_px = config.width_px;
  options.height_px = config.height_px;
  options.fullscreen = config.fullscreen;
  if (config.width_mm > 0) {
    options.px_per_mm = static_cast<float>(config.width_px) / static_cast<float>(config.width_mm);
  }
  return options;
}

ExitCode complain(ExitCode code, const std::string& sentence) {
  std::cerr << sentence << '\n';
  return code;
}

}  // namespace

ExitCode run_window(Till::Settings settings) {
  const SystemClock clock;
  std::atomic<bool> stopping = false;
  Doorbell doorbell;
  const SignalWatch signals([&] {
    stopping = true;
    doorbell.ring();
  });
  const TillConfig config = settings.config;
  auto till = Till::open(std::move(settings), clock, [&] { doorbell.ring(); });
  if (!till) return complain(till.error().code, till.error().sentence);
  auto window =
      ui::Window::open(window_options(config, (*till)->number()), ui::Theme::light(), clock);
  if (!window) return complain(ExitCode::device_missing, window.error().detail);
  doorbell.hang(window->get());
  Loop(**window, **till, clock).run(stopping);
  till->reset();
  doorbell.hang(nullptr);
  return ExitCode::ok;
}

}  // namespace pos::terminal
