#pragma once

#include <variant>

#include "pos/app/views/ask_view.hpp"
#include "pos/app/views/checkout_view.hpp"
#include "pos/app/views/day_view.hpp"
#include "pos/app/views/find_view.hpp"
#include "pos/app/views/join_view.hpp"
#include "pos/app/views/pay_view.hpp"
#include "pos/app/views/points_view.hpp"
#include "pos/app/views/question_view.hpp"
#include "pos/app/views/return_view.hpp"
#include "pos/app/views/sign_in_view.hpp"
#include "pos/app/views/why_view.hpp"

namespace pos::app {

using SheetView = std::variant<std::monostate, FindView, JoinView, WhyView, PointsView, PayView,
                               ReturnView, AskView, DayView>;

/// All that is on the screen at one moment. With `sign_in` only that is drawn; otherwise the
/// checkout, the sheet over it, and the question over both.
struct ScreenView {
  domain::Language language = domain::Language::en;
  bool right_to_left = false;
  std::optional<SignInView> sign_in;
  CheckoutView checkout;
  SheetView sheet;
  std::optional<QuestionView> question;
};

}  // namespace pos::app
