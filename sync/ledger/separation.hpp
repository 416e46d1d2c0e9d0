#pragma once

#include "sync/ledger/posting_desk.hpp"
#include "sync/wire/field_reader.hpp"

namespace club::ledger {

/// What one account gives another: balances, and the lots that make them up.
struct Transfer {
  AccountId account;  ///< that receives
  std::vector<std::pair<Unit, TakenPart>> parts;
};
/// What no lot explains is one of `uid`. Throws Unappliable.
[[nodiscard]] Transfer read_transfer(const FactId& uid, wire::FieldReader& fields);
/// From transit to the account; without finish().
void book(PostingDesk& desk, const Transfer& transfer);

/// An account that was closed into another one is its members' again. Three steps: here its heir is
/// asked, part() lets its members go with what they brought and did, and reopen() takes it back.
/// Nothing happens to an account that is open, or that nobody has.
void separate(PostingDesk& desk, const AccountId& account);
/// In the heir's bucket.
void part(PostingDesk& desk, wire::FieldReader& fields);
/// In the account's bucket.
void reopen(PostingDesk& desk, wire::FieldReader& fields);

}  // namespace club::ledger
