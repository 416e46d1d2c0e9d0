#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pos/core/crypto/crypto.hpp"
#include "tests/unit/programme/slow_basket.hpp"

/// The slow judge's control groups and surprises.
namespace tests::programme {

class SlowHidden {
 public:
  SlowHidden(const Json& document, const pos::domain::MemberFacts& member, std::string today)
      : document_(document), member_(member), today_(std::move(today)) {}

  /// The member must not hear of it: a control group, or not the surprise of today.
  bool is_hidden(const Json& benefit) const {
    if (const auto percent = benefit["control_percent"].integer()) {
      if (lot_of("control group\n" + *benefit["id"].text() + "\n") % 100 < *percent) return true;
    }
    const auto* name = benefit["surprise"].text();
    return name != nullptr && *benefit["id"].text() != surprise_of_today(*name);
  }

  /// Of a surprise all of those that take turns count together.
  std::vector<pos::domain::BenefitUse> uses_of(const Json& benefit) const {
    pos::domain::BenefitUse sum;
    for (const auto& use : member_.uses) {
      for (const Json& one : document_["benefits"].items()) {
        const bool turns = benefit["surprise"].text() != nullptr &&
                           one["surprise"].text() != nullptr &&
                           *one["surprise"].text() == *benefit["surprise"].text();
        const bool same = *one["id"].text() == *benefit["id"].text();
        if ((!same && !turns) || use.benefit.text() != *one["id"].text()) continue;
        sum.total += use.total;
        sum.days.insert(sum.days.end(), use.days.begin(), use.days.end());
      }
    }
    return {sum};
  }

 private:
  /// A number that is always the same for this text and member.
  std::int64_t lot_of(const std::string& text) const {
    auto bytes = pos::core::copy_of(pos::core::bytes_of(text));
    for (const auto byte : member_.id.bytes()) bytes.push_back(byte);
    const auto hash = pos::core::blake2b(bytes);
    return hash.bytes()[0] * 256 + hash.bytes()[1];
  }

  /// The id of the one that is drawn; empty when one was had today.
  std::string surprise_of_today(const std::string& name) const {
    std::map<std::string, std::set<std::string>> days;  // on which each was had
    std::string latest;
    for (const Json& one : document_["benefits"].items()) {
      if (one["surprise"].text() == nullptr || *one["surprise"].text() != name) continue;
      auto& had = days[*one["id"].text()];
      for (const auto& use : member_.uses) {
        if (use.benefit.text() != *one["id"].text()) continue;
        for (const auto day : use.days) had.insert(pos::domain::day_text(day));
      }
      if (!had.empty()) latest = std::max(latest, *had.rbegin());
    }
    if (!latest.empty() && latest >= today_) return {};
    std::vector<std::string> left;
    for (const auto& [id, had] : days) {
      if (had.count(latest) == 0) left.push_back(id);
    }
    if (left.empty()) {
      for (const auto& [id, had] : days) left.push_back(id);
    }
    const std::int64_t lot = lot_of("surprise\n" + name + "\n" + today_ + "\n");
    return left[static_cast<std::size_t>(lot) % left.size()];
  }

  const Json& document_;
  const pos::domain::MemberFacts& member_;
  std::string today_;
};

}  // namespace tests::programme
