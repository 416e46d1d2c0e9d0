#include <algorithm>

#include "pos/programme/facts.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/programme/arbitrary_basket.hpp"

namespace {

using namespace pos::programme;
using namespace pos::domain;
using namespace tests::programme;
using pos::core::Bytes;
using pos::core::bytes_of;
using pos::core::text_of;

TEST_CASE("Fact: every kind reads back as it was sealed, to the byte", "[programme][fact]") {
  CHECK(rc::check("round trip", [] {
    const Fact fact = *any_fact();
    const Bytes bytes = encode_fact(fact);
    const auto back = decode_fact(kind_of(fact), bytes);
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == fact);
    RC_ASSERT(encode_fact(*back) == bytes);
  }));
}

TEST_CASE("Fact: a damaged body is a reason, never a crash", "[programme][fact]") {
  CHECK(rc::check("one byte altered or cut off", [] {
    const Fact fact = *any_fact();
    Bytes bytes = encode_fact(fact);
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    if (*rc::gen::arbitrary<bool>()) {
      bytes[at] = *rc::gen::arbitrary<std::uint8_t>();
    } else {
      bytes.resize(at);
    }
    const auto back = decode_fact(kind_of(fact), bytes);
    if (back) RC_ASSERT(encode_fact(*back).size() <= kFactBytesMax);
  }));
}

TEST_CASE("Fact: what is no fact is refused with the key and the reason", "[programme][fact]") {
  CHECK(decode_fact("sale", bytes_of("")).error().reason.find("no JSON") != std::string::npos);
  CHECK(decode_fact("sale", bytes_of("[]")).has_value() == false);
  CHECK(decode_fact("sale", bytes_of("{}")).has_value() == false);
  CHECK(decode_fact("gift", bytes_of("{}")).error().key == "kind");
  CHECK(decode_fact("right", bytes_of(R"({"id":"zz"})")).error().key == "id");
  CHECK_FALSE(decode_fact("begin", Bytes(kFactBytesMax + 1, ' ')).has_value());
}

SaleFact noas_sale() {
  SaleFact fact;
  fact.input = noas_basket();
  fact.result = quote(sample_programme(), fact.input);
  fact.tender.due = Money::of(9390);
  return fact;
}

TEST_CASE("Fact: a result that does not add up is refused", "[programme][fact]") {
  std::string text(text_of(encode_fact(noas_sale())));
  const auto at = text.find("\"payable\":9385");
  REQUIRE(at != std::string::npos);
  text.replace(at, 14, "\"payable\":9384");
  CHECK(decode_fact("sale", bytes_of(text)).error().reason == "do not add up to the totals");
}

/// The largest basket that check_input lets pass: every line full of names, every benefit on all.
QuoteInput largest_input() {
  QuoteInput input = noas_basket();
  input.lines.clear();
  Article wide = article("0400000000039", 7'000'000'000, true);
  for (auto& name : wide.name.by_language) name = std::string(200, '"');
  Article plain = article("0400000000046", 69'999'999, true);
  for (auto& name : plain.name.by_language) name = std::string(60, 'x');
  for (std::size_t i = 0; i < kLinesMax; ++i) {
    input.lines.push_back(line_of(i < 3 ? wide : plain, i % 2 == 0 ? 9 : 99));
    input.lines.back().article.vat_per_mille = static_cast<std::int64_t>(i * 7);
  }
  for (std::size_t i = 0; i < kCouponsMax; ++i) {
    input.coupons.push_back(*CouponCode::parse("RIMON10"));
  }
  for (std::size_t i = 0; i < kAnswersMax; ++i) {
    input.answers.push_back({*BenefitId::parse("gift-150"), Answer::Kind::accepted, "0123456789"});
  }
  return input;
}

/// 100 benefits on every line, and 200 that are refused by name.
std::string crowded_programme() {
  std::string benefits;
  for (int i = 0; i < 300; ++i) {
    const std::string name = R"({"en":"b","he":"b","fa":"b"})";
    benefits += (i == 0 ? "" : ",");
    benefits += R"({"id":"benefit-with-a-long-)" + std::to_string(1000 + i) + R"(","name":)" +
                name + R"(,"give":{"per_mille":)" + std::to_string(1 + i % 3) + "}";
    if (i >= 100) benefits += R"(,"group":"one")";
    benefits += "}";
  }
  return R"({"format":"clubtill-programme/1","version":"1","club":{"name":{"en":"c","he":"c","fa":"c"},
    "currency":"ILS","decimals":2,"terms_version":"1"},
    "points":{"earn":{"points":1,"per":100}},
    "classes":[{"code":"vip","name":{"en":"V","he":"V","fa":"V"}}],"benefits":[)" +
         benefits + "]}";
}

TEST_CASE("Fact: the largest sale there can be stays within 64 KiB", "[programme][fact]") {
  SaleFact fact;
  fact.input = largest_input();
  while (check_input(fact.input)) {
    REQUIRE(fact.input.lines.size() > 60);
    fact.input.lines.erase(fact.input.lines.begin());
  }
  REQUIRE(fact.input.lines.size() > 100);
  const Programme crowded = programme_of(crowded_programme());
  fact.result = quote(crowded, fact.input);
  const auto limited = explain_all(crowded, fact.input);
  CHECK(std::any_of(limited.begin(), limited.end(),
                    [](const auto& one) { return one.reason == Reason::limit_reached; }));
  const Bytes bytes = encode_fact(fact);
  CHECK(bytes.size() <= kFactBytesMax);
  CHECK(bytes.size() > kFactBytesMax / 2);
}

TEST_CASE("Return: any split of partial returns sums to the whole", "[programme][return][law7]") {
  CHECK(rc::check("split", [] {
    const SaleFact sale = *any_sale();
    RC_PRE(!sale.input.lines.empty());
    ReturnedSoFar so_far{std::vector<std::int64_t>(sale.input.lines.size(), 0)};
    Money money;
    Points back;
    Points taken;
    for (;;) {
      std::vector<std::size_t> open;
      for (std::size_t i = 0; i < sale.input.lines.size(); ++i) {
        if (so_far.quantity[i] < sale.input.lines[i].quantity) open.push_back(i);
      }
      if (open.empty()) break;
      const std::size_t line = *rc::gen::elementOf(open);
      const std::int64_t left = sale.input.lines[line].quantity - so_far.quantity[line];
      const std::int64_t pieces = *rc::gen::inRange<std::int64_t>(1, left + 1);
      const auto fact = invert({}, sale, so_far, {{line, pieces}}, sale.scene);
      RC_ASSERT(fact.has_value());
      RC_ASSERT(!fact->money.is_negative() && !fact->points_back.is_negative());
      RC_ASSERT(!fact->earned_taken.is_negative());
      money += fact->money;
      back += fact->points_back;
      taken += fact->earned_taken;
      so_far.quantity[line] += pieces;
      // Never more out than went in, at no moment.
      RC_ASSERT(money <= sale.result.payable);
    }
    RC_ASSERT(money == sale.result.payable);
    RC_ASSERT(back == sale.result.points_spent);
    RC_ASSERT(taken == sale.result.earned);
  }));
}

TEST_CASE("Return: ten rounds of buying and returning gain nothing", "[programme][return][law7]") {
  CHECK(rc::check("rounds", [] {
    QuoteInput input = *any_input();
    RC_PRE(!input.lines.empty() && input.member.has_value());
    const Points start = input.member->balance;
    Money purse;
    for (int round = 0; round < 10; ++round) {
      SaleFact sale;
      sale.input = input;
      sale.result = quote(sample_programme(), input);
      purse -= sale.result.payable;
      input.member->balance += sale.result.earned - sale.result.points_spent;
      ReturnedSoFar so_far{std::vector<std::int64_t>(input.lines.size(), 0)};
      for (std::size_t i = 0; i < input.lines.size(); ++i) {
        for (std::int64_t piece = 0; piece < input.lines[i].quantity; ++piece) {
          const auto fact = invert({}, sale, so_far, {{i, 1}}, sale.scene);
          RC_ASSERT(fact.has_value());
          purse += fact->money;
          input.member->balance += fact->points_back - fact->earned_taken;
          ++so_far.quantity[i];
        }
      }
      RC_ASSERT(purse == Money{});
      RC_ASSERT(input.member->balance == start);
    }
  }));
}

TEST_CASE("Return: more than was sold is not returned", "[programme][return]") {
  const SaleFact sale = noas_sale();
  CHECK(invert({}, sale, {}, {{0, 2}}, {}).has_value());
  CHECK_FALSE(invert({}, sale, {}, {{0, 3}}, {}).has_value());
  CHECK_FALSE(invert({}, sale, {}, {{0, 1}, {0, 2}}, {}).has_value());
  CHECK_FALSE(invert({}, sale, {{1, 0, 0, 0, 0}}, {{0, 2}}, {}).has_value());
  CHECK_FALSE(invert({}, sale, {}, {{9, 1}}, {}).has_value());
  CHECK_FALSE(invert({}, sale, {}, {}, {}).has_value());
}

TEST_CASE("Return: a gift's value comes off what is paid back", "[programme][return][law7]") {
  SaleFact sale;
  sale.input = noas_basket();
  sale.input.lines.push_back(line_of(article("0400000000107", 3090)));
  sale.input.answers.push_back({*BenefitId::parse("gift-150"), Answer::Kind::accepted, ""});
  sale.result = quote(sample_programme(), sale.input);
  const auto fact = invert({}, sale, {}, {{5, 1}}, {});
  REQUIRE(fact.has_value());
  CHECK(fact->money < Money::of(3090));
  CHECK(fact->money == sale.result.lines[5].payable);
}

TEST_CASE("Fact: what a joining says about a person reads back", "[programme][fact]") {
  PersonDetails person{"+972500000001", "נועה", "2000000000015", {}};
  person.dates = {
      {pos::domain::EffectiveWindow::Kind::birthday, 6, 17, "", ""},
      {pos::domain::EffectiveWindow::Kind::child_birthday, 2, 29, "daughter", "yellow"}};
  const auto back = decode_person(encode_person(person));
  REQUIRE(back.has_value());
  CHECK(*back == person);
  CHECK_FALSE(
      decode_person(bytes_of(R"({"dates":[{"kind":"birthday","month":2,"day":30}]})")).has_value());
}

}  // namespace
