#include <array>

#include "sync/wire/one_line.hpp"

namespace club::wire {
namespace {

using pos::core::Json;
using pos::domain::FactId;
using pos::domain::kAmountMax;
using pos::domain::Money;
using pos::domain::Points;
using pos::domain::Receipt;
using pos::domain::ReceiptLine;

constexpr std::array<std::string_view, 2> kWords = {"found", "unknown"};
constexpr std::array<std::string_view, 3> kTenders = {"cash", "card", "other"};
constexpr std::size_t kLinesMax = 100;
constexpr std::size_t kArticleMax = 64;
constexpr std::int64_t kPiecesMax = 9'999;
constexpr std::int64_t kMomentMax = std::int64_t{1} << 50;  // milliseconds
constexpr std::int64_t kTillMax = 0xFFFFFFFF;

Json line_json(const ReceiptLine& line, std::int64_t back) {
  Json json = Json::object();
  json.set("article", line.article).set("quantity", line.quantity).set("back", back);
  json.set("payable", line.payable.units()).set("discount", line.discount.units());
  json.set("points_value", line.points_value.units()).set("points", line.points_spent.units());
  json.set("earned", line.earned.units()).set("value", line.value_spent.units());
  json.set("value_earned", line.value_earned.units());
  if (line.own_till) json.set("own_till", true);
  return json;
}

ReceiptLine read_line(FieldReader& fields) {
  ReceiptLine line;
  const auto amount = [&](std::string_view key) { return fields.integer(key, 0, kAmountMax); };
  line.article = fields.text("article", kArticleMax);
  line.quantity = fields.integer("quantity", 1, kPiecesMax);
  line.payable = Money::of(amount("payable"));
  line.discount = Money::of(amount("discount"));
  line.points_value = Money::of(amount("points_value"));
  line.points_spent = Points::of(amount("points"));
  line.earned = Points::of(amount("earned"));
  line.value_spent = Money::of(amount("value"));
  line.value_earned = Money::of(amount("value_earned"));
  line.own_till = fields.flag("own_till");
  return line;
}

Receipt read_receipt(FieldReader& fields, std::vector<std::int64_t>& back) {
  Receipt receipt;
  receipt.sale = fields.parsed<FactId>("sale");
  receipt.till = {static_cast<std::uint32_t>(fields.integer("till", 1, kTillMax))};
  receipt.at.at = pos::core::Instant::from_unix_ms(fields.integer("at", 0, kMomentMax));
  receipt.at.utc_offset = std::chrono::minutes(fields.integer("offset", -1'440, 1'440));
  receipt.tender = static_cast<pos::domain::TenderKind>(fields.word("tender", kTenders));
  const auto has = [&](std::string_view key) { return !fields.json()[key].is_null(); };
  if (has("member")) receipt.member = fields.parsed<pos::domain::MemberId>("member");
  if (has("account")) receipt.account = fields.parsed<pos::domain::AccountId>("account");
  if (has("card")) receipt.unknown_card = fields.parsed<pos::core::KeyedHash>("card");
  for (const Json& item : fields.items("lines", kLinesMax)) {
    FieldReader one(item);
    receipt.lines.push_back(read_line(one));
    // More may have come back than was sold: then nothing is left.
    back.push_back(one.integer("back", 0, kAmountMax));
    if (one.error()) fields.complain("lines", one.error()->key + " " + one.error()->reason);
  }
  return receipt;
}

}  // namespace

std::string_view to_text(ReceiptAnswer::Word word) {
  return kWords[static_cast<std::size_t>(word)];
}

Bytes encode(const ReceiptRequest& value) {
  return packed_line(message("receipt").set("sale", value.sale.hex()));
}

Read<ReceiptRequest> decode_receipt_request(BytesView packed) {
  return one_line<ReceiptRequest>(packed, "receipt", [](FieldReader& fields) {
    return ReceiptRequest{fields.parsed<FactId>("sale")};
  });
}

Bytes encode(const ReceiptAnswer& value) {
  Json json = message("receipted");
  json.set("word", to_text(value.word));
  if (!value.receipt) return packed_line(json);
  const Receipt& receipt = *value.receipt;
  json.set("sale", receipt.sale.hex()).set("till", receipt.till.value);
  json.set("at", receipt.at.at.unix_ms()).set("offset", receipt.at.utc_offset.count());
  json.set("tender", kTenders[static_cast<std::size_t>(receipt.tender)]);
  if (receipt.member) json.set("member", receipt.member->hex());
  if (receipt.account) json.set("account", receipt.account->hex());
  if (receipt.unknown_card) json.set("card", receipt.unknown_card->hex());
  Json lines = Json::array();
  for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
    lines.push(line_json(receipt.lines[i], i < value.back.size() ? value.back[i] : 0));
  }
  return packed_line(json.set("lines", std::move(lines)));
}

Read<ReceiptAnswer> decode_receipt_answer(BytesView packed) {
  return one_line<ReceiptAnswer>(packed, "receipted", [](FieldReader& fields) {
    ReceiptAnswer value;
    value.word = static_cast<ReceiptAnswer::Word>(fields.word("word", kWords));
    if (value.word == ReceiptAnswer::Word::found) value.receipt = read_receipt(fields, value.back);
    return value;
  });
}

}  // namespace club::wire
