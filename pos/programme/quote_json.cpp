#include <fmt/core.h>

#include "pos/programme/facts.hpp"
#include "pos/programme/quote_words.hpp"
#include "pos/programme/shape_reader.hpp"
#include "pos/programme/subscription.hpp"

namespace pos::programme {
namespace {

using core::Json;
using domain::Money;
using domain::Points;

constexpr std::int64_t kDemand = 1;
constexpr std::int64_t kEarnsNot = 2;

/// A line in the record is a list, not an object: 120 of them share 64 KiB with everything else.
Json line_json(const BasketLine& line) {
  const domain::Article& article = line.article;
  Json json = Json::array();
  json.push(article.code);
  for (const domain::Language language : domain::kLanguages) {
    json.push(article.name.by_language[static_cast<std::size_t>(language)]);
  }
  const std::int64_t flags = (article.demand ? kDemand : 0) + (article.earns ? 0 : kEarnsNot);
  json.push(article.price.units()).push(article.vat_per_mille).push(article.category.text());
  json.push(flags).push(line.quantity);
  return json;
}

std::optional<BasketLine> sealed_line(const Json& json) {
  const Json::Array& items = json.items();
  if (items.size() != 9) return std::nullopt;
  BasketLine line;
  for (std::size_t i = 0; i < 4; ++i) {
    if (items[i].text() == nullptr) return std::nullopt;
  }
  line.article.code = *items[0].text();
  for (std::size_t i = 0; i < 3; ++i) line.article.name.by_language[i] = *items[i + 1].text();
  const auto price = items[4].integer();
  const auto vat = items[5].integer();
  const auto flags = items[7].integer();
  const auto quantity = items[8].integer();
  if (!price || !vat || !flags || !quantity || items[6].text() == nullptr) return std::nullopt;
  if (*flags < 0 || *flags > (kDemand | kEarnsNot)) return std::nullopt;
  if (!items[6].text()->empty()) {
    const auto category = domain::CategoryCode::parse(*items[6].text());
    if (!category) return std::nullopt;
    line.article.category = *category;
  }
  line.article.price = Money::of(*price);
  line.article.vat_per_mille = *vat;
  line.article.demand = (*flags & kDemand) != 0;
  line.article.earns = (*flags & kEarnsNot) == 0;
  line.quantity = *quantity;
  return line;
}

/// The form for people: `clubtill quote` reads it.
BasketLine written_line(ShapeReader reader) {
  BasketLine line;
  domain::Article& article = line.article;
  article.code = reader.text("code", 40);
  if (article.code.empty()) reader.complain("code", "is missing");
  if (reader["name"].text() != nullptr) {
    article.name.at(domain::Language::en) = reader.text("name", kArticleNameBytesMax);
  } else if (reader.has("name")) {
    ShapeReader name = reader.object("name");
    for (const domain::Language language : domain::kLanguages) {
      article.name.at(language) = name.text(domain::language_code(language), kArticleNameBytesMax);
    }
  }
  if (!reader.has("price")) reader.complain("price", "is missing");
  article.price = reader.money("price");
  article.vat_per_mille = reader.integer("vat_per_mille", 0, 1000, 0);
  article.category = reader.parsed_or_empty<domain::CategoryCode>("category");
  article.demand = reader.boolean("demand", false);
  article.earns = reader.boolean("earns", true);
  line.quantity = reader.integer("quantity", 1, kQuantityMax, 1);
  return line;
}

void read_lines(ShapeReader& reader, QuoteInput& input) {
  std::size_t position = 0;
  for (const Json& item : reader.items("lines", kLinesMax)) {
    const std::string place = fmt::format("lines[{}]", position++);
    if (!item.is_array()) {
      input.lines.push_back(written_line(ShapeReader(item, reader.path_of(place), reader.error())));
      continue;
    }
    const auto line = sealed_line(item);
    if (!line) reader.complain(place, "is not a line");
    input.lines.push_back(line.value_or(BasketLine{}));
  }
}

void read_answers(ShapeReader& reader, QuoteInput& input) {
  std::size_t position = 0;
  for (const Json& item : reader.items("answers", kAnswersMax)) {
    ShapeReader answer(item, reader.path_of(fmt::format("answers[{}]", position++)),
                       reader.error());
    input.answers.push_back({answer.parsed<domain::BenefitId>("benefit"),
                             static_cast<Answer::Kind>(answer.word("kind", kAnswerWords)),
                             answer.text("choice", 40)});
  }
}

Json outcome_json(const BenefitOutcome& outcome) {
  Json json = Json::object();
  json.set("benefit", outcome.benefit.text());
  if (outcome.state != BenefitState::applied)
    json.set("state", word_of(kStateWords, outcome.state));
  if (outcome.reason != Reason::none) json.set("reason", word_of(kReasonWords, outcome.reason));
  if (!outcome.amount.is_zero()) json.set("amount", outcome.amount.units());
  if (!outcome.points.is_zero()) json.set("points", outcome.points.units());
  if (!outcome.value.is_zero()) json.set("value", outcome.value.units());
  if (!outcome.cost.is_zero()) json.set("cost", outcome.cost.units());
  if (outcome.issued) json.set("issued", coupon_json(*outcome.issued));
  if (!outcome.shares.empty()) {
    Json shares = Json::array();
    for (const LineShare& share : outcome.shares) {
      shares.push(static_cast<std::int64_t>(share.line)).push(share.amount.units());
    }
    json.set("shares", std::move(shares));
  }
  if (outcome.soft != Soft::none) json.set(word_of(kSoftWords, outcome.soft), true);
  if (outcome.done) json.set("done", true);
  if (outcome.coupon) json.set("coupon", outcome.coupon->text());
  if (outcome.own_coupon) json.set("own", true);
  if (outcome.counted) json.set("counted", true);
  if (!outcome.of_budget.is_zero()) json.set("of_budget", outcome.of_budget.units());
  add_data(json, outcome.data);
  return json;
}

BenefitOutcome read_outcome(ShapeReader reader, std::size_t line_count) {
  BenefitOutcome outcome;
  outcome.benefit = reader.parsed<domain::BenefitId>("benefit");
  outcome.state = static_cast<BenefitState>(reader.word("state", kStateWords));
  outcome.reason = static_cast<Reason>(reader.word("reason", kReasonWords));
  outcome.amount = reader.money("amount");
  outcome.points = reader.points("points");
  outcome.value = reader.money("value");
  outcome.cost = reader.points("cost");
  if (reader.has("issued")) {
    ShapeReader issued = reader.object("issued");
    outcome.issued = {issued.parsed<domain::CouponCode>("code"),
                      issued.day("last").value_or(domain::Day{})};
  }
  const Json::Array& shares = reader.items("shares", kLinesMax * 2);
  if (shares.size() % 2 != 0) reader.complain("shares", "is not a list of pairs");
  for (std::size_t i = 0; i + 1 < shares.size(); i += 2) {
    const std::int64_t line = shares[i].integer().value_or(-1);
    const std::int64_t amount = shares[i + 1].integer().value_or(-1);
    if (line < 0 || static_cast<std::size_t>(line) >= line_count || amount < 0 ||
        amount > kShapeNumberMax) {
      reader.complain("shares", "names a line that is not there, or no amount");
      break;
    }
    outcome.shares.push_back({static_cast<std::size_t>(line), Money::of(amount)});
  }
  for (const Soft soft : {Soft::task, Soft::prompt, Soft::question, Soft::suggest}) {
    if (reader.boolean(word_of(kSoftWords, soft), false)) outcome.soft = soft;
  }
  outcome.done = reader.boolean("done", false);
  outcome.coupon = reader.optional<domain::CouponCode>("coupon");
  outcome.own_coupon = reader.boolean("own", false);
  outcome.counted = reader.boolean("counted", false);
  outcome.of_budget = reader.money("of_budget");
  outcome.data.missing = reader.money("missing");
  outcome.data.missing_quantity = reader.number("missing_quantity");
  outcome.data.article = reader.text("article", 40);
  outcome.data.day = reader.day("day");
  outcome.data.winner = reader.parsed_or_empty<domain::BenefitId>("winner");
  outcome.data.basis = reader.money("basis");
  outcome.data.goal = reader.money("goal");
  return outcome;
}

/// The numbers of a list of whole numbers that are not negative; nothing when it is anything else.
/// Those behind `needed` may be left out and are 0.
template <std::size_t Size>
std::optional<std::array<std::int64_t, Size>> numbers_of(const Json& json,
                                                         std::size_t needed = Size) {
  std::array<std::int64_t, Size> numbers{};
  const std::size_t count = json.items().size();
  if (count != Size && count != needed) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    const auto number = json.items()[i].integer();
    if (!number || *number < 0 || *number > kShapeNumberMax) return std::nullopt;
    numbers[i] = *number;
  }
  return numbers;
}

void read_quoted_lines(ShapeReader& reader, Quote& quote) {
  for (const Json& item : reader.items("lines", kLinesMax)) {
    const auto n = numbers_of<8>(item, 6);
    if (!n) return reader.complain("lines", "holds something that is no line");
    QuotedLine line;
    line.shelf = Money::of((*n)[0]);
    line.discount = Money::of((*n)[1]);
    line.points_value = Money::of((*n)[2]);
    line.payable = Money::of((*n)[3]);
    line.points_spent = Points::of((*n)[4]);
    line.earned = Points::of((*n)[5]);
    line.value_spent = Money::of((*n)[6]);
    line.value_earned = Money::of((*n)[7]);
    if (line.payable != line.shelf - line.discount - line.points_value - line.value_spent) {
      return reader.complain("lines", "holds a line that does not add up");
    }
    quote.lines.push_back(line);
  }
  for (const Json& item : reader.items("vat", kLinesMax)) {
    const auto n = numbers_of<3>(item);
    if (!n) return reader.complain("vat", "holds something that is no rate");
    quote.vat.push_back({(*n)[0], Money::of((*n)[1]), Money::of((*n)[2])});
  }
}

bool adds_up(const Quote& quote) {
  QuotedLine sum;
  for (const QuotedLine& line : quote.lines) {
    sum.shelf += line.shelf;
    sum.discount += line.discount;
    sum.points_value += line.points_value;
    sum.value_spent += line.value_spent;
    sum.payable += line.payable;
    sum.points_spent += line.points_spent;
    sum.earned += line.earned;
    sum.value_earned += line.value_earned;
  }
  return sum == QuotedLine{quote.shelf,       quote.discount,    quote.points_value,
                           quote.value_spent, quote.payable,     quote.points_spent,
                           quote.earned,      quote.value_earned};
}

Json quoted_line_json(const QuotedLine& line) {
  Json json = Json::array();
  json.push(line.shelf.units()).push(line.discount.units()).push(line.points_value.units());
  json.push(line.payable.units()).push(line.points_spent.units()).push(line.earned.units());
  // Most clubs have no stored value: 120 lines share 64 KiB with everything else.
  if (!line.value_spent.is_zero() || !line.value_earned.is_zero()) {
    json.push(line.value_spent.units()).push(line.value_earned.units());
  }
  return json;
}

}  // namespace

void add_data(Json& json, const OutcomeData& data) {
  if (!data.missing.is_zero()) json.set("missing", data.missing.units());
  if (data.missing_quantity != 0) json.set("missing_quantity", data.missing_quantity);
  if (!data.article.empty()) json.set("article", data.article);
  if (data.day) json.set("day", domain::day_text(*data.day));
  if (!data.winner.empty()) json.set("winner", data.winner.text());
  if (!data.basis.is_zero()) json.set("basis", data.basis.units());
  if (!data.goal.is_zero()) json.set("goal", data.goal.units());
}

void add_terms(Json& json, std::string_view first_key, std::string_view last_key,
               const domain::LotTerms& terms) {
  if (terms.first) json.set(first_key, domain::day_text(*terms.first));
  if (terms.last) json.set(last_key, domain::day_text(*terms.last));
}

Json coupon_json(const domain::PersonalCoupon& coupon) {
  Json json = Json::object();
  return std::move(json.set("code", coupon.code.text()).set("last", domain::day_text(coupon.last)));
}

Json to_json(const QuoteInput& input) {
  Json json = Json::object();
  if (input.source != BasketSource::own) json.set("source", word_of(kSourceWords, input.source));
  Json lines = Json::array();
  for (const BasketLine& line : input.lines) lines.push(line_json(line));
  json.set("lines", std::move(lines));
  if (input.member) json.set("member", domain::to_json(*input.member));
  if (input.unknown_card) json.set("unknown_card", true);
  if (input.card_value) json.set("card_value", domain::to_json(*input.card_value));
  json.set("at", input.moment.at.unix_ms());
  json.set("offset", static_cast<std::int64_t>(input.moment.utc_offset.count()));
  if (!input.store.empty()) json.set("store", input.store.text());
  if (!input.region.empty()) json.set("region", input.region.text());
  if (!input.coupons.empty()) {
    Json coupons = Json::array();
    for (const domain::CouponCode& code : input.coupons) coupons.push(code.text());
    json.set("coupons", std::move(coupons));
  }
  if (!input.points_wish.is_zero()) json.set("points_wish", input.points_wish.units());
  if (!input.value_wish.is_zero()) json.set("value_wish", input.value_wish.units());
  Json reach = Json::object();
  reach.set("online", input.reach.online).set("pool", input.reach.pool_left.units());
  reach.set("member", input.reach.member_left.units());
  if (!input.reach.reserved.is_zero()) reach.set("reserved", input.reach.reserved.units());
  if (!input.reach.budgets.empty()) {
    Json budgets = Json::array();
    for (const BudgetLeft& one : input.reach.budgets) {
      Json item = Json::object();
      budgets.push(item.set("benefit", one.benefit.text()).set("left", one.left.units()));
    }
    reach.set("budgets", std::move(budgets));
  }
  json.set("reach", std::move(reach));
  if (!input.answers.empty()) {
    Json answers = Json::array();
    for (const Answer& answer : input.answers) {
      Json item = Json::object();
      item.set("benefit", answer.benefit.text()).set("kind", word_of(kAnswerWords, answer.kind));
      if (!answer.choice.empty()) item.set("choice", answer.choice);
      answers.push(std::move(item));
    }
    json.set("answers", std::move(answers));
  }
  return json;
}

domain::Shaped<QuoteInput> quote_input_from_json(const Json& json) {
  std::optional<domain::ShapeError> error;
  ShapeReader reader(json, "", error);
  QuoteInput input;
  input.source = static_cast<BasketSource>(reader.word("source", kSourceWords));
  read_lines(reader, input);
  if (reader.has("member")) {
    auto member = domain::member_facts_from_json(reader["member"]);
    if (member) {
      input.member = std::move(*member);
    } else {
      reader.complain("member." + member.error().key, member.error().reason);
    }
  }
  input.unknown_card = reader.boolean("unknown_card", false);
  if (reader.has("card_value")) {
    auto card = domain::card_value_from_json(reader["card_value"]);
    if (!card) reader.complain("card_value." + card.error().key, card.error().reason);
    if (card) input.card_value = std::move(*card);
  }
  input.moment = reader.moment("at", "offset");
  input.store = reader.parsed_or_empty<domain::StoreCode>("store");
  input.region = reader.parsed_or_empty<domain::RegionCode>("region");
  for (const Json& item : reader.items("coupons", kCouponsMax)) {
    const auto code =
        item.text() != nullptr ? domain::CouponCode::parse(*item.text()) : std::nullopt;
    if (!code) reader.complain("coupons", "holds something that is no coupon code");
    input.coupons.push_back(code.value_or(domain::CouponCode{}));
  }
  input.points_wish = reader.points("points_wish");
  input.value_wish = reader.money("value_wish");
  if (reader.has("reach")) {
    ShapeReader reach = reader.object("reach");
    input.reach = {reach.boolean("online", false), reach.money("pool"), reach.money("member")};
    input.reach.reserved = reach.money("reserved");
    for (const Json& item : reach.items("budgets", kBudgetsMax)) {
      ShapeReader budget(item, "reach.budgets", error);
      input.reach.budgets.push_back(
          {budget.parsed<domain::BenefitId>("benefit"), budget.money("left")});
    }
  }
  read_answers(reader, input);
  if (error) return core::fail(*error);
  if (auto wrong = check_input(input)) return core::fail(domain::ShapeError{"lines", *wrong});
  return input;
}

Json to_json(const Joining& joined) {
  Json json = Json::object();
  json.set("from", joined.from.text()).set("to", joined.to.text());
  if (!joined.fee.empty()) json.set("fee", joined.fee);
  return json;
}

Json to_json(const Quote& quote) {
  Json json = Json::object();
  json.set("programme", quote.programme.hex());
  Json lines = Json::array();
  for (const QuotedLine& line : quote.lines) lines.push(quoted_line_json(line));
  json.set("lines", std::move(lines));
  Json outcomes = Json::array();
  for (const BenefitOutcome& outcome : quote.outcomes) outcomes.push(outcome_json(outcome));
  json.set("outcomes", std::move(outcomes));
  json.set("shelf", quote.shelf.units()).set("discount", quote.discount.units());
  json.set("points_spent", quote.points_spent.units());
  json.set("points_value", quote.points_value.units());
  if (!quote.value_spent.is_zero()) json.set("value_spent", quote.value_spent.units());
  json.set("payable", quote.payable.units()).set("earned", quote.earned.units());
  if (!quote.value_earned.is_zero()) json.set("value_earned", quote.value_earned.units());
  add_terms(json, "earned_first", "earned_last", quote.earned_terms);
  add_terms(json, "value_first", "value_last", quote.value_terms);
  if (quote.drawn != quote.points_value) json.set("drawn", quote.drawn.units());
  if (quote.joined) json.set("joined", to_json(*quote.joined));
  if (quote.subscribed) json.set("subscribed", to_json(*quote.subscribed));
  if (quote.reached) json.set("reached", quote.reached->text());
  const PointsOffer& offer = quote.points_offer;
  Json offered = Json::object();
  offered.set("spendable", offer.spendable.units()).set("worth", offer.worth.units());
  offered.set("balance_worth", offer.balance_worth.units());
  offered.set("limited_by", word_of(kReasonWords, offer.limited_by));
  if (!offer.value_spendable.is_zero()) offered.set("value", offer.value_spendable.units());
  json.set("points_offer", std::move(offered));
  Json vat = Json::array();
  for (const VatContent& rate : quote.vat) {
    Json item = Json::array();
    vat.push(
        std::move(item.push(rate.per_mille).push(rate.payable.units()).push(rate.vat.units())));
  }
  json.set("vat", std::move(vat));
  return json;
}

domain::Shaped<Quote> quote_from_json(const Json& json) {
  std::optional<domain::ShapeError> error;
  ShapeReader reader(json, "", error);
  Quote quote;
  quote.programme = reader.parsed<ProgrammeHash>("programme");
  read_quoted_lines(reader, quote);
  std::size_t position = 0;
  for (const Json& item : reader.items("outcomes", 1'000)) {
    const std::string place = fmt::format("outcomes[{}]", position++);
    quote.outcomes.push_back(read_outcome(ShapeReader(item, place, error), quote.lines.size()));
  }
  quote.shelf = reader.money("shelf");
  quote.discount = reader.money("discount");
  quote.points_spent = reader.points("points_spent");
  quote.points_value = reader.money("points_value");
  quote.value_spent = reader.money("value_spent");
  quote.payable = reader.money("payable");
  quote.earned = reader.points("earned");
  quote.value_earned = reader.money("value_earned");
  quote.earned_terms = {reader.day("earned_first"), reader.day("earned_last")};
  quote.value_terms = {reader.day("value_first"), reader.day("value_last")};
  quote.drawn = reader.has("drawn") ? reader.money("drawn") : quote.points_value;
  if (reader.has("joined")) {
    ShapeReader joined = reader.object("joined");
    quote.joined = Joining{joined.parsed<domain::ClassCode>("from"),
                           joined.parsed<domain::ClassCode>("to"), joined.text("fee", 24)};
  }
  if (reader.has("subscribed")) {
    auto bought = subscribed_from_json(reader["subscribed"]);
    if (!bought) reader.complain("subscribed." + bought.error().key, bought.error().reason);
    if (bought) quote.subscribed = std::move(*bought);
  }
  quote.reached = reader.optional<domain::TierCode>("reached");
  ShapeReader offer = reader.object("points_offer");
  quote.points_offer = {
      offer.points("spendable"), offer.money("worth"), offer.money("balance_worth"),
      static_cast<Reason>(offer.word("limited_by", kReasonWords)), offer.money("value")};
  if (!error && !adds_up(quote)) reader.complain("lines", "do not add up to the totals");
  if (error) return core::fail(*error);
  return quote;
}

}  // namespace pos::programme
