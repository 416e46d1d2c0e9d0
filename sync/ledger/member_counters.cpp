#include "sync/ledger/member_counters.hpp"

#include <algorithm>

namespace club::ledger {
namespace {

using pos::core::Json;
using pos::domain::Day;
using pos::domain::Money;
using pos::programme::MemberChange;

constexpr std::size_t kLastArticles = 3;

}  // namespace

Day day_of(const pos::core::Moment& sealed, const Origin& origin) {
  return pos::core::local_day(origin.counted(sealed));
}

Visit visit_of(const pos::programme::SaleFact& fact, const Origin& origin) {
  const Day day = day_of(fact.scene.moment, origin);
  Visit visit{day,
              pos::programme::purchase_of(origin.uid, fact, day),
              {},
              pos::programme::change_of(fact.result)};
  visit.purchase.day = day;
  for (const auto& line : fact.input.lines) {
    if (!line.article.code.empty()) visit.articles.push_back(line.article.code);
  }
  if (visit.articles.size() > kLastArticles) {
    visit.articles.erase(visit.articles.begin(),
                         visit.articles.end() - static_cast<std::ptrdiff_t>(kLastArticles));
  }
  return visit;
}

Visit visit_of(const pos::programme::ReturnFact& fact, const Origin& origin) {
  const Day day = day_of(fact.scene.moment, origin);
  Visit visit{day, pos::programme::purchase_of(fact, day), {}, fact.change};
  if (origin.sale != nullptr) visit.purchase.day = origin.sold_on;
  return visit;
}

std::vector<MemberChange::UsedCoupon> add_visit(pos::domain::MemberFacts& facts,
                                                const Visit& visit) {
  pos::programme::count_purchase(facts, visit.purchase);
  if (visit.purchase.visits > 0) {
    facts.first_visit = std::min(facts.first_visit.value_or(visit.day), visit.day);
    facts.last_visit = std::max(facts.last_visit.value_or(visit.day), visit.day);
    const std::int64_t seen = facts.visits - facts.status.brought_visits;
    if (seen > 1) {
      const auto span = (*facts.last_visit - *facts.first_visit).count();
      facts.mean_interval_days = std::clamp<std::int64_t>(span / (seen - 1), 0, 100'000);
    }
  }
  for (const std::string& code : visit.articles) {
    std::erase(facts.last_articles, code);
    facts.last_articles.insert(facts.last_articles.begin(), code);
  }
  if (facts.last_articles.size() > kLastArticles) facts.last_articles.resize(kLastArticles);
  return pos::programme::apply_change(facts, visit.change, visit.day);
}

Json visit_json(const MemberId& member, const Visit& visit) {
  Json articles = Json::array();
  for (const std::string& code : visit.articles) articles.push(code);
  Json json = Json::object();
  json.set("do", "visit")
      .set("member", member.hex())
      .set("day", pos::domain::day_text(visit.day))
      .set("sale", visit.purchase.sale.hex())
      .set("sold_on", pos::domain::day_text(visit.purchase.day))
      .set("visits", visit.purchase.visits)
      .set("spent", visit.purchase.paid.units())
      .set("articles", std::move(articles));
  if (!visit.change.empty()) json.set("change", to_json(visit.change));
  return json;
}

Visit read_visit(wire::FieldReader& fields) {
  Visit visit;
  const auto day = pos::domain::parse_day(fields.text("day", 10));
  if (!day) fields.complain("day", "is no day");
  visit.day = day.value_or(Day{});
  const auto sold_on = pos::domain::parse_day(fields.text("sold_on", 10));
  if (!sold_on) fields.complain("sold_on", "is no day");
  visit.purchase.sale = fields.parsed<FactId>("sale");
  visit.purchase.day = sold_on.value_or(Day{});
  visit.purchase.visits = fields.integer("visits", -1, 1);
  visit.purchase.paid = Money::of(
      fields.integer("spent", -pos::domain::kAmountMax * 1000, pos::domain::kAmountMax * 1000));
  for (const Json& item : fields.items("articles", kLastArticles)) {
    if (item.text() != nullptr) visit.articles.push_back(*item.text());
  }
  if (const Json& change = fields.json()["change"]; !change.is_null()) {
    auto read = pos::programme::parse_change(change);
    if (!read) fields.complain("change", read.error().reason);
    visit.change = std::move(read).value_or(MemberChange{});
  }
  return visit;
}

}  // namespace club::ledger
