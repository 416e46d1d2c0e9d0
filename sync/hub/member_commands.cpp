#include <fmt/core.h>

#include <ostream>

#include "pos/domain/card_number.hpp"
#include "pos/domain/clean_text.hpp"
#include "pos/domain/csv_field.hpp"
#include "pos/domain/payment_card.hpp"
#include "pos/domain/phone_number.hpp"
#include "sync/hub/commands.hpp"
#include "sync/hub/spreadsheet.hpp"

namespace club::hub {
namespace {

using ledger::Unit;
using pos::core::fail;

struct Found {
  ledger::MemberId member;
  ledger::AccountId account;  ///< that the member has now
};

/// Whoever has this phone or card.
std::optional<Found> find_member(Hub& hub, const wire::ClubSettings& settings,
                                 const std::string& typed) {
  const auto& index = hub.keys().index;
  const auto found = [&](ledger::IdentityKind kind, std::string_view purpose,
                         std::string_view value) -> std::optional<Found> {
    const auto hash = pos::core::keyed_hash(index, purpose, value);
    const auto holder = hub.find_identity(kind, hash);
    const auto account = hub.account_of(kind, hash);
    if (!holder || !*holder || !account || !*account) return std::nullopt;
    return Found{(*holder)->member, **account};
  };
  if (const auto card = pos::domain::CardNumber::parse(typed, settings.ranges)) {
    return found(ledger::IdentityKind::card, wire::kCardHash, card->digits());
  }
  const auto plan =
      settings.country == "IR" ? pos::domain::PhonePlan::iran : pos::domain::PhonePlan::israel;
  const auto phone = pos::domain::PhoneNumber::parse(typed, plan);
  if (!phone) return std::nullopt;
  return found(ledger::IdentityKind::phone, wire::kPhoneHash, phone->e164());
}

/// The amount of an adjustment: a sign, and what read_amount() takes.
Done<std::int64_t> signed_amount(const std::string& option, const std::string& typed,
                                 int decimals) {
  std::string text = pos::domain::clean_input(typed).value_or(std::string());
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.erase(0, 1);
  const auto amount = read_amount(text, decimals, pos::domain::kAmountMax);
  if (!amount) {
    return fail(usage(option + ": " + amount.error().reason + "; " + amount.error().advice));
  }
  if (*amount == 0) return fail(usage(option + ": nothing is to be given or taken"));
  return negative ? -*amount : *amount;
}

Done<std::string> words_of(const std::string& option, const std::string& typed,
                           const pos::domain::CodeRanges& ranges, bool is_name) {
  const auto words = is_name ? pos::domain::clean_name(typed) : pos::domain::clean_note(typed);
  if (!words) {
    return fail(usage(option + ": the text " + std::string(to_text(words.error()))));
  }
  if (pos::domain::contains_payment_card(*words, ranges)) {
    return fail(usage(option + ": holds the number of a payment card, which is written nowhere"));
  }
  return *words;
}

/// What the options say; whom it is for is still to be found.
Done<Adjustment> adjustment_of(const AdjustOptions& options, const wire::ClubSettings& settings,
                               pos::domain::Day today) {
  Adjustment adjustment;
  if (options.points.empty() == options.value.empty()) {
    return fail(usage("say either --points or --value"));
  }
  adjustment.unit = options.value.empty() ? Unit::points : Unit::value;
  const auto amount = options.value.empty()
                          ? signed_amount("--points", options.points, 0)
                          : signed_amount("--value", options.value, settings.decimals);
  if (!amount) return fail(amount.error());
  adjustment.amount = *amount;
  if (!options.last.empty()) {
    adjustment.last = pos::domain::parse_day(options.last);
    if (!adjustment.last) {
      return fail(usage("--last: " + options.last + " is no day; write it like 2027-03-31"));
    }
    if (*amount < 0) return fail(usage("--last is for what is given, not for what is taken"));
    if (*adjustment.last < today) return fail(usage("--last: " + options.last + " is over"));
  }
  const auto reason = words_of("--reason", options.reason, settings.ranges, false);
  if (!reason) return fail(reason.error());
  const auto by = words_of("--by", options.by, settings.ranges, true);
  if (!by) return fail(by.error());
  adjustment.words = {*reason, *by, ""};
  if (!options.reference.empty()) {
    const auto reference = words_of("--reference", options.reference, settings.ranges, true);
    if (!reference) return fail(reference.error());
    adjustment.words.reference = *reference;
  }
  return adjustment;
}

Hub::Result<std::int64_t> balance_of(Hub& hub, const ledger::AccountId& account, Unit unit) {
  return pos::core::guarded([&] {
    auto read = hub.database().prepare(
        "SELECT points, value FROM account WHERE bucket = ? AND kind = 0 AND account = ?");
    read.bind_all(std::int64_t{wire::bucket_of(account)}, account.bytes());
    if (!read.step()) return std::int64_t{0};
    return read.integer(unit == Unit::points ? 0 : 1);
  });
}

std::string amount_text(Unit unit, std::int64_t amount, int decimals) {
  if (unit == Unit::points) return fmt::format("{} points", amount);
  return pos::domain::csv_money(pos::domain::Money::of(amount), decimals) + " of stored value";
}

}  // namespace

ExitCode household_command(const std::string& database, const std::vector<std::string>& people,
                           Streams streams) {
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  const auto settings = opened->hub->settings();
  if (!settings) return give_up(to_command_error(settings.error()), streams);
  std::vector<ledger::AccountId> accounts;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const auto found = find_member(*opened->hub, *settings, people[i]);
    if (!found) {
      return give_up(usage(fmt::format("nobody in the club has the phone or card that stands in "
                                       "place {}; nothing was changed",
                                       i + 1)),
                     streams);
    }
    accounts.push_back(found->account);
  }
  for (std::size_t i = 1; i < accounts.size(); ++i) {
    if (accounts[i] == accounts.front()) continue;
    const auto done = opened->hub->join_household(accounts[i], accounts.front());
    if (!done) return give_up(to_command_error(done.error()), streams);
  }
  streams.err << "They share one balance at every till that hears of it.\n";
  return ExitCode::ok;
}

ExitCode adjust_command(const std::string& database, const AdjustOptions& options,
                        Streams streams) {
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  Hub& hub = *opened->hub;
  const auto settings = hub.settings();
  if (!settings) return give_up(to_command_error(settings.error()), streams);
  const auto now = opened->clock->now();
  const auto today = pos::core::local_day({now, opened->clock->utc_offset(now)});
  auto adjustment = adjustment_of(options, *settings, today);
  if (!adjustment) return give_up(adjustment.error(), streams);
  const auto found = find_member(hub, *settings, options.who);
  if (!found) {
    return give_up(usage("nobody in the club has this phone or card; nothing was changed"),
                   streams);
  }
  adjustment->member = found->member;
  adjustment->account = found->account;
  const auto before = balance_of(hub, found->account, adjustment->unit);
  if (!before) return give_up(to_command_error(before.error()), streams);
  const std::int64_t after = *before + adjustment->amount;
  if (after > pos::domain::kAmountMax || after < -pos::domain::kAmountMax) {
    return give_up(usage("the balance would be too large; nothing was changed"), streams);
  }
  const auto noted = hub.adjust(*adjustment);
  if (!noted) return give_up(to_command_error(noted.error()), streams);
  const auto text = [&](std::int64_t amount) {
    return amount_text(adjustment->unit, amount, settings->decimals);
  };
  if (!*noted) {
    streams.err << "This stands in the books of today already; nothing was changed. To do it once "
                   "more, give it a --reference of its own.\n";
    return ExitCode::ok;
  }
  streams.err << "Noted: " << (adjustment->amount > 0 ? "given " : "taken ")
              << text(std::abs(adjustment->amount)) << ". The account had " << text(*before)
              << " and has " << text(after) << " at every till that hears of it.\n";
  return ExitCode::ok;
}

}  // namespace club::hub
