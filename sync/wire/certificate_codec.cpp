#include "sync/wire/certificate.hpp"

#include "pos/domain/member_facts_json.hpp"
#include "sync/wire/one_line.hpp"

namespace club::wire {
namespace {

using pos::core::Json;
using pos::domain::DaySums;
using pos::domain::kAmountMax;
using pos::domain::Money;
using pos::domain::Points;

constexpr std::string_view kCertificateSays = "clubtill certificate 1\n";

Json pieces_json(const std::vector<JournalPiece>& pieces) {
  Json json = Json::array();
  for (const JournalPiece& piece : pieces) {
    json.push(Json::object()
                  .set("incarnation", piece.incarnation)
                  .set("first", static_cast<std::int64_t>(piece.first))
                  .set("last", static_cast<std::int64_t>(piece.last)));
  }
  return json;
}

std::vector<JournalPiece> read_pieces(FieldReader& outer, std::string_view key) {
  std::vector<JournalPiece> pieces;
  for (const Json& item : outer.items(key, kPiecesMax)) {
    FieldReader fields(item);
    JournalPiece piece;
    piece.incarnation = static_cast<std::uint32_t>(fields.integer("incarnation", 1, UINT32_MAX));
    piece.first = static_cast<std::uint64_t>(fields.integer("first", 1, INT64_MAX));
    piece.last = static_cast<std::uint64_t>(fields.integer("last", 1, INT64_MAX));
    if (piece.last < piece.first) fields.complain("last", "lies before first");
    if (fields.error()) outer.complain(key, fields.error()->key + " " + fields.error()->reason);
    pieces.push_back(piece);
  }
  return pieces;
}

void set_sums(Json& json, const DaySums& sums) {
  json.set("sales", sums.sales).set("returns", sums.returns).set("joinings", sums.joinings);
  json.set("taken", sums.taken.units());
  json.set("earned", sums.earned.units()).set("spent", sums.spent.units());
  json.set("value_earned", sums.value_earned.units());
  json.set("value_spent", sums.value_spent.units());
}

DaySums read_sums(FieldReader& fields) {
  DaySums sums;
  sums.sales = fields.integer("sales", 0, INT64_MAX);
  sums.returns = fields.integer("returns", 0, INT64_MAX);
  sums.joinings = fields.integer("joinings", 0, INT64_MAX);
  const auto amount = [&](std::string_view key) {
    return fields.integer(key, -kAmountMax, kAmountMax);
  };
  sums.taken = Money::of(amount("taken"));
  sums.earned = Points::of(amount("earned"));
  sums.spent = Points::of(amount("spent"));
  sums.value_earned = Money::of(amount("value_earned"));
  sums.value_spent = Money::of(amount("value_spent"));
  return sums;
}

SealedDay read_sealed(FieldReader& outer) {
  FieldReader fields(outer.json()["sealed"]);
  SealedDay sealed;
  sealed.till = {static_cast<std::uint32_t>(fields.integer("till", 1, UINT32_MAX))};
  const auto day = pos::domain::parse_day(fields.text("day", 10));
  if (!day) fields.complain("day", "is no day");
  sealed.day = day.value_or(pos::domain::Day{});
  sealed.pieces = read_pieces(fields, "pieces");
  sealed.facts = fields.integer("facts", 0, INT64_MAX);
  sealed.sums = read_sums(fields);
  if (fields.error()) outer.complain("sealed", fields.error()->key + " " + fields.error()->reason);
  return sealed;
}

ReceivedDay read_received(FieldReader& outer) {
  FieldReader fields(outer.json()["received"]);
  ReceivedDay received;
  received.accepted = fields.integer("accepted", 0, INT64_MAX);
  received.applied = fields.integer("applied", 0, INT64_MAX);
  received.parked = fields.integer("parked", 0, INT64_MAX);
  received.sums = read_sums(fields);
  received.missing = read_pieces(fields, "missing");
  received.at = pos::core::Instant::from_unix_ms(fields.integer("at", 0, kAmountMax * 250));
  if (fields.error()) {
    outer.complain("received", fields.error()->key + " " + fields.error()->reason);
  }
  return received;
}

}  // namespace

Json to_json(const SealedDay& sealed) {
  Json json = Json::object();
  json.set("till", sealed.till.value).set("day", pos::domain::day_text(sealed.day));
  json.set("pieces", pieces_json(sealed.pieces)).set("facts", sealed.facts);
  set_sums(json, sealed.sums);
  return json;
}

Json to_json(const ReceivedDay& received) {
  Json json = Json::object();
  json.set("accepted", received.accepted).set("applied", received.applied);
  json.set("parked", received.parked);
  set_sums(json, received.sums);
  json.set("missing", pieces_json(received.missing)).set("at", received.at.unix_ms());
  return json;
}

Bytes signed_half(const SealedDay& sealed) {
  return pos::core::copy_of(
      pos::core::bytes_of(std::string(kCertificateSays) + to_json(sealed).dump() + "\n"));
}

Bytes signed_whole(const SealedDay& sealed, const ReceivedDay& received) {
  return pos::core::copy_of(pos::core::bytes_of(std::string(kCertificateSays) +
                                                to_json(sealed).dump() + "\n" +
                                                to_json(received).dump() + "\n"));
}

Bytes encode(const CertifyRequest& value) {
  return packed_line(message("certify")
                         .set("sealed", to_json(value.sealed))
                         .set("signature", value.signature.hex()));
}

Bytes encode(const CertifyAnswer& value) {
  return packed_line(message("certified")
                         .set("received", to_json(value.received))
                         .set("signature", value.signature.hex()));
}

Read<CertifyRequest> decode_certify_request(BytesView packed) {
  return one_line<CertifyRequest>(packed, "certify", [](FieldReader& fields) {
    return CertifyRequest{read_sealed(fields), fields.parsed<pos::core::Signature>("signature")};
  });
}

Read<CertifyAnswer> decode_certify_answer(BytesView packed) {
  return one_line<CertifyAnswer>(packed, "certified", [](FieldReader& fields) {
    return CertifyAnswer{read_received(fields), fields.parsed<pos::core::Signature>("signature")};
  });
}

}  // namespace club::wire
