#pragma once

#include <optional>

#include "pos/core/crypto/crypto.hpp"
#include "pos/domain/member_facts.hpp"

namespace pos::disk {

/// Form of address and last digits, the only parts of a member's facts that name a person, under
/// the till's own key. Bound to the member, so that rows cannot be exchanged.
[[nodiscard]] core::Bytes seal_name(const core::SymmetricKey& key, const domain::MemberFacts& facts,
                                    core::Chance& chance);
/// False when the key or the member is another one; the facts are then as they were.
[[nodiscard]] bool open_name(const core::SymmetricKey& key, core::BytesView sealed,
                             domain::MemberFacts& facts);

/// The facts without their names. Bytes of this program's version alone: the cache is disposable.
[[nodiscard]] core::Bytes pack_facts(const domain::MemberFacts& facts);
/// Nothing for bytes that no pack_facts() wrote.
[[nodiscard]] std::optional<domain::MemberFacts> unpack_facts(core::BytesView bytes);

}  // namespace pos::disk
