#include <algorithm>

#include "pos/core/crypto/crypto.hpp"
#include "pos/domain/member_facts_json.hpp"
#include "pos/programme/judge.hpp"

/// Of what a member must not hear: control groups, and surprises for another day.
namespace pos::programme {

domain::BenefitUse surprise_use(const Worktop& top, const Surprise& surprise) {
  domain::BenefitUse all;
  for (const domain::BenefitUse& use : top.member->uses) {
    const bool one = std::ranges::any_of(surprise.members, [&](std::uint32_t i) {
      return top.programme.benefits[i].id == use.benefit;
    });
    if (!one) continue;
    all.total += use.total;
    all.days.insert(all.days.end(), use.days.begin(), use.days.end());
  }
  std::ranges::sort(all.days, std::greater{});
  return all;
}

namespace {

/// A number that is always the same for this member and this text.
std::int64_t lot_of(const std::string& text, const domain::MemberId& member) {
  core::Bytes bytes = core::copy_of(core::bytes_of(text));
  bytes.insert(bytes.end(), member.bytes().begin(), member.bytes().end());
  const core::Digest digest = core::blake2b(bytes);
  const core::BytesView hash = digest.bytes();
  return hash[0] * 256 + hash[1];
}

bool had_on(const Worktop& top, const domain::BenefitId& benefit, domain::Day day) {
  const auto use = std::ranges::find(top.member->uses, benefit, &domain::BenefitUse::benefit);
  return use != top.member->uses.end() && std::ranges::count(use->days, day) != 0;
}

/// One surprise a day, drawn from those that the member did not have the last time.
bool is_surprise_of_today(const Worktop& top, const Benefit& benefit) {
  if (top.member == nullptr) return false;
  const Surprise& surprise = top.programme.surprises[static_cast<std::size_t>(benefit.surprise)];
  const domain::BenefitUse had = surprise_use(top, surprise);
  if (!had.days.empty() && had.days.front() >= top.today) return false;
  std::vector<std::uint32_t> others;
  for (const std::uint32_t i : surprise.members) {
    const bool last =
        !had.days.empty() && had_on(top, top.programme.benefits[i].id, had.days.front());
    if (!last) others.push_back(i);
  }
  const auto& drawn_from = others.empty() ? surprise.members : others;
  const std::string text = "surprise\n" + surprise.name + "\n" + domain::day_text(top.today) + "\n";
  const auto drawn = static_cast<std::size_t>(lot_of(text, top.member->id)) % drawn_from.size();
  return top.programme.benefits[drawn_from[drawn]].id == benefit.id;
}

}  // namespace

bool is_hidden(const Worktop& top, const Benefit& benefit) {
  if (benefit.surprise >= 0 && !is_surprise_of_today(top, benefit)) return true;
  if (benefit.control_percent == 0 || top.member == nullptr) return false;
  return lot_of("control group\n" + benefit.id.text() + "\n", top.member->id) % 100 <
         benefit.control_percent;
}

}  // namespace pos::programme
