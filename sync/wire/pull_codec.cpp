#include <map>

#include "sync/wire/mark_codec.hpp"
#include "sync/wire/messages.hpp"

namespace club::wire {
namespace {

using pos::core::fail;
using pos::core::Json;

void append_line(Bytes& out, std::string_view text) {
  out.insert(out.end(), text.begin(), text.end());
  out.push_back('\n');
}

Json cursor_json(const Cursor& cursor) {
  return Json::object()
      .set("stream", cursor.stream)
      .set("epoch", static_cast<std::int64_t>(cursor.epoch))
      .set("seq", static_cast<std::int64_t>(cursor.seq));
}

Cursor read_cursor(FieldReader& fields) {
  Cursor cursor;
  cursor.stream = static_cast<StreamNumber>(fields.integer("stream", 0, kStreamCount - 1));
  cursor.epoch = fields.number("epoch");
  cursor.seq = fields.number("seq");
  return cursor;
}

/// Where a till stands in the streams that it last heard of in one epoch: pairs of stream and seq.
void read_cursors(FieldReader& line, std::vector<Cursor>& cursors) {
  const std::uint64_t epoch = line.number("epoch");
  for (const Json& pair : line.items("at", kStreamCount)) {
    const auto& two = pair.items();
    const auto stream = two.size() == 2 ? two[0].integer() : std::nullopt;
    const auto seq = two.size() == 2 ? two[1].integer() : std::nullopt;
    const bool good = stream && seq && *stream >= 0 && *stream < kStreamCount && *seq >= 0;
    if (!good) return line.complain("at", "holds no pair of stream and seq");
    if (cursors.size() == kStreamCount) return line.complain("at", "names more than all streams");
    cursors.push_back(
        {static_cast<StreamNumber>(*stream), epoch, static_cast<std::uint64_t>(*seq)});
  }
}

std::string line_of(const Row& row) { return row_line(row); }
const std::string& line_of(const std::string& line) { return line; }

template <class RowForm>
Json page_json(const PageOf<RowForm>& page) {
  Json json = cursor_json(page.cursor);
  json.set("rows", static_cast<std::int64_t>(page.rows.size()));
  if (page.restart) json.set("restart", true);
  if (page.complete) {
    json.set("complete", true).set("count", static_cast<std::int64_t>(page.count));
    json.set("digest", page.digest.hex());
  }
  return json;
}

template <class RowForm>
Bytes encode_answer(const PullAnswerOf<RowForm>& value) {
  Bytes out;
  Json head = Json::object();
  head.set("pulled", static_cast<std::int64_t>(kProtocolVersion));
  head.set("epoch", static_cast<std::int64_t>(value.epoch));
  head.set("pages", static_cast<std::int64_t>(value.pages.size()));
  if (value.more) head.set("more", true);
  head.set("random", value.random.hex());
  set_right(head, value.right);
  append_line(out, head.dump());
  for (const auto& page : value.pages) {
    append_line(out, page_json(page).dump());
    for (const RowForm& row : page.rows) append_line(out, line_of(row));
  }
  return pack(out);
}

Read<Page> read_page(LineReader& lines) {
  const auto json = lines.json();
  if (!json) return fail(json.error());
  FieldReader fields(*json);
  Page page;
  page.cursor = read_cursor(fields);
  const auto rows = fields.integer("rows", 0, static_cast<std::int64_t>(kPageRowsMax));
  page.restart = fields.flag("restart");
  page.complete = fields.flag("complete");
  if (page.complete) {
    page.count = fields.number("count");
    page.digest = fields.parsed<pos::core::Digest>("digest");
  }
  if (fields.error()) return fail(lines.error(*fields.error()));
  std::uint64_t before = 0;
  for (std::int64_t i = 0; i < rows; ++i) {
    const auto line = lines.line();
    if (!line) return fail(line.error());
    auto row = row_from_line(*line);
    if (!row) return fail(lines.error(row.error()));
    if (row->seq <= before || row->seq > page.cursor.seq) {
      return fail(lines.error(WireError::Kind::bad_frame, "the rows are not in order"));
    }
    before = row->seq;
    page.rows.push_back(std::move(*row));
  }
  return page;
}

}  // namespace

Bytes encode(const PullRequest& value) {
  Bytes out;
  Json head = Json::object();
  head.set("pull", static_cast<std::int64_t>(kProtocolVersion));
  head.set("wait_ms", static_cast<std::int64_t>(value.wait.count()));
  std::map<std::uint64_t, Json> epochs;
  for (const Cursor& cursor : value.cursors) {
    Json& at = epochs.try_emplace(cursor.epoch, Json::array()).first->second;
    at.push(Json::array().push(cursor.stream).push(static_cast<std::int64_t>(cursor.seq)));
  }
  head.set("epochs", static_cast<std::int64_t>(epochs.size()));
  head.set("sealed", mark_json(value.sealed)).set("right", static_cast<std::int64_t>(value.right));
  head.set("random", value.random.hex());
  append_line(out, head.dump());
  for (auto& [epoch, at] : epochs) {
    Json line = Json::object();
    line.set("epoch", static_cast<std::int64_t>(epoch)).set("at", std::move(at));
    append_line(out, line.dump());
  }
  return pack(out);
}

Read<PullRequest> decode_pull_request(BytesView packed) {
  const auto bytes = unpack(packed);
  if (!bytes) return fail(bytes.error());
  LineReader lines(*bytes);
  const auto head = lines.json();
  if (!head) return fail(head.error());
  if (const auto error = version_error(lines, *head, "pull")) return fail(*error);
  FieldReader fields(*head);
  PullRequest value;
  value.wait = pos::core::Millis(fields.integer("wait_ms", 0, kLongPollMax.count()));
  const auto count = fields.integer("epochs", 0, kStreamCount);
  value.sealed = read_mark(fields, "sealed");
  value.right = fields.number("right");
  value.random = fields.parsed<CallRandom>("random");
  if (fields.error()) return fail(lines.error(*fields.error()));
  for (std::int64_t i = 0; i < count; ++i) {
    const auto json = lines.json();
    if (!json) return fail(json.error());
    FieldReader line(*json);
    read_cursors(line, value.cursors);
    if (line.error()) return fail(lines.error(*line.error()));
  }
  if (!lines.at_end()) return fail(lines.error(WireError::Kind::bad_frame, "bytes after the end"));
  return value;
}

Bytes encode(const PullAnswer& value) { return encode_answer(value); }
Bytes encode(const PullAnswerOfLines& value) { return encode_answer(value); }

Read<PullAnswer> decode_pull_answer(BytesView packed) {
  const auto bytes = unpack(packed);
  if (!bytes) return fail(bytes.error());
  LineReader lines(*bytes);
  const auto head = lines.json();
  if (!head) return fail(head.error());
  if (const auto error = version_error(lines, *head, "pulled")) return fail(*error);
  FieldReader fields(*head);
  PullAnswer value;
  value.epoch = fields.number("epoch");
  value.more = fields.flag("more");
  value.right = read_right(fields);
  value.random = fields.parsed<CallRandom>("random");
  const auto pages = fields.integer("pages", 0, kStreamCount);
  if (fields.error()) return fail(lines.error(*fields.error()));
  for (std::int64_t i = 0; i < pages; ++i) {
    auto page = read_page(lines);
    if (!page) return fail(page.error());
    value.pages.push_back(std::move(*page));
  }
  if (!lines.at_end()) return fail(lines.error(WireError::Kind::bad_frame, "bytes after the end"));
  return value;
}

}  // namespace club::wire
