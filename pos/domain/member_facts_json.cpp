#include "pos/domain/member_facts_json.hpp"

#include <fmt/core.h>

#include <charconv>

namespace pos::domain {
namespace {

using core::Json;

constexpr std::array<std::string_view, 5> kTierWays = {"spend", "visits", "years", "referrals",
                                                       "one_sale"};
constexpr std::array<std::string_view, 3> kStandings = {"active", "provisional", "blocked"};

template <std::size_t Size>
std::optional<std::size_t> index_of(const std::array<std::string_view, Size>& names,
                                    std::string_view name) {
  for (std::size_t i = 0; i < Size; ++i) {
    if (names[i] == name) return i;
  }
  return std::nullopt;
}

/// Collects the first complaint; every reader gives a default after it, so that the code below
/// reads in one line a field.
class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}

  template <class Value>
  Value id(std::string_view key) {
    const std::string* text = json_[key].text();
    const auto value = text != nullptr ? Value::parse(*text) : std::nullopt;
    if (!value) complain(key, "is missing or not of its form");
    return value.value_or(Value{});
  }
  template <class Value>
  std::optional<Value> optional_code(std::string_view key) {
    if (json_[key].is_null()) return std::nullopt;
    return id<Value>(key);
  }
  std::string text(std::string_view key, std::size_t length_max) {
    const Json& value = json_[key];
    if (value.is_null()) return {};
    if (value.text() == nullptr || value.text()->size() > length_max) {
      complain(key, "is not a text of allowed length");
      return {};
    }
    return *value.text();
  }
  std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high) {
    const Json& value = json_[key];
    if (value.is_null()) return 0;
    const auto number = value.integer();
    if (!number || *number < low || *number > high) {
      complain(key, "is not a whole number in its range");
      return 0;
    }
    return *number;
  }
  std::optional<Day> day(std::string_view key) {
    const Json& value = json_[key];
    if (value.is_null()) return std::nullopt;
    const auto parsed = value.text() != nullptr ? parse_day(*value.text()) : std::nullopt;
    if (!parsed) complain(key, "is not a day like 2026-11-22");
    return parsed;
  }
  template <std::size_t Size>
  std::size_t name_index(std::string_view key, const std::array<std::string_view, Size>& names) {
    const Json& value = json_[key];
    if (value.is_null()) return 0;
    const auto index = value.text() != nullptr ? index_of(names, *value.text()) : std::nullopt;
    if (!index) complain(key, "is not one of the known words");
    return index.value_or(0);
  }
  const Json::Array& items(std::string_view key, std::size_t count_max) {
    const Json& value = json_[key];
    if ((!value.is_null() && !value.is_array()) || value.items().size() > count_max) {
      complain(key, "is not a list of allowed length");
      return Json().items();
    }
    return value.items();
  }
  void complain(std::string_view key, std::string_view reason) {
    if (!error_) error_ = ShapeError{std::string(key), std::string(reason)};
  }
  [[nodiscard]] const std::optional<ShapeError>& error() const { return error_; }
  [[nodiscard]] const Json& json() const { return json_; }

 private:
  const Json& json_;
  std::optional<ShapeError> error_;
};

constexpr std::int64_t kInstantMax = 253'402'300'799'999;  // the end of the year 9999
constexpr std::size_t kListMax = 64;

void read_lots(Reader& reader, std::string_view key, std::vector<Lot>& lots) {
  for (const Json& item : reader.items(key, kLotsMax)) {
    Reader lot(item);
    lots.push_back({lot.integer("amount", 1, kAmountMax), {lot.day("first"), lot.day("last")}});
    if (item["amount"].is_null()) lot.complain("amount", "is missing");
    if (lot.error()) reader.complain(key, lot.error()->reason);
  }
}

void read_lists(Reader& reader, MemberFacts& facts) {
  read_lots(reader, "lots", facts.point_lots);
  read_lots(reader, "value_lots", facts.value_lots);
  for (const Json& item : reader.items("last_articles", 3)) {
    if (item.text() == nullptr)
      reader.complain("last_articles", "holds something that is no article code");
    else
      facts.last_articles.push_back(*item.text());
  }
  for (const Json& item : reader.items("coupons", kListMax)) {
    Reader coupon(item);
    facts.coupons.push_back({coupon.id<CouponCode>("code"), coupon.day("last").value_or(Day{})});
    if (coupon.error()) reader.complain("coupons", coupon.error()->reason);
  }
  for (const Json& item : reader.items("segments", kListMax)) {
    const auto code = item.text() != nullptr ? SegmentCode::parse(*item.text()) : std::nullopt;
    if (code)
      facts.segments.push_back(*code);
    else
      reader.complain("segments", "holds something that is no segment code");
  }
  for (const Json& item : reader.items("uses", kUsesKeptMax)) {
    Reader use(item);
    BenefitUse value{use.id<BenefitId>("benefit"), use.integer("total", 0, kAmountMax), {}};
    value.heard = use.json()["heard"].boolean().value_or(false);
    for (const Json& day : use.items("days", kUseDaysMax)) {
      const auto known = day.text() != nullptr ? parse_day(*day.text()) : std::nullopt;
      if (!known) use.complain("days", "holds something that is no day");
      value.days.push_back(known.value_or(Day{}));
    }
    std::ranges::sort(value.days, std::greater{});
    facts.uses.push_back(std::move(value));
    if (use.error()) reader.complain("uses", use.error()->reason);
  }
  for (const Json& item : reader.items("windows", kListMax)) {
    Reader window(item);
    EffectiveWindow value;
    value.kind = static_cast<EffectiveWindow::Kind>(window.name_index("kind", kWindowKinds));
    value.first = window.day("first").value_or(Day{});
    value.last = window.day("last").value_or(Day{});
    value.relation = window.text("relation", kRelationMax);
    value.liking = window.text("liking", kLikingMax);
    if (window.error()) reader.complain("windows", window.error()->reason);
    facts.windows.push_back(std::move(value));
  }
}

NextTier read_next_tier(Reader& reader) {
  Reader next(reader.json()["next_tier"]);
  NextTier value{next.id<TierCode>("tier"), {}};
  for (const Json& item : next.items("ways", kListMax)) {
    Reader way(item);
    value.ways.push_back({static_cast<TierWay>(way.name_index("by", kTierWays)),
                          way.integer("missing", 0, kAmountMax)});
    if (way.error()) next.complain("ways", way.error()->reason);
  }
  if (next.error()) reader.complain("next_tier", next.error()->reason);
  return value;
}

/// A list of three whole numbers: the month, what was spent, the visits.
std::optional<MonthCount> read_month(const Json& json) {
  const Json::Array& items = json.items();
  if (items.size() != 3) return std::nullopt;
  const auto month = items[0].integer();
  const auto spend = items[1].integer();
  const auto visits = items[2].integer();
  if (!month || !spend || !visits) return std::nullopt;
  const auto within = [](std::int64_t value) {
    return value >= -kAmountMax && value <= kAmountMax;
  };
  const bool good = *month >= 190'001 && *month <= 999'912 && *month % 100 >= 1 &&
                    *month % 100 <= 12 && within(*spend) && within(*visits);
  if (!good) return std::nullopt;
  return MonthCount{static_cast<int>(*month), Money::of(*spend), *visits};
}

MemberStatus read_status(Reader& outer) {
  Reader reader(outer.json()["status"]);
  MemberStatus status;
  status.joined = reader.day("joined");
  status.given = reader.optional_code<TierCode>("given");
  status.referrals = reader.integer("referrals", 0, kAmountMax);
  status.brought_visits = reader.integer("brought_visits", 0, kAmountMax);
  for (const Json& item : reader.items("months", static_cast<std::size_t>(kStatusMonthsMax))) {
    const auto month = read_month(item);
    const bool rising =
        month && (status.months.empty() || status.months.back().month < month->month);
    if (rising) {
      status.months.push_back(*month);
    } else {
      reader.complain("months", "holds something that is no month, or not in order");
    }
  }
  for (const Json& item : reader.items("large", kLargePurchasesMax)) {
    Reader large(item);
    status.large.push_back(
        {large.id<FactId>("sale"), Money::of(large.integer("paid", -kAmountMax, kAmountMax))});
    if (large.error()) reader.complain("large", large.error()->reason);
  }
  if (reader.error()) outer.complain("status", reader.error()->key + " " + reader.error()->reason);
  return status;
}

Json next_tier_json(const NextTier& next) {
  Json ways = Json::array();
  for (const MissingWay& way : next.ways) {
    ways.push(Json::object()
                  .set("by", kTierWays[static_cast<std::size_t>(way.by)])
                  .set("missing", way.missing));
  }
  return Json::object().set("tier", next.tier.text()).set("ways", std::move(ways));
}

Json status_json(const MemberStatus& status) {
  Json json = Json::object();
  if (status.joined) json.set("joined", day_text(*status.joined));
  if (status.given) json.set("given", status.given->text());
  if (status.referrals != 0) json.set("referrals", status.referrals);
  if (status.brought_visits != 0) json.set("brought_visits", status.brought_visits);
  if (!status.months.empty()) {
    Json list = Json::array();
    for (const MonthCount& one : status.months) {
      list.push(Json::array().push(one.month).push(one.spend.units()).push(one.visits));
    }
    json.set("months", std::move(list));
  }
  if (!status.large.empty()) {
    Json list = Json::array();
    for (const LargePurchase& one : status.large) {
      list.push(Json::object().set("sale", one.sale.hex()).set("paid", one.paid.units()));
    }
    json.set("large", std::move(list));
  }
  return json;
}

}  // namespace

core::Json to_json(const NextTier& next) { return next_tier_json(next); }

std::string day_text(Day day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t from, std::size_t count) -> std::optional<unsigned> {
    unsigned value = 0;
    const char* begin = text.data() + from;
    const auto [end, code] = std::from_chars(begin, begin + count, value);
    if (code != std::errc() || end != begin + count) return std::nullopt;
    return value;
  };
  const auto year = number(0, 4);
  const auto month = number(5, 2);
  const auto day = number(8, 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

Json to_json(const std::vector<Lot>& lots) {
  Json list = Json::array();
  for (const Lot& lot : lots) {
    Json item = Json::object();
    item.set("amount", lot.amount);
    if (lot.terms.first) item.set("first", day_text(*lot.terms.first));
    if (lot.terms.last) item.set("last", day_text(*lot.terms.last));
    list.push(std::move(item));
  }
  return list;
}

Shaped<std::vector<Lot>> lots_from_json(const Json& json) {
  const Json holder = Json::object().set("lots", json);
  Reader reader(holder);
  std::vector<Lot> lots;
  read_lots(reader, "lots", lots);
  if (reader.error()) return core::fail(*reader.error());
  return lots;
}

Json to_json(const MemberFacts& facts) {
  Json json = Json::object();
  json.set("id", facts.id.hex()).set("account", facts.account.hex());
  json.set("name", facts.form_of_address).set("digits", facts.last_digits);
  json.set("class", facts.member_class.text());
  if (facts.tier) json.set("tier", facts.tier->text());
  if (facts.next_tier) json.set("next_tier", next_tier_json(*facts.next_tier));
  json.set("balance", facts.balance.units()).set("as_of", facts.balance_as_of.unix_ms());
  if (!facts.value.is_zero()) json.set("value", facts.value.units());
  if (!facts.point_lots.empty()) json.set("lots", to_json(facts.point_lots));
  if (!facts.value_lots.empty()) json.set("value_lots", to_json(facts.value_lots));
  if (!facts.spend_in_period.is_zero()) json.set("spend", facts.spend_in_period.units());
  if (facts.household != 1) json.set("household", facts.household);
  if (facts.visits != 0) json.set("visits", facts.visits);
  if (facts.first_visit) json.set("first_visit", day_text(*facts.first_visit));
  if (facts.last_visit) json.set("last_visit", day_text(*facts.last_visit));
  if (facts.mean_interval_days != 0) json.set("interval_days", facts.mean_interval_days);
  if (!facts.last_articles.empty()) {
    Json list = Json::array();
    for (const std::string& code : facts.last_articles) list.push(code);
    json.set("last_articles", std::move(list));
  }
  if (!facts.coupons.empty()) {
    Json list = Json::array();
    for (const PersonalCoupon& coupon : facts.coupons) {
      list.push(Json::object().set("code", coupon.code.text()).set("last", day_text(coupon.last)));
    }
    json.set("coupons", std::move(list));
  }
  if (facts.subscription_last) json.set("subscription_last", day_text(*facts.subscription_last));
  if (!facts.segments.empty()) {
    Json list = Json::array();
    for (const SegmentCode& code : facts.segments) list.push(code.text());
    json.set("segments", std::move(list));
  }
  if (!facts.windows.empty()) {
    Json list = Json::array();
    for (const EffectiveWindow& window : facts.windows) {
      Json item = Json::object();
      item.set("kind", kWindowKinds[static_cast<std::size_t>(window.kind)]);
      item.set("first", day_text(window.first)).set("last", day_text(window.last));
      if (!window.relation.empty()) item.set("relation", window.relation);
      if (!window.liking.empty()) item.set("liking", window.liking);
      list.push(std::move(item));
    }
    json.set("windows", std::move(list));
  }
  if (!facts.uses.empty()) {
    Json list = Json::array();
    for (const BenefitUse& use : facts.uses) {
      Json item = Json::object();
      item.set("benefit", use.benefit.text()).set("total", use.total);
      Json days = Json::array();
      for (const Day day : use.days) days.push(day_text(day));
      item.set("days", std::move(days));
      if (use.heard) item.set("heard", true);
      list.push(std::move(item));
    }
    json.set("uses", std::move(list));
  }
  if (!facts.status.empty()) json.set("status", status_json(facts.status));
  if (facts.standing != MemberStanding::active) {
    json.set("standing", kStandings[static_cast<std::size_t>(facts.standing)]);
  }
  json.set("language", language_code(facts.language));
  json.set("version", static_cast<std::int64_t>(facts.version));
  return json;
}

Json to_json(const EffectiveDate& date) {
  Json json = Json::object();
  json.set("kind", kWindowKinds[static_cast<std::size_t>(date.kind)]);
  json.set("month", std::int64_t{date.month}).set("day", std::int64_t{date.day});
  if (!date.relation.empty()) json.set("relation", date.relation);
  if (!date.liking.empty()) json.set("liking", date.liking);
  return json;
}

Shaped<EffectiveDate> effective_date_from_json(const Json& json) {
  Reader reader(json);
  EffectiveDate date;
  date.kind = static_cast<EffectiveWindow::Kind>(reader.name_index("kind", kWindowKinds));
  date.month = static_cast<unsigned>(reader.integer("month", 1, 12));
  date.day = static_cast<unsigned>(reader.integer("day", 1, 31));
  date.relation = reader.text("relation", kRelationMax);
  date.liking = reader.text("liking", kLikingMax);
  if (!is_day_of_year(date.day, date.month)) reader.complain("day", "is no day of the year");
  if (reader.error()) return core::fail(*reader.error());
  return date;
}

Shaped<MemberFacts> member_facts_from_json(const Json& json) {
  if (!json.is_object()) return core::fail(ShapeError{"", "member facts are not an object"});
  Reader reader(json);
  MemberFacts facts;
  facts.id = reader.id<MemberId>("id");
  facts.account = reader.id<AccountId>("account");
  facts.form_of_address = reader.text("name", 200);
  facts.last_digits = reader.text("digits", 4);
  facts.member_class = reader.id<ClassCode>("class");
  facts.tier = reader.optional_code<TierCode>("tier");
  if (!json["next_tier"].is_null()) facts.next_tier = read_next_tier(reader);
  facts.balance = Points::of(reader.integer("balance", -kAmountMax, kAmountMax));
  facts.balance_as_of = core::Instant::from_unix_ms(reader.integer("as_of", 0, kInstantMax));
  facts.value = Money::of(reader.integer("value", -kAmountMax, kAmountMax));
  facts.spend_in_period = Money::of(reader.integer("spend", -kAmountMax, kAmountMax));
  // Rows of people who live alone do not say it.
  if (!json["household"].is_null()) facts.household = reader.integer("household", 1, kHouseholdMax);
  facts.visits = reader.integer("visits", 0, kAmountMax);
  facts.first_visit = reader.day("first_visit");
  facts.last_visit = reader.day("last_visit");
  facts.mean_interval_days = reader.integer("interval_days", 0, 100'000);
  read_lists(reader, facts);
  facts.subscription_last = reader.day("subscription_last");
  if (!json["status"].is_null()) facts.status = read_status(reader);
  facts.standing = static_cast<MemberStanding>(reader.name_index("standing", kStandings));
  const std::string language = reader.text("language", 2);
  facts.language = parse_language(language).value_or(Language::en);
  facts.version = static_cast<std::uint64_t>(reader.integer("version", 0, INT64_MAX));
  if (reader.error()) return core::fail(*reader.error());
  return facts;
}

}  // namespace pos::domain
