#include "pos/core/check.hpp"
#include "pos/domain/scanned_code.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace pos::domain;

/// What reads has one form only, and opens whatever the key.
void judge(const SignedReceipt& receipt) {
  const Receipt open = receipt.open({});
  CLUBTILL_CHECK(open.sale == receipt.sale() && open.till == receipt.till());
  CLUBTILL_CHECK(!open.lines.empty() && open.lines.size() <= kReceiptLinesMax);
  for (const ReceiptLine& line : open.lines) {
    CLUBTILL_CHECK(line.quantity > 0 && !line.payable.is_negative() && !line.earned.is_negative());
  }
  const ReceiptCode code(receipt);
  const auto again = ReceiptCode::parse(code.text());
  CLUBTILL_CHECK(again.has_value() && *again == code);
  CLUBTILL_CHECK(!receipt.is_signed_by({}));
  const auto made = SignedReceipt::make(open, {}, {});
  CLUBTILL_CHECK(made.has_value() && made->bytes().size() == receipt.bytes().size());
}

}  // namespace

/// Once as the bytes within a code, once as its text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const pos::core::BytesView bytes(data, size);
  if (const auto receipt = SignedReceipt::read(bytes)) judge(*receipt);
  const ScannedCode code = classify(pos::core::text_of(bytes), "", usual_code_ranges());
  if (const auto* found = std::get_if<ReceiptCode>(&code); found && found->receipt()) {
    judge(*found->receipt());
  }
  return 0;
}
