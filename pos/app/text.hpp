#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "pos/domain/language.hpp"

namespace pos::app {

/// Every sentence and word that the till says; the words are in assets/strings/strings.json, in
/// three languages side by side.
enum class Text : std::uint16_t {
  nothing,
#include "pos/app/text_keys.inc"
  count_
};

inline constexpr std::size_t kTextCount = static_cast<std::size_t>(Text::count_);

/// The sentence with {0}, {1} ... replaced. Words are isolated (U+2068 ... U+2069) unless they
/// already are, so that no sentence is reordered by what stands in it.
[[nodiscard]] std::string tr(Text text, domain::Language language,
                             std::initializer_list<std::string_view> words = {});

/// The same for a sentence with a count: picks the form and writes the number for {n}.
[[nodiscard]] std::string tr_count(Text text, domain::Language language, std::int64_t count,
                                   std::initializer_list<std::string_view> words = {});

/// Two parts of one line, neither of them a sentence of the other: "VIP · Gold". An empty part
/// leaves no trace.
[[nodiscard]] std::string joined(std::string_view first, std::string_view second,
                                 domain::Language language);

/// The key of the strings file, for messages to programmers and tests.
[[nodiscard]] std::string_view key_of(Text text);

}  // namespace pos::app
