#include <algorithm>
#include <set>

#include "pos/core/planted.hpp"
#include "pos/domain/clean_text.hpp"
#include "pos/programme/day_account.hpp"
#include "pos/programme/member_standing.hpp"
#include "sync/hub/changing.hpp"
#include "sync/hub/hub.hpp"
#include "sync/ledger/ledger.hpp"

namespace club::hub {
namespace {

using ledger::AppliedFact;
using pos::programme::JoinFact;
using pos::programme::NamedTier;
using wire::OutcomeRow;

template <class FactType>
pos::domain::Shaped<AppliedFact> as_applied(pos::domain::Shaped<FactType> fact) {
  if (!fact) return pos::core::fail(fact.error());
  return AppliedFact{std::move(*fact)};
}

pos::domain::Shaped<AppliedFact> decode(const InboxRow& row) {
  if (row.till != 0) return as_applied(pos::programme::decode_fact(row.kind, row.body));
  if (row.kind == ledger::kBlockKind) return as_applied(ledger::decode_block(row.body));
  if (row.kind == ledger::kHouseholdKind) return as_applied(ledger::decode_household(row.body));
  if (row.kind == ledger::kSeparateKind) return as_applied(ledger::decode_separate(row.body));
  if (row.kind == ledger::kKeepApartKind) return as_applied(ledger::decode_keep_apart(row.body));
  if (row.kind == ledger::kExpireKind) return as_applied(ledger::decode_expire(row.body));
  if (row.kind == ledger::kLostSaleKind) return as_applied(ledger::decode_lost_sale(row.body));
  if (row.kind == ledger::kAdjustKind) return as_applied(ledger::decode_adjust(row.body));
  return as_applied(ledger::decode_import(row.body));
}

JoinFact* join_of(AppliedFact& fact) {
  auto* sealed = std::get_if<pos::programme::Fact>(&fact);
  return sealed != nullptr ? std::get_if<JoinFact>(sealed) : nullptr;
}

/// When its till says that it was sealed; nothing of a fact without a moment.
std::optional<pos::core::Moment> moment_of(const AppliedFact& fact) {
  const auto* sealed = std::get_if<pos::programme::Fact>(&fact);
  return sealed != nullptr ? pos::programme::moment_of(*sealed) : std::nullopt;
}

pos::domain::Day day_of(const pos::core::Clock& clock, pos::core::Instant at) {
  return pos::core::local_day({at, clock.utc_offset(at)});
}

std::optional<PersonRecord> open_person(const HubKeys& keys, const InboxRow& row,
                                        const JoinFact& join) {
  if (!row.box || pos::core::blake2b(*row.box) != join.person) return std::nullopt;
  const auto text = pos::core::open_sealed(keys.box, *row.box);
  if (!text) return std::nullopt;
  const auto details = pos::programme::decode_person(*text);
  if (!details) return std::nullopt;
  PersonRecord person;
  person.phone = details->phone;
  person.first_name = details->first_name;
  person.card = details->card;
  person.dates = details->dates;
  person.joined = pos::domain::day_text(pos::core::local_day(join.scene.moment));
  person.marketing = join.marketing_consent;
  return person;
}

/// A sheet that names no date of a kind takes none away.
void keep_dates(PersonRecord& person, const std::optional<PersonRecord>& known) {
  if (!known) return;
  const std::vector<pos::domain::EffectiveDate> told = person.dates;
  for (const auto& date : known->dates) {
    if (std::ranges::find(told, date.kind, &pos::domain::EffectiveDate::kind) != told.end())
      continue;
    person.dates.push_back(date);
  }
}

/// So few that a turn never holds the file for long, however much expires on one day.
constexpr std::size_t kBucketsPerTurn = 8;

/// One application that can be undone alone.
class Savepoint {
 public:
  Savepoint(pos::core::Database& db, StreamStore& streams) : db_(db), streams_(streams) {
    streams_.begin_application();
    db_.cached("SAVEPOINT application").run();
  }
  void keep() { db_.cached("RELEASE application").run(); }
  void undo() {
    db_.cached("ROLLBACK TO application").run();
    db_.cached("RELEASE application").run();
    streams_.undo_application();
  }

 private:
  pos::core::Database& db_;
  StreamStore& streams_;
};

}  // namespace

/// The till that sold may be cut off for days; the goods came back elsewhere meanwhile. No outcome
/// is given, so that the till that took them back goes on laying them over its balances.
bool Hub::waits_for_its_sale(const InboxRow& row, StreamNumber bucket, const AppliedFact& fact) {
  const auto* sealed = std::get_if<pos::programme::Fact>(&fact);
  const auto* back = sealed ? std::get_if<pos::programme::ReturnFact>(sealed) : nullptr;
  if (back == nullptr || !back->sold_by) return false;
  if (inbox_.held_before(row.id, back->sale) || CLUBTILL_BUG("return_waits_for_nothing")) {
    return false;
  }
  inbox_.put_waiting(row, {bucket, back->sale, back->sold_by->value});
  return true;
}

/// The sale is here, whole or damaged, or it is given up.
void Hub::apply_what_waited(const InboxRow& row) {
  pos::domain::FactId sale = row.uid;
  if (row.till > 0 && row.kind != "sale") return;
  if (row.till == 0) {
    if (row.kind != ledger::kLostSaleKind) return;
    const auto lost = ledger::decode_lost_sale(row.body);
    if (!lost) return;
    sale = lost->sale;
  }
  for (const InboxRow& waited : inbox_.take_waiting(sale)) {
    if (CLUBTILL_BUG("waiting_return_forgotten")) continue;
    apply_or_park(waited, false);
  }
}

/// Of a return: the sale, as the inbox has it, and in `origin` the day on which it counted.
std::optional<pos::programme::SaleFact> Hub::sale_of(const AppliedFact& fact,
                                                     ledger::Origin& origin) {
  const auto* sealed = std::get_if<pos::programme::Fact>(&fact);
  const auto* back = sealed ? std::get_if<pos::programme::ReturnFact>(sealed) : nullptr;
  const auto row = back ? inbox_.find(back->sale) : std::nullopt;
  if (!row || row->damaged || row->till == 0) return std::nullopt;
  auto named = pos::programme::decode_fact(row->kind, row->body);
  auto* sale = named ? std::get_if<pos::programme::SaleFact>(&*named) : nullptr;
  if (sale == nullptr) return std::nullopt;
  const ledger::Origin counted{row->uid, row->till, row->arrived, inbox_.not_before(row->id)};
  origin.sold_on = pos::core::local_day(counted.counted(sale->scene.moment));
  return std::move(*sale);
}

void Hub::apply_fact(const InboxRow& row, bool may_wait) {
  auto fact = row.damaged ? pos::domain::Shaped<AppliedFact>(pos::core::fail(
                                pos::domain::ShapeError{"", "the body does not fit its hash"}))
                          : decode(row);
  if (!fact) throw ledger::Unappliable{fact.error().key + " " + fact.error().reason};
  const StreamNumber bucket = ledger::bucket_for(row.uid, *fact);
  const auto known = streams_.outcome(bucket, row.uid);
  const bool again = CLUBTILL_BUG("applied_twice");
  if (known && *known != OutcomeRow::Result::parked && !again) return;  // law 3: once

  const auto sealed = moment_of(*fact);
  ledger::Origin origin{row.uid, row.till, row.arrived};
  // Of one that has waited it was said when it came.
  if (sealed && may_wait) origin.not_before = inbox_.take_moment(row, sealed->at);
  if (!may_wait) origin.not_before = inbox_.not_before(row.id);
  if (may_wait && !known && waits_for_its_sale(row, bucket, *fact)) return;
  const auto sale = sale_of(*fact, origin);
  if (sale) origin.sale = &*sale;

  const auto today = day_of(clock_, row.arrived);
  std::optional<ledger::KeyedHash> name;
  bool unreadable = false;
  std::optional<PersonRecord> person;
  if (auto* import = std::get_if<ledger::ImportFact>(&*fact)) {
    const auto text = row.box ? pos::core::open_sealed(keys_.box, *row.box) : std::nullopt;
    auto record = text ? decode_record(*text)
                       : pos::domain::Shaped<PersonRecord>(
                             pos::core::fail(pos::domain::ShapeError{"", "no box"}));
    unreadable = !record;
    if (record) {
      person = std::move(*record);
      keep_dates(*person, persons_.find(bucket, import->member.id));
      import->member.windows = pos::domain::windows_of(person->dates, today);
      persons_.put(bucket, import->member.id, *person);
    }
  } else if (auto* join = join_of(*fact)) {
    person = open_person(keys_, row, *join);
    unreadable = !person;
    if (person && !buckets_.member(bucket, join->member.id)) {
      join->member.windows = pos::domain::windows_of(person->dates, today);
      name = name_hash(keys_.index, person->first_name);
      // The body names nobody (law 14): what tills show comes out of the box.
      join->member.form_of_address = person->first_name;
      const std::size_t digits = std::min<std::size_t>(person->phone.size(), 2);
      join->member.last_digits = person->phone.substr(person->phone.size() - digits);
      persons_.put(bucket, join->member.id, *person);
    }
  }
  // The outcome takes its seq before the rows that show it: a till goes by that order.
  streams_.put_outcome(bucket, row.till, {row.uid, OutcomeRow::Result::applied});
  // Whatever was kept for it: what it used it takes itself, here or by the messages that it sends,
  // before the next wish is judged.
  if (row.kind == "sale" && !CLUBTILL_BUG("reservation_outlives_sale")) {
    reservations_.abandon(row.till, row.uid);
  }
  auto result = ledger::apply_fact(buckets_, origin, *fact, name);
  if (unreadable) {
    buckets_.raise_flag({bucket, row.uid, "person_unreadable", ""});
    result = OutcomeRow::Result::flagged;
  }
  streams_.amend_outcome(bucket, {row.uid, result});
}

void Hub::apply_or_park(const InboxRow& row, bool may_wait) {
  Savepoint savepoint(db_, streams_);
  std::string reason;
  try {
    apply_fact(row, may_wait);
    savepoint.keep();
    return apply_what_waited(row);
  } catch (const ledger::Unappliable& unappliable) {
    reason = unappliable.reason;
  } catch (const pos::core::DbFailure& failure) {
    // A record that breaks a constraint is its own fault; a disk in trouble is nobody's.
    if (failure.error().fault != pos::core::DbError::Fault::constraint) throw;
    reason = failure.error().detail;
  }
  savepoint.undo();
  inbox_.park(row.id, reason);
  reservations_.abandon(row.till, row.uid);  // it has arrived, even so
  const auto account = ledger::AccountId::from_bytes(row.uid.bytes());
  const StreamNumber bucket = wire::bucket_of(account.value_or(ledger::AccountId{}));
  if (!streams_.outcome(bucket, row.uid)) {
    streams_.put_outcome(bucket, row.till, {row.uid, OutcomeRow::Result::parked});
  }
  apply_what_waited(row);
}

void Hub::drain_messages(std::int64_t& drained) {
  while (true) {
    auto& read = db_.cached(
        "SELECT id, bucket, to_bucket, uid, leg, payload FROM message WHERE id > ?"
        " ORDER BY id LIMIT 1");
    read.bind_all(drained);
    if (!read.step()) {
      read.reset();
      return;
    }
    const std::int64_t id = read.integer(0);
    const ledger::Message message{
        static_cast<StreamNumber>(read.integer(1)), static_cast<StreamNumber>(read.integer(2)),
        pos::domain::FactId::from_bytes(read.blob(3)).value_or(pos::domain::FactId{}), read.text(4),
        read.text(5)};
    read.reset();
    Savepoint savepoint(db_, streams_);
    try {
      ledger::apply_message(buckets_, message);
      savepoint.keep();
    } catch (const ledger::Unappliable& unappliable) {
      savepoint.undo();
      db_.cached("UPDATE message SET lost = ? WHERE id = ?")
          .bind_all(std::string_view(unappliable.reason), id)
          .run();
      buckets_.raise_flag({message.to_bucket, message.uid, "message_lost", unappliable.reason});
    }
    drained = id;
  }
}

std::size_t Hub::apply_batch(std::size_t count) {
  std::int64_t drained = inbox_.counter("drained");
  drain_messages(drained);
  const auto rows = inbox_.read(inbox_.counter("applied"), count);
  for (const InboxRow& row : rows) {
    apply_or_park(row);
    if (CLUBTILL_BUG_AT_TIMES("messages_skipped", 20)) {
      auto& last = db_.cached("SELECT coalesce(max(id), 0) FROM message");
      if (last.step()) drained = last.integer(0);
      last.reset();
    }
    drain_messages(drained);  // before the next fact, so that a replay gives the same order
  }
  if (!CLUBTILL_BUG("messages_drained_again")) inbox_.set_counter("drained", drained);
  if (CLUBTILL_BUG_AT_TIMES("applied_twice", 10)) return rows.size();
  if (!rows.empty()) inbox_.set_counter("applied", rows.back().id);
  refill(rows);
  return rows.size();
}

/// What a till drew is settled once it is applied: its pool is whole again.
void Hub::refill(const std::vector<InboxRow>& applied) {
  std::set<std::uint32_t> tills;
  for (const InboxRow& row : applied) {
    if (row.till != 0) tills.insert(row.till);
  }
  for (const std::uint32_t number : tills) {
    const auto till = tills_.find(number);
    if (till) issue_right(*till);
  }
}

Hub::Result<std::size_t> Hub::run_once(std::size_t count) {
  auto waiting = pos::core::guarded([&] {
    (void)take_up_foreign_commits();
    read_programme();
    const std::int64_t today = day_of(clock_, clock_.now()).time_since_epoch().count();
    return !members_are_renewed() || inbox_.counter("expired_day") != today ||
           !inbox_.read(inbox_.counter("applied"), 1).empty();
  });
  if (!waiting) return pos::core::fail(waiting.error());
  if (!*waiting) return std::size_t{0};
  auto applied = changing(db_, streams_, [&] {
    renew_members();
    expire_lots();
    return apply_batch(count);
  });
  if (applied) ++news_;
  return applied;
}

void Hub::read_programme() {
  auto& read = db_.cached("SELECT seq FROM row WHERE bucket = 256 AND key = 'programme:'");
  const std::int64_t seq = read.step() ? read.integer(0) : 0;
  read.reset();
  if (seq == programme_seq_) return;
  programme_seq_ = seq;
  programme_.reset();
  const auto row = streams_.row(wire::kClubStream, "programme:");
  if (!row) return;
  const std::string& document = std::get<wire::ProgrammeRow>(*row).document;
  auto programme = pos::programme::Programme::parse(pos::core::bytes_of(document));
  if (programme) programme_ = std::move(*programme);
}

bool Hub::members_are_renewed() {
  const auto today = day_of(clock_, clock_.now());
  return inbox_.counter(kRenewedDay) == today.time_since_epoch().count() &&
         inbox_.counter(kRenewedProgramme) == programme_seq_;
}

/// What of a member's row follows from the day and the programme: windows and tier.
void Hub::renew_members() {
  const auto today = day_of(clock_, clock_.now());
  buckets_.judge_tiers_by(programme_ ? programme_->tiers() : std::vector<NamedTier>{}, today);
  if (members_are_renewed()) return;
  for (const ledger::AccountMember& place : buckets_.all_members()) {
    auto record = buckets_.member(place.home, place.member);
    if (!record) continue;
    const auto person = persons_.find(place.home, place.member);
    pos::domain::MemberFacts renewed = record->facts;
    if (person) renewed.windows = pos::domain::windows_of(person->dates, today);
    if (programme_) pos::programme::set_standing(renewed, programme_->tiers(), today);
    if (renewed == record->facts) continue;
    record->facts = std::move(renewed);
    buckets_.put_member(place.home, *record);
  }
  inbox_.set_counter(kRenewedDay, today.time_since_epoch().count());
  inbox_.set_counter(kRenewedProgramme, programme_seq_);
}

void Hub::expire_lots() {
  const auto today = day_of(clock_, clock_.now());
  const std::int64_t number = today.time_since_epoch().count();
  if (inbox_.counter("expired_day") == number) return;
  // What waits in the inbox may still spend what is about to expire, and what an earlier fact of
  // this kind says must have its effect first.
  if (!inbox_.read(inbox_.counter("applied"), 1).empty()) return;
  std::size_t turns = 0;
  for (StreamNumber bucket = 0; bucket < wire::kClubStream && turns < kBucketsPerTurn; ++bucket) {
    if (buckets_.expiring(bucket, today, 1).empty()) continue;
    wire::FactFrame frame;
    frame.body = ledger::encode_expire({bucket, today});
    const auto kind = pos::core::FactKind::parse(ledger::kExpireKind);
    frame.fields.kind = kind.value_or(pos::core::FactKind{});
    frame.fields.uid = pos::domain::FactId::mint(chance_);
    append_own_fact(frame);
    ++turns;
  }
  if (turns == 0) inbox_.set_counter("expired_day", number);
}

Hub::Result<std::size_t> Hub::judge_once(std::size_t count) {
  const auto work = pos::core::guarded([&] { return judge_.has_work(); });
  if (!work) return pos::core::fail(work.error());
  if (!*work) return std::size_t{0};
  return changing(db_, streams_, [&] { return judge_.judge_some(count); });
}

Hub::Result<Hub::Judged> Hub::judged() {
  return pos::core::guarded([&] { return Judged{judge_.judged(), judge_.findings()}; });
}

Hub::Result<std::size_t> Hub::rebuild() {
  auto cleared = changing(db_, streams_, [&] {
    db_.execute(
        "DELETE FROM posting; DELETE FROM account; DELETE FROM account_member;"
        "DELETE FROM member; DELETE FROM person; DELETE FROM identity; DELETE FROM sold;"
        "DELETE FROM lot; DELETE FROM taken; DELETE FROM moved; DELETE FROM parted;"
        "DELETE FROM kept_apart; DELETE FROM line_moment; DELETE FROM moment_floor;"
        "DELETE FROM blocked_card; DELETE FROM budget; DELETE FROM coupon WHERE used = 1;"
        "DELETE FROM waiting_referral; DELETE FROM waiting_return;"
        "DELETE FROM receipt; DELETE FROM flag; DELETE FROM message; DELETE FROM outcome;"
        "DELETE FROM parked; DELETE FROM row WHERE bucket < 256;"
        "UPDATE bucket_head SET count = 0, digest = zeroblob(32) WHERE bucket < 256;"
        "DELETE FROM epoch; DELETE FROM epoch_start;"
        "DELETE FROM meta WHERE key IN ('applied', 'drained', 'renewed_day', 'renewed_programme')");
    judge_.start_over();
    streams_.forget_heads();
    streams_.begin_epoch(1 + chance_.below((std::uint64_t{1} << 62) - 1), clock_.now());
  });
  if (!cleared) return pos::core::fail(cleared.error());
  std::size_t total = 0;
  while (true) {
    const auto applied = run_once();
    if (!applied) return pos::core::fail(applied.error());
    if (*applied == 0) return total;
    total += *applied;
  }
}

}  // namespace club::hub
