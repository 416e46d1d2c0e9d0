#include "sync/engine/till_session.hpp"

#include <algorithm>

#include "pos/core/chain.hpp"
#include "pos/core/planted.hpp"
#include "sync/engine/answers.hpp"
#include "sync/engine/hello.hpp"
#include "sync/wire/limits.hpp"

namespace club::engine {
namespace {

using pos::core::fail;
using wire::Bytes;

std::vector<bool> streams_of(const std::vector<wire::Page>& pages, bool& fit) {
  std::vector<bool> seen(wire::kStreamCount);
  fit = true;
  for (const wire::Page& page : pages) {
    if (page.cursor.stream >= wire::kStreamCount || seen[page.cursor.stream]) {
      fit = false;
      return seen;
    }
    seen[page.cursor.stream] = true;
    std::uint64_t last = 0;
    for (const wire::Row& row : page.rows) {
      if (row.seq <= last || row.seq > page.cursor.seq) fit = false;
      last = row.seq;
    }
  }
  return seen;
}

}  // namespace

Synced<TillSession> TillSession::begin(const TillIdentity& identity, Link& link, SyncStore& store,
                                       pos::core::Chance& chance, const CallTimes& times) {
  TillSession session(identity, link, store, chance, times);
  const auto sealed = store.sealed();
  if (!sealed) return fail(disk(sealed.error()));
  const auto accepted = store.accepted();
  if (!accepted) return fail(disk(accepted.error()));
  const auto answer = say_hello(identity, link, chance, *sealed, *accepted, times.answer);
  if (!answer) return fail(answer.error());
  session.nonce_ = answer->nonce;
  session.hub_time_ = answer->hub_time;
  const auto taken = session.take_over(*answer, *sealed);
  if (!taken) return fail(taken.error());
  return session;
}

/// What the answer says of our journal: the hub may be behind (restored: what it lacks waits
/// again), hold more of this incarnation than this disk (an older image: what is sealed from now on
/// must not take the same seqs), or speak of another copy of it. Only a fact that is ours counts as
/// accepted; of what is not known the next push is told.
Synced<void> TillSession::take_over(const wire::HelloAnswer& answer,
                                    const wire::JournalMark& sealed) {
  const wire::JournalMark& accepted = answer.accepted;
  if (accepted.incarnation != sealed.incarnation) {
    return fail(garbage("hello was answered for another incarnation"));
  }
  if (accepted.seq > sealed.seq) {
    if (CLUBTILL_BUG("older_image_believed")) {
      const auto kept = store_->set_accepted({sealed.incarnation, sealed.seq, sealed.chain});
      if (!kept) return fail(disk(kept.error()));
    }
    // What it holds more may be another copy's, in the place of facts of ours that a restored hub
    // has lost: the newest of ours is shown once more.
    const auto doubted = CLUBTILL_BUG("longer_journal_believed")
                             ? Stored<void>{}
                             : store_->doubt_accepted(sealed.incarnation, sealed.seq - 1);
    if (!doubted) return fail(disk(doubted.error()));
    if (const auto begun = store_->begin_incarnation(); !begun) return fail(disk(begun.error()));
  } else {
    const auto ours = store_->holds(accepted);
    if (!ours) return fail(disk(ours.error()));
    const auto kept = *ours || CLUBTILL_BUG("foreign_mark_believed")
                          ? store_->set_accepted(accepted)
                          : store_->doubt_accepted(accepted.incarnation, accepted.seq - 1);
    if (!kept) return fail(disk(kept.error()));
  }
  const auto received = receive(answer.right);
  if (!received) return fail(received.error());
  right_received_ = *received;
  return {};
}

/// One that was declined is not asked for again in this session, or a copied disk would never rest.
Synced<bool> TillSession::receive(const std::optional<wire::IssuedRight>& right) {
  if (!right) return false;
  right_ = std::max(right_, right->number);
  const auto received = store_->receive(*right);
  if (!received) return fail(disk(received.error()));
  return *received;
}

Synced<Bytes> TillSession::call(std::string_view path, Bytes body, pos::core::Millis timeout) {
  wire::Request request;
  request.path = std::string(path);
  request.body = std::move(body);
  wire::sign_call(request, identity_.till.value, nonce_, ++counter_, identity_.key);
  return answer_of(link_->call(request, timeout));
}

Synced<TillSession::Pushed> TillSession::push() {
  // Half of the limit: what does not compress must still fit beside its envelopes.
  const auto batch = store_->outbox(wire::kBatchFactsMax, wire::kBodyBytesMax / 2);
  if (!batch) return fail(disk(batch.error()));
  Pushed pushed;
  if (batch->facts.empty()) return pushed;
  const std::uint32_t incarnation = batch->facts.front().fields.incarnation;
  const std::uint64_t first = batch->facts.front().fields.seq;
  const std::uint64_t last = batch->facts.back().fields.seq;
  if (CLUBTILL_BUG("accepted_unheard")) {
    static_cast<void>(store_->set_accepted({incarnation, last, batch->facts.back().chain}));
  }
  const auto random = wire::CallRandom::mint(*chance_);
  const auto body =
      call(wire::kPushPath, wire::encode(wire::PushRequest{batch->facts, batch->signature, random}),
           times_.answer);
  if (!body) return refused(body.error());
  const auto answer = answer_to(random, wire::decode_push_answer(*body));
  if (!answer) return fail(answer.error());
  using Answered = wire::PushAnswer::Word;
  if (answer->word == Answered::bad_chain) {
    return mended(garbage("the hub finds this journal broken"));
  }
  if (answer->accepted.incarnation != incarnation) {
    return fail(garbage("a push was answered for another incarnation"));
  }
  const bool moved = answer->accepted.seq >= last ||
                     (answer->word != Answered::accepted && answer->accepted.seq + 1 != first);
  if (!moved && answer->word != Answered::fork)
    return fail(garbage("a push did not get any further"));
  wire::JournalMark accepted = answer->accepted;
  // A hub that has more of this incarnation than we sent acknowledges only what we know to be ours.
  accepted.seq = std::min(accepted.seq, last);
  if (CLUBTILL_BUG("gap_taken_for_accepted")) accepted.seq = last;
  if (const auto set = store_->set_accepted(accepted); !set) return fail(disk(set.error()));
  pushed.forked = answer->word == Answered::fork;
  if (pushed.forked && !CLUBTILL_BUG("fork_goes_on")) {
    if (const auto left = leave_incarnation(incarnation); !left) return fail(left.error());
  }
  pushed.sent = batch->facts.size();
  pushed.damaged = answer->damaged.size();
  return pushed;
}

/// An envelope that says another length than its body has garbles the whole batch.
Synced<TillSession::Pushed> TillSession::refused(const SyncError& error) {
  const bool unreadable =
      error.fault == SyncError::Fault::refused && error.word == wire::Refusal::Word::bad_request;
  return unreadable ? mended(error) : Synced<Pushed>(fail(error));
}

/// Law 11: what is behind a record that nobody can believe goes on without it.
Synced<TillSession::Pushed> TillSession::mended(const SyncError& error) {
  const auto done = store_->mend();
  if (!done) return fail(disk(done.error()));
  if (!*done) return fail(error);
  return Pushed{1, 1, false};  // what goes on behind it is pushed at once
}

/// The rest of a forked incarnation is pushed as usual; only what is sealed from now on must be in
/// another, and it is when this was noticed before.
Synced<void> TillSession::leave_incarnation(std::uint32_t forked) {
  const auto sealed = store_->sealed();
  if (!sealed) return fail(disk(sealed.error()));
  if (sealed->incarnation != forked) return {};
  if (const auto begun = store_->begin_incarnation(); !begun) return fail(disk(begun.error()));
  return {};
}

Synced<TillSession::Pulled> TillSession::pull(bool patient) {
  auto cursors = store_->cursors();
  if (!cursors) return fail(disk(cursors.error()));
  const pos::core::Millis wait = patient ? times_.poll : pos::core::Millis{0};
  const auto sealed = store_->sealed();
  if (!sealed) return fail(disk(sealed.error()));
  const wire::PullRequest wish{std::move(*cursors), wait, *sealed, right_,
                               wire::CallRandom::mint(*chance_)};
  const auto body = call(wire::kPullPath, wire::encode(wish), times_.answer + wait);
  if (!body) return fail(body.error());
  const auto answer = answer_to(wish.random, wire::decode_pull_answer(*body));
  if (!answer) return fail(answer.error());
  bool fit = true;
  const std::vector<bool> seen = streams_of(answer->pages, fit);
  if (!fit) return fail(garbage("pages that do not follow their cursors"));
  Pulled pulled;
  for (const wire::Page& page : answer->pages) pulled.rows += page.rows.size();
  if (!answer->pages.empty()) {
    const auto unfit = store_->apply(answer->pages);
    if (!unfit) return fail(disk(unfit.error()));
    pulled.unfit = unfit->size();
  }
  const auto received = receive(answer->right);
  if (!received) return fail(received.error());
  pulled.right_received = *received;
  pulled.more = answer->more;
  pulled.club_changed = seen[wire::kClubStream];
  return pulled;
}

Synced<wire::RegisterAnswer> register_till(Link& link, const std::string& code,
                                           const pos::core::VerifyKey& key,
                                           pos::core::Millis timeout) {
  wire::Request request;
  request.path = std::string(wire::kRegisterPath);
  request.body = wire::encode(wire::RegisterRequest{code, key});
  const auto body = answer_of(link.call(request, timeout));
  if (!body) return fail(body.error());
  auto answer = wire::decode_register_answer(*body);
  if (!answer) return fail(unreadable(answer.error()));
  return std::move(*answer);
}

}  // namespace club::engine
