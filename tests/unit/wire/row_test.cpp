#include <set>

#include "sync/wire/messages.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace club::wire;
using namespace pos::domain;

std::vector<RowBody> one_of_each() {
  pos::core::SeededChance chance(1);
  MemberFacts member;
  member.id = MemberId::mint(chance);
  member.account = AccountId::mint(chance);
  member.form_of_address = "Noa L.";
  member.member_class = *ClassCode::parse("vip");
  member.balance = Points::of(-12);
  LocalText name;
  name.at(Language::he) = "חלב";
  ClubSettings settings;
  settings.languages = {Language::he, Language::fa};
  settings.ranges = usual_code_ranges();
  return {MemberRow{member},
          CardRow{pos::core::KeyedHash::mint(chance), member.id, true},
          PhoneRow{pos::core::KeyedHash::mint(chance), member.id},
          CardValueRow{AccountId::mint(chance),
                       {Money::of(-12), {{5, {std::nullopt, *parse_day("2027-01-31")}}}, {}, 0}},
          OutcomeRow{FactId::mint(chance), OutcomeRow::Result::parked},
          ArticleRow{{"0400000000015", name, Money::of(620), 180, *CategoryCode::parse("food"),
                      true, false}},
          StaffRow{{*StaffCode::parse("dana"), name, true}, pos::core::KeyedHash::mint(chance)},
          StoreRow{{*StoreCode::parse("main"), name, *RegionCode::parse("north")}},
          ProgrammeRow{"{\n  \"format\": 1\n}\n"},
          SettingsRow{settings},
          TillKeyRow{{3}, *StoreCode::parse("main"), pos::core::VerifyKey::mint(chance), true}};
}

TEST_CASE("Row: every kind reads back, is one line, and has a key of its own", "[wire]") {
  std::set<std::string> keys;
  for (const RowBody& body : one_of_each()) {
    const Row row{41, body};
    const std::string line = row_line(row);
    CHECK(line.find('\n') == std::string::npos);
    const auto back = row_from_line(line);
    REQUIRE(back);
    CHECK(*back == row);
    CHECK(row_line(*back) == line);
    CHECK(keys.insert(key_of(body)).second);
  }
}

TEST_CASE("Row: a cut or foreign line is a reason", "[wire]") {
  for (const RowBody& body : one_of_each()) {
    const std::string line = row_line({41, body});
    for (std::size_t cut = 0; cut < line.size(); ++cut) {
      CHECK_FALSE(row_from_line(line.substr(0, cut)).has_value());
    }
  }
  CHECK_FALSE(row_from_line(R"({"seq":1,"row":"hologram"})").has_value());
  CHECK_FALSE(row_from_line(R"({"seq":-1,"row":"programme","document":""})").has_value());
}

TEST_CASE("Row: a digest forgets a row by the same XOR that took it in", "[wire]") {
  const auto a = row_digest("a");
  const auto b = row_digest("b");
  CHECK(exclusive_or(exclusive_or(a, b), b) == a);
  CHECK(exclusive_or(a, a) == pos::core::Digest{});
}

}  // namespace
