#include "pos/programme/class_joining.hpp"

#include <algorithm>

namespace pos::programme {
namespace {

/// From 1; 0: a class that the programme does not have.
std::size_t place_of(const std::vector<NamedClass>& classes, const domain::ClassCode& code) {
  const auto found = std::ranges::find(classes, code, &NamedClass::code);
  return found == classes.end() ? 0 : static_cast<std::size_t>(found - classes.begin()) + 1;
}

bool is_bought(const std::vector<BasketLine>& lines, const std::string& fee) {
  return !fee.empty() && std::ranges::any_of(lines, [&](const BasketLine& line) {
    return line.article.code == fee;
  });
}

}  // namespace

std::optional<Joining> joining_of(const Programme& programme, const QuoteInput& input) {
  if (!input.member || input.member->standing == domain::MemberStanding::blocked) {
    return std::nullopt;
  }
  const domain::MemberFacts& facts = *input.member;
  const auto& classes = programme.classes();
  for (std::size_t i = classes.size(); i > place_of(classes, facts.member_class); --i) {
    const NamedClass& one = classes[i - 1];
    if (!one.can_be_joined()) continue;
    const auto ways = missing_on(one.joined_by, facts, core::local_day(input.moment));
    const bool earned = std::ranges::count(ways, 0, &domain::MissingWay::missing) != 0;
    // What is his already is not sold to him.
    if (earned) return Joining{facts.member_class, one.code, {}};
    if (is_bought(input.lines, one.fee)) return Joining{facts.member_class, one.code, one.fee};
  }
  return std::nullopt;
}

QuoteInput as_judged(QuoteInput input, const std::optional<Joining>& joined,
                     const std::optional<Subscribed>& bought) {
  if (!input.member) return input;
  if (joined) input.member->member_class = joined->to;
  if (bought) input.member->subscription_last = bought->last;
  return input;
}

QuoteInput as_judged(QuoteInput input, const Quote& quote) {
  return as_judged(std::move(input), quote.joined, quote.subscribed);
}

domain::ClassCode class_judged(const domain::MemberFacts& facts, const Quote& quote) {
  return quote.joined ? quote.joined->to : facts.member_class;
}

std::optional<NextClass> next_class(const Programme& programme, const domain::MemberFacts& facts,
                                    domain::Day day) {
  const auto& classes = programme.classes();
  for (std::size_t i = place_of(classes, facts.member_class); i < classes.size(); ++i) {
    if (!classes[i].can_be_joined()) continue;
    return NextClass{&classes[i], missing_on(classes[i].joined_by, facts, day)};
  }
  return std::nullopt;
}

bool waits(const std::vector<NamedClass>& classes, const domain::MemberFacts& facts) {
  return !classes.empty() && classes.front().waits && classes.front().code == facts.member_class;
}

}  // namespace pos::programme
