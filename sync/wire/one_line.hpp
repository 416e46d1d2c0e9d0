#pragma once

#include "sync/wire/mark_codec.hpp"
#include "sync/wire/messages.hpp"

namespace club::wire {

/// Messages of exactly one line.
[[nodiscard]] inline Bytes packed_line(const pos::core::Json& json) {
  return pack(pos::core::bytes_of(json.dump() + "\n"));
}

[[nodiscard]] inline pos::core::Json message(std::string_view name) {
  return pos::core::Json::object().set(name, static_cast<std::int64_t>(kProtocolVersion));
}

/// One line, of our version.
template <class Message, class Fill>
[[nodiscard]] Read<Message> one_line(BytesView packed, std::string_view name, Fill&& fill) {
  const auto lines = unpack(packed);
  if (!lines) return pos::core::fail(lines.error());
  LineReader reader(*lines);
  const auto json = reader.json();
  if (!json) return pos::core::fail(json.error());
  if (!reader.at_end()) {
    return pos::core::fail(reader.error(WireError::Kind::bad_frame, "more than one line"));
  }
  if (const auto error = version_error(reader, *json, name)) return pos::core::fail(*error);
  FieldReader fields(*json);
  Message value = fill(fields);
  if (fields.error()) return pos::core::fail(reader.error(*fields.error()));
  return value;
}

}  // namespace club::wire
