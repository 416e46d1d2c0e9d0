#include "sync/hub/fact_reader.hpp"

#include <set>

#include "pos/programme/day_account.hpp"
#include "sync/ledger/ledger.hpp"

namespace club::hub {
namespace {

using pos::programme::Fact;
using wire::OutcomeRow;

constexpr std::size_t kRowsPerRead = 500;

std::optional<OutcomeRow::Result> outcome_of(pos::core::Database& db,
                                             const pos::domain::FactId& uid, StreamNumber bucket) {
  auto& read = db.cached("SELECT result FROM outcome WHERE bucket = ? AND uid = ?");
  read.bind_all(std::int64_t{bucket}, uid.bytes());
  std::optional<OutcomeRow::Result> result;
  if (read.step()) result = static_cast<OutcomeRow::Result>(read.integer(0));
  read.reset();
  return result;
}

}  // namespace

std::optional<pos::domain::AccountId> account_of(const Fact& fact) {
  if (const auto* sale = std::get_if<pos::programme::SaleFact>(&fact)) return account_of(*sale);
  if (const auto* back = std::get_if<pos::programme::ReturnFact>(&fact)) return account_of(*back);
  return std::nullopt;
}

Hub::Result<void> for_each_fact(Hub& hub, const std::function<void(const BookedFact&)>& visit) {
  return pos::core::guarded([&] {
    InboxStore inbox(hub.database());
    std::set<pos::domain::FactId> seen;
    std::int64_t after = 0;
    while (true) {
      auto rows = inbox.read(after, kRowsPerRead);
      if (rows.empty()) return;
      after = rows.back().id;
      for (InboxRow& row : rows) {
        if (row.damaged || row.till == 0) continue;
        auto fact = pos::programme::decode_fact(row.kind, row.body);
        if (!fact) continue;
        const auto result = outcome_of(hub.database(), row.uid, ledger::bucket_for(row.uid, *fact));
        if (!result || *result == OutcomeRow::Result::parked) continue;
        if (!seen.insert(row.uid).second) continue;
        const auto sealed = pos::programme::moment_of(*fact);
        const ledger::Origin origin{row.uid, row.till, row.arrived, inbox.not_before(row.id)};
        const auto moment = origin.counted(sealed.value_or(pos::core::Moment{row.arrived, {}}));
        visit({std::move(row), std::move(*fact), *result, moment});
      }
    }
  });
}

}  // namespace club::hub
