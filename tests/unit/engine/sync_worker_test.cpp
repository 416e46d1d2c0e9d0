#include "sync/engine/sync_worker.hpp"

#include "tests/support/catch.hpp"

namespace tests {
namespace {

using namespace club;
using engine::Stored;
using engine::SyncStatus;
using pos::core::Instant;
using pos::core::Tick;
using Word = wire::Refusal::Word;

class StillClock final : public pos::core::Clock {
 public:
  [[nodiscard]] Instant now() const override { return Instant::from_unix_ms(1'800'000'000'000); }
  [[nodiscard]] Tick tick() const override { return {}; }
  [[nodiscard]] std::chrono::minutes utc_offset(Instant) const override { return {}; }
};

/// A hub that says the same to every call.
class RefusingLink final : public wire::Link {
 public:
  explicit RefusingLink(Word word) : word_(word) {}
  [[nodiscard]] pos::core::Expected<wire::Response, wire::LinkFault> call(
      const wire::Request&, pos::core::Millis) override {
    return wire::refuse(word_, "as asked");
  }

 private:
  Word word_;
};

/// A journal in which nothing waits; or one whose disk has failed.
class EmptyStore final : public engine::SyncStore {
 public:
  bool fails = false;

  [[nodiscard]] Stored<wire::JournalMark> sealed() override {
    if (fails) return pos::core::fail(engine::StoreFault{"no such file"});
    return wire::JournalMark{};
  }
  [[nodiscard]] Stored<engine::Batch> outbox(std::size_t, std::size_t) override {
    return engine::Batch{};
  }
  [[nodiscard]] Stored<std::uint64_t> waiting() override { return 0; }
  [[nodiscard]] Stored<void> set_accepted(const wire::JournalMark&) override { return {}; }
  [[nodiscard]] Stored<void> receive(const wire::IssuedRight&) override { return {}; }
  [[nodiscard]] Stored<void> begin_incarnation() override { return {}; }
  [[nodiscard]] Stored<std::vector<wire::Cursor>> cursors() override {
    return std::vector<wire::Cursor>{};
  }
  [[nodiscard]] Stored<void> apply(const std::vector<wire::Page>&) override { return {}; }
};

SyncStatus status_after(Word word, bool disk_fails = false) {
  const StillClock clock;
  pos::core::SeededChance chance(1);
  RefusingLink link(word);
  EmptyStore store;
  store.fails = disk_fails;
  engine::SyncWorker worker({}, link, store, clock, chance);
  (void)worker.run_once();
  return worker.status();
}

}  // namespace

TEST_CASE("Sync worker: a refusal says what a person must look at", "[engine]") {
  using Attention = SyncStatus::Attention;
  CHECK(status_after(Word::unknown_till).attention == Attention::unknown_till);
  CHECK(status_after(Word::bad_signature).attention == Attention::key_refused);
  CHECK(status_after(Word::version).attention == Attention::version);
  CHECK(status_after(Word::busy, true).attention == Attention::disk);
}

TEST_CASE("Sync worker: a hub that is busy or was restarted calls nobody", "[engine]") {
  CHECK_FALSE(status_after(Word::busy).attention);
  CHECK_FALSE(status_after(Word::bad_nonce).attention);
  CHECK(status_after(Word::busy).connection == SyncStatus::Connection::offline);
  CHECK(status_after(Word::bad_nonce).connection != SyncStatus::Connection::offline);
}

}  // namespace tests
