#pragma once

#include "pos/app/day_close.hpp"
#include "pos/app/ports.hpp"
#include "pos/app/views/slip_view.hpp"

namespace pos::app {

/// The slip of a committed sale, return or void, from the record alone: a second print says the
/// same. Benefits, classes and tiers have the names of the version by which it was sold; of a
/// version that this till did not keep, those that the present one still knows.
/// Nothing for facts that have no slip.
[[nodiscard]] std::optional<SlipView> build_slip(const domain::FactId& uid,
                                                 const programme::Fact& fact,
                                                 const Directory& directory, bool is_copy);

/// The certificate of a day, signed by both sides, as a paper of its own: `paper` names it and is
/// no fact. In the language and by the employee of `scene`.
[[nodiscard]] SlipView build_day_slip(const DayClose& close, const domain::FactId& paper,
                                      const programme::Scene& scene, const Directory& directory);

}  // namespace pos::app
