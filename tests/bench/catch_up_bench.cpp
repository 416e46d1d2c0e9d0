#include "tests/bench/catch_up_bench.hpp"

#include <chrono>
#include <iostream>
#include <thread>

#include "pos/core/check.hpp"
#include "pos/disk/till_keys.hpp"
#include "pos/disk/till_sync_store.hpp"
#include "pos/terminal/system_clock.hpp"
#include "sync/engine/sync_worker.hpp"
#include "sync/hub/hub_handler.hpp"
#include "sync/net/curl_link.hpp"
#include "tests/support/club_hub.hpp"

namespace tests::bench {
namespace {

using namespace pos;
using std::chrono::steady_clock;

constexpr std::size_t kCaughtUp = 10'000;
constexpr std::size_t kMembers = 400;

/// The club's hub on a port of its own, on a thread of its own.
class Server {
 public:
  Server(club::hub::Hub& hub, const core::Clock& clock) : handler_(hub, std::cerr) {
    auto server = club::net::HubServer::listen({}, handler_, clock);
    CLUBTILL_CHECK(server.has_value());
    server_ = std::move(*server);
    thread_ = std::thread([this] { server_->run(); });
  }
  ~Server() {
    server_->stop();
    thread_.join();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_->port());
  }

 private:
  club::hub::HubHandler handler_;
  std::unique_ptr<club::net::HubServer> server_;
  std::thread thread_;
};

/// Members who are in the hub's books.
std::vector<domain::MemberFacts> members_of(support::HubClub& club) {
  support::HandTill office(club);
  std::vector<domain::MemberFacts> members;
  for (std::size_t i = 0; i < kMembers; ++i) {
    members.push_back(office.join({"+9725" + std::to_string(10'000'000 + i), "Noa", ""}));
  }
  (void)office.push(1, office.facts().size());
  (void)club.settle();
  return members;
}

/// What a till seals: a sale that earns.
programme::SaleFact sale_to(const domain::MemberFacts& member, const disk::Pairing& pairing) {
  programme::SaleFact sale;
  sale.scene.store = pairing.store;
  sale.scene.region = pairing.region;
  sale.scene.till = pairing.till;
  sale.scene.employee = *domain::StaffCode::parse("dana");
  domain::Article milk;
  milk.code = "0400000000015";
  milk.price = domain::Money::of(620);
  sale.input.lines = {{milk, 2}};
  sale.input.store = pairing.store;
  sale.input.region = pairing.region;
  sale.input.member = member;
  sale.member = member.id;
  sale.account = member.account;
  sale.result = programme::quote(support::club_programme(), sale.input);
  const domain::Money due = sale.result.payable;
  sale.tender = {programme::Tender::Kind::card, due, {}, due, {}};
  return sale;
}

Figure seconds(const char* name, steady_clock::duration span, std::string comparison) {
  Figure figure;
  figure.name = name;
  figure.unit = "s";
  figure.median = std::chrono::duration<double>(span).count();
  figure.goal = "<= 10";
  figure.comparison = std::move(comparison);
  return figure;
}

}  // namespace

std::vector<Figure> catch_up_bench() {
  support::HubClub club;
  const auto members = members_of(club);
  const auto fresh = club.hub->add_till(*domain::StoreCode::parse("main"));
  CLUBTILL_CHECK(fresh.has_value());
  const terminal::SystemClock clock;
  const Server server(*club.hub, clock);
  const auto link = club::net::CurlLink::open(server.url());
  CLUBTILL_CHECK(link.has_value());

  core::SystemChance chance;
  const auto keys = disk::make_till_keys(chance);
  const auto paired =
      club::engine::register_till(**link, fresh->code, keys.signing.open, core::Millis(10'000));
  CLUBTILL_CHECK(paired.has_value());
  disk::Pairing pairing;
  pairing.till = paired->till;
  pairing.store = paired->store;
  pairing.region = paired->region;
  disk::Journal::Options options;
  options.path = club.folder.file("journal.db");
  options.till = pairing.till;
  options.signing = keys.signing;
  options.chance = &chance;
  auto journal = disk::Journal::open(options);
  auto cache = disk::Cache::open({club.folder.file("cache.db"), "", keys.cache_key, &chance});
  CLUBTILL_CHECK(journal && cache);
  for (std::size_t i = 0; i < kCaughtUp; ++i) {
    const auto sealed = (*journal)->seal(
        {core::FactId::mint(chance), sale_to(members[i % kMembers], pairing), {}, {}});
    CLUBTILL_CHECK(sealed.has_value());
  }

  auto store = disk::TillSyncStore::open(**journal, **cache, clock);
  auto reader = disk::JournalReader::open(options.path);
  CLUBTILL_CHECK(store && reader);
  club::engine::SyncWorker::Options sync;
  sync.identity = {pairing.till, keys.signing.secret};
  club::engine::SyncWorker worker(sync, **link, **store, clock, chance);
  const auto begin = steady_clock::now();
  while ((*store)->waiting().value_or(1) > 0) static_cast<void>(worker.run_once());
  const auto accepted = steady_clock::now();
  while (reader->unsettled().value_or(1) > 0) static_cast<void>(worker.run_once());
  const auto settled = steady_clock::now();
  return {seconds("catch-up of 10,000 sales: accepted", accepted - begin,
                  "hub and till on one machine, loopback socket, files of both"),
          seconds("catch-up of 10,000 sales: settled at the till", settled - begin,
                  "applied by the hub, outcomes and balances back here")};
}

}  // namespace tests::bench
