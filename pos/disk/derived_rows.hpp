#pragma once

#include <optional>
#include <vector>

#include "pos/core/sqlite/database.hpp"
#include "pos/programme/facts.hpp"

namespace pos::disk {

/// What the journal keeps beside a fact so that sums are reads of an index. It follows from the
/// fact alone; verify() derives it again.
struct DerivedRows {
  struct Spend {
    domain::RightId right;
    domain::AccountId account;  ///< zero: no member's
    domain::Money amount;
    friend bool operator==(const Spend&, const Spend&) = default;
  };
  struct Effect {
    domain::AccountId account;
    domain::Points spent;
    domain::Points gained;
    friend bool operator==(const Effect&, const Effect&) = default;
  };
  struct Back {
    domain::FactId sale;
    bool is_void = false;
    std::vector<programme::ReturnedLine> lines;
    friend bool operator==(const Back&, const Back&) = default;
  };
  struct OfBudget {
    domain::BenefitId benefit;
    domain::Money amount;
    friend bool operator==(const OfBudget&, const OfBudget&) = default;
  };
  std::optional<Spend> spend;
  std::optional<Effect> effect;
  std::optional<Back> back;
  std::optional<programme::RightFact> right;
  std::vector<OfBudget> of_budgets;  ///< kept until the fact is settled
  bool prints = false;               ///< a slip belongs to it
};

[[nodiscard]] DerivedRows derive(const programme::Fact& fact);

/// Takes out what a sale or a return gave its member; what it took stays.
void take_gains_out(programme::Fact& fact);

/// Names of members and digits of their phones never enter a body (law 14).
[[nodiscard]] programme::Fact without_names(programme::Fact fact);

void write_derived(core::Database& database, std::int64_t position, const DerivedRows& rows);

/// True when the tables hold these rows for the fact. Rows that no fact accounts for are found by
/// their number.
[[nodiscard]] bool derived_rows_fit(core::Database& database, std::int64_t position,
                                    const DerivedRows& rows);

struct DerivedCounts {
  std::uint64_t effects = 0;
  std::uint64_t spends = 0;
  std::uint64_t rights = 0;
  std::uint64_t returned = 0;
  void add(const DerivedRows& rows);
  friend bool operator==(const DerivedCounts&, const DerivedCounts&) = default;
};
[[nodiscard]] DerivedCounts count_derived(core::Database& database);

}  // namespace pos::disk
