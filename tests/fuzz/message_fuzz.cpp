#include <array>

#include "pos/core/check.hpp"
#include "sync/wire/certificate.hpp"
#include "sync/wire/messages.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace club::wire;

/// Read or refused with a reason; what was read is written and read to the same again.
template <class Message>
void read(const Read<Message>& message, Read<Message> (*decode)(BytesView)) {
  if (!message) return;
  const auto again = decode(encode(*message));
  CLUBTILL_CHECK(again.has_value() && *again == *message);
}

using Reader = void (*)(BytesView);

template <class Message, Read<Message> (*decode)(BytesView)>
void try_reading(BytesView packed) {
  read<Message>(decode(packed), decode);
}

constexpr std::array<Reader, 14> kReaders = {
    try_reading<RegisterRequest, decode_register_request>,
    try_reading<RegisterAnswer, decode_register_answer>,
    try_reading<HelloRequest, decode_hello_request>,
    try_reading<HelloAnswer, decode_hello_answer>,
    try_reading<PushRequest, decode_push_request>,
    try_reading<PushAnswer, decode_push_answer>,
    try_reading<PullRequest, decode_pull_request>,
    try_reading<PullAnswer, decode_pull_answer>,
    try_reading<AuthoriseRequest, decode_authorise_request>,
    try_reading<AuthoriseAnswer, decode_authorise_answer>,
    try_reading<CertifyRequest, decode_certify_request>,
    try_reading<CertifyAnswer, decode_certify_answer>,
    try_reading<ReceiptRequest, decode_receipt_request>,
    try_reading<ReceiptAnswer, decode_receipt_answer>};

}  // namespace

/// Every message of the protocol: framing, envelopes, cursors, rows. The first byte says which one
/// is expected ('0' to '='); the rest are the lines of its body. `z` in its place: a packed body as
/// it came from the network.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const BytesView rest{data + 1, size - 1};
  if (data[0] == 'z') {
    const auto lines = unpack(rest);
    CLUBTILL_CHECK(!lines || lines->size() <= kDecodedBytesMax);
    for (const Reader reader : kReaders) reader(rest);
    return 0;
  }
  kReaders[(data[0] - std::size_t{'0'}) % kReaders.size()](pack(rest));
  static_cast<void>(read_refusal({400, pack(rest)}));
  return 0;
}
