#include "pos/domain/bucket.hpp"

#include "pos/core/crypto/crypto.hpp"

namespace pos::domain {

std::uint8_t bucket_of(const AccountId& account) {
  return core::blake2b(account.bytes()).bytes()[0];
}

MemberId member_id_beside(const AccountId& account, MemberId random) {
  core::Bytes bytes = core::copy_of(random.bytes());
  bytes.front() = bucket_of(account);
  return MemberId::from_bytes(bytes).value_or(random);
}

}  // namespace pos::domain
