#include "tests/unit/slip/sample_slips.hpp"

namespace slip_test {
namespace {

using pos::app::SlipAmount;
using pos::app::SlipLine;
using pos::app::SlipView;

void fill_figures(SlipView& view) {
  view.receipt_code = "3-0412-7K2Q";
  for (int i = 0; i < 150; ++i) view.qr_payload.push_back(static_cast<std::uint8_t>(i * 37));
  view.figures.uid = "0123456789abcdef0123456789abcdef";
  view.figures.currency = "ILS";
  view.figures.payable_minor = 9385;
  view.figures.points_earned = 93;
  view.figures.points_spent = 100;
  view.figures.more = {{"till", "3"}, {"seq", "412"}};
}

SlipView english() {
  SlipView view;
  view.kind_title = "Receipt";
  view.club_name = "Rimon Club";
  view.store_name = "Rimon North";
  view.store_lines = {"12 Orchard Street, Haifa", "04-555-0100"};
  view.date_time = "22 Nov 2026, 14:32";
  view.till = {"Till", "3"};
  view.employee = {"Served by", "Dana"};
  view.lines = {
      SlipLine{"Milk 3%", "2", "6.20", "12.40", {}},
      SlipLine{"Whole bread", "1", "14.90", "14.90", {}},
      SlipLine{"Olive oil 750 ml", "1", "39.90", "39.90", {{"Club price", "−8.00"}}},
      SlipLine{"Yoghurt ×4", "2", "11.00", "22.00", {{"Second at half price", "−5.50"}}},
      SlipLine{"Coffee 200 g", "1", "29.90", "29.90", {{"15% for VIP", "−4.49"}}},
      SlipLine{
          "Onions, loose, from the fields of the north, washed", "0.850 kg", "4.90", "4.17", {}},
  };
  view.benefits_heading = "Your club benefits";
  view.benefits = {{"15% for VIP on demand products", "−11.75"},
                   {"Club price on olive oil", "−8.00"},
                   {"Second yoghurt at half price", "−5.50"}};
  view.totals.shelf_total = SlipAmount{"Shelf price", "119.10"};
  view.totals.saved = SlipAmount{"Saved with the club", "−25.25"};
  view.totals.points_paid = SlipAmount{"Paid with 100 points", "−10.00"};
  view.totals.rounding = SlipAmount{"Rounding", "−0.05"};
  view.totals.payable = {"Total", "₪ 93.80"};
  view.totals.tender = SlipAmount{"Cash", "93.80"};
  view.totals.received = SlipAmount{"Received", "100.00"};
  view.totals.change = SlipAmount{"Change", "6.20"};
  view.totals.vat = {{"of which VAT 18%", "14.31"}};
  view.member = pos::app::SlipMember{"Member", "Noa L.", "···21", "VIP · Gold"};
  view.points = {"Points",
                 SlipAmount{"Earned", "+93"},
                 SlipAmount{"Spent", "−100"},
                 SlipAmount{"Balance", "1,233"},
                 {{"Stored value", "12.85"}},
                 "as of 22 Nov 2026, 13:58"};
  view.receipt_code_label = "Receipt code";
  view.not_a_tax_document = "This is not a tax document.";
  view.footer = {"Thank you, and come again!"};
  return view;
}

SlipView hebrew() {
  SlipView view;
  view.right_to_left = true;
  view.kind_title = "קבלה";
  view.club_name = "מועדון רימון";
  view.store_name = "רימון צפון";
  view.store_lines = {"רחוב הפרדס 12, חיפה", "\u206604-555-0100\u2069"};
  view.date_time = "22.11.2026 14:32";
  view.till = {"קופה", "3"};
  view.employee = {"קופאית:", "דנה"};
  view.lines = {
      SlipLine{"חלב 3%", "2", "6.20", "12.40", {}},
      SlipLine{"לחם מחיטה מלאה", "1", "14.90", "14.90", {}},
      SlipLine{"שמן זית 750 מ״ל", "1", "39.90", "39.90", {{"מחיר מועדון", "−8.00"}}},
      SlipLine{"יוגורט x4", "2", "11.00", "22.00", {{"השני בחצי מחיר", "−5.50"}}},
      SlipLine{"קפה 200 גרם", "1", "29.90", "29.90", {{"15% ל־VIP", "−4.49"}}},
      SlipLine{"בצל יבש בתפזורת, שטוף, מהשדות של הצפון", "0.850 ק״ג", "4.90", "4.17", {}},
  };
  view.benefits_heading = "הטבות המועדון שלך";
  view.benefits = {{"15% ל־VIP על מוצרי ביקוש", "−11.75"},
                   {"מחיר מועדון על שמן זית", "−8.00"},
                   {"יוגורט שני בחצי מחיר", "−5.50"}};
  view.totals.shelf_total = SlipAmount{"מחיר מדף", "119.10"};
  view.totals.saved = SlipAmount{"נחסך עם המועדון", "−25.25"};
  view.totals.points_paid = SlipAmount{"שולם ב־\u2066100\u2069 נקודות", "−10.00"};
  view.totals.rounding = SlipAmount{"עיגול", "−0.05"};
  view.totals.payable = {"סה״כ לתשלום", "93.80 ₪"};
  view.totals.tender = SlipAmount{"מזומן", "93.80"};
  view.totals.received = SlipAmount{"התקבל", "100.00"};
  view.totals.change = SlipAmount{"עודף", "6.20"};
  view.totals.vat = {{"מתוכם מע״מ \u206618%\u2069", "14.31"}};
  view.member = pos::app::SlipMember{"חברת מועדון", "נועה ל.", "···21", "VIP · זהב"};
  view.points = {"נקודות",
                 SlipAmount{"נצברו", "+93"},
                 SlipAmount{"מומשו", "−100"},
                 SlipAmount{"יתרה", "1,233"},
                 {{"יתרה צבורה", "12.85"}},
                 "נכון ל־\u206622.11.2026 13:58\u2069"};
  view.receipt_code_label = "קוד הקבלה";
  view.not_a_tax_document = "מסמך זה אינו מסמך מס.";
  view.footer = {"תודה ולהתראות!"};
  return view;
}

SlipView persian() {
  SlipView view;
  view.right_to_left = true;
  view.kind_title = "رسید";
  view.club_name = "باشگاه انار";
  view.store_name = "انار شمال";
  view.store_lines = {"خیابان باغ، شمارهٔ ۱۲", "\u2066۰۴-۵۵۵-۰۱۰۰\u2069"};
  view.date_time = "۱ آذر ۱۴۰۵، ۱۴:۳۲";
  view.till = {"صندوق", "۳"};
  view.employee = {"صندوق\u200Cدار:", "امید"};
  view.lines = {
      SlipLine{"شیر ۳٪", "۲", "۶٫۲۰", "۱۲٫۴۰", {}},
      SlipLine{"نان سبوس\u200Cدار", "۱", "۱۴٫۹۰", "۱۴٫۹۰", {}},
      SlipLine{"روغن زیتون ۷۵۰ میلی\u200Cلیتر", "۱", "۳۹٫۹۰", "۳۹٫۹۰", {{"قیمت باشگاه", "−۸٫۰۰"}}},
      SlipLine{"ماست چهارتایی", "۲", "۱۱٫۰۰", "۲۲٫۰۰", {{"دومی نصف قیمت", "−۵٫۵۰"}}},
      SlipLine{"قهوه ۲۰۰ گرم", "۱", "۲۹٫۹۰", "۲۹٫۹۰", {{"۱۵٪ ویژهٔ VIP", "−۴٫۴۹"}}},
      SlipLine{"پیاز فله\u200Cای شسته از کشتزارهای شمال کشور", "۰٫۸۵۰ کیلو", "۴٫۹۰", "۴٫۱۷", {}},
  };
  view.benefits_heading = "مزایای باشگاه شما";
  view.benefits = {{"۱۵٪ ویژهٔ VIP روی کالاهای پرتقاضا", "−۱۱٫۷۵"},
                   {"قیمت باشگاه روی روغن زیتون", "−۸٫۰۰"},
                   {"ماست دوم نصف قیمت", "−۵٫۵۰"}};
  view.totals.shelf_total = SlipAmount{"قیمت قفسه", "۱۱۹٫۱۰"};
  view.totals.saved = SlipAmount{"صرفه\u200Cجویی با باشگاه", "−۲۵٫۲۵"};
  view.totals.points_paid = SlipAmount{"پرداخت با \u2066۱۰۰\u2069 امتیاز", "−۱۰٫۰۰"};
  view.totals.rounding = SlipAmount{"گرد کردن", "−۰٫۰۵"};
  view.totals.payable = {"مبلغ قابل پرداخت", "۹۳٫۸۰ ₪"};
  view.totals.tender = SlipAmount{"نقد", "۹۳٫۸۰"};
  view.totals.received = SlipAmount{"دریافت شد", "۱۰۰٫۰۰"};
  view.totals.change = SlipAmount{"بقیهٔ پول", "۶٫۲۰"};
  view.totals.vat = {{"شامل مالیات \u2066۱۸٪\u2069", "۱۴٫۳۱"}};
  view.member = pos::app::SlipMember{"عضو باشگاه", "خانم لاوی", "···۲۱", "VIP، طلایی"};
  view.points = {"امتیاز",
                 SlipAmount{"امتیاز این خرید", "+۹۳"},
                 SlipAmount{"امتیاز خرج\u200Cشده", "−۱۰۰"},
                 SlipAmount{"ماندهٔ امتیاز", "۱٬۲۳۳"},
                 {{"موجودی", "۱۲٫۸۵"}},
                 "تا ۱ آذر ۱۴۰۵، \u2066۱۳:۵۸\u2069"};
  view.receipt_code_label = "کد رسید";
  view.not_a_tax_document = "این رسید سند مالیاتی نیست.";
  view.footer = {"سپاس از خرید شما!"};
  return view;
}

}  // namespace

SlipView sample_slip(const std::string& language) {
  SlipView view = language == "he" ? hebrew() : language == "fa" ? persian() : english();
  view.language = language;
  fill_figures(view);
  return view;
}

}  // namespace slip_test
