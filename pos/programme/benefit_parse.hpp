#pragma once

#include "pos/programme/benefit.hpp"
#include "pos/programme/document_reader.hpp"

namespace pos::programme {

/// Limits of a document; each is checked with a finding of its own.
inline constexpr std::size_t kBenefitsMax = 10'000;
inline constexpr std::size_t kCodesMax = 5'000;    // articles that one selection names
inline constexpr std::size_t kNamesMax = 64;       // classes, tiers
inline constexpr std::size_t kWaysMax = 8;         // in which one tier is reached, one class joined
inline constexpr std::size_t kNameBytesMax = 120;  // of a name shown on a line
inline constexpr std::size_t kDetailBytesMax = 600;  // of what a cashier can say
inline constexpr std::size_t kConditionsMax = 32;    // children of one condition
inline constexpr int kConditionDepthMax = 8;
inline constexpr int kDocumentDepthMax = 32;  // of the JSON; conditions are told apart above

/// Reads "benefits": fills benefits, groups and the tables of words.
void read_benefits(ObjectReader& document, CompiledBenefits& programme);

/// Reads which articles are gift cards.
void read_gift_cards(ObjectReader& document, CompiledBenefits& programme);
void read_subscriptions(ObjectReader& document, CompiledBenefits& programme);
/// Fills `fees` from the classes and the subscriptions.
void note_fees(CompiledBenefits& programme);

/// Reads how a tier is reached, and how long it is kept.
void read_rules(ObjectReader& reader, NamedTier& tier);
/// Reads how a class is joined, and whether those who have it wait for that.
void read_rules(ObjectReader& reader, NamedClass& one);

/// Reads one condition; `depth` counts from 0.
[[nodiscard]] Condition read_condition(const core::Json& json, const std::string& place,
                                       CompiledBenefits& programme, Findings& findings, int depth);
/// Reads "give" of a benefit.
[[nodiscard]] Give read_give(ObjectReader& outer, CompiledBenefits& programme);
/// "code" of a coupon.
[[nodiscard]] domain::CouponCode read_coupon_code(ObjectReader& reader);
[[nodiscard]] Selection read_selection(ObjectReader& reader, CompiledBenefits& programme);

}  // namespace pos::programme
