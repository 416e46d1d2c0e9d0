#include "pos/app/text.hpp"

#include <array>

#include "pos/core/check.hpp"
#include "pos/domain/format.hpp"

namespace pos::app {

namespace {

struct Forms {
  const char* one;
  const char* two;
  const char* other;
};

struct Row {
  std::array<Forms, domain::kLanguages.size()> by_language;
};

// One row a key, in the order of the enumeration; `nothing` is the empty first one.
constexpr std::array<Row, kTextCount> kRows = {{
    {{Forms{"", "", ""}, Forms{"", "", ""}, Forms{"", "", ""}}},
#include "pos/app/text_table.inc"
}};

const Forms& forms_of(Text text, domain::Language language) {
  CLUBTILL_CHECK(text < Text::count_);
  return kRows[static_cast<std::size_t>(text)].by_language[static_cast<std::size_t>(language)];
}

/// English and Hebrew count one apart, Hebrew two as well; Persian keeps the singular after any
/// number.
std::string_view form_for(const Forms& forms, domain::Language language, std::int64_t count) {
  if (language == domain::Language::fa) return forms.other;
  if (count == 1) return forms.one;
  if (count == 2 && language == domain::Language::he) return forms.two;
  return forms.other;
}

bool is_isolated(std::string_view word) {
  return word.starts_with("\u2066") || word.starts_with("\u2067") || word.starts_with("\u2068");
}

void append_word(std::string& out, std::string_view word) {
  if (word.empty() || is_isolated(word)) {
    out += word;
  } else {
    out += domain::isolated_name(word);
  }
}

std::string filled(std::string_view form, std::string_view number,
                   std::initializer_list<std::string_view> words) {
  std::string out;
  while (!form.empty()) {
    const std::size_t at = form.find('{');
    out += form.substr(0, at);
    if (at == std::string_view::npos) break;
    const char slot = form[at + 1];
    if (slot == 'n') {
      append_word(out, number);
    } else {
      const auto index = static_cast<std::size_t>(slot - '0');
      CLUBTILL_CHECK(index < words.size());
      append_word(out, words.begin()[index]);
    }
    form.remove_prefix(at + 3);
  }
  return out;
}

}  // namespace

std::string tr(Text text, domain::Language language,
               std::initializer_list<std::string_view> words) {
  return filled(forms_of(text, language).other, {}, words);
}

std::string tr_count(Text text, domain::Language language, std::int64_t count,
                     std::initializer_list<std::string_view> words) {
  const std::string number = domain::isolated(domain::format_number(count, language));
  return filled(form_for(forms_of(text, language), language, count), number, words);
}

std::string joined(std::string_view first, std::string_view second, domain::Language language) {
  std::string out(first);
  if (!first.empty() && !second.empty()) out += tr(Text::separator, language);
  return out += second;
}

std::string_view key_of(Text text) {
  static constexpr std::array<std::string_view, kTextCount> kKeys = {
      "nothing",
#include "pos/app/text_names.inc"
  };
  CLUBTILL_CHECK(text < Text::count_);
  return kKeys[static_cast<std::size_t>(text)];
}

}  // namespace pos::app
