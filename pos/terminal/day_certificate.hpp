#pragma once

#include "pos/app/day_close.hpp"
#include "pos/core/clock.hpp"
#include "pos/disk/journal_reader.hpp"
#include "pos/disk/till_keys.hpp"
#include "sync/engine/certify.hpp"
#include "sync/wire/certificate.hpp"

namespace pos::terminal {

/// What this till sealed on a day, signed, and what its hub holds of it.
struct DayCertificate {
  using HubSignature = app::DayClose::Hub::Signature;
  club::wire::SealedDay sealed;
  core::Signature signature;  ///< of the till
  disk::JournalCounts counts;
  core::Expected<club::engine::Certified, club::engine::SyncError> both =
      core::fail(club::engine::SyncError{});
  HubSignature hub_signature = HubSignature::unknown_key;

  [[nodiscard]] bool agrees() const {
    return both && both->agrees() && hub_signature != HubSignature::bad;
  }
};

/// Walks over the journal and asks the hub, in at most two calls of ten seconds; that the hub gave
/// no half is in `both`. Fails when the journal cannot be read. One thread; reads only.
[[nodiscard]] disk::Disk<DayCertificate> certify_day(disk::JournalReader& journal,
                                                     const disk::Pairing& pairing,
                                                     const disk::TillKeys& keys,
                                                     club::wire::Link& link, core::Chance& chance,
                                                     domain::Day day);

/// The same for screen and paper; the hub's moment in this till's local time.
[[nodiscard]] app::DayClose day_close_of(const DayCertificate& certificate,
                                         const core::Clock& clock);

}  // namespace pos::terminal
