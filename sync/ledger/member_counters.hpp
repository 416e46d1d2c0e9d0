#pragma once

#include "pos/core/json/json.hpp"
#include "pos/programme/member_change.hpp"
#include "pos/programme/member_standing.hpp"
#include "sync/ledger/ledger.hpp"
#include "sync/wire/field_reader.hpp"

namespace club::ledger {

/// What a fact changes of a member's counters. A return takes away, a void also the visit.
struct Visit {
  pos::domain::Day day{};
  pos::programme::Purchase purchase;
  std::vector<std::string> articles;  ///< as rung up; the last is the newest
  pos::programme::MemberChange change;
};

/// The day on which a fact counts: the sealed one, within the bounds of its origin (law 10).
[[nodiscard]] pos::domain::Day day_of(const pos::core::Moment& sealed, const Origin& origin);

[[nodiscard]] Visit visit_of(const pos::programme::SaleFact& fact, const Origin& origin);
[[nodiscard]] Visit visit_of(const pos::programme::ReturnFact& fact, const Origin& origin);

/// Gives the member's own coupons that had been used before (see apply_change).
[[nodiscard]] std::vector<pos::programme::MemberChange::UsedCoupon> add_visit(
    pos::domain::MemberFacts& facts, const Visit& visit);

[[nodiscard]] pos::core::Json visit_json(const MemberId& member, const Visit& visit);
[[nodiscard]] Visit read_visit(wire::FieldReader& fields);

}  // namespace club::ledger
