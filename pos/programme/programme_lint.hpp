#pragma once

#include "pos/programme/benefit.hpp"
#include "pos/programme/document_reader.hpp"

namespace pos::programme {

/// What the parts of a programme say about each other: codes that overlap, groups across steps,
/// classes that nothing grades, offline bounds. The benefits are still in the document's order.
void judge_programme(const CompiledBenefits& programme, Findings& findings);

}  // namespace pos::programme
