#include <array>

#include "sync/wire/one_line.hpp"

namespace club::wire {
namespace {

using pos::core::Json;

constexpr std::array<std::string_view, 11> kRefusals = {
    "bad_request", "too_large", "not_found", "unknown_till", "bad_signature", "bad_nonce",
    "replayed",    "bad_code",  "version",   "busy",         "trouble"};
constexpr std::array<int, 11> kStatuses = {400, 413, 404, 403, 403, 401, 401, 403, 426, 503, 500};

}  // namespace

Json mark_json(const JournalMark& mark) {
  return Json::object()
      .set("incarnation", mark.incarnation)
      .set("seq", static_cast<std::int64_t>(mark.seq))
      .set("chain", mark.chain.hex());
}

JournalMark read_mark(FieldReader& outer, std::string_view key) {
  FieldReader reader(outer.json()[key]);
  JournalMark mark;
  mark.incarnation = static_cast<std::uint32_t>(reader.integer("incarnation", 1, UINT32_MAX));
  mark.seq = reader.number("seq");
  mark.chain = reader.parsed<pos::core::Digest>("chain");
  if (reader.error()) outer.complain(key, reader.error()->reason);
  return mark;
}

void set_right(Json& json, const std::optional<IssuedRight>& right) {
  if (!right) return;
  json.set("right", Json::object()
                        .set("id", right->id.hex())
                        .set("number", static_cast<std::int64_t>(right->number))
                        .set("amount", right->amount.units())
                        .set("per_member_max", right->per_member_max.units())
                        .set("settled", mark_json(right->settled)));
}

std::optional<IssuedRight> read_right(FieldReader& outer) {
  using pos::domain::kAmountMax;
  using pos::domain::Money;
  if (outer.json()["right"].is_null()) return std::nullopt;
  FieldReader fields(outer.json()["right"]);
  IssuedRight right;
  right.id = fields.parsed<pos::domain::RightId>("id");
  right.number = static_cast<std::uint64_t>(fields.integer("number", 1, INT64_MAX));
  right.amount = Money::of(fields.integer("amount", 0, kAmountMax));
  right.per_member_max = Money::of(fields.integer("per_member_max", 0, kAmountMax));
  right.settled = read_mark(fields, "settled");
  if (fields.error()) outer.complain("right", fields.error()->key + " " + fields.error()->reason);
  return right;
}

std::optional<WireError> version_error(const LineReader& reader, const Json& json,
                                       std::string_view name) {
  const auto version = json[name].integer();
  if (!version) {
    return reader.error(WireError::Kind::bad_shape, "is no " + std::string(name) + " message");
  }
  if (*version != kProtocolVersion) {
    return reader.error(WireError::Kind::bad_version, "version " + std::to_string(*version));
  }
  return std::nullopt;
}

std::string_view to_text(Refusal::Word word) { return kRefusals[static_cast<std::size_t>(word)]; }

int status_of(Refusal::Word word) { return kStatuses[static_cast<std::size_t>(word)]; }

Response refuse(Refusal::Word word, std::string detail) {
  Json json = message("refusal");
  json.set("word", to_text(word)).set("detail", std::move(detail));
  return {status_of(word), packed_line(json)};
}

Refusal read_refusal(const Response& response) {
  const auto read = one_line<Refusal>(response.body, "refusal", [](FieldReader& fields) {
    Refusal refusal;
    refusal.word = static_cast<Refusal::Word>(fields.word("word", kRefusals));
    refusal.detail = fields.text("detail", 1000);
    return refusal;
  });
  if (read) return *read;
  return {Refusal::Word::bad_request, "status " + std::to_string(response.status)};
}

Bytes encode(const RegisterRequest& value) {
  return packed_line(message("register").set("code", value.code).set("key", value.key.hex()));
}

Read<RegisterRequest> decode_register_request(BytesView packed) {
  return one_line<RegisterRequest>(packed, "register", [](FieldReader& fields) {
    return RegisterRequest{fields.text("code", 64), fields.parsed<pos::core::VerifyKey>("key")};
  });
}

Bytes encode(const RegisterAnswer& value) {
  return packed_line(message("registered")
                         .set("till", value.till.value)
                         .set("store", value.store.text())
                         .set("region", value.region.text())
                         .set("club", value.club.hex())
                         .set("index_key", value.index_key.hex())
                         .set("hub_box", value.hub_box.hex())
                         .set("hub_key", value.hub_key.hex()));
}

Read<RegisterAnswer> decode_register_answer(BytesView packed) {
  return one_line<RegisterAnswer>(packed, "registered", [](FieldReader& fields) {
    RegisterAnswer value;
    value.till = {static_cast<std::uint32_t>(fields.integer("till", 1, UINT32_MAX))};
    value.store = fields.parsed<pos::domain::StoreCode>("store");
    value.region = fields.parsed<pos::domain::RegionCode>("region");
    value.club = fields.parsed<decltype(value.club)>("club");
    value.index_key = fields.parsed<pos::core::SymmetricKey>("index_key");
    value.hub_box = fields.parsed<pos::core::BoxPublicKey>("hub_box");
    value.hub_key = fields.parsed<pos::core::VerifyKey>("hub_key");
    return value;
  });
}

Bytes encode(const HelloRequest& value) {
  return packed_line(message("hello")
                         .set("random", value.random.hex())
                         .set("sealed", mark_json(value.sealed))
                         .set("accepted", mark_json(value.accepted)));
}

Read<HelloRequest> decode_hello_request(BytesView packed) {
  return one_line<HelloRequest>(packed, "hello", [](FieldReader& fields) {
    HelloRequest value;
    value.random = fields.parsed<CallRandom>("random");
    value.sealed = read_mark(fields, "sealed");
    value.accepted = read_mark(fields, "accepted");
    return value;
  });
}

Bytes encode(const HelloAnswer& value) {
  Json json = message("welcome");
  json.set("random", value.random.hex()).set("nonce", value.nonce.hex());
  json.set("epoch", static_cast<std::int64_t>(value.epoch));
  json.set("accepted", mark_json(value.accepted)).set("hub_time", value.hub_time.unix_ms());
  set_right(json, value.right);
  return packed_line(json);
}

Read<HelloAnswer> decode_hello_answer(BytesView packed) {
  return one_line<HelloAnswer>(packed, "welcome", [](FieldReader& fields) {
    using pos::domain::kAmountMax;
    HelloAnswer value;
    value.random = fields.parsed<CallRandom>("random");
    value.nonce = fields.parsed<Nonce>("nonce");
    value.epoch = fields.number("epoch");
    value.accepted = read_mark(fields, "accepted");
    value.hub_time =
        pos::core::Instant::from_unix_ms(fields.integer("hub_time", 0, kAmountMax * 250));
    value.right = read_right(fields);
    return value;
  });
}

}  // namespace club::wire
