#include "tests/support/hub_load.hpp"

#include "pos/core/check.hpp"
#include "tests/support/club_hub.hpp"

namespace tests::support {

struct HubLoad::State {
  HubClub club;
  HandTill till{club};
  std::vector<club::wire::Request> requests;
  std::size_t rows = 0;
};

HubLoad::HubLoad(std::size_t facts, std::size_t members) : state_(std::make_unique<State>()) {
  std::vector<pos::domain::MemberFacts> people;
  for (std::size_t i = 0; i < members; ++i) {
    people.push_back(state_->till.join({"+9725" + std::to_string(10'000'000 + i), "Noa", ""}));
  }
  const std::size_t joined = state_->till.facts().size();
  for (std::size_t at = 1; at <= joined; at += club::wire::kBatchFactsMax) {
    (void)state_->till.push(at, std::min(joined, at + club::wire::kBatchFactsMax - 1));
  }
  (void)state_->club.settle();
  for (std::size_t i = 0; i < facts; ++i) state_->till.sell(people[i % members]);
  const auto& sealed = state_->till.facts();
  for (std::size_t at = joined; at < sealed.size(); at += club::wire::kBatchFactsMax) {
    club::wire::PushRequest push;
    const std::size_t end = std::min(sealed.size(), at + club::wire::kBatchFactsMax);
    for (std::size_t i = at; i < end; ++i) push.facts.push_back(sealed[i]);
    push.signature = pos::core::sign_chain(state_->till.key().secret, push.facts.back().chain);
    state_->requests.push_back(
        state_->till.signed_request(club::wire::kPushPath, club::wire::encode(push)));
  }
}

HubLoad::~HubLoad() = default;

void HubLoad::push_all() {
  for (const auto& request : state_->requests) {
    const auto reply = state_->club.hub->handle(request, state_->club.clock.tick());
    CLUBTILL_CHECK(reply.response.status == 200);
  }
}

void HubLoad::apply_all() { (void)state_->club.settle(); }

void HubLoad::pull_all() {
  for (const auto& page : state_->till.pull().pages) state_->rows += page.rows.size();
}

std::size_t HubLoad::rows() const { return state_->rows; }

}  // namespace tests::support
