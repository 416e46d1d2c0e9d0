#pragma once

#include <string>
#include <vector>

#include "pos/domain/codes.hpp"
#include "pos/domain/language.hpp"
#include "pos/domain/money.hpp"

namespace pos::domain {

/// What is sold. The price contains VAT.
struct Article {
  std::string code;  ///< canonical digits, as ArticleCode gives them
  LocalText name;
  Money price;
  std::int64_t vat_per_mille = 0;  ///< 180 is 18 %
  CategoryCode category;
  bool demand = false;  ///< a demand product: the club marks it as much wanted
  bool earns = true;    ///< false: gift cards, newspapers
  friend bool operator==(const Article&, const Article&) = default;
};

struct Employee {
  StaffCode code;
  LocalText name;
  bool manager = false;
  friend bool operator==(const Employee&, const Employee&) = default;
};

struct Store {
  StoreCode code;
  LocalText name;
  RegionCode region;
  friend bool operator==(const Store&, const Store&) = default;
};

}  // namespace pos::domain
