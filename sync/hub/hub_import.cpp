#include "sync/hub/changing.hpp"
#include "sync/hub/hub.hpp"
#include "sync/ledger/ledger.hpp"

namespace club::hub {

using wire::FactFrame;

/// The hub's own journal is till 0, incarnation 1: imports, blocked cards and households
/// take the same way as facts.
void Hub::append_own_fact(const FactFrame& fact) {
  FactFrame own = fact;
  const wire::JournalMark last = inbox_.branches(0, 1).front().last;
  own.fields.till = 0;
  own.fields.incarnation = 1;
  own.fields.seq = last.seq + 1;
  own.fields.size = static_cast<std::uint32_t>(own.body.size());
  own.fields.body_hash = pos::core::blake2b(own.body);
  own.chain = pos::core::chain_value(last.chain, own.fields);
  inbox_.add(
      {&own, 0, pos::core::sign_chain(keys_.signing.secret, own.chain), clock_.now(), false});
}

Hub::Result<std::size_t> Hub::import_members(const std::vector<ImportedMember>& members) {
  return changing(db_, streams_, [&] {
    std::size_t added = 0;
    for (const ImportedMember& member : members) {
      ledger::ImportFact fact;
      fact.member = member.member;
      const PersonRecord& person = member.person;
      if (!person.phone.empty()) {
        fact.phone = pos::core::keyed_hash(keys_.index, wire::kPhoneHash, person.phone);
      }
      if (!person.card.empty()) {
        fact.card = pos::core::keyed_hash(keys_.index, wire::kCardHash, person.card);
      }
      fact.name = name_hash(keys_.index, person.first_name);
      fact.opening = member.opening;
      fact.opening_last = member.opening_last;
      fact.marketing_consent = person.marketing;
      fact.class_told = member.class_told;
      FactFrame frame;
      frame.body = ledger::encode_import(fact);
      const auto kind = pos::core::FactKind::parse(ledger::kImportKind);
      frame.fields.kind = kind.value_or(pos::core::FactKind{});
      // The same line of a spreadsheet is the same fact, however often it is imported.
      const auto record = encode_record(person);
      const auto once = pos::core::keyed_hash(
          keys_.index, "import",
          std::string(pos::core::text_of(frame.body)) + std::string(pos::core::text_of(record)));
      frame.fields.uid =
          pos::domain::FactId::from_bytes(once.bytes()).value_or(pos::domain::FactId{});
      if (inbox_.holds(frame.fields.uid)) continue;
      frame.box = pos::core::seal_for(keys_.box.open, record, chance_);
      append_own_fact(frame);
      ++added;
    }
    ++news_;
    return added;
  });
}

Hub::Result<void> Hub::say(std::string_view kind, pos::core::Bytes body) {
  return changing(db_, streams_, [&] {
    FactFrame frame;
    frame.body = std::move(body);
    frame.fields.kind = pos::core::FactKind::parse(kind).value_or(pos::core::FactKind{});
    frame.fields.uid = pos::domain::FactId::mint(chance_);
    append_own_fact(frame);
    ++news_;
  });
}

Hub::Result<void> Hub::block_card(const ledger::KeyedHash& card, bool blocked) {
  return say(ledger::kBlockKind, ledger::encode_block({card, blocked}));
}

Hub::Result<void> Hub::join_household(const ledger::AccountId& account,
                                      const ledger::AccountId& into) {
  return say(ledger::kHouseholdKind, ledger::encode_household({account, into, {}}));
}

Hub::Result<bool> Hub::adjust(const Adjustment& adjustment) {
  return changing(db_, streams_, [&] {
    const auto now = clock_.now();
    FactFrame frame;
    frame.box = pos::core::seal_for(keys_.box.open, encode_words(adjustment.words), chance_);
    ledger::AdjustFact fact;
    fact.member = adjustment.member;
    fact.account = adjustment.account;
    fact.unit = adjustment.unit;
    fact.amount = adjustment.amount;
    fact.day = pos::core::local_day({now, clock_.utc_offset(now)});
    fact.last = adjustment.last;
    // What makes it the same one: all but the account, which a merge may change, and the seal.
    ledger::AdjustFact same = fact;
    same.account = {};
    const auto once =
        pos::core::keyed_hash(keys_.index, "adjust",
                              std::string(pos::core::text_of(ledger::encode_adjust(same))) +
                                  std::string(pos::core::text_of(encode_words(adjustment.words))));
    frame.fields.uid =
        pos::domain::FactId::from_bytes(once.bytes()).value_or(pos::domain::FactId{});
    if (inbox_.holds(frame.fields.uid)) return false;
    fact.words = pos::core::blake2b(*frame.box);
    frame.body = ledger::encode_adjust(fact);
    frame.fields.kind =
        pos::core::FactKind::parse(ledger::kAdjustKind).value_or(pos::core::FactKind{});
    append_own_fact(frame);
    ++news_;
    return true;
  });
}

}  // namespace club::hub
