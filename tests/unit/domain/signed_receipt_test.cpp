#include "pos/domain/signed_receipt.hpp"

#include <rapidcheck.h>

#include "pos/domain/receipt_code.hpp"
#include "pos/domain/scanned_code.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace pos::domain;
namespace core = pos::core;

const core::SymmetricKey& index_key() {
  static const core::SymmetricKey kKey = [] {
    core::SeededChance chance(7);
    return core::SymmetricKey::mint(chance);
  }();
  return kKey;
}

core::SigningPair key_of_till(std::uint64_t seed) {
  core::SeededChance chance(seed);
  return core::make_signing_pair(chance);
}

/// Noa's two bottles and a loaf, paid in part with points.
Receipt noas_receipt() {
  Receipt receipt;
  receipt.sale = *FactId::parse("00112233445566778899aabbccddeeff");
  receipt.till = {3};
  receipt.at = {core::Instant::from_unix_ms(1'795'330'800'000), std::chrono::minutes(120)};
  receipt.tender = TenderKind::card;
  receipt.member = *MemberId::parse("238d949198559cdb5d4535ed7d92bc78");
  receipt.account = *AccountId::parse("8eb8e2cd751ed7aaf204a1d58a938062");
  receipt.lines = {{"7290000000015",
                    2,
                    Money::of(9'000),
                    Money::of(300),
                    Money::of(1'000),
                    Points::of(100),
                    Points::of(90),
                    {},
                    {}},
                   {"7", 1, Money::of(490), {}, {}, {}, Points::of(4), {}, {}}};
  return receipt;
}

SignedReceipt made(const Receipt& receipt) {
  auto made = SignedReceipt::make(receipt, index_key(), key_of_till(3).secret);
  REQUIRE(made);
  return std::move(*made);
}

TEST_CASE("Receipt: the code on a slip reads back as what it was made of", "[domain][receipt]") {
  CHECK(rc::check("round trip", [] {
    const auto amount = [] { return *rc::gen::inRange<std::int64_t>(0, 3'000'000); };
    Receipt receipt = noas_receipt();
    core::SeededChance chance(*rc::gen::arbitrary<std::uint64_t>());
    receipt.sale = FactId::mint(chance);
    if (*rc::gen::arbitrary<bool>()) receipt.member.reset();
    if (*rc::gen::arbitrary<bool>()) receipt.account.reset();
    if (*rc::gen::arbitrary<bool>()) receipt.unknown_card = core::KeyedHash::mint(chance);
    receipt.lines.clear();
    const auto lines = *rc::gen::inRange<std::size_t>(1, kReceiptLinesMax + 1);
    const bool points = *rc::gen::arbitrary<bool>();
    const bool value = *rc::gen::arbitrary<bool>();
    for (std::size_t i = 0; i < lines; ++i) {
      ReceiptLine line;
      line.article = *rc::gen::element<std::string>("7290000000015", "7", "", "AB-7", "0012");
      line.quantity = *rc::gen::inRange<std::int64_t>(1, 10'000);
      line.payable = Money::of(amount());
      line.discount = Money::of(amount());
      line.earned = Points::of(amount());
      if (points) line.points_value = Money::of(amount());
      if (points) line.points_spent = Points::of(amount());
      if (value) line.value_earned = Money::of(amount());
      line.own_till = *rc::gen::arbitrary<bool>();
      receipt.lines.push_back(line);
    }
    const auto code = SignedReceipt::make(receipt, index_key(), key_of_till(3).secret);
    RC_ASSERT(code.has_value());
    const auto read = ReceiptCode::parse(ReceiptCode(*code).text());
    RC_ASSERT(read.has_value() && read->receipt().has_value());
    RC_ASSERT(read->receipt()->open(index_key()) == receipt);
    RC_ASSERT(read->receipt()->is_signed_by(key_of_till(3).open));
    RC_ASSERT(read->receipt()->bytes().size() <= kReceiptBytesMax);
  }));
}

TEST_CASE("Receipt: a byte altered anywhere is refused or is not what the till signed",
          "[domain][receipt]") {
  const core::Bytes good = made(noas_receipt()).bytes();
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const unsigned change : {0x01U, 0x10U, 0x80U, 0xFFU}) {
      core::Bytes bad = good;
      bad[at] = static_cast<std::uint8_t>(bad[at] ^ change);
      const auto read = SignedReceipt::read(bad);
      CHECK_FALSE((read && read->is_signed_by(key_of_till(3).open)));
    }
  }
}

TEST_CASE("Receipt: a code cut anywhere is no code", "[domain][receipt]") {
  const core::Bytes good = made(noas_receipt()).bytes();
  for (std::size_t size = 0; size < good.size(); ++size) {
    CHECK_FALSE(SignedReceipt::read(core::BytesView(good).first(size)));
  }
}

TEST_CASE("Receipt: another till's key does not vouch for it", "[domain][receipt]") {
  const SignedReceipt code = made(noas_receipt());
  CHECK(code.is_signed_by(key_of_till(3).open));
  CHECK_FALSE(code.is_signed_by(key_of_till(4).open));
}

TEST_CASE("Receipt: two slips of one member have nothing in common", "[domain][receipt][law14]") {
  Receipt first = noas_receipt();
  Receipt second = first;
  second.sale = *FactId::parse("ffeeddccbbaa99887766554433221100");
  for (const Receipt& one : {first, second}) {
    const std::string hex = core::to_hex(made(one).bytes());
    CHECK(hex.find(one.member->hex()) == std::string::npos);
    CHECK(hex.find(one.account->hex()) == std::string::npos);
  }
  // From byte 30 on, 32 bytes: member and account.
  const auto hidden = [](const Receipt& one) {
    const core::Bytes bytes = made(one).bytes();
    return core::to_hex(core::BytesView(bytes).subspan(30, 32));
  };
  CHECK(hidden(first) != hidden(second));
}

TEST_CASE("Receipt: what does not fit into a code leaves its number", "[domain][receipt]") {
  const auto fits = [](const Receipt& receipt) {
    return SignedReceipt::make(receipt, index_key(), key_of_till(3).secret).has_value();
  };
  Receipt receipt = noas_receipt();
  receipt.lines.assign(kReceiptLinesMax, receipt.lines[0]);
  CHECK(fits(receipt));
  receipt.lines.push_back(receipt.lines[0]);
  CHECK_FALSE(fits(receipt));
  receipt.lines.clear();
  CHECK_FALSE(fits(receipt));
  receipt = noas_receipt();
  receipt.lines[0].payable = Money::of(-1);
  CHECK_FALSE(fits(receipt));
  receipt = noas_receipt();
  receipt.lines.assign(kReceiptLinesMax, receipt.lines[0]);
  for (ReceiptLine& line : receipt.lines) line.article = "ABCDEFGHIJKLMNOPQRSTUVWX";
  CHECK_FALSE(fits(receipt));  // too many bytes
}

TEST_CASE("Receipt: the bytes are those of the documentation", "[domain][receipt]") {
  CHECK(core::to_hex(made(noas_receipt()).bytes()) ==
        "012b00112233445566778899aabbccddeeff03000000f092026b0000180658b3bb3d95c6a6b3f883"
        "1c7db7e1cda61718992f069dc0060b06fe9cd63a0676028d270900000010f502a846ac025ae80764"
        "81f701ea0300040000e50fd4a1136e805f401d11a6610bac3063b07856fad6dd4e632c5250037399"
        "ed382e30ea7ab76d7aa0ae5b721e3bf1420e9d0e5cb539d00705b09521d7b9860a");
}

TEST_CASE("Scan: a slip's signed code is a receipt, and a cut one says so", "[domain][scan]") {
  const SignedReceipt code = made(noas_receipt());
  const std::string text = ReceiptCode(code).text();
  const CodeRanges ranges = usual_code_ranges();
  const ScannedCode read = classify(text, "]Q1", ranges);
  REQUIRE(std::holds_alternative<ReceiptCode>(read));
  CHECK(std::get<ReceiptCode>(read).sale() == noas_receipt().sale);
  CHECK(std::get<ReceiptCode>(read).receipt() == code);
  CHECK(classify(" " + text + " ", "", ranges) == read);
  CHECK(classify(text.substr(0, text.size() - 3), "", ranges) ==
        ScannedCode(UnknownCode{UnknownCode::Reason::bad_receipt}));
  CHECK(classify("CT1:0011", "", ranges) ==
        ScannedCode(UnknownCode{UnknownCode::Reason::bad_receipt}));
}

}  // namespace
