#include <fmt/core.h>

#include "pos/programme/facts.hpp"
#include "pos/programme/quote_words.hpp"
#include "pos/programme/shape_reader.hpp"

namespace pos::programme {
namespace {

using core::Json;
using domain::Money;
using domain::ShapeError;

constexpr int kFactDepthMax = 8;
constexpr std::array<std::string_view, 6> kIdentifiedWords = {"none",  "card_scan", "card_typed",
                                                              "phone", "picture",   "joined_here"};
constexpr std::array<std::string_view, 3> kTenderWords = {"cash", "card", "other"};

Json scene_json(const Scene& scene) {
  Json json = Json::object();
  json.set("at", scene.moment.at.unix_ms());
  json.set("offset", static_cast<std::int64_t>(scene.moment.utc_offset.count()));
  json.set("store", scene.store.text()).set("region", scene.region.text());
  json.set("till", scene.till.value).set("employee", scene.employee.text());
  json.set("language", domain::language_code(scene.language));
  return json;
}

Scene read_scene(ShapeReader reader) {
  Scene scene;
  scene.moment = reader.moment("at", "offset");
  const auto code_or_none = [&]<class Code>(Code& code, std::string_view key) {
    if (reader[key].text() == nullptr || !reader[key].text()->empty()) {
      code = reader.parsed_or_empty<Code>(key);
    }
  };
  code_or_none(scene.store, "store");
  code_or_none(scene.region, "region");
  scene.till.value = static_cast<std::uint32_t>(reader.integer("till", 0, UINT32_MAX, 0));
  code_or_none(scene.employee, "employee");
  scene.language = reader.language("language");
  return scene;
}

Json tender_json(const Tender& tender) {
  Json json = Json::object();
  json.set("kind", kTenderWords[static_cast<std::size_t>(tender.kind)]);
  json.set("due", tender.due.units());
  if (!tender.rounding.is_zero()) json.set("rounding", tender.rounding.units());
  json.set("received", tender.received.units());
  if (!tender.change.is_zero()) json.set("change", tender.change.units());
  return json;
}

Tender read_tender(ShapeReader reader) {
  return {static_cast<Tender::Kind>(reader.word("kind", kTenderWords)), reader.money("due"),
          reader.money("rounding"), reader.money("received"), reader.money("change")};
}

/// Whose sale or return it is; the same three keys in both.
template <class WithMember>
void set_member(Json& json, const WithMember& fact) {
  if (fact.member) json.set("member", fact.member->hex());
  if (fact.account) json.set("account", fact.account->hex());
  if (fact.unknown_card) json.set("unknown_card", fact.unknown_card->hex());
}

template <class WithMember>
void read_member(ShapeReader& reader, WithMember& fact) {
  fact.member = reader.optional<domain::MemberId>("member");
  fact.account = reader.optional<domain::AccountId>("account");
  fact.unknown_card = reader.optional<KeyedHash>("unknown_card");
}

Json body_of(const BeginFact& fact) {
  Json json = Json::object();
  json.set("previous_incarnation", fact.previous_incarnation);
  json.set("previous_seq", static_cast<std::int64_t>(fact.previous_seq));
  json.set("previous_chain", fact.previous_chain.hex());
  return json;
}

BeginFact read_begin(ShapeReader& reader) {
  BeginFact fact;
  fact.previous_incarnation =
      static_cast<std::uint32_t>(reader.integer("previous_incarnation", 0, UINT32_MAX, 0));
  fact.previous_seq = static_cast<std::uint64_t>(reader.integer("previous_seq", 0, INT64_MAX, 0));
  fact.previous_chain = reader.parsed<core::Digest>("previous_chain");
  return fact;
}

Json coupons_json(const std::vector<domain::CouponCode>& coupons) {
  Json json = Json::array();
  for (const domain::CouponCode& code : coupons) json.push(code.text());
  return json;
}

std::vector<domain::CouponCode> read_coupons(ShapeReader& reader, std::string_view key) {
  std::vector<domain::CouponCode> coupons;
  for (const Json& item : reader.items(key, kCouponsMax)) {
    const auto code = item.text() ? domain::CouponCode::parse(*item.text()) : std::nullopt;
    if (!code) reader.complain(std::string(key), "holds something that is no coupon code");
    coupons.push_back(code.value_or(domain::CouponCode{}));
  }
  return coupons;
}

Json reservation_json(const Reservation& reserved) {
  Json json = Json::object();
  json.set("points", reserved.points.units()).set("value", reserved.value.units());
  json.set("coupons", coupons_json(reserved.coupons));
  if (reserved.budgets.empty()) return json;
  Json budgets = Json::array();
  for (const Reservation::OfBudget& one : reserved.budgets) {
    budgets.push(
        Json::object().set("benefit", one.benefit.text()).set("amount", one.amount.units()));
  }
  return std::move(json.set("budgets", std::move(budgets)));
}

Reservation read_reservation(ShapeReader reader) {
  Reservation reserved;
  reserved.points = reader.points("points");
  reserved.value = reader.money("value");
  reserved.coupons = read_coupons(reader, "coupons");
  if (!reader.has("budgets")) return reserved;
  for (const Json& item : reader.items("budgets", kBudgetsMax)) {
    ShapeReader one(item, "reserved.budgets", reader.error());
    reserved.budgets.push_back({one.parsed<domain::BenefitId>("benefit"), one.money("amount")});
  }
  return reserved;
}

Json body_of(const SaleFact& fact) {
  Json json = Json::object();
  json.set("scene", scene_json(fact.scene));
  json.set("input", to_json(fact.input)).set("result", to_json(fact.result));
  set_member(json, fact);
  if (fact.identified_by != IdentifiedBy::none) {
    json.set("identified_by", kIdentifiedWords[static_cast<std::size_t>(fact.identified_by)]);
  }
  if (fact.identified_at) {
    json.set("identified_at", fact.identified_at->at.unix_ms());
    json.set("identified_offset",
             static_cast<std::int64_t>(fact.identified_at->utc_offset.count()));
  }
  if (fact.right) json.set("right", fact.right->hex());
  if (fact.reserved) json.set("reserved", reservation_json(*fact.reserved));
  json.set("tender", tender_json(fact.tender));
  return json;
}

template <class Value>
Value take_part(ShapeReader& reader, std::string_view key, domain::Shaped<Value> part) {
  if (part) return std::move(*part);
  reader.complain(std::string(key) + "." + part.error().key, part.error().reason);
  return Value{};
}

SaleFact read_sale(ShapeReader& reader) {
  SaleFact fact;
  fact.scene = read_scene(reader.object("scene"));
  fact.input = take_part(reader, "input", quote_input_from_json(reader["input"]));
  fact.result = take_part(reader, "result", quote_from_json(reader["result"]));
  read_member(reader, fact);
  fact.identified_by = static_cast<IdentifiedBy>(reader.word("identified_by", kIdentifiedWords));
  if (reader.has("identified_at")) {
    fact.identified_at = reader.moment("identified_at", "identified_offset");
  }
  fact.right = reader.optional<domain::RightId>("right");
  if (reader.has("reserved")) fact.reserved = read_reservation(reader.object("reserved"));
  fact.tender = read_tender(reader.object("tender"));
  if (fact.input.lines.size() != fact.result.lines.size()) {
    reader.complain("result.lines", "are not as many as the basket's");
  }
  return fact;
}

Json body_of(const ReturnFact& fact) {
  Json json = Json::object();
  json.set("scene", scene_json(fact.scene)).set("sale", fact.sale.hex());
  if (fact.sold_on) json.set("sold_on", domain::day_text(*fact.sold_on));
  set_member(json, fact);
  Json lines = Json::array();
  for (const ReturnedLine& line : fact.lines) {
    Json item = Json::array();
    item.push(static_cast<std::int64_t>(line.line)).push(line.quantity).push(line.money.units());
    item.push(line.points_value.units()).push(line.points_back.units());
    item.push(line.earned_taken.units());
    if (!line.value_back.is_zero() || !line.value_taken.is_zero()) {
      item.push(line.value_back.units()).push(line.value_taken.units());
    }
    lines.push(std::move(item));
  }
  json.set("lines", std::move(lines)).set("money", fact.money.units());
  if (fact.sold_by) {
    Json articles = Json::array();
    for (const ReturnedLine& line : fact.lines) articles.push(line.article);
    json.set("sold_by", fact.sold_by->value).set("articles", std::move(articles));
    if (fact.right) json.set("right", fact.right->hex());
    json.set("drawn", fact.drawn.units());
  }
  json.set("points_back", fact.points_back.units());
  json.set("earned_taken", fact.earned_taken.units());
  if (!fact.value_back.is_zero()) json.set("value_back", fact.value_back.units());
  if (!fact.value_taken.is_zero()) json.set("value_taken", fact.value_taken.units());
  if (!fact.change.empty()) json.set("change", to_json(fact.change));
  if (!fact.freed.empty()) json.set("freed", coupons_json(fact.freed));
  json.set("tender", tender_json(fact.tender));
  return json;
}

constexpr std::size_t kArticleBytesMax = 24;

void read_returned_lines(ShapeReader& reader, ReturnFact& fact) {
  using domain::Points;
  for (const Json& item : reader.items("lines", kLinesMax)) {
    std::array<std::int64_t, 8> n{};
    const std::size_t count = item.items().size();
    bool good = count == n.size() || count == 6;
    for (std::size_t i = 0; good && i < count; ++i) {
      n[i] = item.items()[i].integer().value_or(-1);
      good = n[i] >= 0 && n[i] <= kShapeNumberMax;
    }
    if (!good || n[0] >= static_cast<std::int64_t>(kLinesMax) || n[1] < 1 || n[1] > kQuantityMax) {
      return reader.complain("lines", "holds something that is no returned line");
    }
    fact.lines.push_back({static_cast<std::size_t>(n[0]),
                          n[1],
                          Money::of(n[2]),
                          Money::of(n[3]),
                          Points::of(n[4]),
                          Points::of(n[5]),
                          Money::of(n[6]),
                          Money::of(n[7]),
                          {}});
  }
}

/// Of a sale of another till: which one, what its slip named, and what was drawn for it.
void read_elsewhere(ShapeReader& reader, ReturnFact& fact) {
  if (!reader.has("sold_by")) return;
  constexpr std::int64_t kTillMax = 0xFFFFFFFF;
  fact.sold_by = {static_cast<std::uint32_t>(reader.integer("sold_by", 1, kTillMax, 0))};
  const auto& articles = reader.items("articles", kLinesMax);
  if (articles.size() != fact.lines.size()) {
    return reader.complain("articles", "are not as many as the lines");
  }
  for (std::size_t i = 0; i < articles.size(); ++i) {
    if (articles[i].text() == nullptr || articles[i].text()->size() > kArticleBytesMax) {
      return reader.complain("articles", "holds something that is no code");
    }
    fact.lines[i].article = *articles[i].text();
  }
  fact.right = reader.optional<domain::RightId>("right");
  fact.drawn = reader.money("drawn");
  if (fact.drawn.is_negative()) reader.complain("drawn", "is negative");
}

ReturnFact read_return(ShapeReader& reader, bool is_void) {
  ReturnFact fact;
  fact.scene = read_scene(reader.object("scene"));
  fact.sale = reader.parsed<domain::FactId>("sale");
  fact.sold_on = reader.day("sold_on");
  fact.is_void = is_void;
  read_member(reader, fact);
  read_returned_lines(reader, fact);
  read_elsewhere(reader, fact);
  fact.money = reader.money("money");
  fact.points_back = reader.points("points_back");
  fact.earned_taken = reader.points("earned_taken");
  fact.value_back = reader.money("value_back");
  fact.value_taken = reader.money("value_taken");
  fact.freed = read_coupons(reader, "freed");
  if (reader.has("change")) {
    auto change = parse_change(reader["change"]);
    if (!change) {
      reader.complain("change." + change.error().key, change.error().reason);
    } else if (!change->undone) {
      reader.complain("change.undone", "is missing");
    } else {
      fact.change = std::move(*change);
    }
  }
  fact.tender = read_tender(reader.object("tender"));
  ReturnedLine sum;
  for (const ReturnedLine& line : fact.lines) {
    sum.money += line.money;
    sum.points_back += line.points_back;
    sum.earned_taken += line.earned_taken;
    sum.value_back += line.value_back;
    sum.value_taken += line.value_taken;
  }
  if (sum.money != fact.money || sum.points_back != fact.points_back ||
      sum.earned_taken != fact.earned_taken || sum.value_back != fact.value_back ||
      sum.value_taken != fact.value_taken) {
    reader.complain("lines", "do not add up to the totals");
  }
  return fact;
}

Json body_of(const JoinFact& fact) {
  Json json = Json::object();
  json.set("scene", scene_json(fact.scene)).set("facts", domain::to_json(fact.member));
  json.set("phone", fact.phone.hex());
  if (fact.card) json.set("card", fact.card->hex());
  json.set("person", fact.person.hex()).set("terms_version", fact.terms_version);
  json.set("marketing_consent", fact.marketing_consent);
  if (fact.referral) json.set("referral", to_json(*fact.referral));
  return json;
}

JoinFact read_join(ShapeReader& reader) {
  JoinFact fact;
  fact.scene = read_scene(reader.object("scene"));
  fact.member = take_part(reader, "facts", domain::member_facts_from_json(reader["facts"]));
  fact.phone = reader.parsed<KeyedHash>("phone");
  fact.card = reader.optional<KeyedHash>("card");
  fact.person = reader.parsed<core::Digest>("person");
  fact.terms_version = reader.text("terms_version", 60);
  fact.marketing_consent = reader.boolean("marketing_consent", false);
  if (reader.has("referral")) {
    fact.referral = take_part(reader, "referral", referral_from_json(reader["referral"]));
  }
  return fact;
}

Json body_of(const RightFact& fact) {
  Json json = Json::object();
  json.set("id", fact.id.hex()).set("amount", fact.amount.units());
  json.set("per_member_max", fact.per_member_max.units());
  json.set("received_at", fact.received_at.unix_ms());
  if (fact.number == 0) return json;
  json.set("number", static_cast<std::int64_t>(fact.number));
  json.set("settled_incarnation", fact.settled_incarnation);
  json.set("settled_seq", static_cast<std::int64_t>(fact.settled_seq));
  json.set("settled_chain", fact.settled_chain.hex());
  json.set("handed_back", fact.handed_back.units());
  return json;
}

RightFact read_right(ShapeReader& reader) {
  RightFact fact;
  fact.id = reader.parsed<domain::RightId>("id");
  fact.amount = reader.money("amount");
  fact.per_member_max = reader.money("per_member_max");
  fact.received_at = reader.moment("received_at", "").at;
  if (reader.has("number")) {
    fact.number = static_cast<std::uint64_t>(reader.integer("number", 1, INT64_MAX, 1));
    fact.settled_incarnation =
        static_cast<std::uint32_t>(reader.integer("settled_incarnation", 1, UINT32_MAX, 1));
    fact.settled_seq = static_cast<std::uint64_t>(reader.integer("settled_seq", 0, INT64_MAX, 0));
    fact.settled_chain = reader.parsed<core::Digest>("settled_chain");
    fact.handed_back = reader.money("handed_back");
  }
  if (fact.amount.is_negative() || fact.per_member_max.is_negative() ||
      fact.handed_back.is_negative()) {
    reader.complain("amount", "is negative");
  }
  return fact;
}

constexpr std::array<std::string_view, 2> kReferralWords = {"phone", "card"};

core::Bytes bytes_from(const Json& json) { return core::copy_of(core::bytes_of(json.dump())); }

core::Expected<Json, ShapeError> parse_body(core::BytesView body) {
  if (body.size() > kFactBytesMax) {
    return core::fail(ShapeError{"", fmt::format("body has {} bytes", body.size())});
  }
  auto json = Json::parse(core::text_of(body), kFactDepthMax);
  if (!json) return core::fail(ShapeError{"", "body is no JSON of ours: " + json.error().detail});
  return std::move(*json);
}

}  // namespace

Json to_json(const Referral& referral) {
  Json json = Json::object();
  json.set("by", kReferralWords[static_cast<std::size_t>(referral.by)]);
  json.set("hash", referral.hash.hex());
  json.set("referrer", referral.referrer.units()).set("joined", referral.joined.units());
  add_terms(json, "first", "last", referral.terms);
  return json;
}

domain::Shaped<Referral> referral_from_json(const Json& json) {
  std::optional<ShapeError> error;
  ShapeReader reader(json, "", error);
  Referral referral;
  referral.by = static_cast<Referral::By>(reader.word("by", kReferralWords));
  referral.hash = reader.parsed<KeyedHash>("hash");
  referral.referrer = domain::Points::of(reader.integer("referrer", 0, kReferralPointsMax, 0));
  referral.joined = domain::Points::of(reader.integer("joined", 0, kReferralPointsMax, 0));
  referral.terms = {reader.day("first"), reader.day("last")};
  if (error) return core::fail(*error);
  return referral;
}

std::string_view kind_of(const Fact& fact) {
  if (const auto* returned = std::get_if<ReturnFact>(&fact)) {
    return returned->is_void ? "void" : "return";
  }
  constexpr std::array<std::string_view, 5> kKinds = {"begin", "sale", "return", "join", "right"};
  return kKinds[fact.index()];
}

core::Bytes encode_fact(const Fact& fact) {
  core::Bytes bytes = std::visit([](const auto& one) { return bytes_from(body_of(one)); }, fact);
  CLUBTILL_CHECK(bytes.size() <= kFactBytesMax);
  return bytes;
}

core::Expected<Fact, ShapeError> decode_fact(std::string_view kind, core::BytesView body) {
  const auto json = parse_body(body);
  if (!json) return core::fail(json.error());
  std::optional<ShapeError> error;
  ShapeReader reader(*json, "", error);
  std::optional<Fact> fact;
  if (kind == "begin") fact = read_begin(reader);
  if (kind == "sale") fact = read_sale(reader);
  if (kind == "return" || kind == "void") fact = read_return(reader, kind == "void");
  if (kind == "join") fact = read_join(reader);
  if (kind == "right") fact = read_right(reader);
  if (!fact) return core::fail(ShapeError{"kind", "is not known to this version"});
  if (error) return core::fail(*error);
  return std::move(*fact);
}

core::Bytes encode_person(const PersonDetails& person) {
  Json json = Json::object();
  json.set("phone", person.phone).set("first_name", person.first_name);
  if (!person.card.empty()) json.set("card", person.card);
  if (!person.dates.empty()) {
    Json dates = Json::array();
    for (const domain::EffectiveDate& date : person.dates) dates.push(domain::to_json(date));
    json.set("dates", std::move(dates));
  }
  return bytes_from(json);
}

domain::Shaped<PersonDetails> decode_person(core::BytesView bytes) {
  const auto json = parse_body(bytes);
  if (!json) return core::fail(json.error());
  std::optional<ShapeError> error;
  ShapeReader reader(*json, "", error);
  PersonDetails person;
  person.phone = reader.text("phone", 20);
  person.first_name = reader.text("first_name", 200);
  person.card = reader.text("card", 40);
  for (const Json& item : reader.items("dates", domain::kDatesMax)) {
    auto date = domain::effective_date_from_json(item);
    if (!date) reader.complain("dates", date.error().key + " " + date.error().reason);
    if (date) person.dates.push_back(std::move(*date));
  }
  if (error) return core::fail(*error);
  return person;
}

}  // namespace pos::programme
