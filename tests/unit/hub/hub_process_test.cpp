#include <sys/stat.h>

#include <thread>

#include "sync/hub/hub_files.hpp"
#include "sync/net/curl_link.hpp"
#include "tests/unit/hub/hub_process.hpp"

namespace {

using namespace tests::hub_process;
using std::chrono::milliseconds;

/// A till that seals through the memory club's hands and speaks to the process.
struct WireTill {
  club::wire::RegisterAnswer paired;
  pos::core::SigningPair key;
  std::unique_ptr<club::net::CurlLink> link;
  club::wire::Nonce nonce;
  std::uint64_t counter = 0;
  std::vector<club::wire::FactFrame> facts;
  pos::core::SystemChance chance;

  void seal() {
    club::wire::FactFrame fact;
    fact.body = pos::programme::encode_fact(pos::programme::BeginFact{});
    fact.fields = {paired.till.value,
                   1,
                   facts.size() + 1,
                   pos::domain::FactId::mint(chance),
                   *pos::core::FactKind::parse("begin"),
                   static_cast<std::uint32_t>(fact.body.size()),
                   pos::core::blake2b(fact.body)};
    fact.chain = pos::core::chain_value(facts.empty() ? pos::core::kChainStart : facts.back().chain,
                                        fact.fields);
    facts.push_back(fact);
  }

  bool pair(const std::string& url, const std::string& code) {
    link = std::move(*club::net::CurlLink::open(url));
    key = pos::core::make_signing_pair(chance);
    club::wire::Request request;
    request.path = club::wire::kRegisterPath;
    request.body = club::wire::encode(club::wire::RegisterRequest{code, key.open});
    const auto answer = link->call(request, milliseconds(5000));
    if (!answer || answer->status != 200) return false;
    paired = *club::wire::decode_register_answer(answer->body);
    return true;
  }

  std::uint64_t hello(const std::string& url) {
    link = std::move(*club::net::CurlLink::open(url));
    club::wire::HelloRequest message;
    message.random = club::wire::CallRandom::mint(chance);
    club::wire::Request request;
    request.path = club::wire::kHelloPath;
    request.body = club::wire::encode(message);
    club::wire::sign_call(request, paired.till.value, {}, 0, key.secret);
    const auto answer = link->call(request, milliseconds(5000));
    REQUIRE(answer);
    REQUIRE(answer->status == 200);
    const auto welcome = club::wire::decode_hello_answer(answer->body);
    nonce = welcome->nonce;
    counter = 0;
    return welcome->accepted.seq;
  }

  /// The seq acknowledged, or nothing when the hub died under it.
  std::optional<std::uint64_t> push(std::uint64_t first) {
    club::wire::PushRequest push;
    push.facts.assign(facts.begin() + static_cast<std::ptrdiff_t>(first) - 1, facts.end());
    push.signature = pos::core::sign_chain(key.secret, push.facts.back().chain);
    club::wire::Request request;
    request.path = club::wire::kPushPath;
    request.body = club::wire::encode(push);
    club::wire::sign_call(request, paired.till.value, nonce, ++counter, key.secret);
    const auto answer = link->call(request, milliseconds(5000));
    if (!answer || answer->status != 200) return std::nullopt;
    return club::wire::decode_push_answer(answer->body)->accepted.seq;
  }
};

TEST_CASE("Clubhub: from empty folder to a paired till, killed while it works, nothing is lost",
          "[hub][process]") {
  Shop shop;
  shop.make();
  auto child = shop.serve();
  CHECK(shop.run({"serve", "--listen", "127.0.0.1:0"}) == 18);
  WireTill till;
  REQUIRE(
      till.pair(shop.url, code_of(shop.run_for({"till", "add", "--store", "cedar", "--json"}))));
  pos::core::SystemChance chance;
  std::uint64_t acknowledged = 0;
  for (int round = 0; round < 12; ++round) {
    const std::uint64_t known = till.hello(shop.url);
    CHECK(known >= acknowledged);
    for (int i = 0; i < 20; ++i) till.seal();
    // Killed from beside, at any moment of the call: before, within or after the commit.
    const auto delay = std::chrono::microseconds(chance.below(4'000));
    std::thread killer([&] {
      const auto end = std::chrono::steady_clock::now() + delay;
      while (std::chrono::steady_clock::now() < end) std::this_thread::yield();
      (void)child->stop(SIGKILL);
    });
    const auto ack = till.push(known + 1);
    killer.join();
    if (ack) acknowledged = *ack;
    child = shop.serve();
  }
  const auto known = till.hello(shop.url);
  CHECK(known >= acknowledged);
  if (known < till.facts.size()) CHECK(till.push(known + 1) == till.facts.size());
  CHECK(till.push(1) == till.facts.size());
  CHECK(child->stop(SIGTERM) == 0);
  child = shop.serve();  // its worker applies what is left
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (shop.run({"audit"}) != 0) REQUIRE(std::chrono::steady_clock::now() < end);
  CHECK(child->stop(SIGTERM) == 0);
  const std::string exported = shop.run_for({"export"});
  std::size_t lines = 0;
  for (std::size_t at = exported.find("\"kind\":\"begin\""); at != std::string::npos;
       at = exported.find("\"kind\":\"begin\"", at + 1)) {
    ++lines;
  }
  CHECK(lines == till.facts.size());
}

TEST_CASE("Clubhub: an office gives and takes points, with a reason and a name", "[hub][process]") {
  Shop shop;
  shop.make();
  const auto adjust = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "adjust");
    return shop.run(std::move(words));
  };
  const std::vector<std::string> why = {"--reason", "Counted twice", "--by", "Dana"};
  const auto with = [&](std::vector<std::string> words) {
    words.insert(words.end(), why.begin(), why.end());
    return words;
  };
  std::ifstream members(kSample + "members.csv");
  std::string line;
  std::getline(members, line);
  std::getline(members, line);
  const std::string who = line.substr(0, line.find(','));
  INFO(who);
  CHECK(adjust(with({who, "--points", "-50"})) == 0);
  CHECK(adjust(with({who, "--points", "-50"})) == 0);  // is the same one
  CHECK(adjust(with({who, "--value", "12.90", "--last", "2999-01-31"})) == 0);
  CHECK(adjust({who, "--points", "5"}) == 2);
  CHECK(adjust({who, "--points", "5", "--reason", " ", "--by", "Dana"}) == 2);
  CHECK(adjust({who, "--points", "5", "--reason", "4111111111111111", "--by", "Dana"}) == 2);
  CHECK(adjust(with({who})) == 2);
  CHECK(adjust(with({who, "--points", "5", "--value", "5"})) == 2);
  CHECK(adjust(with({who, "--points", "0"})) == 2);
  CHECK(adjust(with({who, "--points", "1.5"})) == 2);
  CHECK(adjust(with({who, "--points", "9999999999999"})) == 2);
  CHECK(adjust(with({who, "--value", "1.999"})) == 2);
  CHECK(adjust(with({who, "--points", "5", "--last", "2001-01-01"})) == 2);
  CHECK(adjust(with({who, "--points", "-5", "--last", "2999-01-01"})) == 2);
  CHECK(adjust(with({"050-999-9999", "--points", "5"})) == 2);
  const std::string noted = shop.run_for({"ledger", "show", "--adjustments", "--json"});
  CHECK(std::ranges::count(noted, '\n') == 2);
  CHECK(noted.find("\"amount\":-50") != std::string::npos);
  CHECK(noted.find("\"reason\":\"Counted twice\",\"by\":\"Dana\"") != std::string::npos);
  CHECK(noted.find("\"amount\":1290") != std::string::npos);
  CHECK(noted.find("\"last\":\"2999-01-31\"") != std::string::npos);
}

TEST_CASE("Clubhub: an office sees who may be one person, decides, and undoes it",
          "[hub][process]") {
  Shop shop;
  shop.make();
  const std::string sheet = shop.folder.file("more.csv");
  std::ofstream(sheet) << "phone,first_name\n050-000-0001,Zohar\n";
  REQUIRE(shop.run({"import", "members", sheet}) == 0);
  CHECK(shop.run_for({"merge", "list"}).empty());  // a sheet names its own members by their phone
  CHECK(shop.run({"merge", "accept", "nobody"}) == 2);
  CHECK(shop.run({"merge", "refuse", "00112233445566778899aabbccddeeff"}) == 2);
  CHECK(shop.run({"merge", "undo", "00112233445566778899aabbccddeeff"}) == 2);
  REQUIRE(shop.run({"household", "050-000-0001", "050-000-0002"}) == 0);
  const auto child = shop.serve();  // its worker applies what the commands say
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  std::string listed;
  while (listed.empty()) {
    REQUIRE(std::chrono::steady_clock::now() < end);
    listed = shop.run_for({"merge", "list", "--json"});
  }
  const auto item = pos::core::Json::parse(listed.substr(0, listed.find('\n')));
  REQUIRE(item);
  CHECK(*(*item)["state"].text() == "household");
  CHECK(listed.find("name") == std::string::npos);
  CHECK(shop.run_for({"merge", "list", "--names"}).find("יוסי") != std::string::npos);
  CHECK(shop.run({"merge", "undo", *(*item)["member"].text()}) == 0);
  while (!shop.run_for({"merge", "list"}).empty()) {
    REQUIRE(std::chrono::steady_clock::now() < end);
  }
  CHECK(shop.run({"merge", "undo", *(*item)["member"].text()}) == 2);
  CHECK(shop.run({"audit"}) == 0);
}

TEST_CASE("Clubhub: every refusal has its exit code", "[hub][process]") {
  Shop shop;
  CHECK(shop.run({"audit"}) == 10);
  CHECK(shop.run({"nonsense"}) == 2);
  CHECK(Child({"serve", "--database", "oracle:x"}, shop.folder.file("out")).stop(0) == 2);
  CHECK(shop.run({"init", "--country", "XX"}) == 2);
  CHECK(shop.run({"init", "--cards", "4:16"}) == 2);
  CHECK(shop.run({"init"}) == 0);
  CHECK(shop.run({"init"}) == 10);
  CHECK(shop.run({"import", "members", kSample + "stores.csv"}) == 1);
  CHECK(shop.run({"import", "members", "/nowhere.csv"}) == 10);
  CHECK(shop.run({"serve", "--listen", "0.0.0.0:0"}) == 2);
  CHECK(shop.run({"programme", "publish", kSample + "stores.csv"}) == 10);
  ::chmod(shop.folder.file("hub.db.keys").c_str(), 0644);
  CHECK(shop.run({"audit"}) == 10);
  ::chmod(shop.folder.file("hub.db.keys").c_str(), 0600);
  {
    pos::core::SystemChance chance;
    auto db = pos::core::Database::open(shop.folder.file("hub.db"), {});
    db.execute("PRAGMA user_version = 99");
  }
  CHECK(shop.run({"audit"}) == 12);
  std::ofstream(shop.folder.file("hub.db"), std::ios::trunc) << "this is no database, not at all";
  CHECK(shop.run({"audit"}) == 13);
}

}  // namespace
