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
#include "pos/programme/quote.hpp"

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
  bool undiscounted_only = false;  // no benefit has made the line cheaper yet

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
    distinct,
    month_days,
    months,
    visits,
    spend,
    balance,
    absence,
    interval,
    subscription,
    household,
    liking,
    bought,
  };
  Kind kind = Kind::all;
  std::vector<Condition> children;
  // Classes, tiers, segments, stores, regions; coupon: one code; liking: words in small letters;
  // bought: article codes.
  std::vector<std::string> words;
  std::optional<domain::Day> first;
  std::optional<domain::Day> last;
  unsigned calendar_bits = 0;  // bit 0: Sunday; months: bit 0 January
  int from_minute = 0;
  int to_minute = 0;        // exclusive; below from_minute: over midnight
  bool personal = false;    // coupon: held by the member, not presented
  bool single_use = false;  // coupon: once in the whole chain
  domain::EffectiveWindow::Kind window = domain::EffectiveWindow::Kind::birthday;
  // amount and spend in minor units, quantity and distinct in pieces, absence in days, interval in
  // percent of the member's own, subscription in days of grace,
  // household in people
  std::int64_t threshold = 0;
  std::optional<std::int64_t> limit;  // no more than this
  bool after_discounts = false;       // amount
  Selection selection;                // amount, quantity, distinct
};

enum class Step { lines, member_class, basket };

/// What becomes of pieces: so much per mille off, so much money off each, or a price for each. For
/// a set the money is that of the whole set.
struct Reduction {
  enum class Kind { per_mille, amount, price };
  Kind kind = Kind::per_mille;
  std::int64_t per_mille = 0;
  domain::Money money;
};

/// Some pieces of some articles: what a purchase needs, or a part of a set.
struct Pieces {
  Selection selection;
  std::int64_t count = 1;
};

/// A step of a graded benefit: what is given from so much money, or so many pieces, on.
struct GradedStep {
  std::int64_t from = 0;
  Reduction reduction;
};

struct Give {
  enum class Kind {
    percent,
    class_percent,
    tier_percent,
    amount,
    amount_each,
    fixed_price,
    nth_percent,
    pick,
    get,
    set,
    by_quantity,
    by_amount,
    for_each,
    points,
    points_each,
    points_per,
    earn_percent,
    cash_back,
    coupon,
    task,
    early_access,
    prompt,
    question,
    suggest
  };
  Kind kind = Kind::task;
  std::int64_t per_mille = 0;  // percent, nth_percent, cash_back; earn_percent: of the usual
  std::vector<std::pair<std::string, std::int64_t>> per_mille_by_word;  // of a class or tier
  domain::Money amount;           // amount; fixed_price and amount_each: of one piece
  std::int64_t every = 0;         // nth_percent: each n-th piece
  bool same_article = true;       // nth_percent, by_quantity: counted for each article by itself
  bool dearest_first = false;     // pick, get: which pieces are given
  bool beyond_only = false;       // by_quantity: only the pieces beyond a step have its price
  std::int64_t pieces = 1;        // pick, get: so many are given
  std::int64_t times_max = 0;     // get, set, for_each: at most so often in one sale; 0: no limit
  Reduction reduction;            // pick, get, set
  std::vector<Pieces> needs;      // get: its one purchase; set: its parts
  std::vector<GradedStep> steps;  // by_quantity, by_amount; rising
  domain::Money per;              // for_each, points_per: so much money
  domain::Points points;
  std::optional<domain::Points> points_max;
  domain::CouponCode coupon;  // issued to the member
  std::int64_t days = 0;      // that the coupon is good for, the day after the sale being the first
  std::optional<domain::Day> on_sale;  // early_access: the first day for everyone
  std::vector<ShortAnswer> answers;    // question
  Selection suggested;                 // suggest: articles by their codes
  std::string suggested_first;         // the one of them that is named
  std::optional<domain::Money> at_least;
  std::optional<domain::Money> at_most;
  std::optional<std::int64_t> max_pieces;

  /// Makes articles cheaper.
  [[nodiscard]] bool takes_money() const { return kind <= Kind::for_each; }
  /// Gives points or value, counted when it is known what is paid.
  [[nodiscard]] bool earns() const {
    return kind == Kind::points || kind == Kind::points_each || kind == Kind::points_per ||
           kind == Kind::earn_percent || kind == Kind::cash_back;
  }
  /// Moves no money and no points: an instruction to the cashier.
  [[nodiscard]] Soft soft() const {
    switch (kind) {
      case Kind::task:
        return Soft::task;
      case Kind::prompt:
        return Soft::prompt;
      case Kind::question:
        return Soft::question;
      case Kind::suggest:
        return Soft::suggest;
      default:
        return Soft::none;
    }
  }
  [[nodiscard]] bool is_soft() const { return soft() != Soft::none; }
  /// Gives single pieces away: they do not count towards the benefit's own conditions.
  [[nodiscard]] bool gives_pieces() const {
    return kind == Kind::pick || (kind == Kind::fixed_price && max_pieces.has_value());
  }
};

/// How often a member may have the benefit; 0: as often as it applies.
struct UseLimit {
  std::int64_t per_member = 0;
  std::int64_t per_day = 0;
  std::int64_t per_month = 0;  // of the calendar
  std::int64_t per_year = 0;   // likewise
  std::int64_t gap_days = 0;   // from one use to the next
  [[nodiscard]] bool none() const { return *this == UseLimit{}; }
  friend bool operator==(const UseLimit&, const UseLimit&) = default;
};

/// What a benefit may give while the hub cannot be asked.
enum class Offline { free, up_to, online_only };

struct Benefit {
  domain::BenefitId id;
  domain::LocalText name;
  domain::LocalText detail;
  std::map<std::string, domain::LocalText> name_by_class;
  std::optional<domain::Day> first;
  std::optional<domain::Day> last;
  bool members_only = true;
  Offline offline = Offline::free;
  bool asks = false;     // offered, and given when it is accepted
  domain::Money budget;  // worth that all members together get of it; zero: no end
  domain::Points cost;   // claimed for so many points of the balance
  UseLimit limit;
  std::int64_t control_percent = 0;  // of the members never see it
  Step step = Step::lines;
  std::int64_t priority = 0;
  std::int32_t group = -1;
  std::int32_t surprise = -1;  // of these surprises it is one
  Condition when;
  Selection on;
  Give give;
  std::size_t position = 0;  // in the document
  int line = 0;              // in the document

  /// Uses points or rights that another benefit may use first.
  [[nodiscard]] bool draws() const { return !cost.is_zero() || offline == Offline::up_to; }
};

struct ExclusiveGroup {
  std::string name;
  std::vector<std::uint32_t> members;  // in the order of execution
  /// No member names articles, so that a hint of "any article" holds for every article.
  bool generic = true;
};

/// Benefits that surprise a member in turn: one a day, drawn by lot, and never the last one again.
struct Surprise {
  std::string name;
  std::vector<std::uint32_t> members;  // by id
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
  std::vector<Surprise> surprises;
  std::vector<std::uint32_t> early;  // benefits that give early access
  std::size_t drawing = 0;           // benefits that use points or rights
  bool names_demand = false;         // some benefit tells demand products from others
  bool names_earning = false;        // likewise those that earn
  Selection gift_cards;              // by code and category; none named: the club sells none
  std::vector<SubscriptionArticle> subscriptions;
  /// Articles by which classes are joined, or the subscription is paid; sorted.
  std::vector<WordIndex> fees;
  WordTable codes;
  std::vector<std::string> code_words;  // the words of `codes` by their index
  WordTable categories;
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> by_id;
  std::unordered_set<std::string, TextHash, std::equal_to<>> coupon_codes;
  BenefitIndex index;
};

/// The coupon without which the condition does not hold; null: it needs none.
[[nodiscard]] const Condition* coupon_of(const Condition& condition);

/// Fills everything that follows from the benefits: order of execution, groups' members, index.
void compile_index(CompiledBenefits& programme);

}  // namespace pos::programme
