#include "pos/programme/quote_request.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "pos/core/near_match.hpp"
#include "pos/programme/class_joining.hpp"
#include "pos/programme/facts.hpp"
#include "pos/programme/outcome_text.hpp"
#include "pos/programme/quote_words.hpp"
#include "pos/programme/shape_reader.hpp"
#include "pos/programme/subscription.hpp"

namespace pos::programme {
namespace {

using core::Json;
using domain::ShapeError;

constexpr std::array<std::string_view, 16> kRequestKeys = {
    "source", "lines",  "member",  "unknown_card", "card_value", "time",  "at",      "offset",
    "store",  "region", "coupons", "points_wish",  "value_wish", "reach", "answers", "language"};
constexpr std::array<std::string_view, 8> kLineKeys = {
    "code", "name", "price", "vat_per_mille", "category", "demand", "earns", "quantity"};
constexpr std::array<std::string_view, 27> kMemberKeys = {
    "id",       "account",       "name",          "digits",  "class",
    "tier",     "next_tier",     "status",        "balance", "as_of",
    "value",    "lots",          "value_lots",    "spend",   "visits",
    "uses",     "first_visit",   "last_visit",    "coupons", "subscription_last",
    "segments", "interval_days", "last_articles", "windows", "household",
    "standing", "language"};

std::optional<ShapeError> unknown_key(const Json& json, const std::string& place,
                                      std::span<const std::string_view> known) {
  for (const auto& [key, value] : json.members()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    std::string reason = fmt::format("is not known here (line {})", value.line());
    if (const auto near = core::near_match(key, known)) {
      reason += fmt::format("; did you mean \"{}\"?", *near);
    }
    return ShapeError{place + key.substr(0, 60), std::move(reason)};
  }
  return std::nullopt;
}

std::optional<ShapeError> check_keys(const Json& json) {
  std::array<std::string_view, kRequestKeys.size() + 1> keys{};
  std::copy(kRequestKeys.begin(), kRequestKeys.end(), keys.begin());
  keys.back() = "explain";
  if (auto wrong = unknown_key(json, "", keys)) return wrong;
  std::size_t position = 0;
  for (const Json& line : json["lines"].items()) {
    const std::string place = fmt::format("lines[{}].", position++);
    if (line.is_array()) return ShapeError{place, "is not an object"};
    if (auto wrong = unknown_key(line, place, kLineKeys)) return wrong;
  }
  return unknown_key(json["member"], "member.", kMemberKeys);
}

/// "2026-11-22 14:32", the shop's own time.
std::optional<std::int64_t> parse_time(const std::string& text) {
  if (text.size() != 16 || text[10] != ' ' || text[13] != ':') return std::nullopt;
  const auto day = domain::parse_day(std::string_view(text).substr(0, 10));
  const auto two = [&](std::size_t at) -> int {
    const bool digits =
        text[at] >= '0' && text[at] <= '9' && text[at + 1] >= '0' && text[at + 1] <= '9';
    return digits ? (text[at] - '0') * 10 + (text[at + 1] - '0') : 99;
  };
  if (!day || two(11) > 23 || two(14) > 59) return std::nullopt;
  const std::int64_t minutes = two(11) * 60 + two(14);
  return std::chrono::milliseconds(day->time_since_epoch()).count() + minutes * 60'000;
}

/// The same input with what people leave out: ids of the member, the moment in milliseconds.
domain::Shaped<Json> completed(const Json& json) {
  Json full = Json::object();
  for (const auto& [key, value] : json.members()) {
    if (key == "time") {
      const auto at = value.text() != nullptr ? parse_time(*value.text()) : std::nullopt;
      if (!at) return core::fail(ShapeError{key, "is not a time such as 2026-11-22 14:32"});
      if (!json["at"].is_null()) return core::fail(ShapeError{key, "is given as \"at\" too"});
      full.set("at", *at);
    } else if (key == "member" && value.is_object()) {
      Json member = value;
      for (const std::string_view id : {"id", "account"}) {
        if (member.find(id) == nullptr) member.set(id, domain::MemberId{}.hex());
      }
      full.set(key, std::move(member));
    } else {
      full.set(key, value);
    }
  }
  return full;
}

Json line_answer(const BasketLine& line, const QuotedLine& quoted) {
  Json json = Json::object();
  json.set("code", line.article.code).set("shelf", quoted.shelf.units());
  json.set("discount", quoted.discount.units());
  json.set("points_value", quoted.points_value.units());
  if (!quoted.value_spent.is_zero()) json.set("value_spent", quoted.value_spent.units());
  json.set("payable", quoted.payable.units());
  json.set("points_spent", quoted.points_spent.units());
  json.set("earned", quoted.earned.units());
  if (!quoted.value_earned.is_zero()) json.set("value_earned", quoted.value_earned.units());
  return json;
}

std::string choice_of(const QuoteInput& input, const domain::BenefitId& benefit) {
  const auto answer = std::ranges::find(input.answers, benefit, &Answer::benefit);
  return answer != input.answers.end() ? answer->choice : std::string();
}

Json benefit_answer(const Programme& programme, const QuoteRequest& request,
                    const BenefitOutcome& outcome) {
  Json json = Json::object();
  json.set("benefit", outcome.benefit.text()).set("state", word_of(kStateWords, outcome.state));
  if (outcome.reason != Reason::none) json.set("reason", word_of(kReasonWords, outcome.reason));
  if (!outcome.amount.is_zero()) json.set("amount", outcome.amount.units());
  if (!outcome.points.is_zero()) json.set("points", outcome.points.units());
  if (!outcome.value.is_zero()) json.set("value", outcome.value.units());
  if (!outcome.cost.is_zero()) json.set("cost", outcome.cost.units());
  if (outcome.issued) json.set("issued", coupon_json(*outcome.issued));
  if (!outcome.shares.empty()) {
    Json shares = Json::array();
    for (const LineShare& share : outcome.shares) {
      Json item = Json::object();
      item.set("line", static_cast<std::int64_t>(share.line)).set("amount", share.amount.units());
      shares.push(std::move(item));
    }
    json.set("shares", std::move(shares));
  }
  if (outcome.soft != Soft::none) json.set(word_of(kSoftWords, outcome.soft), true);
  if (outcome.soft != Soft::none && outcome.soft != Soft::prompt) json.set("done", outcome.done);
  if (outcome.soft == Soft::question && outcome.done) {
    json.set("answer", choice_of(request.input, outcome.benefit));
  }
  if (outcome.coupon) json.set("coupon", outcome.coupon->text());
  add_data(json, outcome.data);
  json.set("text", outcome_sentence(programme, request.input, outcome, request.language));
  return json;
}

/// Where the member stands once the sale counts.
Json standing_json(const Standing& standing) {
  Json json = Json::object();
  if (standing.tier) json.set("tier", standing.tier->text());
  if (standing.next) json.set("next_tier", domain::to_json(*standing.next));
  return json;
}

Json rest_of(const Quote& quote, Json json) {
  const PointsOffer& offer = quote.points_offer;
  Json offered = Json::object();
  offered.set("spendable", offer.spendable.units()).set("worth", offer.worth.units());
  offered.set("balance_worth", offer.balance_worth.units());
  if (offer.limited_by != Reason::none) {
    offered.set("limited_by", word_of(kReasonWords, offer.limited_by));
  }
  offered.set("value", offer.value_spendable.units());
  json.set("points_offer", std::move(offered));
  if (quote.needs_card) json.set("needs_card", true);
  if (quote.needs_member) json.set("needs_member", true);
  if (quote.too_many_months) json.set("too_many_months", true);
  if (!quote.held_back.empty()) {
    Json held = Json::array();
    for (const HeldBack& one : quote.held_back) {
      held.push(Json::object()
                    .set("line", static_cast<std::int64_t>(one.line))
                    .set("benefit", one.benefit.text())
                    .set("on_sale", domain::day_text(one.on_sale)));
    }
    json.set("held_back", std::move(held));
  }
  Json vat = Json::array();
  for (const VatContent& rate : quote.vat) {
    Json item = Json::object();
    item.set("per_mille", rate.per_mille).set("payable", rate.payable.units());
    vat.push(std::move(item.set("vat", rate.vat.units())));
  }
  return std::move(json.set("vat", std::move(vat)));
}

}  // namespace

domain::Shaped<QuoteRequest> parse_quote_request(std::string_view text) {
  if (text.size() > kRequestBytesMax) {
    return core::fail(ShapeError{"", fmt::format("request has {} bytes", text.size())});
  }
  const auto json = Json::parse(text);
  if (!json) {
    return core::fail(
        ShapeError{"", fmt::format("line {}: {}", json.error().line, json.error().detail)});
  }
  if (!json->is_object()) return core::fail(ShapeError{"", "request is not an object"});
  if (auto wrong = check_keys(*json)) return core::fail(std::move(*wrong));
  const auto full = completed(*json);
  if (!full) return core::fail(full.error());
  auto input = quote_input_from_json(*full);
  if (!input) return core::fail(input.error());
  std::optional<ShapeError> error;
  ShapeReader reader(*full, "", error);
  QuoteRequest request;
  request.input = std::move(*input);
  request.language = reader.language("language");
  request.explain = reader.boolean("explain", false);
  if (error) return core::fail(*error);
  return request;
}

Json answer_quote(const Programme& programme, const QuoteRequest& asked) {
  const Quote judged = quote(programme, asked.input);
  QuoteRequest request = asked;
  request.input = as_judged(asked.input, judged);
  Json json = Json::object();
  json.set("programme", judged.programme.hex()).set("version", programme.version());
  json.set("shelf", judged.shelf.units()).set("discount", judged.discount.units());
  json.set("points_spent", judged.points_spent.units());
  json.set("points_value", judged.points_value.units());
  json.set("value_spent", judged.value_spent.units());
  json.set("payable", judged.payable.units()).set("earned", judged.earned.units());
  json.set("value_earned", judged.value_earned.units());
  add_terms(json, "earned_first", "earned_last", judged.earned_terms);
  add_terms(json, "value_first", "value_last", judged.value_terms);
  if (judged.joined) json.set("joined", to_json(*judged.joined));
  if (judged.subscribed) json.set("subscribed", to_json(*judged.subscribed));
  if (judged.reached) json.set("reached", judged.reached->text());
  if (request.input.member && has_ladder(programme.tiers())) {
    json.set("standing", standing_json(standing_after(programme, request.input, judged)));
  }
  Json lines = Json::array();
  for (std::size_t i = 0; i < judged.lines.size(); ++i) {
    lines.push(line_answer(request.input.lines[i], judged.lines[i]));
  }
  json.set("lines", std::move(lines));
  Json benefits = Json::array();
  for (const BenefitOutcome& outcome :
       request.explain ? explain_all(programme, request.input) : judged.outcomes) {
    benefits.push(benefit_answer(programme, request, outcome));
  }
  json.set("benefits", std::move(benefits));
  return rest_of(judged, std::move(json));
}

}  // namespace pos::programme
