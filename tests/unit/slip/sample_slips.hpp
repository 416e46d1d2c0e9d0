#pragma once

#include <string>

#include "pos/app/views/slip_view.hpp"

namespace slip_test {

/// Noa's basket in that language ("en", "he", "fa"), with every field filled.
pos::app::SlipView sample_slip(const std::string& language);

}  // namespace slip_test
