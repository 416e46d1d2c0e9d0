#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "pos/core/expected.hpp"

namespace pos::domain {

/// Whose national numbers are meant when no country code is given.
enum class PhonePlan { israel, iran };

enum class PhoneKind { mobile, landline, internet, toll_free, foreign };

enum class PhoneFault {
  empty,
  letters,  ///< a letter or a sign that no phone number has
  too_short,
  too_long,
  unknown_area,  ///< the length fits, the first digits belong to nobody in this plan
};
[[nodiscard]] std::string_view to_text(PhoneFault fault);

/// A telephone number in E.164 form. It has no stream operator; to_log() and masked() are safe to
/// show.
class PhoneNumber {
 public:
  /// Takes +, 00, the country code alone, a lost leading zero, (0), blanks, dashes, dots,
  /// parentheses, and Persian and Arabic digits.
  [[nodiscard]] static core::Expected<PhoneNumber, PhoneFault> parse(std::string_view typed,
                                                                     PhonePlan plan);

  /// "+972534567890". Never write it to a disk, a log or the wire outside an encrypted field.
  [[nodiscard]] const std::string& e164() const { return e164_; }
  [[nodiscard]] PhoneKind kind() const { return kind_; }
  /// False for a range that the plan's table does not list; numbering plans move, so this is a
  /// warning.
  [[nodiscard]] bool in_known_range() const { return known_range_; }
  [[nodiscard]] std::string_view last_two() const;
  /// The national form with all but the last two digits hidden, "•••-•••-••90"; for the screen.
  [[nodiscard]] std::string masked() const;
  /// As people of that country write it, "053-456-7890"; foreign numbers in E.164.
  [[nodiscard]] std::string national() const;

  friend bool operator==(const PhoneNumber& a, const PhoneNumber& b) { return a.e164_ == b.e164_; }
  friend auto operator<=>(const PhoneNumber& a, const PhoneNumber& b) {
    return a.e164_ <=> b.e164_;
  }

 private:
  PhoneNumber(std::string e164, PhoneKind kind, bool known_range)
      : e164_(std::move(e164)), kind_(kind), known_range_(known_range) {}
  friend class PhoneParser;

  std::string e164_;
  PhoneKind kind_ = PhoneKind::foreign;
  bool known_range_ = true;
};

/// "••90"
[[nodiscard]] std::string to_log(const PhoneNumber& phone);

}  // namespace pos::domain
