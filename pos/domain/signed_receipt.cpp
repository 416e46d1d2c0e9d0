#include "pos/domain/signed_receipt.hpp"

#include <algorithm>

#include "pos/core/check.hpp"

namespace pos::domain {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::string_view kSignedAs = "clubtill receipt 1";

// Marks: which parts follow.
constexpr unsigned kMember = 1;
constexpr unsigned kAccount = 2;
constexpr unsigned kCard = 4;
constexpr unsigned kTenderShift = 3;  // two bits
constexpr unsigned kPoints = 32;      // lines name the points that paid
constexpr unsigned kValue = 64;       // lines name stored value

constexpr std::size_t kArticleBytesMax = 24;
constexpr unsigned kDigits = 0x80;   // of an article's length: digits, two a byte
constexpr unsigned kOwnTill = 0x40;  // likewise: the line comes back at its own till only
constexpr std::int64_t kPiecesMax = 9'999;
constexpr std::int64_t kSecondsMax = std::int64_t{1} << 40;
constexpr std::int64_t kOffsetMax = 24 * 60;

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

struct Writer {
  core::Bytes bytes;
  bool good = true;

  void byte(unsigned value) { bytes.push_back(static_cast<std::uint8_t>(value)); }
  void fixed(std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) byte(static_cast<unsigned>((value >> (8 * i)) & 0xFF));
  }
  void raw(core::BytesView view) { bytes.insert(bytes.end(), view.begin(), view.end()); }
  /// Seven bits a byte, the lowest first; the top bit says that more follow.
  void number(std::int64_t value, std::int64_t most = kAmountMax) {
    if (value < 0 || value > most) {
      good = false;
      return;
    }
    auto rest = static_cast<std::uint64_t>(value);
    for (; rest >= 0x80; rest >>= 7) byte(static_cast<unsigned>(rest & 0x7F) | 0x80);
    byte(static_cast<unsigned>(rest));
  }
  void article(const std::string& code, unsigned marks) {
    good = good && code.size() <= kArticleBytesMax;
    if (!good) return;
    const unsigned size = static_cast<unsigned>(code.size()) | marks;
    if (!all_digits(code)) {
      byte(size);
      return raw(core::bytes_of(code));
    }
    byte(size | kDigits);
    for (std::size_t i = 0; i < code.size(); i += 2) {
      const unsigned low = static_cast<unsigned>(code[i] - '0');
      const unsigned high = i + 1 < code.size() ? static_cast<unsigned>(code[i + 1] - '0') : 15;
      byte(low | high << 4);
    }
  }
};

struct SlipReader {
  core::BytesView rest;
  bool good = true;

  core::BytesView take(std::size_t size) {
    good = good && rest.size() >= size;
    if (!good) return {};
    const core::BytesView taken = rest.first(size);
    rest = rest.subspan(size);
    return taken;
  }
  unsigned byte() {
    const core::BytesView one = take(1);
    return good ? one[0] : 0;
  }
  std::uint64_t fixed(std::size_t size) {
    std::uint64_t value = 0;
    int shift = 0;
    for (const std::uint8_t one : take(size)) {
      value |= std::uint64_t{one} << shift;
      shift += 8;
    }
    return value;
  }
  std::int64_t number(std::int64_t most = kAmountMax) {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      const unsigned one = byte();
      value |= std::uint64_t{one & 0x7F} << shift;
      if (one < 0x80) break;
      good = good && shift < 56;
    }
    good = good && value <= static_cast<std::uint64_t>(most);
    return good ? static_cast<std::int64_t>(value) : 0;
  }
  template <class Value>
  Value bytes_as() {
    return Value::from_bytes(take(Value::kSize)).value_or(Value{});
  }
  std::string article(bool& own_till) {
    const unsigned head = byte();
    own_till = (head & kOwnTill) != 0;
    const std::size_t size = head & (kOwnTill - 1);
    good = good && size <= kArticleBytesMax;
    if (!good) return {};
    std::string code;
    if ((head & kDigits) == 0) {
      for (const std::uint8_t one : take(size)) {
        good = good && one > 0x20 && one < 0x7F;
        code += static_cast<char>(one);
      }
      return code;
    }
    for (const std::uint8_t one : take((size + 1) / 2)) {
      code += static_cast<char>('0' + (one & 15));
      if (code.size() < size) code += static_cast<char>('0' + (one >> 4));
    }
    return code;
  }
};

template <class Value>
Value masked(const Value& value, std::string_view what, const FactId& sale,
             const core::SymmetricKey& index) {
  const core::KeyedHash mask = core::keyed_hash(index, what, sale.hex());
  core::Bytes bytes = core::copy_of(value.bytes());
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] ^= mask.bytes()[i];
  const auto hidden = Value::from_bytes(bytes);
  CLUBTILL_CHECK(hidden.has_value());
  return *hidden;
}

/// The same once more shows what was hidden.
void mask_names(Receipt& receipt, const core::SymmetricKey& index) {
  if (receipt.member) receipt.member = masked(*receipt.member, "slip 1", receipt.sale, index);
  if (receipt.account) receipt.account = masked(*receipt.account, "slip 2", receipt.sale, index);
  if (receipt.unknown_card) {
    receipt.unknown_card = masked(*receipt.unknown_card, "slip 3", receipt.sale, index);
  }
}

void write_line(Writer& out, const ReceiptLine& line, unsigned marks) {
  out.article(line.article, line.own_till ? kOwnTill : 0);
  out.good = out.good && line.quantity > 0;
  out.number(line.quantity, kPiecesMax);
  out.number(line.payable.units());
  out.number(line.discount.units());
  out.number(line.earned.units());
  if ((marks & kPoints) != 0) {
    out.number(line.points_value.units());
    out.number(line.points_spent.units());
  }
  if ((marks & kValue) != 0) {
    out.number(line.value_spent.units());
    out.number(line.value_earned.units());
  }
}

ReceiptLine read_line(SlipReader& in, unsigned marks) {
  ReceiptLine line;
  line.article = in.article(line.own_till);
  line.quantity = in.number(kPiecesMax);
  in.good = in.good && line.quantity > 0;
  line.payable = Money::of(in.number());
  line.discount = Money::of(in.number());
  line.earned = Points::of(in.number());
  if ((marks & kPoints) != 0) {
    line.points_value = Money::of(in.number());
    line.points_spent = Points::of(in.number());
  }
  if ((marks & kValue) != 0) {
    line.value_spent = Money::of(in.number());
    line.value_earned = Money::of(in.number());
  }
  return line;
}

unsigned marks_of(const Receipt& receipt) {
  unsigned marks = static_cast<unsigned>(receipt.tender) << kTenderShift;
  if (receipt.member) marks |= kMember;
  if (receipt.account) marks |= kAccount;
  if (receipt.unknown_card) marks |= kCard;
  for (const ReceiptLine& line : receipt.lines) {
    if (!line.points_value.is_zero() || !line.points_spent.is_zero()) marks |= kPoints;
    if (!line.value_spent.is_zero() || !line.value_earned.is_zero()) marks |= kValue;
  }
  return marks;
}

/// All but the signature.
std::optional<core::Bytes> write(const Receipt& receipt) {
  const std::int64_t seconds = receipt.at.at.unix_ms() / 1000;
  const std::int64_t offset = receipt.at.utc_offset.count();
  if (receipt.lines.empty() || receipt.lines.size() > kReceiptLinesMax) return std::nullopt;
  if (seconds < 0 || seconds > kSecondsMax) return std::nullopt;
  if (offset < -kOffsetMax || offset > kOffsetMax) return std::nullopt;
  const unsigned marks = marks_of(receipt);
  Writer out;
  out.byte(kVersion);
  out.byte(marks);
  out.raw(receipt.sale.bytes());
  out.fixed(receipt.till.value, 4);
  out.fixed(static_cast<std::uint64_t>(seconds), 6);
  out.fixed(static_cast<std::uint64_t>(offset + kOffsetMax), 2);
  if (receipt.member) out.raw(receipt.member->bytes());
  if (receipt.account) out.raw(receipt.account->bytes());
  if (receipt.unknown_card) out.raw(receipt.unknown_card->bytes());
  out.byte(static_cast<unsigned>(receipt.lines.size()));
  for (const ReceiptLine& line : receipt.lines) write_line(out, line, marks);
  const bool fits = out.bytes.size() + core::Signature::kSize <= kReceiptBytesMax;
  return out.good && fits ? std::optional(std::move(out.bytes)) : std::nullopt;
}

core::Bytes signed_text(core::BytesView bytes) {
  core::Bytes text = core::copy_of(core::bytes_of(kSignedAs));
  text.insert(text.end(), bytes.begin(), bytes.end());
  return text;
}

}  // namespace

std::optional<SignedReceipt> SignedReceipt::make(const Receipt& receipt,
                                                 const core::SymmetricKey& index,
                                                 const core::SigningKey& till) {
  Receipt hidden = receipt;
  mask_names(hidden, index);
  auto bytes = write(hidden);
  if (!bytes) return std::nullopt;
  const core::Signature signature = core::sign(till, signed_text(*bytes));
  bytes->insert(bytes->end(), signature.bytes().begin(), signature.bytes().end());
  return SignedReceipt(std::move(hidden), std::move(*bytes));
}

std::optional<SignedReceipt> SignedReceipt::read(core::BytesView bytes) {
  if (bytes.size() > kReceiptBytesMax || bytes.size() < core::Signature::kSize) return std::nullopt;
  const core::BytesView said = bytes.first(bytes.size() - core::Signature::kSize);
  SlipReader in{said};
  Receipt hidden;
  if (in.byte() != kVersion) return std::nullopt;
  const unsigned marks = in.byte();
  hidden.sale = in.bytes_as<FactId>();
  hidden.till.value = static_cast<std::uint32_t>(in.fixed(4));
  const auto seconds = static_cast<std::int64_t>(in.fixed(6));
  if (seconds > kSecondsMax) return std::nullopt;
  hidden.at.at = core::Instant::from_unix_ms(seconds * 1000);
  hidden.at.utc_offset = std::chrono::minutes(static_cast<std::int64_t>(in.fixed(2)) - kOffsetMax);
  hidden.tender = static_cast<TenderKind>((marks >> kTenderShift) & 3);
  if (hidden.tender > TenderKind::other) return std::nullopt;
  if ((marks & kMember) != 0) hidden.member = in.bytes_as<MemberId>();
  if ((marks & kAccount) != 0) hidden.account = in.bytes_as<AccountId>();
  if ((marks & kCard) != 0) hidden.unknown_card = in.bytes_as<core::KeyedHash>();
  const unsigned count = in.byte();
  if (count > kReceiptLinesMax) return std::nullopt;
  for (unsigned i = 0; i < count && in.good; ++i) hidden.lines.push_back(read_line(in, marks));
  if (!in.good || !in.rest.empty()) return std::nullopt;
  // One receipt has one form: other lengths of a number, marks without a meaning and the like are
  // nobody's code.
  const auto again = write(hidden);
  if (!again || !std::ranges::equal(*again, said)) return std::nullopt;
  return SignedReceipt(std::move(hidden), core::copy_of(bytes));
}

bool SignedReceipt::is_signed_by(const core::VerifyKey& till) const {
  const core::BytesView all(bytes_);
  const std::size_t size = all.size() - core::Signature::kSize;
  const auto signature = core::Signature::from_bytes(all.subspan(size));
  return signature && core::verify(till, signed_text(all.first(size)), *signature);
}

Receipt SignedReceipt::open(const core::SymmetricKey& index) const {
  Receipt receipt = hidden_;
  mask_names(receipt, index);
  return receipt;
}

}  // namespace pos::domain
