#include "sync/hub/hub.hpp"

#include "pos/core/check.hpp"
#include "pos/core/planted.hpp"
#include "sync/hub/changing.hpp"
#include "sync/hub/hub_schema.hpp"

namespace club::hub {

using pos::core::Database;
using pos::core::Instant;
using wire::Refusal;
using wire::Response;

Hub::Hub(Database db, const HubKeys& keys, const pos::core::Clock& clock, pos::core::Chance& chance)
    : db_(std::move(db)),
      keys_(keys),
      clock_(clock),
      chance_(chance),
      streams_(db_),
      buckets_(db_, streams_),
      inbox_(db_),
      tills_(db_),
      rights_(db_),
      persons_(db_, keys_, chance_),
      reservations_(db_, buckets_),
      judge_(db_, inbox_, streams_, buckets_),
      sessions_(chance_) {}

Hub::Result<std::unique_ptr<Hub>> Hub::open(const Options& options, const HubKeys& keys,
                                            const pos::core::Clock& clock,
                                            pos::core::Chance& chance) {
  return pos::core::guarded([&] {
    Database::Options how;
    how.vfs = options.vfs;
    Database db = Database::open(options.path, how);
    ensure_schema(db);
    if (CLUBTILL_BUG("ack_before_commit")) db.execute("PRAGMA synchronous=OFF");
    std::unique_ptr<Hub> hub(new Hub(std::move(db), keys, clock, chance));
    hub->start(options.purpose);
    return hub;
  });
}

void Hub::start(Purpose purpose) {
  if (purpose == Purpose::admin) {
    // Exactly one connection checkpoints the file, and that is the serving hub's.
    db_.execute("PRAGMA wal_autocheckpoint = 0");
    streams_.load_epoch();
  } else {
    pos::core::Transaction transaction(db_);
    // Never 0, which is a cursor's "from the start"; 62 bits, so that it is a JSON integer.
    const std::uint64_t epoch = 1 + chance_.below((std::uint64_t{1} << 62) - 1);
    streams_.begin_epoch(epoch, clock_.now());
    transaction.commit();
  }
  (void)take_up_foreign_commits();  // the first call only notes where it starts from
}

bool Hub::take_up_foreign_commits() {
  auto& read = db_.cached("PRAGMA data_version");
  const bool found = read.step();
  CLUBTILL_CHECK(found);
  const std::int64_t version = read.integer(0);
  read.reset();
  if (version == data_version_) return false;
  const bool first = data_version_ == 0;
  data_version_ = version;
  if (first) return false;
  streams_.forget_heads();
  ++news_;
  return true;
}

Reply Hub::handle(const wire::Request& request, pos::core::Tick now) {
  auto reply = pos::core::guarded([&] { return route(request, now); });
  if (reply) return std::move(*reply);
  streams_.forget_heads();
  return {wire::refuse(Refusal::Word::trouble, reply.error().detail), std::nullopt};
}

Reply Hub::route(const wire::Request& request, pos::core::Tick now) {
  using Word = Refusal::Word;
  const bool known = request.path == wire::kRegisterPath || request.path == wire::kHelloPath ||
                     request.path == wire::kPushPath || request.path == wire::kPullPath ||
                     request.path == wire::kAuthorisePath || request.path == wire::kReceiptPath ||
                     request.path == wire::kCertifyPath;
  if (!known || request.method != "POST") {
    return {wire::refuse(Word::not_found, "no such call"), std::nullopt};
  }
  if (request.body.size() > wire::kBodyBytesMax) {
    return {wire::refuse(Word::too_large, "the body is over 1 MiB"), std::nullopt};
  }
  if (request.path == wire::kRegisterPath) return {on_register(request), std::nullopt};
  if (!request.auth) return {wire::refuse(Word::bad_signature, "unsigned"), std::nullopt};
  const auto till = tills_.find(request.auth->till);
  if (!till || till->revoked || !till->key) {
    return {wire::refuse(Word::unknown_till, "this till is not registered here"), std::nullopt};
  }
  if (!wire::verify_call(request, *till->key) && !CLUBTILL_BUG("call_not_verified")) {
    return {wire::refuse(Word::bad_signature, "the signature does not fit"), std::nullopt};
  }
  if (request.path == wire::kHelloPath) return {on_hello(request), std::nullopt};
  if (const auto word = sessions_.admit(*request.auth)) {
    return {wire::refuse(*word, "say hello again"), std::nullopt};
  }
  if (request.path == wire::kAuthorisePath) {
    if (!sessions_.in_order(*request.auth)) {
      return {wire::refuse(Word::replayed, "a later call was answered"), std::nullopt};
    }
    return {on_authorise(request, *till), std::nullopt};
  }
  if (request.path == wire::kReceiptPath) return {on_receipt(request), std::nullopt};
  if (request.path == wire::kPushPath) return {on_push(request, *till), std::nullopt};
  if (request.path == wire::kCertifyPath) return {on_certify(request, *till), std::nullopt};
  return on_pull(request, *till, now);
}

std::optional<pos::programme::ClubRules> Hub::rules() {
  read_programme();
  if (!programme_) return std::nullopt;
  return programme_->rules();
}

Hub::Result<pos::domain::ProgrammeHash> Hub::publish(const std::string& document) {
  const auto hash = pos::core::blake2b(pos::core::bytes_of(document));
  auto rows = put_club_rows({wire::ProgrammeRow{document}});
  if (!rows) return pos::core::fail(rows.error());
  return changing(db_, streams_, [&] {
    issue_rights();
    ++news_;
    return hash;
  });
}

Hub::Result<std::size_t> Hub::put_club_rows(const std::vector<wire::RowBody>& rows) {
  return changing(db_, streams_, [&] {
    std::size_t written = 0;
    for (const wire::RowBody& row : rows) {
      if (const auto* programme = std::get_if<wire::ProgrammeRow>(&row)) {
        judge_.keep_version(programme->document);
      }
      if (streams_.row(wire::kClubStream, wire::key_of(row)) == row) continue;
      streams_.put_row(wire::kClubStream, row);
      ++written;
    }
    ++news_;
    return written;
  });
}

Hub::Result<std::optional<wire::RowBody>> Hub::club_row(const std::string& key) {
  return pos::core::guarded([&] { return streams_.row(wire::kClubStream, key); });
}

Hub::Result<wire::ClubSettings> Hub::settings() {
  const auto row = club_row("settings:");
  if (!row) return pos::core::fail(row.error());
  if (!*row) return wire::ClubSettings{};
  return std::get<wire::SettingsRow>(**row).settings;
}

Hub::Result<std::optional<pos::programme::ClubRules>> Hub::club_rules() {
  return pos::core::guarded([&] { return rules(); });
}

Hub::Result<std::optional<ledger::Claim>> Hub::find_identity(ledger::IdentityKind kind,
                                                             const ledger::KeyedHash& hash) {
  return pos::core::guarded([&] { return buckets_.claim(wire::bucket_of(hash), kind, hash); });
}

Hub::Result<std::optional<ledger::AccountId>> Hub::account_of(ledger::IdentityKind kind,
                                                              const ledger::KeyedHash& hash) {
  return pos::core::guarded([&]() -> std::optional<ledger::AccountId> {
    const auto claim = buckets_.claim(wire::bucket_of(hash), kind, hash);
    if (!claim) return std::nullopt;
    const auto record = buckets_.member(claim->home, claim->member);
    return record ? record->facts.account : claim->account;
  });
}

}  // namespace club::hub
