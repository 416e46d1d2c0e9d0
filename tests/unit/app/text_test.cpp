#include "pos/app/text.hpp"

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
