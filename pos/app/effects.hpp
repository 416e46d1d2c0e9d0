#pragma once

#include <chrono>
#include <optional>
#include <variant>
#include <vector>

#include "pos/app/views/slip_view.hpp"
#include "pos/core/time.hpp"
#include "pos/programme/facts.hpp"

namespace pos::app {

/// Append this fact to the journal in one transaction; answered by Sealed or SealFailed with the
/// same uid. `person` goes into a sealed box beside the fact, whose hash the runner writes into
/// JoinFact::person before it encodes. `basket` is written in the same transaction, so that a crash
/// never brings back a basket that was sold; empty bytes clear it.
struct SealFact {
  domain::FactId uid;
  programme::Fact fact;
  std::optional<programme::PersonDetails> person;
  std::optional<core::Bytes> basket;
};

/// Ask the hub for its yes before the sale is sealed; answered by Authorised within 1.2 s, whatever
/// the network does.
struct Authorise {
  domain::FactId uid;
  std::optional<domain::AccountId> account;
  programme::Reservation wish;
  core::Tick asked;
};

/// Ask the hub for a sale whose slip carries its number alone; answered by SaleFound within 1.2 s.
struct FindSale {
  domain::FactId sale;
  core::Tick asked;
};

/// Add up what was sealed on a day and ask the hub for its half; answered by DayClosed, after at
/// most two calls to the hub. Takes its time: the sheet says so.
struct CloseDay {
  std::chrono::sys_days day{};
};

/// The sale of that uid will never be sealed: what the hub keeps for it is free again.
struct AbandonSale {
  domain::FactId uid;
};

/// Replace the open basket in the journal's mutable table. Lossy by design: the newest wins.
struct KeepBasket {
  core::Bytes bytes;
};

/// Print (and write out) the slip of a committed fact, or a paper under an id of its own; answered
/// by Printed or PrintFailed.
struct PrintSlip {
  domain::FactId uid;
  SlipView slip;
};

/// The slip of this fact is on paper: do not print it again at the next start.
struct MarkPrinted {
  domain::FactId uid;
};

/// ux: three tones that differ in pitch, count and length.
struct PlayTone {
  enum class Kind { accepted, decision, refused, finished, tick };
  Kind kind = Kind::accepted;
};

/// Remember the language for the next start.
struct KeepLanguage {
  domain::Language language = domain::Language::en;
};

/// Answered by IdsMinted.
struct MintIds {
  std::size_t count = 0;
};

using Effect = std::variant<SealFact, Authorise, FindSale, CloseDay, AbandonSale, KeepBasket,
                            PrintSlip, MarkPrinted, PlayTone, KeepLanguage, MintIds>;

}  // namespace pos::app
