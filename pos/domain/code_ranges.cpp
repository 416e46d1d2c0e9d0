#include "pos/domain/code_ranges.hpp"

#include <algorithm>
#include <optional>

#include "pos/domain/payment_card.hpp"

namespace pos::domain {

namespace {

constexpr int kCardLengthMin = 6;
constexpr int kCardLengthMax = 19;
constexpr std::size_t kLabelLength = 13;

/// One configured range, as what it takes.
struct Taken {
  std::string name;
  std::string prefix;
  int length = 13;
};

bool digits_or_empty(std::string_view text) { return text.empty() || is_digits(text); }

std::string label_prefix(const LabelRange& label) {
  return label.pattern.substr(0, label.pattern.find_first_not_of("0123456789"));
}

/// Fixed digits, then at most one run each of I, W and P, then C.
bool is_good_pattern(std::string_view pattern) {
  if (pattern.size() != kLabelLength || pattern.back() != 'C') return false;
  const std::size_t fixed = std::min(pattern.find_first_not_of("0123456789"), pattern.size());
  if (fixed == 0) return false;
  std::string order;
  for (const char c : pattern.substr(fixed, kLabelLength - 1 - fixed)) {
    if (c != 'I' && c != 'W' && c != 'P') return false;
    if (order.empty() || order.back() != c) order += c;
  }
  const bool once = std::ranges::count(order, 'I') == 1 && std::ranges::count(order, 'W') <= 1 &&
                    std::ranges::count(order, 'P') <= 1;
  return once && std::ranges::count(pattern, 'I') <= 7 && order.size() >= 2;
}

bool overlap(const Taken& a, const Taken& b) {
  if (a.length != b.length) return false;
  return a.prefix.starts_with(b.prefix) || b.prefix.starts_with(a.prefix);
}

/// True when some number with this prefix and length would be a payment card's.
bool touches_payment(const CardRange& range) {
  // Four digits decide every payment range, so trying all ends of a short prefix is enough.
  constexpr std::size_t kDeciding = 6;
  std::string prefix = range.prefix.substr(0, kDeciding);
  const auto missing = kDeciding - prefix.size();
  const int tries = missing == 0 ? 1 : 1000;
  for (int i = 0; i < tries; ++i) {
    std::string digits = prefix;
    if (missing > 0) {
      std::string tail = std::to_string(1000 + i).substr(1);
      digits += tail.substr(0, std::min<std::size_t>(missing, 3));
    }
    digits.resize(static_cast<std::size_t>(range.length), '0');
    if (in_payment_range(digits)) return true;
  }
  return false;
}

using Faults = std::vector<CodeRangeFault>;
using Kind = CodeRangeFault::Kind;

void check_card(const CardRange& card, const std::string& name, Faults& faults) {
  if (!is_digits(card.prefix)) {
    faults.push_back({Kind::prefix_not_digits, name, ""});
  } else if (card.length < kCardLengthMin || card.length > kCardLengthMax) {
    faults.push_back({Kind::length_out_of_bounds, name, ""});
  } else if (card.prefix.size() + 1 >= static_cast<std::size_t>(card.length)) {
    faults.push_back({Kind::prefix_too_long, name, ""});
  } else if (touches_payment(card)) {
    faults.push_back({Kind::payment_range, name, ""});
  }
}

void check_overlaps(const std::vector<Taken>& taken, Faults& faults) {
  for (std::size_t i = 0; i < taken.size(); ++i) {
    for (std::size_t j = i + 1; j < taken.size(); ++j) {
      if (overlap(taken[i], taken[j])) {
        faults.push_back({Kind::overlap, taken[i].name, taken[j].name});
      }
    }
  }
}

}  // namespace

CodeRanges usual_code_ranges() {
  CodeRanges ranges;
  ranges.cards.push_back({"20", 13, CheckKind::mod10});
  ranges.labels.push_back({"21IIIIIPPPPPC"});
  for (int prefix = 40; prefix <= 49; ++prefix) {
    ranges.articles.push_back({"0" + std::to_string(prefix)});
  }
  return ranges;
}

std::string to_text(const CodeRangeFault& fault) {
  switch (fault.kind) {
    case Kind::prefix_not_digits:
      return fault.first + ": the prefix must be digits";
    case Kind::length_out_of_bounds:
      return fault.first + ": a card has 6 to 19 digits";
    case Kind::prefix_too_long:
      return fault.first + ": the prefix leaves no digits to give out";
    case Kind::bad_pattern:
      return fault.first + ": 13 characters: fixed digits, then I, then W or P, then C";
    case Kind::overlap:
      return fault.first + " and " + fault.second + " take the same numbers";
    case Kind::payment_range:
      return fault.first + ": these are payment card numbers";
  }
  return "?";
}

std::vector<CodeRangeFault> lint(const CodeRanges& ranges) {
  Faults faults;
  std::vector<Taken> taken;
  for (const CardRange& card : ranges.cards) {
    const std::string name = "cards " + card.prefix;
    check_card(card, name, faults);
    if (is_digits(card.prefix)) taken.push_back({name, card.prefix, card.length});
  }
  for (const LabelRange& label : ranges.labels) {
    const std::string name = "labels " + label.pattern;
    if (!is_good_pattern(label.pattern)) {
      faults.push_back({Kind::bad_pattern, name, ""});
    } else {
      taken.push_back({name, label_prefix(label), static_cast<int>(kLabelLength)});
    }
  }
  for (const ArticleRange& article : ranges.articles) {
    const std::string name = "articles " + article.prefix;
    if (!is_digits(article.prefix)) {
      faults.push_back({Kind::prefix_not_digits, name, ""});
    } else if (article.prefix.size() >= kLabelLength) {
      faults.push_back({Kind::prefix_too_long, name, ""});
    } else {
      taken.push_back({name, article.prefix, static_cast<int>(kLabelLength)});
    }
  }
  check_overlaps(taken, faults);
  if (!ranges.coupon_prefix.empty() && digits_or_empty(ranges.coupon_prefix)) {
    faults.push_back({Kind::overlap, "coupon prefix " + ranges.coupon_prefix, "articles"});
  }
  return faults;
}

const CardRange* card_range_of(std::string_view digits, const CodeRanges& ranges) {
  const CardRange* found = nullptr;
  for (const CardRange& card : ranges.cards) {
    if (digits.size() != static_cast<std::size_t>(card.length)) continue;
    if (!digits.starts_with(card.prefix)) continue;
    if (found == nullptr || card.prefix.size() > found->prefix.size()) found = &card;
  }
  return found;
}

}  // namespace pos::domain
