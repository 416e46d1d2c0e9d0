#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <vector>

#include "pos/programme/replay.hpp"
#include "pos/programme/what_if.hpp"
#include "pos/terminal/known_programmes.hpp"

namespace pos::terminal {

enum class ReplayForm { text, json, csv };

/// A sale that came out with other bytes.
struct ReplayedOtherwise {
  domain::FactId receipt;
  domain::Day day;
  domain::ProgrammeHash programme;
  programme::ReplayDifference parts;
};

/// What came of judging recorded sales again under the versions that they name.
struct ReplayProof {
  struct OfVersion {
    std::int64_t sales = 0;
    std::int64_t differences = 0;
  };
  std::map<domain::ProgrammeHash, OfVersion> versions;
  std::vector<ReplayedOtherwise> otherwise;  ///< in the order of sealing
  std::int64_t unread = 0;  ///< sales that were altered or that this program cannot read
};

/// For people, one JSON object, or a table. The versions' names come from `known`.
void write_proof(const ReplayProof& proof, const KnownProgrammes& known, ReplayForm form,
                 std::ostream& out);

/// `same` are the sales that name the tried version itself.
void write_what_if(const programme::WhatIf& what_if, const ReplayProof& same,
                   const KnownProgrammes& known, ReplayForm form, std::ostream& out);

}  // namespace pos::terminal
