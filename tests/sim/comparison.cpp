#include "tests/sim/comparison.hpp"

#include <map>

namespace tests::sim {

using namespace pos;

void Comparison::inbox(std::int64_t damaged, bool sent_anew) {
  const std::int64_t arrived = hub_.number("SELECT count(*) FROM inbox WHERE till>0");
  const std::int64_t distinct = hub_.number("SELECT count(DISTINCT uid) FROM inbox WHERE till>0");
  demand(arrived == distinct || sent_anew, "law 3: a fact is in the inbox twice");
  const std::int64_t seen = hub_.number(
      "SELECT count(DISTINCT uid) FROM inbox WHERE till>0 AND damaged=0 AND kind NOT IN "
      "('begin','right')");
  demand(seen == static_cast<std::int64_t>(oracle_.facts().size()),
         "the inbox holds " + std::to_string(seen) + " facts, the cashiers sealed " +
             std::to_string(oracle_.facts().size()));
  demand(hub_.number("SELECT count(*) FROM parked") == damaged,
         "law 11: a good fact was parked, or a damaged one was not");
  for (const auto& [uid, fact] : oracle_.facts()) {
    core::Statement statement = hub_.hub().database().prepare("SELECT 1 FROM inbox WHERE uid=?");
    statement.bind(1, uid.bytes());
    demand(statement.step(), "a sealed fact never arrived");
  }
}

void Comparison::bodies(const std::vector<std::string>& documents) {
  std::map<domain::ProgrammeHash, programme::Programme> versions;
  for (const std::string& document : documents) {
    versions.emplace(core::blake2b(core::bytes_of(document)),
                     *programme::Programme::parse(core::bytes_of(document)));
  }
  std::int64_t takings = 0;
  core::Statement rows = hub_.hub().database().prepare(
      "SELECT kind, body FROM inbox WHERE till>0 AND damaged=0 AND"
      " kind IN ('sale','return','void') GROUP BY uid");
  while (rows.step()) {
    const core::Bytes body = core::copy_of(rows.blob(1));
    auto fact = programme::decode_fact(rows.text(0), body);
    demand(fact.has_value(), "a sealed body does not read");
    if (const auto* back = std::get_if<programme::ReturnFact>(&*fact)) {
      takings -= back->money.units();
    } else if (auto* sale = std::get_if<programme::SaleFact>(&*fact)) {
      takings += sale->result.payable.units();
      const auto version = versions.find(sale->result.programme);
      demand(version != versions.end(), "a sale names a programme that never was in force");
      sale->result = programme::quote(version->second, sale->input);
      demand(programme::encode_fact(*fact) == body,
             "law 5: a sealed input judged again gives another result");
    }
  }
  demand(takings == oracle_.takings(), "law 1: the hub holds other takings than the tills took");
}

void Comparison::judged() {
  while (true) {
    const auto some = hub_.hub().judge_once();
    demand(some.has_value(), "hub: judge");
    if (*some == 0) break;
  }
  const auto judged = hub_.hub().judged();
  demand(judged && judged->sales ==
                       hub_.number("SELECT count(*) FROM inbox WHERE kind='sale' AND damaged=0"),
         "law 5: the hub has not judged every sale");
  demand(judged->findings.empty(), "law 5: the hub finds fault with an honest till");
}

void Comparison::sums() {
  demand(
      hub_.number("SELECT count(*) FROM (SELECT sum(amount) s FROM posting GROUP BY bucket, unit) "
                  "WHERE s<>0") == 0,
      "law 4: a bucket does not sum to zero");
  demand(
      hub_.number("SELECT count(*) FROM account a WHERE kind=0 AND points<>coalesce("
                  "(SELECT sum(amount) FROM lot l WHERE l.bucket=a.bucket AND l.account=a.account "
                  "AND unit=0), 0)") == 0,
      "law 4: the lots of an account do not sum to its balance");
}

void Comparison::returns() {
  demand(hub_.number("SELECT count(*) FROM waiting_return") ==
             static_cast<std::int64_t>(oracle_.waiting()),
         "law 1: other returns wait than those of lost sales");
  for (const auto& [sale, pieces] : oracle_.came_back()) {
    if (!oracle_.knows(sale)) continue;
    core::Statement read = hub_.hub().database().prepare(
        "SELECT l.key, json_extract(l.value, '$.back'), json_extract(l.value, '$.sold')"
        " FROM sold s, json_each(s.lines) l WHERE s.uid=?");
    read.bind(1, sale.bytes());
    bool beyond = false;
    while (read.step()) {
      const auto line = static_cast<std::size_t>(read.integer(0));
      const std::int64_t came = line < pieces.size() ? pieces[line] : 0;
      demand(read.integer(1) == came, "law 7: the hub counts other pieces back than the tills");
      beyond = beyond || came > read.integer(2);
    }
    core::Statement flag = hub_.hub().database().prepare(
        "SELECT count(*) FROM flag WHERE word='returned_beyond_sold' AND detail=?");
    flag.bind(1, std::string_view(sale.hex()));
    const bool flagged = flag.step() && flag.integer(0) > 0;
    demand(flagged == beyond, "law 7: flagged, and not beyond what was sold, or the reverse");
    if (beyond) tally_.count("slip: given back twice, flagged");
  }
}

void Comparison::accounts() {
  sums();
  core::Statement rows =
      hub_.hub().database().prepare("SELECT account, points, value FROM account WHERE kind=0");
  Oracle::Balances found;
  while (rows.step()) {
    const auto account = domain::AccountId::from_bytes(rows.blob(0));
    demand(account.has_value(), "an account without an id");
    found[*account] = {rows.integer(1), rows.integer(2)};
  }
  for (const auto& [account, amounts] : oracle_.balances()) {
    const Oracle::Amounts held = found[account];
    demand(held.points == amounts.points, "an account holds " + std::to_string(held.points) +
                                              " points, not " + std::to_string(amounts.points));
    demand(held.value == amounts.value, "an account holds a value of " +
                                            std::to_string(held.value) + ", not " +
                                            std::to_string(amounts.value));
  }
}

void Comparison::kept() {
  demand(hub_.number("SELECT count(*) FROM reservation") == 0,
         "something is kept for a sale that will never come");
}

void Comparison::agreed() {
  const std::string twice = oracle_.coupon_twice();
  demand(twice.empty(), "law 9: the hub agreed twice to the coupon " + twice);
  const std::string overspent = oracle_.overspent();
  demand(overspent.empty(), "law 9: " + overspent);
}

}  // namespace tests::sim
