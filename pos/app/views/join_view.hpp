#pragma once

#include "pos/app/views/view_parts.hpp"

namespace pos::app {

struct ConsentView {
  Consent consent = Consent::terms;
  std::string id;  ///< "join.terms"
  std::string label;
  std::string detail;
  bool given = false;
};

/// A class that can be joined: what it takes, and whether it is paid for in this sale.
struct JoinClassView {
  domain::ClassCode code;
  std::string id;  ///< "join.class.vip"
  std::string label;
  std::string detail;
  bool can_be_paid = false;
  bool chosen = false;
};

struct JoinView {
  std::string title;
  std::string subtitle;
  FieldView phone;
  FieldView first_name;
  ConsentView terms;
  ConsentView marketing;
  std::string birthday_label;
  FieldView birth_day;
  FieldView birth_month;
  FieldView card;
  std::optional<FieldView> referrer;   ///< where the programme has a referral
  std::vector<JoinClassView> classes;  ///< empty: joining is for all, and free
  /// The number belongs to a member: offers to attach that one instead.
  std::optional<ButtonView> attach_existing;
  std::string explanation;
  MessageView message;
  ButtonView cancel;
  ButtonView confirm;
  bool busy = false;  ///< being sealed: show, do not take input
};

}  // namespace pos::app
