#include "sync/wire/line_reader.hpp"

#include "sync/wire/limits.hpp"

namespace club::wire {

using pos::core::fail;

Read<std::string_view> LineReader::line() {
  ++line_;
  const std::size_t end = rest_.find('\n');
  if (end == std::string_view::npos) {
    return fail(error(WireError::Kind::bad_frame, "the body ends before its last line does"));
  }
  if (end > kLineBytesMax) return fail(error(WireError::Kind::too_large, "the line is too long"));
  const std::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  return line;
}

Read<pos::core::Json> LineReader::json() {
  const auto text = line();
  if (!text) return fail(text.error());
  auto json = pos::core::Json::parse(*text, kJsonDepthMax);
  if (!json) return fail(error(WireError::Kind::bad_json, json.error().detail));
  return std::move(*json);
}

Read<BytesView> LineReader::raw(std::size_t size) {
  ++line_;
  if (rest_.size() <= size || rest_[size] != '\n') {
    return fail(error(WireError::Kind::bad_frame, "the announced size does not fit"));
  }
  const BytesView bytes = pos::core::bytes_of(rest_.substr(0, size));
  rest_.remove_prefix(size + 1);
  return bytes;
}

}  // namespace club::wire
