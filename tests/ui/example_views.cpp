#include "tests/ui/example_views.hpp"

#include "tests/ui/example_parts.hpp"

namespace tests::ui {

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
  TaskView suggested;
  suggested.id = "task.suggested";
  suggested.text = pick(l, "To go with the files: Hand cream, ", "מתאים לפצירות: קרם ידיים, ",
                        "همراه سوهان‌ها: کرم دست، ") +
                   figure(l, "24.90");
  suggested.prompt = true;
  suggested.suggestion = true;
  c.member.tasks.insert(c.member.tasks.begin(), suggested);
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
  static const std::vector<Example> all = {
      {"checkout", checkout_of_noa}, {"empty", empty_checkout}, {"unknown", unknown_card},
      {"full", full_checkout},       {"sign_in", sign_in},      {"join", join_sheet},
      {"family", family_page},       {"pay", pay_sheet},        {"why", why_sheet},
      {"find", find_sheet},          {"points", points_sheet},  {"ask", ask_sheet},
      {"return", return_sheet},      {"question", question}};
  return all;
}

}  // namespace tests::ui
