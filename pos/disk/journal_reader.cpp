#include "pos/disk/journal_reader.hpp"

#include "pos/core/check.hpp"
#include "pos/core/planted.hpp"
#include "pos/disk/derived_rows.hpp"
#include "pos/disk/fact_rows.hpp"
#include "pos/disk/journal_schema.hpp"

namespace pos::disk {

using core::Statement;
using domain::Money;
using domain::Points;

std::string_view to_text(JournalFlaw::Kind kind) {
  constexpr std::array<std::string_view, 6> kWords = {"missing_seq",      "altered_body",
                                                      "altered_envelope", "bad_signature",
                                                      "altered_box",      "altered_index"};
  return kWords[static_cast<std::size_t>(kind)];
}

template <class Work>
auto JournalReader::reading(Work&& work) -> Disk<decltype(work())> {
  auto result = core::guarded(std::forward<Work>(work));
  if (!result) return core::fail(disk_error(result.error(), path_));
  if constexpr (std::is_void_v<decltype(work())>) {
    return {};
  } else {
    return std::move(*result);
  }
}

Disk<JournalReader> JournalReader::open(const std::string& path, const std::string& vfs) {
  auto database = core::guarded([&] {
    core::Database opened =
        core::Database::open(path, {core::OpenMode::read_only, core::Synchronous::full, vfs, 2000});
    check_schema(opened, kJournalApplication, kJournalSchema);
    return opened;
  });
  if (!database) return core::fail(disk_error(database.error(), path));
  return JournalReader(std::move(*database), path);
}

Disk<std::optional<SealedFact>> JournalReader::fact(const domain::FactId& uid) {
  return reading([&] { return fact_by_uid(database_, uid); });
}

Disk<std::optional<SealedFact>> JournalReader::last_fact() {
  return reading([&] { return newest_fact(database_); });
}

Disk<std::optional<core::Digest>> JournalReader::chain_at(std::uint32_t incarnation,
                                                          std::uint64_t seq) {
  return reading([&]() -> std::optional<core::Digest> {
    // Positions are dense over all incarnations.
    Rows rows(database_
                  .cached("SELECT f.chain FROM incarnation i JOIN fact f ON "
                          "f.position=i.first_position+?2-1 AND f.incarnation=i.incarnation "
                          "WHERE i.incarnation=?1")
                  .bind_all(std::int64_t{incarnation}, static_cast<std::int64_t>(seq)));
    if (!rows.next()) return std::nullopt;
    return core::Digest::from_bytes(rows.row().blob(0));
  });
}

Disk<void> JournalReader::each(std::int64_t from_position,
                               const std::function<bool(const SealedFact&)>& visit) {
  return reading([&] {
    Rows rows(database_.cached(std::string(kFactColumns) + " WHERE position>=? ORDER BY position")
                  .bind(1, from_position));
    while (rows.next()) {
      if (!visit(fact_of_row(rows.row()))) return;
    }
  });
}

Disk<std::vector<SealedFact>> JournalReader::newest(std::size_t count) {
  return reading([&] {
    Rows rows(database_.cached(std::string(kFactColumns) + " ORDER BY position DESC LIMIT ?")
                  .bind(1, static_cast<std::int64_t>(count)));
    std::vector<SealedFact> facts;
    while (rows.next()) facts.push_back(fact_of_row(rows.row()));
    return facts;
  });
}

Disk<std::vector<domain::FactId>> JournalReader::unprinted() {
  return reading([&] {
    Rows rows(
        database_.cached("SELECT uid FROM unprinted JOIN fact USING(position) ORDER BY position"));
    std::vector<domain::FactId> uids;
    while (rows.next()) {
      if (const auto uid = domain::FactId::from_bytes(rows.row().blob(0))) uids.push_back(*uid);
    }
    return uids;
  });
}

Disk<std::vector<IncarnationState>> JournalReader::incarnations() {
  return reading([&] { return incarnations_of(database_); });
}

Disk<std::vector<SealedFact>> JournalReader::outbox(std::size_t count_max, std::size_t bytes_max) {
  return reading([&] {
    std::vector<SealedFact> facts;
    std::size_t bytes = 0;
    for (const IncarnationState& state : incarnations_of(database_)) {
      if (state.accepted >= state.last_seq) continue;
      Rows rows(database_.cached(std::string(kFactColumns) + " WHERE position>=? ORDER BY position")
                    .bind(1, state.first_position + static_cast<std::int64_t>(state.accepted) +
                                 (CLUBTILL_BUG("outbox_skips_one") ? 1 : 0)));
      while (facts.size() < count_max && rows.next()) {
        SealedFact fact = fact_of_row(rows.row());
        if (fact.fields.incarnation != state.incarnation) break;
        bytes += fact.body.size() + (fact.box ? fact.box->size() : 0);
        if (bytes > bytes_max && !facts.empty()) break;
        facts.push_back(std::move(fact));
      }
      break;
    }
    return facts;
  });
}

Disk<JournalCounts> JournalReader::counts() {
  return reading([&] {
    JournalCounts counts;
    std::optional<std::int64_t> oldest;
    for (const IncarnationState& state : incarnations_of(database_)) {
      counts.facts += state.last_seq;
      if (state.accepted >= state.last_seq) continue;
      counts.waiting += state.last_seq - state.accepted;
      if (!oldest) oldest = state.first_position + static_cast<std::int64_t>(state.accepted);
    }
    if (oldest) counts.oldest_waiting = moment_of(database_, *oldest);
    if (has_holes(database_)) {
      Rows rows(database_.cached("SELECT count(*) FROM hole"));
      if (rows.next()) counts.altered = static_cast<std::uint64_t>(rows.row().integer(0));
    }
    return counts;
  });
}

Disk<programme::ReturnedSoFar> JournalReader::returned(const domain::FactId& sale,
                                                       std::size_t line_count) {
  return reading([&] {
    programme::ReturnedSoFar so_far;
    so_far.quantity.assign(line_count, 0);
    Rows rows(
        database_.cached("SELECT line, sum(quantity) FROM returned WHERE sale=? GROUP BY line")
            .bind(1, sale.bytes()));
    while (rows.next()) {
      const auto line = static_cast<std::size_t>(rows.row().integer(0));
      if (line < line_count) so_far.quantity[line] = rows.row().integer(1);
    }
    return so_far;
  });
}

Disk<bool> JournalReader::is_voided(const domain::FactId& sale) {
  return reading([&] {
    Rows rows(database_.cached("SELECT 1 FROM returned WHERE sale=? AND is_void=1 LIMIT 1")
                  .bind(1, sale.bytes()));
    return rows.next();
  });
}

Disk<std::optional<RightLeft>> JournalReader::right() {
  return reading([&] { return current_right(database_); });
}

Disk<Money> JournalReader::spent_for(const RightLeft& right, const domain::AccountId& account) {
  return reading([&] { return disk::spent_for(database_, right, account); });
}

Disk<Money> JournalReader::of_budget(const domain::BenefitId& benefit) {
  return reading([&] {
    Rows rows(database_.cached("SELECT coalesce(sum(amount), 0) FROM budget_given WHERE benefit=?")
                  .bind(1, std::string_view(benefit.text())));
    return Money::of(rows.next() ? rows.row().integer(0) : 0);
  });
}

namespace {

/// What stands for "all that is known" stays apart from what was forgotten.
std::int64_t seq_of(std::uint64_t row_version) {
  return static_cast<std::int64_t>(
      std::min(row_version, static_cast<std::uint64_t>(-(kForgottenEnd + 1))));
}

}  // namespace

Disk<Overlay> JournalReader::overlay(const domain::AccountId& account, std::uint64_t row_version) {
  return reading([&] {
    Rows rows(database_
                  .cached("SELECT coalesce(sum(spent), 0),"
                          " coalesce(sum(iif(outcome<0, 0, gained)), 0), count(*) FROM effect "
                          "WHERE account=?1 AND (outcome IS NULL OR outcome>?2 OR outcome<-?2)")
                  .bind_all(account.bytes(), seq_of(row_version)));
    if (!rows.next()) return Overlay{};
    return Overlay{Points::of(rows.row().integer(0)), Points::of(rows.row().integer(1)),
                   rows.row().integer(2)};
  });
}

Disk<std::vector<UnshownFact>> JournalReader::unshown(const domain::AccountId& account,
                                                      std::uint64_t row_version) {
  return reading([&] {
    Rows rows(database_
                  .cached("SELECT fact.kind, fact.body, fact.uid, coalesce(outcome<0, 0) "
                          "FROM effect JOIN fact USING(position) WHERE account=?1 "
                          "AND (outcome IS NULL OR outcome>?2 OR outcome<-?2) ORDER BY position")
                  .bind_all(account.bytes(), seq_of(row_version)));
    std::vector<UnshownFact> facts;
    while (rows.next()) {
      auto fact = programme::decode_fact(rows.row().text(0), rows.row().blob(1));
      const auto uid = domain::FactId::from_bytes(rows.row().blob(2));
      if (!fact || !uid) continue;  // verify() names it
      const bool doubtful = rows.row().integer(3) != 0;
      if (doubtful) take_gains_out(*fact);
      facts.push_back({*uid, std::move(*fact), doubtful});
    }
    return facts;
  });
}

Disk<std::map<std::uint8_t, JournalReader::Outcomes>> JournalReader::outcomes() {
  return reading([&] {
    Rows rows(database_
                  .cached("SELECT bucket, max(iif(outcome<?1, outcome, NULL)),"
                          " max(iif(outcome<?1, NULL, abs(outcome)))"
                          " FROM effect WHERE outcome<>0 GROUP BY bucket")
                  .bind(1, kForgottenEnd));
    std::map<std::uint8_t, Outcomes> all;
    while (rows.next()) {
      Outcomes& one = all[static_cast<std::uint8_t>(rows.row().integer(0))];
      one.highest = static_cast<std::uint64_t>(rows.row().integer(2));
      if (rows.row().is_null(1)) continue;
      one = {rows.row().integer(1) - kForgotten, UINT64_MAX};
    }
    return all;
  });
}

Disk<std::uint64_t> JournalReader::unsettled() {
  return reading([&] {
    Rows rows(database_.cached("SELECT count(*) FROM effect WHERE outcome IS NULL OR outcome<?")
                  .bind(1, kForgottenEnd));
    return static_cast<std::uint64_t>(rows.next() ? rows.row().integer(0) : 0);
  });
}

Disk<std::vector<programme::JoinFact>> JournalReader::joinings() {
  return reading([&] {
    Rows rows(database_.cached("SELECT body FROM fact WHERE kind='join' ORDER BY position"));
    std::vector<programme::JoinFact> joinings;
    while (rows.next()) {
      auto fact = programme::decode_fact("join", rows.row().blob(0));
      if (!fact) continue;  // verify() names it; a look-up cannot mend it
      if (auto* join = std::get_if<programme::JoinFact>(&*fact)) {
        joinings.push_back(std::move(*join));
      }
    }
    return joinings;
  });
}

Disk<std::optional<core::Bytes>> JournalReader::state(const std::string& key) {
  return reading([&] { return state_value(database_, key); });
}

Disk<std::optional<core::Bytes>> JournalReader::programme(const domain::ProgrammeHash& hash) {
  return reading([&]() -> std::optional<core::Bytes> {
    // Made with the first version that was kept.
    Rows table(database_.cached("SELECT 1 FROM sqlite_schema WHERE name='programme'"));
    if (!table.next()) return std::nullopt;
    Rows rows(
        database_.cached("SELECT document FROM programme WHERE hash=?").bind(1, hash.bytes()));
    if (!rows.next()) return std::nullopt;
    core::Bytes document = rows.row().blob(0);
    if (core::blake2b(document) != hash) return std::nullopt;
    return document;
  });
}

Disk<JournalCheck> JournalReader::verify(const core::VerifyKey& key, std::int64_t from_position) {
  return reading([&] { return verify_facts(database_, key, from_position); });
}

}  // namespace pos::disk
