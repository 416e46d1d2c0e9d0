#include <fstream>
#include <iterator>

#include "pos/core/json/json.hpp"
#include "tests/unit/disk/disk_fixture.hpp"

namespace tests {
namespace {

/// One fact of each kind, with ids that people can tell apart.
std::vector<programme::Fact> example_facts() {
  core::SeededChance chance(2026);
  domain::MemberFacts member = sample_member(chance);
  member.form_of_address.clear();
  member.last_digits.clear();
  const auto right = domain::RightId::mint(chance);
  programme::ReturnFact back;
  back.scene = sample_scene();
  back.sale = domain::FactId::mint(chance);
  back.member = member.id;
  back.account = member.account;
  back.lines = {{0,
                 1,
                 domain::Money::of(4500),
                 domain::Money::of(500),
                 domain::Points::of(50),
                 domain::Points::of(45),
                 {},
                 {}}};
  back.money = domain::Money::of(4500);
  back.points_back = domain::Points::of(50);
  back.earned_taken = domain::Points::of(45);
  back.tender.due = back.tender.received = domain::Money::of(4500);
  programme::JoinFact join;
  join.scene = sample_scene();
  join.member = member;
  join.phone = core::KeyedHash::mint(chance);
  join.person = core::blake2b(core::bytes_of("box"));
  join.terms_version = "2026-11";
  programme::SaleFact sale = sample_sale(member, {100, 90, 1000}, right);
  sale.identified_by = programme::IdentifiedBy::card_scan;
  sale.identified_at = sale.scene.moment;
  return {programme::BeginFact{},
          programme::RightFact{right, domain::Money::of(60000), domain::Money::of(3000),
                               core::Instant::from_unix_ms(1'795'330'800'000), 2, 1, 1,
                               core::blake2b(core::bytes_of("settled")), domain::Money::of(45'000)},
          sale, back, join};
}

std::string document() {
  std::ifstream file(CLUBTILL_SOURCE_DIR "/docs/data-model.md", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("Data model: the document's bodies, envelopes and chain values are the program's") {
  const std::string text = document();
  core::SeededChance chance(77);
  core::Digest chain = core::kChainStart;
  std::uint64_t seq = 0;
  for (const programme::Fact& fact : example_facts()) {
    const core::Bytes body = programme::encode_fact(fact);
    core::EnvelopeFields fields;
    fields.till = 3;
    fields.seq = ++seq;
    fields.uid = core::FactId::mint(chance);
    fields.kind = *core::FactKind::parse(programme::kind_of(fact));
    fields.size = static_cast<std::uint32_t>(body.size());
    fields.body_hash = core::blake2b(body);
    chain = core::chain_value(chain, fields);
    core::Json envelope = core::Json::object();
    envelope.set("till", fields.till).set("incarnation", fields.incarnation);
    envelope.set("seq", static_cast<std::int64_t>(fields.seq)).set("uid", fields.uid.hex());
    envelope.set("kind", fields.kind.text()).set("size", fields.size);
    envelope.set("body_hash", fields.body_hash.hex()).set("chain", chain.hex());
    const std::string lines = envelope.dump() + "\n" + std::string(core::text_of(body)) + "\n";
    INFO("the document lacks:\n" << lines);
    CHECK(text.find(lines) != std::string::npos);
    CHECK(programme::decode_fact(fields.kind.text(), body) == fact);
  }
}

TEST_CASE("Data model: the document's signature is the one that the example key makes") {
  core::SeededChance chance(1);
  const auto keys = core::make_signing_pair(chance);
  const auto chain = core::blake2b(core::bytes_of("example"));
  const std::string text = document();
  for (const std::string& value :
       {keys.open.hex(), chain.hex(), core::sign_chain(keys.secret, chain).hex()}) {
    INFO(value);
    CHECK(text.find(value) != std::string::npos);
  }
}

}  // namespace tests
