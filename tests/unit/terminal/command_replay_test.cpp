#include "pos/terminal/command_replay.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "pos/core/json/json.hpp"
#include "pos/disk/journal.hpp"
#include "pos/domain/receipt_code.hpp"
#include "pos/terminal/command_report.hpp"
#include "tests/support/catch.hpp"

using namespace pos;
using core::ExitCode;
using core::Json;
using domain::Money;
using programme::Programme;
using terminal::ReplayOptions;

namespace {

constexpr std::int64_t kNoon = 1'795'341'600'000;  // Sunday, 22 November 2026, 12:00 in Jerusalem
constexpr std::int64_t kHour = 3'600'000;

std::string document(const std::string& version, const std::string& benefits,
                     const std::string& currency = "ILS") {
  return R"({"format":"clubtill-programme/1","version":")" + version +
         R"(","club":{"name":{"en":"Guide"},"currency":")" + currency +
         R"(","decimals":2,"terms_version":"1"},
"points":{"earn":{"points":1,"per":100},"spend":{"step":50,"worth":500,"max_percent":50},
"offline":{"per_till":60000,"per_member":3000}},
"classes":[{"code":"regular","name":{"en":"Regular"}},{"code":"vip","name":{"en":"VIP"}}],
"benefits":[)" +
         benefits + "]}";
}

std::string percent(const std::string& id, int rate, const std::string& member_class) {
  return R"({"id":")" + id + R"(","name":{"en":"All )" + id + R"("},"when":{"class":[")" +
         member_class + R"("]},"give":{"percent":)" + std::to_string(rate) + "}}";
}

const std::string kOld =
    document("old", percent("regular-ten", 10, "regular") + "," + percent("vip-ten", 10, "vip"));
const std::string kNew = document("new", percent("regular-ten", 20, "regular"));

Programme parsed(const std::string& text) {
  auto programme = Programme::parse(core::bytes_of(text));
  if (!programme) FAIL(programme.error().front().reason);
  return *programme;
}

/// A till's folder with its journal open, as while it sells.
class Till {
 public:
  Till() {
    std::string pattern = (std::filesystem::temp_directory_path() / "clubtill-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    paths_.folder = pattern;
    auto journal = disk::Journal::open(
        {paths_.journal(), "", true, {3}, core::make_signing_pair(chance_), &chance_, nullptr});
    REQUIRE(journal);
    journal_ = std::move(*journal);
  }
  ~Till() {
    journal_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(paths_.folder, ignored);
  }
  Till(const Till&) = delete;
  Till& operator=(const Till&) = delete;

  [[nodiscard]] const terminal::StatePaths& paths() const { return paths_; }
  void keep(const std::string& text) { REQUIRE(journal_->keep_programme(text)); }
  std::string file(const std::string& name, const std::string& text) {
    std::ofstream(paths_.folder + "/" + name) << text;
    return paths_.folder + "/" + name;
  }
  domain::MemberFacts member(const std::string& member_class) {
    domain::MemberFacts member;
    member.id = domain::MemberId::mint(chance_);
    member.account = domain::AccountId::mint(chance_);
    member.member_class = *domain::ClassCode::parse(member_class);
    return member;
  }
  programme::SaleFact sale(const Programme& programme, std::int64_t price,
                           const std::optional<domain::MemberFacts>& member,
                           std::int64_t at = kNoon) {
    programme::SaleFact sale;
    sale.scene.moment = {core::Instant::from_unix_ms(at), std::chrono::minutes(120)};
    sale.scene.store = *domain::StoreCode::parse("s1");
    domain::Article article;
    article.code = "7290000000015";
    article.price = Money::of(price);
    sale.input.lines.push_back({article, 1});
    sale.input.member = member;
    sale.input.moment = sale.scene.moment;
    if (member) {
      sale.member = member->id;
      sale.account = member->account;
    }
    sale.result = programme::quote(programme, sale.input);
    return sale;
  }
  std::string seal(const programme::SaleFact& sale) {
    const auto uid = domain::FactId::mint(chance_);
    REQUIRE(journal_->seal({uid, sale, {}, {}}));
    return domain::ReceiptCode(uid).text();
  }
  void alter(const char* sql) {
    auto tool = core::Database::open(paths_.journal(), {});
    tool.execute(sql);
  }

 private:
  core::SeededChance chance_{11};
  terminal::StatePaths paths_;
  std::unique_ptr<disk::Journal> journal_;
};

struct Ran {
  ExitCode code = ExitCode::ok;
  std::string out;
  std::string words;
  [[nodiscard]] Json json() const { return Json::parse(out, 8).value(); }
  [[nodiscard]] bool says(const std::string& part) const {
    return out.find(part) != std::string::npos;
  }
};

Ran run(const Till& till, const ReplayOptions& options = {}) {
  std::ostringstream out;
  std::ostringstream words;
  const ExitCode code = terminal::replay(till.paths(), options, out, words);
  return {code, out.str(), words.str()};
}

ReplayOptions as_json(std::vector<std::string> files = {}) {
  ReplayOptions options;
  options.programme_files = std::move(files);
  options.json = true;
  return options;
}

std::int64_t number(const Json& json, std::string_view key) {
  return json[key].integer().value_or(-1);
}

}  // namespace

TEST_CASE("Replay: every recorded sale gives the same bytes under the version of its day",
          "[replay]") {
  Till till;
  till.keep(kOld);
  till.keep(kNew);
  const auto noa = till.member("vip");
  for (const std::string& text : {kOld, kNew}) {
    till.seal(till.sale(parsed(text), 10'000, noa));
    till.seal(till.sale(parsed(text), 4'990, std::nullopt));
  }
  const Ran ran = run(till);
  CHECK(ran.code == ExitCode::ok);
  CHECK(ran.out.starts_with("4 sales, 0 differences\n"));
  const std::string old_hash = parsed(kOld).hash().hex().substr(0, 12);
  CHECK(ran.says("  version old (" + old_hash + "): 2 sales, 0 differences\n"));
  CHECK(ran.words.empty());
}

TEST_CASE("Replay: a journal of any length is judged to its end", "[replay]") {
  Till till;
  till.keep(kOld);
  const auto one = till.sale(parsed(kOld), 10'000, till.member("regular"));
  for (int i = 0; i < 1'000; ++i) till.seal(one);  // with its first fact two reads and one fact
  CHECK(run(till).out.starts_with("1,000 sales, 0 differences\n"));
}

TEST_CASE("Replay: a sale that comes out otherwise is named with its day and what differs",
          "[replay]") {
  Till till;
  till.keep(kOld);
  auto sale = till.sale(parsed(kOld), 10'000, till.member("vip"));
  till.seal(sale);
  sale.result.lines[0].earned += domain::Points::of(1);
  sale.result.earned += domain::Points::of(1);
  const std::string receipt = till.seal(sale);
  const Ran ran = run(till);
  CHECK(ran.code == ExitCode::other);
  CHECK(ran.out.starts_with("2 sales, 1 differences\n"));
  CHECK(ran.says(receipt + "  2026-11-22  differs in: earned, lines\n"));
  const Json json = run(till, as_json()).json();
  CHECK(number(json, "differences") == 1);
  CHECK(*json["differing"].items()[0]["parts"].items()[0].text() == "earned");
  ReplayOptions table;
  table.csv = true;
  CHECK(run(till, table).says(receipt + ",2026-11-22,earned lines\n"));
}

TEST_CASE("Replay: a version that is not here is told and no difference; its file proves it",
          "[replay]") {
  Till till;
  till.keep(kNew);
  till.seal(till.sale(parsed(kOld), 10'000, till.member("vip")));
  till.seal(till.sale(parsed(kNew), 10'000, till.member("vip")));
  const Ran ran = run(till);
  CHECK(ran.code == ExitCode::ok);
  CHECK(ran.out.starts_with("1 sales, 0 differences; 1 not judged\n"));
  const std::string hash = parsed(kOld).hash().hex().substr(0, 12);
  CHECK(ran.says("  1 sales not judged: version " + hash + " is not here\n"));
  ReplayOptions prove;
  prove.prove = true;
  prove.programme_files = {till.file("new.json", kNew), till.file("old.json", kOld)};
  CHECK(run(till, prove).out.starts_with("2 sales, 0 differences\n"));
}

TEST_CASE("Replay: days are the shop's, and both ends count", "[replay]") {
  Till till;
  till.keep(kOld);
  // 21 November 23:30, 22 November 00:30 and 23:30, 23 November 00:30; offset two hours.
  for (const std::int64_t hours : {-13, -12, 11, 12}) {
    till.seal(till.sale(parsed(kOld), 10'000, std::nullopt, kNoon + hours * kHour + kHour / 2));
  }
  ReplayOptions options;
  options.from = options.to = "2026-11-22";
  CHECK(run(till, options).out.starts_with("2 sales"));
  options.from.clear();
  CHECK(run(till, options).out.starts_with("3 sales"));
  options.from = "2026-11-23";
  options.to.clear();
  CHECK(run(till, options).out.starts_with("1 sales"));
}

TEST_CASE("Replay: another programme on recorded baskets tells cost, winners and losers",
          "[replay]") {
  Till till;
  till.keep(kOld);
  const Programme old = parsed(kOld);
  const auto regular = till.member("regular");
  const auto vip = till.member("vip");
  till.seal(till.sale(old, 10'000, regular));  // 10.00 and 90 points; then 20.00 and 80 points
  till.seal(till.sale(old, 20'000, vip));      // 20.00 and 180 points; then 200 points
  till.seal(till.sale(old, 5'000, std::nullopt));
  const std::string file = till.file("new.json", kNew);
  const Ran ran = run(till, as_json({file}));
  CHECK(ran.code == ExitCode::ok);
  const Json json = ran.json();
  CHECK(number(json, "sales") == 3);
  CHECK(number(json["before"], "discount") == 3'000);
  CHECK(number(json["after"], "discount") == 2'000);
  CHECK(number(json["before"], "points") == 270);
  CHECK(number(json["before"], "cost") == 3'000 + 2'700);
  CHECK(number(json["after"], "cost") == 2'000 + 2'800);
  CHECK(number(json["after"], "payable") == 8'000 + 20'000 + 5'000);
  CHECK(json["sale_count"] == Json::object().set("gain", 1).set("lose", 1).set("unchanged", 1));
  CHECK(json["member_count"] == Json::object().set("gain", 1).set("lose", 1).set("unchanged", 0));
  const Json& benefits = json["benefits"];
  REQUIRE(benefits.items().size() == 2);
  CHECK(*benefits.items()[1]["name"].text() == "All vip-ten");
  CHECK(number(benefits.items()[1]["before"], "cost") == 2'000);
  CHECK(number(benefits.items()[1]["after"], "sales") == 0);
  const Json& largest = json["largest"];
  REQUIRE(largest.items().size() == 2);
  CHECK(*largest.items()[0]["member"].text() == vip.id.hex());
  CHECK(number(largest.items()[0], "before") == 2'000 + 1'800);
  CHECK(number(largest.items()[0], "after") == 2'000);
  ReplayOptions text;
  text.programme_files = {file};
  const Ran words = run(till, text);
  CHECK(words.says(
      "Cost: all of these together              57.00           48.00           −9.00\n"));
  CHECK(words.says("member " + vip.id.hex() + "  38.00 -> 20.00  −18.00\n"));
}

TEST_CASE("Replay: the three largest effects of many, and a member's sales taken together",
          "[replay]") {
  Till till;
  till.keep(kOld);
  const Programme old = parsed(kOld);
  const auto noa = till.member("regular");
  for (const std::int64_t price : {1'000, 9'000, 3'000, 9'000, 7'000, 2'000}) {
    till.seal(till.sale(old, price, noa));
  }
  const Json json = run(till, as_json({till.file("new.json", kNew)})).json();
  CHECK(number(json["sale_count"], "gain") == 6);
  CHECK(number(json["member_count"], "gain") == 1);
  REQUIRE(json["largest"].items().size() == 3);
  CHECK(number(json["largest"].items()[2], "before") == 700 + 630);
}

TEST_CASE("Replay: stored value is a cost, points that members gave for a benefit are none",
          "[replay]") {
  Till till;
  till.keep(kOld);
  auto noa = till.member("regular");
  noa.balance = domain::Points::of(500);
  auto sale = till.sale(parsed(kOld), 10'000, noa);
  sale.input.reach = {false, Money::of(60'000), Money::of(60'000)};
  sale.input.answers.push_back(
      {*domain::BenefitId::parse("gift"), programme::Answer::Kind::accepted, {}});
  sale.result = programme::quote(parsed(kOld), sale.input);
  till.seal(sale);
  const std::string tried =
      document("tried", R"({"id":"back","name":{"en":"Back"},"give":{"cash_back":{"percent":5}}},)"
                        R"({"id":"gift","name":{"en":"Gift"},"give":{"amount":2000},"cost":100})");
  const Json json = run(till, as_json({till.file("tried.json", tried)})).json();
  const Json& after = json["after"];
  CHECK(number(after, "discount") == 2'000);
  CHECK(number(after, "value_earned") == 400);
  CHECK(number(after, "points_given_worth") == 1'000);
  CHECK(number(after, "cost") == 2'000 + 800 + 400 - 1'000);
  CHECK(number(json["largest"].items()[0], "before") == 1'000 + 900);
  CHECK(number(json["largest"].items()[0], "after") == 2'200);
  CHECK(number(json["benefits"].items()[1]["after"], "cost") == 1'000);
}

TEST_CASE("Replay: points worth a fortune give large sums, not a crash", "[replay]") {
  Till till;
  till.keep(kOld);
  for (int i = 0; i < 20; ++i) {
    till.seal(till.sale(parsed(kOld), 100'000'000'000, till.member("regular")));
  }
  std::string dear = kNew;
  dear.replace(dear.find("\"worth\":500"), 11, "\"worth\":1000000000000");
  const Json json = run(till, as_json({till.file("dear.json", dear)})).json();
  CHECK(number(json["after"], "points_worth") == 1'000'000'000'000'000'000);
  CHECK(number(json["sale_count"], "gain") == 20);
}

TEST_CASE("Replay: sales of the tried version itself are proved on the way", "[replay]") {
  Till till;
  auto sale = till.sale(parsed(kNew), 10'000, till.member("regular"));
  till.seal(sale);
  const ReplayOptions options = as_json({till.file("new.json", kNew)});
  CHECK(run(till, options).code == ExitCode::ok);
  sale.result.points_offer.balance_worth = Money::of(7);
  till.seal(sale);
  const Ran ran = run(till, options);
  CHECK(ran.code == ExitCode::other);
  CHECK(number(ran.json()["same_version"], "sales") == 2);
  CHECK(number(ran.json()["same_version"], "differences") == 1);
}

TEST_CASE("Replay: what cannot be done ends with the code of the contract and says why",
          "[replay]") {
  Till till;
  till.keep(kOld);
  till.seal(till.sale(parsed(kOld), 10'000, std::nullopt));
  ReplayOptions options;
  SECTION("no day") {
    options.from = "yesterday";
    const Ran ran = run(till, options);
    CHECK(ran.code == ExitCode::usage);
    CHECK(ran.words == "yesterday is no day; write it like 2026-11-22\n");
  }
  SECTION("days the wrong way round") {
    options.from = "2026-11-23";
    options.to = "2026-11-22";
    CHECK(run(till, options).code == ExitCode::usage);
  }
  SECTION("two programmes to try out") {
    options.programme_files = {till.file("old.json", kOld), till.file("new.json", kNew)};
    CHECK(run(till, options).code == ExitCode::usage);
  }
  SECTION("a programme with an error names line and place") {
    options.programme_files = {till.file("bad.json", document("bad", "\n{\"id\":\"x\"}"))};
    const Ran ran = run(till, options);
    CHECK(ran.code == ExitCode::configuration);
    CHECK(ran.words.find("bad.json:6: error: benefits[0]") != std::string::npos);
    CHECK(ran.out.empty());
  }
  SECTION("another currency does not compare") {
    options.programme_files = {
        till.file("rial.json", document("rial", percent("a", 10, "vip"), "IRR"))};
    CHECK(run(till, options).code == ExitCode::configuration);
  }
  SECTION("no till") {
    std::filesystem::remove(till.paths().journal());
    const Ran ran = run(till, options);
    CHECK(ran.code == ExitCode::not_paired);
    CHECK(ran.words.find("clubtill pair URL CODE") != std::string::npos);
  }
  SECTION("an altered sale is named, the others are judged") {
    till.seal(till.sale(parsed(kOld), 4'000, std::nullopt));
    till.alter("UPDATE fact SET body=CAST(replace(body, '4000', '3000') AS BLOB) WHERE seq=3");
    const Ran ran = run(till, options);
    CHECK(ran.code == ExitCode::journal_broken);
    CHECK(ran.out.starts_with("1 sales, 0 differences; 1 not judged\n"));
    CHECK(ran.words.starts_with("Record 3 of incarnation 1 is not as it was sealed"));
  }
}

namespace {

const std::string kSoft = document("soft", R"(
  {"id": "coffee", "name": {"en": "Offer a coffee"}, "give": {"task": true}},
  {"id": "heard", "name": {"en": "How did you hear of us?"}, "give": {"question": {"answers": [
    {"code": "friend", "text": {"en": "A friend"}}, {"code": "street", "text": {"en": "Passing"}}]}}})");

/// A sale of this cashier with these answers.
programme::SaleFact soft_sale(Till& till, const std::string& employee,
                              const std::vector<programme::Answer>& answers) {
  const Programme programme = parsed(kSoft);
  auto sale = till.sale(programme, 4'000, till.member("vip"));
  sale.scene.employee = *domain::StaffCode::parse(employee);
  sale.input.answers = answers;
  sale.result = programme::quote(programme, sale.input);
  return sale;
}

programme::Answer answer(const std::string& benefit, programme::Answer::Kind kind,
                         const std::string& choice = "") {
  return {*domain::BenefitId::parse(benefit), kind, choice};
}

void seal_four(Till& till) {
  using Kind = programme::Answer::Kind;
  till.keep(kSoft);
  till.seal(
      soft_sale(till, "dana",
                {answer("coffee", Kind::acknowledged), answer("heard", Kind::accepted, "friend")}));
  till.seal(soft_sale(
      till, "dana", {answer("coffee", Kind::declined), answer("heard", Kind::accepted, "street")}));
  till.seal(soft_sale(till, "dana", {answer("heard", Kind::declined)}));
  till.seal(soft_sale(till, "omid", {}));
}

Ran report(const Till& till, const terminal::ReportOptions& options = {}) {
  std::ostringstream out;
  std::ostringstream words;
  const ExitCode code = terminal::report(till.paths(), options, out, words);
  return {code, out.str(), words.str()};
}

}  // namespace

TEST_CASE("Report: what each cashier did with tasks and questions", "[report]") {
  Till till;
  CHECK(report(till).says("No task and no words"));
  seal_four(till);
  terminal::ReportOptions options;
  options.csv = true;
  CHECK(report(till, options).out ==
        "store,employee,benefit,kind,answer,shown,done,declined,left\n"
        "s1,dana,coffee,task,,3,1,1,1\n"
        "s1,dana,heard,question,,3,2,1,0\n"
        "s1,dana,heard,question,friend,,1,,\n"
        "s1,dana,heard,question,street,,1,,\n"
        "s1,omid,coffee,task,,1,0,0,1\n"
        "s1,omid,heard,question,,1,0,0,1\n");
  const Ran text = report(till);
  CHECK(text.code == ExitCode::ok);
  CHECK(text.says("s1, dana\n  Offer a coffee "));
  CHECK(text.says("    A friend "));
}

TEST_CASE("Report: for programs, of some days, and without what was altered", "[report]") {
  Till till;
  seal_four(till);
  terminal::ReportOptions options;
  options.json = true;
  const Ran json = report(till, options);
  const Json first = Json::parse(json.out.substr(0, json.out.find('\n')), 4).value();
  CHECK(first["name"] == Json("Offer a coffee"));
  CHECK(first["left"] == Json(1));
  options.from = "2026-11-23";
  CHECK(report(till, options).out.empty());
  options.to = "2026-11-22";
  CHECK(report(till, options).code == ExitCode::usage);
  till.alter("UPDATE fact SET body=CAST(replace(body, '4000', '3000') AS BLOB) WHERE seq=2");
  const Ran altered = report(till);
  CHECK(altered.code == ExitCode::journal_broken);
  CHECK(altered.words.find("1 sales cannot be read") != std::string::npos);
}
