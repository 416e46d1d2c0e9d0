#include "pos/domain/clean_text.hpp"

#include <rapidcheck.h>

#include "tests/support/catch.hpp"

using namespace pos::domain;

TEST_CASE("UTF-8: only well-formed bytes pass", "[domain][text]") {
  CHECK(is_valid_utf8("שלום سلام €"));
  CHECK(is_valid_utf8("\xF0\x9F\x98\x80"));
  for (const char* bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF",
                          "\xD7", "a\x80", "\xF8\x88\x80\x80\x80", "\xE2\x82"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_valid_utf8(bad));
  }
}

TEST_CASE("Typed text: digits of any script, blanks and dashes become plain", "[domain][text]") {
  CHECK(clean_input("  ۰۹۱۳\u00A0٥٥٥\u2013۰۱۰۰ ") == "0913 555-0100");
  CHECK(clean_input("\u202E12\u202C\u200B3\uFEFF") == "123");
  CHECK(clean_input("א\u05BEב") == "א-ב");
}

TEST_CASE("Typed text: what cannot be used says why", "[domain][text]") {
  CHECK(clean_input("").error() == TextFault::empty);
  CHECK(clean_input(" \u200F ").error() == TextFault::empty);
  CHECK(clean_input("a\x1b[2J").error() == TextFault::control_character);
  CHECK(clean_input("a\xFF").error() == TextFault::bad_utf8);
  CHECK(clean_input(std::string(513, 'a')).error() == TextFault::too_long);
}

TEST_CASE("Names: Arabic yeh and kaf are stored as the Persian letters", "[domain][text]") {
  CHECK(clean_name("مالكي") == "مالکی");
  CHECK(clean_name("  Noa \t").error() == TextFault::control_character);
  CHECK(clean_name("  Noa   Levi ") == "Noa Levi");
  CHECK(clean_name("می\u200Cخواهم") == "می\u200Cخواهم");
  CHECK(clean_name("\u200Cعلی\u200C") == "علی");
}

TEST_CASE("Notes: a sentence is kept as a name is, and may be longer", "[domain][text]") {
  const std::string sentence = "Counted twice on  22 November, \u200Fsays Dana";
  CHECK(clean_note(sentence) == "Counted twice on 22 November, says Dana");
  CHECK(clean_note(std::string(200, 'a')) == std::string(200, 'a'));
  CHECK(clean_note(std::string(201, 'a')).error() == TextFault::too_long);
  CHECK(clean_note(" ").error() == TextFault::empty);
  CHECK(clean_note("a\nb").error() == TextFault::control_character);
}

TEST_CASE("Names: bidi overrides cannot turn a name round", "[domain][text]") {
  CHECK(clean_name("abc\u202Edef\u2066") == "abcdef");
}

TEST_CASE("Names: a name has a longest length", "[domain][text]") {
  std::string name;
  for (int i = 0; i < 60; ++i) name += "ש";
  CHECK(clean_name(name));
  CHECK(clean_name(name + "ש").error() == TextFault::too_long);
}

TEST_CASE("Search: spellings that people mix find each other", "[domain][text]") {
  CHECK(search_key("كبري") == search_key("کبری"));
  CHECK(search_key("ג׳ורג׳") == search_key("ג'ורג'"));
  CHECK(search_key("שָׁלוֹם") == search_key("שלום"));
  CHECK(search_key("می\u200Cخواهم") == search_key("میخواهم"));
  CHECK(search_key("آوی") == search_key("اوی"));
  CHECK(search_key("José  BAR-LEV") == "jose bar lev");
  CHECK(search_key("Jose\u0301") == "jose");
  CHECK(search_key("۱۲") == "12");
  CHECK(search_key("\xFF\xFE") == "");
}

TEST_CASE("Text: cleaning never crashes and cleaning twice changes nothing", "[domain][text]") {
  const bool held = rc::check("clean twice", [](const std::string& bytes) {
    if (const auto once = clean_input(bytes)) RC_ASSERT(clean_input(*once) == *once);
    if (const auto once = clean_name(bytes)) RC_ASSERT(clean_name(*once) == *once);
    const std::string key = search_key(bytes);
    RC_ASSERT(is_valid_utf8(key));
    RC_ASSERT(search_key(key) == key);
  });
  CHECK(held);
  const bool letters = rc::check("any letters", [] {
    std::string text;
    for (const auto letter : *rc::gen::container<std::vector<std::uint32_t>>(
             rc::gen::inRange<std::uint32_t>(0x20, 0x3000))) {
      if (letter < 0xD800) append_utf8(text, letter);
    }
    if (const auto once = clean_name(text)) RC_ASSERT(clean_name(*once) == *once);
    const std::string key = search_key(text);
    RC_ASSERT(search_key(key) == key);
  });
  CHECK(letters);
}
