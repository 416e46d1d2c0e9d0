#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pos/core/bytes.hpp"

namespace pos::app {

/// What the printed slip says, in words that are ready to print. Everything here is UTF-8 in the
/// slip's language, money and dates already formatted and, inside sentences, isolated (U+2066 ...
/// U+2069); pos/slip only lays out. It is filled from a sealed fact alone, so that a second print
/// says the same. Left-out optionals and empty strings leave no trace on the paper.
enum class SlipKind : std::uint8_t { sale, goods_return, sale_void, day_close };

/// "Total" and "95.04". The sign belongs to the value.
struct SlipAmount {
  std::string label;
  std::string value;
};

struct SlipLine {
  std::string name;
  std::string quantity;    // "2", "0.350 kg"
  std::string unit_price;  // shown beside the quantity; empty: only the amount is shown
  std::string amount;      // at shelf price, before the discounts below
  std::vector<SlipAmount> discounts;
};

struct SlipMember {
  std::string label;                // "Member"
  std::string address;              // the form of address: "Noa L."
  std::string masked_digits;        // what is left of the number: "...21"
  std::string standing;             // class and tier as one text: "VIP · Gold"
  std::string congratulation = {};  // on the tier that this sale reached; else empty
};

struct SlipTotals {
  std::optional<SlipAmount> shelf_total;
  std::optional<SlipAmount> saved;
  std::optional<SlipAmount> points_paid;  // paid with points
  std::optional<SlipAmount> value_paid;   // paid with stored value
  std::optional<SlipAmount> rounding;
  SlipAmount payable;
  std::optional<SlipAmount> tender;    // "Cash", and how much of the sum went there
  std::optional<SlipAmount> received;  // from the customer
  std::optional<SlipAmount> change;
  std::vector<SlipAmount> vat;  // one per rate: "of which VAT 17%"
};

struct SlipPoints {
  std::string heading;  // "Points"
  std::optional<SlipAmount> earned;
  std::optional<SlipAmount> spent;
  std::optional<SlipAmount> balance;
  std::vector<SlipAmount> value;       // stored value: what there is now, or what a return moved
  std::string balance_note;            // "as of 22.11.2026 13:58"
  std::vector<std::string> days = {};  // "80 points expire on 31.12.2026"
};

/// Figures for programs, printed only by the text form as `#key value` lines: plain ASCII digits,
/// money in minor units, the same in every language.
struct SlipFigures {
  std::string uid;  // of the fact, 32 lower-case hexadecimal digits
  std::string currency;
  std::int64_t payable_minor = 0;
  std::int64_t points_earned = 0;
  std::int64_t points_spent = 0;
  /// Anything else that is worth comparing. Keys: lower-case letters, digits and '-'.
  std::vector<std::pair<std::string, std::string>> more;
};

struct SlipView {
  std::string language;        // "en", "he", "fa"
  bool right_to_left = false;  // of that language
  SlipKind kind = SlipKind::sale;
  std::string kind_title;  // "Receipt", "Return", "Void", "Close of the day · 28.11.2026"
  std::string copy_mark;   // "Copy" on a second print, else empty

  std::string club_name;
  std::string store_name;
  std::vector<std::string> store_lines;  // address, phone
  std::string date_time;                 // "22.11.2026 14:32"
  SlipAmount till;                       // "Till", "3"
  SlipAmount employee;                   // "Served by", "Dana"
  std::optional<SlipAmount> original;    // of a return or void: "Original sale", its receipt code

  std::vector<SlipLine> lines;
  std::string benefits_heading;
  std::vector<SlipAmount> benefits;    // "15% for VIP", "-11.75"; of a day: its figures
  std::vector<std::string> notes;      // what benefits give for later: sentences
  SlipTotals totals;                   // not of a day
  std::vector<SlipAmount> signatures;  // of a day: who signed, and the signature in hexadecimal
  std::optional<SlipMember> member;
  SlipPoints points;

  std::string receipt_code_label;
  std::string receipt_code;         // as printed beneath the QR code
  pos::core::Bytes qr_payload;      // empty: no QR code
  std::string not_a_tax_document;   // the sentence, or empty where the club turned it off
  std::vector<std::string> footer;  // the club's own words
  SlipFigures figures;
};

}  // namespace pos::app
