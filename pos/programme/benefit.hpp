#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "pos/domain/member_facts.hpp"
#include "pos/programme/programme.hpp"

/// The compiled form of a programme: what the judge runs on. Words of the document (article codes,
/// categories, classes) are small numbers here, so that judging compares integers.
namespace pos::programme {

/// Index into a table of words of the programme; kNoWord: the programme never mentions the word.
using WordIndex = std::int32_t;
inline constexpr WordIndex kNoWord = -1;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
using WordTable = std::unordered_map<std::string, WordIndex, TextHash, std::equal_to<>>;

/// Which articles are meant. An article fits when it has one of the codes or categories (or none
/// are named), and the flags that are set, and is not excepted.
struct Selection {
  std::vector<WordIndex> codes;       // sorted
  std::vector<WordIndex> categories;  // sorted
  std::vector<WordIndex> except_codes;
  std::vector<WordIndex> except_categories;
  bool demand_only = false;
  bool earning_only = false;

  /// Names no article and no category, so that any article of its flags fits.
  [[nodiscard]] bool is_generic() const {
    return codes.empty() && categories.empty() && except_codes.empty() && except_categories.empty();
  }
  friend bool operator==(const Selection&, const Selection&) = default;
};

struct Condition {
  enum class Kind {
    all,
    any,
    none_of,  // "not": its one child must not hold
    member_class,
    tier,
    segment,
    store,
    region,
    dates,
    weekdays,
    hours,
    coupon,
    window,
    amount,
    quantity,
  };
  Kind kind = Kind::all;
  std::vector<Condition> children;
  std::vector<std::string> words;  // classes, tiers, segments, stores, regions; coupon: one code
  std::optional<domain::Day> first;
  std::optional<domain::Day> last;
  unsigned weekday_bits = 0;  // bit 0: Sunday
  int from_minute = 0;
  int to_minute = 0;        // exclusive; below from_minute: over midnight
  bool personal = false;    // coupon: held by the member, not presented
  bool single_use = false;  // coupon: once in the whole chain
  domain::EffectiveWindow::Kind window = domain::EffectiveWindow::Kind::birthday;
  std::int64_t threshold = 0;    // amount in minor units, or pieces
  bool after_discounts = false;  // amount
  Selection selection;           // amount, quantity
};

enum class Step { lines, member_class, basket };

struct Give {
  enum class Kind { percent, class_percent, amount, fixed_price, nth_percent, points, task };
  Kind kind = Kind::task;
  std::int64_t per_mille = 0;  // percent, nth_percent
  std::vector<std::pair<std::string, std::int64_t>> per_mille_by_class;
  domain::Money amount;      // amount, fixed_price (of one piece)
  std::int64_t every = 0;    // nth_percent: each n-th piece
  bool same_article = true;  // nth_percent: counted for each article by itself
  domain::Points points;
  std::optional<domain::Money> at_most;
  std::optional<std::int64_t> max_pieces;
};

struct Benefit {
  domain::BenefitId id;
  domain::LocalText name;
  domain::LocalText detail;
  std::map<std::string, domain::LocalText> name_by_class;
  std::optional<domain::Day> first;
  std::optional<domain::Day> last;
  bool members_only = true;
  bool online_only = false;
  bool asks = false;  // offered, and given when it is accepted
  Step step = Step::lines;
  std::int64_t priority = 0;
  std::int32_t group = -1;
  Condition when;
  Selection on;
  Give give;
  std::size_t position = 0;  // in the document
  int line = 0;              // in the document
};

struct ExclusiveGroup {
  std::string name;
  std::vector<std::uint32_t> members;  // in the order of execution
  /// No member names articles, so that a hint of "any article" holds for every article.
  bool generic = true;
};

/// Which benefits a basket can reach at all. Each benefit hangs at exactly one key, the most
/// selective that its conditions need, so that one that cannot apply is never looked at.
struct BenefitIndex {
  std::vector<std::vector<std::uint32_t>> by_code;      // WordIndex of an article code
  std::vector<std::vector<std::uint32_t>> by_category;  // WordIndex of a category
  std::unordered_map<std::string, std::vector<std::uint32_t>, TextHash, std::equal_to<>> by_coupon;
  std::unordered_map<std::string, std::vector<std::uint32_t>, TextHash, std::equal_to<>> by_class;
  std::unordered_map<std::string, std::vector<std::uint32_t>, TextHash, std::equal_to<>> by_tier;
  std::unordered_map<std::string, std::vector<std::uint32_t>, TextHash, std::equal_to<>> by_store;
  std::array<std::vector<std::uint32_t>, 3> by_window;
  std::vector<std::uint32_t> by_demand;
  std::vector<std::uint32_t> always;
};

struct CompiledBenefits {
  ProgrammeHash hash;
  std::string version;
  ClubRules rules;
  std::vector<NamedClass> classes;
  std::vector<NamedTier> tiers;
  std::vector<Benefit> benefits;  // in the order of execution: step, priority, id
  std::vector<std::uint32_t> document_order;
  std::vector<ExclusiveGroup> groups;
  WordTable codes;
  WordTable categories;
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> by_id;
  std::unordered_set<std::string, TextHash, std::equal_to<>> coupon_codes;
  BenefitIndex index;
};

/// Fills everything that follows from the benefits: order of execution, groups' members, index.
void compile_index(CompiledBenefits& programme);

}  // namespace pos::programme
