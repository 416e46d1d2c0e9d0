#include "drivers/serial/serial_scanner.hpp"

#include <poll.h>

#include <algorithm>
#include <array>

namespace drivers::serial {

namespace {

constexpr std::size_t kReadBytes = 512;

}  // namespace

SerialScanner::SerialScanner(SerialScannerSettings settings, const pos::core::Clock& clock,
                             Queue& queue, PortOpener opener,
                             std::function<void(pos::core::Millis)> pause)
    : settings_(std::move(settings)),
      clock_(clock),
      queue_(queue),
      opener_(std::move(opener)),
      pause_(std::move(pause)),
      framer_(settings_.profile) {}

void SerialScanner::run_once() {
  if (!port_) {
    open();
    if (!port_) return pause_(kWaitMax);
  }
  std::array<std::uint8_t, kReadBytes> bytes{};
  const auto count = port_->read(bytes, wait_now());
  if (!count) return lose(count.error());
  std::vector<scan::Framed> frames;
  const pos::core::Tick now = clock_.tick();
  framer_.feed(pos::core::BytesView(bytes).first(*count), now, frames);
  framer_.poll(now, frames);
  deliver(frames);
}

ScannerStatus SerialScanner::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void SerialScanner::pause_thread(pos::core::Millis span) {
  ::poll(nullptr, 0, static_cast<int>(span.count()));
}

void SerialScanner::open() {
  const pos::core::Tick now = clock_.tick();
  if (tried_at_ && now - *tried_at_ < kReopenAfter) return;
  tried_at_ = now;
  auto opened = opener_(settings_.path, settings_.line);
  const std::lock_guard lock(mutex_);
  status_.connected = opened.has_value();
  if (opened) {
    port_ = std::move(*opened);
    status_.why_not.reset();
    framer_.reset();
  } else {
    status_.why_not = opened.error();
  }
}

void SerialScanner::lose(PortError error) {
  port_.reset();
  framer_.reset();
  tried_at_ = clock_.tick();
  const std::lock_guard lock(mutex_);
  status_.connected = false;
  status_.why_not = std::move(error);
}

void SerialScanner::deliver(const std::vector<scan::Framed>& frames) {
  for (const scan::Framed& framed : frames) {
    const auto* frame = std::get_if<scan::Frame>(&framed);
    std::optional<port::ScanEvent> event;
    if (frame != nullptr) {
      event =
          gate_.pass(settings_.source, port::ScanKind::serial, frame->text, "", frame->ended_at);
    }
    {
      const std::lock_guard lock(mutex_);
      if (event) ++status_.scans;
      if (const auto* fault = std::get_if<scan::FrameFault>(&framed)) {
        ++status_.faulty;
        status_.last_fault = fault->kind;
      }
    }
    if (event) queue_.push(*std::move(event));
  }
}

pos::core::Millis SerialScanner::wait_now() const {
  const auto deadline = framer_.next_deadline();
  if (!deadline) return kWaitMax;
  const auto left = std::chrono::ceil<pos::core::Millis>(*deadline - clock_.tick());
  return std::clamp(left, pos::core::Millis(0), kWaitMax);
}

}  // namespace drivers::serial
