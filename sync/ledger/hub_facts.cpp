#include <array>

#include "sync/ledger/ledger.hpp"
#include "sync/wire/field_reader.hpp"

namespace club::ledger {

using pos::core::Json;

namespace {

pos::core::Bytes bytes_of(const Json& json) {
  return pos::core::copy_of(pos::core::bytes_of(json.dump()));
}

/// `read` takes the fields of a body and complains of what does not fit.
template <class Fact, class Read>
pos::domain::Shaped<Fact> decoded(pos::core::BytesView body, const Read& read) {
  const auto json = Json::parse(pos::core::text_of(body));
  if (!json) return pos::core::fail(pos::domain::ShapeError{"", "is no JSON of ours"});
  wire::FieldReader fields(*json);
  Fact fact = read(fields);
  if (fields.error()) return pos::core::fail(*fields.error());
  return fact;
}

}  // namespace

pos::core::Bytes encode_block(const BlockFact& fact) {
  return bytes_of(Json::object().set("card", fact.card.hex()).set("blocked", fact.blocked));
}

pos::domain::Shaped<BlockFact> decode_block(pos::core::BytesView body) {
  return decoded<BlockFact>(body, [](wire::FieldReader& fields) {
    return BlockFact{fields.parsed<KeyedHash>("card"), fields.flag("blocked")};
  });
}

pos::core::Bytes encode_household(const HouseholdFact& fact) {
  Json json = Json::object();
  json.set("account", fact.account.hex()).set("into", fact.into.hex());
  if (fact.duplicate) json.set("duplicate", fact.duplicate->hex());
  return bytes_of(json);
}

pos::domain::Shaped<HouseholdFact> decode_household(pos::core::BytesView body) {
  return decoded<HouseholdFact>(body, [](wire::FieldReader& fields) {
    HouseholdFact fact{fields.parsed<AccountId>("account"), fields.parsed<AccountId>("into"), {}};
    if (!fields.json()["duplicate"].is_null()) {
      fact.duplicate = fields.parsed<MemberId>("duplicate");
    }
    return fact;
  });
}

pos::core::Bytes encode_separate(const SeparateFact& fact) {
  return bytes_of(Json::object().set("account", fact.account.hex()));
}

pos::domain::Shaped<SeparateFact> decode_separate(pos::core::BytesView body) {
  return decoded<SeparateFact>(body, [](wire::FieldReader& fields) {
    return SeparateFact{fields.parsed<AccountId>("account")};
  });
}

pos::core::Bytes encode_keep_apart(const KeepApartFact& fact) {
  return bytes_of(Json::object().set("member", fact.member.hex()).set("phone", fact.phone.hex()));
}

pos::domain::Shaped<KeepApartFact> decode_keep_apart(pos::core::BytesView body) {
  return decoded<KeepApartFact>(body, [](wire::FieldReader& fields) {
    return KeepApartFact{fields.parsed<MemberId>("member"), fields.parsed<KeyedHash>("phone")};
  });
}

pos::core::Bytes encode_expire(const ExpireFact& fact) {
  return bytes_of(
      Json::object().set("bucket", fact.bucket).set("day", pos::domain::day_text(fact.day)));
}

pos::domain::Shaped<ExpireFact> decode_expire(pos::core::BytesView body) {
  return decoded<ExpireFact>(body, [](wire::FieldReader& fields) {
    ExpireFact fact;
    fact.bucket = static_cast<StreamNumber>(fields.integer("bucket", 0, wire::kClubStream - 1));
    const auto day = pos::domain::parse_day(fields.text("day", 10));
    if (!day) fields.complain("day", "is no day");
    fact.day = day.value_or(pos::domain::Day{});
    return fact;
  });
}

pos::core::Bytes encode_lost_sale(const LostSaleFact& fact) {
  return bytes_of(Json::object().set("bucket", fact.bucket).set("sale", fact.sale.hex()));
}

pos::domain::Shaped<LostSaleFact> decode_lost_sale(pos::core::BytesView body) {
  return decoded<LostSaleFact>(body, [](wire::FieldReader& fields) {
    const auto bucket = fields.integer("bucket", 0, wire::kClubStream - 1);
    return LostSaleFact{static_cast<StreamNumber>(bucket), fields.parsed<FactId>("sale")};
  });
}

namespace {

constexpr std::array<std::string_view, 2> kUnits = {"points", "value"};

}  // namespace

pos::core::Bytes encode_adjust(const AdjustFact& fact) {
  Json json = Json::object();
  json.set("member", fact.member.hex()).set("account", fact.account.hex());
  json.set("unit", kUnits[static_cast<std::size_t>(fact.unit)]).set("amount", fact.amount);
  json.set("day", pos::domain::day_text(fact.day));
  if (fact.last) json.set("last", pos::domain::day_text(*fact.last));
  return bytes_of(json.set("words", fact.words.hex()));
}

pos::domain::Shaped<AdjustFact> decode_adjust(pos::core::BytesView body) {
  return decoded<AdjustFact>(body, [](wire::FieldReader& fields) {
    AdjustFact fact;
    fact.member = fields.parsed<MemberId>("member");
    fact.account = fields.parsed<AccountId>("account");
    fact.unit = static_cast<Unit>(fields.word("unit", kUnits));
    fact.amount = fields.integer("amount", -pos::domain::kAmountMax, pos::domain::kAmountMax);
    if (fact.amount == 0) fields.complain("amount", "is nothing");
    const auto day = pos::domain::parse_day(fields.text("day", 10));
    if (!day) fields.complain("day", "is no day");
    fact.day = day.value_or(pos::domain::Day{});
    if (!fields.json()["last"].is_null()) {
      fact.last = pos::domain::parse_day(fields.text("last", 10));
      if (!fact.last) fields.complain("last", "is no day");
    }
    fact.words = fields.parsed<pos::core::Digest>("words");
    return fact;
  });
}

}  // namespace club::ledger
