#include "pos/domain/receipt_code.hpp"

namespace pos::domain {

namespace {

constexpr std::string_view kNumberMark = "CT1:";
constexpr std::string_view kReceiptMark = "CT2:";
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::string to_base32(core::BytesView bytes) {
  std::string text;
  unsigned held = 0;
  int bits = 0;
  for (const std::uint8_t byte : bytes) {
    held = held << 8 | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += kLetters[(held >> (bits - 5)) & 31];
    held &= 0xFF;
  }
  if (bits > 0) text += kLetters[(held << (5 - bits)) & 31];
  return text;
}

/// Nothing for other letters, and for bits beyond the last byte that are not zero.
std::optional<core::Bytes> from_base32(std::string_view text) {
  core::Bytes bytes;
  unsigned held = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t value = kLetters.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    held = (held << 5 | static_cast<unsigned>(value)) & 0xFFF;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<std::uint8_t>(held >> bits));
  }
  const unsigned spare = held & ((1U << bits) - 1);
  if (bits >= 5 || spare != 0) return std::nullopt;
  return bytes;
}

}  // namespace

bool ReceiptCode::is_meant_by(std::string_view text) {
  const std::string mark = upper(text.substr(0, kNumberMark.size()));
  return mark == kNumberMark || mark == kReceiptMark;
}

std::optional<ReceiptCode> ReceiptCode::parse(std::string_view text) {
  constexpr std::size_t kTextMax = kReceiptMark.size() + (kReceiptBytesMax * 8 + 4) / 5;
  if (!is_meant_by(text) || text.size() > kTextMax) return std::nullopt;
  const std::string_view rest = text.substr(kNumberMark.size());
  if (text[2] == '1') {
    const auto sale = FactId::parse(rest);
    return sale ? std::optional(ReceiptCode(*sale)) : std::nullopt;
  }
  const auto bytes = from_base32(upper(rest));
  auto receipt = bytes ? SignedReceipt::read(*bytes) : std::nullopt;
  return receipt ? std::optional(ReceiptCode(std::move(*receipt))) : std::nullopt;
}

std::string ReceiptCode::text() const {
  if (!receipt_) return number_of(sale_);
  return std::string(kReceiptMark) + to_base32(receipt_->bytes());
}

std::string ReceiptCode::number_of(const FactId& sale) {
  return std::string(kNumberMark) + upper(sale.hex());
}

}  // namespace pos::domain
