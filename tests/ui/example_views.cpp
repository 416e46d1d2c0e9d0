#include "tests/ui/example_views.hpp"

namespace tests::ui {

using namespace pos::app;

std::string pick(Language language, const char* en, const char* he, const char* fa) {
  return language == Language::en ? en : language == Language::he ? he : fa;
}

std::string figure(Language language, const std::string& ascii) {
  std::string out = "\u2066";
  for (const char c : ascii) {
    if (language == Language::fa && c >= '0' && c <= '9') {
      out += '\xDB';
      out += static_cast<char>(0xB0 + (c - '0'));
    } else if (language == Language::fa && c == ',') {
      out += "٬";
    } else if (language == Language::fa && c == '.') {
      out += "٫";
    } else {
      out += c;
    }
  }
  return out + "\u2069";
}

namespace {

std::string minus(Language language, const std::string& ascii) {
  return figure(language, "−" + ascii);
}

ButtonView button(Action action, const char* id, std::string label, const char* key) {
  return {action, id, std::move(label), key, true, false};
}

StatusView status_of(Language l) {
  StatusView s;
  s.till = pick(l, "Till ", "קופה ", "صندوق ") + figure(l, "3");
  s.employee = pick(l, "Dana", "דנה", "دانا");
  s.connection.kind = ConnectionView::Kind::offline;
  s.connection.text =
      pick(l, "Working offline since ", "עובדים ללא חיבור מאז ", "کار بدون اتصال از ") +
      figure(l, "14:05");
  s.connection.waiting = figure(l, "12") + pick(l, " waiting", " ממתינות", " در انتظار");
  s.connection.what_to_do = button(Action::connection, "status.what_to_do",
                                   pick(l, "What to do", "מה לעשות", "چه کنم؟"), "");
  s.language = button(Action::language, "status.language", pick(l, "EN", "HE", "FA"), "F11");
  s.lock = button(Action::sign_out, "status.lock", pick(l, "Lock", "נעילה", "قفل"), "F12");
  s.time = figure(l, "14:32");
  return s;
}

BasketLineView line_of(Language l, std::size_t i, std::string name, const char* quantity,
                       const char* unit, const char* amount) {
  BasketLineView v;
  v.id = "basket.line." + std::to_string(i);
  v.line = i;
  v.number = figure(l, std::to_string(i + 1));
  v.name = std::move(name);
  v.quantity = figure(l, std::string("× ") + quantity);
  v.unit_price = figure(l, unit);
  v.amount = figure(l, amount);
  return v;
}

std::vector<ButtonView> main_buttons(Language l) {
  std::vector<ButtonView> b = {
      button(Action::find, "checkout.find", pick(l, "Find member", "איתור חבר", "یافتن عضو"), "F2"),
      button(Action::join, "checkout.join", pick(l, "Join", "הצטרפות", "عضویت"), "F3"),
      button(Action::why, "checkout.why", pick(l, "Why?", "למה?", "چرا؟"), "F4"),
      button(Action::give_back, "checkout.return", pick(l, "Return", "החזרה", "مرجوعی"), "F7"),
      button(Action::points, "checkout.points",
             pick(l, "Use points", "מימוש נקודות", "استفاده از امتیاز"), "F8"),
      button(Action::pay, "checkout.pay", pick(l, "PAY", "לתשלום", "پرداخت"), "F9"),
  };
  b.back().primary = true;
  return b;
}

FieldView entry_of(Language l) {
  FieldView f;
  f.field = Field::entry;
  f.id = "checkout.entry";
  f.placeholder = pick(l, "Scan, or type a code or a phone number", "סריקה, קוד או מספר טלפון",
                       "اسکن، کد یا شمارهٔ تلفن");
  f.digits = true;
  f.left_to_right = true;
  return f;
}

CheckoutView base_of(Language l) {
  CheckoutView c;
  c.status = status_of(l);
  c.basket_heading = pick(l, "BASKET", "סל קניות", "سبد خرید");
  c.item_count = figure(l, "7") + pick(l, " items", " פריטים", " قلم");
  c.entry = entry_of(l);
  c.total = {pick(l, "TOTAL", "סה״כ", "مبلغ قابل پرداخت"), figure(l, "93.85 ₪")};
  c.buttons = main_buttons(l);
  return c;
}

MemberHeadView head_of_noa(Language l) {
  MemberHeadView h;
  h.name = pick(l, "Noa L.", "נועה ל.", "نوا ل.");
  h.chips = {{ChipView::Kind::tier, pick(l, "GOLD", "זהב", "طلایی")},
             {ChipView::Kind::member_class, "VIP"}};
  h.digits = "\u2066···" + figure(l, "21") + "\u2069";
  h.balance = figure(l, "1,240") + pick(l, " points", " נקודות", " امتیاز");
  h.worth = pick(l, "worth ", "שוות ", "به ارزش ") + figure(l, "124.00");
  h.as_of = pick(l, "as of ", "נכון ל־", "به‌روزرسانی ") + figure(l, "13:58");
  h.remove = button(Action::remove_member, "member.remove",
                    pick(l, "Remove member", "הסרת החבר", "حذف عضو"), "Shift+F2");
  return h;
}

MemberPanelView panel_of_noa(Language l) {
  MemberPanelView p;
  p.head = head_of_noa(l);
  p.applied_heading = pick(l, "APPLIED", "ניתנו", "اعمال شد");
  p.applied_sum = minus(l, "25.25");
  const auto benefit = [](const char* id, std::string text, std::string amount, int percent) {
    BenefitLineView b;
    b.id = std::string("benefit.") + id;
    b.text = std::move(text);
    b.amount = std::move(amount);
    b.progress_percent = percent;
    return b;
  };
  p.applied = {
      benefit("class",
              pick(l, "VIP 15% on demand products", "15% ל־VIP על מוצרי ביקוש",
                   "۱۵٪ ویژهٔ VIP روی کالاهای پرتقاضا"),
              minus(l, "11.75"), -1),
      benefit("oil",
              pick(l, "Club price on olive oil", "מחיר מועדון על שמן זית",
                   "قیمت باشگاه روی روغن زیتون"),
              minus(l, "8.00"), -1),
      benefit("yoghurt",
              pick(l, "Second yoghurt at half price", "יוגורט שני בחצי מחיר", "ماست دوم نصف قیمت"),
              minus(l, "5.50"), -1)};
  p.nearly_heading = pick(l, "NEARLY", "כמעט", "کمی مانده");
  p.nearly = {benefit("gift",
                      pick(l, "", "עוד ", "با ") + figure(l, "30.90") +
                          pick(l, " more: gift worth ", " ומקבלים מתנה בשווי ",
                               " خرید بیشتر، هدیه‌ای به ارزش ") +
                          figure(l, "20.00"),
                      "", 79)};
  p.not_now_heading = pick(l, "NOT NOW", "לא כרגע", "فعلاً نه");
  p.not_now = {benefit("coffee",
                       pick(l, "Coffee coupon: needs connection", "קופון קפה: דורש חיבור",
                            "کوپن قهوه: نیاز به اتصال"),
                       "", -1)};
  TaskView task;
  task.id = "task.birthday";
  task.text = pick(l, "Birthday week: congratulate", "שבוע יום הולדת: לאחל מזל טוב",
                   "هفتهٔ تولد: تبریک بگویید");
  p.tasks = {task};
  return p;
}

ScreenView screen_of(Language l, CheckoutView checkout) {
  ScreenView view;
  view.language = l;
  view.right_to_left = pos::domain::is_right_to_left(l);
  view.checkout = std::move(checkout);
  return view;
}

FieldView field_of(Field field, const char* id, std::string label, std::string text, bool digits) {
  FieldView f;
  f.field = field;
  f.id = id;
  f.label = std::move(label);
  f.text = std::move(text);
  f.digits = digits;
  f.left_to_right = digits;
  return f;
}

ButtonView cancel_of(Language l, const char* id) {
  return button(Action::escape, id, pick(l, "Back", "חזרה", "بازگشت"), "Esc");
}

ButtonView confirm_of(const char* id, std::string label) {
  ButtonView b = button(Action::confirm, id, std::move(label), "Enter");
  b.primary = true;
  return b;
}

}  // namespace

ScreenView checkout_of_noa(Language l) {
  CheckoutView c = base_of(l);
  c.lines = {
      line_of(l, 0, pick(l, "Milk 3%", "חלב 3%", "شیر ۳٪"), "2", "6.20", "12.40"),
      line_of(l, 1, pick(l, "Bread, whole grain", "לחם מחיטה מלאה", "نان سبوس‌دار"),
              "1", "14.90", "14.90"),
      line_of(l, 2,
              pick(l, "Olive oil 750 ml", "שמן זית 750 מ״ל",
                   "روغن زیتون ۷۵۰ میلی‌لیتر"),
              "1", "39.90", "39.90"),
      line_of(l, 3, pick(l, "Yoghurt x4", "יוגורט x4", "ماست چهارتایی"), "2", "11.00", "22.00"),
      line_of(l, 4, pick(l, "Coffee 200 g", "קפה 200 גרם", "قهوه ۲۰۰ گرم"), "1", "29.90", "29.90")};
  c.lines[2].discounts = {{pick(l, "Club price", "מחיר מועדון", "قیمت باشگاه"), minus(l, "8.00")}};
  c.lines[3].discounts = {
      {pick(l, "Second at half price", "השני בחצי מחיר", "دومی نصف قیمت"), minus(l, "5.50")}};
  c.member = panel_of_noa(l);
  c.saved = pick(l, "Saved with the club ", "נחסך עם המועדון ",
                 "صرفه‌جویی با باشگاه ") +
            figure(l, "25.25");
  c.message.mood = Mood::good;
  c.message.text =
      pick(l, "Card accepted: Noa L.", "הכרטיס התקבל: נועה ל.", "کارت پذیرفته شد: نوا ل.");
  c.message.undo =
      button(Action::undo, "checkout.undo", pick(l, "Undo", "ביטול פעולה אחרונה", "واگرد"), "");
  return screen_of(l, std::move(c));
}

ScreenView empty_checkout(Language l) {
  CheckoutView c = base_of(l);
  c.status.connection = {};
  c.status.connection.text = pick(l, "Connected", "מחובר", "متصل");
  c.status.demo_mark = pick(l, "DEMO", "הדגמה", "نمایشی");
  c.item_count.clear();
  c.empty_basket =
      pick(l, "Scan the first article or a club card.", "סרקו את הפריט הראשון או כרטיס מועדון.",
           "اولین کالا یا کارت باشگاه را اسکن کنید.");
  c.member.invitation = pick(l, "No member yet. Scan a card, or ask for the phone number.",
                             "אין עדיין חבר. סרקו כרטיס או בקשו מספר טלפון.",
                             "هنوز عضوی نیست. کارت را اسکن کنید یا شمارهٔ تلفن را بپرسید.");
  c.member.invitation_buttons = {
      button(Action::find, "member.find", pick(l, "Find member", "איתור חבר", "یافتن عضو"), "F2"),
      button(Action::join, "member.join", pick(l, "Join", "הצטרפות", "عضویت"), "F3")};
  c.total.value = figure(l, "0.00 ₪");
  c.buttons.erase(c.buttons.begin() + 4);
  c.buttons.back().enabled = false;
  return screen_of(l, std::move(c));
}

ScreenView unknown_card(Language l) {
  ScreenView view = checkout_of_noa(l);
  MemberPanelView p;
  p.unknown_card =
      pick(l, "Card not in the club yet. The purchase earns ",
           "הכרטיס עדיין לא במועדון. הקנייה צוברת ", "کارت هنوز در باشگاه نیست. این خرید ") +
      figure(l, "93") + pick(l, " points.", " נקודות.", " امتیاز می‌گیرد.");
  p.invitation = pick(
      l, "Join now: the benefits count from this sale on.",
      "הצטרפות עכשיו: ההטבות כבר בקנייה הזאת.",
      "همین حالا عضو شود: مزایا از همین خرید حساب می‌شود.");
  p.invitation_buttons = {
      button(Action::join, "member.join", pick(l, "Join", "הצטרפות", "عضویت"), "F3"),
      button(Action::find, "member.find", pick(l, "Find member", "איתור חבר", "یافتن عضو"), "F2")};
  p.invitation_buttons.front().primary = true;
  view.checkout.member = p;
  view.checkout.saved.clear();
  view.checkout.message = {
      Mood::refused,
      pick(l, "Looks like a payment card. Not saved.", "נראה כמו כרטיס אשראי. לא נשמר.",
           "شبیه کارت بانکی است. ذخیره نشد."),
      {}};
  return view;
}

ScreenView full_checkout(Language l) {
  ScreenView view = checkout_of_noa(l);
  CheckoutView& c = view.checkout;
  const auto first = c.lines;
  for (int round = 0; round < 4; ++round) {
    for (BasketLineView line : first) {
      line.line = c.lines.size();
      line.id = "basket.line." + std::to_string(line.line);
      line.number = figure(l, std::to_string(line.line + 1));
      c.lines.push_back(line);
    }
  }
  c.lines.back().name =
      pick(l, "Gel polish, colour 07 \"Pomegranate at midnight\", long-lasting, 12 ml",
           "לק ג׳ל, גוון 07 „רימון בחצות”, עמיד במיוחד, 12 מ״ל",
           "لاک ژل، رنگ ۰۷ «انار نیمه‌شب»، بادوام، ۱۲ "
           "میلی‌لیتر");
  c.lines.back().quantity = figure(l, "× 1,200");
  c.lines.back().unit_price = figure(l, "49.90");
  c.lines.back().amount = figure(l, "59,880.00");
  c.lines.back().selected = true;
  c.line_buttons = {
      button(Action::fewer, "line.fewer", "−", ""), button(Action::more, "line.more", "+", ""),
      button(Action::delete_line, "line.delete", pick(l, "Delete", "מחיקה", "حذف"), "Shift+Del")};
  c.member.head->name =
      pick(l, "Alexandra Konstantinopolskaya-Rabinovich", "אלכסנדרה קונסטנטינופולסקיה־רבינוביץ׳",
           "الکساندرا کنستانتینوپولسکایا-رابینوویچ");
  TaskView offer;
  offer.id = "task.demand";
  offer.offer = true;
  offer.text = pick(l, "One of three products for ", "אחד משלושה מוצרים ב־", "یکی از سه کالا به ") +
               figure(l, "10.00");
  offer.choices = {{"task.demand.0", "1", pick(l, "Saffron 1 g", "זעפרן 1 גרם", "زعفران ۱ گرم")},
                   {"task.demand.1", "2", pick(l, "Hand cream", "קרם ידיים", "کرم دست")},
                   {"task.demand.2", "3", pick(l, "File set", "סט פצירות", "ست سوهان")}};
  offer.decline_label = pick(l, "Not wanted", "לא מעוניינים", "نمی‌خواهد");
  c.member.tasks.push_back(offer);
  c.points_paid = {pick(l, "Paid with points", "שולם בנקודות", "پرداخت با امتیاز"),
                   minus(l, "30.00")};
  c.total.value = figure(l, "60,214.35 ₪");
  c.status.connection.kind = ConnectionView::Kind::trouble;
  c.status.connection.text =
      pick(l, "Clock is off by 7 minutes", "השעון סוטה ב־7 דקות", "ساعت ۷ دقیقه اختلاف دارد");
  c.message = {Mood::attention,
               pick(l, "Card is already attached.", "הכרטיס כבר מצורף.", "کارت قبلاً وصل شده است."),
               c.message.undo};
  return view;
}

ScreenView sign_in(Language l) {
  ScreenView view = checkout_of_noa(l);
  SignInView s;
  s.status = status_of(l);
  s.status.employee.clear();
  s.status.lock = {};
  s.title = pick(l, "Who is at the till?", "מי בקופה?", "چه کسی پای صندوق است؟");
  s.club = pick(l, "Rimon Club", "מועדון רימון", "باشگاه انار");
  s.basket_kept = pick(l, "The basket is kept.", "הסל נשמר.", "سبد خرید نگه داشته شد.");
  const std::string manager = pick(l, "manager", "ניהול", "مدیر");
  const std::vector<std::pair<std::string, std::string>> staff = {
      {pick(l, "Dana", "דנה", "دانا"), ""},
      {pick(l, "Omid", "אומיד", "امید"), ""},
      {pick(l, "George", "ג׳ורג׳", "جورج"), ""},
      {pick(l, "Lior", "ליאור", "لیور"), manager},
      {pick(l, "Shirin", "שירין", "شیرین"), manager}};
  for (const auto& [name, role] : staff) {
    EmployeeView e;
    e.id = "sign_in." + std::to_string(s.employees.size());
    e.name = name;
    e.role = role;
    s.employees.push_back(e);
  }
  view.sign_in = s;
  return view;
}

ScreenView join_sheet(Language l) {
  ScreenView view = checkout_of_noa(l);
  JoinView j;
  j.title = pick(l, "Join the club", "הצטרפות למועדון", "عضویت در باشگاه");
  j.subtitle = pick(l, "for this sale too", "כבר בקנייה הזאת", "برای همین خرید هم");
  j.phone = field_of(Field::phone, "join.phone",
                     pick(l, "Mobile number", "טלפון נייד", "تلفن همراه"), "0525550143", true);
  j.phone.hint = pick(l, "New number", "מספר חדש במועדון", "شمارهٔ جدید");
  j.phone.hint_mood = Mood::good;
  j.first_name =
      field_of(Field::first_name, "join.first_name", pick(l, "First name", "שם פרטי", "نام"),
               pick(l, "Shira", "שירה", "شیرا"), false);
  j.terms = {Consent::terms, "join.terms",
             pick(l, "Terms of the club", "תנאי המועדון", "شرایط باشگاه"),
             pick(l, "text of 1 November 2026", "נוסח מ־1 בנובמבר 2026", "متن ۱۰ آبان ۱۴۰۵"), true};
  j.marketing = {Consent::marketing, "join.marketing",
                 pick(l, "Offers by SMS", "הצעות במסרון", "پیشنهادها با پیامک"),
                 pick(l, "only on request", "רק לפי בקשה", "فقط به درخواست"), false};
  j.birthday_label =
      pick(l, "Birthday (day and month)", "יום הולדת (יום וחודש)", "تولد (روز و ماه)");
  j.birth_day =
      field_of(Field::birth_day, "join.birth_day", pick(l, "Day", "יום", "روز"), "", true);
  j.birth_month =
      field_of(Field::birth_month, "join.birth_month", pick(l, "Month", "חודש", "ماه"), "06", true);
  j.card =
      field_of(Field::card, "join.card", pick(l, "Card", "כרטיס", "کارت"), "2000014227132", true);
  j.explanation = pick(
      l, "Two fields and two answers. The benefits count from this sale on.",
      "שני שדות ושתי תשובות. ההטבות נספרות כבר מהקנייה הזאת.",
      "دو خانه و دو پاسخ. مزایا از همین خرید حساب می‌شود.");
  j.cancel = cancel_of(l, "join.cancel");
  j.confirm = confirm_of("join.confirm", pick(l, "JOIN", "צירוף", "عضو شود"));
  view.sheet = j;
  return view;
}

ScreenView pay_sheet(Language l) {
  using Kind = pos::programme::Tender::Kind;
  ScreenView view = checkout_of_noa(l);
  PayView p;
  p.title = pick(l, "Payment", "תשלום", "پرداخت");
  p.member = pick(l, "Noa L.", "נועה ל.", "نوا ل.");
  p.total = figure(l, "93.85 ₪");
  p.tenders = {{Kind::cash, "pay.cash", pick(l, "Cash", "מזומן", "نقد"), true},
               {Kind::card, "pay.card", pick(l, "Card", "כרטיס", "کارت"), false},
               {Kind::other, "pay.other", pick(l, "Other", "אחר", "دیگر"), false}};
  p.received = field_of(Field::received, "pay.received", pick(l, "Received", "התקבל", "دریافتی"),
                        "100.00", true);
  const std::vector<std::string> quick = {"93.90", "95", "100", "200"};
  for (const auto& amount : quick) {
    QuickAmountView q;
    q.id = "pay.quick." + std::to_string(p.quick.size());
    q.label = figure(l, amount);
    p.quick.push_back(q);
  }
  p.rounding = {pick(l, "Rounded to 10 agorot", "עיגול ל־10 אגורות", "گرد شده به ۱۰ آگورا"),
                figure(l, "+0.05")};
  p.change = {pick(l, "Change", "עודף", "بقیه"), figure(l, "6.10")};
  p.earns = pick(l, "Earns ", "נצברות ", "") + figure(l, "93") +
            pick(l, " points · balance ", " נקודות · יתרה ",
                 " امتیاز می‌گیرد · مانده ") +
            figure(l, "1,333");
  p.explanation =
      pick(l, "The sale is kept on this till before the slip prints.",
           "המכירה נשמרת בקופה לפני שהתלוש מודפס.",
           "فروش پیش از چاپ رسید در همین صندوق ثبت می‌شود.");
  p.cancel = cancel_of(l, "pay.cancel");
  p.confirm = confirm_of("pay.confirm", pick(l, "FINISH", "סיום", "پایان"));
  view.sheet = p;
  return view;
}

ScreenView why_sheet(Language l) {
  ScreenView view = checkout_of_noa(l);
  WhyView w;
  w.title = pick(l, "Why these benefits?", "למה ההטבות האלה?", "چرا این مزایا؟");
  w.subtitle =
      pick(l, "Noa L. · VIP · Gold · programme of 1 November",
           "נועה ל. · VIP · זהב · תוכנית מ־1 בנובמבר", "نوا ل. · VIP · طلایی · برنامهٔ ۱۰ آبان");
  WhySectionView applied{Mood::good, pick(l, "APPLIED", "ניתנו", "اعمال شد"), {}};
  applied.rows = {
      {"why.class",
       pick(l, "VIP 15% on demand products", "15% ל־VIP על מוצרי ביקוש",
            "۱۵٪ ویژهٔ VIP روی کالاهای پرتقاضا"),
       pick(l, "olive oil, yoghurt, coffee: 15% of ", "שמן זית, יוגורט, קפה: 15% מתוך ",
            "روغن زیتون، ماست، قهوه: ۱۵٪ از ") +
           figure(l, "78.30"),
       minus(l, "11.75")},
      {"why.oil",
       pick(l, "Club price on olive oil", "מחיר מועדון על שמן זית", "قیمت باشگاه روی روغن زیتون"),
       figure(l, "31.90") + pick(l, " instead of ", " במקום ", " به جای ") + figure(l, "39.90"),
       minus(l, "8.00")},
      {"why.yoghurt",
       pick(l, "Second yoghurt at half price", "יוגורט שני בחצי מחיר", "ماست دوم نصف قیمت"),
       pick(l, "every second one, at most 4 a day", "כל יוגורט שני, עד 4 ביום",
            "هر دومی، حداکثر ۴ در روز"),
       minus(l, "5.50")}};
  WhySectionView nearly{Mood::attention, pick(l, "NEARLY", "כמעט", "کمی مانده"), {}};
  nearly.rows = {
      {"why.gift",
       pick(l, "Gift worth ", "מתנה בשווי ", "هدیه به ارزش ") + figure(l, "20.00") +
           pick(l, " from ", " מ־", " از ") + figure(l, "150.00"),
       pick(l, "any article but gift cards and newspapers", "כל פריט מלבד כרטיסי מתנה ועיתונים",
            "هر کالایی جز کارت هدیه و روزنامه"),
       figure(l, "30.90")},
      {"why.birthday", pick(l, "Birthday week 10%", "שבוע יום הולדת 10%", "هفتهٔ تولد ۱۰٪"),
       figure(l, "80.90") + pick(l, " more; at most ", " עוד; עד ", " بیشتر؛ حداکثر ") +
           figure(l, "50.00"),
       figure(l, "80.90")}};
  WhySectionView not_now{Mood::plain, pick(l, "NOT NOW", "לא כרגע", "فعلاً نه"), {}};
  not_now.rows = {{"why.summer", pick(l, "Coupon SUMMER", "קופון SUMMER", "کوپن SUMMER"),
                   pick(l, "ended yesterday", "הסתיים אתמול", "دیروز تمام شد"), ""},
                  {"why.coffee", pick(l, "Coffee coupon", "קופון קפה", "کوپن قهوه"),
                   pick(l, "needs a connection: one use in the whole chain",
                        "דורש חיבור: שימוש אחד בכל הרשת", "نیاز به اتصال: یک بار در کل زنجیره"),
                   ""}};
  w.sections = {applied, nearly, not_now};
  w.cancel = cancel_of(l, "why.cancel");
  view.sheet = w;
  return view;
}

ScreenView find_sheet(Language l) {
  ScreenView view = empty_checkout(l);
  FindView f;
  f.title = pick(l, "Find member", "איתור חבר", "یافتن عضو");
  f.search = field_of(Field::search, "find.search",
                      pick(l, "Phone or card number", "טלפון או מספר כרטיס", "تلفن یا شمارهٔ کارت"),
                      "0525550121", true);
  f.search.hint = pick(l, "Two members share this number", "לשני חברים יש המספר הזה",
                       "این شماره برای دو عضو است");
  f.search.hint_mood = Mood::attention;
  f.results = {
      {"find.result.0", 0, pick(l, "Noa L.", "נועה ל.", "نوا ل."),
       pick(l, "VIP · Gold · ", "VIP · זהב · ", "VIP · طلایی · ") + "\u2066···" + figure(l, "21") +
           "\u2069"},
      {"find.result.1", 1,
       pick(l, "Alexandra Konstantinopolskaya-Rabinovich", "אלכסנדרה קונסטנטינופולסקיה־רבינוביץ׳",
            "الکساندرا کنستانتینوپولسکایا-رابینوویچ"),
       pick(l, "Regular · Silver · ", "רגיל · כסף · ", "عادی · نقره‌ای · ") +
           "\u2066···" + figure(l, "21") + "\u2069"}};
  f.join =
      button(Action::join, "find.join",
             pick(l, "Join with this number", "הצטרפות עם המספר הזה", "عضویت با این شماره"), "F3");
  f.explanation = pick(l, "A scan of the card works here too.", "אפשר גם לסרוק כרטיס כאן.",
                       "اسکن کارت همین‌جا هم کار می‌کند.");
  f.cancel = cancel_of(l, "find.cancel");
  f.confirm = confirm_of("find.confirm", pick(l, "ATTACH", "צירוף לקנייה", "افزودن به خرید"));
  view.sheet = f;
  return view;
}

ScreenView points_sheet(Language l) {
  ScreenView view = checkout_of_noa(l);
  PointsView p;
  p.title = pick(l, "Use points", "מימוש נקודות", "استفاده از امتیاز");
  p.member = pick(l, "Noa L.", "נועה ל.", "نوا ل.");
  p.balance = figure(l, "1,240") + pick(l, " points", " נקודות", " امتیاز");
  p.worth = pick(l, "worth ", "שוות ", "به ارزش ") + figure(l, "124.00");
  p.spendable = pick(l, "At most ", "עד ", "حداکثر ") + figure(l, "300") +
                pick(l, " points now, worth ", " נקודות כעת, בשווי ", " امتیاز اکنون، به ارزش ") +
                figure(l, "30.00");
  p.limit = pick(l, "Offline: at most 30.00 a member.", "ללא חיבור: עד 30.00 לחבר.",
                 "بدون اتصال: حداکثر ۳۰٫۰۰ برای هر عضو.");
  p.chosen = figure(l, "200") + pick(l, " points", " נקודות", " امتیاز");
  p.chosen_worth = {pick(l, "Paid with points", "שולם בנקודות", "پرداخت با امتیاز"),
                    minus(l, "20.00")};
  p.total_after = {pick(l, "To pay", "לתשלום", "قابل پرداخت"), figure(l, "73.85 ₪")};
  p.fewer = button(Action::fewer, "points.fewer", pick(l, "Fewer", "פחות", "کمتر"), "");
  p.more = button(Action::more, "points.more", pick(l, "More", "יותר", "بیشتر"), "");
  p.none = button(Action::no_points, "points.none", pick(l, "None", "בלי", "هیچ"), "");
  p.all = button(Action::all_points, "points.all",
                 pick(l, "As many as can be", "כמה שאפשר", "تا حد ممکن"), "");
  p.cancel = cancel_of(l, "points.cancel");
  p.confirm = confirm_of("points.confirm", pick(l, "USE", "מימוש", "استفاده"));
  view.sheet = p;
  return view;
}

ScreenView return_sheet(Language l) {
  using Kind = pos::programme::Tender::Kind;
  ScreenView view = checkout_of_noa(l);
  ReturnView r;
  r.title = pick(l, "Return", "החזרה", "مرجوعی");
  r.subtitle = pick(l, "Sale of today 13:12, Noa L.", "מכירה מהיום 13:12, נועה ל.",
                    "فروش امروز ۱۳:۱۲، نوا ل.");
  r.receipt =
      field_of(Field::receipt, "return.receipt",
               pick(l, "Code on the slip", "הקוד שעל התלוש", "کد روی رسید"), "3-000412", true);
  const auto row = [l](std::size_t i, std::string name, const char* sold, std::int64_t quantity,
                       std::int64_t most, const char* amount) {
    ReturnLineView v;
    v.id = "return.line." + std::to_string(i);
    v.line = i;
    v.name = std::move(name);
    v.sold = figure(l, std::string("× ") + sold);
    v.left = figure(l, std::to_string(most)) + pick(l, " left", " נותרו", " مانده");
    v.chosen = figure(l, std::to_string(quantity));
    v.amount = quantity > 0 ? figure(l, amount) : "";
    v.quantity = quantity;
    v.quantity_max = most;
    return v;
  };
  r.lines = {row(0, pick(l, "Milk 3%", "חלב 3%", "شیر ۳٪"), "2", 0, 2, ""),
             row(1,
                 pick(l, "Olive oil 750 ml", "שמן זית 750 מ״ל",
                      "روغن زیتون ۷۵۰ میلی‌لیتر"),
                 "1", 1, 1, "27.12"),
             row(2, pick(l, "Yoghurt x4", "יוגורט x4", "ماست چهارتایی"), "2", 0, 2, ""),
             row(3, pick(l, "Coffee 200 g", "קפה 200 גרם", "قهوه ۲۰۰ گرم"), "1", 0, 1, "")};
  r.tenders = {{Kind::cash, "return.cash", pick(l, "Cash", "מזומן", "نقد"), true},
               {Kind::card, "return.card", pick(l, "Card", "כרטיס", "کارت"), false}};
  r.money_back = {pick(l, "Back to the customer", "החזר ללקוח", "بازپرداخت به مشتری"),
                  figure(l, "27.10")};
  r.rounding = {pick(l, "Rounded", "עיגול", "گرد شده"), minus(l, "0.02")};
  r.points = {{pick(l, "Points taken back", "נקודות שנלקחות", "امتیاز پس‌گرفته"),
               minus(l, "27")}};
  r.all_back = button(Action::all_back, "return.all",
                      pick(l, "Everything back", "להחזיר הכול", "همه برگردد"), "");
  r.void_sale = button(Action::void_sale, "return.void",
                       pick(l, "Void the whole sale", "ביטול כל המכירה", "ابطال کل فروش"), "");
  r.explanation = pick(l, "Paid back is what was paid for the pieces, benefits included.",
                       "מוחזר מה ששולם בעד הפריטים, אחרי ההטבות.",
                       "همان مبلغ پرداخت‌شده، با احتساب مزایا، "
                       "برمی‌گردد.");
  r.cancel = cancel_of(l, "return.cancel");
  r.confirm = confirm_of("return.confirm", pick(l, "GIVE BACK", "החזר", "بازپرداخت"));
  view.sheet = r;
  return view;
}

ScreenView question(Language l) {
  ScreenView view = checkout_of_noa(l);
  QuestionView q;
  q.title = pick(l, "Replace Noa L. by George K.?", "להחליף את נועה ל. בג׳ורג׳ ח׳?",
                 "جورج خ. به جای نوا ل.؟");
  q.detail = pick(l, "The benefits are worked out anew for the other member.",
                  "ההטבות יחושבו מחדש לחבר האחר.",
                  "مزایا برای عضو دیگر از نو حساب می‌شود.");
  q.keep_label = pick(l, "Keep Noa L.", "להשאיר את נועה ל.", "نوا ل. بماند");
  q.replace_label = pick(l, "Replace", "להחליף", "جایگزین شود");
  view.question = q;
  return view;
}

const std::vector<Example>& examples() {
  static const std::vector<Example> all = {{"checkout", checkout_of_noa},
                                           {"empty", empty_checkout},
                                           {"unknown", unknown_card},
                                           {"full", full_checkout},
                                           {"sign_in", sign_in},
                                           {"join", join_sheet},
                                           {"pay", pay_sheet},
                                           {"why", why_sheet},
                                           {"find", find_sheet},
                                           {"points", points_sheet},
                                           {"return", return_sheet},
                                           {"question", question}};
  return all;
}

}  // namespace tests::ui
