#include "pos/terminal/headless_loop.hpp"

#include <condition_variable>
#include <deque>
#include <iostream>
#include <memory>
#include <mutex>
#include <thread>

#include "pos/terminal/headless_commands.hpp"
#include "pos/terminal/signal_watch.hpp"
#include "pos/terminal/system_clock.hpp"

namespace pos::terminal {
namespace {

using core::ExitCode;

constexpr drivers::port::ScanSource kInputSource{3};

/// What wakes the main thread: lines, workers, signals.
struct Desk {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::string> lines;
  bool knocked = false;
  bool closed = false;  ///< no more lines, or told to stop

  void knock() {
    const std::lock_guard lock(mutex);
    knocked = true;
    changed.notify_one();
  }
  void close() {
    const std::lock_guard lock(mutex);
    closed = true;
    changed.notify_one();
  }
  void put(std::string line) {
    const std::lock_guard lock(mutex);
    lines.push_back(std::move(line));
    changed.notify_one();
  }
  /// Waits for news; at most until the next minute begins.
  [[nodiscard]] std::deque<std::string> wait(core::Millis at_most, bool& ended) {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, at_most, [&] { return knocked || closed || !lines.empty(); });
    knocked = false;
    ended = closed && lines.empty();
    return std::exchange(lines, {});
  }
};

/// Reading cannot be interrupted, so the reader outlives the loop, and the desk with it.
void read_lines(const std::shared_ptr<Desk>& desk) {
  std::thread([desk] {
    for (std::string line; std::getline(std::cin, line);) desk->put(line);
    desk->close();
  }).detach();
}

/// False: "quit".
bool obey(Till& till, const core::Clock& clock, const std::string& line) {
  auto command = parse_headless(line);
  if (!command) {
    std::cerr << command.error() << '\n';
  } else if (const auto* scan = std::get_if<HeadlessScan>(&*command)) {
    drivers::port::ScanEvent event;
    event.source = kInputSource;
    event.text = scan->text;
    event.seen_at = clock.tick();
    till.scan(event);
    static_cast<void>(till.drain());
  } else if (auto* event = std::get_if<app::Event>(&*command)) {
    till.handle(*event);
  } else {
    return false;
  }
  return true;
}

void loop(Till& till, const core::Clock& clock, Desk& desk) {
  constexpr core::Millis kMinute{60'000};
  std::int64_t minute = 0;
  bool ended = false;
  while (!ended) {
    const auto lines =
        desk.wait(kMinute - core::Millis(clock.now().unix_ms() % kMinute.count()), ended);
    const std::int64_t now = clock.now().unix_ms() / kMinute.count();
    if (std::exchange(minute, now) != now) till.handle(app::MinuteChanged{});
    static_cast<void>(till.drain());
    for (const std::string& line : lines) {
      if (!obey(till, clock, line)) return;
    }
  }
}

}  // namespace

ExitCode run_headless(Till::Settings settings) {
  const SystemClock clock;
  const auto desk = std::make_shared<Desk>();
  const SignalWatch signals([desk] { desk->close(); });
  auto till = Till::open(std::move(settings), clock, [desk] { desk->knock(); });
  if (!till) {
    std::cerr << till.error().sentence << '\n';
    return till.error().code;
  }
  (*till)->start_self_test();
  read_lines(desk);
  loop(**till, clock, *desk);
  return ExitCode::ok;
}

}  // namespace pos::terminal
