#include <algorithm>
#include <charconv>

#include "pos/core/check.hpp"
#include "pos/domain/bucket.hpp"
#include "pos/domain/card_number.hpp"
#include "pos/domain/clean_text.hpp"
#include "pos/domain/phone_number.hpp"
#include "sync/hub/importers.hpp"

namespace club::hub {
namespace {

using pos::domain::CardNumber;
using pos::domain::PhoneNumber;

bool same_word(std::string_view a, std::string_view b) {
  const auto fold = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(a, b, {}, fold, fold);
}

std::optional<unsigned> number_of(std::string_view text) {
  unsigned value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// "Noa L.": the first name, and of the family name only the first letter.
std::string form_of_address(const PersonRecord& person) {
  if (person.last_name.empty()) return person.first_name;
  std::string_view rest = person.last_name;
  const auto initial = pos::domain::take_code_point(rest);
  std::string form = person.first_name;
  if (!form.empty()) form += ' ';
  if (initial) pos::domain::append_utf8(form, *initial);
  return form + ".";
}

class MemberImport {
 public:
  MemberImport(Hub& hub, const wire::ClubSettings& settings,
               std::optional<pos::programme::Programme> programme)
      : hub_(hub),
        settings_(settings),
        plan_(settings.country == "IR" ? pos::domain::PhonePlan::iran
                                       : pos::domain::PhonePlan::israel),
        programme_(std::move(programme)) {}

  std::optional<Hub::ImportedMember> read(RowReader& reader) {
    Hub::ImportedMember member;
    read_person(reader, member);
    read_standing(reader, member);
    read_history(reader, member.member);
    if (!reader.good()) return std::nullopt;
    if (!once(reader, phones_, "phone", member.person.phone)) return std::nullopt;
    if (!once(reader, cards_, "card", member.person.card)) return std::nullopt;
    if (!identify(reader, member)) return std::nullopt;
    return member;
  }

 private:
  void read_person(RowReader& reader, Hub::ImportedMember& member) {
    PersonRecord& person = member.person;
    if (const std::string typed = reader.text("phone"); !typed.empty()) {
      const auto phone = PhoneNumber::parse(typed, plan_);
      if (phone) {
        person.phone = phone->e164();
        member.member.last_digits = std::string(phone->last_two());
      } else {
        reader.complain("phone", std::string(to_text(phone.error())),
                        plan_ == pos::domain::PhonePlan::iran ? "write it like 0912-123-4567"
                                                              : "write it like 050-123-4567");
      }
    }
    if (const std::string typed = reader.text("card"); !typed.empty()) {
      const auto card = CardNumber::parse(typed, settings_.ranges);
      if (card) {
        person.card = card->digits();
      } else {
        reader.complain("card", std::string(to_text(card.error())),
                        "check the number against the card");
      }
    }
    if (reader.good() && person.phone.empty() && person.card.empty()) {
      reader.complain("phone", "is empty, and so is the card", "give one of the two");
    }
    person.first_name = reader.name("first_name");
    person.last_name = reader.name("last_name");
    if (reader.good() && person.first_name.empty() && person.last_name.empty()) {
      reader.complain("first_name", "is empty", "give the member a name");
    }
    read_dates(reader, person);
    person.joined = reader.text("joined");
    if (!person.joined.empty() && !pos::domain::parse_day(person.joined)) {
      reader.complain("joined", "\"" + person.joined + "\" is no day", "write it like 2024-05-31");
    }
    member.member.status.joined = pos::domain::parse_day(person.joined);
    person.marketing = reader.yes_or_no("marketing", false);
    member.member.form_of_address = form_of_address(person);
  }

  struct DateOfYear {
    unsigned month = 0;
    unsigned day = 0;
    std::optional<int> year;
  };

  /// Nothing when the cell is empty, or after a complaint.
  static std::optional<DateOfYear> date_of_year(RowReader& reader, const std::string& column) {
    std::string typed = reader.text(column);
    if (typed.empty()) return std::nullopt;
    DateOfYear date;
    const bool with_year = typed.size() == 10 && typed[4] == '-';
    if (with_year) {
      const auto year = number_of(std::string_view(typed).substr(0, 4));
      if (year && *year >= 1850 && *year <= 2200) date.year = static_cast<int>(*year);
      typed.erase(0, 5);
    }
    if (typed.size() == 5 && typed[2] == '-') {
      date.month = number_of(std::string_view(typed).substr(0, 2)).value_or(0);
      date.day = number_of(std::string_view(typed).substr(3)).value_or(0);
    }
    const std::chrono::month_day known{std::chrono::month(date.month), std::chrono::day(date.day)};
    if (known.ok() && (!with_year || date.year)) return date;
    reader.complain(column, "is no day of the year", "write it like 05-31 or 1990-05-31");
    return std::nullopt;
  }

  /// The year of a birth is kept of the member alone: a child's age is nobody's business.
  static void read_dates(RowReader& reader, PersonRecord& person) {
    using Kind = pos::domain::EffectiveWindow::Kind;
    if (const auto date = date_of_year(reader, "birthday")) {
      person.birth_year = date->year;
      person.dates.push_back({Kind::birthday, date->month, date->day, {}, {}});
    }
    if (const auto date = date_of_year(reader, "anniversary")) {
      person.dates.push_back({Kind::anniversary, date->month, date->day, {}, {}});
    }
    for (std::size_t child = 1; child <= pos::domain::kChildrenMax; ++child) {
      const std::string prefix = "child" + std::to_string(child) + "_";
      const std::string relation = words(reader, prefix + "relation", pos::domain::kRelationMax);
      const std::string liking = words(reader, prefix + "liking", pos::domain::kLikingMax);
      const auto date = date_of_year(reader, prefix + "born");
      if (date) {
        person.dates.push_back({Kind::child_birthday, date->month, date->day, relation, liking});
      } else if (reader.good() && !(relation + liking).empty()) {
        reader.complain(prefix + "born", "is empty, though more is said of this child",
                        "write the day of birth like 06-12, or clear the other two");
      }
    }
  }

  static std::string words(RowReader& reader, const std::string& column, std::size_t bytes_max) {
    std::string text = reader.name(column);
    if (text.size() <= bytes_max) return text;
    reader.complain(column, "is too long", "say it in a few words");
    return {};
  }

  void read_standing(RowReader& reader, Hub::ImportedMember& member) {
    read_class(reader, member.member);
    member.class_told = !reader.text("class").empty();
    if (!reader.text("tier").empty()) read_tier(reader, member.member);
    if (!reader.text("points").empty()) {
      member.opening = pos::domain::Points::of(reader.amount("points", 0, pos::domain::kAmountMax));
    }
    if (const std::string typed = reader.text("points_last"); !typed.empty()) {
      member.opening_last = pos::domain::parse_day(typed);
      if (!member.opening_last) {
        reader.complain("points_last", "\"" + typed + "\" is no day", "write it like 2027-05-31");
      }
    }
    member.member.language = settings_.slip_language;
    if (const std::string typed = reader.text("language"); !typed.empty()) {
      const auto language = pos::domain::parse_language(typed);
      if (!language) {
        reader.complain("language", "\"" + typed + "\" is not known", "write en, he or fa");
      }
      member.member.language = language.value_or(settings_.slip_language);
    }
  }

  /// What the member did before the club was here.
  void read_history(RowReader& reader, pos::domain::MemberFacts& facts) const {
    constexpr std::int64_t kCountMax = 1'000'000;
    const auto count = [&](const std::string& column) {
      return reader.text(column).empty() ? std::int64_t{0} : reader.amount(column, 0, kCountMax);
    };
    facts.visits = count("visits");
    facts.status.referrals = count("referrals");
    if (!reader.text("spend").empty()) {
      facts.spend_in_period = pos::domain::Money::of(
          reader.amount("spend", settings_.decimals, pos::domain::kAmountMax));
    }
    const std::string end = reader.text("subscription_end");
    facts.subscription_last = pos::domain::parse_day(end);
    if (!end.empty() && !facts.subscription_last) {
      reader.complain("subscription_end", "\"" + end + "\" is no day", "write it like 2026-12-31");
    }
  }

  void read_class(RowReader& reader, pos::domain::MemberFacts& facts) {
    const std::string typed = reader.text("class");
    if (programme_) {
      for (const auto& known : programme_->classes()) {
        if (typed.empty() || same_word(known.code.text(), typed)) {
          facts.member_class = known.code;  // the first one is for members without a class
          return;
        }
      }
      reader.complain("class", "\"" + typed + "\" is not in the programme",
                      "use a class of the programme, or publish one that has it");
      return;
    }
    facts.member_class = reader.code<pos::domain::ClassCode>("class");
  }

  void read_tier(RowReader& reader, pos::domain::MemberFacts& facts) {
    const std::string typed = reader.text("tier");
    if (!programme_) {
      facts.tier = reader.code<pos::domain::TierCode>("tier");
      return;
    }
    for (const auto& known : programme_->tiers()) {
      if (same_word(known.code.text(), typed)) facts.tier = known.code;
    }
    if (!facts.tier) {
      reader.complain("tier", "\"" + typed + "\" is not in the programme",
                      "use a tier of the programme, or leave it empty");
    }
  }

  static bool once(RowReader& reader, std::map<std::string, std::size_t>& seen,
                   const std::string& column, const std::string& value) {
    if (value.empty()) return true;
    const auto [first, is_new] = seen.emplace(value, reader.line());
    if (is_new) return true;
    reader.complain(column, "is also on line " + std::to_string(first->second),
                    "one person has one row; keep one of the two");
    return false;
  }

  /// A phone or card that the hub knows names its member, who keeps the account; otherwise the ids
  /// follow from it, so that the same file imported again means the same people. New people of one
  /// household have one account.
  bool identify(RowReader& reader, Hub::ImportedMember& member) {
    const auto& index = hub_.keys().index;
    std::optional<ledger::Claim> known;
    const auto look = [&](ledger::IdentityKind kind, std::string_view purpose,
                          const std::string& value) -> std::optional<ledger::Claim> {
      if (value.empty()) return std::nullopt;
      const auto claim = hub_.find_identity(kind, pos::core::keyed_hash(index, purpose, value));
      return claim ? *claim : std::nullopt;
    };
    known = look(ledger::IdentityKind::phone, wire::kPhoneHash, member.person.phone);
    const auto by_card = look(ledger::IdentityKind::card, wire::kCardHash, member.person.card);
    if (known && by_card && known->member != by_card->member) {
      reader.complain("card", "belongs to another member already", "give out a new card");
      return false;
    }
    if (!known) known = by_card;
    if (known) {
      member.member.id = known->member;
      member.member.account = known->account;
      return true;
    }
    const std::string& key = member.person.phone.empty() ? member.person.card : member.person.phone;
    const auto id = pos::core::keyed_hash(index, "imported member", key);
    const std::string household = reader.text("household");
    const auto account = household.empty()
                             ? pos::core::keyed_hash(index, "imported account", key)
                             : pos::core::keyed_hash(index, "imported household", household);
    const auto member_id = pos::domain::MemberId::from_bytes(id.bytes());
    const auto account_id = pos::domain::AccountId::from_bytes(account.bytes());
    CLUBTILL_CHECK(member_id && account_id);
    member.member.account = *account_id;
    member.member.id = pos::domain::member_id_beside(*account_id, *member_id);
    return true;
  }

  Hub& hub_;
  const wire::ClubSettings& settings_;
  pos::domain::PhonePlan plan_;
  std::optional<pos::programme::Programme> programme_;
  std::map<std::string, std::size_t> phones_;
  std::map<std::string, std::size_t> cards_;
};

}  // namespace

std::optional<pos::programme::Programme> published_programme(Hub& hub) {
  const auto row = hub.club_row("programme:");
  if (!row || !*row) return std::nullopt;
  const std::string& document = std::get<wire::ProgrammeRow>(**row).document;
  auto programme = pos::programme::Programme::parse(pos::core::bytes_of(document));
  if (!programme) return std::nullopt;
  return std::move(*programme);
}

Imported<ImportReport> import_members(Hub& hub, std::string_view bytes) {
  const auto settings = hub.settings();
  if (!settings) return pos::core::fail(settings.error().detail);
  const auto sheet = Spreadsheet::read(bytes, {"first_name"});
  if (!sheet) return pos::core::fail(sheet.error());
  ImportReport report;
  report.encoding = sheet->encoding();
  MemberImport reading(hub, *settings, published_programme(hub));
  std::vector<Hub::ImportedMember> members;
  for (const CsvRow& row : sheet->rows()) {
    RowReader reader(*sheet, row, report.faults);
    if (!row.fault.empty()) {
      reader.complain("", row.fault, "mend the row");
      continue;
    }
    if (auto member = reading.read(reader)) members.push_back(std::move(*member));
  }
  report.good = members.size();
  const auto changed = hub.import_members(members);
  if (!changed) return pos::core::fail(changed.error().detail);
  report.changed = *changed;
  while (true) {
    const auto applied = hub.run_once();
    if (!applied) return pos::core::fail(applied.error().detail);
    if (*applied == 0) return report;
  }
}

}  // namespace club::hub
