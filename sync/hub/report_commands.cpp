#include <fmt/core.h>

#include <map>
#include <ostream>

#include "pos/domain/csv_field.hpp"
#include "pos/programme/class_joining.hpp"
#include "pos/programme/soft_report.hpp"
#include "sync/hub/commands.hpp"
#include "sync/hub/fact_reader.hpp"
#include "sync/hub/importers.hpp"

namespace club::hub {
namespace {

using pos::core::Json;
using pos::domain::Money;
using pos::programme::ReturnFact;
using pos::programme::SaleFact;

constexpr const char* kOrderColumns =
    "date,time,sale,kind,store,region,till,employee,member,class,shelf,discount,points_spent,"
    "points_value,value_spent,amount,points_earned,value_earned,benefits,coupon,returned,of_sale,"
    "flagged\n";

std::string time_text(const pos::core::Moment& moment) {
  const int minute = pos::core::local_minute(moment);
  return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

/// One line of the owner's table.
struct Order {
  pos::programme::Scene scene;
  std::string uid;
  std::string kind;
  std::string member;
  std::string member_class;
  Money shelf;
  Money discount;
  std::int64_t points_spent = 0;
  Money points_value;
  Money value_spent;
  Money amount;
  std::int64_t points_earned = 0;
  Money value_earned;
  std::string benefits;
  std::string coupons;
  Money returned;
  std::string of_sale;
  bool flagged = false;
};

void add_word(std::string& words, const std::string& word) {
  if (!words.empty()) words += ' ';
  words += word;
}

Order order_of(const SaleFact& sale) {
  Order order;
  order.scene = sale.scene;
  if (sale.member) order.member = sale.member->hex();
  if (sale.input.member) {
    order.member_class = class_judged(*sale.input.member, sale.result).text();
  }
  order.shelf = sale.result.shelf;
  order.discount = sale.result.discount;
  order.points_spent = sale.result.points_spent.units();
  order.points_value = sale.result.points_value;
  order.value_spent = sale.result.value_spent;
  order.amount = sale.result.payable;
  order.points_earned = sale.result.earned.units();
  order.value_earned = sale.result.value_earned;
  for (const auto& outcome : sale.result.outcomes) {
    if (outcome.state == pos::programme::BenefitState::applied) {
      add_word(order.benefits, outcome.benefit.text());
    }
  }
  for (const auto& coupon : sale.input.coupons) add_word(order.coupons, coupon.text());
  return order;
}

Order order_of(const ReturnFact& back) {
  Order order;
  order.scene = back.scene;
  if (back.member) order.member = back.member->hex();
  order.points_spent = -back.points_back.units();
  order.value_spent = -back.value_back;
  order.amount = -back.money;
  order.points_earned = -back.earned_taken.units();
  order.value_earned = -back.value_taken;
  order.of_sale = back.sale.hex();
  return order;
}

std::string csv_line(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& field : fields) {
    line += (line.empty() ? "" : ",") + pos::domain::csv_field(field);
  }
  return line + "\n";
}

std::string line_of(const Order& order, int decimals) {
  const auto money = [&](Money value) { return pos::domain::csv_money(value, decimals); };
  return csv_line({pos::domain::day_text(pos::core::local_day(order.scene.moment)),
                   time_text(order.scene.moment),
                   order.uid,
                   order.kind,
                   order.scene.store.text(),
                   order.scene.region.text(),
                   std::to_string(order.scene.till.value),
                   order.scene.employee.text(),
                   order.member,
                   order.member_class,
                   money(order.shelf),
                   money(order.discount),
                   std::to_string(order.points_spent),
                   money(order.points_value),
                   money(order.value_spent),
                   money(order.amount),
                   std::to_string(order.points_earned),
                   money(order.value_earned),
                   order.benefits,
                   order.coupons,
                   money(order.returned),
                   order.of_sale,
                   order.flagged ? "yes" : ""});
}

/// The account that holds what a fact moved: of a card that was unknown and has a member by now,
/// the member's.
std::optional<pos::domain::AccountId> holder_of(pos::core::Database& db,
                                                const pos::programme::Fact& fact) {
  auto account = account_of(fact);
  const auto* sale = std::get_if<SaleFact>(&fact);
  const auto* back = std::get_if<ReturnFact>(&fact);
  if ((sale == nullptr || !sale->unknown_card) && (back == nullptr || !back->unknown_card)) {
    return account;
  }
  constexpr int kHopsMax = 8;
  for (int hops = 0; account && hops < kHopsMax; ++hops) {
    auto& read =
        db.cached("SELECT closed_into FROM account WHERE bucket = ? AND kind = 0 AND account = ?");
    read.bind_all(std::int64_t{wire::bucket_of(*account)}, account->bytes());
    const bool closed = read.step() && !read.is_null(0);
    const auto heir = closed ? pos::domain::AccountId::from_bytes(read.blob(0)) : std::nullopt;
    read.reset();
    if (!heir) break;
    account = heir;
  }
  return account;
}

Json fact_json(pos::core::Database& db, const BookedFact& booked) {
  Json json = Json::object();
  json.set("line", "fact").set("uid", booked.row.uid.hex()).set("kind", booked.row.kind);
  json.set("till", booked.row.till).set("incarnation", booked.row.incarnation);
  json.set("seq", static_cast<std::int64_t>(booked.row.seq));
  const auto account = holder_of(db, booked.fact);
  if (const auto* sale = std::get_if<SaleFact>(&booked.fact)) {
    json.set("payable_minor", sale->result.payable.units());
    json.set("points_earned", sale->result.earned.units());
    json.set("points_spent", sale->result.points_spent.units());
    if (sale->unknown_card) json.set("unknown_card", sale->unknown_card->hex());
  }
  if (const auto* back = std::get_if<ReturnFact>(&booked.fact)) {
    json.set("payable_minor", -back->money.units());
    json.set("points_earned", -back->earned_taken.units());
    json.set("points_spent", -back->points_back.units());
    json.set("sale", back->sale.hex());
    if (back->unknown_card) json.set("unknown_card", back->unknown_card->hex());
  }
  if (account) json.set("account", account->hex());
  json.set("flagged", booked.result == wire::OutcomeRow::Result::flagged);
  return json;
}

/// Balances with what was brought along, and every posting of a holder besides that.
void write_accounts(pos::core::Database& db, std::ostream& out) {
  constexpr int kHolder = static_cast<int>(ledger::AccountKind::holder);
  constexpr int kOpening = static_cast<int>(ledger::AccountKind::opening);
  auto accounts = db.prepare(
      "SELECT a.account, a.points, a.value, a.closed_into, a.bucket,"
      " coalesce((SELECT sum(p.amount) FROM posting p JOIN posting o"
      "   ON o.bucket = p.bucket AND o.uid = p.uid AND o.kind = ?2 AND o.unit = p.unit"
      "   AND o.amount = -p.amount"
      "   WHERE p.bucket = a.bucket AND p.account = a.account AND p.kind = ?1 AND p.unit = 0), 0)"
      " FROM account a WHERE a.kind = ?1 ORDER BY a.bucket, a.account");
  accounts.bind_all(std::int64_t{kHolder}, std::int64_t{kOpening});
  while (accounts.step()) {
    Json json = Json::object();
    json.set("line", "account").set("account", pos::core::to_hex(accounts.blob(0)));
    json.set("points", accounts.integer(1)).set("value", accounts.integer(2));
    json.set("opening", accounts.integer(5));
    if (!accounts.is_null(3)) json.set("closed_into", pos::core::to_hex(accounts.blob(3)));
    out << json.dump() << '\n';
  }
  auto postings = db.prepare(
      "SELECT p.uid, p.leg, p.unit, p.account, p.amount FROM posting p WHERE p.kind = ?1"
      " AND NOT EXISTS(SELECT 1 FROM posting o WHERE o.bucket = p.bucket AND o.uid = p.uid"
      "   AND o.kind = ?2) ORDER BY p.bucket, p.uid, p.leg");
  postings.bind_all(std::int64_t{kHolder}, std::int64_t{kOpening});
  while (postings.step()) {
    out << Json::object()
               .set("line", "posting")
               .set("uid", pos::core::to_hex(postings.blob(0)))
               .set("leg", postings.text(1))
               .set("unit", postings.integer(2) == 0 ? "points" : "value")
               .set("account", pos::core::to_hex(postings.blob(3)))
               .set("amount", postings.integer(4))
               .dump()
        << '\n';
  }
}

/// What is wrong with the days, or nothing.
std::optional<CommandError> wrong_day(const ReportOptions& options) {
  for (const std::string& day : {options.from, options.to}) {
    if (!day.empty() && !pos::domain::parse_day(day)) {
      return CommandError{ExitCode::usage, day + " is no day; write it like 2026-11-22"};
    }
  }
  return std::nullopt;
}

bool is_within(const ReportOptions& options, const pos::core::Moment& moment) {
  const std::string day = pos::domain::day_text(pos::core::local_day(moment));
  return (options.from.empty() || day >= options.from) && (options.to.empty() || day <= options.to);
}

}  // namespace

ExitCode tasks_command(const std::string& database, const ReportOptions& options, Streams streams) {
  if (const auto wrong = wrong_day(options)) return give_up(*wrong, streams);
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  pos::programme::SoftReport soft;
  const auto read = for_each_fact(*opened->hub, [&](const BookedFact& booked) {
    const auto* sale = std::get_if<SaleFact>(&booked.fact);
    if (sale != nullptr && is_within(options, booked.moment)) soft.take(*sale);
  });
  if (!read) return give_up(to_command_error(read.error()), streams);
  streams.out << soft.csv();
  return ExitCode::ok;
}

ExitCode orders_command(const std::string& database, const ReportOptions& options,
                        Streams streams) {
  if (const auto wrong = wrong_day(options)) return give_up(*wrong, streams);
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  const auto settings = opened->hub->settings();
  if (!settings) return give_up(to_command_error(settings.error()), streams);
  std::vector<Order> orders;
  std::map<pos::domain::FactId, Money> returned;
  const auto read = for_each_fact(*opened->hub, [&](const BookedFact& booked) {
    Order order;
    if (const auto* sale = std::get_if<SaleFact>(&booked.fact))
      order = order_of(*sale);
    else if (const auto* back = std::get_if<ReturnFact>(&booked.fact)) {
      order = order_of(*back);
      returned[back->sale] += back->money;
    } else {
      return;
    }
    order.scene.moment = booked.moment;
    order.uid = booked.row.uid.hex();
    order.kind = booked.row.kind;
    order.flagged = booked.result == wire::OutcomeRow::Result::flagged;
    orders.push_back(std::move(order));
  });
  if (!read) return give_up(to_command_error(read.error()), streams);
  streams.out << kOrderColumns;
  for (Order& order : orders) {
    if (!is_within(options, order.scene.moment)) continue;
    if (const auto uid = pos::domain::FactId::parse(order.uid); uid && returned.contains(*uid)) {
      order.returned = returned[*uid];
    }
    streams.out << line_of(order, settings->decimals);
  }
  return ExitCode::ok;
}

ExitCode budgets_command(const std::string& database, Streams streams) {
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  const auto programme = published_programme(*opened->hub);
  streams.out << "benefit,name,budget,given,left\n";
  if (!programme) return ExitCode::ok;
  const auto money = [&](Money amount) {
    return pos::domain::csv_money(amount, programme->rules().decimals);
  };
  const auto done = pos::core::guarded([&] {
    for (const auto& [benefit, budget] : programme->budgets()) {
      auto& read = opened->hub->database().cached(
          "SELECT given FROM budget WHERE bucket = ? AND benefit = ?");
      read.bind_all(std::int64_t{wire::kClubStream}, std::string_view(benefit.text()));
      const Money given = Money::of(read.step() ? read.integer(0) : 0);
      read.reset();
      streams.out << csv_line({benefit.text(),
                               programme->benefit_name(benefit).in(pos::domain::Language::en),
                               money(budget), money(given), money(budget - given)});
    }
  });
  if (!done) return give_up(to_command_error(done.error()), streams);
  return ExitCode::ok;
}

ExitCode export_command(const std::string& database, Streams streams) {
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  auto done = for_each_fact(*opened->hub, [&](const BookedFact& booked) {
    streams.out << fact_json(opened->hub->database(), booked).dump() << '\n';
  });
  if (done) {
    done = pos::core::guarded([&] { write_accounts(opened->hub->database(), streams.out); });
  }
  if (!done) return give_up(to_command_error(done.error()), streams);
  return ExitCode::ok;
}

}  // namespace club::hub
