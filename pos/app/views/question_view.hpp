#pragma once

#include "pos/app/views/view_parts.hpp"

namespace pos::app {

/// Two big buttons over whatever is on the screen. Enter keeps; Tab, Enter replaces; Esc keeps.
struct QuestionView {
  std::string id = "question";
  std::string title;  ///< "Replace Noa L. by George K.?"
  std::string detail;
  std::string keep_label;  ///< QuestionAnswered{false}: the default
  std::string replace_label;
};

}  // namespace pos::app
