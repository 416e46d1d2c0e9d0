#include "pos/terminal/sync_trouble.hpp"

#include "tests/support/catch.hpp"

using namespace pos::terminal;
using club::engine::SyncStatus;
using pos::core::Instant;
using pos::core::Millis;
using Kind = pos::app::TroubleChanged::Kind;

namespace {

const Instant kNow = Instant::from_unix_ms(1'800'000'000'000);

SyncStatus status_with(SyncStatus::Attention attention) {
  SyncStatus status;
  status.attention = attention;
  return status;
}

}  // namespace

TEST_CASE("Trouble: a hub that does not take this till is told before all else", "[terminal]") {
  using Attention = SyncStatus::Attention;
  for (const Attention attention : {Attention::unknown_till, Attention::key_refused}) {
    SyncStatus status = status_with(attention);
    status.clock_ahead = std::chrono::hours(3);
    CHECK(trouble_of(status, kNow - kQueueOldAfter * 2, kNow) == Kind::key_refused);
  }
  CHECK(trouble_of(status_with(Attention::version), std::nullopt, kNow) == Kind::none);
}

TEST_CASE("Trouble: a copy of the till and a changed record are told, behind an old queue",
          "[terminal]") {
  using Attention = SyncStatus::Attention;
  const SyncStatus forked = status_with(Attention::forked);
  const SyncStatus damaged = status_with(Attention::damaged);
  CHECK(trouble_of(forked, std::nullopt, kNow) == Kind::copy_found);
  CHECK(trouble_of(damaged, std::nullopt, kNow) == Kind::record_damaged);
  CHECK(trouble_of(damaged, kNow - kQueueOldAfter * 2, kNow) == Kind::queue_old);
}

TEST_CASE("Trouble: sales that waited more than a day are told, not younger ones", "[terminal]") {
  CHECK(trouble_of({}, std::nullopt, kNow) == Kind::none);
  CHECK(trouble_of({}, kNow - kQueueOldAfter, kNow) == Kind::none);
  CHECK(trouble_of({}, kNow - kQueueOldAfter - Millis{1}, kNow) == Kind::queue_old);
}

TEST_CASE("Trouble: a clock that is off is told before an old queue", "[terminal]") {
  SyncStatus status;
  status.clock_ahead = std::chrono::minutes(-6);
  CHECK(trouble_of(status, kNow - kQueueOldAfter * 2, kNow) == Kind::clock_unsafe);
  status.clock_ahead = std::chrono::minutes(4);
  CHECK(trouble_of(status, std::nullopt, kNow) == Kind::none);
}
