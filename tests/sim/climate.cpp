#include "tests/sim/climate.hpp"

#include <array>

namespace tests::sim {

Climate Climate::draw(pos::core::Chance& chance) {
  const auto some = [&](std::uint64_t most) {
    return chance.below(3) == 0 ? 0 : static_cast<int>(chance.below(most + 1));
  };
  Climate climate;
  climate.loss = some(15);
  climate.answer_loss = some(15);
  climate.doubled = some(15);
  climate.delay = some(6);
  climate.truncation = some(5);
  climate.stale = some(5);
  climate.garbage = some(4);
  climate.cut = some(400);
  climate.one_way = some(100);
  climate.till_crash = some(300);
  climate.hub_crash = some(200);
  climate.till_fsync = some(100);
  climate.hub_fsync = some(60);
  climate.till_full = some(60);
  climate.hub_full = some(40);
  climate.clock = some(60);
  climate.night = some(40);
  climate.stranger = some(60);
  climate.recall = some(150);
  climate.rot = some(40);
  climate.office = some(1'000);
  return climate;
}

void MachineClock::jump(pos::core::Chance& chance) {
  constexpr std::array<std::int64_t, 4> kSpans = {5'000, 3'600'000, 86'400'000, 20 * 86'400'000LL};
  const std::uint64_t which = chance.below(kSpans.size() + 1);
  if (which == kSpans.size()) {
    ahead_ = pos::core::Millis{0};
    return;
  }
  const auto span =
      static_cast<std::int64_t>(chance.below(2 * static_cast<std::uint64_t>(kSpans[which]) + 1));
  ahead_ = pos::core::Millis(span - kSpans[which]);
}

}  // namespace tests::sim
