#include "tests/sim/tally.hpp"

namespace tests::sim {
namespace {

using club::wire::Refusal;

/// `busy` is the socket server's word and not the hub's.
constexpr std::string_view kMustHappen[] = {
    "link: request lost",
    "link: answer lost",
    "link: doubled",
    "link: second answer arrives",
    "link: held back and delivered late",
    "link: delivered days later",
    "link: answer truncated",
    "link: old answer again",
    "link: garbage with status 200",
    "link: cut",
    "link: answers cut one way",
    "disk: till loses power, unsynced kept",
    "disk: till loses power, unsynced dropped",
    "disk: till loses power, unsynced torn",
    "disk: hub loses power, unsynced kept",
    "disk: hub loses power, unsynced dropped",
    "disk: hub loses power, unsynced torn",
    "disk: till fsync fails",
    "disk: hub fsync fails",
    "disk: till full",
    "disk: hub full",
    "disk: a bit of a record flips",
    "disk: a bit of an envelope flips",
    "disk: an altered record is kept apart",
    "image: till restored",
    "image: till cloned",
    "image: hub restored",
    "image: facts gone with the disk that held them",
    "club: programme changed",
    "office: article added",
    "office: balance adjusted",
    "office: a pair merged",
    "office: a pair kept apart",
    "office: a merge undone",
    "right: received",
    "right: refilled",
    "right: drawn to its end",
    "right: recalled",
    "right: given again",
    "hub: waits for its tills",
    "slip: goods back at another till",
    "slip: given back twice, flagged",
    "slip: altered, refused",
    "slip: beyond the right",
    "clock: till jumps",
    "clock: hub jumps",
    "register: 200",
    "hello: 200",
    "push: accepted",
    "push: gap",
    "push: fork",
    "push: bad_chain",
    "push: damaged",
    "pull: nothing new",
    "pull: page",
    "pull: restart",
    "authorise: granted",
    "authorise: short_of",
    "authorise: coupon_used",
    "authorise: budget_used",
    "authorise: unavailable",
    "refusal: bad_request",
    "refusal: too_large",
    "refusal: not_found",
    "refusal: unknown_till",
    "refusal: bad_signature",
    "refusal: bad_nonce",
    "refusal: replayed",
    "refusal: bad_code",
    "refusal: version",
    "refusal: trouble",
};

std::uint64_t occurrences(std::string_view text, std::string_view what) {
  std::uint64_t found = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++found;
  return found;
}

}  // namespace

void Tally::count(std::string_view what, std::uint64_t times) {
  if (times == 0) return;
  const auto found = counts_.find(what);
  if (found != counts_.end()) {
    found->second += times;
  } else {
    counts_.emplace(std::string(what), times);
  }
}

void Tally::count_answer(const club::wire::Request& request, const club::wire::Response& response) {
  if (response.status != 200) {
    const Refusal refusal = club::wire::read_refusal(response);
    return count("refusal: " + std::string(club::wire::to_text(refusal.word)));
  }
  if (request.path == club::wire::kPushPath) {
    const auto answer = club::wire::decode_push_answer(response.body);
    if (!answer) return count("push: unreadable");
    count("push: " + std::string(club::wire::to_text(answer->word)));
    return count("push: damaged", answer->damaged.size());
  }
  if (request.path == club::wire::kPullPath) {
    const auto lines = club::wire::unpack(response.body);
    if (!lines) return count("pull: unreadable");
    // Whoever pulled reads the rows; here the heads of the pages are told by their looks.
    const std::string_view text = pos::core::text_of(*lines);
    const std::uint64_t pages = occurrences(text, "\n{\"stream\":");
    if (pages == 0) count("pull: nothing new");
    count("pull: page", pages);
    return count("pull: restart", occurrences(text, ",\"restart\":true"));
  }
  if (request.path == club::wire::kAuthorisePath) {
    const auto answer = club::wire::decode_authorise_answer(response.body);
    if (!answer) return count("authorise: unreadable");
    return count("authorise: " + std::string(club::wire::to_text(answer->word)));
  }
  count(request.path == club::wire::kHelloPath ? "hello: 200" : "register: 200");
}

void Tally::add(const Tally& other) {
  for (const auto& [what, times] : other.counts_) count(what, times);
}

std::vector<std::string_view> Tally::never() const {
  std::vector<std::string_view> missing;
  for (const std::string_view what : kMustHappen) {
    if (!counts_.contains(what)) missing.push_back(what);
  }
  return missing;
}

std::string fate_name(std::string_view machine, FaultVfs::Unsynced unsynced) {
  constexpr std::string_view kWords[] = {"kept", "dropped", "torn"};
  return "disk: " + std::string(machine) + " loses power, unsynced " +
         std::string(kWords[static_cast<std::size_t>(unsynced)]);
}

}  // namespace tests::sim
