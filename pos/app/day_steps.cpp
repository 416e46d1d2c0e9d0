#include <algorithm>

#include "pos/app/step_stage.hpp"
#include "pos/app/views/build_slip.hpp"

namespace pos::app {

/// The figures of a day are the manager's.
void open_day(Stage& stage) {
  State& state = stage.state;
  const auto staff = stage.directory.staff();
  const bool manager = std::any_of(staff.begin(), staff.end(), [&](const auto& employee) {
    return employee.manager && employee.code == state.employee;
  });
  if (!manager) return stage.refuse(Text::day_managers);
  state.day = {};
  state.sheet = Sheet::day;
  stage.effects.emplace_back(CloseDay{core::local_day(stage.now)});
}

void on_day_closed(Stage& stage, const DayClosed& closed) {
  DaySheet& sheet = stage.state.day;
  if (stage.state.sheet != Sheet::day || sheet.close) return;
  sheet.close = closed.day;
  sheet.failed = !closed.day.has_value();
}

void confirm_day(Stage& stage) {
  const DaySheet& sheet = stage.state.day;
  if (!sheet.close || !stage.has_ids(1)) return;
  const domain::FactId paper(stage.take_id());
  stage.effects.emplace_back(
      PrintSlip{paper, build_day_slip(*sheet.close, paper, stage.scene(), stage.directory)});
  close_sheet(stage);
  stage.say(Mood::good, Text::day_printing);
}

}  // namespace pos::app
