#include "pos/domain/scanned_code.hpp"

#include <rapidcheck.h>

#include "pos/domain/gs1.hpp"
#include "tests/support/catch.hpp"

using namespace pos::domain;
using Reason = UnknownCode::Reason;

namespace {

const CodeRanges kShopRanges = usual_code_ranges();

std::string_view kind(std::string_view text, std::string_view aim = "") {
  const ScannedCode code = classify(text, aim, kShopRanges);
  return kind_of(code);
}

Reason reason(std::string_view text, std::string_view aim = "") {
  const ScannedCode code = classify(text, aim, kShopRanges);
  REQUIRE(std::holds_alternative<UnknownCode>(code));
  return std::get<UnknownCode>(code).reason;
}

}  // namespace

TEST_CASE("Scan: cards, articles and labels are told apart by range and check digit",
          "[domain][scan]") {
  CHECK(kind("2000000000015", "]E0") == "card");
  CHECK(kind("7290001234563", "]E0") == "article");
  CHECK(kind("0400000000015") == "article");
  CHECK(kind("036000291452") == "article");
  CHECK(kind("96385074", "]E4") == "article");
  CHECK(kind("1234") == "article");
  CHECK(kind("2200000000019") == "article");
  CHECK(reason("2000000000016") == Reason::bad_check_digit);
  CHECK(reason("7290001234567") == Reason::bad_check_digit);
  CHECK(reason("9810000000013") == Reason::manufacturer_coupon);
  CHECK(reason("123456789") == Reason::foreign);
}

TEST_CASE("Scan: a price label gives the item and its price", "[domain][scan]") {
  const std::string body = "210012301590";
  const auto code = classify(body + mod10_check_digit(body), "]E0", kShopRanges);
  REQUIRE(std::holds_alternative<LabelCode>(code));
  const auto& label = std::get<LabelCode>(code);
  CHECK(label.item.text() == "123");
  CHECK(label.price_minor == 1590);
  CHECK_FALSE(label.grams);
}

TEST_CASE("Scan: a weight label gives grams", "[domain][scan]") {
  CodeRanges ranges;
  ranges.labels = {{"28IIIIIWWWWWC"}};
  const std::string body = "280004500850";
  const auto code = classify(body + mod10_check_digit(body), "", ranges);
  REQUIRE(std::holds_alternative<LabelCode>(code));
  CHECK(std::get<LabelCode>(code).grams == 850);
}

TEST_CASE("Scan: coupons are letters and digits", "[domain][scan]") {
  CHECK(kind("RIMON10") == "coupon");
  CHECK(std::get<CouponCode>(classify("rimon10", "", kShopRanges)).text() == "RIMON10");
  CHECK(kind("AB") == "unknown");
  CHECK(kind("ABCDEFGHIJ1234567890X") == "unknown");
  CHECK(kind("RIMON 10") == "unknown");
  CodeRanges prefixed = kShopRanges;
  prefixed.coupon_prefix = "RM";
  CHECK(kind_of(classify("RMX1", "", prefixed)) == "coupon");
  CHECK(kind_of(classify("XRM1", "", prefixed)) == "unknown");
}

TEST_CASE("Scan: a slip's code names its sale in either case", "[domain][scan]") {
  const std::string text = "CT1:00112233445566778899aabbccddeeff";
  const auto code = classify(text, "]Q1", kShopRanges);
  REQUIRE(std::holds_alternative<ReceiptCode>(code));
  CHECK(std::get<ReceiptCode>(code).sale().hex() == text.substr(4));
  CHECK(std::get<ReceiptCode>(code).text() == "CT1:00112233445566778899AABBCCDDEEFF");
  CHECK(classify("ct1:00112233445566778899AABBCCDDEEFF", "", kShopRanges) == code);
  CHECK(kind("CT1:00112233445566778899aabbccddeef") == "unknown");
  CHECK(kind("CT1:0011223344556677889gaabbccddeeff") == "unknown");
}

TEST_CASE("Scan: a payment card is refused and carries nothing", "[domain][scan]") {
  CHECK(kind("4111111111111111") == "payment_card");
  CHECK(kind("4111-1111 1111 1111") == "payment_card");
  CHECK(kind("%B4111111111111111^LEVI/NOA^3012101?") == "payment_card");
  CHECK(kind(";4111111111111111=3012101?") == "payment_card");
  CHECK(kind("6037991234567893") == "payment_card");
  CHECK(kind("\x1d"
             "4111111111111111") == "payment_card");
  CHECK(kind("4111111111111111\x1b") == "payment_card");
  STATIC_REQUIRE(std::is_empty_v<PaymentCardRefused>);
}

TEST_CASE("Scan: hostile texts are unknown, with a reason", "[domain][scan]") {
  CHECK(reason("") == Reason::empty);
  CHECK(reason("   ") == Reason::empty);
  CHECK(reason("'; DROP TABLE members; --") == Reason::foreign);
  CHECK(reason("\x1b[2Jabc") == Reason::unreadable);
  CHECK(reason("\xFF\xFE") == Reason::unreadable);
  CHECK(reason(std::string(600, '1')) == Reason::too_long);
  CHECK(kind("\u202E2000000000015\u202C") == "card");
}

TEST_CASE("Scan: GS1 element strings name members and articles", "[domain][scan]") {
  CodeRanges ranges = kShopRanges;
  ranges.cards.push_back({"0614141", 18, CheckKind::mod10});
  const auto member = classify("8018061414112345678902", "]C1", ranges);
  REQUIRE(std::holds_alternative<CardNumber>(member));
  CHECK(std::get<CardNumber>(member).digits() == "061414112345678902");
  CHECK(classify("8018061414112345678902", "", ranges) == member);
  CHECK(classify("8018061414112345678902\x1d"
                 "801901",
                 "]C1", ranges) == member);
  CHECK(kind("8018061414112345678902", "]C1") == "unknown");
  CHECK(reason("8017061414112345678902", "]C1") == Reason::not_for_members);
  CHECK(reason("8018061414112345678903", "]C1") == Reason::bad_check_digit);
  CHECK(kind("01072900012345631727123110AB", "]d2") == "article");
}

TEST_CASE("Scan: elements without a fixed length end at a separator", "[domain][gs1]") {
  const auto elements = parse_gs1(
      "\x1d"
      "10LOT1\x1d"
      "21S9\x1d"
      "3103001250");
  REQUIRE(elements);
  CHECK(*elements == std::vector<Gs1Element>{{"10", "LOT1"}, {"21", "S9"}, {"3103", "001250"}});
  CHECK(parse_gs1("9999").error() == Gs1Fault::unknown_identifier);
  CHECK(parse_gs1("0107290001234564").error() == Gs1Fault::bad_check_digit);
  CHECK(parse_gs1("010729").error() == Gs1Fault::bad_length);
  CHECK(parse_gs1("").error() == Gs1Fault::empty);
}

TEST_CASE("Typed: a phone number, a code and a card each find their way", "[domain][typed]") {
  const auto typed = [](std::string_view text) {
    return classify_typed(text, PhonePlan::israel, kShopRanges);
  };
  CHECK(std::holds_alternative<PhoneNumber>(typed("0534567890")));
  CHECK(std::holds_alternative<PhoneNumber>(typed("053-456-7890")));
  CHECK(std::holds_alternative<PhoneNumber>(typed("972534567890")));
  CHECK(std::holds_alternative<PhoneNumber>(typed("534567890")));
  CHECK(std::holds_alternative<CardNumber>(typed("2000000000015")));
  CHECK(std::holds_alternative<ArticleCode>(typed("0400000000015")));
  CHECK(std::holds_alternative<ArticleCode>(typed("7290001234563")));
  CHECK(std::holds_alternative<ArticleCode>(typed("12")));
  CHECK(std::holds_alternative<CouponCode>(typed("rimon10")));
  CHECK(std::holds_alternative<PaymentCardRefused>(typed("4111111111111111")));
  CHECK(std::holds_alternative<UnknownCode>(typed("Noa Levi")));
}

TEST_CASE("Scan: any bytes give an answer, and the same one again", "[domain][scan]") {
  const bool held = rc::check("any bytes", [](const std::string& bytes, bool gs1) {
    const std::string_view aim = gs1 ? "]C1" : "";
    RC_ASSERT(classify(bytes, aim, kShopRanges) == classify(bytes, aim, kShopRanges));
    (void)classify_typed(bytes, PhonePlan::iran, kShopRanges);
  });
  CHECK(held);
}
