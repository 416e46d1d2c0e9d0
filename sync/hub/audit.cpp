#include "sync/hub/audit.hpp"

#include <map>

#include "pos/programme/member_standing.hpp"

namespace club::hub {
namespace {

using pos::core::Database;
using pos::core::Statement;

/// A query that gives one row of text for each breach.
struct Check {
  const char* name;
  const char* law;
  const char* sql;
};

constexpr Check kChecks[] = {
    {"sums_zero", "in every bucket and unit all postings of every fact sum to zero",
     "SELECT 'bucket ' || bucket || ' unit ' || unit || ' sums to ' || sum(amount) FROM posting"
     " GROUP BY bucket, unit HAVING sum(amount) <> 0"},
    {"balance_is_sum", "a balance is the sum of its postings",
     "SELECT 'account ' || hex(a.account) FROM account a LEFT JOIN"
     " (SELECT bucket, kind, account, sum(iif(unit = 0, amount, 0)) AS points,"
     "  sum(iif(unit = 1, amount, 0)) AS value FROM posting GROUP BY bucket, kind, account) p"
     " ON p.bucket = a.bucket AND p.kind = a.kind AND p.account = a.account"
     " WHERE a.points <> coalesce(p.points, 0) OR a.value <> coalesce(p.value, 0)"},
    {"lots", "the lots of an account sum to its balance",
     "SELECT 'account ' || hex(a.account) FROM account a LEFT JOIN"
     " (SELECT bucket, account, sum(iif(unit = 0, amount, 0)) AS points,"
     "  sum(iif(unit = 1, amount, 0)) AS value FROM lot GROUP BY bucket, account) l"
     " ON l.bucket = a.bucket AND l.account = a.account WHERE a.kind = 0"
     " AND (a.points <> coalesce(l.points, 0) OR a.value <> coalesce(l.value, 0))"},
    {"transit_empty", "transit is zero over all buckets once every message is applied",
     "SELECT 'transit holds ' || sum(points) || ' and ' || sum(value) FROM account"
     " WHERE kind = 5 AND NOT EXISTS(SELECT 1 FROM message WHERE id >"
     "  coalesce((SELECT value FROM meta WHERE key = 'drained'), 0))"
     " HAVING sum(points) <> 0 OR sum(value) <> 0"},
    {"once", "a fact has one effect, however often it arrived",
     "SELECT 'fact ' || hex(uid) FROM outcome WHERE result <> 2 GROUP BY uid HAVING count(*) > 1"},
    {"all_applied", "every fact up to the worker's mark has an outcome or is parked",
     "SELECT 'fact ' || hex(i.uid) FROM inbox i WHERE i.id <="
     " coalesce((SELECT value FROM meta WHERE key = 'applied'), 0)"
     " AND NOT EXISTS(SELECT 1 FROM outcome o WHERE o.uid = i.uid)"
     " AND NOT EXISTS(SELECT 1 FROM waiting_return w WHERE w.uid = i.uid)"},
    {"dense", "no sequence of a till has a hole",
     "SELECT 'till ' || i.till || ' incarnation ' || i.incarnation FROM inbox i"
     " LEFT JOIN branch b ON b.till = i.till AND b.incarnation = i.incarnation"
     "  AND b.branch = i.branch"
     " GROUP BY i.till, i.incarnation, i.branch"
     " HAVING count(*) <> max(i.seq) - coalesce(max(b.base_seq), 0)"},
    {"member_balance", "a member's row shows the balance of its account, and how many share it",
     "SELECT 'member ' || r.key FROM row r JOIN account a ON a.kind = 0"
     " AND hex(a.account) = upper(json_extract(r.line, '$.member.account'))"
     " WHERE r.bucket < 256 AND r.key LIKE 'member:%' AND a.closed_into IS NULL"
     " AND (a.points <> json_extract(r.line, '$.member.balance')"
     "  OR a.value <> coalesce(json_extract(r.line, '$.member.value'), 0)"
     "  OR max(1, (SELECT count(*) FROM account_member m WHERE m.bucket = a.bucket"
     "   AND m.account = a.account AND m.duplicate = 0))"
     "  <> coalesce(json_extract(r.line, '$.member.household'), 1))"
     " AND NOT EXISTS(SELECT 1 FROM message WHERE id >"
     "  coalesce((SELECT value FROM meta WHERE key = 'drained'), 0))"},
    {"card_value", "the row of a card that nobody holds shows what its account holds",
     "SELECT 'account ' || hex(a.account) FROM account a LEFT JOIN row r ON r.bucket = a.bucket"
     " AND r.key = 'card_value:' || lower(hex(a.account)) WHERE a.kind = 0"
     " AND a.value <> coalesce(json_extract(r.line, '$.card.value'), 0) AND NOT EXISTS("
     "  SELECT 1 FROM account_member m WHERE m.bucket = a.bucket AND m.account = a.account)"},
    {"messages_applied", "no message between buckets was lost",
     "SELECT 'message ' || id || ': ' || lost FROM message WHERE lost IS NOT NULL"},
    {"reservations", "nothing is kept any more for a sale that has arrived",
     "SELECT 'sale ' || hex(r.uid) FROM (SELECT uid FROM reservation UNION"
     "  SELECT uid FROM coupon WHERE used = 0 UNION SELECT uid FROM kept_budget) r WHERE EXISTS("
     "  SELECT 1 FROM outcome o WHERE o.uid = r.uid)"
     " AND NOT EXISTS(SELECT 1 FROM message WHERE id >"
     "  coalesce((SELECT value FROM meta WHERE key = 'drained'), 0))"},
    {"coupons_once", "a used coupon names the one applied sale that has it",
     "SELECT 'coupon ' || c.code FROM coupon c WHERE c.used = 1"
     " AND NOT EXISTS(SELECT 1 FROM outcome o WHERE o.uid = c.uid)"},
    {"adjustments", "what headquarters gave and took is what its own facts say",
     "SELECT 'fact ' || hex(p.uid) FROM posting p LEFT JOIN inbox i ON i.uid = p.uid"
     " AND i.till = 0 AND i.kind = 'adjust' WHERE p.kind = 8 AND (i.uid IS NULL"
     " OR p.amount <> -json_extract(CAST(i.body AS TEXT), '$.amount'))"},
    {"returns_within_sales", "what came back beyond what was sold is flagged",
     "SELECT 'sale ' || hex(s.uid) FROM sold s, json_each(s.lines) l WHERE"
     " json_extract(l.value, '$.back') > json_extract(l.value, '$.sold') AND NOT EXISTS("
     "  SELECT 1 FROM flag f WHERE f.bucket = s.bucket AND f.word = 'returned_beyond_sold'"
     "  AND upper(f.detail) = hex(s.uid))"}};

AuditLine judge(Database& db, const Check& check) {
  AuditLine line{check.name, check.law, true, ""};
  Statement read = db.prepare(check.sql);
  while (read.step()) {
    if (line.holds) line.detail = read.text(0);
    line.holds = false;
  }
  return line;
}

/// Law 9, and the figure that it bounds. A copied or restored disk has the rights once more; each
/// goes on in a branch or an incarnation of its own.
AuditLine judge_rights(Hub& hub) {
  AuditLine line{"rights", "no copy of a till gave more than its rights", true, ""};
  Statement read = hub.database().prepare(
      "SELECT d.till FROM draw d LEFT JOIN issued_right r ON r.id = d.right_id AND r.till = d.till"
      " GROUP BY d.right_id, d.till HAVING sum(d.amount) > coalesce(r.amount, 0) *"
      "  max(1, (SELECT count(*) FROM (SELECT DISTINCT incarnation, branch FROM inbox i"
      "  WHERE i.till = d.till)))");
  if (read.step()) {
    line.holds = false;
    line.detail = "till " + std::to_string(read.integer(0));
    return line;
  }
  const auto tills = hub.exposure();
  if (!tills) throw pos::core::DbFailure(tills.error());
  std::int64_t worst = 0;
  for (const RightStore::Exposure& one : *tills) worst += one.left.units();
  line.detail = "tills can still give " + std::to_string(worst) + " without asking, minor units";
  return line;
}

/// What came back elsewhere before its sale was heard of.
AuditLine judge_waiting(Database& db) {
  AuditLine line{"returns_wait", "a return waits only for a sale that has not arrived", true, ""};
  Statement read = db.prepare(
      "SELECT hex(w.uid), EXISTS(SELECT 1 FROM inbox i WHERE i.uid = w.sale AND i.id <="
      "  coalesce((SELECT value FROM meta WHERE key = 'applied'), 0))"
      " FROM waiting_return w ORDER BY w.inbox_id");
  std::int64_t waiting = 0;
  while (read.step()) {
    ++waiting;
    if (read.integer(1) == 0) continue;
    line.holds = false;
    line.detail = "return " + read.text(0);
    return line;
  }
  line.detail = std::to_string(waiting) + " returns wait for sales of other tills";
  return line;
}

/// Law 5, over the wire: what tills sealed is what the same library makes of the same input.
AuditLine judge_sales(Hub& hub) {
  AuditLine line{"recompute", "every sale judged again gives what its till sealed", true, ""};
  const auto judged = hub.judged();
  if (!judged) throw pos::core::DbFailure(judged.error());
  std::int64_t unknown = 0;
  for (const SaleJudge::Finding& one : judged->findings) {
    if (one.word == SaleJudge::Word::unknown_version) {
      unknown += one.sales;
      continue;
    }
    if (line.holds) {
      line.detail = "till " + std::to_string(one.till) + ": " + std::to_string(one.sales) +
                    " sales, first " + one.first.hex() + ": " +
                    std::string(SaleJudge::to_text(one.word)) + " " + one.detail;
    }
    line.holds = false;
  }
  if (!line.holds) return line;
  line.detail = std::to_string(judged->sales) + " sales judged";
  if (unknown > 0) line.detail += ", " + std::to_string(unknown) + " of versions unknown here";
  return line;
}

/// The stored heads against the rows that they stand for.
AuditLine judge_heads(Database& db) {
  AuditLine line{"digests", "a stream's count and digest are those of its rows", true, ""};
  std::map<std::int64_t, std::pair<std::int64_t, pos::core::Digest>> found;
  Statement rows = db.prepare("SELECT bucket, line FROM row");
  while (rows.step()) {
    auto& [count, digest] = found[rows.integer(0)];
    ++count;
    digest = wire::exclusive_or(digest, wire::row_digest(rows.text(1)));
  }
  Statement heads = db.prepare("SELECT bucket, count, digest FROM bucket_head");
  while (heads.step()) {
    const auto& [count, digest] = found[heads.integer(0)];
    if (heads.integer(1) == count && digest == pos::core::Digest::from_bytes(heads.blob(2))) {
      continue;
    }
    line.holds = false;
    line.detail = "bucket " + std::to_string(heads.integer(0));
  }
  return line;
}

/// The tier of every member, and what is missing to the next, against its counters: under the
/// programme and as of the day by which the worker last renewed the rows.
AuditLine judge_tiers(Database& db) {
  AuditLine line{"tiers", "a member's tier is the one that follows from its counters", true, ""};
  InboxStore inbox(db);
  Statement read =
      db.prepare("SELECT line, seq FROM row WHERE bucket = 256 AND key = 'programme:'");
  if (!read.step() || read.integer(1) != inbox.counter(Hub::kRenewedProgramme)) return line;
  const auto row = wire::row_from_line(read.text(0));
  if (!row) return line;  // "digests" names it
  const auto& document = std::get<wire::ProgrammeRow>(row->body).document;
  const auto programme = pos::programme::Programme::parse(pos::core::bytes_of(document));
  if (!programme || !has_ladder(programme->tiers())) return line;
  const pos::domain::Day day(std::chrono::days(inbox.counter(Hub::kRenewedDay)));
  Statement members =
      db.prepare("SELECT line, key FROM row WHERE bucket < 256 AND key LIKE 'member:%'");
  while (members.step()) {
    const auto member = wire::row_from_line(members.text(0));
    if (!member) continue;
    const auto& facts = std::get<wire::MemberRow>(member->body).member;
    const pos::programme::Standing shown{facts.tier, facts.next_tier};
    if (shown == standing_on(programme->tiers(), facts, day)) continue;
    if (line.holds) line.detail = members.text(1);
    line.holds = false;
  }
  return line;
}

/// The chain of every till, as its envelopes say it.
AuditLine judge_chains(Database& db) {
  AuditLine line{"chains", "every fact chains to the one before it", true, ""};
  InboxStore inbox(db);
  Statement read = db.prepare(
      "SELECT till, incarnation, branch, seq, uid, kind, body_hash, chain, length(body), damaged"
      " FROM inbox ORDER BY till, incarnation, branch, seq");
  while (read.step()) {
    if (read.integer(9) != 0) continue;  // its size need not be the envelope's
    pos::core::EnvelopeFields fields;
    fields.till = static_cast<std::uint32_t>(read.integer(0));
    fields.incarnation = static_cast<std::uint32_t>(read.integer(1));
    fields.seq = static_cast<std::uint64_t>(read.integer(3));
    fields.uid = pos::domain::FactId::from_bytes(read.blob(4)).value_or(pos::domain::FactId{});
    fields.kind = pos::core::FactKind::parse(read.text(5)).value_or(pos::core::FactKind{});
    fields.body_hash = pos::core::Digest::from_bytes(read.blob(6)).value_or(pos::core::Digest{});
    fields.size = static_cast<std::uint32_t>(read.integer(8));
    const auto before =
        fields.seq == 1
            ? std::optional(pos::core::kChainStart)
            : inbox.chain_at(fields.till, fields.incarnation,
                             static_cast<std::uint32_t>(read.integer(2)), fields.seq - 1);
    const auto chain = pos::core::Digest::from_bytes(read.blob(7));
    if (before && chain == pos::core::chain_value(*before, fields)) continue;
    line.holds = false;
    line.detail = "till " + std::to_string(fields.till) + " incarnation " +
                  std::to_string(fields.incarnation) + " seq " + std::to_string(fields.seq);
    return line;
  }
  return line;
}

}  // namespace

Hub::Result<std::vector<AuditLine>> audit(Hub& hub) {
  return pos::core::guarded([&] {
    std::vector<AuditLine> lines;
    for (const Check& check : kChecks) lines.push_back(judge(hub.database(), check));
    lines.push_back(judge_rights(hub));
    lines.push_back(judge_waiting(hub.database()));
    lines.push_back(judge_sales(hub));
    lines.push_back(judge_heads(hub.database()));
    lines.push_back(judge_tiers(hub.database()));
    lines.push_back(judge_chains(hub.database()));
    return lines;
  });
}

}  // namespace club::hub
