#include "pos/terminal/hub_worker.hpp"

#include "pos/terminal/sync_trouble.hpp"

namespace pos::terminal {
namespace {

using Connection = club::engine::SyncStatus::Connection;

}  // namespace

HubWorker::HubWorker(const Parts& parts)
    : store_(parts.store),
      cache_(parts.cache),
      clock_(parts.clock),
      inbox_(parts.inbox),
      worker_(parts.options, parts.link, parts.store, parts.clock, parts.chance) {}

core::Micros HubWorker::run_once() {
  take_in_joinings();
  const bool online = worker_.status().connection == Connection::online;
  if (online || clock_.tick() >= next_round_) {
    const club::engine::SyncWorker::Round round = worker_.run_once();
    next_round_ = clock_.tick() + core::Micros(round.pause);
    if (round.rows > 0 || round.club_changed) inbox_.push(app::CacheChanged{});
    if (round.right_received) inbox_.push(app::RightChanged{});
  }
  tell_connection();
  tell_trouble();
  return std::max(next_round_ - clock_.tick(), core::Micros{0});
}

void HubWorker::take_in_joinings() {
  for (const programme::JoinFact& join : joinings_.drain(kJoiningsMax)) {
    // A cache that cannot take the row is rebuilt at the next start from the journal's joinings.
    if (cache_.add_joined(join)) inbox_.push(app::CacheChanged{});
  }
}

void HubWorker::tell_connection() {
  const club::engine::SyncStatus& status = worker_.status();
  if (status.connection == Connection::unknown) return;
  const bool online = status.connection == Connection::online;
  const std::uint64_t waiting = store_.waiting().value_or(status.waiting);
  if (told_ && online == online_ && waiting == waiting_) return;
  told_ = true;
  online_ = online;
  waiting_ = waiting;
  const core::Instant since = status.offline_since.value_or(clock_.now());
  inbox_.push(app::ConnectionChanged{online, {since, clock_.utc_offset(since)}, waiting});
}

void HubWorker::tell_trouble() {
  const auto oldest = store_.oldest_waiting();
  using Kind = app::TroubleChanged::Kind;
  Kind kind = trouble_of(worker_.status(), oldest ? *oldest : std::nullopt, clock_.now());
  if (kind == Kind::none && store_.is_mended()) kind = Kind::record_damaged;
  if (kind == trouble_) return;
  trouble_ = kind;
  inbox_.push(app::TroubleChanged{kind});
}

}  // namespace pos::terminal
