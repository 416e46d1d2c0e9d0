#include "drivers/scan/scan_gate.hpp"

#include <functional>

namespace drivers::scan {

namespace {

constexpr std::string_view kAimLetters = "ABCDEFGHIJKLMNOPQRSTUXYZcdefghijlmopqsvz";
constexpr std::size_t kAimLength = 3;

bool is_modifier(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); }

}  // namespace

AimSplit split_aim(std::string_view frame) {
  const bool has_aim = frame.size() >= kAimLength && frame[0] == ']' &&
                       kAimLetters.find(frame[1]) != std::string_view::npos &&
                       is_modifier(frame[2]);
  if (!has_aim) return {{}, frame};
  return {frame.substr(0, kAimLength), frame.substr(kAimLength)};
}

bool DuplicateFilter::is_new(const port::ScanEvent& scan) {
  const Last now{std::hash<std::string>{}(scan.text), scan.text.size(), scan.seen_at};
  const auto [at, first] = last_.try_emplace(scan.source, now);
  if (first) return true;
  Last& last = at->second;
  const bool image = scan.kind == port::ScanKind::image;
  const auto window = image ? windows_.image : windows_.wire;
  const bool same = last.fingerprint == now.fingerprint && last.length == now.length;
  const bool repeated = same && now.at - last.at < window;
  if (!repeated || image) last = now;
  return !repeated;
}

std::optional<port::ScanEvent> ScanGate::pass(port::ScanSource source, port::ScanKind kind,
                                              std::string_view text, std::string_view aim,
                                              pos::core::Tick seen_at) {
  const AimSplit split = aim.empty() ? split_aim(text) : AimSplit{aim, text};
  if (split.text.find_first_not_of(' ') == std::string_view::npos) return std::nullopt;
  port::ScanEvent scan{source, kind, std::string(split.text), std::string(split.aim), seen_at};
  if (!filter_.is_new(scan)) return std::nullopt;
  return scan;
}

}  // namespace drivers::scan
