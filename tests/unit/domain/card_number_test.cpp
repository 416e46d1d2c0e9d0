#include "pos/domain/card_number.hpp"

#include <rapidcheck.h>

#include <sstream>

#include "pos/domain/article_code.hpp"
#include "tests/support/catch.hpp"

using namespace pos::domain;

namespace {

const CodeRanges kRanges = usual_code_ranges();

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) {
  out << value;
};

}  // namespace

TEST_CASE("Check digits: the published examples fit", "[domain][code]") {
  CHECK(mod10_check_digit("220000000001") == '9');
  CHECK(mod10_check_digit("729000123456") == '3');
  CHECK(check_digit_fits("9100000000001230", CheckKind::luhn));
  CHECK_FALSE(check_digit_fits("7290001234567", CheckKind::mod10));
  CHECK_FALSE(check_digit_fits("", CheckKind::none));
  CHECK_FALSE(check_digit_fits("12a4", CheckKind::none));
}

TEST_CASE("Check digits: one wrong digit is always noticed", "[domain][code]") {
  const bool held = rc::check("one wrong digit", [] {
    std::string digits;
    const auto size = *rc::gen::inRange(2, 19);
    for (int i = 0; i < size; ++i) digits += static_cast<char>('0' + *rc::gen::inRange(0, 10));
    const bool luhn = *rc::gen::arbitrary<bool>();
    digits += luhn ? luhn_check_digit(digits) : mod10_check_digit(digits);
    const CheckKind kind = luhn ? CheckKind::luhn : CheckKind::mod10;
    RC_ASSERT(check_digit_fits(digits, kind));
    auto& digit = digits[static_cast<std::size_t>(*rc::gen::inRange(0, size + 1))];
    digit = static_cast<char>('0' + (digit - '0' + *rc::gen::inRange(1, 10)) % 10);
    RC_ASSERT_FALSE(check_digit_fits(digits, kind));
  });
  CHECK(held);
}

TEST_CASE("Card: a number in a range with a good check digit is a card", "[domain][card]") {
  const auto card = CardNumber::parse("2000000000015", kRanges);
  REQUIRE(card);
  CHECK(card->digits() == "2000000000015");
  CHECK(CardNumber::parse("2000 0000-00015", kRanges) == card);
  CHECK(CardNumber::parse("۲۰۰۰۰۰۰۰۰۰۰۱۵", kRanges) == card);
}

TEST_CASE("Card: what is no card says why", "[domain][card]") {
  CHECK(CardNumber::parse("2000000000016", kRanges).error() == CardFault::bad_check_digit);
  CHECK(CardNumber::parse("7290001234563", kRanges).error() == CardFault::not_in_range);
  CHECK(CardNumber::parse("4111 1111 1111 1111", kRanges).error() == CardFault::payment_card);
  CHECK(CardNumber::parse("member-19", kRanges).error() == CardFault::not_digits);
  CHECK(CardNumber::parse("", kRanges).error() == CardFault::not_digits);
}

TEST_CASE("Card: only the last digits reach a log", "[domain][card]") {
  const auto card = CardNumber::parse("2000000000015", kRanges);
  CHECK(to_log(*card) == "•••• 0015");
  STATIC_REQUIRE_FALSE(Streamable<CardNumber>);
}

TEST_CASE("Card: ranges may have other lengths and check digits", "[domain][card]") {
  CodeRanges ranges;
  ranges.cards = {{"91", 16, CheckKind::luhn}, {"500", 8, CheckKind::none}};
  CHECK(CardNumber::parse("9100000000001230", ranges));
  CHECK(CardNumber::parse("50012345", ranges));
  CHECK(CardNumber::parse("500123456", ranges).error() == CardFault::not_in_range);
}

TEST_CASE("Article: retail codes of every length become thirteen digits", "[domain][article]") {
  CHECK(ArticleCode::parse("7290001234563")->text() == "7290001234563");
  CHECK(ArticleCode::parse("036000291452")->text() == "0036000291452");
  CHECK(ArticleCode::parse("96385074")->text() == "0000096385074");
  CHECK(ArticleCode::parse("0400000000015")->is_in_store());
  // A spreadsheet took the leading zero away.
  CHECK(ArticleCode::parse("400000000015") == ArticleCode::parse("0400000000015"));
}

TEST_CASE("Article: a short number of the shop's own needs no check digit", "[domain][article]") {
  CHECK(ArticleCode::parse("007")->text() == "7");
  CHECK(ArticleCode::parse("1234567")->is_short());
  CHECK(ArticleCode::parse("000").error() == ArticleCodeFault::empty);
  CHECK(ArticleCode::parse("12345678").error() == ArticleCodeFault::bad_check_digit);
  CHECK(ArticleCode::parse("123456789").error() == ArticleCodeFault::bad_length);
  CHECK(ArticleCode::parse("12a").error() == ArticleCodeFault::not_digits);
  CHECK(ArticleCode::parse("").error() == ArticleCodeFault::empty);
}

TEST_CASE("Article: a UPC-E stands for its long form", "[domain][article]") {
  CHECK(expand_upc_e("04252614") == "0042100005264");
  CHECK(expand_upc_e("425261") == "0042100005264");
  CHECK_FALSE(expand_upc_e("04252615"));
  CHECK_FALSE(expand_upc_e("24252614"));
}
