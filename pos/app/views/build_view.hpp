#pragma once

#include "pos/app/state.hpp"
#include "pos/app/views/screen_view.hpp"
#include "pos/app/wording.hpp"

namespace pos::app {

/// What is on the screen in this state at this moment. Pure; build it once after a drain of events,
/// not once a frame.
[[nodiscard]] ScreenView build_view(const State& state, const Directory& directory,
                                    const core::Moment& now);

/// What the parts of a screen are built from. Lives for one build_view().
struct ViewSource {
  const State& state;
  const Directory& directory;
  const core::Moment& now;
  const Wording& words;
};

[[nodiscard]] StatusView build_status(const ViewSource& source);
[[nodiscard]] CheckoutView build_checkout(const ViewSource& source);
[[nodiscard]] MemberPanelView build_member_panel(const ViewSource& source);
[[nodiscard]] FindView build_find(const ViewSource& source);
[[nodiscard]] JoinView build_join(const ViewSource& source);
[[nodiscard]] PayView build_pay(const ViewSource& source);
[[nodiscard]] WhyView build_why(const ViewSource& source);
[[nodiscard]] PointsView build_points(const ViewSource& source);
[[nodiscard]] AskView build_ask(const ViewSource& source);
[[nodiscard]] ReturnView build_return(const ViewSource& source);
[[nodiscard]] DayView build_day(const ViewSource& source);
[[nodiscard]] SignInView build_sign_in(const ViewSource& source);

/// In the words for the member's class, where the benefit has some.
[[nodiscard]] const std::string& benefit_name(const ViewSource& source,
                                              const domain::BenefitId& benefit);
/// The facts of a record with the name and digits that the journal leaves out (law 14), as far as
/// the member is still known here.
[[nodiscard]] domain::MemberFacts with_name(const domain::MemberFacts& recorded,
                                            const Directory& directory);
/// "VIP · Gold", "···21": what may be said of a member to the cashier.
[[nodiscard]] std::string standing_of(const domain::MemberFacts& facts,
                                      const programme::Programme* programme,
                                      domain::Language language);
/// Of a line that another till sold: its name where the article is known here, else its code, else
/// the line's number.
[[nodiscard]] std::string article_name(const Directory& directory, const Wording& words,
                                       const std::string& code, std::size_t line);
[[nodiscard]] std::string masked_digits(const domain::MemberFacts& facts,
                                        domain::Language language);
[[nodiscard]] std::vector<TenderView> build_tenders(const Wording& words,
                                                    programme::Tender::Kind chosen,
                                                    std::string_view sheet);

}  // namespace pos::app
