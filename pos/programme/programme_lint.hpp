#pragma once

#include <fmt/core.h>

#include "pos/programme/benefit.hpp"
#include "pos/programme/document_reader.hpp"

namespace pos::programme {

/// What the parts of a programme say about each other: codes that overlap, groups across steps,
/// classes that nothing grades, offline bounds. The benefits are still in the document's order.
void judge_programme(const CompiledBenefits& programme, Findings& findings);

/// Benefits that can never apply: days, ranges and words that exclude each other, articles that are
/// all excepted, steps that a lower one outdoes, rights and points that the club does not have.
void judge_reach(const CompiledBenefits& programme, Findings& findings);

/// Conditions of a benefit that exclude each other, wherever they stand in "all", "any" and "not".
void judge_contradictions(const Benefit& benefit, Findings& findings);

/// Tiers that can never be reached, and ways to them that never decide anything.
void judge_tiers(const CompiledBenefits& programme, Findings& findings);

/// Classes that can never be joined, waiting for nothing, benefits of those who wait, and of gift
/// cards and fees.
void judge_joining(const CompiledBenefits& programme, Findings& findings);

/// What benefits give together: more than is paid, or all of the basket.
void judge_worth(const CompiledBenefits& programme, Findings& findings);

[[nodiscard]] inline std::string place_of(const Benefit& benefit, std::string_view key) {
  return fmt::format("benefits[{}].{}", benefit.position, key);
}

template <class Visit>
void walk(const Condition& condition, const Visit& visit) {
  visit(condition);
  for (const Condition& child : condition.children) walk(child, visit);
}

/// The conditions that must hold whatever else does: the root, and what it joins by "all".
template <class Visit>
void walk_needed(const Condition& condition, const Visit& visit) {
  if (condition.kind != Condition::Kind::all) return visit(condition);
  for (const Condition& child : condition.children) walk_needed(child, visit);
}

}  // namespace pos::programme
