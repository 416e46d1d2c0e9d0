#pragma once

#include "pos/app/views/view_parts.hpp"

namespace pos::app {

struct WhyRowView {
  std::string id;  ///< "why.<BenefitId>"
  std::string name;
  std::string sentence;
  std::string amount;
};

struct WhySectionView {
  Mood mood = Mood::plain;  ///< good: applied; attention: offered and nearly; plain: not now
  std::string heading;
  std::vector<WhyRowView> rows;
};

struct WhyView {
  std::string title;
  std::string subtitle;                  ///< "Noa L. · VIP · Gold · programme of ..."
  std::vector<WhySectionView> sections;  ///< without empty ones
  std::string nothing;                   ///< said when there is no row at all
  MessageView message;
  ButtonView cancel;
};

}  // namespace pos::app
