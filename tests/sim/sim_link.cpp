#include "tests/sim/sim_link.hpp"

namespace tests::sim {

using club::wire::LinkFault;
using club::wire::Request;
using club::wire::Response;
using pos::core::fail;
using pos::core::Millis;

namespace {

constexpr std::uint64_t kMinute = 60'000;
constexpr std::uint64_t kDay = 24 * 60 * kMinute;

}  // namespace

bool SimLink::happens(int percent, const char* what) {
  if (percent == 0) return false;
  const bool yes = chance_.below(100) < static_cast<std::uint64_t>(percent);
  if (yes) hub_.tally().count(what);
  return yes;
}

std::optional<Response> SimLink::reach(const Request& request) {
  auto response = hub_.handle(request);
  if (response) {
    hub_.tally().count_answer(request, *response);
    trace_.add(request.path + " " + std::to_string(response->status));
  }
  return response;
}

void SimLink::hold_back(const Request& request) {
  const bool days = chance_.below(4) == 0;
  if (days) hub_.tally().count("link: delivered days later");
  const std::uint64_t span = days ? kDay + chance_.below(2 * kDay) : chance_.below(30 * kMinute);
  held_back_.push_back({time_.tick() + Millis(static_cast<std::int64_t>(span)), request});
}

void SimLink::deliver_late() {
  std::vector<HeldBack> waiting;
  for (HeldBack& held : held_back_) {
    if (held.due > time_.tick()) {
      waiting.push_back(std::move(held));
    } else {
      static_cast<void>(reach(held.request));
    }
  }
  held_back_ = std::move(waiting);
}

void SimLink::toggle_cut() {
  cut_ = !cut_;
  if (cut_) hub_.tally().count("link: cut");
}

void SimLink::toggle_one_way() {
  one_way_ = !one_way_;
  if (one_way_) hub_.tally().count("link: answers cut one way");
}

void SimLink::heal() {
  climate_ = {};
  cut_ = one_way_ = false;
  earlier_.clear();
}

/// What reaches the till in place of the answer.
Response SimLink::spoil(const Request& request, Response response) {
  if (response.status != 200) return response;
  const auto earlier = earlier_.find(request.path);
  if (earlier != earlier_.end() && happens(climate_.stale, "link: old answer again")) {
    return earlier->second;
  }
  earlier_[request.path] = response;
  if (happens(climate_.truncation, "link: answer truncated")) {
    response.body.resize(chance_.below(response.body.size() + 1));
  } else if (happens(climate_.garbage, "link: garbage with status 200")) {
    response.body = pos::core::copy_of(pos::core::bytes_of("<html>welcome</html>"));
  }
  return response;
}

pos::core::Expected<Response, LinkFault> SimLink::call(const Request& request, Millis) {
  const auto lost = [] { return fail(LinkFault{LinkFault::Kind::timeout, "no answer"}); };
  if (cut_) return fail(LinkFault{LinkFault::Kind::unreachable, "the cable is out"});
  if (happens(climate_.loss, "link: request lost")) return lost();
  if (happens(climate_.delay, "link: held back and delivered late")) {
    hold_back(request);
    return lost();
  }
  auto response = reach(request);
  if (happens(climate_.doubled, "link: doubled")) {
    // The copy is refused by its counter; either answer may be the one that arrives.
    auto second = reach(request);
    if (second && chance_.below(3) == 0) {
      hub_.tally().count("link: second answer arrives");
      response = std::move(second);
    }
  }
  if (!response || one_way_ || happens(climate_.answer_loss, "link: answer lost")) return lost();
  Response said = spoil(request, std::move(*response));
  note_fork(request, said);
  return said;
}

void SimLink::note_fork(const Request& request, const Response& response) {
  if (request.path != club::wire::kPushPath || response.status != 200) return;
  const auto answer = club::wire::decode_push_answer(response.body);
  if (answer && answer->word == club::wire::PushAnswer::Word::fork) {
    forked_ = answer->accepted.incarnation;
  }
}

}  // namespace tests::sim
