#include "sync/engine/authoriser.hpp"

#include <algorithm>

#include "sync/engine/answers.hpp"
#include "sync/engine/hello.hpp"

namespace club::engine {

using pos::core::fail;
using pos::core::Millis;
using pos::core::Tick;
using wire::AuthoriseAnswer;
using Word = wire::Refusal::Word;

Synced<AuthoriseAnswer> Authoriser::ask(const wire::AuthoriseRequest::Wish& wish, Tick asked) {
  current_ = wish.uid;
  std::erase(strays_, wish.uid);
  auto answer = call({wish, strays_, {}}, asked + options_.patience);
  if (!answer) unsure_ = true;
  return answer;
}

void Authoriser::abandon(const Sale& sale) {
  if (current_ != sale) return;
  current_.reset();
  unsure_ = true;
}

/// The first call finds out what is kept, the second one hands back what nobody needs.
Synced<void> Authoriser::tidy() {
  constexpr int kCalls = 2;
  for (int i = 0; i < kCalls && is_untidy(); ++i) {
    const auto answer = call({std::nullopt, strays_, {}}, clock_.tick() + options_.patience);
    if (!answer) return fail(answer.error());
  }
  return {};
}

Synced<AuthoriseAnswer> Authoriser::call(wire::AuthoriseRequest request, Tick deadline) {
  request.random = wire::CallRandom::mint(chance_);
  const auto body = signed_call(wire::kAuthorisePath, wire::encode(request), deadline);
  if (!body) return fail(body.error());
  auto answer = answer_to(request.random, wire::decode_authorise_answer(*body));
  if (answer) look_for_strays(answer->open);
  return answer;
}

Synced<wire::ReceiptAnswer> Authoriser::find_sale(const Sale& sale, Tick asked) {
  const auto body = signed_call(wire::kReceiptPath, wire::encode(wire::ReceiptRequest{sale}),
                                asked + options_.patience);
  if (!body) return fail(body.error());
  auto answer = wire::decode_receipt_answer(*body);
  if (!answer) return fail(unreadable(answer.error()));
  return std::move(*answer);
}

Synced<wire::Bytes> Authoriser::signed_call(std::string_view path, const wire::Bytes& body,
                                            Tick deadline) {
  auto answer = call_once(path, body, deadline);
  const bool stale =
      !answer && answer.error().fault == SyncError::Fault::refused &&
      (answer.error().word == Word::bad_nonce || answer.error().word == Word::replayed);
  if (stale) answer = call_once(path, body, deadline);
  return answer;
}

Synced<wire::Bytes> Authoriser::call_once(std::string_view path, const wire::Bytes& body,
                                          Tick deadline) {
  if (!nonce_) {
    if (const auto greeted = greet(deadline); !greeted) return fail(greeted.error());
  }
  wire::Request message;
  message.path = std::string(path);
  message.body = body;
  wire::sign_call(message, options_.identity.till.value, *nonce_, ++counter_,
                  options_.identity.key);
  const auto left = time_left(deadline);
  if (!left) return fail(left.error());
  auto answer = answer_of(link_.call(message, *left));
  // A hub that was restarted knows no nonce of its earlier life.
  if (!answer && answer.error().fault == SyncError::Fault::refused) nonce_.reset();
  return answer;
}

/// Hello with no place in a journal: it changes nothing at the hub, and only the nonce is wanted.
Synced<void> Authoriser::greet(Tick deadline) {
  const auto left = time_left(deadline);
  if (!left) return fail(left.error());
  const auto answer = say_hello(options_.identity, link_, chance_, {}, {}, *left);
  if (!answer) return fail(answer.error());
  nonce_ = answer->nonce;
  counter_ = 0;
  return {};
}

Synced<Millis> Authoriser::time_left(Tick deadline) {
  const auto left = std::chrono::duration_cast<Millis>(deadline - clock_.tick());
  if (left > Millis{0}) return left;
  return fail(SyncError{SyncError::Fault::link, Word::bad_request, "no time is left to ask"});
}

/// What the hub keeps and no sale of the journal will come for. A journal that cannot be read hands
/// nothing back: a sale of it may be on its way.
void Authoriser::look_for_strays(const std::vector<Sale>& open) {
  strays_.clear();
  unsure_ = false;
  for (const Sale& sale : open) {
    if (sale == current_) continue;
    const auto sealed = is_sealed_(sale);
    if (sealed && !*sealed) strays_.push_back(sale);
  }
}

}  // namespace club::engine
