#include "pos/programme/programme.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "pos/core/crypto/crypto.hpp"
#include "pos/programme/benefit.hpp"
#include "pos/programme/benefit_parse.hpp"
#include "pos/programme/document_reader.hpp"
#include "pos/programme/programme_lint.hpp"

namespace pos::programme {
namespace {

using core::Json;
using domain::Money;
using domain::Points;

constexpr std::size_t kDocumentBytesMax = 4 * 1024 * 1024;
constexpr std::string_view kFormat = "clubtill-programme/1";
const domain::LocalText kNoText;

void read_shown_unit(ObjectReader& club, ClubRules& rules) {
  if (!club.has("shown_unit")) return;
  const std::string unit = club.text("shown_unit", 20);
  rules.in_toman = unit == "toman";
  if (!rules.in_toman) {
    club.complain("shown_unit", fmt::format("\"{}\" is no unit that money is shown in", unit),
                  "write \"toman\", or leave it out");
  } else if (rules.currency != "IRR" || rules.decimals != 0) {
    club.complain("shown_unit", "only rial without decimals are shown in toman",
                  "leave it out, or write \"currency\": \"IRR\", \"decimals\": 0");
  }
}

void read_club(ObjectReader& document, ClubRules& rules) {
  ObjectReader club = document.object("club");
  club.learn_languages("name");
  rules.name = club.texts("name", kNameBytesMax, true);
  rules.currency = club.text("currency", 3);
  if (!rules.currency.empty() &&
      (rules.currency.size() != 3 || !std::all_of(rules.currency.begin(), rules.currency.end(),
                                                  [](char c) { return c >= 'A' && c <= 'Z'; }))) {
    club.complain("currency", "is not an ISO 4217 code", "write three capital letters, as in ILS");
  }
  rules.decimals = static_cast<int>(club.integer("decimals", 0, 4));
  read_shown_unit(club, rules);
  rules.cash_step = Money::of(club.integer_or("cash_step", 1, 1'000'000, 1));
  rules.slip_footer = club.texts("slip_footer", kDetailBytesMax, false);
  rules.terms_version = club.text("terms_version", 40);
  club.finish();
}

void read_spending(ObjectReader& points, ClubRules& rules) {
  if (!points.has("spend")) return;
  ObjectReader spend = points.object("spend");
  rules.spend_step = Points::of(spend.integer("step", 1, 1'000'000'000));
  rules.spend_step_worth = Money::of(spend.integer("worth", 1, domain::kAmountMax));
  rules.spend_max_percent = spend.integer_or("max_percent", 1, 100, 100);
  spend.finish();
}

/// What a till may give out bounds stored value and benefits, too, where points are never spent.
void read_rights(ObjectReader& points, ClubRules& rules) {
  if (!points.has("spend") && !points.has("offline")) return;
  ObjectReader offline = points.object("offline");
  rules.pool_per_till = Money::of(offline.integer("per_till", 0, domain::kAmountMax));
  rules.pool_per_member = Money::of(offline.integer("per_member", 0, domain::kAmountMax));
  if (rules.pool_per_till < rules.pool_per_member) {
    offline.complain("per_member", "is more than a whole till may give",
                     "make it no more than \"per_till\"");
  }
  offline.finish();
}

/// Whole days that the shortest such span of months has.
constexpr std::int64_t shortest(std::int64_t months) { return months * 30 - 2; }

void read_available(ObjectReader& points, LotRule& rule) {
  const Json* available = points.member("available");
  if (available == nullptr) return;
  if (available->text() != nullptr) {
    constexpr std::array<std::string_view, 1> kWords = {"next_sale"};
    static_cast<void>(points.word("available", kWords, 0));
    return;
  }
  ObjectReader span = points.object("available");
  rule.available_days = span.integer("days", 1, 366);
  span.finish();
}

void read_expiry(ObjectReader& points, LotRule& rule) {
  if (!points.has("expire")) return;
  ObjectReader span = points.object("expire");
  if (span.has("months") == span.has("days")) {
    points.complain("expire", "names neither or both of \"months\" and \"days\"",
                    "write one of them, as in {\"months\": 12}");
  }
  if (span.has("months")) rule.expire_months = span.integer("months", 1, 120);
  if (span.has("days")) rule.expire_days = span.integer("days", 1, 3'660);
  span.finish();
  const std::int64_t lasts =
      rule.expire_days != 0 ? rule.expire_days : shortest(rule.expire_months);
  if (lasts > 0 && lasts < rule.available_days) {
    points.complain(
        "expire", "is over before what was earned can be spent",
        fmt::format("let it last longer than the {} days of \"available\"", rule.available_days));
  }
}

void read_lot_rule(ObjectReader& points, LotRule& rule) {
  read_available(points, rule);
  read_expiry(points, rule);
}

void read_points(ObjectReader& document, ClubRules& rules) {
  if (!document.has("points")) return;
  ObjectReader points = document.object("points");
  if (points.has("earn")) {
    ObjectReader earn = points.object("earn");
    rules.earn_points = Points::of(earn.integer("points", 1, 1'000'000));
    rules.earn_per = Money::of(earn.integer("per", 1, domain::kAmountMax));
    earn.finish();
  }
  read_spending(points, rules);
  read_rights(points, rules);
  read_lot_rule(points, rules.points_lot);
  if (points.has("value")) {
    ObjectReader value = points.object("value");
    read_lot_rule(value, rules.value_lot);
    value.finish();
  }
  points.finish();
}

void read_referral(ObjectReader& document, ClubRules& rules) {
  if (!document.has("referral")) return;
  ObjectReader referral = document.object("referral");
  rules.has_referral = true;
  rules.referrer_points = Points::of(referral.integer("referrer", 0, 1'000'000));
  rules.joined_points = Points::of(referral.integer("joined", 0, 1'000'000));
  referral.finish();
}

template <class Named>
void read_names(ObjectReader& document, std::string_view key, bool needed,
                std::vector<Named>& out) {
  std::size_t position = 0;
  for (const Json& item : document.items(key, kNamesMax, needed)) {
    ObjectReader reader(item, fmt::format("{}[{}]", key, position++), document.findings());
    if (!item.is_object()) continue;
    Named named;
    named.code = reader.code<decltype(named.code)>("code");
    named.name = reader.texts("name", kNameBytesMax, true);
    read_rules(reader, named);
    reader.finish();
    out.push_back(std::move(named));
  }
}

std::string mend_json(const core::JsonError& error) {
  switch (error.kind) {
    case core::JsonError::Kind::fraction:
      return "write money in minor units (1.50 is 150) and rates as whole percent or per mille";
    case core::JsonError::Kind::duplicate_key:
      return "remove one of the two";
    case core::JsonError::Kind::too_deep:
      return "write it with fewer levels";
    case core::JsonError::Kind::bad_utf8:
      return "save the file as UTF-8";
    case core::JsonError::Kind::number_range:
      return "write a smaller number";
    case core::JsonError::Kind::syntax:
      return "look for a missing comma, bracket or quotation mark just before";
  }
  return "mend the document";
}

/// The one way in: fills `programme` as far as it can and names everything that is wrong.
void read_document(core::BytesView bytes, CompiledBenefits& programme, Findings& findings) {
  if (bytes.size() > kDocumentBytesMax) {
    add_error(findings, 1, "document", fmt::format("has {} bytes", bytes.size()),
              "keep it to 4 MiB");
    return;
  }
  std::string_view text = core::text_of(bytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto json = Json::parse(text, kDocumentDepthMax);
  if (!json) {
    add_error(findings, json.error().line, "document", json.error().detail,
              mend_json(json.error()));
    return;
  }
  programme.hash = core::blake2b(bytes);
  ObjectReader document(*json, "", findings);
  if (!json->is_object()) return;
  const std::string format = document.text("format", 60);
  if (!format.empty() && format != kFormat) {
    document.complain("format", fmt::format("\"{}\" cannot be read by this version", format),
                      fmt::format("write \"{}\"", kFormat));
  }
  programme.version = document.text("version", 60);
  if (document.has("about")) static_cast<void>(document.text("about", kDetailBytesMax));
  read_club(document, programme.rules);
  read_points(document, programme.rules);
  read_referral(document, programme.rules);
  read_names(document, "classes", true, programme.classes);
  read_names(document, "tiers", false, programme.tiers);
  read_subscriptions(document, programme);
  note_fees(programme);
  read_gift_cards(document, programme);
  read_benefits(document, programme);
  document.finish();
  if (programme.classes.empty() && document.has("classes")) {
    document.complain("classes", "names no class", "name at least one");
  }
  judge_programme(programme, findings);
}

bool is_error(const Finding& finding) { return finding.severity == Finding::Severity::error; }

}  // namespace

domain::LotTerms LotRule::terms_on(domain::Day earned) const {
  domain::LotTerms terms;
  if (available_days != 0) terms.first = earned + std::chrono::days(available_days);
  if (expire_days != 0) terms.last = earned + std::chrono::days(expire_days);
  if (expire_months != 0) {
    std::chrono::year_month_day last{earned};
    last += std::chrono::months(expire_months);
    if (!last.ok()) last = last.year() / last.month() / std::chrono::last;
    terms.last = last;
  }
  return terms;
}

core::Expected<Programme, std::vector<Finding>> Programme::parse(core::BytesView document) {
  auto compiled = std::make_shared<CompiledBenefits>();
  Findings findings;
  read_document(document, *compiled, findings);
  std::erase_if(findings, [](const Finding& finding) { return !is_error(finding); });
  if (!findings.empty()) return core::fail(std::move(findings));
  compile_index(*compiled);
  Programme programme;
  programme.benefits_ = std::move(compiled);
  return programme;
}

std::vector<Finding> lint(core::BytesView document) {
  CompiledBenefits compiled;
  Findings findings;
  read_document(document, compiled, findings);
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return is_error(a) != is_error(b) ? is_error(a) : a.line < b.line;
  });
  return findings;
}

const ProgrammeHash& Programme::hash() const { return benefits_->hash; }
const ClubRules& Programme::rules() const { return benefits_->rules; }
const std::vector<NamedClass>& Programme::classes() const { return benefits_->classes; }
const std::vector<NamedTier>& Programme::tiers() const { return benefits_->tiers; }
std::vector<BudgetLeft> Programme::budgets() const {
  std::vector<BudgetLeft> budgets;
  for (const Benefit& benefit : benefits_->benefits) {
    if (!benefit.budget.is_zero()) budgets.push_back({benefit.id, benefit.budget});
  }
  return budgets;
}

const std::string& Programme::version() const { return benefits_->version; }

const NamedClass* Programme::find_class(const domain::ClassCode& code) const {
  const auto found = std::ranges::find(benefits_->classes, code, &NamedClass::code);
  return found != benefits_->classes.end() ? &*found : nullptr;
}

const domain::LocalText& Programme::class_name(const domain::ClassCode& code) const {
  const NamedClass* found = find_class(code);
  return found != nullptr ? found->name : kNoText;
}

const domain::LocalText& Programme::tier_name(const domain::TierCode& code) const {
  for (const NamedTier& one : benefits_->tiers) {
    if (one.code == code) return one.name;
  }
  return kNoText;
}

const domain::LocalText& Programme::benefit_name(const domain::BenefitId& id,
                                                 const domain::ClassCode& member_class) const {
  const auto found = benefits_->by_id.find(id.text());
  if (found == benefits_->by_id.end()) return kNoText;
  const Benefit& benefit = benefits_->benefits[found->second];
  const auto of_class = benefit.name_by_class.find(member_class.text());
  return of_class != benefit.name_by_class.end() ? of_class->second : benefit.name;
}

const domain::LocalText& Programme::benefit_detail(const domain::BenefitId& id) const {
  const auto found = benefits_->by_id.find(id.text());
  return found != benefits_->by_id.end() ? benefits_->benefits[found->second].detail : kNoText;
}

const std::vector<ShortAnswer>& Programme::answers_to(const domain::BenefitId& id) const {
  static const std::vector<ShortAnswer> kNoAnswers;
  const auto found = benefits_->by_id.find(id.text());
  return found != benefits_->by_id.end() ? benefits_->benefits[found->second].give.answers
                                         : kNoAnswers;
}

bool Programme::suggests(const domain::BenefitId& id, std::string_view article) const {
  const auto benefit = benefits_->by_id.find(id.text());
  const auto code = benefits_->codes.find(article);
  if (benefit == benefits_->by_id.end() || code == benefits_->codes.end()) return false;
  const auto& codes = benefits_->benefits[benefit->second].give.suggested.codes;
  return std::binary_search(codes.begin(), codes.end(), code->second);
}

const std::vector<SubscriptionArticle>& Programme::subscriptions() const {
  return benefits_->subscriptions;
}

bool Programme::is_gift_card(const domain::Article& article) const {
  const auto among = [](const WordTable& table, const std::string& word,
                        const std::vector<WordIndex>& named) {
    const auto known = table.find(word);
    return known != table.end() && std::binary_search(named.begin(), named.end(), known->second);
  };
  const Selection& cards = benefits_->gift_cards;
  return among(benefits_->codes, article.code, cards.codes) ||
         among(benefits_->categories, article.category.text(), cards.categories);
}

bool Programme::is_coupon_code(std::string_view code) const {
  return benefits_->coupon_codes.contains(code);
}

}  // namespace pos::programme
