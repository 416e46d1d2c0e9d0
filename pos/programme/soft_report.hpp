#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "pos/programme/facts.hpp"

namespace pos::programme {

/// Who showed what. Ordered as a table of it is read: store, cashier, benefit.
struct SoftKey {
  domain::StoreCode store;
  domain::StaffCode employee;
  domain::BenefitId benefit;
  Soft kind = Soft::none;
  friend auto operator<=>(const SoftKey&, const SoftKey&) = default;
};

/// In how many sales a soft benefit was shown, and what became of it there.
struct SoftCount {
  std::int64_t shown = 0;
  std::int64_t done = 0;
  std::int64_t declined = 0;                    ///< by the member; words that the cashier put away
  std::map<std::string, std::int64_t> answers;  ///< of `done`, by the code of the answer
  /// Nobody touched it. Words that were said have nothing to touch.
  [[nodiscard]] std::int64_t left(Soft kind) const {
    return kind == Soft::prompt ? 0 : shown - done - declined;
  }
};

/// Counts what cashiers did with tasks and words, from the sealed sales. One thread.
class SoftReport {
 public:
  void take(const SaleFact& sale);
  [[nodiscard]] const std::map<SoftKey, SoftCount>& counts() const { return counts_; }
  /// As a table with a heading. An answer has a row of its own beneath its question.
  [[nodiscard]] std::string csv() const;

 private:
  std::map<SoftKey, SoftCount> counts_;
};

}  // namespace pos::programme
