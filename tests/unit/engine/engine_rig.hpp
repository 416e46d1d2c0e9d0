#pragma once

#include <deque>
#include <functional>

#include "pos/disk/till_sync_store.hpp"
#include "sync/engine/sync_worker.hpp"
#include "tests/unit/disk/disk_fixture.hpp"

namespace tests {

namespace engine = club::engine;
namespace wire = club::wire;

/// A clock that stands.
class StandingClock final : public core::Clock {
 public:
  [[nodiscard]] core::Instant now() const override {
    return core::Instant::from_unix_ms(1'795'330'800'000);
  }
  [[nodiscard]] core::Tick tick() const override { return core::Tick::from_us(1'000'000); }
  [[nodiscard]] std::chrono::minutes utc_offset(core::Instant) const override {
    return std::chrono::minutes(120);
  }
};

inline wire::CallRandom random_of(const wire::Request& request) {
  const auto of = [](const auto& message) {
    return message ? message->random : wire::CallRandom{};
  };
  if (request.path == wire::kHelloPath) return of(wire::decode_hello_request(request.body));
  if (request.path == wire::kPushPath) return of(wire::decode_push_request(request.body));
  if (request.path == wire::kPullPath) return of(wire::decode_pull_request(request.body));
  return of(wire::decode_authorise_request(request.body));
}

inline wire::Response good(core::Bytes body) { return {200, std::move(body)}; }

/// A hub that says what the test wrote down, in turn, and remembers what it was asked.
class ScriptedLink final : public wire::Link {
 public:
  using Answer = core::Expected<wire::Response, wire::LinkFault>;
  using Step = std::function<Answer(const wire::Request&)>;

  void then(Step step) { steps_.push_back(std::move(step)); }
  void then(Answer answer) {
    then([answer](const wire::Request&) { return answer; });
  }
  /// The answer to the very call that comes then.
  template <class Message>
  void then_answer(Message answer) {
    then([answer](const wire::Request& request) -> Answer {
      Message named = answer;
      named.random = random_of(request);
      return good(wire::encode(named));
    });
  }
  /// Nobody hears it when the script is over.
  [[nodiscard]] Answer call(const wire::Request& request, core::Millis) override {
    requests.push_back(request);
    if (steps_.empty()) {
      return core::fail(wire::LinkFault{wire::LinkFault::Kind::timeout, "no answer"});
    }
    const Step step = std::move(steps_.front());
    steps_.pop_front();
    return step(request);
  }
  [[nodiscard]] bool played() const { return steps_.empty(); }
  [[nodiscard]] std::vector<std::string> paths() const {
    std::vector<std::string> paths;
    for (const auto& request : requests) paths.push_back(request.path);
    return paths;
  }

  std::vector<wire::Request> requests;

 private:
  std::deque<Step> steps_;
};

/// Journal, cache and sync worker of production on a disk in memory, and a hub by script.
struct EngineRig {
  JournalRig disk_rig;
  std::unique_ptr<disk::Journal> journal = disk_rig.open();
  core::SymmetricKey cache_key = core::SymmetricKey::mint(disk_rig.chance);
  std::unique_ptr<disk::Cache> cache =
      *disk::Cache::open({"cache.db", disk_rig.vfs.name(), cache_key, &disk_rig.chance});
  StandingClock clock;
  std::unique_ptr<disk::TillSyncStore> store = *disk::TillSyncStore::open(*journal, *cache, clock);
  ScriptedLink link;
  engine::SyncWorker worker{
      {{{3}, disk_rig.keys.secret}, {}, {}, 8}, link, *store, clock, disk_rig.chance};

  void sell(int times = 1) {
    for (int i = 0; i < times; ++i) {
      REQUIRE(journal->seal({disk_rig.mint(), sample_sale(), {}, {}}));
    }
  }
  [[nodiscard]] engine::Synced<engine::TillSession> begin() {
    return engine::TillSession::begin({{3}, disk_rig.keys.secret}, link, *store, disk_rig.chance,
                                      {});
  }
  /// A session whose hub has accepted up to `seq`.
  [[nodiscard]] engine::TillSession session(std::uint64_t seq = 0) {
    link.then_answer(welcome(seq));
    auto session = begin();
    if (!session) FAIL(session.error().detail);
    return std::move(*session);
  }
  [[nodiscard]] wire::HelloAnswer welcome(std::uint64_t seq = 0) {
    wire::HelloAnswer answer;
    answer.nonce = wire::Nonce::mint(disk_rig.chance);
    answer.epoch = 9;
    answer.accepted = mark(seq);
    answer.hub_time = clock.now();
    return answer;
  }
  [[nodiscard]] wire::JournalMark mark(std::uint64_t seq) {
    wire::JournalMark mark;
    mark.incarnation = store->sealed()->incarnation;
    mark.seq = seq;
    const auto chain = disk_rig.reader().chain_at(mark.incarnation, seq);
    if (chain && *chain) mark.chain = **chain;
    return mark;
  }
  [[nodiscard]] wire::PushAnswer pushed(wire::PushAnswer::Word word, std::uint64_t seq,
                                        std::vector<std::uint64_t> damaged = {}) {
    return {word, mark(seq), std::move(damaged)};
  }
  [[nodiscard]] std::uint64_t waiting() { return *store->waiting(); }
  /// Sequence numbers of the last push.
  [[nodiscard]] std::vector<std::uint64_t> last_batch() const {
    std::vector<std::uint64_t> seqs;
    const auto push = wire::decode_push_request(link.requests.back().body);
    if (!push) return seqs;
    for (const auto& fact : push->facts) seqs.push_back(fact.fields.seq);
    return seqs;
  }
};

}  // namespace tests
