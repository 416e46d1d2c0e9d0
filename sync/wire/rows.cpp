#include "sync/wire/rows.hpp"

#include <array>

#include "sync/wire/field_reader.hpp"
#include "sync/wire/limits.hpp"

namespace club::wire {
namespace {

using pos::core::Digest;
using pos::core::Json;
using pos::core::KeyedHash;
using pos::domain::Shaped;
using pos::domain::ShapeError;

constexpr std::size_t kNameMax = 400;
constexpr std::array<std::string_view, 3> kResults = {"applied", "flagged", "parked"};
constexpr std::array<std::string_view, 3> kChecks = {"none", "mod10", "luhn"};

Json with_kind(std::string_view kind, std::uint64_t seq) {
  return Json::object().set("seq", static_cast<std::int64_t>(seq)).set("row", kind);
}

struct Writer {
  std::uint64_t seq;

  Json operator()(const MemberRow& row) const {
    return with_kind("member", seq).set("member", pos::domain::to_json(row.member));
  }
  Json operator()(const CardRow& row) const {
    Json json = with_kind("card", seq);
    json.set("card", row.card.hex()).set("member", row.member.hex());
    if (row.blocked) json.set("blocked", true);
    return json;
  }
  Json operator()(const PhoneRow& row) const {
    return with_kind("phone", seq).set("phone", row.phone.hex()).set("member", row.member.hex());
  }
  Json operator()(const CardValueRow& row) const {
    pos::domain::CardValue card = row.card;
    card.version = 0;
    return with_kind("card_value", seq)
        .set("account", row.account.hex())
        .set("card", to_json(card));
  }
  Json operator()(const OutcomeRow& row) const {
    return with_kind("outcome", seq)
        .set("fact", row.fact.hex())
        .set("result", kResults[static_cast<std::size_t>(row.result)]);
  }
  Json operator()(const ArticleRow& row) const {
    const pos::domain::Article& article = row.article;
    Json json = with_kind("article", seq);
    json.set("code", article.code).set("name", to_json(article.name));
    json.set("price", article.price.units()).set("vat", article.vat_per_mille);
    if (!article.category.empty()) json.set("category", article.category.text());
    return json.set("demand", article.demand).set("earns", article.earns);
  }
  Json operator()(const StaffRow& row) const {
    Json json = with_kind("staff", seq);
    json.set("code", row.employee.code.text()).set("name", to_json(row.employee.name));
    json.set("manager", row.employee.manager);
    if (row.card) json.set("card", row.card->hex());
    return json;
  }
  Json operator()(const StoreRow& row) const {
    return with_kind("store", seq)
        .set("code", row.store.code.text())
        .set("name", to_json(row.store.name))
        .set("region", row.store.region.text());
  }
  Json operator()(const ProgrammeRow& row) const {
    return with_kind("programme", seq).set("document", row.document);
  }
  Json operator()(const SettingsRow& row) const {
    return with_kind("settings", seq).set("settings", to_json(row.settings));
  }
  Json operator()(const BudgetRow& row) const {
    return with_kind("budget", seq)
        .set("benefit", row.benefit.text())
        .set("given", row.given.units());
  }
  Json operator()(const TillKeyRow& row) const {
    Json json = with_kind("till", seq);
    json.set("till", row.till.value).set("store", row.store.text()).set("key", row.key.hex());
    if (row.revoked) json.set("revoked", true);
    return json;
  }
};

Shaped<RowBody> read_member(FieldReader& reader) {
  auto member = pos::domain::member_facts_from_json(reader.json()["member"]);
  if (!member) return pos::core::fail(member.error());
  return RowBody{MemberRow{std::move(*member)}};
}

Shaped<RowBody> read_card_value(FieldReader& reader) {
  auto card = pos::domain::card_value_from_json(reader.json()["card"]);
  if (!card) return pos::core::fail(card.error());
  return RowBody{CardValueRow{reader.parsed<pos::domain::AccountId>("account"), std::move(*card)}};
}

RowBody read_article(FieldReader& reader) {
  pos::domain::Article article;
  article.code = reader.text("code", 32);
  article.name = reader.local_text("name", kNameMax);
  article.price = pos::domain::Money::of(reader.integer("price", 0, pos::domain::kAmountMax));
  article.vat_per_mille = reader.integer("vat", 0, 1000);
  if (!reader.json()["category"].is_null()) {
    article.category = reader.parsed<pos::domain::CategoryCode>("category");
  }
  article.demand = reader.flag("demand");
  article.earns = reader.flag("earns");
  return ArticleRow{std::move(article)};
}

RowBody read_till(FieldReader& reader) {
  TillKeyRow row;
  row.till = {static_cast<std::uint32_t>(reader.integer("till", 1, UINT32_MAX))};
  row.store = reader.parsed<pos::domain::StoreCode>("store");
  row.key = reader.parsed<pos::core::VerifyKey>("key");
  row.revoked = reader.flag("revoked");
  return row;
}

Shaped<RowBody> read_body(std::string_view kind, FieldReader& reader) {
  using pos::domain::MemberId;
  if (kind == "member") return read_member(reader);
  if (kind == "card") {
    return RowBody{CardRow{reader.parsed<KeyedHash>("card"), reader.parsed<MemberId>("member"),
                           reader.flag("blocked")}};
  }
  if (kind == "phone") {
    return RowBody{PhoneRow{reader.parsed<KeyedHash>("phone"), reader.parsed<MemberId>("member")}};
  }
  if (kind == "card_value") return read_card_value(reader);
  if (kind == "outcome") {
    return RowBody{OutcomeRow{reader.parsed<pos::domain::FactId>("fact"),
                              static_cast<OutcomeRow::Result>(reader.word("result", kResults))}};
  }
  if (kind == "article") return read_article(reader);
  if (kind == "staff") {
    StaffRow row{{reader.parsed<pos::domain::StaffCode>("code"),
                  reader.local_text("name", kNameMax), reader.flag("manager")},
                 std::nullopt};
    if (reader.json().find("card") != nullptr) row.card = reader.parsed<KeyedHash>("card");
    return RowBody{std::move(row)};
  }
  if (kind == "store") {
    return RowBody{StoreRow{{reader.parsed<pos::domain::StoreCode>("code"),
                             reader.local_text("name", kNameMax),
                             reader.parsed<pos::domain::RegionCode>("region")}}};
  }
  if (kind == "programme") return RowBody{ProgrammeRow{reader.text("document", kLineBytesMax)}};
  if (kind == "till") return read_till(reader);
  if (kind == "budget") {
    return RowBody{
        BudgetRow{reader.parsed<pos::domain::BenefitId>("benefit"),
                  pos::domain::Money::of(reader.integer("given", 0, pos::domain::kAmountMax))}};
  }
  if (kind == "settings") {
    auto settings = settings_from_json(reader.json()["settings"]);
    if (!settings) return pos::core::fail(settings.error());
    return RowBody{SettingsRow{std::move(*settings)}};
  }
  return pos::core::fail(ShapeError{"row", "is of an unknown kind"});
}

Json ranges_json(const pos::domain::CodeRanges& ranges) {
  Json cards = Json::array();
  for (const auto& card : ranges.cards) {
    cards.push(Json::object()
                   .set("prefix", card.prefix)
                   .set("length", card.length)
                   .set("check", kChecks[static_cast<std::size_t>(card.check)]));
  }
  Json labels = Json::array();
  for (const auto& label : ranges.labels) labels.push(label.pattern);
  Json articles = Json::array();
  for (const auto& article : ranges.articles) articles.push(article.prefix);
  return Json::object()
      .set("cards", std::move(cards))
      .set("labels", std::move(labels))
      .set("articles", std::move(articles))
      .set("coupon_prefix", ranges.coupon_prefix);
}

pos::domain::CodeRanges read_ranges(FieldReader& outer) {
  pos::domain::CodeRanges ranges;
  FieldReader reader(outer.json()["ranges"]);
  for (const Json& item : reader.items("cards", 64)) {
    FieldReader card(item);
    ranges.cards.push_back({card.text("prefix", 19),
                            static_cast<int>(card.integer("length", 4, 19)),
                            static_cast<pos::domain::CheckKind>(card.word("check", kChecks))});
    if (card.error()) reader.complain("cards", card.error()->reason);
  }
  const auto texts = [&](std::string_view key, auto&& take) {
    for (const Json& item : reader.items(key, 64)) {
      if (item.text() == nullptr || item.text()->size() > 19) {
        reader.complain(key, "holds something that is no short text");
      } else {
        take(*item.text());
      }
    }
  };
  texts("labels", [&](const std::string& text) { ranges.labels.push_back({text}); });
  texts("articles", [&](const std::string& text) { ranges.articles.push_back({text}); });
  ranges.coupon_prefix = reader.text("coupon_prefix", 24);
  if (reader.error()) outer.complain("ranges", reader.error()->reason);
  return ranges;
}

}  // namespace

StreamNumber bucket_of(const KeyedHash& identity) { return identity.bytes()[0]; }

StreamNumber bucket_of(const pos::domain::CouponCode& coupon) {
  return pos::core::blake2b(pos::core::bytes_of("coupon " + std::string(coupon.text()))).bytes()[0];
}

std::string key_of(const RowBody& body) {
  struct Key {
    std::string operator()(const MemberRow& row) const { return "member:" + row.member.id.hex(); }
    std::string operator()(const CardRow& row) const { return "card:" + row.card.hex(); }
    std::string operator()(const PhoneRow& row) const { return "phone:" + row.phone.hex(); }
    std::string operator()(const CardValueRow& row) const {
      return "card_value:" + row.account.hex();
    }
    std::string operator()(const OutcomeRow& row) const { return "outcome:" + row.fact.hex(); }
    std::string operator()(const ArticleRow& row) const { return "article:" + row.article.code; }
    std::string operator()(const StaffRow& row) const {
      return "staff:" + row.employee.code.text();
    }
    std::string operator()(const StoreRow& row) const { return "store:" + row.store.code.text(); }
    std::string operator()(const ProgrammeRow&) const { return "programme:"; }
    std::string operator()(const SettingsRow&) const { return "settings:"; }
    std::string operator()(const BudgetRow& row) const { return "budget:" + row.benefit.text(); }
    std::string operator()(const TillKeyRow& row) const {
      return "till:" + std::to_string(row.till.value);
    }
  };
  return std::visit(Key{}, body);
}

std::string row_line(const Row& row) { return std::visit(Writer{row.seq}, row.body).dump(); }

Shaped<Row> row_from_line(std::string_view line) {
  const auto json = Json::parse(line, kJsonDepthMax);
  if (!json) return pos::core::fail(ShapeError{"", "is no JSON of ours: " + json.error().detail});
  FieldReader reader(*json);
  Row row;
  row.seq = reader.number("seq");
  const std::string kind = reader.text("row", 16);
  if (reader.error()) return pos::core::fail(*reader.error());
  auto body = read_body(kind, reader);
  if (!body) return pos::core::fail(body.error());
  if (reader.error()) return pos::core::fail(*reader.error());
  row.body = std::move(*body);
  return row;
}

Digest row_digest(std::string_view line) { return pos::core::blake2b(pos::core::bytes_of(line)); }

Digest exclusive_or(const Digest& a, const Digest& b) {
  std::array<std::uint8_t, Digest::kSize> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(a.bytes()[i] ^ b.bytes()[i]);
  }
  return Digest(bytes);
}

Json to_json(const ClubSettings& settings) {
  Json languages = Json::array();
  for (const auto language : settings.languages) {
    languages.push(pos::domain::language_code(language));
  }
  return Json::object()
      .set("name", to_json(settings.name))
      .set("country", settings.country)
      .set("currency", settings.currency)
      .set("decimals", settings.decimals)
      .set("languages", std::move(languages))
      .set("slip_language", pos::domain::language_code(settings.slip_language))
      .set("terms_version", settings.terms_version)
      .set("first_weekday", settings.first_weekday)
      .set("ranges", ranges_json(settings.ranges));
}

Shaped<ClubSettings> settings_from_json(const Json& json) {
  FieldReader reader(json);
  ClubSettings settings;
  settings.name = reader.local_text("name", kNameMax);
  settings.country = reader.text("country", 2);
  settings.currency = reader.text("currency", 3);
  settings.decimals = static_cast<int>(reader.integer("decimals", 0, 3));
  settings.languages.clear();
  for (const Json& item : reader.items("languages", pos::domain::kLanguages.size())) {
    const auto language =
        item.text() != nullptr ? pos::domain::parse_language(*item.text()) : std::nullopt;
    if (!language) reader.complain("languages", "holds an unknown language");
    settings.languages.push_back(language.value_or(pos::domain::Language::en));
  }
  settings.slip_language = reader.language("slip_language");
  settings.terms_version = reader.text("terms_version", 24);
  settings.first_weekday = static_cast<int>(reader.integer("first_weekday", 0, 6));
  settings.ranges = read_ranges(reader);
  if (reader.error()) return pos::core::fail(*reader.error());
  return settings;
}

}  // namespace club::wire
