#pragma once

#include "pos/app/views/pay_view.hpp"
#include "pos/app/views/view_parts.hpp"

namespace pos::app {

struct ReturnLineView {
  std::string id;  ///< "return.line.0"
  std::size_t line = 0;
  std::string name;
  std::string sold;               ///< "× 3 · 2 left"
  std::string chosen;             ///< "1"
  std::string amount;             ///< paid back for the chosen pieces
  std::int64_t quantity = 0;      ///< chosen
  std::int64_t quantity_max = 0;  ///< what is left
};

struct ReturnView {
  std::string title;
  std::string subtitle;  ///< of the sale found: when, whose
  FieldView receipt;
  std::vector<ReturnLineView> lines;  ///< empty: no sale found yet
  std::vector<TenderView> tenders;    ///< how the money goes back
  AmountView money_back;
  AmountView rounding;             ///< empty label: none
  std::vector<AmountView> points;  ///< given back, taken back
  std::optional<ButtonView> all_back;
  std::optional<ButtonView> void_sale;  ///< only on the day of the sale and before any return
  std::string explanation;
  MessageView message;
  ButtonView cancel;
  ButtonView confirm;
  bool busy = false;
};

}  // namespace pos::app
