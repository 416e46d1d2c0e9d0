#pragma once

#include <string_view>

#include "pos/domain/code_ranges.hpp"

namespace pos::domain {

/// True when the whole text, without separators, is the number of a payment card, or when it is a
/// stripe's track with such a number. A number in a configured club range is none, and neither are
/// 13 digits with a good EAN check digit. Keeps and writes nothing.
[[nodiscard]] bool is_payment_card(std::string_view text, const CodeRanges& ranges);

/// The same, looking also inside a longer text: for notes, searches and names.
[[nodiscard]] bool contains_payment_card(std::string_view text, const CodeRanges& ranges);

/// The strictest question, for texts that mean nothing here and are about to be shown: true also
/// when the number stands in the middle of other digits. Some harmless texts are taken for one.
[[nodiscard]] bool may_hide_payment_card(std::string_view text, const CodeRanges& ranges);

/// By length and leading digits alone, without the check digit. The caller promises digits only.
[[nodiscard]] bool in_payment_range(std::string_view digits);

}  // namespace pos::domain
