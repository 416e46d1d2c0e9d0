#pragma once

#include <array>
#include <string_view>

#include "pos/core/json/json.hpp"
#include "pos/programme/quote.hpp"

/// The written names of the closed lists, in the order of their enums. Part of the sealed record:
/// never change a word, only add.
namespace pos::programme {

inline constexpr std::array<std::string_view, 3> kSourceWords = {"own", "linked", "amount"};
inline constexpr std::array<std::string_view, 3> kAnswerWords = {"acknowledged", "accepted",
                                                                 "declined"};
inline constexpr std::array<std::string_view, 4> kStateWords = {"applied", "offered", "nearly",
                                                                "not_now"};
inline constexpr std::array<std::string_view, 29> kReasonWords = {"none",
                                                                  "no_member",
                                                                  "other_class",
                                                                  "other_tier",
                                                                  "other_segment",
                                                                  "not_yet_valid",
                                                                  "expired",
                                                                  "other_day",
                                                                  "other_store",
                                                                  "below_amount",
                                                                  "below_quantity",
                                                                  "no_such_article",
                                                                  "outside_window",
                                                                  "no_coupon",
                                                                  "coupon_used",
                                                                  "needs_connection",
                                                                  "no_right_left",
                                                                  "chosen_instead",
                                                                  "declined",
                                                                  "waits_for_answer",
                                                                  "already_cheaper",
                                                                  "not_enough_points",
                                                                  "excluded",
                                                                  "limit_reached",
                                                                  "used_up",
                                                                  "other_history",
                                                                  "no_subscription",
                                                                  "other_household",
                                                                  "budget_used"};
static_assert(kReasonWords.size() == static_cast<std::size_t>(Reason::budget_used) + 1);

/// The keys of outcomes of such benefits, and of what they give in the programme.
inline constexpr std::array<std::string_view, 5> kSoftWords = {"", "task", "prompt", "question",
                                                               "suggest"};

template <std::size_t Size, class Enum>
[[nodiscard]] constexpr std::string_view word_of(const std::array<std::string_view, Size>& words,
                                                 Enum value) {
  return words[static_cast<std::size_t>(value)];
}

/// What an outcome's sentence is made from, into the object of that outcome; what is empty leaves
/// no trace. The sealed record and the answer of `quote` hold the same keys.
void add_data(core::Json& json, const OutcomeData& data);
/// The same for the terms of what was earned.
void add_terms(core::Json& json, std::string_view first_key, std::string_view last_key,
               const domain::LotTerms& terms);
[[nodiscard]] core::Json coupon_json(const domain::PersonalCoupon& coupon);

}  // namespace pos::programme
