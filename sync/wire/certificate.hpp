#pragma once

#include "pos/domain/day_sums.hpp"
#include "sync/wire/messages.hpp"

namespace club::wire {

/// A piece of one incarnation of a till's journal: every fact from the first to the last one.
struct JournalPiece {
  std::uint32_t incarnation = 1;
  std::uint64_t first = 1;
  std::uint64_t last = 1;
  friend bool operator==(const JournalPiece&, const JournalPiece&) = default;
};
inline constexpr std::size_t kPiecesMax = 16;
inline constexpr std::uint64_t kCertifiedFactsMax = 50'000;  ///< in all pieces of one day

/// What a till sealed on one day: its half of the certificate of that day.
struct SealedDay {
  pos::domain::TillNumber till;
  pos::domain::Day day{};
  std::vector<JournalPiece> pieces;  ///< they hold every fact of the day, and may hold others
  std::int64_t facts = 0;            ///< in these pieces
  pos::domain::DaySums sums;         ///< of the day alone
  friend bool operator==(const SealedDay&, const SealedDay&) = default;
};

/// What the hub holds of the same pieces: its half.
struct ReceivedDay {
  std::int64_t accepted = 0;
  std::int64_t applied = 0;
  std::int64_t parked = 0;
  pos::domain::DaySums sums;          ///< of what was accepted of the day
  std::vector<JournalPiece> missing;  ///< at most kPiecesMax
  pos::core::Instant at;              ///< by the hub's clock
  friend bool operator==(const ReceivedDay&, const ReceivedDay&) = default;
};

struct CertifyRequest {
  SealedDay sealed;
  pos::core::Signature signature;  ///< of the till, over signed_half(sealed)
  friend bool operator==(const CertifyRequest&, const CertifyRequest&) = default;
};
struct CertifyAnswer {
  ReceivedDay received;
  pos::core::Signature signature;  ///< of the hub, over signed_whole(sealed, received)
  friend bool operator==(const CertifyAnswer&, const CertifyAnswer&) = default;
};

/// The bytes that are signed: a line that says what it is, and each half in a line of JSON.
[[nodiscard]] Bytes signed_half(const SealedDay& sealed);
[[nodiscard]] Bytes signed_whole(const SealedDay& sealed, const ReceivedDay& received);

[[nodiscard]] pos::core::Json to_json(const SealedDay& sealed);
[[nodiscard]] pos::core::Json to_json(const ReceivedDay& received);

[[nodiscard]] Bytes encode(const CertifyRequest& message);
[[nodiscard]] Bytes encode(const CertifyAnswer& message);
[[nodiscard]] Read<CertifyRequest> decode_certify_request(BytesView packed);
[[nodiscard]] Read<CertifyAnswer> decode_certify_answer(BytesView packed);

}  // namespace club::wire
