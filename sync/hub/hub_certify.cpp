#include "pos/programme/day_account.hpp"
#include "sync/hub/fact_reader.hpp"
#include "sync/hub/hub.hpp"
#include "sync/hub/signed_column.hpp"
#include "sync/wire/certificate.hpp"

// The hub's half of the certificate of a till's day: what is here of what the till says it sealed.

namespace club::hub {
namespace {

using wire::JournalPiece;
using wire::Refusal;

/// No hole where the last place lies before the first; of very many holes only the first are named.
void note_missing(std::vector<JournalPiece>& missing, std::uint32_t incarnation,
                  std::uint64_t first, std::uint64_t last) {
  if (first > last || missing.size() == wire::kPiecesMax) return;
  missing.push_back({incarnation, first, last});
}

struct Counting {
  pos::core::Database& db;
  std::int64_t applied_to = 0;
  pos::domain::Day day{};
  wire::ReceivedDay received;

  void take(std::int64_t id, const std::string& kind, pos::core::BytesView body, bool parked) {
    ++received.accepted;
    if (parked) ++received.parked;
    if (!parked && id <= applied_to) ++received.applied;
    const auto fact = pos::programme::decode_fact(kind, body);
    if (fact && pos::programme::day_of(*fact) == day) add(received.sums, *fact);
  }

  /// Of every branch of that incarnation the facts that lie in it: a fork is counted with the
  /// branch that holds its seq last, as the till that asks goes on with that one.
  void count(std::uint32_t till, const JournalPiece& piece) {
    auto& read = db.cached(
        "SELECT i.seq, i.id, i.kind, i.body, i.damaged,"
        " EXISTS(SELECT 1 FROM parked p WHERE p.inbox_id = i.id) FROM inbox i"
        " WHERE i.till = ?1 AND i.incarnation = ?2 AND i.seq BETWEEN ?3 AND ?4 AND i.branch ="
        "  (SELECT max(o.branch) FROM inbox o WHERE o.till = ?1 AND o.incarnation = ?2"
        "   AND o.seq = i.seq) ORDER BY i.seq");
    read.bind_all(std::int64_t{till}, std::int64_t{piece.incarnation}, signed_of(piece.first),
                  signed_of(piece.last));
    std::uint64_t next = piece.first;
    while (read.step()) {
      const std::uint64_t seq = unsigned_of(read.integer(0));
      if (seq > next) note_missing(received.missing, piece.incarnation, next, seq - 1);
      next = seq + 1;
      take(read.integer(1), read.text(2), read.blob(3),
           read.integer(4) != 0 || read.integer(5) != 0);
    }
    read.reset();
    note_missing(received.missing, piece.incarnation, next, piece.last);
  }
};

}  // namespace

wire::Response Hub::on_certify(const wire::Request& request, const TillRecord& till) {
  const auto message = wire::decode_certify_request(request.body);
  if (!message) return wire::refuse(Refusal::Word::bad_request, message.error().detail);
  const wire::SealedDay& sealed = message->sealed;
  if (sealed.till != till.number) {
    return wire::refuse(Refusal::Word::bad_request, "the day of another till");
  }
  if (!pos::core::verify(*till.key, wire::signed_half(sealed), message->signature)) {
    return wire::refuse(Refusal::Word::bad_signature, "the till's half is not signed by its key");
  }
  std::uint64_t facts = 0;
  for (const JournalPiece& piece : sealed.pieces) {
    const std::uint64_t length = piece.last - piece.first;
    facts = length < wire::kCertifiedFactsMax ? facts + length + 1 : wire::kCertifiedFactsMax + 1;
    if (facts > wire::kCertifiedFactsMax) {
      return wire::refuse(Refusal::Word::too_large, "more than 50,000 records");
    }
  }
  Counting counting{db_, inbox_.counter("applied"), sealed.day, {}};
  for (const JournalPiece& piece : sealed.pieces) counting.count(till.number.value, piece);
  counting.received.at = clock_.now();
  wire::CertifyAnswer answer{std::move(counting.received), {}};
  answer.signature =
      pos::core::sign(keys_.signing.secret, wire::signed_whole(sealed, answer.received));
  return {200, wire::encode(answer)};
}

}  // namespace club::hub
