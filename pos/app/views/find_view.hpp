#pragma once

#include "pos/app/views/view_parts.hpp"

namespace pos::app {

struct FoundView {
  std::string id;  ///< "find.result.0"
  std::size_t result = 0;
  std::string name;
  std::string detail;  ///< class, tier, "···21"
};

struct FindView {
  std::string title;
  FieldView search;
  std::vector<FoundView> results;
  std::string explanation;
  MessageView message;
  std::optional<ButtonView> join;  ///< nobody has this number: join with it
  ButtonView cancel;
  ButtonView confirm;
};

}  // namespace pos::app
