#include "sync/hub/importers.hpp"
#include "sync/hub/text_encoding.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace {

using namespace tests::support;
using namespace club::hub;

std::string words(const std::vector<RowFault>& faults) {
  std::string all;
  for (const RowFault& fault : faults) all += to_text(fault) + "\n";
  return all;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("Import: commas, semicolons, tabs, quotes and any line end read the same", "[import]") {
  const std::vector<std::vector<std::string>> expected = {{"code", "name"}, {"1", "a \"b\", c"}};
  for (const std::string text : {"code,name\r\n1,\"a \"\"b\"\", c\"\r\n", "code;name\n1;a \"b\", c",
                                 "code\tname\r1\ta \"b\", c\r\r"}) {
    std::vector<std::vector<std::string>> found;
    for (const CsvRow& row : read_csv(text)) found.push_back(row.fields);
    CHECK(found == expected);
  }
  const auto rows = read_csv("a,b\n\"1\n2\",x\n\n3,\"open\n4");
  REQUIRE(rows.size() == 3);
  CHECK(rows[1].line == 2);
  CHECK(rows[2].line == 5);
  CHECK(rows[2].fault == "a quote is not closed");
}

TEST_CASE("Import: the encodings in which spreadsheets leave text are recognised", "[import]") {
  CHECK(decode_text("\xEF\xBB\xBF"
                    "abc")
            ->text == "abc");
  CHECK(decode_text("נועה")->encoding == Encoding::utf8);
  const auto hebrew = decode_text("phone,name\n050,\xF0\xE5\xF2\xE4 \xEC\xE1\xE9\xE0\n");
  REQUIRE(hebrew);
  CHECK(hebrew->encoding == Encoding::cp1255);
  CHECK(has(hebrew->text, "נועה לביא"));
  const auto persian = decode_text("name\n\xE4\xE6\xC7 \xE1\xC7\xE6\xED\n\x98\xC8\xD1\xEC\n");
  REQUIRE(persian);
  CHECK(persian->encoding == Encoding::cp1256);
  CHECK(has(persian->text, "نوا لاوي"));
  const auto wide =
      decode_text(std::string("\xFF\xFE"
                              "a\0\xD0\x05",
                              6));
  REQUIRE(wide);
  CHECK(wide->text == "aא");
  CHECK_FALSE(
      decode_text(std::string("\xFF\xFE"
                              "abc",
                              5)));
}

TEST_CASE("Import: bad rows are named with line, column, reason and what to do; good ones are in",
          "[import]") {
  HubClub club;
  const auto report = import_members(
      *club.hub,
      "Phone;First Name;last_name;card;class;tier;points;language;birthday;joined;marketing\n"
      "500000001;Noa;Lavi;2000000000015;VIP;gold;1240;he;06-17;2021-03-14;yes\n"
      "050-000-0002;Yossi;;2000000000022;business;;;;;;\n"
      "050-000-0001;Other;;;;;;;;;\n"
      "050-000-0003;Third;;2000000000015;;;;;;;\n"
      "12;Short;;;;;;;;;\n"
      "050-000-0004;Wrong;;2000000000016;emperor;;12.5;xx;02-30;soon;maybe\n"
      ";Nobody;;;;;;;;;\n"
      "050-000-0005;\xD9\x83\xD8\xA8\xD8\xB1\xD9\x8A;;;;;;;;;\n");
  REQUIRE(report);
  INFO(words(report->faults));
  CHECK(report->good == 3);
  CHECK(report->changed == 3);
  const std::string faults = words(report->faults);
  CHECK(has(faults, "line 4, column phone: is also on line 2"));
  CHECK(has(faults, "line 5, column card: is also on line 2"));
  CHECK(has(faults, "line 6, column phone: "));
  CHECK(has(faults, "line 7, column card: "));
  CHECK(has(faults, "line 7, column class: \"emperor\" is not in the programme"));
  CHECK(has(faults, "line 7, column points: "));
  CHECK(has(faults, "line 7, column language: "));
  CHECK(has(faults, "line 7, column birthday: is no day of the year; write it like"));
  CHECK(has(faults, "line 7, column joined: "));
  CHECK(has(faults, "line 7, column marketing: "));
  CHECK(has(faults, "line 8, column phone: is empty, and so is the card"));
  HandTill till(club);
  till.pull();
  CHECK(till.rows().contains("phone:" + till.phone_hash("+972500000001").hex()));
  const auto phone = till.rows().find("phone:" + till.phone_hash("+972500000005").hex());
  REQUIRE(phone != till.rows().end());
  const auto kobra = till.member(std::get<club::wire::PhoneRow>(phone->second.body).member);
  CHECK(kobra->form_of_address == "کبری");
  CHECK(kobra->member_class.text() == "regular");
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Import: the same file again changes nothing; a corrected row changes its member",
          "[import]") {
  HubClub club;
  const std::string head = "phone,first_name,last_name,card,class,points\n";
  const std::string file = head + "0500000001,Noa,Lavi,2000000000015,regular,100\n";
  CHECK(import_members(*club.hub, file)->changed == 1);
  CHECK(import_members(*club.hub, file)->changed == 0);
  const auto report =
      import_members(*club.hub, head + "0500000001,Noa,Lavi,2000000000015,vip,100\n");
  CHECK(report->changed == 1);
  HandTill till(club);
  till.pull();
  const auto row = till.rows().at("phone:" + till.phone_hash("+972500000001").hex());
  const auto noa = till.member(std::get<club::wire::PhoneRow>(row.body).member);
  CHECK(noa->member_class.text() == "vip");
  CHECK(noa->form_of_address == "Noa L.");
  CHECK(noa->balance.units() == 100);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Import: an empty cell leaves a class that was joined at a till, and a given tier",
          "[import]") {
  HubClub club;
  HandTill till(club);
  const auto shira = till.join({"+972500000001", "Shira", ""});
  till.sell_joining(shira, *pos::domain::ClassCode::parse("vip"));
  (void)till.push();
  club.settle();
  const auto now = [&] {
    till.pull();
    return *till.member(shira.id);
  };
  REQUIRE(now().member_class.text() == "vip");
  const auto sheet = [&](const std::string& cells) {
    const std::string head = "phone,first_name,last_name,class,tier\n";
    REQUIRE(import_members(*club.hub, head + "0500000001,Shira," + cells + "\n")->changed == 1);
  };
  sheet("Levi,,gold");
  CHECK(now().form_of_address == "Shira L.");
  CHECK(now().member_class.text() == "vip");
  CHECK(now().tier == pos::domain::TierCode::parse("gold"));
  sheet("Lavi,,");
  CHECK(now().tier == pos::domain::TierCode::parse("gold"));
  sheet("Lavi,regular,silver");
  CHECK(now().member_class.text() == "regular");
  CHECK(now().tier == pos::domain::TierCode::parse("silver"));
  // Somebody new without a word of it has the first class.
  REQUIRE(import_members(*club.hub, "phone,first_name,class\n0500000002,Avi,\n")->changed == 1);
  till.pull();
  const auto row = till.rows().at("phone:" + till.phone_hash("+972500000002").hex());
  CHECK(till.member(std::get<club::wire::PhoneRow>(row.body).member)->member_class.text() ==
        "regular");
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Import: a member starts with the history that the sheet brings, once",
          "[import][tier]") {
  HubClub club;
  const std::string head =
      "phone,first_name,visits,spend,joined,referrals,subscription_end,points\n";
  const std::string george = "0500000009,George,9,\"3,954.00\",2022-11-20,1,2026-12-31,100\n";
  REQUIRE(import_members(*club.hub, head + george)->changed == 1);
  REQUIRE(import_members(*club.hub, head + george)->changed == 0);
  HandTill till(club);
  const auto known = [&] {
    till.pull();
    const auto row = till.rows().at("phone:" + till.phone_hash("+972500000009").hex());
    return *till.member(std::get<club::wire::PhoneRow>(row.body).member);
  };
  const auto taken_over = known();
  CHECK(taken_over.visits == 9);
  CHECK(taken_over.spend_in_period.units() == 395'400);
  CHECK(taken_over.status.referrals == 1);
  CHECK(taken_over.subscription_last == pos::domain::parse_day("2026-12-31"));
  CHECK(taken_over.tier == pos::domain::TierCode::parse("silver"));
  REQUIRE(taken_over.next_tier);
  CHECK(taken_over.next_tier->ways.front() ==
        pos::domain::MissingWay{pos::domain::TierWay::spend, 4'600});
  // The corrected sheet is another fact, but nobody's history counts twice.
  REQUIRE(import_members(*club.hub, head + "0500000009,Georg,10,4000,,2,,100\n")->changed == 1);
  const auto corrected = known();
  CHECK(corrected.form_of_address == "Georg");
  CHECK(corrected.visits == 9);
  CHECK(corrected.subscription_last == taken_over.subscription_last);
  CHECK(corrected.status.joined == taken_over.status.joined);
  till.sell(taken_over);
  (void)till.push();
  club.settle();
  CHECK(known().tier == pos::domain::TierCode::parse("gold"));
  CHECK(known().mean_interval_days == 0);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Import: a child's birthday reaches the tills as a window, with relation and liking",
          "[import]") {
  HubClub club;
  const std::string head =
      "phone,first_name,child1_born,child1_relation,child1_liking,"
      "child2_born,anniversary,birthday\n";
  REQUIRE(import_members(*club.hub, head + "0500000006,Tamar,2021-11-21,daughter,yellow,06-12,,\n"
                                           "0500000007,Avi,,,,,2002-12-01,11-20\n")
              ->faults.empty());
  HandTill till(club);
  const auto windows = [&](const std::string& phone) {
    till.pull();
    const auto row = till.rows().at("phone:" + till.phone_hash(phone).hex());
    return till.member(std::get<club::wire::PhoneRow>(row.body).member)->windows;
  };
  const auto day = [](const char* text) { return *pos::domain::parse_day(text); };
  using Kind = pos::domain::EffectiveWindow::Kind;
  // It is 18 November; the second child's day is too far off.
  const std::vector<pos::domain::EffectiveWindow> maya = {
      {Kind::child_birthday, day("2026-11-18"), day("2026-11-21"), "daughter", "yellow"}};
  CHECK(windows("+972500000006") == maya);
  CHECK(windows("+972500000007").size() == 2);
  // A sheet that says nothing of the days leaves them as they are.
  REQUIRE(import_members(*club.hub, "phone,first_name\n0500000006,Tami\n")->changed == 1);
  CHECK(windows("+972500000006") == maya);
  // One that names a child says all of the children.
  REQUIRE(import_members(*club.hub, head + "0500000006,Tami,11-30,son,,,,\n")->changed == 1);
  CHECK(windows("+972500000006") ==
        std::vector<pos::domain::EffectiveWindow>{
            {Kind::child_birthday, day("2026-11-27"), day("2026-11-30"), "son", ""}});
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Import: what is wrong with a child's columns is named", "[import]") {
  HubClub club;
  const auto report =
      import_members(*club.hub,
                     "phone,first_name,child1_born,child1_relation,child2_liking,anniversary\n"
                     "0500000001,Noa,31-12,,,\n"
                     "0500000002,Avi,,daughter,,\n"
                     "0500000003,Rachel,06-12,,yellow,\n"
                     "0500000004,Dana,06-12," +
                         std::string(61, 'x') +
                         ",,\n"
                         "0500000005,Omid,,,,1800-01-01\n");
  REQUIRE(report);
  CHECK(report->good == 0);
  const std::string faults = words(report->faults);
  CHECK(has(faults, "line 2, column child1_born: is no day of the year"));
  CHECK(has(faults, "line 3, column child1_born: is empty, though more is said of this child"));
  CHECK(has(faults, "line 4, column child2_born: is empty, though more is said of this child"));
  CHECK(has(faults, "line 5, column child1_relation: "));
  CHECK(has(faults, "line 6, column anniversary: is no day of the year"));
}

TEST_CASE("Import: a history that does not read is named by its column", "[import]") {
  HubClub club;
  const auto report = import_members(*club.hub,
                                     "phone,first_name,visits,spend,referrals,subscription_end\n"
                                     "0500000001,Noa,many,dear,-1,soon\n"
                                     "0500000002,Avi,,,,\n");
  REQUIRE(report);
  CHECK(report->good == 1);
  const std::string faults = words(report->faults);
  CHECK(has(faults, "line 2, column visits: "));
  CHECK(has(faults, "line 2, column spend: "));
  CHECK(has(faults, "line 2, column referrals: "));
  CHECK(has(faults, "line 2, column subscription_end: \"soon\" is no day"));
}

TEST_CASE("Import: new people of one household share an account from the first day", "[import]") {
  HubClub club;
  REQUIRE(import_members(*club.hub,
                         "phone,first_name,points,household\n"
                         "050-000-0007,Avi,720,mizrahi\n"
                         "050-000-0008,Rachel,30,mizrahi\n"
                         "050-000-0009,George,5,\n"));
  HandTill till(club);
  till.pull();
  const auto member = [&](const std::string& phone) {
    const auto row = till.rows().at("phone:" + till.phone_hash(phone).hex());
    return *till.member(std::get<club::wire::PhoneRow>(row.body).member);
  };
  CHECK(member("+972500000007").account == member("+972500000008").account);
  CHECK(member("+972500000007").balance.units() == 750);
  CHECK(member("+972500000007").household == 2);
  CHECK(member("+972500000008").household == 2);
  CHECK(member("+972500000009").household == 1);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Import: points that are brought along expire on the day that the sheet says",
          "[import][lots]") {
  HubClub club;
  const auto report = import_members(*club.hub,
                                     "phone,first_name,points,points_last\n"
                                     "050-000-0007,Avi,720,2026-12-31\n"
                                     "050-000-0008,Rachel,30,\n"
                                     "050-000-0009,George,5,next year\n");
  REQUIRE(report);
  CHECK(report->changed == 2);
  CHECK(has(words(report->faults), "line 4, column points_last: \"next year\" is no day"));
  club.settle();
  HandTill till(club);
  till.pull();
  const auto avi =
      *till.member(std::get<club::wire::PhoneRow>(
                       till.rows().at("phone:" + till.phone_hash("+972500000007").hex()).body)
                       .member);
  const auto new_year = *pos::domain::parse_day("2027-01-01");
  CHECK(avi.balance_on(new_year).units() == 0);
  CHECK(avi.spendable_on(new_year - std::chrono::days(1)).units() == 720);
  club.clock.pass(std::chrono::hours(24) * 60);
  club.settle();
  CHECK(club.points(avi.account) == 0);
  CHECK(club.count("SELECT sum(points) FROM account WHERE kind = 0") == 30);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Import: articles with dirty prices and lost zeros", "[import]") {
  HubClub club;
  const auto report = import_articles(*club.hub,
                                      "code,name,price,vat_percent,demand\n"
                                      "400000000015,Milk,\"6,20\",18,\n"
                                      "0400000000022,Bread,₪ 14.9,18,yes\n"
                                      "7,Pin,\"1,234.50\",8.5,no\n"
                                      "0400000000023,Bad digit,1,18,\n"
                                      "8,No price,free,18,\n"
                                      "7,Twice,1,18,\n");
  REQUIRE(report);
  INFO(words(report->faults));
  CHECK(report->good == 3);
  CHECK(report->faults.size() == 3);
  HandTill till(club);
  till.pull();
  const auto article = [&](const std::string& code) {
    return std::get<club::wire::ArticleRow>(till.rows().at("article:" + code).body).article;
  };
  CHECK(article("0400000000015").price.units() == 620);
  CHECK(article("0400000000022").price.units() == 1490);
  CHECK(article("7").price.units() == 123450);
  CHECK(article("7").vat_per_mille == 85);
}

TEST_CASE("Import: a file without its columns or without sense is refused in words", "[import]") {
  HubClub club;
  CHECK(has(import_staff(*club.hub, "code,name\na,b\n").error(), "no column \"role\""));
  CHECK(import_staff(*club.hub, "").error() == "the file is empty");
  CHECK(import_staff(*club.hub, "code,name,role\ndana,Dana,queen\n")->faults.size() == 1);
  CHECK(import_staff(*club.hub, "code,name,role,card\ndana,Dana,cashier,2000000000016\n")
            ->faults.size() == 1);
}

}  // namespace

TEST_CASE("Import: a name keeps its own digits and its non-joiner", "[import]") {
  HubClub club;
  const auto report = import_articles(*club.hub,
                                      "code,name_fa,price,vat_percent\n"
                                      "7,روغن ۷۵۰ میلی\u200cلیتر,6.20,18\n");
  REQUIRE(report);
  CHECK(report->good == 1);
  HandTill till(club);
  till.pull();
  const auto article = std::get<club::wire::ArticleRow>(till.rows().at("article:7").body).article;
  CHECK(article.name.in(pos::domain::Language::fa) == "روغن ۷۵۰ میلی\u200cلیتر");
}
