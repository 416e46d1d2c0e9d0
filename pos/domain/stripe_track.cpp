#include "pos/domain/stripe_track.hpp"

#include <algorithm>
#include <optional>

#include "pos/domain/check_digit.hpp"

namespace pos::domain {

namespace {

constexpr std::size_t kTrack1Max = 79;
constexpr std::size_t kTrack2Max = 40;
constexpr std::size_t kTrack3Max = 107;

using Number = core::Expected<std::string, TrackFault>;

bool is_wide(std::string_view track) { return track.front() == '%'; }

bool has_only(std::string_view track, char first, char last) {
  return std::ranges::all_of(track, [&](char c) { return c >= first && c <= last; });
}

std::size_t longest(char start) {
  if (start == '%') return kTrack1Max;
  return start == ';' ? kTrack2Max : kTrack3Max;
}

/// One track from its start sentinel through its end sentinel.
Number read_track(std::string_view track) {
  const std::string_view inner = track.substr(1, track.size() - 2);
  if (inner == "E") return core::fail(TrackFault::read_error);
  if (track.size() > longest(track.front())) return core::fail(TrackFault::too_long);
  const std::string_view body = track.front() == '+' ? track.substr(1) : track;
  const bool good = is_wide(track) ? has_only(track, ' ', '_') : has_only(body, '0', '?');
  if (!good) return core::fail(TrackFault::not_a_track);
  std::string_view rest = inner;
  if (is_wide(track)) {
    if (!rest.starts_with('B')) return core::fail(TrackFault::other_document);
    rest.remove_prefix(1);
  }
  std::string number(rest.substr(0, rest.find(is_wide(track) ? '^' : '=')));
  std::erase(number, ' ');
  if (number.empty()) return core::fail(TrackFault::no_number);
  if (!is_digits(number)) return core::fail(TrackFault::not_a_track);
  return number;
}

/// Takes the next track and its checksum, if it has one, off the front.
Number take_track(std::string_view& swipe) {
  const std::string_view starts = "%;+";
  if (swipe.starts_with('#')) return core::fail(TrackFault::other_document);
  if (starts.find(swipe.front()) == std::string_view::npos) {
    return core::fail(TrackFault::not_a_track);
  }
  const std::size_t end = swipe.find('?');
  if (end == std::string_view::npos || end < 1) return core::fail(TrackFault::not_a_track);
  const std::string_view track = swipe.substr(0, end + 1);
  swipe.remove_prefix(track.size());
  auto number = read_track(track);
  const bool more = !swipe.empty() && starts.find(swipe.front()) == std::string_view::npos;
  if (more) {
    const bool fits = track.front() != '+' && swipe.front() == track_checksum(track);
    swipe.remove_prefix(1);
    if (!fits && number) return core::fail(TrackFault::bad_checksum);
  }
  return number;
}

}  // namespace

std::string_view to_text(TrackFault fault) {
  switch (fault) {
    case TrackFault::empty:
      return "empty";
    case TrackFault::read_error:
      return "the reader could not read it";
    case TrackFault::not_a_track:
      return "no track of a card";
    case TrackFault::too_long:
      return "too long";
    case TrackFault::bad_checksum:
      return "checksum does not fit";
    case TrackFault::no_number:
      return "no number in it";
    case TrackFault::other_document:
      return "not a club card";
    case TrackFault::disagree:
      return "two tracks with different numbers";
  }
  return "?";
}

char track_checksum(std::string_view track) {
  const bool wide = !track.empty() && is_wide(track);
  const unsigned base = wide ? 0x20 : 0x30;
  unsigned sum = 0;
  for (const char c : track) sum ^= static_cast<unsigned char>(c) - base;
  return static_cast<char>(base + (sum & (wide ? 0x3FU : 0x0FU)));
}

core::Expected<std::string, TrackFault> parse_tracks(std::string_view swipe) {
  while (swipe.ends_with('\r') || swipe.ends_with('\n')) swipe.remove_suffix(1);
  if (swipe.empty()) return core::fail(TrackFault::empty);
  std::optional<std::string> found;
  std::optional<TrackFault> fault;
  while (!swipe.empty()) {
    const std::size_t before = swipe.size();
    auto number = take_track(swipe);
    if (!number) {
      fault = number.error();
      // What is no track has no end either.
      if (swipe.size() == before) break;
      continue;
    }
    if (found && *found != *number) return core::fail(TrackFault::disagree);
    found = *std::move(number);
  }
  if (found) return *std::move(found);
  return core::fail(fault.value_or(TrackFault::not_a_track));
}

}  // namespace pos::domain
