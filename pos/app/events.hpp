#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pos/app/actions.hpp"
#include "pos/app/day_close.hpp"
#include "pos/domain/scanned_code.hpp"
#include "pos/programme/facts.hpp"

namespace pos::app {

// From the drivers --------------------------------------------------------------------------------

/// A code was read, at any moment, on any screen; never through a text field.
struct Scanned {
  domain::ScannedCode code;
  programme::IdentifiedBy by = programme::IdentifiedBy::card_scan;  ///< card_scan or picture
};

// From the screen ---------------------------------------------------------------------------------

/// A button was released or its key was pressed.
struct Pressed {
  Action action = Action::escape;
};

/// Days that matter to the family of who joins: two children, then the anniversary.
inline constexpr std::size_t kFamilyDays = 3;
inline constexpr std::size_t kAnniversary = kFamilyDays - 1;

/// The whole text of a field after an edit.
struct Edited {
  Field field = Field::entry;
  std::string text;
  std::size_t item = 0;  ///< which of the family days, of a field that each of them has
};

/// A line of the basket was tapped, or reached with the arrow keys.
struct LineSelected {
  std::size_t line = 0;
};

struct LineQuantity {
  std::size_t line = 0;
  std::int64_t quantity = 1;  ///< 0 takes the line away
};

/// A task was ticked, an offered benefit taken or declined.
struct BenefitAnswered {
  domain::BenefitId benefit;
  programme::Answer::Kind kind = programme::Answer::Kind::acknowledged;
  std::string choice;  ///< article code, where the offer has several
};

/// "Replace Noa by ...?" Enter alone means keep.
struct QuestionAnswered {
  bool replace = false;
};

struct TenderChosen {
  programme::Tender::Kind kind = programme::Tender::Kind::cash;
};

/// One of the quick amounts of the pay sheet.
struct ReceivedChosen {
  domain::Money received;
};

struct ConsentTicked {
  Consent consent = Consent::terms;
  bool given = false;
};

/// A class that the new member pays for, on the sheet of joining; again: not.
struct ClassChosen {
  domain::ClassCode code;
};

/// The number of points that the member wants to spend; clipped to what may be spent.
struct PointsChosen {
  domain::Points points;
};

/// The find sheet's result was tapped.
struct FoundChosen {
  std::size_t result = 0;
};

/// How many pieces of a line of the sale on the return sheet come back.
struct ReturnQuantity {
  std::size_t line = 0;
  std::int64_t quantity = 0;
};

struct SignInChosen {
  domain::StaffCode employee;
};

// From the workers --------------------------------------------------------------------------------

/// The fact is durable in the journal.
struct Sealed {
  domain::FactId uid;
  std::uint64_t seq = 0;
};

enum class SealFault { disk_full, disk_error, too_large, right_ended };

/// The fact is certainly not in the journal: when a commit ends in doubt, the worker reopens and
/// looks first.
struct SealFailed {
  domain::FactId uid;
  SealFault reason = SealFault::disk_error;
};

/// What the hub said to Authorise.
struct Authorised {
  enum class Word {
    granted,
    short_of,     ///< `points` and `value` are what the account has
    coupon_used,  ///< `coupon`, somewhere in the chain
    budget_used,  ///< of the benefit that `budget` names only so much is left
    silent,       ///< no answer in time, or none that helps: the till goes by its rights
  };
  domain::FactId uid;
  Word word = Word::silent;
  domain::Points points;
  domain::Money value;
  std::optional<domain::CouponCode> coupon;
  programme::BudgetLeft budget = {};
};

/// What the hub said to FindSale.
struct SaleFound {
  enum class Word { found, unknown, silent };
  domain::FactId sale;
  Word word = Word::silent;
  domain::Receipt receipt;         ///< when it was found
  std::vector<std::int64_t> back;  ///< pieces of each line that came back, at all tills together
};

/// What became of CloseDay; nothing: the journal could not be read.
struct DayClosed {
  std::optional<DayClose> day;
};

struct Printed {
  domain::FactId uid;
};

struct PrintFailed {
  domain::FactId uid;
};

/// Members, articles, staff or the programme changed in the cache.
struct CacheChanged {};

struct ConnectionChanged {
  bool online = false;
  core::Moment since;
  std::uint64_t waiting = 0;  ///< facts that headquarters has not accepted yet
};

/// Something that the cashier has to know and cannot cure by selling on. `none` takes it away.
struct TroubleChanged {
  enum class Kind {
    none,
    not_paired,
    clock_unsafe,
    disk_nearly_full,
    queue_old,
    key_refused,
    copy_found,      ///< facts of another copy of this till's disk are at the hub
    record_damaged,  ///< a record arrived there other than it was sealed
    examples_differ,
  };
  Kind kind = Kind::none;
};

/// This till gives another benefit than a certified example says; true until the next start.
struct ExamplesDiffer {};

/// A right was received: what may be spent has changed.
struct RightChanged {};

struct DeviceChanged {
  enum class Kind { scanner_lost, scanner_back, printer_lost, printer_back };
  Kind kind = Kind::scanner_lost;
};

/// A picture was looked at and held no code.
struct PictureUnread {};

/// The wall clock shows another minute.
struct MinuteChanged {};

/// Ids for facts, members and accounts, minted outside because step() has no randomness.
using FreshId = std::array<std::uint8_t, 16>;
struct IdsMinted {
  std::vector<FreshId> ids;
};

/// What the journal knows at start: the open basket, and facts whose slip is not known to have been
/// printed.
struct Restored {
  struct Unprinted {
    domain::FactId uid;
    programme::Fact fact;
  };
  std::optional<core::Bytes> basket;
  std::vector<Unprinted> unprinted;
};

using Event =
    std::variant<Scanned, Pressed, Edited, LineSelected, LineQuantity, BenefitAnswered,
                 QuestionAnswered, TenderChosen, ReceivedChosen, ConsentTicked, ClassChosen,
                 PointsChosen, FoundChosen, ReturnQuantity, SignInChosen, Sealed, SealFailed,
                 Authorised, SaleFound, DayClosed, Printed, PrintFailed, CacheChanged,
                 ConnectionChanged, TroubleChanged, ExamplesDiffer, RightChanged, DeviceChanged,
                 PictureUnread, MinuteChanged, IdsMinted, Restored>;

}  // namespace pos::app
