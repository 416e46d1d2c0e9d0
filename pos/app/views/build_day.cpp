#include "pos/app/views/build_view.hpp"
#include "pos/app/views/day_words.hpp"

namespace pos::app {

namespace {

/// Puts a figure of the till beside the hub's.
class Rows {
 public:
  Rows(const Wording& words, const DayClose& close) : words_(words), close_(close) {}

  void count(const char* id, Text label, std::int64_t here, std::int64_t hub) {
    add(id, label, words_.number_cell(here), words_.number_cell(hub));
  }
  void sum(const char* id, Text label, std::int64_t domain::DaySums::*of) {
    count(id, label, close_.sums.*of, close_.hub ? close_.hub->sums.*of : 0);
  }
  void sum(const char* id, Text label, domain::Points domain::DaySums::*of) {
    count(id, label, (close_.sums.*of).units(), close_.hub ? (close_.hub->sums.*of).units() : 0);
  }
  void sum(const char* id, Text label, domain::Money domain::DaySums::*of) {
    const domain::Money hub = close_.hub ? close_.hub->sums.*of : domain::Money();
    add(id, label, words_.money_cell(close_.sums.*of), words_.money_cell(hub));
  }
  void sum_if_any(const char* id, Text label, domain::Money domain::DaySums::*of) {
    const bool any =
        !(close_.sums.*of).is_zero() || (close_.hub && !(close_.hub->sums.*of).is_zero());
    if (any) sum(id, label, of);
  }
  [[nodiscard]] std::vector<DayRowView> take() { return std::move(rows_); }

 private:
  void add(const char* id, Text label, std::string here, std::string hub) {
    const bool differs = close_.hub && here != hub;
    if (!close_.hub) hub.clear();
    rows_.push_back({id, words_.say(label), std::move(here), std::move(hub), differs});
  }

  const Wording& words_;
  const DayClose& close_;
  std::vector<DayRowView> rows_;
};

}  // namespace

std::vector<DayRowView> day_rows(const Wording& words, const DayClose& close) {
  using domain::DaySums;
  Rows rows(words, close);
  const auto& hub = close.hub;
  rows.count("day.records", Text::day_records, close.sealed, hub ? hub->accepted : 0);
  rows.count("day.booked", Text::day_booked, close.sealed, hub ? hub->applied : 0);
  rows.sum("day.sales", Text::day_sales, &DaySums::sales);
  rows.sum("day.returns", Text::day_returns, &DaySums::returns);
  rows.sum("day.taken", Text::day_taken, &DaySums::taken);
  rows.sum("day.joinings", Text::day_joinings, &DaySums::joinings);
  rows.sum("day.earned", Text::day_earned, &DaySums::earned);
  rows.sum("day.spent", Text::day_spent, &DaySums::spent);
  rows.sum_if_any("day.value_earned", Text::day_value_earned, &DaySums::value_earned);
  rows.sum_if_any("day.value_spent", Text::day_value_spent, &DaySums::value_spent);
  return rows.take();
}

MessageView day_verdict(const Wording& words, const DayClose& close) {
  if (!close.hub) return {Mood::attention, words.say(Text::day_no_hub), {}};
  if (close.hub->signature_is == DayClose::Hub::Signature::bad) {
    return {Mood::refused, words.say(Text::day_signature_bad), {}};
  }
  if (close.agrees) return {Mood::good, words.say(Text::day_agrees), {}};
  // What is on its way explains the difference by itself.
  if (close.waiting > 0) return {Mood::attention, words.say(Text::day_not_all_there), {}};
  return {Mood::refused, words.say(Text::day_differs), {}};
}

std::vector<std::string> day_notes(const Wording& words, const DayClose& close) {
  std::vector<std::string> notes;
  if (close.waiting == 0) {
    notes.push_back(words.say(Text::day_all_sent));
  } else {
    const std::string oldest =
        close.oldest_waiting ? words.date_time_cell(*close.oldest_waiting) : std::string();
    notes.push_back(
        words.count(Text::day_waiting, static_cast<std::int64_t>(close.waiting), {oldest}));
  }
  if (!close.hub) return notes;
  if (close.hub->pieces_missing > 0) {
    notes.push_back(words.count(Text::day_missing, close.hub->pieces_missing));
  }
  if (close.hub->parked > 0) notes.push_back(words.count(Text::day_parked, close.hub->parked));
  if (close.hub->signature_is == DayClose::Hub::Signature::unknown_key) {
    notes.push_back(words.say(Text::day_key_unknown));
  }
  return notes;
}

DayView build_day(const ViewSource& source) {
  const Wording& words = source.words;
  const DaySheet& sheet = source.state.day;
  DayView view;
  view.title = words.say(Text::day_title);
  view.cancel = words.cancel_button("day");
  view.confirm = words.confirm_button("day", Text::day_print);
  view.confirm.enabled = sheet.close.has_value();
  view.message = words.message(source.state.sheet_message);
  view.subtitle =
      words.say(Text::till_number, {words.number_cell(source.directory.profile().till.value)});
  if (sheet.failed) {
    view.message = {Mood::refused, words.say(Text::day_failed), {}};
    return view;
  }
  if (!sheet.close) {
    view.busy = words.say(Text::day_working);
    return view;
  }
  view.subtitle = words.joined(words.date(sheet.close->day), view.subtitle);
  view.here_heading = words.say(Text::day_here);
  view.hub_heading = words.say(Text::day_hub);
  view.rows = day_rows(words, *sheet.close);
  view.verdict = day_verdict(words, *sheet.close);
  view.notes = day_notes(words, *sheet.close);
  return view;
}

}  // namespace pos::app
