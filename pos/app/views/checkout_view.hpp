#pragma once

#include "pos/app/views/view_parts.hpp"
#include "pos/domain/codes.hpp"
#include "pos/domain/language.hpp"

namespace pos::app {

struct ConnectionView {
  enum class Kind : std::uint8_t { connected, offline, trouble };
  Kind kind = Kind::connected;
  std::string text;                      ///< "Working offline since 14:05"
  std::string waiting;                   ///< "12 waiting"; empty: none
  std::optional<ButtonView> what_to_do;  ///< offline and trouble only
};

struct StatusView {
  std::string till;      ///< "Till 3"
  std::string employee;  ///< "Dana"; empty: nobody is signed in
  ConnectionView connection;
  ButtonView close_day;  ///< empty label: not a manager's screen
  ButtonView language;   ///< label "EN"
  ButtonView lock;
  std::string time;       ///< "14:32"
  std::string demo_mark;  ///< "DEMO"; empty in a real shop
};

/// One article of the basket and the discounts beneath it.
struct BasketLineView {
  std::string id;        ///< "basket.line.0": by position
  std::size_t line = 0;  ///< for LineSelected and LineQuantity
  std::string number;    ///< "1"
  std::string name;
  std::string quantity;  ///< "× 2"
  std::string unit_price;
  std::string amount;  ///< at shelf price
  std::vector<AmountView> discounts;
  bool selected = false;
};

struct ChipView {
  enum class Kind : std::uint8_t { tier, member_class };
  Kind kind = Kind::tier;
  std::string text;
};

struct MemberHeadView {
  std::string name;  ///< form of address
  std::vector<ChipView> chips;
  std::string digits;             ///< "···21"
  std::string balance;            ///< "1,240 points"
  std::string worth;              ///< "worth 124.00"; empty when points are not spent here
  std::string as_of;              ///< "as of 13:58" when older than 15 min, else empty
  std::vector<std::string> days;  ///< "80 points expire on 31.12.2026": what happens soon
  std::string next_tier;          ///< "46.00 short of Gold"; empty: nothing above, or no way there
  bool reaches_tier = false;      ///< the basket as it stands brings it: next_tier says so
  ButtonView remove;
};

/// One benefit in the member panel or on the sheet "Why?".
struct BenefitLineView {
  std::string id;  ///< "benefit.<BenefitId>"
  domain::BenefitId benefit;
  std::string text;
  std::string amount;         ///< "−8.00"; empty: none
  int progress_percent = -1;  ///< nearly: 0 .. 100; -1: no bar
};

/// Something for the cashier to do or to ask.
struct TaskView {
  std::string id;  ///< "task.<BenefitId>"
  domain::BenefitId benefit;
  std::string text;
  bool done = false;
  bool declined = false;  ///< tasks: the member does not want it
  /// Empty: a tick is all. Otherwise an offer: the articles to choose from (BenefitAnswered with
  /// kind accepted and this code, or declined).
  struct Choice {
    std::string id;
    std::string code;
    std::string label;
  };
  std::vector<Choice> choices;
  std::string decline_label;  ///< offers only
  bool offer = false;
  bool prompt = false;      ///< to be said: no tick; declined takes it off the screen
  bool suggestion = false;  ///< likewise, an article; drawn as a quiet line
};

struct MemberPanelView {
  std::optional<MemberHeadView> head;
  /// Without a member: what to do, and after an unknown card the line that offers to join.
  std::string invitation;
  std::string unknown_card;  ///< "Card not in the club yet. It earns 93 points."; else empty
  std::vector<ButtonView> invitation_buttons;
  std::string applied_heading;
  std::string applied_sum;  ///< "−25.25"
  std::vector<BenefitLineView> applied;
  std::string nearly_heading;
  std::vector<BenefitLineView> nearly;  ///< at most one
  std::string not_now_heading;
  std::vector<BenefitLineView> not_now;  ///< at most two
  std::vector<TaskView> tasks;
};

struct CheckoutView {
  StatusView status;
  std::string basket_heading;
  std::string item_count;  ///< "7 items"
  std::vector<BasketLineView> lines;
  std::string empty_basket;  ///< what to do, when there is no line
  FieldView entry;
  std::vector<ButtonView> line_buttons;  ///< for the selected line: less, more, delete
  MemberPanelView member;
  std::string saved;                ///< "Saved with the club 25.25"; empty: nothing
  AmountView points_paid;           ///< "Paid with points", "−30.00"; empty label: none
  AmountView total;                 ///< "TOTAL", "93.85 ₪"
  std::vector<ButtonView> buttons;  ///< in reading order, the primary one last
  MessageView message;
};

}  // namespace pos::app
