#pragma once

#include <string>
#include <vector>

#include "pos/core/chance.hpp"
#include "pos/domain/article.hpp"
#include "pos/terminal/demo/history_till.hpp"

namespace pos::terminal::demo {

/// A member as the sheet names her: by these she is found at a till.
struct Shopper {
  std::string phone;  ///< as it is typed
  std::string card;
};

/// What the people of the sample club buy: drawn from a seed, the same every time.
class Shopping {
 public:
  /// `big`: from this amount on a basket is a big one. `shoppers` in the order of the sheet; those
  /// before `named` have stories of their own and are never drawn. The chance outlives it.
  Shopping(std::vector<domain::Article> articles, domain::Money big, std::vector<Shopper> shoppers,
           std::size_t named, core::Chance& chance);

  /// One of five baskets is a big one; two of three people are members, some of them far more often
  /// than others.
  [[nodiscard]] Visit visit();
  /// The same without a member.
  [[nodiscard]] Visit basket();
  [[nodiscard]] bool percent(std::uint64_t percent) { return chance_.below(100) < percent; }
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return chance_.below(bound); }

 private:
  [[nodiscard]] std::vector<std::string> goods(bool big);

  std::vector<domain::Article> articles_;
  domain::Money big_;
  std::vector<Shopper> shoppers_;
  std::size_t named_;
  core::Chance& chance_;
};

}  // namespace pos::terminal::demo
