#include "pos/terminal/day_worker.hpp"

#include "pos/terminal/day_certificate.hpp"

namespace pos::terminal {

core::Micros DayWorker::run_once() {
  constexpr core::Micros kIdle{3'600'000'000};  // woken by the next wish
  const std::vector<app::CloseDay> days = days_.drain(kDaysMax);
  if (days.empty()) return kIdle;
  const auto certificate = certify_day(journal_, parts_.pairing, parts_.keys, parts_.link,
                                       parts_.chance, days.back().day);
  app::DayClosed closed;
  if (certificate) closed.day = day_close_of(*certificate, parts_.clock);
  parts_.inbox.push(std::move(closed));
  return kIdle;
}

}  // namespace pos::terminal
