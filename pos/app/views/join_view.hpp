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

/// A word that is written into a field at one touch; again: taken out.
struct QuickWordView {
  std::string id;  ///< "join.family.0.daughter"
  std::string label;
  bool chosen = false;
};

/// A child's birthday, or the anniversary, which takes a day alone.
struct FamilyDayView {
  std::string label;
  FieldView day;
  FieldView month;
  std::optional<FieldView> relation;
  std::optional<FieldView> liking;
  std::vector<QuickWordView> relations;
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
  ButtonView family;  ///< to the page of the family's days, which says how many are noted
  /// Not empty: that page is open instead of the fields. Escape leads back.
  std::vector<FamilyDayView> family_days;
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
