#pragma once

#include <string>
#include <vector>

#include "pos/app/views/view_parts.hpp"

namespace pos::app {

struct PointsView {
  std::string title;
  std::string member;
  std::string balance;            ///< "1,240 points"
  std::string worth;              ///< "worth 124.00"
  std::string spendable;          ///< "At most 300 points now (30.00)"
  std::string limit;              ///< why not more; empty: the balance is the limit
  std::vector<std::string> days;  ///< "120 points become available on 3.12.2026"
  std::string chosen;             ///< "200 points"
  AmountView chosen_worth;
  AmountView total_after;
  MessageView message;
  ButtonView fewer;  ///< without a label: there are no points to choose, as of a gift card
  ButtonView more;
  ButtonView none;
  ButtonView all;
  ButtonView value;         ///< "Use stored value: 2.85"; empty label: there is none
  bool value_used = false;  ///< its tick
  ButtonView cancel;
  ButtonView confirm;
};

}  // namespace pos::app
