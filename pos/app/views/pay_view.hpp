#pragma once

#include "pos/app/views/view_parts.hpp"
#include "pos/programme/facts.hpp"

namespace pos::app {

struct TenderView {
  programme::Tender::Kind kind = programme::Tender::Kind::cash;
  std::string id;  ///< "pay.cash"
  std::string label;
  bool chosen = false;
};

struct QuickAmountView {
  std::string id;  ///< "pay.quick.0"
  domain::Money received;
  std::string label;
};

struct PayView {
  std::string title;
  std::string member;  ///< form of address; empty: none
  std::string total;   ///< "93.85 ₪"
  std::vector<TenderView> tenders;
  std::optional<FieldView> received;  ///< cash only
  std::vector<QuickAmountView> quick;
  AmountView rounding;  ///< empty label: none
  AmountView change;    ///< empty label: not cash; "Still missing" while too little was received
  bool short_of_money = false;
  std::string earns;  ///< "Earns 93 points · balance 1,333"; empty: nothing
  std::string explanation;
  MessageView message;
  ButtonView cancel;
  ButtonView confirm;
  bool busy = false;  ///< between Enter and the commit
};

}  // namespace pos::app
