#pragma once

#include "pos/domain/codes.hpp"

namespace pos::domain {

/// The share of the accounts, one of 256, to which an account belongs: the first byte of
/// BLAKE2b-256 over its id.
[[nodiscard]] std::uint8_t bucket_of(const AccountId& account);

/// `random` with the bucket of `account` as its first byte: the id of a member who begins with that
/// account. A till gets its members bucket by bucket and finds them by id; so those of a bucket lie
/// together on its disk, and filling it writes each page about once. Nothing relies on it: a member
/// may move to another account, and an id from elsewhere is as good.
[[nodiscard]] MemberId member_id_beside(const AccountId& account, MemberId random);

}  // namespace pos::domain
