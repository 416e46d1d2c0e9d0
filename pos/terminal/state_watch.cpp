#include "pos/terminal/state_watch.hpp"

#include <fmt/core.h>

#include <array>

namespace pos::terminal {
namespace {

std::string_view sheet_word(app::Sheet sheet) {
  constexpr std::array<std::string_view, 9> kWords = {"none", "find",   "join", "why", "points",
                                                      "pay",  "return", "ask",  "day"};
  static_assert(kWords.size() == static_cast<std::size_t>(app::Sheet::day) + 1);
  return kWords[static_cast<std::size_t>(sheet)];
}

/// Of the close of a day: whether both sides say the same.
std::string_view day_word(const app::DaySheet& day) {
  if (!day.close) return day.failed ? "failed" : "none";
  if (!day.close->hub) return "alone";
  return day.close->agrees ? "agrees" : "differs";
}

std::string_view member_word(const std::optional<app::Attached>& attached) {
  if (!attached) return "none";
  return attached->facts ? "known" : "unknown";
}

}  // namespace

std::string describe(const app::State& state) {
  std::int64_t pieces = 0;
  for (const auto& line : state.basket.lines) pieces += line.quantity;
  std::int64_t back = 0;
  for (const auto chosen : state.give_back.chosen) back += chosen;
  return fmt::format(
      "sheet={} employee={} language={} lines={} pieces={} member={} coupons={} points={} due={} "
      "receipt={} back={} entry={} phone={} name={} terms={} day={} pending={} question={} "
      "online={} waiting={} message={} sheet-message={}",
      sheet_word(state.sheet), state.employee ? state.employee->text() : "none",
      domain::language_code(state.language), state.basket.lines.size(), pieces,
      member_word(state.basket.attached), state.basket.coupons.size(),
      state.basket.points_wish.units(), state.quote ? state.quote->payable.units() : -1,
      state.give_back.sale ? "found" : "none", back, state.entry.size(), state.join.phone.size(),
      state.join.first_name.size(), state.join.terms ? "yes" : "no",
      state.sheet == app::Sheet::day ? day_word(state.day) : "none", state.pending ? "yes" : "no",
      state.question ? "yes" : "no", state.connection.online ? "yes" : "no",
      state.connection.waiting, app::key_of(state.message.text),
      app::key_of(state.sheet_message.text));
}

StateWatch::StateWatch(const std::string& path) {
  if (!path.empty()) file_.open(path, std::ios::app);
}

void StateWatch::see(const app::State& state) {
  if (!file_.is_open()) return;
  auto line = describe(state);
  if (line == last_) return;
  file_ << line << std::endl;
  last_ = std::move(line);
}

}  // namespace pos::terminal
