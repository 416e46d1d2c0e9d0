#include "pos/terminal/headless_commands.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <vector>

#include "pos/domain/clean_text.hpp"

namespace pos::terminal {
namespace {

using Read = core::Expected<HeadlessCommand, std::string>;

/// In the order of app::Action.
constexpr std::array<std::string_view, 24> kActions = {
    "find",       "join",      "why",       "give-back", "points", "pay",      "day",    "language",
    "lock",       "remove",    "escape",    "confirm",   "undo",   "advice",   "fewer",  "more",
    "all-points", "no-points", "use-value", "delete",    "void",   "all-back", "attach", "family"};
/// In the order of app::Field.
constexpr std::array<std::string_view, 14> kFields = {
    "entry",    "search",     "phone",        "first-name", "birth-day", "birth-month", "card",
    "referrer", "family-day", "family-month", "relation",   "liking",    "received",    "receipt"};
/// Those that each of the family days has: a number, from 1, says of which one.
constexpr std::size_t kFirstOfFamily = static_cast<std::size_t>(app::Field::family_day);
constexpr std::size_t kLastOfFamily = static_cast<std::size_t>(app::Field::liking);
static_assert(kFields.size() == static_cast<std::size_t>(app::Field::receipt) + 1);
static_assert(kActions.size() == static_cast<std::size_t>(app::Action::family_days) + 1);
constexpr std::array<std::string_view, 3> kTenders = {"cash", "card", "other"};
constexpr std::array<std::string_view, 2> kConsents = {"terms", "marketing"};
constexpr std::array<std::string_view, 3> kAnswers = {"acknowledged", "accepted", "declined"};

/// The next word, and what is behind it.
std::string_view take_word(std::string_view& rest) {
  const auto end = rest.find(' ');
  const std::string_view word = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return word;
}

std::optional<std::size_t> place_of(std::span<const std::string_view> words,
                                    std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == word) return i;
  }
  return std::nullopt;
}

std::optional<std::int64_t> number(std::string_view word) {
  std::int64_t value = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
  if (read.ec != std::errc() || read.ptr != word.data() + word.size()) return std::nullopt;
  return value;
}

Read wrong(std::string_view what, std::string_view found) {
  return core::fail("\"" + std::string(found) + "\" is no " + std::string(what));
}

Read happened(app::Event event) { return HeadlessCommand{std::move(event)}; }

Read press(std::string_view rest) {
  const auto action = place_of(kActions, rest);
  if (!action) return wrong("action", rest);
  return happened(app::Pressed{static_cast<app::Action>(*action)});
}

Read write(std::string_view rest) {
  const std::string_view word = take_word(rest);
  const auto field = place_of(kFields, word);
  if (!field) return wrong("field", word);
  std::size_t item = 0;
  if (*field >= kFirstOfFamily && *field <= kLastOfFamily) {
    const std::string_view which = take_word(rest);
    const auto counted = number(which);
    if (!counted || *counted < 1 || *counted > static_cast<std::int64_t>(app::kFamilyDays)) {
      return wrong("number of a family day", which);
    }
    item = static_cast<std::size_t>(*counted) - 1;
  }
  return happened(app::Edited{static_cast<app::Field>(*field), std::string(rest), item});
}

Read sign_in(std::string_view rest) {
  const auto code = domain::StaffCode::parse(rest);
  if (!code) return wrong("code of an employee", rest);
  return happened(app::SignInChosen{*code});
}

Read tender(std::string_view rest) {
  const auto kind = place_of(kTenders, rest);
  if (!kind) return wrong("tender", rest);
  return happened(app::TenderChosen{static_cast<programme::Tender::Kind>(*kind)});
}

Read consent(std::string_view rest) {
  const auto kind = place_of(kConsents, rest);
  if (!kind) return wrong("consent", rest);
  return happened(app::ConsentTicked{static_cast<app::Consent>(*kind), true});
}

Read points(std::string_view rest) {
  const auto count = number(rest);
  if (!count) return wrong("number of points", rest);
  return happened(app::PointsChosen{domain::Points::of(*count)});
}

Read give_back(std::string_view rest) {
  const auto line = number(take_word(rest));
  const auto quantity = number(rest);
  if (!line || *line < 0 || !quantity) return wrong("line and number of pieces", rest);
  return happened(app::ReturnQuantity{static_cast<std::size_t>(*line), *quantity});
}

Read answer(std::string_view rest) {
  const std::string_view word = take_word(rest);
  const auto benefit = domain::BenefitId::parse(word);
  if (!benefit) return wrong("benefit", word);
  const std::string_view said = take_word(rest);
  const auto kind = place_of(kAnswers, said);
  if (!kind) return wrong("answer", said);
  return happened(app::BenefitAnswered{*benefit, static_cast<programme::Answer::Kind>(*kind),
                                       std::string(rest)});
}

}  // namespace

Read parse_headless(std::string_view line) {
  if (line.size() > domain::kInputBytesMax + 32) return core::fail(std::string("too long a line"));
  std::string_view rest = line;
  const std::string_view verb = take_word(rest);
  if (verb == "scan") return HeadlessCommand{HeadlessScan{std::string(rest)}};
  if (verb == "quit") return HeadlessCommand{HeadlessQuit{}};
  if (verb == "press") return press(rest);
  if (verb == "write") return write(rest);
  if (verb == "sign-in") return sign_in(rest);
  if (verb == "tender") return tender(rest);
  if (verb == "consent") return consent(rest);
  if (verb == "points") return points(rest);
  if (verb == "back") return give_back(rest);
  if (verb == "answer") return answer(rest);
  if (verb == "replace" || verb == "keep") {
    return happened(app::QuestionAnswered{verb == "replace"});
  }
  return wrong("command", verb);
}

}  // namespace pos::terminal
