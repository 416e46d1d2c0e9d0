#include "tests/sim/stranger.hpp"

#include "pos/core/chain.hpp"

namespace tests::sim {

using pos::core::Bytes;
namespace wire = club::wire;

Stranger::Stranger(SimHub& hub, std::uint64_t seed)
    : hub_(hub), chance_(seed), key_(pos::core::make_signing_pair(chance_)) {
  const auto fresh = hub_.add_till();
  till_ = fresh.till;
  Request request;
  request.path = wire::kRegisterPath;
  request.body = wire::encode(wire::RegisterRequest{fresh.code, key_.open});
  const auto answer = hub_.handle(request);
  demand(answer && answer->status == 200, "a stranger's till cannot register");
  hub_.tally().count_answer(request, *answer);
}

Stranger::Request Stranger::signed_request(std::string_view path, Bytes body) {
  Request request;
  request.path = path;
  request.body = std::move(body);
  const bool hello = path == wire::kHelloPath;
  wire::sign_call(request, till_.value, hello ? wire::Nonce{} : nonce_, hello ? 0 : ++counter_,
                  key_.secret);
  return request;
}

/// A batch of two facts that chain.
wire::PushRequest Stranger::facts() {
  wire::PushRequest push;
  pos::core::Digest chain = pos::core::kChainStart;
  for (std::uint64_t seq = 1; seq <= 2; ++seq) {
    wire::FactFrame frame;
    frame.fields.till = till_.value;
    frame.fields.seq = seq;
    frame.fields.uid = pos::domain::FactId::mint(chance_);
    frame.fields.kind = *pos::core::FactKind::parse("begin");
    frame.fields.body_hash = pos::core::blake2b(frame.body);
    frame.chain = chain = pos::core::chain_value(chain, frame.fields);
    push.facts.push_back(std::move(frame));
  }
  push.signature = pos::core::sign_chain(key_.secret, chain);
  return push;
}

void Stranger::expect(const Request& request, Word word) {
  const auto response = hub_.handle(request);
  if (!response) return;
  hub_.tally().count_answer(request, *response);
  const Word got = wire::read_refusal(*response).word;
  if (got == Word::trouble && hub_.in_trouble()) return;
  demand(response->status == wire::status_of(word) && got == word,
         "a hostile call was answered " + std::string(wire::to_text(got)) + ", not " +
             std::string(wire::to_text(word)));
}

void Stranger::send_bad_chain() {
  auto push = facts();
  push.facts.back().chain = pos::core::blake2b(pos::core::bytes_of("another"));
  // It has a key of its own: every other time only the chain gives it away.
  if (push.facts.back().fields.uid.bytes()[0] % 2 == 0) {
    push.signature = pos::core::sign_chain(key_.secret, push.facts.back().chain);
  }
  const Request request = signed_request(wire::kPushPath, wire::encode(push));
  const auto response = hub_.handle(request);
  if (!response) return;
  hub_.tally().count_answer(request, *response);
  if (response->status != 200) return;  // the nonce is of a life that ended
  const auto answer = wire::decode_push_answer(response->body);
  demand(answer && answer->word == wire::PushAnswer::Word::bad_chain && answer->accepted.seq == 0,
         "facts that do not chain were accepted");
}

void Stranger::call() {
  Request request;
  switch (chance_.below(9)) {
    case 0:
      request.path = "/v1/everything";
      return expect(request, Word::not_found);
    case 1:
      request.path = wire::kRegisterPath;
      request.body = wire::encode(wire::RegisterRequest{"AAAAAAAAAA", key_.open});
      return expect(request, Word::bad_code);
    case 2:
      request.path = wire::kPullPath;
      request.body.resize(wire::kBodyBytesMax + 1);
      return expect(request, Word::too_large);
    case 3:
      request = signed_request(wire::kPullPath, wire::encode(wire::PullRequest{}));
      request.body.push_back(0);
      return expect(request, Word::bad_signature);
    case 4: {
      request = signed_request(wire::kPullPath, wire::encode(wire::PullRequest{}));
      request.auth->till = 1'000'000;
      return expect(request, Word::unknown_till);
    }
    case 5:
      request.path = wire::kPullPath;
      request.body = wire::encode(wire::PullRequest{});
      wire::sign_call(request, till_.value, wire::Nonce{}, 7, key_.secret);
      return expect(request, Word::bad_nonce);
    case 6:
      return expect(signed_request(wire::kHelloPath,
                                   Bytes(20, static_cast<std::uint8_t>(chance_.below(256)))),
                    Word::bad_request);
    case 7:
      return expect(
          signed_request(wire::kHelloPath,
                         wire::pack(pos::core::bytes_of("{\"hello\":99,\"random\":1}\n"))),
          Word::version);
    default:
      break;
  }
  request = signed_request(wire::kHelloPath,
                           wire::encode(wire::HelloRequest{wire::CallRandom::mint(chance_), {}}));
  const auto response = hub_.handle(request);
  if (!response || response->status != 200) return;
  if (const auto welcome = wire::decode_hello_answer(response->body)) nonce_ = welcome->nonce;
  if (chance_.below(2) == 0) return send_bad_chain();
  const Request once = signed_request(wire::kPullPath, wire::encode(wire::PullRequest{}));
  const auto first = hub_.handle(once);
  if (first && first->status == 200) expect(once, Word::replayed);
}

}  // namespace tests::sim
