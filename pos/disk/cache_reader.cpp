#include "pos/disk/cache_reader.hpp"

#include "pos/disk/cache_schema.hpp"
#include "pos/disk/journal_schema.hpp"
#include "pos/disk/member_row.hpp"

namespace pos::disk {

template <class Work>
auto CacheReader::reading(Work&& work) -> Disk<decltype(work())> {
  auto result = core::guarded(std::forward<Work>(work));
  if (!result) return core::fail(disk_error(result.error(), path_));
  return std::move(*result);
}

Disk<CacheReader> CacheReader::open(const std::string& path, const core::SymmetricKey& key,
                                    const std::string& vfs) {
  auto database = core::guarded([&] {
    core::Database opened = core::Database::open(
        path, {core::OpenMode::read_only, core::Synchronous::normal, vfs, 2000});
    check_schema(opened, kCacheApplication, kCacheSchema);
    return opened;
  });
  if (!database) return core::fail(disk_error(database.error(), path));
  return CacheReader(std::move(*database), key, path);
}

Disk<std::optional<CachedCard>> CacheReader::card(const core::KeyedHash& card) {
  return reading([&]() -> std::optional<CachedCard> {
    Rows rows(
        database_.cached("SELECT member, blocked FROM card WHERE hash=?").bind(1, card.bytes()));
    if (!rows.next()) return std::nullopt;
    const auto member = domain::MemberId::from_bytes(rows.row().blob(0));
    if (!member) return std::nullopt;
    return CachedCard{*member, rows.row().integer(1) != 0};
  });
}

/// One statement each: a second one costs as much again as the read itself.
Disk<std::optional<CachedMember>> CacheReader::member_by_card(const core::KeyedHash& card) {
  return member_where(
      "SELECT m.id, m.facts, m.name, m.stream, m.generation<(SELECT generation FROM cursor"
      " WHERE stream=m.stream) FROM card c JOIN member m ON m.id=c.member"
      " WHERE c.hash=? AND c.blocked=0",
      card.bytes());
}

Disk<std::optional<CachedMember>> CacheReader::member_by_phone(const core::KeyedHash& phone) {
  return member_where(
      "SELECT m.id, m.facts, m.name, m.stream, m.generation<(SELECT generation FROM cursor"
      " WHERE stream=m.stream) FROM phone p JOIN member m ON m.id=p.member WHERE p.hash=?",
      phone.bytes());
}

Disk<std::optional<CachedMember>> CacheReader::member(const domain::MemberId& id) {
  return member_where(
      "SELECT m.id, m.facts, m.name, m.stream, m.generation<(SELECT generation FROM cursor"
      " WHERE stream=m.stream) FROM member m WHERE m.id=?",
      id.bytes());
}

Disk<std::optional<CachedMember>> CacheReader::member_where(const char* sql, core::BytesView key) {
  return reading([&]() -> std::optional<CachedMember> {
    Rows rows(database_.cached(sql).bind(1, key));
    if (!rows.next()) return std::nullopt;
    auto facts = unpack_facts(rows.row().blob(1));
    const auto id = domain::MemberId::from_bytes(rows.row().blob(0));
    if (!facts || facts->id != id) return std::nullopt;
    // A name under another key stays empty: the member is served all the same.
    static_cast<void>(open_name(key_, rows.row().blob(2), *facts));
    // Seqs of a stream's two lives do not compare: the row shows nothing that came out since.
    if (rows.row().integer(4) != 0) facts->version = 0;
    return CachedMember{std::move(*facts),
                        static_cast<club::wire::StreamNumber>(rows.row().integer(3))};
  });
}

namespace {

template <class Body>
std::optional<Body> body_of_line(const std::string& line) {
  auto row = club::wire::row_from_line(line);
  if (!row) return std::nullopt;
  auto* body = std::get_if<Body>(&row->body);
  return body != nullptr ? std::optional(std::move(*body)) : std::nullopt;
}

}  // namespace

Disk<std::optional<domain::CardValue>> CacheReader::card_value(const domain::AccountId& account) {
  return reading([&]() -> std::optional<domain::CardValue> {
    Rows rows(
        database_
            .cached("SELECT v.line, iif(v.generation<c.generation, 0, v.seq) FROM card_value v"
                    " LEFT JOIN cursor c ON c.stream=v.stream WHERE v.account=?")
            .bind(1, account.bytes()));
    if (!rows.next()) return std::nullopt;
    auto body = body_of_line<club::wire::CardValueRow>(rows.row().text(0));
    if (!body) return std::nullopt;
    body->card.version = static_cast<std::uint64_t>(rows.row().integer(1));
    return std::move(body->card);
  });
}

template <class Row>
std::vector<Row> CacheReader::club_rows(std::string_view kind) {
  std::vector<Row> found;
  Rows rows(database_.cached("SELECT line FROM club_row WHERE kind=? ORDER BY key").bind(1, kind));
  while (rows.next()) {
    if (auto body = body_of_line<Row>(rows.row().text(0))) found.push_back(std::move(*body));
  }
  return found;
}

Disk<std::optional<domain::Article>> CacheReader::article(const std::string& code) {
  return reading([&]() -> std::optional<domain::Article> {
    Rows rows(
        database_.cached("SELECT line FROM club_row WHERE kind='article' AND key=?").bind(1, code));
    if (!rows.next()) return std::nullopt;
    auto body = body_of_line<club::wire::ArticleRow>(rows.row().text(0));
    return body ? std::optional(std::move(body->article)) : std::nullopt;
  });
}

Disk<std::vector<domain::Article>> CacheReader::articles() {
  return reading([&] {
    std::vector<domain::Article> articles;
    for (auto& row : club_rows<club::wire::ArticleRow>("article")) {
      articles.push_back(std::move(row.article));
    }
    return articles;
  });
}

Disk<domain::Money> CacheReader::budget_given(const domain::BenefitId& benefit) {
  return reading([&] {
    Rows rows(database_.cached("SELECT line FROM club_row WHERE kind='budget' AND key=?")
                  .bind(1, std::string_view(benefit.text())));
    if (!rows.next()) return domain::Money{};
    const auto body = body_of_line<club::wire::BudgetRow>(rows.row().text(0));
    return body ? body->given : domain::Money{};
  });
}

Disk<std::vector<domain::Employee>> CacheReader::staff() {
  return reading([&] {
    std::vector<domain::Employee> staff;
    for (auto& row : club_rows<club::wire::StaffRow>("staff")) {
      staff.push_back(std::move(row.employee));
    }
    return staff;
  });
}

Disk<std::vector<std::pair<domain::StaffCode, core::KeyedHash>>> CacheReader::staff_cards() {
  return reading([&] {
    std::vector<std::pair<domain::StaffCode, core::KeyedHash>> cards;
    for (const auto& row : club_rows<club::wire::StaffRow>("staff")) {
      if (row.card) cards.emplace_back(row.employee.code, *row.card);
    }
    return cards;
  });
}

Disk<std::vector<domain::Store>> CacheReader::stores() {
  return reading([&] {
    std::vector<domain::Store> stores;
    for (auto& row : club_rows<club::wire::StoreRow>("store")) {
      stores.push_back(std::move(row.store));
    }
    return stores;
  });
}

Disk<std::optional<std::string>> CacheReader::programme() {
  return reading([&]() -> std::optional<std::string> {
    auto rows = club_rows<club::wire::ProgrammeRow>("programme");
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.back().document));
  });
}

Disk<std::optional<club::wire::ClubSettings>> CacheReader::settings() {
  return reading([&]() -> std::optional<club::wire::ClubSettings> {
    auto rows = club_rows<club::wire::SettingsRow>("settings");
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.back().settings));
  });
}

Disk<std::vector<club::wire::TillKeyRow>> CacheReader::tills() {
  return reading([&] { return club_rows<club::wire::TillKeyRow>("till"); });
}

Disk<std::optional<club::wire::TillKeyRow>> CacheReader::till(domain::TillNumber number) {
  return reading([&]() -> std::optional<club::wire::TillKeyRow> {
    const std::string key = std::to_string(number.value);
    Rows rows(
        database_.cached("SELECT line FROM club_row WHERE kind='till' AND key=?").bind(1, key));
    if (!rows.next()) return std::nullopt;
    return body_of_line<club::wire::TillKeyRow>(rows.row().text(0));
  });
}

Disk<std::vector<club::wire::Cursor>> CacheReader::cursors() {
  return reading([&] {
    std::vector<club::wire::Cursor> cursors;
    Rows rows(database_.cached("SELECT stream, epoch, seq FROM cursor ORDER BY stream"));
    while (rows.next()) {
      cursors.push_back({static_cast<club::wire::StreamNumber>(rows.row().integer(0)),
                         static_cast<std::uint64_t>(rows.row().integer(1)),
                         static_cast<std::uint64_t>(rows.row().integer(2))});
    }
    return cursors;
  });
}

Disk<std::uint64_t> CacheReader::member_count() {
  return reading([&] {
    Rows rows(database_.cached("SELECT count(*) FROM member"));
    return static_cast<std::uint64_t>(rows.next() ? rows.row().integer(0) : 0);
  });
}

}  // namespace pos::disk
