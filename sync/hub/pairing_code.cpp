#include "sync/hub/pairing_code.hpp"

#include "pos/core/crypto/crypto.hpp"
#include "sync/wire/limits.hpp"

namespace club::hub {
namespace {

constexpr std::string_view kSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

char folded(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

}  // namespace

std::string mint_code(pos::core::Chance& chance) {
  std::string code;
  for (std::size_t i = 0; i < wire::kPairingCodeLength; ++i) {
    code += kSymbols[static_cast<std::size_t>(chance.below(kSymbols.size()))];
  }
  return code;
}

pos::core::Digest hash_of_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c != ' ' && c != '-') code += folded(c);
  }
  return pos::core::blake2b(pos::core::bytes_of("clubtill pairing 1\n" + code));
}

}  // namespace club::hub
