#pragma once

#include <string>

#include "pos/core/crypto/crypto.hpp"
#include "pos/disk/state_folder.hpp"
#include "pos/domain/codes.hpp"

namespace pos::disk {

/// What the till makes for itself before it meets a hub. Never leaves this machine, lies outside
/// the databases.
struct TillKeys {
  core::SigningPair signing;
  core::SymmetricKey cache_key;  ///< names in cache.db
};

/// What the hub gave at registration.
struct Pairing {
  std::string hub_url;
  domain::TillNumber till;
  domain::StoreCode store;
  domain::RegionCode region;
  core::SymmetricKey index_key;  ///< of the club: cards and phones are hashes under it
  std::int64_t index_key_version = 1;
  core::BoxPublicKey hub_box;                   ///< joinings are sealed to it
  std::optional<core::VerifyKey> hub_key = {};  ///< nothing: paired before it was kept
  std::string hub_authority = {};  ///< PEM: who signs the hub's certificate; empty: no TLS
  friend bool operator==(const Pairing&, const Pairing&) = default;
};

[[nodiscard]] TillKeys make_till_keys(core::Chance& chance);

/// Both files have mode 0600; a file that others may read is refused (FileError::Kind::exposed).
[[nodiscard]] core::Expected<TillKeys, FileError> load_till_keys(const std::string& path);
[[nodiscard]] core::Expected<void, FileError> save_till_keys(const std::string& path,
                                                             const TillKeys& keys);
[[nodiscard]] core::Expected<Pairing, FileError> load_pairing(const std::string& path);
[[nodiscard]] core::Expected<void, FileError> save_pairing(const std::string& path,
                                                           const Pairing& pairing);

}  // namespace pos::disk
