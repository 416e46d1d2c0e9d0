#pragma once

#include <string>
#include <vector>

#include "pos/core/time.hpp"

namespace club::net {

/// A private key and what its holder shows, both as PEM text (RFC 7468).
struct Certified {
  std::string key;          ///< PKCS#8; a secret
  std::string certificate;  ///< X.509 v3
};

struct CertificateTerms {
  std::vector<std::string> names;  ///< host names and IP addresses that it speaks for (RFC 6125)
  pos::core::Instant from;
  pos::core::Instant until;
};

/// A club's own authority: it signs its hub's certificates, and tills believe nobody else's.
/// P-256, for twenty-five years.
[[nodiscard]] Certified make_authority(pos::core::Instant now);

/// A server's key and certificate, signed by the authority. Nothing in the authority that does not
/// read as PEM: throws std::runtime_error.
[[nodiscard]] Certified issue(const Certified& authority, const CertificateTerms& terms);

}  // namespace club::net
