#pragma once

#include <optional>
#include <string_view>

#include "pos/core/json/json.hpp"
#include "pos/domain/member_facts_json.hpp"
#include "sync/wire/call.hpp"

namespace club::wire {

/// Walks over an unpacked body: lines of JSON, and raw bytes where a line announced them. The bytes
/// must outlive it.
class LineReader {
 public:
  explicit LineReader(BytesView bytes) : rest_(pos::core::text_of(bytes)) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  /// The next line without its LF.
  [[nodiscard]] Read<std::string_view> line();
  [[nodiscard]] Read<pos::core::Json> json();
  /// Exactly `size` bytes and the LF behind them.
  [[nodiscard]] Read<BytesView> raw(std::size_t size);

  [[nodiscard]] WireError error(WireError::Kind kind, std::string detail) const {
    return {kind, line_, std::move(detail)};
  }
  [[nodiscard]] WireError error(const pos::domain::ShapeError& shape) const {
    return error(WireError::Kind::bad_shape, shape.key + " " + shape.reason);
  }

 private:
  std::string_view rest_;
  std::size_t line_ = 0;
};

}  // namespace club::wire
