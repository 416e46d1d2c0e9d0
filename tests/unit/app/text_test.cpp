#include "pos/app/text.hpp"

#include <algorithm>
#include <vector>

#include "pos/domain/format.hpp"
#include "tests/support/catch.hpp"

using namespace pos;
using namespace pos::app;
using domain::Language;

TEST_CASE("Text: every key has words in every language", "[app][text]") {
  for (std::size_t key = 1; key < kTextCount; ++key) {
    for (const Language language : domain::kLanguages) {
      const std::string words = tr(static_cast<Text>(key), language, {"a", "b"});
      INFO(key_of(static_cast<Text>(key)) << " " << domain::language_code(language));
      CHECK_FALSE(words.empty());
    }
  }
}

TEST_CASE("Text: a sentence is at most sixteen words", "[app][text]") {
  for (std::size_t key = 1; key < kTextCount; ++key) {
    const std::string words = tr(static_cast<Text>(key), Language::en, {"a", "b"});
    INFO(words);
    CHECK(std::count(words.begin(), words.end(), ' ') < 16);
  }
}

TEST_CASE("Text: numbers are counted as each language counts", "[app][text]") {
  CHECK(tr_count(Text::points_count, Language::en, 1) == "\u20661\u2069 point");
  CHECK(tr_count(Text::points_count, Language::en, 1240) == "\u20661,240\u2069 points");
  CHECK(tr_count(Text::points_count, Language::he, 1) == "נקודה אחת");
  CHECK(tr_count(Text::points_count, Language::he, 3) == "\u20663\u2069 נקודות");
  CHECK(tr_count(Text::points_count, Language::fa, 1) == "\u2066۱\u2069 امتیاز");
}

namespace {

/// With the number as N.
std::string counted(Text key, Language language, std::int64_t number) {
  const std::string text = tr_count(key, language, number, {"a", "b"});
  const std::string digits = domain::isolated(domain::format_number(number, language));
  const auto at = text.find(digits);
  if (at == std::string::npos) return text;
  return text.substr(0, at) + 'N' + text.substr(at + digits.size());
}

std::vector<Text> counted_keys() {
  std::vector<Text> keys;
  for (std::size_t key = 1; key < kTextCount; ++key) {
    const auto text = static_cast<Text>(key);
    const bool counts =
        std::any_of(domain::kLanguages.begin(), domain::kLanguages.end(), [&](Language language) {
          return tr_count(text, language, 5, {"a", "b"}) != tr_count(text, language, 6, {"a", "b"});
        });
    if (counts) keys.push_back(text);
  }
  return keys;
}

}  // namespace

TEST_CASE("Text: whatever is counted has the plural forms of each language", "[app][text]") {
  REQUIRE(counted_keys().size() >= 10);
  for (const Text key : counted_keys()) {
    INFO(key_of(key));
    for (const Language language : domain::kLanguages) {
      INFO(domain::language_code(language));
      CHECK(counted(key, language, 5).find('N') != std::string::npos);
      CHECK(counted(key, language, 5) == counted(key, language, 1'234));
      CHECK(counted(key, language, 0).find('N') != std::string::npos);
    }
    // One is a word of its own in Hebrew; in Persian two is counted like five, only the verb knows
    // one from many.
    CHECK(counted(key, Language::he, 1) != counted(key, Language::he, 5));
    CHECK(counted(key, Language::he, 1).find('N') == std::string::npos);
    CHECK(counted(key, Language::fa, 2) == counted(key, Language::fa, 5));
  }
}

TEST_CASE("Text: a word put into a sentence is isolated once", "[app][text]") {
  CHECK(tr(Text::card_accepted, Language::en, {"Noa L."}) == "Card accepted: \u2068Noa L.\u2069");
  CHECK(tr(Text::as_of, Language::en, {"\u206613:58\u2069"}) == "as of \u206613:58\u2069");
}

TEST_CASE("Text: Hebrew is written with Hebrew letters, Persian with Persian ones", "[app][text]") {
  for (std::size_t key = 1; key < kTextCount; ++key) {
    const std::string fa = tr(static_cast<Text>(key), Language::fa, {"", ""});
    INFO(fa);
    CHECK(fa.find("\u064A") == std::string::npos);  // Arabic yeh
    CHECK(fa.find("\u0643") == std::string::npos);  // Arabic kaf
  }
}
