#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pos/app/text.hpp"
#include "pos/app/views/view_parts.hpp"
#include "pos/domain/lots.hpp"
#include "pos/domain/money.hpp"

namespace pos::app {

/// A word that completes a sentence, kept as a value so that F11 says it again in the other
/// language.
using MessageWord =
    std::variant<std::string, domain::LocalText, domain::Money, std::int64_t, Text, domain::Day>;

/// The line at the bottom of the screen, or of a sheet.
struct Message {
  Mood mood = Mood::plain;
  Text text = Text::nothing;
  std::vector<MessageWord> words;  ///< at most two
  /// Said behind it, for what must not be missed beside it: the tier that a sale reached.
  std::optional<domain::LocalText> tier_reached = {};
};

}  // namespace pos::app
