#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/disk/journal_reader.hpp"

namespace pos::disk {

/// The reads that the writer and the readers of journal.db share. All throw DbFailure.

inline constexpr std::string_view kFactColumns =
    "SELECT position, incarnation, seq, till, uid, kind, size, body_hash, chain, signature, box, "
    "body FROM fact";

/// Of a row of kFactColumns. A field of a wrong length reads as zeros, which no hash fits.
[[nodiscard]] SealedFact fact_of_row(const core::Statement& row);
[[nodiscard]] std::optional<SealedFact> fact_by_uid(core::Database& database,
                                                    const domain::FactId& uid);
[[nodiscard]] std::optional<SealedFact> newest_fact(core::Database& database);
[[nodiscard]] std::vector<IncarnationState> incarnations_of(core::Database& database);
[[nodiscard]] std::optional<core::Bytes> state_value(core::Database& database,
                                                     const std::string& key);
/// Whether records were kept apart here (kHoleTable).
[[nodiscard]] bool has_holes(core::Database& database);
/// The sealed moment at a position, or of the first fact behind it that has one.
[[nodiscard]] std::optional<core::Instant> moment_of(core::Database& database,
                                                     std::int64_t position);
/// What a body or a box that does not fit its hash is. The chain holds only the hash, so that such
/// a record breaks nothing behind it: the hub keeps it raw and parks it (law 11).
enum class Damage { is_a_flaw, left_to_the_hub };
[[nodiscard]] JournalCheck verify_facts(core::Database& database, const core::VerifyKey& key,
                                        std::int64_t from_position,
                                        Damage damage = Damage::is_a_flaw);

}  // namespace pos::disk
