#include "pos/programme/facts.hpp"

#include "pos/core/planted.hpp"
#include "sync/hub/hub.hpp"

namespace club::hub {
namespace {

using pos::core::Digest;
using wire::FactFrame;
using wire::JournalMark;
using wire::PushAnswer;

/// How far back a till is asked to push again while the place of a divergence is looked for.
constexpr std::uint64_t kLookBack = wire::kBatchFactsMax - 1;

bool chains_within(const std::vector<FactFrame>& facts) {
  for (std::size_t i = 1; i < facts.size(); ++i) {
    if (pos::core::chain_value(facts[i - 1].chain, facts[i].fields) != facts[i].chain) {
      return false;
    }
  }
  return true;
}

bool is_damaged(const FactFrame& fact) {
  if (CLUBTILL_BUG("damaged_body_believed")) return false;
  return fact.body.size() != fact.fields.size ||
         pos::core::blake2b(fact.body) != fact.fields.body_hash;
}

/// Where a batch meets a branch.
struct Fit {
  std::uint32_t branch = 0;
  std::size_t known = 0;  ///< so many facts of the batch are there already
  bool diverged = false;  ///< the next one is there in another form
};

std::optional<Fit> fit_of(InboxStore& inbox, const std::vector<FactFrame>& facts,
                          const Branch& branch) {
  const auto& first = facts.front().fields;
  const auto before =
      first.seq == 1 ? std::optional(pos::core::kChainStart)
                     : inbox.chain_at(first.till, first.incarnation, branch.number, first.seq - 1);
  if (!before || pos::core::chain_value(*before, first) != facts.front().chain) {
    return std::nullopt;
  }
  Fit fit{branch.number, 0, false};
  for (const FactFrame& fact : facts) {
    const auto chain =
        inbox.chain_at(first.till, first.incarnation, branch.number, fact.fields.seq);
    if (!chain) break;
    if (*chain != fact.chain) {
      fit.diverged = true;
      break;
    }
    ++fit.known;
  }
  return fit;
}

bool better(const Fit& a, const Fit& b) {
  if (a.diverged != b.diverged) return !a.diverged;
  return a.known > b.known;
}

/// Rights are the hub's and the till's affair, not a bucket's: what is left of them is known as
/// soon as a fact is durable here.
void note_rights(RightStore& rights, InboxStore& inbox, const FactFrame& frame,
                 std::int64_t inbox_id) {
  const auto kind = frame.fields.kind.text();
  // Most sales draw on no right; they are not read before they are applied.
  constexpr std::string_view kNamesRight = "\"right\":\"";
  const bool may_draw = (kind == "sale" || kind == "return") &&
                        pos::core::text_of(frame.body).find(kNamesRight) != std::string_view::npos;
  if (kind != "right" && !may_draw) return;
  const auto fact = pos::programme::decode_fact(kind, frame.body);
  if (!fact) return;
  const std::uint32_t till = frame.fields.till;
  if (const auto* right = std::get_if<pos::programme::RightFact>(&*fact)) {
    const JournalMark settled{right->settled_incarnation, right->settled_seq, right->settled_chain};
    const auto place = inbox.find(till, settled);
    rights.received(till, *right, place ? place->id : 0);
  }
  if (const auto* sale = std::get_if<pos::programme::SaleFact>(&*fact); sale && sale->right) {
    rights.draw(till, *sale->right, sale->result.drawn, inbox_id);
  }
  if (const auto* back = std::get_if<pos::programme::ReturnFact>(&*fact); back && back->right) {
    rights.draw(till, *back->right, back->drawn, inbox_id);
  }
}

/// The batch meets no branch: it lies behind a hole, or behind a divergence that is further back.
PushAnswer ask_earlier(InboxStore& inbox, const std::vector<FactFrame>& facts,
                       const Branch& newest) {
  const auto& first = facts.front().fields;
  PushAnswer answer{PushAnswer::Word::gap, newest.last, {}};
  if (newest.last.seq + 1 < first.seq) return answer;
  if (CLUBTILL_BUG("divergence_not_searched")) return answer;
  const std::uint64_t from = first.seq > kLookBack + 1 ? first.seq - 1 - kLookBack : 0;
  const auto chain = inbox.chain_at(first.till, first.incarnation, newest.number, from);
  answer.accepted = {first.incarnation, chain ? from : 0, chain.value_or(pos::core::kChainStart)};
  return answer;
}

}  // namespace

PushAnswer Hub::accept(const wire::PushRequest& push, const TillRecord& till) {
  const auto& facts = push.facts;
  const auto& first = facts.front().fields;
  const std::vector<Branch> branches = inbox_.branches(first.till, first.incarnation);
  const JournalMark newest = branches.front().last;
  const bool chains = chains_within(facts) || CLUBTILL_BUG("chain_not_checked");
  if (!chains || !pos::core::verify_chain(*till.key, facts.back().chain, push.signature)) {
    return {PushAnswer::Word::bad_chain, newest, {}};
  }
  std::optional<Fit> best;
  for (const Branch& branch : branches) {
    const auto fit = fit_of(inbox_, facts, branch);
    if (fit && (!best || better(*fit, *best))) best = fit;
  }
  if (!best && CLUBTILL_BUG("gap_accepted")) best = Fit{branches.front().number, 0, false};
  if (!best) return ask_earlier(inbox_, facts, branches.front());
  if (best->diverged && CLUBTILL_BUG("fork_not_kept")) {
    const FactFrame& last = facts.back();
    return {PushAnswer::Word::fork, {first.incarnation, last.fields.seq, last.chain}, {}};
  }
  if (best->known > 0 && !best->diverged && CLUBTILL_BUG("no_dedupe")) {
    best->branch = inbox_.split(first.till, first.incarnation, best->branch, first.seq - 1);
    best->known = 0;
  }
  if (best->diverged) {
    best->branch =
        inbox_.split(first.till, first.incarnation, best->branch, first.seq + best->known - 1);
  }
  PushAnswer answer;
  answer.word = best->branch == 0 ? PushAnswer::Word::accepted : PushAnswer::Word::fork;
  for (std::size_t i = best->known; i < facts.size(); ++i) {
    Arrival arrival{&facts[i], best->branch, std::nullopt, clock_.now(), is_damaged(facts[i])};
    if (i + 1 == facts.size()) arrival.signature = push.signature;
    const bool known = inbox_.holds(facts[i].fields.uid);
    const std::int64_t id = inbox_.add(arrival);
    tills_.set_newest(first.till, id);
    if (arrival.damaged) {
      answer.damaged.push_back(facts[i].fields.seq);
    } else if (!known) {
      note_rights(rights_, inbox_, facts[i], id);
    }
  }
  answer.accepted = {first.incarnation, facts.back().fields.seq, facts.back().chain};
  for (const Branch& branch : branches) {
    // A batch that was known in full must not take the acknowledgement back.
    if (branch.number == best->branch && branch.last.seq > answer.accepted.seq) {
      answer.accepted = branch.last;
    }
  }
  return answer;
}

}  // namespace club::hub
