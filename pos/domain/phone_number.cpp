#include "pos/domain/phone_number.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "pos/domain/check_digit.hpp"
#include "pos/domain/clean_text.hpp"

namespace pos::domain {

namespace {

constexpr std::size_t kForeignDigitsMin = 8;
constexpr std::size_t kForeignDigitsMax = 15;

/// What a plan says of a national number (without the leading zero).
struct Judged {
  std::optional<PhoneKind> kind;  ///< nothing: see `fault`
  bool known_range = true;
  PhoneFault fault = PhoneFault::unknown_area;
};

Judged wrong_length(std::size_t length, std::size_t wanted) {
  Judged judged;
  judged.fault = length < wanted ? PhoneFault::too_short : PhoneFault::too_long;
  return judged;
}

Judged with_length(std::string_view national, std::size_t wanted, PhoneKind kind, bool known) {
  if (national.size() != wanted) return wrong_length(national.size(), wanted);
  Judged judged;
  judged.kind = kind;
  judged.known_range = known;
  return judged;
}

Judged judge_israel(std::string_view national) {
  if (national.size() < 8) return wrong_length(national.size(), 8);
  switch (national[0]) {
    case '5':
      // 050-055 and 058; 056 and 059 belong to Palestinian operators and are reached all the same.
      return with_length(national, 9, PhoneKind::mobile, national[1] != '7');
    case '7':
      return with_length(national, 9, PhoneKind::internet, national[1] >= '2');
    case '2':
    case '3':
    case '4':
    case '8':
    case '9':
      return with_length(national, 8, PhoneKind::landline, true);
    case '1': {
      const bool known = national.starts_with("1800") || national.starts_with("1700");
      return with_length(national, 10, PhoneKind::toll_free, known);
    }
    default:
      return national.size() > 10 ? wrong_length(national.size(), 10) : Judged{};
  }
}

Judged judge_iran(std::string_view national) {
  if (national.size() != 10) return wrong_length(national.size(), 10);
  if (national[0] == '0') return {};
  if (national[0] != '9') return with_length(national, 10, PhoneKind::landline, true);
  const bool known = (national[1] >= '0' && national[1] <= '4') || national[1] == '9';
  return with_length(national, 10, PhoneKind::mobile, known);
}

struct Plan {
  std::string_view country;
  Judged (*judge)(std::string_view national);
};

constexpr Plan kIsrael = {"972", judge_israel};
constexpr Plan kIran = {"98", judge_iran};

const Plan& plan_of(PhonePlan plan) { return plan == PhonePlan::israel ? kIsrael : kIran; }

std::string_view without_zero(std::string_view digits) {
  if (digits.starts_with('0')) digits.remove_prefix(1);
  return digits;
}

/// The typed signs as digits, and whether an international mark stood before them.
struct Typed {
  std::string digits;
  bool international = false;
};

core::Expected<Typed, PhoneFault> read_signs(std::string_view typed) {
  const auto clean = clean_input(typed);
  if (!clean) {
    switch (clean.error()) {
      case TextFault::empty:
        return core::fail(PhoneFault::empty);
      case TextFault::too_long:
        return core::fail(PhoneFault::too_long);
      default:
        return core::fail(PhoneFault::letters);
    }
  }
  std::string text = *clean;
  if (const auto at = text.find("(0)"); at != std::string::npos) text.erase(at, 3);
  Typed result;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      result.digits += c;
    } else if (c == '+') {
      if (result.international || !result.digits.empty()) return core::fail(PhoneFault::letters);
      result.international = true;
    } else if (std::string_view(" -().").find(c) == std::string_view::npos) {
      return core::fail(PhoneFault::letters);
    }
  }
  if (!result.international && result.digits.starts_with("00")) {
    result.international = true;
    result.digits.erase(0, 2);
  }
  if (result.digits.empty()) return core::fail(PhoneFault::empty);
  return result;
}

}  // namespace

/// Makes the only way to a PhoneNumber.
class PhoneParser {
 public:
  using Result = core::Expected<PhoneNumber, PhoneFault>;

  static Result national(const Plan& plan, std::string_view digits) {
    const Judged judged = plan.judge(digits);
    if (!judged.kind) return core::fail(judged.fault);
    return PhoneNumber("+" + std::string(plan.country) + std::string(digits), *judged.kind,
                       judged.known_range);
  }

  static Result international(std::string_view digits) {
    for (const Plan* plan : {&kIsrael, &kIran}) {
      if (!digits.starts_with(plan->country)) continue;
      return national(*plan, without_zero(digits.substr(plan->country.size())));
    }
    if (digits.size() < kForeignDigitsMin) return core::fail(PhoneFault::too_short);
    if (digits.size() > kForeignDigitsMax) return core::fail(PhoneFault::too_long);
    if (digits.starts_with('0')) return core::fail(PhoneFault::unknown_area);
    return PhoneNumber("+" + std::string(digits), PhoneKind::foreign, true);
  }
};

std::string_view to_text(PhoneFault fault) {
  switch (fault) {
    case PhoneFault::empty:
      return "empty";
    case PhoneFault::letters:
      return "contains letters";
    case PhoneFault::too_short:
      return "too short";
    case PhoneFault::too_long:
      return "too long";
    case PhoneFault::unknown_area:
      return "no such area code";
  }
  return "?";
}

core::Expected<PhoneNumber, PhoneFault> PhoneNumber::parse(std::string_view typed, PhonePlan plan) {
  const auto read = read_signs(typed);
  if (!read) return core::fail(read.error());
  if (read->international) return PhoneParser::international(read->digits);
  const Plan& home = plan_of(plan);
  const std::string_view digits = read->digits;
  auto at_home = PhoneParser::national(home, without_zero(digits));
  if (at_home || !digits.starts_with(home.country)) return at_home;
  const auto with_code =
      PhoneParser::national(home, without_zero(digits.substr(home.country.size())));
  return with_code ? with_code : at_home;
}

std::string_view PhoneNumber::last_two() const {
  return std::string_view(e164_).substr(e164_.size() - 2);
}

std::string PhoneNumber::national() const {
  const std::string_view all = e164_;
  const auto group = [](std::string_view digits, std::size_t first, std::size_t second) {
    return std::string(digits.substr(0, first)) + "-" + std::string(digits.substr(first, second)) +
           "-" + std::string(digits.substr(first + second));
  };
  if (kind_ == PhoneKind::foreign) return e164_;
  if (all.starts_with("+98"))
    return group("0" + std::string(all.substr(3)), kind_ == PhoneKind::landline ? 3 : 4,
                 kind_ == PhoneKind::landline ? 4 : 3);
  const std::string_view digits = all.substr(4);
  if (kind_ == PhoneKind::toll_free) return group(digits, 1, 3);
  return group("0" + std::string(digits), kind_ == PhoneKind::landline ? 2 : 3, 3);
}

std::string PhoneNumber::masked() const {
  const std::string shown = national();
  std::string out;
  std::size_t left = static_cast<std::size_t>(
      std::ranges::count_if(shown, [](char c) { return c >= '0' && c <= '9'; }));
  for (const char c : shown) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && left > 2) {
      out += "\u2022";
    } else {
      out += c;
    }
    if (digit) --left;
  }
  return out;
}

std::string to_log(const PhoneNumber& phone) {
  return "\u2022\u2022" + std::string(phone.last_two());
}

}  // namespace pos::domain
