#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

#include "pos/domain/coupon_code.hpp"
#include "pos/programme/benefit_parse.hpp"

namespace pos::programme {
namespace {

using core::Json;
using domain::kAmountMax;
using domain::Money;
using domain::Points;
using GiveKind = Give::Kind;

struct GiveWord {
  std::string_view word;
  GiveKind kind;
};
constexpr std::array<GiveWord, 25> kGives = {{{"percent", GiveKind::percent},
                                              {"per_mille", GiveKind::percent},
                                              {"percent_by_class", GiveKind::class_percent},
                                              {"percent_by_tier", GiveKind::tier_percent},
                                              {"amount", GiveKind::amount},
                                              {"amount_each", GiveKind::amount_each},
                                              {"fixed_price", GiveKind::fixed_price},
                                              {"nth_percent", GiveKind::nth_percent},
                                              {"pick", GiveKind::pick},
                                              {"get", GiveKind::get},
                                              {"set", GiveKind::set},
                                              {"by_quantity", GiveKind::by_quantity},
                                              {"by_amount", GiveKind::by_amount},
                                              {"for_each", GiveKind::for_each},
                                              {"points", GiveKind::points},
                                              {"points_each", GiveKind::points_each},
                                              {"points_per", GiveKind::points_per},
                                              {"earn_percent", GiveKind::earn_percent},
                                              {"cash_back", GiveKind::cash_back},
                                              {"coupon", GiveKind::coupon},
                                              {"task", GiveKind::task},
                                              {"early_access", GiveKind::early_access},
                                              {"prompt", GiveKind::prompt},
                                              {"question", GiveKind::question},
                                              {"suggest", GiveKind::suggest}}};
constexpr std::int64_t kPiecesMax = 1'000'000;
constexpr std::int64_t kPointsMax = 1'000'000'000;
constexpr std::size_t kPartsMax = 8;
constexpr std::size_t kGradedStepsMax = 32;
constexpr std::size_t kSuggestedMax = 64;
constexpr std::size_t kAnswersOfQuestionMax = 4;  // a key and a button each
constexpr std::size_t kAnswerBytesMax = 60;
constexpr std::array<std::string_view, 2> kOf = {"same", "any"};
constexpr std::array<std::string_view, 2> kPickFrom = {"cheapest", "dearest"};
constexpr std::array<std::string_view, 2> kWhichPieces = {"all", "beyond"};

/// Reads one kind into `give`; `reader` holds its key.
class GiveReader {
 public:
  GiveReader(ObjectReader& reader, Give& give, CompiledBenefits& programme)
      : reader_(reader), give_(give), programme_(programme) {}

  void read(std::string_view word, GiveKind kind);
  void read_limits();

 private:
  template <class Named>
  void by_word(std::string_view key, const std::vector<Named>& known);
  void nth();
  void pick();
  void get();
  void set();
  void check_parts(ObjectReader& inner);
  void by_quantity();
  void by_amount();
  void for_each();
  void points_per();
  void cash_back();
  void coupon();
  void question();
  void suggest();
  void steps(ObjectReader& inner, std::int64_t from_max, bool of_pieces);
  Reduction reduction(ObjectReader& inner, bool may_price);
  Pieces pieces(ObjectReader& inner);

  ObjectReader& reader_;
  Give& give_;
  CompiledBenefits& programme_;
};

void GiveReader::read(std::string_view word, GiveKind kind) {
  give_.kind = kind;
  switch (kind) {
    case GiveKind::percent:
      give_.per_mille =
          word == "percent" ? reader_.integer(word, 1, 100) * 10 : reader_.integer(word, 1, 1000);
      return;
    case GiveKind::class_percent:
      return by_word(word, programme_.classes);
    case GiveKind::tier_percent:
      return by_word(word, programme_.tiers);
    case GiveKind::amount:
    case GiveKind::amount_each:
      give_.amount = Money::of(reader_.integer(word, 1, kAmountMax));
      return;
    case GiveKind::fixed_price:
      give_.amount = Money::of(reader_.integer(word, 0, kAmountMax));
      return;
    case GiveKind::nth_percent:
      return nth();
    case GiveKind::pick:
      return pick();
    case GiveKind::get:
      return get();
    case GiveKind::set:
      return set();
    case GiveKind::by_quantity:
      return by_quantity();
    case GiveKind::by_amount:
      return by_amount();
    case GiveKind::for_each:
      return for_each();
    case GiveKind::points:
    case GiveKind::points_each:
      give_.points = Points::of(reader_.integer(word, 1, kPointsMax));
      return;
    case GiveKind::points_per:
      return points_per();
    case GiveKind::earn_percent:
      give_.per_mille = reader_.integer(word, 101, 10'000) * 10;
      return;
    case GiveKind::cash_back:
      return cash_back();
    case GiveKind::coupon:
      return coupon();
    case GiveKind::task:
    case GiveKind::prompt:
      if (!reader_.boolean_or(word, false)) reader_.complain(word, "is not true", "write true");
      return;
    case GiveKind::early_access: {
      ObjectReader inner = reader_.object(word);
      give_.on_sale = inner.day("on_sale");
      if (!give_.on_sale) inner.complain("on_sale", "is missing", "write the first day for all");
      inner.finish();
      return;
    }
    case GiveKind::question:
      return question();
    case GiveKind::suggest:
      return suggest();
  }
}

template <class Named>
void GiveReader::by_word(std::string_view key, const std::vector<Named>& known) {
  ObjectReader graded = reader_.object(key);
  for (const Named& one : known) {
    if (!graded.has(one.code.text())) continue;
    give_.per_mille_by_word.emplace_back(one.code.text(),
                                         graded.integer(one.code.text(), 1, 100) * 10);
  }
  if (give_.per_mille_by_word.empty()) {
    reader_.complain(key, "names none of the programme's", "write {\"code\": 10, ...}");
  }
  graded.finish();
}

Reduction GiveReader::reduction(ObjectReader& inner, bool may_price) {
  Reduction reduction;
  int named = 0;
  const auto money = [&](std::string_view key, Reduction::Kind kind, std::int64_t low) {
    if (!inner.has(key)) return;
    ++named;
    reduction.kind = kind;
    reduction.money = Money::of(inner.integer(key, low, kAmountMax));
  };
  for (const std::string_view key : {"percent", "per_mille"}) {
    if (!inner.has(key)) continue;
    ++named;
    const bool whole = key == "percent";
    reduction.per_mille = inner.integer(key, 1, whole ? 100 : 1000) * (whole ? 10 : 1);
  }
  money("amount", Reduction::Kind::amount, 1);
  if (may_price) money("price", Reduction::Kind::price, 0);
  if (named != 1) {
    inner.complain("percent", named == 0 ? "is missing" : "is not the only thing given",
                   may_price ? "write one of percent, per_mille, amount, price"
                             : "write one of percent, per_mille, amount");
  }
  return reduction;
}

Pieces GiveReader::pieces(ObjectReader& inner) {
  Pieces pieces;
  pieces.count = inner.integer_or("pieces", 1, kPiecesMax, 1);
  pieces.selection = read_selection(inner, programme_);
  return pieces;
}

void GiveReader::nth() {
  ObjectReader inner = reader_.object("nth_percent");
  give_.every = inner.integer("every", 2, 1'000);
  give_.per_mille = inner.integer("percent", 1, 100) * 10;
  give_.same_article = inner.word("of", kOf, std::size_t{0}) == 0;
  inner.finish();
}

void GiveReader::pick() {
  ObjectReader inner = reader_.object("pick");
  give_.pieces = inner.integer_or("pieces", 1, kPiecesMax, 1);
  give_.dearest_first = inner.word("from", kPickFrom, std::size_t{0}) == 1;
  give_.reduction = reduction(inner, true);
  inner.finish();
}

void GiveReader::get() {
  ObjectReader inner = reader_.object("get");
  ObjectReader buy = inner.object("buy");
  give_.needs.push_back(pieces(buy));
  buy.finish();
  give_.pieces = inner.integer_or("pieces", 1, kPiecesMax, 1);
  give_.dearest_first = inner.word("from", kPickFrom, std::size_t{0}) == 1;
  give_.times_max = inner.integer_or("times", 1, kPiecesMax, 0);
  give_.reduction = reduction(inner, true);
  inner.finish();
}

void GiveReader::set() {
  ObjectReader inner = reader_.object("set");
  std::size_t position = 0;
  for (const Json& item : inner.items("parts", kPartsMax, true)) {
    ObjectReader part(item, fmt::format("{}[{}]", inner.place_of("parts"), position++),
                      inner.findings());
    if (!item.is_object()) continue;
    give_.needs.push_back(pieces(part));
    part.finish();
  }
  check_parts(inner);
  give_.times_max = inner.integer_or("times", 1, kPiecesMax, 0);
  give_.reduction = reduction(inner, true);
  inner.finish();
}

/// An article that two parts name would leave open which of them is missing.
void GiveReader::check_parts(ObjectReader& inner) {
  if (give_.needs.empty()) inner.complain("parts", "has no part", "name each part's articles");
  std::set<WordIndex> codes;
  std::set<WordIndex> categories;
  bool twice = false;
  for (const Pieces& part : give_.needs) {
    const Selection& one = part.selection;
    for (const WordIndex code : one.codes) twice = !codes.insert(code).second || twice;
    for (const WordIndex code : one.categories) twice = !categories.insert(code).second || twice;
    if (one.codes.empty() && one.categories.empty()) {
      inner.complain("parts", "has a part that names no article", "give it codes or categories");
    }
  }
  if (twice) inner.complain("parts", "has an article in two parts", "name it in one of them");
}

void GiveReader::steps(ObjectReader& inner, std::int64_t from_max, bool of_pieces) {
  std::size_t position = 0;
  for (const Json& item : inner.items("steps", kGradedStepsMax, true)) {
    ObjectReader step(item, fmt::format("{}[{}]", inner.place_of("steps"), position++),
                      inner.findings());
    if (!item.is_object()) continue;
    const GradedStep graded{step.integer("from", 1, from_max), reduction(step, of_pieces)};
    if (!give_.steps.empty() && graded.from <= give_.steps.back().from) {
      step.complain("from", "is not above the step before", "write the steps in rising order");
    }
    give_.steps.push_back(graded);
    step.finish();
  }
  if (give_.steps.empty()) {
    inner.complain("steps", "has no step", "write [{\"from\": ..., \"percent\": ...}]");
  }
}

void GiveReader::by_quantity() {
  ObjectReader inner = reader_.object("by_quantity");
  steps(inner, kPiecesMax, true);
  give_.same_article = inner.word("of", kOf, std::size_t{0}) == 0;
  give_.beyond_only = inner.word("pieces", kWhichPieces, std::size_t{0}) == 1;
  inner.finish();
}

void GiveReader::by_amount() {
  ObjectReader inner = reader_.object("by_amount");
  steps(inner, kAmountMax, false);
  inner.finish();
}

void GiveReader::for_each() {
  ObjectReader inner = reader_.object("for_each");
  give_.per = Money::of(inner.integer("spent", 1, kAmountMax));
  give_.amount = Money::of(inner.integer("amount", 1, kAmountMax));
  give_.times_max = inner.integer_or("times", 1, kPiecesMax, 0);
  inner.finish();
}

void GiveReader::points_per() {
  ObjectReader inner = reader_.object("points_per");
  give_.points = Points::of(inner.integer("points", 1, kPointsMax));
  give_.per = Money::of(inner.integer("per", 1, kAmountMax));
  inner.finish();
}

void GiveReader::cash_back() {
  ObjectReader inner = reader_.object("cash_back");
  const bool whole = inner.has("percent");
  const std::string_view key = whole ? "percent" : "per_mille";
  give_.per_mille = inner.integer(key, 1, whole ? 100 : 1000) * (whole ? 10 : 1);
  inner.finish();
}

void GiveReader::coupon() {
  ObjectReader inner = reader_.object("coupon");
  give_.coupon = read_coupon_code(inner);
  give_.days = inner.integer("days", 1, 3'660);
  inner.finish();
}

void GiveReader::question() {
  ObjectReader inner = reader_.object("question");
  std::size_t position = 0;
  for (const Json& item : inner.items("answers", kAnswersOfQuestionMax, true)) {
    ObjectReader answer(item, fmt::format("{}[{}]", inner.place_of("answers"), position++),
                        inner.findings());
    if (!item.is_object()) continue;
    const ShortAnswer read{answer.code<domain::AnswerCode>("code"),
                           answer.texts("text", kAnswerBytesMax, true)};
    const bool twice = std::ranges::count(give_.answers, read.code, &ShortAnswer::code) != 0;
    if (twice) answer.complain("code", "is the code of two answers", "give each its own");
    give_.answers.push_back(read);
    answer.finish();
  }
  if (give_.answers.size() < 2) {
    inner.complain("answers", "leaves nothing to choose", "write two to four answers");
  }
  inner.finish();
}

void GiveReader::suggest() {
  ObjectReader inner = reader_.object("suggest");
  const std::vector<std::string> codes = inner.codes("codes", kSuggestedMax);
  if (!inner.has("codes")) inner.complain("codes", "is missing", "name the article");
  for (const std::string& code : codes) {
    const auto next = static_cast<WordIndex>(programme_.codes.size());
    give_.suggested.codes.push_back(programme_.codes.try_emplace(code, next).first->second);
  }
  std::sort(give_.suggested.codes.begin(), give_.suggested.codes.end());
  if (!codes.empty()) give_.suggested_first = codes.front();
  inner.finish();
}

void GiveReader::read_limits() {
  const bool counts_pieces =
      give_.kind == GiveKind::fixed_price || give_.kind == GiveKind::nth_percent ||
      give_.kind == GiveKind::amount_each || give_.kind == GiveKind::points_each;
  if (give_.takes_money() || give_.kind == GiveKind::cash_back) {
    if (reader_.has("at_most")) {
      give_.at_most = Money::of(reader_.integer("at_most", 1, kAmountMax));
    }
    if (reader_.has("at_least")) {
      give_.at_least = Money::of(reader_.integer("at_least", 1, kAmountMax));
    }
    if (give_.at_most && give_.at_least && *give_.at_least > *give_.at_most) {
      reader_.complain("at_least", "is more than \"at_most\"", "make it no more than that");
    }
  }
  if (counts_pieces && reader_.has("max_pieces")) {
    give_.max_pieces = reader_.integer("max_pieces", 1, kPiecesMax);
  }
  if (give_.earns() && give_.kind != GiveKind::cash_back && reader_.has("max_points")) {
    give_.points_max = Points::of(reader_.integer("max_points", 1, kPointsMax));
  }
}

}  // namespace

Give read_give(ObjectReader& outer, CompiledBenefits& programme) {
  Give give;
  ObjectReader reader = outer.object("give");
  if (!outer.has("give")) return give;
  std::vector<GiveWord> named;
  std::vector<std::string_view> known;
  for (const GiveWord& one : kGives) {
    known.push_back(one.word);
    if (reader.has(one.word)) named.push_back(one);
  }
  GiveReader kinds(reader, give, programme);
  if (named.size() != 1) {
    outer.complain("give", named.empty() ? "gives nothing" : "gives more than one thing",
                   mend_word("", known) + "; exactly one");
  } else {
    kinds.read(named.front().word, named.front().kind);
  }
  kinds.read_limits();
  reader.finish();
  return give;
}

}  // namespace pos::programme
