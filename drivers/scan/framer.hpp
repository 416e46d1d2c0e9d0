#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "drivers/scan/frame_profile.hpp"
#include "pos/core/bytes.hpp"
#include "pos/core/time.hpp"

namespace drivers::scan {

/// Longest frame that is taken, in bytes; a large QR code has fewer than 3 KiB.
inline constexpr std::size_t kFrameBytesMax = 4096;

/// One complete scan, as the device sent it, without start and end.
struct Frame {
  std::string text;  ///< well-formed UTF-8, no control characters but GS, RS and EOT
  pos::core::Tick ended_at;
  friend bool operator==(const Frame&, const Frame&) = default;
};

/// Bytes that were no frame.
struct FrameFault {
  enum class Kind {
    incomplete,  ///< a pause or a new start before the end
    noise,       ///< control characters, or bytes that are no UTF-8
    too_long,    ///< more than kFrameBytesMax
  };
  Kind kind = Kind::incomplete;
  std::size_t bytes = 0;  ///< how many were dropped
  friend bool operator==(const FrameFault&, const FrameFault&) = default;
};
[[nodiscard]] std::string_view to_text(FrameFault::Kind kind);

using Framed = std::variant<Frame, FrameFault>;

/// Bytes of one device in, frames out. Neither reads nor waits: the caller gives the bytes with the
/// time they came, and calls poll() at next_deadline(). However the bytes are split into reads, the
/// same frames come out.
class Framer {
 public:
  explicit Framer(const FrameProfile& profile) : profile_(profile) {}

  void feed(pos::core::BytesView bytes, pos::core::Tick now, std::vector<Framed>& out);
  /// Ends or drops what has been waiting for too long.
  void poll(pos::core::Tick now, std::vector<Framed>& out);
  /// When poll() will have something to do; nothing while no byte waits.
  [[nodiscard]] std::optional<pos::core::Tick> next_deadline() const;
  /// The device went away or came back: what was collected belongs to nobody.
  void reset();

 private:
  void take(std::uint8_t byte, pos::core::Tick now, std::vector<Framed>& out);
  void collect(std::uint8_t byte);
  void finish(std::vector<Framed>& out, pos::core::Tick now);
  void drop(FrameFault::Kind kind, std::vector<Framed>& out);
  void clear();

  FrameProfile profile_;
  std::string buffer_;
  std::size_t bytes_ = 0;  ///< of this frame, also those over the limit
  bool noisy_ = false;
  bool started_ = false;
  pos::core::Tick last_byte_;
};

}  // namespace drivers::scan
