#pragma once

#include "pos/app/day_close.hpp"
#include "pos/app/views/day_view.hpp"
#include "pos/app/wording.hpp"

// What the sheet and the paper say of a day's certificate, in the same words.

namespace pos::app {

/// Figures that are 0 on both sides and seldom anything else are left out.
[[nodiscard]] std::vector<DayRowView> day_rows(const Wording& words, const DayClose& close);
[[nodiscard]] MessageView day_verdict(const Wording& words, const DayClose& close);
[[nodiscard]] std::vector<std::string> day_notes(const Wording& words, const DayClose& close);

}  // namespace pos::app
