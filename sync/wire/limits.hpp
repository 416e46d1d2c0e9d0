#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "pos/core/time.hpp"

namespace club::wire {

inline constexpr std::uint32_t kProtocolVersion = 1;

/// Every limit of the protocol in one place. Senders check them before sealing, readers before
/// believing; over a limit is a reason, never a crash.
inline constexpr std::size_t kBatchFactsMax = 500;
inline constexpr std::size_t kFactBytesMax = 64 * 1024;           ///< a body or a box
inline constexpr std::size_t kBodyBytesMax = 1024 * 1024;         ///< as it travels, compressed
inline constexpr std::size_t kDecodedBytesMax = 8 * 1024 * 1024;  ///< after decompression
inline constexpr std::size_t kLineBytesMax = 5 * 1024 * 1024;     ///< one row: a programme
inline constexpr std::size_t kProgrammeBytesMax = 2 * 1024 * 1024;
inline constexpr int kJsonDepthMax = 8;
inline constexpr std::size_t kPageRowsMax = 2'000;         ///< of one stream in one answer
inline constexpr std::size_t kAnswerRowsMax = 4'000;       ///< of all streams in one answer
inline constexpr std::size_t kPageBytesMax = 1024 * 1024;  ///< decoded, before the last row

inline constexpr std::size_t kCouponsMax = 16;           ///< of one sale that are reserved
inline constexpr std::size_t kWishBudgetsMax = 64;       ///< of one sale
inline constexpr std::size_t kOpenReservationsMax = 64;  ///< named in one call or answer

inline constexpr std::size_t kPairingCodeLength = 10;  ///< symbols of base32

/// A pull that has nothing to say is answered after this long.
inline constexpr pos::core::Millis kLongPollMax{25'000};

}  // namespace club::wire
