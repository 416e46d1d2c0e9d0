#include <array>

#include "sync/wire/one_line.hpp"

namespace club::wire {
namespace {

using pos::core::Json;
using pos::domain::CouponCode;
using pos::domain::FactId;
using pos::domain::kAmountMax;
using pos::domain::Money;
using pos::domain::Points;

constexpr std::array<std::string_view, 5> kAuthoriseWords = {"granted", "short_of", "coupon_used",
                                                             "unavailable", "budget_used"};

template <class Value>
Json texts(const std::vector<Value>& values) {
  Json json = Json::array();
  for (const Value& value : values) {
    if constexpr (std::is_same_v<Value, FactId>) {
      json.push(value.hex());
    } else {
      json.push(value.text());
    }
  }
  return json;
}

template <class Value>
std::vector<Value> read_texts(FieldReader& fields, std::string_view key, std::size_t count_max) {
  std::vector<Value> values;
  for (const Json& item : fields.items(key, count_max)) {
    const auto value = item.text() ? Value::parse(*item.text()) : std::nullopt;
    if (!value) fields.complain(key, "holds something that is not of its form");
    values.push_back(value.value_or(Value{}));
  }
  return values;
}

Json budgets_json(const std::vector<AuthoriseRequest::Wish::OfBudget>& budgets) {
  Json json = Json::array();
  for (const auto& one : budgets) {
    json.push(Json::object().set("benefit", one.benefit.text()).set("amount", one.amount.units()));
  }
  return json;
}

AuthoriseRequest::Wish read_wish(FieldReader& outer) {
  FieldReader fields(outer.json()["wish"]);
  AuthoriseRequest::Wish wish;
  wish.uid = fields.parsed<FactId>("uid");
  if (!fields.json()["account"].is_null()) {
    wish.account = fields.parsed<pos::domain::AccountId>("account");
  }
  wish.points = Points::of(fields.integer("points", 0, kAmountMax));
  wish.value = Money::of(fields.integer("value", 0, kAmountMax));
  wish.coupons = read_texts<CouponCode>(fields, "coupons", kCouponsMax);
  if (!fields.json()["budgets"].is_null()) {
    for (const Json& item : fields.items("budgets", kWishBudgetsMax)) {
      FieldReader one(item);
      wish.budgets.push_back({one.parsed<pos::domain::BenefitId>("benefit"),
                              Money::of(one.integer("amount", 1, kAmountMax))});
      if (one.error()) fields.complain("budgets", one.error()->reason);
    }
  }
  if (!wish.account && (!wish.points.is_zero() || !wish.value.is_zero())) {
    fields.complain("account", "is missing beside points or value");
  }
  if (fields.error()) outer.complain("wish", fields.error()->key + " " + fields.error()->reason);
  return wish;
}

}  // namespace

std::string_view to_text(AuthoriseAnswer::Word word) {
  return kAuthoriseWords[static_cast<std::size_t>(word)];
}

Bytes encode(const AuthoriseRequest& value) {
  Json json = message("authorise");
  if (value.wish) {
    Json wish = Json::object();
    wish.set("uid", value.wish->uid.hex());
    if (value.wish->account) wish.set("account", value.wish->account->hex());
    wish.set("points", value.wish->points.units()).set("value", value.wish->value.units());
    wish.set("coupons", texts(value.wish->coupons));
    if (!value.wish->budgets.empty()) wish.set("budgets", budgets_json(value.wish->budgets));
    json.set("wish", std::move(wish));
  }
  json.set("abandoned", texts(value.abandoned));
  return packed_line(json.set("random", value.random.hex()));
}

Read<AuthoriseRequest> decode_authorise_request(BytesView packed) {
  return one_line<AuthoriseRequest>(packed, "authorise", [](FieldReader& fields) {
    AuthoriseRequest value;
    if (!fields.json()["wish"].is_null()) value.wish = read_wish(fields);
    value.abandoned = read_texts<FactId>(fields, "abandoned", kOpenReservationsMax);
    value.random = fields.parsed<CallRandom>("random");
    return value;
  });
}

Bytes encode(const AuthoriseAnswer& value) {
  Json json = message("authorised");
  json.set("word", to_text(value.word));
  json.set("points", value.points.units()).set("value", value.value.units());
  if (value.coupon) json.set("coupon", value.coupon->text());
  if (value.benefit) json.set("benefit", value.benefit->text()).set("left", value.left.units());
  json.set("open", texts(value.open));
  return packed_line(json.set("random", value.random.hex()));
}

Read<AuthoriseAnswer> decode_authorise_answer(BytesView packed) {
  return one_line<AuthoriseAnswer>(packed, "authorised", [](FieldReader& fields) {
    AuthoriseAnswer value;
    value.word = static_cast<AuthoriseAnswer::Word>(fields.word("word", kAuthoriseWords));
    // Balances are never clipped: an account may be below nothing.
    value.points = Points::of(fields.integer("points", -kAmountMax, kAmountMax));
    value.value = Money::of(fields.integer("value", -kAmountMax, kAmountMax));
    if (!fields.json()["coupon"].is_null()) value.coupon = fields.parsed<CouponCode>("coupon");
    if (!fields.json()["benefit"].is_null()) {
      value.benefit = fields.parsed<pos::domain::BenefitId>("benefit");
      value.left = Money::of(fields.integer("left", -kAmountMax, kAmountMax));
    }
    value.open = read_texts<FactId>(fields, "open", kOpenReservationsMax);
    value.random = fields.parsed<CallRandom>("random");
    return value;
  });
}

}  // namespace club::wire
