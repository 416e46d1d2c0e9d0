#include "sync/hub/sessions.hpp"

#include <algorithm>
#include <array>

#include "pos/core/planted.hpp"

namespace club::hub {
namespace {

constexpr std::size_t kHalf = 16;

/// The second half of a nonce proves that this start of the hub made the first one.
pos::core::KeyedHash proof(const pos::core::SymmetricKey& secret, std::uint32_t till,
                           pos::core::BytesView half) {
  return pos::core::keyed_hash(secret, "nonce",
                               std::to_string(till) + ":" + pos::core::to_hex(half));
}

}  // namespace

wire::Nonce Sessions::nonce_for(std::uint32_t till, const wire::CallRandom& random) const {
  std::array<std::uint8_t, wire::Nonce::kSize> bytes{};
  std::ranges::copy(random.bytes(), bytes.begin());
  std::ranges::copy(proof(secret_, till, random.bytes()).bytes(), bytes.begin() + kHalf);
  return wire::Nonce(bytes);
}

std::optional<wire::Refusal::Word> Sessions::admit(const wire::CallAuth& auth) {
  using Word = wire::Refusal::Word;
  const auto half = auth.nonce.bytes().first(kHalf);
  const auto expected = proof(secret_, auth.till, half);
  if (!std::ranges::equal(expected.bytes(), auth.nonce.bytes().subspan(kHalf))) {
    return Word::bad_nonce;
  }
  if (auth.counter == 0) return Word::replayed;
  auto& nonces = tills_[auth.till];
  if (!nonces.contains(auth.nonce) && nonces.size() >= kNoncesPerTill) {
    nonces.erase(
        std::ranges::min_element(nonces, {}, [](const auto& entry) { return entry.second.age; }));
  }
  Window& window = nonces[auth.nonce];
  window.age = ++clock_;
  if (window.born == 0) window.born = window.age;
  if (auth.counter > window.highest) {
    const std::uint64_t step = auth.counter - window.highest;
    window.seen = step >= kWindow ? 1 : (window.seen << step) | 1;
    window.highest = auth.counter;
    return std::nullopt;
  }
  const std::uint64_t back = window.highest - auth.counter;
  if (CLUBTILL_BUG("replay_admitted")) return std::nullopt;
  if (back >= kWindow || ((window.seen >> back) & 1) != 0) return Word::replayed;
  window.seen |= std::uint64_t{1} << back;
  return std::nullopt;
}

bool Sessions::in_order(const wire::CallAuth& auth) {
  const Last now{tills_[auth.till][auth.nonce].born, auth.counter};
  Last& last = ordered_[auth.till];
  if (now <= last) return false;
  last = now;
  return true;
}

}  // namespace club::hub
