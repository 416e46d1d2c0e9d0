#pragma once

#include "pos/app/views/view_parts.hpp"
#include "pos/domain/codes.hpp"

namespace pos::app {

/// One of the answers that the member can give: BenefitAnswered, accepted, with this code.
struct AnswerView {
  std::string id;  ///< "ask.answer.0"
  std::string code;
  std::string label;
  std::string key;  ///< the digit that does the same, as the language writes it
};

/// The one question before paying. Enter leaves it for another time.
struct AskView {
  std::string title;
  std::string member;
  domain::BenefitId benefit;
  std::string question;
  std::string detail;  ///< what a cashier can say about it; may be empty
  std::vector<AnswerView> answers;
  AnswerView decline;  ///< BenefitAnswered, declined: it is not put to this member again
  std::string explanation;
  MessageView message;
  ButtonView cancel;
  ButtonView confirm;
};

}  // namespace pos::app
