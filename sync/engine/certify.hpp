#pragma once

#include "sync/engine/till_session.hpp"
#include "sync/wire/certificate.hpp"

namespace club::engine {

/// Both halves of the certificate of a till's day.
struct Certified {
  wire::CertifyRequest till;
  wire::CertifyAnswer hub;
  /// The hub has everything, applied, and both come to the same sums.
  [[nodiscard]] bool agrees() const;
};

/// Asks the hub for its half, over a nonce of its own beside those of the running till. Two calls,
/// each at most `timeout`. One thread.
[[nodiscard]] Synced<Certified> certify(const TillIdentity& identity, Link& link,
                                        const wire::SealedDay& sealed, pos::core::Chance& chance,
                                        pos::core::Millis timeout);

}  // namespace club::engine
