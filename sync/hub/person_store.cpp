#include "sync/hub/person_store.hpp"

namespace club::hub {

using pos::core::Statement;
using pos::domain::MemberId;

void PersonStore::put(wire::StreamNumber bucket, const MemberId& member,
                      const PersonRecord& person) {
  const auto sealed =
      pos::core::encrypt(keys_.storage, encode_record(person), member.bytes(), chance_);
  db_.cached(
         "INSERT INTO person(bucket, member, sealed) VALUES(?, ?, ?)"
         " ON CONFLICT(bucket, member) DO UPDATE SET sealed = excluded.sealed")
      .bind_all(std::int64_t{bucket}, member.bytes(), pos::core::BytesView(sealed))
      .run();
}

std::optional<PersonRecord> PersonStore::find(wire::StreamNumber bucket, const MemberId& member) {
  Statement& read = db_.cached("SELECT sealed FROM person WHERE bucket = ? AND member = ?");
  read.bind_all(std::int64_t{bucket}, member.bytes());
  std::optional<pos::core::Bytes> sealed;
  if (read.step()) sealed = read.blob(0);
  read.reset();
  if (!sealed) return std::nullopt;
  const auto text = pos::core::decrypt(keys_.storage, *sealed, member.bytes());
  if (!text) return std::nullopt;
  auto person = decode_record(*text);
  if (!person) return std::nullopt;
  return std::move(*person);
}

}  // namespace club::hub
