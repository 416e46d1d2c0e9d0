#pragma once

#include <string>
#include <vector>

#include "pos/app/views/screen_view.hpp"

// Screens as a cashier of the sample club would see them, in every language, for the pictures and
// the tests of the drawing.

namespace tests::ui {

using pos::domain::Language;

/// The words of one language, to be asked by number of the language.
[[nodiscard]] std::string pick(Language language, const char* en, const char* he, const char* fa);
/// Between two parts of a line.
[[nodiscard]] inline std::string separator(Language language) {
  return pick(language, " · ", " · ", "، ");
}
/// A figure as that language writes it, isolated.
[[nodiscard]] std::string figure(Language language, const std::string& ascii);

[[nodiscard]] pos::app::ScreenView checkout_of_noa(Language language);
[[nodiscard]] pos::app::ScreenView empty_checkout(Language language);
[[nodiscard]] pos::app::ScreenView unknown_card(Language language);
/// Many lines, an offer, the longest name of the club, every figure wide, trouble in the status.
[[nodiscard]] pos::app::ScreenView full_checkout(Language language);
[[nodiscard]] pos::app::ScreenView sign_in(Language language);
[[nodiscard]] pos::app::ScreenView join_sheet(Language language);
[[nodiscard]] pos::app::ScreenView family_page(Language language);
[[nodiscard]] pos::app::ScreenView pay_sheet(Language language);
[[nodiscard]] pos::app::ScreenView why_sheet(Language language);
[[nodiscard]] pos::app::ScreenView find_sheet(Language language);
[[nodiscard]] pos::app::ScreenView points_sheet(Language language);
[[nodiscard]] pos::app::ScreenView ask_sheet(Language language);
[[nodiscard]] pos::app::ScreenView return_sheet(Language language);
[[nodiscard]] pos::app::ScreenView question(Language language);

struct Example {
  std::string name;
  pos::app::ScreenView (*make)(Language);
};
[[nodiscard]] const std::vector<Example>& examples();

}  // namespace tests::ui
