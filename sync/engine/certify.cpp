#include "sync/engine/certify.hpp"

#include "sync/engine/answers.hpp"
#include "sync/engine/hello.hpp"

namespace club::engine {

using pos::core::fail;

bool Certified::agrees() const {
  const wire::SealedDay& sealed = till.sealed;
  const wire::ReceivedDay& received = hub.received;
  return received.accepted == sealed.facts && received.applied == sealed.facts &&
         received.missing.empty() && received.sums == sealed.sums;
}

Synced<Certified> certify(const TillIdentity& identity, Link& link, const wire::SealedDay& sealed,
                          pos::core::Chance& chance, pos::core::Millis timeout) {
  const auto welcome = say_hello(identity, link, chance, {}, {}, timeout);
  if (!welcome) return fail(welcome.error());

  Certified certified;
  certified.till.sealed = sealed;
  certified.till.signature = pos::core::sign(identity.key, wire::signed_half(sealed));
  wire::Request request;
  request.path = std::string(wire::kCertifyPath);
  request.body = wire::encode(certified.till);
  wire::sign_call(request, identity.till.value, welcome->nonce, 1, identity.key);
  const auto body = answer_of(link.call(request, timeout));
  if (!body) return fail(body.error());
  auto answer = wire::decode_certify_answer(*body);
  if (!answer) return fail(unreadable(answer.error()));
  certified.hub = std::move(*answer);
  return certified;
}

}  // namespace club::engine
