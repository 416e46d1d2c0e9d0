#pragma once

#include <string>

#include "pos/core/chance.hpp"
#include "pos/core/clock.hpp"
#include "sync/engine/sync_store.hpp"

namespace club::engine {

using wire::Link;

struct SyncError {
  enum class Fault {
    link,     ///< no answer; says nothing about whether the hub received the call
    refused,  ///< the hub answered with a refusal
    garbage,  ///< the answer could not be understood
    disk,     ///< of this till
  };
  Fault fault = Fault::link;
  wire::Refusal::Word word = wire::Refusal::Word::bad_request;  ///< of `refused`
  std::string detail;
};

template <class Value>
using Synced = pos::core::Expected<Value, SyncError>;

/// Who this till is to its hub.
struct TillIdentity {
  pos::domain::TillNumber till;
  pos::core::SigningKey key;
};

/// How long a call may take.
struct CallTimes {
  pos::core::Millis answer{10'000};
  pos::core::Millis poll{1'000};  ///< how long the hub may hold a pull that has nothing to say
};

/// One conversation: hello, then pushes and pulls under its nonce. One-shot: after any error it is
/// thrown away, and the next one starts from what the store has confirmed. One thread.
class TillSession {
 public:
  /// Says hello; takes over the hub's view of the journal and seals the rights it issued. Store and
  /// chance outlive the session.
  [[nodiscard]] static Synced<TillSession> begin(const TillIdentity& identity, Link& link,
                                                 SyncStore& store, pos::core::Chance& chance,
                                                 const CallTimes& times);

  struct Pushed {
    std::size_t sent = 0;     ///< facts in the batch; 0: nothing waited
    std::size_t damaged = 0;  ///< of these the hub keeps raw and parked
    bool forked = false;      ///< a new incarnation was begun
  };
  /// Sends one batch and records what the hub confirmed.
  [[nodiscard]] Synced<Pushed> push();

  struct Pulled {
    std::size_t rows = 0;
    bool more = false;          ///< ask again at once
    std::size_t unfit = 0;      ///< streams that are read again: count or digest did not fit
    bool club_changed = false;  ///< programme, settings, staff, stores, articles or till keys
    bool right_received = false;
  };
  /// One answer's rows with their cursors. `patient`: the hub may hold its answer.
  [[nodiscard]] Synced<Pulled> pull(bool patient);

  [[nodiscard]] pos::core::Instant hub_time() const { return hub_time_; }
  /// With the hello.
  [[nodiscard]] bool right_received() const { return right_received_; }

 private:
  TillSession(const TillIdentity& identity, Link& link, SyncStore& store, pos::core::Chance& chance,
              const CallTimes& times)
      : identity_(identity), link_(&link), store_(&store), chance_(&chance), times_(times) {}
  [[nodiscard]] Synced<wire::Bytes> call(std::string_view path, wire::Bytes body,
                                         pos::core::Millis timeout);
  [[nodiscard]] Synced<void> take_over(const wire::HelloAnswer& answer,
                                       const wire::JournalMark& sealed);
  [[nodiscard]] Synced<Pushed> refused(const SyncError& error);
  [[nodiscard]] Synced<Pushed> mended(const SyncError& error);
  [[nodiscard]] Synced<void> leave_incarnation(std::uint32_t forked);
  [[nodiscard]] Synced<bool> receive(const std::optional<wire::IssuedRight>& right);

  TillIdentity identity_;
  Link* link_;
  SyncStore* store_;
  pos::core::Chance* chance_;
  CallTimes times_;
  wire::Nonce nonce_;
  std::uint64_t counter_ = 0;
  pos::core::Instant hub_time_;
  std::uint64_t right_ = 0;  ///< number of the newest right that the hub told of
  bool right_received_ = false;
};

/// Registers a new till with its one-time code. Safe to repeat with the same key.
[[nodiscard]] Synced<wire::RegisterAnswer> register_till(Link& link, const std::string& code,
                                                         const pos::core::VerifyKey& key,
                                                         pos::core::Millis timeout);

}  // namespace club::engine
