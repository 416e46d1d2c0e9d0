#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "pos/core/fixed_bytes.hpp"

namespace pos::domain {

/// A short name that people give: 1 to 24 letters, digits, '-', '_' or '.', plain ASCII.
template <class Tag>
class Code {
 public:
  static constexpr std::size_t kLengthMax = 24;

  Code() = default;  ///< the empty code, which parse() never gives
  [[nodiscard]] static std::optional<Code> parse(std::string_view text) {
    if (text.empty() || text.size() > kLengthMax) return std::nullopt;
    for (const char c : text) {
      const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                         (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.';
      if (!plain) return std::nullopt;
    }
    Code code;
    code.text_ = std::string(text);
    return code;
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  friend auto operator<=>(const Code&, const Code&) = default;

 private:
  std::string text_;
};

using StoreCode = Code<struct StoreTag>;
using RegionCode = Code<struct RegionTag>;
using StaffCode = Code<struct StaffTag>;
using ClassCode = Code<struct ClassTag>;  ///< regular, VIP, business
using TierCode = Code<struct TierTag>;    ///< silver, gold
using BenefitId = Code<struct BenefitTag>;
using CouponCode = Code<struct CouponTag>;  ///< upper case
using SegmentCode = Code<struct SegmentTag>;
using CategoryCode = Code<struct CategoryTag>;
using AnswerCode = Code<struct AnswerTag>;  ///< one of those that a question offers

/// Given out by the hub when a till is paired; shown to people as "Till 3". Never 0.
struct TillNumber {
  std::uint32_t value = 0;
  friend auto operator<=>(const TillNumber&, const TillNumber&) = default;
};

using FactId = core::FactId;  ///< uid of a fact; a sale's is its receipt code
using MemberId = core::Id<struct MemberTag>;
using AccountId = core::Id<struct AccountTag>;
using RightId = core::Id<struct RightTag>;
using ProgrammeHash = core::Digest;  ///< of the document's bytes

}  // namespace pos::domain
