#include <array>

#include "sync/wire/mark_codec.hpp"
#include "sync/wire/messages.hpp"

namespace club::wire {
namespace {

using pos::core::fail;
using pos::core::Json;

constexpr std::array<std::string_view, 4> kAnswers = {"accepted", "gap", "fork", "bad_chain"};

void append(Bytes& out, std::string_view text) { out.insert(out.end(), text.begin(), text.end()); }

void append_raw(Bytes& out, BytesView raw) {
  out.insert(out.end(), raw.begin(), raw.end());
  out.push_back('\n');
}

struct FrameHead {
  pos::core::EnvelopeFields fields;
  pos::core::Digest chain;
  std::optional<std::uint32_t> box;
};

FrameHead read_head(FieldReader& reader) {
  FrameHead head;
  pos::core::EnvelopeFields& fields = head.fields;
  fields.till = static_cast<std::uint32_t>(reader.integer("till", 1, UINT32_MAX));
  fields.incarnation = static_cast<std::uint32_t>(reader.integer("incarnation", 1, UINT32_MAX));
  fields.seq = static_cast<std::uint64_t>(reader.integer("seq", 1, INT64_MAX));
  fields.uid = reader.parsed<pos::domain::FactId>("uid");
  fields.kind = reader.parsed<pos::core::FactKind>("kind");
  fields.size = static_cast<std::uint32_t>(
      reader.integer("size", 0, static_cast<std::int64_t>(kFactBytesMax)));
  fields.body_hash = reader.parsed<pos::core::Digest>("body");
  head.chain = reader.parsed<pos::core::Digest>("chain");
  if (!reader.json()["box"].is_null()) {
    head.box = static_cast<std::uint32_t>(
        reader.integer("box", 0, static_cast<std::int64_t>(kFactBytesMax)));
  }
  return head;
}

Read<FactFrame> read_frame(LineReader& lines) {
  const auto json = lines.json();
  if (!json) return fail(json.error());
  FieldReader reader(*json);
  const FrameHead head = read_head(reader);
  if (reader.error()) return fail(lines.error(*reader.error()));
  FactFrame fact{head.fields, head.chain, {}, std::nullopt};
  const auto body = lines.raw(head.fields.size);
  if (!body) return fail(body.error());
  fact.body = pos::core::copy_of(*body);
  if (head.box) {
    const auto box = lines.raw(*head.box);
    if (!box) return fail(box.error());
    fact.box = pos::core::copy_of(*box);
  }
  return fact;
}

/// One till, one incarnation, no hole.
bool continues(const FactFrame& before, const FactFrame& fact) {
  return fact.fields.till == before.fields.till &&
         fact.fields.incarnation == before.fields.incarnation &&
         fact.fields.seq == before.fields.seq + 1;
}

}  // namespace

std::string_view to_text(PushAnswer::Word word) { return kAnswers[static_cast<std::size_t>(word)]; }

void append_frame(Bytes& out, const FactFrame& fact) {
  const pos::core::EnvelopeFields& fields = fact.fields;
  Json json = Json::object();
  json.set("till", fields.till).set("incarnation", fields.incarnation);
  json.set("seq", static_cast<std::int64_t>(fields.seq)).set("uid", fields.uid.hex());
  json.set("kind", fields.kind.text()).set("size", fields.size);
  json.set("body", fields.body_hash.hex()).set("chain", fact.chain.hex());
  if (fact.box) json.set("box", static_cast<std::int64_t>(fact.box->size()));
  append(out, json.dump() + "\n");
  append_raw(out, fact.body);
  if (fact.box) append_raw(out, *fact.box);
}

Bytes encode(const PushRequest& value) {
  CLUBTILL_CHECK(!value.facts.empty() && value.facts.size() <= kBatchFactsMax);
  Bytes out;
  Json head = Json::object();
  head.set("push", static_cast<std::int64_t>(kProtocolVersion));
  head.set("count", static_cast<std::int64_t>(value.facts.size()));
  head.set("random", value.random.hex());
  append(out, head.dump() + "\n");
  for (const FactFrame& fact : value.facts) append_frame(out, fact);
  append(out, Json::object().set("signature", value.signature.hex()).dump() + "\n");
  return pack(out);
}

Read<PushRequest> decode_push_request(BytesView packed) {
  const auto bytes = unpack(packed);
  if (!bytes) return fail(bytes.error());
  LineReader lines(*bytes);
  const auto head = lines.json();
  if (!head) return fail(head.error());
  if (const auto error = version_error(lines, *head, "push")) return fail(*error);
  FieldReader head_fields(*head);
  const auto count = head_fields.integer("count", 1, static_cast<std::int64_t>(kBatchFactsMax));
  PushRequest value;
  value.random = head_fields.parsed<CallRandom>("random");
  if (head_fields.error()) return fail(lines.error(*head_fields.error()));
  for (std::int64_t i = 0; i < count; ++i) {
    auto fact = read_frame(lines);
    if (!fact) return fail(fact.error());
    if (!value.facts.empty() && !continues(value.facts.back(), *fact)) {
      return fail(lines.error(WireError::Kind::bad_frame, "the facts are not dense"));
    }
    value.facts.push_back(std::move(*fact));
  }
  const auto tail = lines.json();
  if (!tail) return fail(tail.error());
  FieldReader tail_fields(*tail);
  value.signature = tail_fields.parsed<pos::core::Signature>("signature");
  if (tail_fields.error()) return fail(lines.error(*tail_fields.error()));
  if (!lines.at_end()) return fail(lines.error(WireError::Kind::bad_frame, "bytes after the end"));
  return value;
}

Bytes encode(const PushAnswer& value) {
  Json damaged = Json::array();
  for (const std::uint64_t seq : value.damaged) damaged.push(static_cast<std::int64_t>(seq));
  Json json = Json::object();
  json.set("pushed", static_cast<std::int64_t>(kProtocolVersion)).set("word", to_text(value.word));
  json.set("accepted", mark_json(value.accepted)).set("damaged", std::move(damaged));
  json.set("random", value.random.hex());
  return pack(pos::core::bytes_of(json.dump() + "\n"));
}

Read<PushAnswer> decode_push_answer(BytesView packed) {
  const auto bytes = unpack(packed);
  if (!bytes) return fail(bytes.error());
  LineReader lines(*bytes);
  const auto json = lines.json();
  if (!json) return fail(json.error());
  if (const auto error = version_error(lines, *json, "pushed")) return fail(*error);
  FieldReader fields(*json);
  PushAnswer value;
  value.word = static_cast<PushAnswer::Word>(fields.word("word", kAnswers));
  value.accepted = read_mark(fields, "accepted");
  for (const Json& item : fields.items("damaged", kBatchFactsMax)) {
    if (!item.integer() || *item.integer() < 1) fields.complain("damaged", "holds no sequence");
    value.damaged.push_back(static_cast<std::uint64_t>(item.integer().value_or(0)));
  }
  value.random = fields.parsed<CallRandom>("random");
  if (fields.error()) return fail(lines.error(*fields.error()));
  return value;
}

}  // namespace club::wire
