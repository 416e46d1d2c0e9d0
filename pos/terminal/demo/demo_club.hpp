#pragma once

#include <string>

#include "pos/core/clock.hpp"
#include "pos/core/expected.hpp"
#include "sync/hub/hub.hpp"

namespace pos::terminal::demo {

/// The sample club with its past: a hub, six paired tills in three stores, and what they sold in
/// the days before today. See assets/sample-club/README.md.
struct DemoPlan {
  std::string folder;                ///< gets hub/, till/ (the first one) and till-2/ .. till-6/
  std::string sheets;                ///< assets/sample-club
  std::string profile = "rimon-il";  ///< or "anar-ir"
  int days = 90;  ///< of trade before today; with 0 only visits that stand for something
};

struct DemoMade {
  std::size_t sales = 0;
  std::size_t joinings = 0;
};

/// Makes it, seconds of work. Every basket goes through step(), quote, journal and hub of
/// production, on the clock of its day; keys, ids and baskets come from a fixed seed, so that the
/// same day gives the same bytes. The keys of this club are no secret. Fails with a sentence;
/// `folder` then holds half a club. `clock` says what today is.
[[nodiscard]] core::Expected<DemoMade, std::string> make_demo_club(const DemoPlan& plan,
                                                                   const core::Clock& clock);

/// The dates of members with a story lie about today again. Fails with a sentence.
[[nodiscard]] core::Expected<void, std::string> renew_dates(club::hub::Hub& hub,
                                                            const DemoPlan& plan,
                                                            const core::Clock& clock);

}  // namespace pos::terminal::demo
