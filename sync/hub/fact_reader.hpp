#pragma once

#include <functional>

#include "pos/programme/facts.hpp"
#include "sync/hub/hub.hpp"

namespace club::hub {

/// A sealed sale, return or void as the reports read it from the inbox, once by uid.
struct BookedFact {
  InboxRow row;
  pos::programme::Fact fact;
  wire::OutcomeRow::Result result = wire::OutcomeRow::Result::applied;
  /// When it was sealed, within the bounds of law 10: not before the facts before it, nor after its
  /// arrival.
  pos::core::Moment moment;
};

/// Walks over every applied fact in order of arrival. What is parked or not applied yet is left
/// out. Fails when the database does.
[[nodiscard]] Hub::Result<void> for_each_fact(Hub& hub,
                                              const std::function<void(const BookedFact&)>& visit);

/// The account that a sale or return moved; nothing for anonymous ones.
[[nodiscard]] std::optional<pos::domain::AccountId> account_of(const pos::programme::Fact& fact);

}  // namespace club::hub
