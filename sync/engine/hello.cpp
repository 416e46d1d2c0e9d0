#include "sync/engine/hello.hpp"

#include "sync/engine/answers.hpp"

namespace club::engine {

using pos::core::fail;

Synced<wire::HelloAnswer> say_hello(const TillIdentity& identity, Link& link,
                                    pos::core::Chance& chance, const wire::JournalMark& sealed,
                                    const wire::JournalMark& accepted, pos::core::Millis timeout) {
  const wire::HelloRequest hello{wire::CallRandom::mint(chance), sealed, accepted};
  wire::Request request;
  request.path = std::string(wire::kHelloPath);
  request.body = wire::encode(hello);
  wire::sign_call(request, identity.till.value, {}, 0, identity.key);
  const auto body = answer_of(link.call(request, timeout));
  if (!body) return fail(body.error());
  return answer_to(hello.random, wire::decode_hello_answer(*body));
}

}  // namespace club::engine
