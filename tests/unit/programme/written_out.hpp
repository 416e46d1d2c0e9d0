#pragma once

#include "pos/core/json/json.hpp"

namespace tests::programme {

/// The benefits of a document as the slow judge wants them: every step and every "of" written out.
[[nodiscard]] pos::core::Json written_out(const pos::core::Json& document);

}  // namespace tests::programme
