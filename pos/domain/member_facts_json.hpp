#pragma once

#include <array>

#include "pos/core/json/json.hpp"
#include "pos/domain/effective_date.hpp"

namespace pos::domain {

/// What was wrong with a value from outside: the key and the reason, for a message.
struct ShapeError {
  std::string key;
  std::string reason;
};

template <class Value>
using Shaped = core::Expected<Value, ShapeError>;

/// The words of EffectiveWindow::Kind.
inline constexpr std::array<std::string_view, 3> kWindowKinds = {"birthday", "child_birthday",
                                                                 "anniversary"};

/// The one written form of member facts: on the wire, in the cache and in the sealed record. Keys
/// with a default value are left out, so that a row stays near 400 bytes.
[[nodiscard]] core::Json to_json(const MemberFacts& facts);
[[nodiscard]] core::Json to_json(const NextTier& next);
[[nodiscard]] Shaped<MemberFacts> member_facts_from_json(const core::Json& json);

/// A list of lots: [{"amount", "first", "last"}], the days where they are limited.
[[nodiscard]] core::Json to_json(const std::vector<Lot>& lots);
[[nodiscard]] Shaped<std::vector<Lot>> lots_from_json(const core::Json& json);

/// A day of every year: {"kind", "month", "day", "relation", "liking"}, the words where there are
/// any. Refused when no year has that day.
[[nodiscard]] core::Json to_json(const EffectiveDate& date);
[[nodiscard]] Shaped<EffectiveDate> effective_date_from_json(const core::Json& json);

/// "2026-11-22".
[[nodiscard]] std::string day_text(Day day);
/// Nothing for a day that does not exist (29 February of a common year).
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);

}  // namespace pos::domain
