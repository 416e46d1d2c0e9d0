#pragma once

#include <rapidcheck.h>

#include <string>

#include "pos/core/json/json.hpp"

/// Random programmes over the articles of arbitrary_basket.hpp.
namespace tests::programme {

struct ProgrammeShape {
  bool graded_only = false;  ///< classes, tiers and "not" appear in no condition
};

[[nodiscard]] rc::Gen<pos::core::Json> any_programme(ProgrammeShape shape);

}  // namespace tests::programme
