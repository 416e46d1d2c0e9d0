#pragma once

#include <string>
#include <vector>

#include "pos/app/views/view_parts.hpp"

namespace pos::app {

struct DayRowView {
  std::string id;  ///< "day.sales"
  std::string label;
  std::string here;  ///< what this till says
  std::string hub;   ///< empty: it did not answer
  bool differs = false;
};

struct DayView {
  std::string title;
  std::string subtitle;
  std::string busy;  ///< while the till adds up and asks; empty: done
  std::string here_heading;
  std::string hub_heading;
  std::vector<DayRowView> rows;
  MessageView verdict;             ///< whether both sides say the same
  std::vector<std::string> notes;  ///< what waits, what the hub has not got
  MessageView message;
  ButtonView cancel;
  ButtonView confirm;
};

}  // namespace pos::app
