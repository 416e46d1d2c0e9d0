#include "pos/slip/receipt.hpp"

#include <rapidcheck/catch.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "drivers/camera/image_decoder.hpp"
#include "pos/core/check.hpp"
#include "pos/domain/receipt_code.hpp"
#include "pos/slip/slip_formats.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/slip/sample_slips.hpp"

using pos::app::SlipView;
using pos::slip::draw_receipt;
using pos::slip::Raster;
using pos::slip::receipt_text;
using slip_test::sample_slip;

namespace {

const pos::text::Shaper& shaper() {
  static const auto fonts = pos::text::FontSet::open_installed();
  CLUBTILL_CHECK(fonts.has_value());
  static const pos::text::Shaper made(*fonts);
  return made;
}

std::filesystem::path pictures() {
  const auto folder = std::filesystem::path(CLUBTILL_BIN_DIR).parent_path() / "pictures";
  std::filesystem::create_directories(folder);
  return folder;
}

void keep_picture(const Raster& raster, const std::string& name) {
  const auto png = pos::slip::png_of(raster);
  REQUIRE(png);
  std::ofstream file(pictures() / (name + ".png"), std::ios::binary);
  file.write(reinterpret_cast<const char*>(png->data()), static_cast<std::streamsize>(png->size()));
}

/// The grey picture as the printer burns it.
Raster burnt(Raster raster) {
  for (auto& pixel : raster.grey) pixel = pixel < pos::slip::kBlackBelow ? 0 : 255;
  return raster;
}

/// The outermost columns of ink between two rows.
std::pair<int, int> ink_columns(const Raster& raster) {
  int first = raster.width;
  int last = -1;
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) {
      if (!pos::slip::is_black(raster, x, y)) continue;
      first = std::min(first, x);
      last = std::max(last, x);
    }
  }
  return {first, last};
}

std::string figure(const std::string& text, const std::string& key) {
  const std::string head = "\n#" + key + " ";
  const auto at = text.find(head);
  if (at == std::string::npos) return "missing";
  const auto begin = at + head.size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

}  // namespace

TEST_CASE("Slip: it is drawn in three languages on both papers", "[slip][picture]") {
  for (const std::string language : {"en", "he", "fa"}) {
    for (const int width : {pos::slip::kWideDots, pos::slip::kNarrowDots}) {
      const Raster raster = draw_receipt(sample_slip(language), shaper(), width);
      const std::string name = "slip-" + language + "-" + std::to_string(width);
      keep_picture(raster, name);
      keep_picture(burnt(raster), name + "-burnt");
      CHECK(raster.width == width);
      CHECK(raster.height > 1000);
      CHECK(raster.grey.size() == static_cast<std::size_t>(raster.width * raster.height));
      const auto [first, last] = ink_columns(raster);
      CHECK(first >= 2);
      CHECK(last <= width - 3);
    }
  }
}

TEST_CASE("Slip: the same view gives the same picture", "[slip]") {
  const auto first = draw_receipt(sample_slip("he"), shaper());
  const auto second = draw_receipt(sample_slip("he"), shaper());
  CHECK(first.grey == second.grey);
}

TEST_CASE("Slip: a return and a copy are marked across the paper", "[slip][picture]") {
  SlipView view = sample_slip("en");
  const int plain = draw_receipt(view, shaper()).height;
  view.kind = pos::app::SlipKind::goods_return;
  view.kind_title = "Return";
  view.copy_mark = "Copy";
  view.original = pos::app::SlipAmount{"Original receipt", "3-0398-M1XA"};
  const Raster marked = draw_receipt(view, shaper());
  keep_picture(marked, "slip-return");
  CHECK(marked.height > plain);
  const std::string text = receipt_text(view);
  CHECK(figure(text, "kind") == "return");
  CHECK(figure(text, "copy") == "1");
}

TEST_CASE("Slip: the close of a day has no total, and both signatures", "[slip][picture]") {
  SlipView view = sample_slip("en");
  view.kind = pos::app::SlipKind::day_close;
  view.lines.clear();
  view.totals.payable = {"TOTAL TO PAY", "1.00"};
  const int without = draw_receipt(view, shaper()).height;
  view.signatures = {{"Signed by this till", std::string(128, 'a')},
                     {"Signed by headquarters", std::string(128, 'b')}};
  const Raster raster = draw_receipt(view, shaper());
  keep_picture(raster, "slip-day");
  CHECK(raster.height > without);
  const std::string text = receipt_text(view);
  CHECK(figure(text, "kind") == "day-close");
  CHECK(text.find("TOTAL TO PAY") == std::string::npos);
  CHECK(text.find(std::string(128, 'a')) != std::string::npos);
  CHECK(text.find(std::string(128, 'b')) != std::string::npos);
}

TEST_CASE("Slip: amounts in right-to-left end in one column", "[slip]") {
  SlipView view;
  view.right_to_left = true;
  view.lines = {pos::app::SlipLine{"חלב", "", "", "1.11", {}},
                pos::app::SlipLine{"לחם", "", "", "1111.11", {}}};
  const Raster raster = draw_receipt(view, shaper());
  // The rightmost ink of the left half, row by row: both amounts must end at the same dot.
  std::vector<int> ends;
  int open_end = -1;
  for (int y = 0; y < raster.height; ++y) {
    int end = -1;
    int rule = 0;
    for (int x = 0; x < raster.width / 2; ++x) {
      if (!pos::slip::is_black(raster, x, y)) continue;
      end = x;
      ++rule;
    }
    if (rule > raster.width / 4) end = -1;  // a rule, not a figure
    if (rule > 25 && rule <= raster.width / 4) end = open_end;
    if (end < 0 && open_end >= 0) ends.push_back(open_end);
    open_end = end < 0 ? -1 : std::max(open_end, end);
  }
  REQUIRE(ends.size() >= 2);
  CHECK(std::abs(ends[0] - ends[1]) <= 1);
}

TEST_CASE("Slip: two hundred lines are two hundred lines", "[slip]") {
  SlipView view = sample_slip("fa");
  const auto line = view.lines.front();
  view.lines.assign(200, line);
  const Raster raster = draw_receipt(view, shaper());
  CHECK(raster.height > 200 * 50);
  CHECK(pos::slip::png_of(raster));
  const std::string text = receipt_text(view);
  std::size_t count = 0;
  for (auto at = text.find(line.name); at != std::string::npos; at = text.find(line.name, at + 1)) {
    ++count;
  }
  CHECK(count == 200);
}

TEST_CASE("Slip: an empty view is a short slip", "[slip]") {
  const Raster raster = draw_receipt(SlipView{}, shaper(), pos::slip::kNarrowDots);
  CHECK(raster.height > 20);
  CHECK(raster.height < 400);
  CHECK(receipt_text(SlipView{}).find("#end") != std::string::npos);
}

namespace {

/// The code of a sale with so many lines of the usual kind.
std::string code_of(std::size_t lines) {
  using namespace pos;
  core::SeededChance chance(lines);
  domain::Receipt receipt;
  receipt.sale = core::FactId::mint(chance);
  receipt.till = {12};
  receipt.at.at = core::Instant::from_unix_ms(1'795'330'800'000);
  receipt.member = domain::MemberId::mint(chance);
  receipt.account = domain::AccountId::mint(chance);
  for (std::size_t i = 0; i < lines; ++i) {
    const auto some = static_cast<std::int64_t>(chance.below(30'000));
    receipt.lines.push_back({"72900000" + std::to_string(10'000 + chance.below(80'000)),
                             3,
                             domain::Money::of(some),
                             domain::Money::of(some / 5),
                             domain::Money::of(some / 9),
                             domain::Points::of(some / 90),
                             domain::Points::of(some / 100),
                             {},
                             {}});
  }
  const auto made = domain::SignedReceipt::make(receipt, core::SymmetricKey::mint(chance),
                                                core::make_signing_pair(chance).secret);
  REQUIRE(made);
  return domain::ReceiptCode(*made).text();
}

}  // namespace

TEST_CASE("Slip: its code reads from the paper, up to thirty lines, wide and narrow", "[slip]") {
  for (const std::size_t lines : {1U, 8U, 30U}) {
    for (const int width : {pos::slip::kWideDots, pos::slip::kNarrowDots}) {
      SlipView view = sample_slip("he");
      const std::string code = code_of(lines);
      view.qr_payload = pos::core::copy_of(pos::core::bytes_of(code));
      const Raster paper = burnt(draw_receipt(view, shaper(), width));
      keep_picture(paper, "code-" + std::to_string(lines) + "-" + std::to_string(width));
      const auto png = pos::slip::png_of(paper);
      REQUIRE(png);
      const auto found = drivers::camera::ImageDecoder().decode(*png);
      REQUIRE(found);
      REQUIRE(found->size() == 1);
      CHECK(found->front().text == code);
    }
  }
}

TEST_CASE("Slip: hostile names are printed and do no harm", "[slip]") {
  rc::prop("any bytes", [](const std::string& name, const std::string& amount, bool right_to_left) {
    SlipView view = sample_slip("en");
    view.right_to_left = right_to_left;
    view.lines = {pos::app::SlipLine{name, amount, name, amount, {{amount, name}}}};
    view.club_name = name;
    view.totals.payable = {name, amount};
    view.receipt_code = amount;
    view.qr_payload.assign(name.begin(), name.end());
    const Raster raster = draw_receipt(view, shaper(), pos::slip::kNarrowDots);
    RC_ASSERT(raster.height > 0);
    const auto [first, last] = ink_columns(raster);
    RC_ASSERT(first >= 0);
    RC_ASSERT(last < raster.width);
    RC_ASSERT(figure(receipt_text(view), "payable-minor") == "9385");
  });
}

TEST_CASE("Slip: a name that is wider than the paper is wrapped, not cut", "[slip]") {
  SlipView view = sample_slip("en");
  view.lines = {view.lines.front()};
  const int one = draw_receipt(view, shaper()).height;
  view.lines[0].name = "Konstantinopolskaya-Rabinovich and the hand cream of the long name indeed";
  CHECK(draw_receipt(view, shaper()).height > one + 30);
}

TEST_CASE("Slip text: its figures are the same in every language", "[slip]") {
  for (const std::string language : {"en", "he", "fa"}) {
    const std::string text = receipt_text(sample_slip(language));
    std::ofstream(pictures() / ("slip-" + language + ".txt")) << text;
    CHECK(figure(text, "uid") == "0123456789abcdef0123456789abcdef");
    CHECK(figure(text, "receipt-code") == "3-0412-7K2Q");
    CHECK(figure(text, "kind") == "sale");
    CHECK(figure(text, "copy") == "0");
    CHECK(figure(text, "currency") == "ILS");
    CHECK(figure(text, "payable-minor") == "9385");
    CHECK(figure(text, "points-earned") == "93");
    CHECK(figure(text, "points-spent") == "100");
    CHECK(figure(text, "seq") == "412");
    CHECK(text.substr(text.size() - 5) == "#end\n");
    CHECK(text.find("\u2066") == std::string::npos);
  }
}

TEST_CASE("Slip text: amounts stand in a column at the end of the line", "[slip]") {
  const std::string text = receipt_text(sample_slip("en"));
  CHECK(text.find("Milk 3%                                    12.40\n") != std::string::npos);
  CHECK(text.find("  2 × 6.20\n") != std::string::npos);
  CHECK(text.find("  Club price                               −8.00\n") != std::string::npos);
}

TEST_CASE("Slip text: a name cannot pass for a figure", "[slip]") {
  SlipView view = sample_slip("en");
  view.lines[0].name = "#payable-minor 1\n#uid forged";
  view.footer = {"#end"};
  const std::string text = receipt_text(view);
  CHECK(figure(text, "payable-minor") == "9385");
  CHECK(text.find("\n#uid forged") == std::string::npos);
  CHECK(text.find("\n#end") == text.size() - 6);
}
