#include "pos/terminal/day_certificate.hpp"

#include "pos/terminal/sealed_day.hpp"

namespace pos::terminal {
namespace {

constexpr core::Millis kTimeout{10'000};

DayCertificate::HubSignature judge_signature(const disk::Pairing& pairing,
                                             const club::engine::Certified& both) {
  using Judged = DayCertificate::HubSignature;
  if (!pairing.hub_key) return Judged::unknown_key;
  const auto bytes = club::wire::signed_whole(both.till.sealed, both.hub.received);
  return core::verify(*pairing.hub_key, bytes, both.hub.signature) ? Judged::good : Judged::bad;
}

}  // namespace

disk::Disk<DayCertificate> certify_day(disk::JournalReader& journal, const disk::Pairing& pairing,
                                       const disk::TillKeys& keys, club::wire::Link& link,
                                       core::Chance& chance, domain::Day day) {
  auto sealed = sealed_day(journal, pairing.till, day);
  if (!sealed) return core::fail(sealed.error());
  const auto counts = journal.counts();
  if (!counts) return core::fail(counts.error());
  DayCertificate paper;
  paper.sealed = std::move(*sealed);
  paper.counts = *counts;
  paper.signature = core::sign(keys.signing.secret, club::wire::signed_half(paper.sealed));
  paper.both = club::engine::certify({pairing.till, keys.signing.secret}, link, paper.sealed,
                                     chance, kTimeout);
  if (paper.both) paper.hub_signature = judge_signature(pairing, *paper.both);
  return paper;
}

app::DayClose day_close_of(const DayCertificate& certificate, const core::Clock& clock) {
  const auto moment = [&](core::Instant at) { return core::Moment{at, clock.utc_offset(at)}; };
  app::DayClose close;
  close.day = certificate.sealed.day;
  close.sealed = certificate.sealed.facts;
  close.sums = certificate.sealed.sums;
  close.signature = certificate.signature.hex();
  close.waiting = certificate.counts.waiting;
  if (certificate.counts.oldest_waiting) {
    close.oldest_waiting = moment(*certificate.counts.oldest_waiting);
  }
  close.agrees = certificate.agrees();
  if (!certificate.both) return close;
  const club::wire::ReceivedDay& received = certificate.both->hub.received;
  close.hub = app::DayClose::Hub{received.accepted,
                                 received.applied,
                                 received.parked,
                                 static_cast<std::int64_t>(received.missing.size()),
                                 received.sums,
                                 moment(received.at),
                                 certificate.hub_signature,
                                 certificate.both->hub.signature.hex()};
  return close;
}

}  // namespace pos::terminal
