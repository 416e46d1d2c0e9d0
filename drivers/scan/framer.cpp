#include "drivers/scan/framer.hpp"

#include <algorithm>

#include "pos/core/utf8.hpp"

namespace drivers::scan {

namespace {

using pos::core::Tick;

constexpr std::uint8_t kStart = 0x02;
constexpr std::uint8_t kEnd = 0x03;
constexpr std::uint8_t kAcknowledge = 0x06;
constexpr std::uint8_t kRefuse = 0x15;

bool is_line_end(std::uint8_t byte) { return byte == '\r' || byte == '\n' || byte == '\t'; }

/// GS, RS and EOT are data of GS1 and postal codes.
bool is_noise(std::uint8_t byte) {
  const bool data = byte == 0x1D || byte == 0x1E || byte == 0x04;
  return (byte < 0x20 && !data) || byte == 0x7F;
}

bool is_blank(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c == ' ' || c == '\r' || c == '\n'; });
}

}  // namespace

std::optional<FrameProfile> frame_profile(std::string_view name) {
  for (const FrameProfile& profile : kFrameProfiles) {
    if (profile.name == name) return profile;
  }
  return std::nullopt;
}

std::string_view to_text(FrameFault::Kind kind) {
  switch (kind) {
    case FrameFault::Kind::incomplete:
      return "incomplete";
    case FrameFault::Kind::noise:
      return "noise";
    case FrameFault::Kind::too_long:
      return "too long";
  }
  return "?";
}

void Framer::feed(pos::core::BytesView bytes, Tick now, std::vector<Framed>& out) {
  if (bytes.empty()) return;
  poll(now, out);
  for (const std::uint8_t byte : bytes) take(byte, now, out);
  last_byte_ = now;
}

void Framer::poll(Tick now, std::vector<Framed>& out) {
  const auto deadline = next_deadline();
  if (!deadline || now < *deadline) return;
  if (profile_.ends_by_silence) {
    finish(out, last_byte_);
  } else {
    drop(FrameFault::Kind::incomplete, out);
  }
}

std::optional<Tick> Framer::next_deadline() const {
  if (bytes_ == 0 && !started_) return std::nullopt;
  return last_byte_ + profile_.byte_gap_max + pos::core::Micros(1);
}

void Framer::reset() { clear(); }

void Framer::take(std::uint8_t byte, Tick now, std::vector<Framed>& out) {
  if (byte == kStart) {
    drop(FrameFault::Kind::incomplete, out);
    started_ = true;
  } else if (byte == kEnd && (started_ || !profile_.needs_start)) {
    finish(out, now);
  } else if (profile_.ends_at_line && is_line_end(byte)) {
    finish(out, now);
  } else if ((byte == kAcknowledge || byte == kRefuse) && bytes_ == 0) {
    return;  // hand-shake between scans
  } else {
    collect(byte);
  }
}

void Framer::collect(std::uint8_t byte) {
  ++bytes_;
  // Line ends inside STX and ETX are part of the suffix; finish() sees whether anything follows
  // them.
  const bool suffix = profile_.needs_start && (byte == '\r' || byte == '\n');
  noisy_ = noisy_ || (is_noise(byte) && !suffix);
  if (buffer_.size() < kFrameBytesMax + 2) buffer_ += static_cast<char>(byte);
}

void Framer::finish(std::vector<Framed>& out, Tick now) {
  while (buffer_.ends_with('\r') || buffer_.ends_with('\n')) {
    buffer_.pop_back();
    --bytes_;
  }
  const bool inner_line_end = buffer_.find_first_of("\r\n") != std::string::npos;
  const bool unstarted = profile_.needs_start && !started_;
  if (bytes_ > kFrameBytesMax) return drop(FrameFault::Kind::too_long, out);
  if (noisy_ || inner_line_end || !pos::core::is_valid_utf8(buffer_)) {
    return drop(FrameFault::Kind::noise, out);
  }
  if (unstarted) return drop(FrameFault::Kind::incomplete, out);
  if (!is_blank(buffer_)) out.emplace_back(Frame{buffer_, now});
  clear();
}

void Framer::drop(FrameFault::Kind kind, std::vector<Framed>& out) {
  if (bytes_ > kFrameBytesMax) kind = FrameFault::Kind::too_long;
  if (!is_blank(buffer_)) out.emplace_back(FrameFault{kind, bytes_});
  clear();
}

void Framer::clear() {
  // What was scanned may have been a payment card: leave nothing of it behind.
  std::ranges::fill(buffer_, '\0');
  buffer_.clear();
  bytes_ = 0;
  noisy_ = false;
  started_ = false;
}

}  // namespace drivers::scan
