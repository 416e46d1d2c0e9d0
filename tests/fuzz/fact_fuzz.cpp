#include <array>

#include "pos/core/check.hpp"
#include "sync/ledger/ledger.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// The body of a fact: the first byte says of which kind ('0' to '9'). It is refused with a reason,
/// or read; what was read is written and read to the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pos::programme;
  if (size == 0) return 0;
  constexpr std::array<std::string_view, 6> kKinds = {"begin", "sale", "return",
                                                      "void",  "join", "right"};
  const std::size_t kind = (data[0] - std::size_t{'0'}) % 10;
  const pos::core::BytesView body{data + 1, size - 1};
  if (kind == 6) {
    const auto import = club::ledger::decode_import(body);
    if (!import) return 0;
    const auto bytes = club::ledger::encode_import(*import);
    const auto back = club::ledger::decode_import(bytes);
    CLUBTILL_CHECK(back.has_value() && club::ledger::encode_import(*back) == bytes);
  } else if (kind == 7) {
    static_cast<void>(club::ledger::decode_block(body));
  } else if (kind == 8) {
    static_cast<void>(decode_person(body));
  } else if (kind < kKinds.size()) {
    const auto fact = decode_fact(kKinds[kind], body);
    CLUBTILL_CHECK(fact.has_value() || !fact.error().reason.empty());
    if (!fact) return 0;
    const auto bytes = encode_fact(*fact);
    const auto back = decode_fact(kKinds[kind], bytes);
    CLUBTILL_CHECK(back.has_value() && encode_fact(*back) == bytes);
  }
  return 0;
}
