#include "pos/domain/payment_card.hpp"

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "tests/support/catch.hpp"

using namespace pos::domain;

namespace {

const CodeRanges kClubRanges = usual_code_ranges();

std::string grouped(const std::string& digits, char separator) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += separator;
    out += digits[i];
  }
  return out;
}

std::string payment_number() {
  struct Issuer {
    const char* prefix;
    std::size_t length;
  };
  const auto issuer = *rc::gen::elementOf(std::vector<Issuer>{{"4", 16},
                                                              {"51", 16},
                                                              {"2221", 16},
                                                              {"2720", 16},
                                                              {"34", 15},
                                                              {"37", 15},
                                                              {"36", 14},
                                                              {"3528", 16},
                                                              {"6011", 16},
                                                              {"65", 16},
                                                              {"62", 19},
                                                              {"603799", 16},
                                                              {"50", 16},
                                                              {"58", 16}});
  std::string digits = issuer.prefix;
  while (digits.size() + 1 < issuer.length) {
    digits += static_cast<char>('0' + *rc::gen::inRange(0, 10));
  }
  return digits + luhn_check_digit(digits);
}

}  // namespace

TEST_CASE("Payment cards: every way of writing one is recognised", "[domain][payment]") {
  const bool held = rc::check("written anyhow", [] {
    const std::string digits = payment_number();
    RC_ASSERT(is_payment_card(digits, kClubRanges));
    RC_ASSERT(is_payment_card(grouped(digits, ' '), kClubRanges));
    RC_ASSERT(is_payment_card(grouped(digits, '-'), kClubRanges));
    RC_ASSERT(is_payment_card("%B" + digits + "^LEVI/NOA^30121010000?", kClubRanges));
    RC_ASSERT(is_payment_card(";" + digits + "=30121010000?", kClubRanges));
    RC_ASSERT(contains_payment_card("my card " + grouped(digits, ' ') + " thanks", kClubRanges));
    RC_ASSERT(contains_payment_card(std::string(600, 'x') + " " + digits, kClubRanges));
    std::string wrong = digits;
    wrong.back() = static_cast<char>('0' + (wrong.back() - '0' + 1) % 10);
    RC_ASSERT_FALSE(is_payment_card(wrong, kClubRanges));
  });
  CHECK(held);
}

TEST_CASE("Payment cards: Persian digits hide nothing", "[domain][payment]") {
  CHECK(is_payment_card("۴۱۱۱ ۱۱۱۱ ۱۱۱۱ ۱۱۱۱", kClubRanges));
}

TEST_CASE("Payment cards: no club card and no article is taken for one", "[domain][payment]") {
  const bool held = rc::check("club cards and articles", [] {
    std::string body = *rc::gen::element<std::string>("20", "40", "41", "49", "37", "30", "36");
    while (body.size() < 12) body += static_cast<char>('0' + *rc::gen::inRange(0, 10));
    RC_ASSERT_FALSE(is_payment_card(body + mod10_check_digit(body), kClubRanges));
  });
  CHECK(held);
  CodeRanges own;
  own.cards = {{"4111", 16, CheckKind::luhn}};
  CHECK_FALSE(is_payment_card("4111111111111111", own));
}

TEST_CASE("Payment cards: a track of a club card is none", "[domain][payment]") {
  CHECK_FALSE(is_payment_card(";9100000000001230=3012?", kClubRanges));
  CHECK(may_hide_payment_card("AI 21 = 214111111111111111", kClubRanges));
  CHECK_FALSE(contains_payment_card("+972534567890; call 0534567890", kClubRanges));
}
