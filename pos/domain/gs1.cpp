#include "pos/domain/gs1.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "pos/domain/check_digit.hpp"

namespace pos::domain {

namespace {

/// How the data of one family of identifiers looks. A four-digit family of measures has its last
/// digit free.
struct Family {
  std::string_view prefix;
  std::size_t identifier_digits;
  std::size_t shortest;
  std::size_t longest;
  bool digits_only;
  std::size_t checked;  ///< so many leading digits end in a modulo-10 check digit; 0: none

  bool predefined;  ///< needs no separator behind it
};

constexpr std::array kFamilies = {
    Family{"00", 2, 18, 18, true, 18, true},    Family{"01", 2, 14, 14, true, 14, true},
    Family{"02", 2, 14, 14, true, 14, true},    Family{"11", 2, 6, 6, true, 0, true},
    Family{"12", 2, 6, 6, true, 0, true},       Family{"13", 2, 6, 6, true, 0, true},
    Family{"15", 2, 6, 6, true, 0, true},       Family{"16", 2, 6, 6, true, 0, true},
    Family{"17", 2, 6, 6, true, 0, true},       Family{"20", 2, 2, 2, true, 0, true},
    Family{"10", 2, 1, 20, false, 0, false},    Family{"21", 2, 1, 20, false, 0, false},
    Family{"22", 2, 1, 20, false, 0, false},    Family{"255", 3, 13, 25, true, 13, false},
    Family{"30", 2, 1, 8, true, 0, false},      Family{"37", 2, 1, 8, true, 0, false},
    Family{"31", 4, 6, 6, true, 0, true},       Family{"32", 4, 6, 6, true, 0, true},
    Family{"33", 4, 6, 6, true, 0, true},       Family{"34", 4, 6, 6, true, 0, true},
    Family{"35", 4, 6, 6, true, 0, true},       Family{"36", 4, 6, 6, true, 0, true},
    Family{"392", 4, 1, 15, true, 0, false},    Family{"393", 4, 4, 18, true, 0, false},
    Family{"41", 3, 13, 13, true, 13, true},    Family{"8017", 4, 18, 18, true, 18, false},
    Family{"8018", 4, 18, 18, true, 18, false}, Family{"8019", 4, 1, 10, true, 0, false},
    Family{"8110", 4, 1, 70, false, 0, false},  Family{"8111", 4, 4, 4, true, 0, false},
    Family{"8112", 4, 1, 60, false, 0, false},  Family{"8200", 4, 1, 70, false, 0, false},
};

const Family* family_of(std::string_view text) {
  for (const Family& family : kFamilies) {
    if (text.starts_with(family.prefix) && text.size() >= family.identifier_digits &&
        is_digits(text.substr(0, family.identifier_digits))) {
      return &family;
    }
  }
  return nullptr;
}

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
}

std::optional<Gs1Fault> fault_of(const Family& family, std::string_view value) {
  if (value.size() < family.shortest || value.size() > family.longest) return Gs1Fault::bad_length;
  if (family.digits_only ? !is_digits(value) : !is_printable(value)) {
    return Gs1Fault::bad_character;
  }
  if (family.checked > 0 && !check_digit_fits(value.substr(0, family.checked), CheckKind::mod10)) {
    return Gs1Fault::bad_check_digit;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_text(Gs1Fault fault) {
  switch (fault) {
    case Gs1Fault::empty:
      return "empty";
    case Gs1Fault::unknown_identifier:
      return "unknown application identifier";
    case Gs1Fault::bad_length:
      return "an element has the wrong length";
    case Gs1Fault::bad_character:
      return "an element has a character that it may not have";
    case Gs1Fault::bad_check_digit:
      return "check digit does not fit";
  }
  return "?";
}

bool is_gs1_symbol(std::string_view aim) {
  constexpr std::array<std::string_view, 6> kSymbols = {"]C1", "]e0", "]d2", "]Q3", "]z1", "]J1"};
  return std::ranges::find(kSymbols, aim) != kSymbols.end();
}

core::Expected<std::vector<Gs1Element>, Gs1Fault> parse_gs1(std::string_view text) {
  if (text.starts_with(kGroupSeparator)) text.remove_prefix(1);
  if (text.empty()) return core::fail(Gs1Fault::empty);
  std::vector<Gs1Element> elements;
  while (!text.empty()) {
    const Family* family = family_of(text);
    if (family == nullptr) return core::fail(Gs1Fault::unknown_identifier);
    const std::string_view identifier = text.substr(0, family->identifier_digits);
    text.remove_prefix(identifier.size());
    const std::size_t separator = std::min(text.find(kGroupSeparator), text.size());
    const std::size_t length =
        family->predefined ? std::min(family->longest, separator) : separator;
    const std::string_view value = text.substr(0, length);
    if (const auto fault = fault_of(*family, value)) return core::fail(*fault);
    elements.push_back({std::string(identifier), std::string(value)});
    text.remove_prefix(length);
    if (text.starts_with(kGroupSeparator)) text.remove_prefix(1);
  }
  return elements;
}

ScannedCode classify_gs1(std::string_view text, const CodeRanges& ranges) {
  using Reason = UnknownCode::Reason;
  const auto elements = parse_gs1(text);
  if (!elements) {
    return UnknownCode{elements.error() == Gs1Fault::bad_check_digit ? Reason::bad_check_digit
                                                                     : Reason::not_for_members};
  }
  const auto value_of = [&](std::string_view identifier) -> const std::string* {
    for (const Gs1Element& element : *elements) {
      if (element.identifier == identifier) return &element.value;
    }
    return nullptr;
  };
  if (const std::string* member = value_of("8018"); member != nullptr && !value_of("8017")) {
    if (const auto card = CardNumber::parse(*member, ranges)) return *card;
    return UnknownCode{Reason::foreign};
  }
  const std::string* gtin = value_of("01");
  // A GTIN-14 with a first digit other than 0 names a case of articles, which no till sells.
  if (gtin != nullptr && gtin->front() == '0') {
    if (const auto code = ArticleCode::parse(std::string_view(*gtin).substr(1))) return *code;
  }
  return UnknownCode{Reason::not_for_members};
}

}  // namespace pos::domain
