#include "pos/terminal/replay_words.hpp"

#include <fmt/core.h>

#include <ostream>

#include "pos/domain/csv_field.hpp"
#include "pos/domain/format.hpp"
#include "pos/domain/receipt_code.hpp"

namespace pos::terminal {
namespace {

using core::Json;
using domain::Language;
using domain::Money;
using programme::BenefitChange;
using programme::BenefitSum;
using programme::GainCount;
using programme::GivenSum;
using programme::SaleChange;
using programme::WhatIf;

constexpr std::size_t kHashDigitsShown = 12;

std::string short_hash(const domain::ProgrammeHash& hash) {
  return hash.hex().substr(0, kHashDigitsShown);
}

std::string number(std::int64_t value) { return domain::format_number(value, Language::en); }

std::string receipt_text(const domain::FactId& uid) { return domain::ReceiptCode(uid).text(); }

/// With commas between them, each made harmless for a spreadsheet.
std::string csv_line(const std::vector<std::string>& fields) {
  std::string line;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) line += ',';
    line += domain::csv_field(fields[i]);
  }
  return line + '\n';
}

std::string parts_text(const programme::ReplayDifference& parts, std::string_view between) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts.test(i)) continue;
    if (!text.empty()) text += between;
    text += to_text(static_cast<programme::ReplayPart>(i));
  }
  return text;
}

/// How much of a proof stands, over all versions.
struct ProofTotal {
  std::int64_t judged = 0;
  std::int64_t differences = 0;
  std::int64_t not_judged = 0;
};

const KnownProgrammes::Version& version_of(const KnownProgrammes& known,
                                           const domain::ProgrammeHash& hash) {
  return known.found().at(hash);  // a proof asked for each that it names
}

ProofTotal total_of(const ReplayProof& proof, const KnownProgrammes& known) {
  ProofTotal total;
  total.not_judged = proof.unread;
  for (const auto& [hash, sum] : proof.versions) {
    const bool judged = version_of(known, hash).programme.has_value();
    (judged ? total.judged : total.not_judged) += sum.sales;
    total.differences += sum.differences;
  }
  return total;
}

std::string_view why_not_judged(const KnownProgrammes::Version& version) {
  return version.kept ? "cannot be read by this program" : "is not here";
}

void write_otherwise(const ReplayProof& proof, std::ostream& out) {
  for (const ReplayedOtherwise& sale : proof.otherwise) {
    out << fmt::format("{}  {}  differs in: {}\n", receipt_text(sale.receipt),
                       domain::day_text(sale.day), parts_text(sale.parts, ", "));
  }
}

void write_proof_text(const ReplayProof& proof, const KnownProgrammes& known, std::ostream& out) {
  const ProofTotal total = total_of(proof, known);
  out << fmt::format("{} sales, {} differences", number(total.judged), number(total.differences));
  if (total.not_judged > 0) out << fmt::format("; {} not judged", number(total.not_judged));
  out << '\n';
  for (const auto& [hash, sum] : proof.versions) {
    const KnownProgrammes::Version& version = version_of(known, hash);
    if (version.programme) {
      out << fmt::format("  version {} ({}): {} sales, {} differences\n",
                         version.programme->version(), short_hash(hash), number(sum.sales),
                         number(sum.differences));
    } else {
      out << fmt::format("  {} sales not judged: version {} {}\n", number(sum.sales),
                         short_hash(hash), why_not_judged(version));
    }
  }
  write_otherwise(proof, out);
}

Json otherwise_json(const ReplayProof& proof) {
  Json list = Json::array();
  for (const ReplayedOtherwise& sale : proof.otherwise) {
    Json parts = Json::array();
    for (std::size_t i = 0; i < sale.parts.size(); ++i) {
      if (sale.parts.test(i)) parts.push(to_text(static_cast<programme::ReplayPart>(i)));
    }
    Json item = Json::object();
    item.set("receipt", sale.receipt.hex()).set("day", domain::day_text(sale.day));
    list.push(
        std::move(item.set("programme", sale.programme.hex()).set("parts", std::move(parts))));
  }
  return list;
}

Json proof_json(const ReplayProof& proof, const KnownProgrammes& known) {
  const ProofTotal total = total_of(proof, known);
  Json versions = Json::array();
  for (const auto& [hash, sum] : proof.versions) {
    const KnownProgrammes::Version& version = version_of(known, hash);
    Json item = Json::object();
    item.set("programme", hash.hex()).set("judged", version.programme.has_value());
    if (version.programme) item.set("version", version.programme->version());
    versions.push(std::move(item.set("sales", sum.sales).set("differences", sum.differences)));
  }
  Json json = Json::object();
  json.set("sales", total.judged).set("differences", total.differences);
  json.set("not_judged", total.not_judged).set("unread", proof.unread);
  json.set("versions", std::move(versions));
  return std::move(json.set("differing", otherwise_json(proof)));
}

void write_proof_csv(const ReplayProof& proof, const KnownProgrammes& known, std::ostream& out) {
  out << "row,programme,version,judged,sales,differences,receipt,day,parts\n";
  for (const auto& [hash, sum] : proof.versions) {
    const KnownProgrammes::Version& version = version_of(known, hash);
    out << csv_line({"version", hash.hex(), version.programme ? version.programme->version() : "",
                     version.programme ? "yes" : "no", std::to_string(sum.sales),
                     std::to_string(sum.differences), "", "", ""});
  }
  for (const ReplayedOtherwise& sale : proof.otherwise) {
    out << csv_line({"difference", sale.programme.hex(), "", "", "", "", receipt_text(sale.receipt),
                     domain::day_text(sale.day), parts_text(sale.parts, " ")});
  }
}

/// What a what-if is written with: the club's money, and names of benefits old and new.
struct Words {
  const WhatIf& what_if;
  const KnownProgrammes& known;
  std::int64_t unread = 0;

  [[nodiscard]] int decimals() const { return what_if.programme().rules().decimals; }
  [[nodiscard]] std::string money(Money amount) const {
    return domain::format_money(amount, decimals(), Language::en);
  }
  [[nodiscard]] std::string change(Money before, Money after) const {
    return domain::format_signed_money(after - before, decimals(), Language::en);
  }
  [[nodiscard]] std::string csv(Money amount) const {
    return domain::csv_money(amount, decimals());
  }
  /// In the tried programme, else in one that is here, else its code.
  [[nodiscard]] std::string name(const domain::BenefitId& id) const {
    std::string name = what_if.programme().benefit_name(id).in(Language::en);
    for (const auto& [hash, version] : known.found()) {
      if (!name.empty()) break;
      if (version.programme) name = version.programme->benefit_name(id).in(Language::en);
    }
    return name.empty() ? id.text() : name;
  }
};

/// The amounts of the first table, in its order.
struct Amount {
  std::string_view key;
  std::string_view words;
  Money before;
  Money after;
};
std::vector<Amount> amounts_of(const WhatIf& what_if) {
  const GivenSum& before = what_if.before();
  const GivenSum& after = what_if.after();
  return {
      {"discount", "Discounts", before.discount, after.discount},
      {"points_worth", "Worth of the points earned", before.earned.worth(), after.earned.worth()},
      {"value_earned", "Stored value earned", before.value_earned, after.value_earned},
      {"points_given_worth", "Points given for benefits", -before.given_for_benefits.worth(),
       -after.given_for_benefits.worth()},
      {"cost", "Cost: all of these together", before.cost(), after.cost()},
      {"paid_with_points", "Paid with points", before.paid_with_points, after.paid_with_points},
      {"paid_with_value", "Paid with stored value", before.paid_with_value, after.paid_with_value},
      {"payable", "Paid in money", before.payable, after.payable}};
}

std::string table_row(std::string_view words, const std::string& before, const std::string& after,
                      const std::string& change) {
  return fmt::format("{:<30}{:>16}{:>16}{:>16}\n", words, before, after, change);
}

void write_heading(const Words& words, std::ostream& out) {
  const WhatIf& what_if = words.what_if;
  out << fmt::format("{} recorded sales", number(what_if.sales()));
  if (what_if.first_day()) {
    out << fmt::format(" from {} to {}", domain::day_text(*what_if.first_day()),
                       domain::day_text(*what_if.last_day()));
  }
  const programme::Programme& tried = what_if.programme();
  out << fmt::format(", judged under version {} ({})\n", tried.version(), short_hash(tried.hash()));
  if (words.unread > 0) {
    out << fmt::format("{} more could not be read and count nowhere.\n", number(words.unread));
  }
  if (what_if.valued_as_new() > 0) {
    out << fmt::format(
        "{} of them name a version that is not here: their points are worth what the new one "
        "says.\n",
        number(what_if.valued_as_new()));
  }
}

void write_amounts(const Words& words, std::ostream& out) {
  const programme::ClubRules& rules = words.what_if.programme().rules();
  out << '\n'
      << table_row(fmt::format("Amounts in {}", rules.currency), "recorded", "new", "difference");
  for (const Amount& amount : amounts_of(words.what_if)) {
    if (amount.before.is_zero() && amount.after.is_zero()) continue;
    out << table_row(amount.words, words.money(amount.before), words.money(amount.after),
                     words.change(amount.before, amount.after));
  }
  const std::int64_t before = words.what_if.before().earned.points().units();
  const std::int64_t after = words.what_if.after().earned.points().units();
  out << table_row("Points earned", number(before), number(after),
                   domain::format_signed_money(Money::of(after - before), 0, Language::en));
}

void write_counts(const WhatIf& what_if, std::ostream& out) {
  out << '\n' << table_row("", "gain", "lose", "unchanged");
  const auto row = [&](std::string_view words, const GainCount& counts) {
    out << table_row(words, number(counts.gain), number(counts.lose), number(counts.unchanged));
  };
  row("Sales", what_if.sale_count());
  row("Members", what_if.member_count());
}

std::string benefit_row(const std::string& name, const std::vector<std::string>& cells) {
  std::string row = fmt::format("{:<34}", name);
  for (const std::string& cell : cells) row += fmt::format(" {:>13}", cell);
  return row + '\n';
}

void write_benefits(const Words& words, std::ostream& out) {
  out << '\n'
      << benefit_row("Benefit",
                     {"sales before", "sales after", "cost before", "cost after", "difference"});
  std::int64_t offered = 0;
  for (const auto& [id, change] : words.what_if.benefits()) {
    out << benefit_row(words.name(id),
                       {number(change.before.sales), number(change.after.sales),
                        words.money(change.before.cost()), words.money(change.after.cost()),
                        words.change(change.before.cost(), change.after.cost())});
    offered += change.after.offered;
  }
  const Money before = words.what_if.before().earned_by_paying.worth();
  const Money after = words.what_if.after().earned_by_paying.worth();
  out << benefit_row("Points for what was paid", {"", "", words.money(before), words.money(after),
                                                  words.change(before, after)});
  if (offered == 0) return;
  out << fmt::format("{} offers have no answer in the recorded sales: they count as not taken.\n",
                     number(offered));
}

void write_largest(const Words& words, std::ostream& out) {
  if (words.what_if.largest().empty()) return;
  out << "\nLargest effects on one sale (what the member got: discount, points, stored value):\n";
  for (const SaleChange& sale : words.what_if.largest()) {
    out << fmt::format(
        "{}  {}  {}  {} -> {}  {}\n", receipt_text(sale.receipt), domain::day_text(sale.day),
        sale.member ? "member " + sale.member->hex() : "no member", words.money(sale.before),
        words.money(sale.after), words.change(sale.before, sale.after));
  }
}

void write_same_version(const ReplayProof& same, const KnownProgrammes& known, std::ostream& out) {
  const ProofTotal total = total_of(same, known);
  if (total.judged == 0) return;
  out << fmt::format("\nRecorded under this very version: {} sales, {} differences\n",
                     number(total.judged), number(total.differences));
  write_otherwise(same, out);
}

Json given_json(const GivenSum& sum) {
  Json json = Json::object();
  json.set("discount", sum.discount.units()).set("points", sum.earned.points().units());
  json.set("points_worth", sum.earned.worth().units());
  json.set("points_worth_by_paying", sum.earned_by_paying.worth().units());
  json.set("value_earned", sum.value_earned.units());
  json.set("points_given_worth", sum.given_for_benefits.worth().units());
  json.set("cost", sum.cost().units()).set("paid_with_points", sum.paid_with_points.units());
  json.set("paid_with_value", sum.paid_with_value.units());
  return std::move(json.set("payable", sum.payable.units()));
}

Json counts_json(const GainCount& counts) {
  Json json = Json::object();
  json.set("gain", counts.gain).set("lose", counts.lose).set("unchanged", counts.unchanged);
  return json;
}

Json benefit_json(const BenefitSum& sum) {
  Json json = Json::object();
  json.set("sales", sum.sales).set("offered", sum.offered).set("discount", sum.discount.units());
  json.set("points", sum.points.points().units()).set("value", sum.value.units());
  json.set("points_given", sum.given.points().units()).set("cost", sum.cost().units());
  return json;
}

Json benefits_json(const Words& words) {
  Json list = Json::array();
  for (const auto& [id, change] : words.what_if.benefits()) {
    Json item = Json::object();
    item.set("benefit", id.text()).set("name", words.name(id));
    item.set("before", benefit_json(change.before)).set("after", benefit_json(change.after));
    list.push(std::move(item));
  }
  return list;
}

Json largest_json(const WhatIf& what_if) {
  Json list = Json::array();
  for (const SaleChange& sale : what_if.largest()) {
    Json item = Json::object();
    item.set("receipt", sale.receipt.hex()).set("day", domain::day_text(sale.day));
    if (sale.member) item.set("member", sale.member->hex());
    list.push(std::move(item.set("before", sale.before.units()).set("after", sale.after.units())));
  }
  return list;
}

Json what_if_json(const Words& words, const ReplayProof& same) {
  const WhatIf& what_if = words.what_if;
  const programme::Programme& tried = what_if.programme();
  Json json = Json::object();
  json.set("programme", tried.hash().hex()).set("version", tried.version());
  json.set("currency", tried.rules().currency).set("decimals", tried.rules().decimals);
  json.set("sales", what_if.sales()).set("valued_as_new", what_if.valued_as_new());
  if (what_if.first_day()) {
    json.set("first", domain::day_text(*what_if.first_day()));
    json.set("last", domain::day_text(*what_if.last_day()));
  }
  json.set("before", given_json(what_if.before())).set("after", given_json(what_if.after()));
  json.set("sale_count", counts_json(what_if.sale_count()));
  json.set("member_count", counts_json(what_if.member_count()));
  json.set("benefits", benefits_json(words)).set("largest", largest_json(what_if));
  return std::move(json.set("same_version", proof_json(same, words.known)));
}

void write_counts_csv(const WhatIf& what_if, std::ostream& out) {
  const auto rows = [&](const std::string& row, const GainCount& counts) {
    const auto line = [&](const char* id, std::int64_t count) {
      out << csv_line({row, id, "", "", std::to_string(count), "", "", ""});
    };
    line("gain", counts.gain);
    line("lose", counts.lose);
    line("unchanged", counts.unchanged);
  };
  rows("sales", what_if.sale_count());
  rows("members", what_if.member_count());
}

void write_what_if_csv(const Words& words, const ReplayProof& same, std::ostream& out) {
  const WhatIf& what_if = words.what_if;
  out << "row,id,name,sales_before,sales_after,before,after,difference\n";
  const auto line = [&](const std::string& row, const std::string& id, const std::string& name,
                        const std::string& sales_before, const std::string& sales_after,
                        Money before, Money after) {
    out << csv_line({row, id, name, sales_before, sales_after, words.csv(before), words.csv(after),
                     words.csv(after - before)});
  };
  const std::string sales = std::to_string(what_if.sales());
  for (const Amount& amount : amounts_of(what_if)) {
    line("total", std::string(amount.key), std::string(amount.words), sales, sales, amount.before,
         amount.after);
  }
  for (const auto& [id, change] : what_if.benefits()) {
    line("benefit", id.text(), words.name(id), std::to_string(change.before.sales),
         std::to_string(change.after.sales), change.before.cost(), change.after.cost());
  }
  line("benefit", "", "Points for what was paid", "", "", what_if.before().earned_by_paying.worth(),
       what_if.after().earned_by_paying.worth());
  write_counts_csv(what_if, out);
  for (const SaleChange& sale : what_if.largest()) {
    line("largest", receipt_text(sale.receipt),
         domain::day_text(sale.day) + (sale.member ? " " + sale.member->hex() : ""), "", "",
         sale.before, sale.after);
  }
  for (const ReplayedOtherwise& sale : same.otherwise) {
    out << csv_line({"difference", receipt_text(sale.receipt), parts_text(sale.parts, " "), "", "",
                     "", "", ""});
  }
}

}  // namespace

void write_proof(const ReplayProof& proof, const KnownProgrammes& known, ReplayForm form,
                 std::ostream& out) {
  if (form == ReplayForm::json) {
    out << proof_json(proof, known).pretty() << '\n';
  } else if (form == ReplayForm::csv) {
    write_proof_csv(proof, known, out);
  } else {
    write_proof_text(proof, known, out);
  }
}

void write_what_if(const WhatIf& what_if, const ReplayProof& same, const KnownProgrammes& known,
                   ReplayForm form, std::ostream& out) {
  const Words words{what_if, known, same.unread};
  if (form == ReplayForm::json) {
    out << what_if_json(words, same).pretty() << '\n';
    return;
  }
  if (form == ReplayForm::csv) return write_what_if_csv(words, same, out);
  write_heading(words, out);
  write_amounts(words, out);
  write_counts(what_if, out);
  write_benefits(words, out);
  write_largest(words, out);
  write_same_version(same, known, out);
}

}  // namespace pos::terminal
