#include "sync/wire/pairing_code.hpp"

#include "pos/core/crypto/crypto.hpp"
#include "sync/wire/limits.hpp"

namespace club::wire {
namespace {

constexpr std::size_t kFingerprintLength = 20;

char folded(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

}  // namespace

pos::core::Expected<PairingCode, PairingCode::Fault> PairingCode::parse(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    code += folded(c);
    if (kCodeSymbols.find(code.back()) == std::string_view::npos)
      return pos::core::fail(Fault::symbol);
    if (code.size() > kPairingCodeLength + kFingerprintLength) break;
  }
  if (code.size() != kPairingCodeLength && code.size() != kPairingCodeLength + kFingerprintLength) {
    return pos::core::fail(Fault::length);
  }
  return PairingCode{code.substr(0, kPairingCodeLength), code.substr(kPairingCodeLength)};
}

std::string PairingCode::text() const {
  constexpr std::size_t kGroup = 5;
  const std::string code = once + fingerprint;
  std::string text;
  for (std::size_t at = 0; at < code.size(); at += kGroup) {
    if (at > 0) text += '-';
    text += code.substr(at, kGroup);
  }
  return text;
}

std::string fingerprint_of(std::string_view authority) {
  const pos::core::Digest hash = pos::core::blake2b(pos::core::bytes_of(authority));
  std::string symbols;
  unsigned bits = 0;
  unsigned count = 0;
  for (const std::uint8_t byte : hash.bytes()) {
    bits = (bits << 8 | byte) & 0xFFFFU;
    for (count += 8; count >= 5 && symbols.size() < kFingerprintLength; count -= 5) {
      symbols += kCodeSymbols[bits >> (count - 5) & 31U];
    }
    if (symbols.size() == kFingerprintLength) break;
  }
  return symbols;
}

}  // namespace club::wire
