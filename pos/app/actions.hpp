#pragma once

#include <cstdint>

namespace pos::app {

/// What a button or a key means. The same button means the same on every screen; which ones a
/// screen offers stands in its view. A key of a button that the view does not offer does nothing.
enum class Action : std::uint8_t {
  find,             ///< F2
  join,             ///< F3
  why,              ///< F4
  give_back,        ///< F7: goods come back
  points,           ///< F8
  pay,              ///< F9
  close_day,        ///< F10: the certificate of the day
  language,         ///< F11
  sign_out,         ///< F12: lock and sign in; the basket stays
  remove_member,    ///< Shift+F2
  escape,           ///< Esc: one level back; never loses a basket
  confirm,          ///< Enter: what the screen's big button says
  undo,             ///< the last thing taken away comes back
  connection,       ///< "What to do" in the status line
  fewer,            ///< points sheet: one step less; basket: one piece less of the selected line
  more,             ///< points sheet: one step more; basket: one piece more of the selected line
  all_points,       ///< points sheet: as many as can be spent
  no_points,        ///< points sheet: none
  use_value,        ///< points sheet: stored value too, or not
  delete_line,      ///< the selected line goes
  void_sale,        ///< return sheet: the whole sale
  all_back,         ///< return sheet: everything that is left
  attach_existing,  ///< join sheet: the number belongs to a member already; attach that one
  family_days,      ///< join sheet: its page of children and the anniversary
};

/// A place to write into. The state keeps what is written; the drawing keeps only cursor and
/// selection, and takes the text from the view whenever the two differ.
enum class Field : std::uint8_t {
  entry,        ///< checkout: digits, a code, a quantity with '*'
  search,       ///< find sheet: phone or card number
  phone,        ///< join sheet, from here to liking
  first_name,   //
  birth_day,    //
  birth_month,  //
  card,
  referrer,      ///< phone or card of who brought the new member
  family_day,    ///< of one of the family days, from here to liking
  family_month,  //
  relation,      ///< "daughter"
  liking,        ///< "yellow"
  received,      ///< pay sheet: what the customer handed over
  receipt,       ///< return sheet: the code on the slip
};

enum class Consent : std::uint8_t { terms, marketing };

}  // namespace pos::app
