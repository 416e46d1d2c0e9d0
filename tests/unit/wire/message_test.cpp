#include <sys/resource.h>

#include "pos/domain/member_facts_json.hpp"
#include "sync/wire/certificate.hpp"
#include "sync/wire/messages.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace club::wire;
using pos::core::SeededChance;

/// Whatever is cut off or altered, the answer is a value or a reason.
template <class Decode>
void survive_damage(const Bytes& packed, Decode&& decode) {
  const auto lines = unpack(packed);
  REQUIRE(lines);
  SeededChance chance(5);
  const std::size_t step = 1 + lines->size() / 200;
  for (std::size_t cut = 0; cut < lines->size(); cut += step) {
    CHECK_FALSE(decode(pack(BytesView(*lines).first(cut))).has_value());
    Bytes altered = *lines;
    altered[cut] = static_cast<std::uint8_t>(chance.below(256));
    (void)decode(pack(altered));
  }
  for (std::size_t cut = 0; cut < packed.size(); cut += 1 + packed.size() / 50) {
    CHECK_FALSE(decode(BytesView(packed).first(cut)).has_value());
  }
  Bytes more = *lines;
  more.push_back('x');
  CHECK_FALSE(decode(pack(more)).has_value());
}

FactFrame frame(SeededChance& chance, std::uint64_t seq, std::size_t size) {
  FactFrame fact;
  fact.body.resize(size);
  chance.fill(fact.body);  // any bytes, line ends among them
  fact.fields = {3,
                 1,
                 seq,
                 pos::domain::FactId::mint(chance),
                 *pos::core::FactKind::parse("sale"),
                 static_cast<std::uint32_t>(size),
                 pos::core::blake2b(fact.body)};
  fact.chain = pos::core::Digest::mint(chance);
  return fact;
}

TEST_CASE("Wire: register, hello and their answers read back as they were written", "[wire]") {
  SeededChance chance(1);
  const RegisterRequest ask{"ABCDE12345", pos::core::VerifyKey::mint(chance)};
  CHECK(decode_register_request(encode(ask)) == ask);
  const RegisterAnswer paired{{7},
                              *pos::domain::StoreCode::parse("main"),
                              *pos::domain::RegionCode::parse("north"),
                              ClubId::mint(chance),
                              pos::core::SymmetricKey::mint(chance),
                              pos::core::BoxPublicKey::mint(chance),
                              pos::core::VerifyKey::mint(chance)};
  CHECK(decode_register_answer(encode(paired)) == paired);
  const HelloRequest hello{CallRandom::mint(chance),
                           {2, 17, pos::core::Digest::mint(chance)},
                           {1, 9, pos::core::Digest::mint(chance)}};
  CHECK(decode_hello_request(encode(hello)) == hello);
  HelloAnswer welcome;
  welcome.nonce = Nonce::mint(chance);
  welcome.epoch = (std::uint64_t{1} << 62) - 1;
  welcome.accepted = hello.sealed;
  welcome.hub_time = pos::core::Instant::from_unix_ms(1'795'000'000'000);
  welcome.right = IssuedRight{pos::domain::RightId::mint(chance), 7, pos::domain::Money::of(60000),
                              pos::domain::Money::of(3000), hello.accepted};
  CHECK(decode_hello_answer(encode(welcome)) == welcome);
  survive_damage(encode(welcome), decode_hello_answer);
  survive_damage(encode(hello), decode_hello_request);
  CHECK_FALSE(decode_hello_request(encode(ask)).has_value());
}

TEST_CASE("Wire: both halves of a certificate read back as they were written", "[wire]") {
  SeededChance chance(6);
  CertifyRequest ask;
  ask.sealed.till = {3};
  ask.sealed.day = *pos::domain::parse_day("2026-11-28");
  ask.sealed.pieces = {{1, 10, 20}, {2, 1, 4}};
  ask.sealed.facts = 15;
  ask.sealed.sums.sales = 9;
  ask.sealed.sums.taken = pos::domain::Money::of(-450);
  ask.sealed.sums.spent = pos::domain::Points::of(-3);
  ask.signature = pos::core::Signature::mint(chance);
  CHECK(decode_certify_request(encode(ask)) == ask);
  CertifyAnswer answer;
  answer.received.accepted = 14;
  answer.received.applied = 12;
  answer.received.parked = 1;
  answer.received.sums = ask.sealed.sums;
  answer.received.missing = {{2, 4, 4}};
  answer.received.at = pos::core::Instant::from_unix_ms(1'795'000'000'000);
  answer.signature = pos::core::Signature::mint(chance);
  CHECK(decode_certify_answer(encode(answer)) == answer);
  survive_damage(encode(ask), decode_certify_request);
  survive_damage(encode(answer), decode_certify_answer);
  ask.sealed.pieces = {{1, 20, 10}};
  CHECK_FALSE(decode_certify_request(encode(ask)).has_value());
}

TEST_CASE("Wire: a wish and its answer read back as they were written", "[wire]") {
  SeededChance chance(4);
  const auto coffee = *pos::domain::CouponCode::parse("COFFEE");
  AuthoriseRequest ask;
  CHECK(decode_authorise_request(encode(ask)) == ask);
  ask.abandoned = {pos::domain::FactId::mint(chance), pos::domain::FactId::mint(chance)};
  ask.wish = {pos::domain::FactId::mint(chance),
              pos::domain::AccountId::mint(chance),
              pos::domain::Points::of(500),
              pos::domain::Money::of(1'250),
              {coffee}};
  CHECK(decode_authorise_request(encode(ask)) == ask);
  AuthoriseAnswer answer;
  answer.word = AuthoriseAnswer::Word::coupon_used;
  answer.points = pos::domain::Points::of(-20);  // balances are never clipped
  answer.coupon = coffee;
  answer.open = ask.abandoned;
  CHECK(decode_authorise_answer(encode(answer)) == answer);
  const auto gift = *pos::domain::BenefitId::parse("gift");
  ask.wish->budgets = {{gift, pos::domain::Money::of(700)}};
  CHECK(decode_authorise_request(encode(ask)) == ask);
  answer.word = AuthoriseAnswer::Word::budget_used;
  answer.benefit = gift;
  answer.left = pos::domain::Money::of(300);
  CHECK(decode_authorise_answer(encode(answer)) == answer);
  survive_damage(encode(ask), decode_authorise_request);
  survive_damage(encode(answer), decode_authorise_answer);
  ask.wish->account.reset();  // points of nobody
  CHECK_FALSE(decode_authorise_request(encode(ask)).has_value());
  ask.wish.reset();
  ask.abandoned.resize(kOpenReservationsMax + 1, ask.abandoned.front());
  CHECK_FALSE(decode_authorise_request(encode(ask)).has_value());
}

TEST_CASE("Wire: a sale asked for by its number reads back as it was written", "[wire]") {
  SeededChance chance(5);
  const ReceiptRequest ask{pos::domain::FactId::mint(chance)};
  CHECK(decode_receipt_request(encode(ask)) == ask);
  survive_damage(encode(ask), decode_receipt_request);
  ReceiptAnswer answer;
  CHECK(decode_receipt_answer(encode(answer)) == answer);
  answer.word = ReceiptAnswer::Word::found;
  pos::domain::Receipt& receipt = answer.receipt.emplace();
  receipt.sale = ask.sale;
  receipt.till = {8};
  receipt.at = {pos::core::Instant::from_unix_ms(1'795'000'000'000), std::chrono::minutes(120)};
  receipt.account = pos::domain::AccountId::mint(chance);
  using pos::domain::Money;
  using pos::domain::Points;
  receipt.lines = {{"7290000000015", 2, Money::of(900), Money::of(30), Money::of(10), Points::of(1),
                    Points::of(9), Money::of(5), Money::of(6), false},
                   {"", 1, Money::of(5'000), {}, {}, {}, {}, {}, Money::of(5'000), true}};
  answer.back = {1, 0};
  CHECK(decode_receipt_answer(encode(answer)) == answer);
  survive_damage(encode(answer), decode_receipt_answer);
  receipt.lines.resize(101, receipt.lines.front());
  CHECK_FALSE(decode_receipt_answer(encode(answer)).has_value());
}

/// A frame of zstd that holds `blocks` times 128 KiB of zeros, in four bytes each.
Bytes frame_of_zeros(std::size_t blocks, bool says_its_size) {
  Bytes frame = {0x28, 0xB5, 0x2F, 0xFD};
  constexpr std::size_t kBlock = 128 * 1024;
  if (says_its_size) {
    frame.push_back(0xE0);  // one segment, the size in eight bytes
    for (int i = 0; i < 8; ++i) {
      frame.push_back(static_cast<std::uint8_t>((blocks * kBlock) >> (8 * i)));
    }
  } else {
    frame.push_back(0x00);
    frame.push_back(0x68);  // a window of 8 MiB
  }
  for (std::size_t i = 0; i < blocks; ++i) {
    const std::size_t header = (kBlock << 3U) | (1U << 1U) | (i + 1 == blocks ? 1U : 0U);
    for (int byte = 0; byte < 3; ++byte) {
      frame.push_back(static_cast<std::uint8_t>(header >> (8 * byte)));
    }
    frame.push_back(0);
  }
  return frame;
}

TEST_CASE("Wire: a gigabyte of zeros in a small body is refused in little memory", "[wire]") {
  CHECK(unpack(frame_of_zeros(64, false))->size() == kDecodedBytesMax);  // so much is allowed
  rusage before{};
  getrusage(RUSAGE_SELF, &before);
  for (const bool says_its_size : {true, false}) {
    const Bytes frame = frame_of_zeros(8'192, says_its_size);
    REQUIRE(frame.size() < kBodyBytesMax);
    const auto lines = unpack(frame);
    REQUIRE_FALSE(lines.has_value());
    if (!says_its_size) CHECK(lines.error().kind == WireError::Kind::too_large);
  }
  rusage after{};
  getrusage(RUSAGE_SELF, &after);
  CHECK(after.ru_maxrss - before.ru_maxrss < 128L * 1024);  // KiB
}

TEST_CASE("Wire: a batch carries any bytes, each fact with exactly its size", "[wire]") {
  SeededChance chance(2);
  PushRequest push;
  for (std::uint64_t seq = 8; seq < 12; ++seq) push.facts.push_back(frame(chance, seq, seq * 37));
  push.facts[1].box = Bytes{'\n', 0, '{'};
  push.facts[2].body.clear();
  push.facts[2].fields.size = 0;
  push.signature = pos::core::Signature::mint(chance);
  CHECK(decode_push_request(encode(push)) == push);
  survive_damage(encode(push), decode_push_request);
  push.facts[3].fields.seq = 99;
  CHECK(decode_push_request(encode(push)).error().kind == WireError::Kind::bad_frame);
  push.facts[3].fields.seq = 11;
  push.facts[3].fields.till = 4;
  CHECK(decode_push_request(encode(push)).error().kind == WireError::Kind::bad_frame);
}

TEST_CASE("Wire: facts, batches and bodies over their limit are refused", "[wire]") {
  SeededChance chance(3);
  PushRequest push;
  push.facts = {frame(chance, 1, kFactBytesMax)};
  CHECK(decode_push_request(encode(push)).has_value());
  push.facts = {frame(chance, 1, kFactBytesMax + 1)};
  CHECK_FALSE(decode_push_request(encode(push)).has_value());
  CHECK(unpack(pack(Bytes(kDecodedBytesMax, ' '))).has_value());
  CHECK(unpack(pack(Bytes(kDecodedBytesMax + 1, ' '))).error().kind == WireError::Kind::too_large);
  CHECK(unpack(Bytes(kBodyBytesMax + 1, 7)).error().kind == WireError::Kind::too_large);
  const std::string deep(5000, '[');
  CHECK_FALSE(decode_hello_request(pack(pos::core::bytes_of(deep + "\n"))).has_value());
}

TEST_CASE("Wire: pages keep their order and their cursor", "[wire]") {
  SeededChance chance(4);
  PullAnswer answer;
  answer.epoch = 77;
  answer.more = true;
  Page page;
  page.cursor = {256, 77, 9};
  page.complete = true;
  page.count = 2;
  page.digest = pos::core::Digest::mint(chance);
  page.rows = {{4, ProgrammeRow{"{\"line\":\n1}"}},
               {9, OutcomeRow{pos::domain::FactId::mint(chance), OutcomeRow::Result::flagged}}};
  answer.pages = {page, {{3, 77, 0}, true, false, 0, {}, {}}};
  CHECK(decode_pull_answer(encode(answer)) == answer);
  survive_damage(encode(answer), decode_pull_answer);
  std::swap(answer.pages[0].rows[0].seq, answer.pages[0].rows[1].seq);
  CHECK(decode_pull_answer(encode(answer)).error().kind == WireError::Kind::bad_frame);
  PullRequest request;
  request.wait = std::chrono::seconds(20);
  request.cursors = {{3, 76, 8}, {0, 77, 5}, {256, 77, 9}};
  CHECK(decode_pull_request(encode(request)) == request);
  survive_damage(encode(request), decode_pull_request);
  request.cursors[0].stream = 257;
  CHECK_FALSE(decode_pull_request(encode(request)).has_value());
}

TEST_CASE("Wire: a refusal says its word, and rubbish in its place is a bad request", "[wire]") {
  const Response response = refuse(Refusal::Word::replayed, "again");
  CHECK(response.status == 401);
  CHECK(read_refusal(response) == Refusal{Refusal::Word::replayed, "again"});
  CHECK(read_refusal({502, {'<', 'h', '>'}}).word == Refusal::Word::bad_request);
}

TEST_CASE("Wire: a signature covers method, path, body, till, nonce and counter", "[wire]") {
  SeededChance chance(6);
  const auto key = pos::core::make_signing_pair(chance);
  Request request;
  request.path = kPushPath;
  request.body = {1, 2, 3};
  CHECK_FALSE(verify_call(request, key.open));
  sign_call(request, 7, Nonce::mint(chance), 5, key.secret);
  CHECK(verify_call(request, key.open));
  const auto refused = [&](auto&& alter) {
    Request other = request;
    alter(other);
    return !verify_call(other, key.open);
  };
  CHECK(refused([](Request& r) { r.method = "PUT"; }));
  CHECK(refused([](Request& r) { r.path = kPullPath; }));
  CHECK(refused([](Request& r) { r.body[0] = 9; }));
  CHECK(refused([](Request& r) { r.auth->till = 8; }));
  CHECK(refused([](Request& r) { r.auth->counter = 6; }));
  CHECK(refused([](Request& r) { r.auth->nonce = {}; }));
}

}  // namespace
