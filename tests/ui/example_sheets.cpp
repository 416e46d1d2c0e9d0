#include "tests/ui/example_parts.hpp"
#include "tests/ui/example_views.hpp"

// The sheets over the checkout.

namespace tests::ui {

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
  j.family =
      button(Action::family_days, "join.family",
             pick(l, "Children, anniversary", "ילדים, יום נישואים", "فرزندان، سالگرد"), "F5");
  j.card =
      field_of(Field::card, "join.card", pick(l, "Card", "כרטיס", "کارت"), "2000014227132", true);
  j.referrer = field_of(
      Field::referrer, "join.referrer",
      pick(l, "Brought by (phone or card)", "מי המליץ (טלפון או כרטיס)", "معرف (تلفن یا کارت)"), "",
      true);
  j.classes = {{*pos::domain::ClassCode::parse("vip"), "join.class.vip",
                pick(l, "VIP costs 99.00", "VIP עולה 99.00", "بهای VIP: ۹۹٫۰۰"),
                pick(l, "or purchases of 8,000.00 within 12 months",
                     "או קניות בסך 8,000.00 בתוך 12 חודשים", "یا خرید به مبلغ ۸٬۰۰۰٫۰۰ در ۱۲ ماه"),
                true, false}};
  j.explanation = pick(
      l, "Two fields and two answers. The benefits count from this sale on.",
      "שני שדות ושתי תשובות. ההטבות נספרות כבר מהקנייה הזאת.",
      "دو خانه و دو پاسخ. مزایا از همین خرید حساب می‌شود.");
  j.cancel = cancel_of(l, "join.cancel");
  j.confirm = confirm_of("join.confirm", pick(l, "JOIN", "צירוף", "عضو شود"));
  view.sheet = j;
  return view;
}

ScreenView family_page(Language l) {
  ScreenView view = join_sheet(l);
  auto& j = std::get<JoinView>(view.sheet);
  j.title = pick(l, "Days of the family", "ימים של המשפחה", "روزهای خانواده");
  j.subtitle = pick(l, "day and month, no year", "יום וחודש, בלי שנה", "روز و ماه شمسی، بدون سال");
  const auto row = [&](std::size_t item, const std::string& label) {
    const std::string id = "join.family." + std::to_string(item) + ".";
    FamilyDayView day;
    day.label = label;
    day.day = field_of(Field::family_day, (id + "day").c_str(), "", "12", true);
    day.month = field_of(Field::family_month, (id + "month").c_str(), "", "06", true);
    day.day.item = day.month.item = item;
    return day;
  };
  for (std::size_t item = 0; item < 2; ++item) {
    const std::string id = "join.family." + std::to_string(item) + ".";
    FamilyDayView child = row(item, item == 0 ? pick(l, "Child 1", "ילדים (1)", "فرزند ۱")
                                              : pick(l, "Child 2", "ילדים (2)", "فرزند ۲"));
    child.relation =
        field_of(Field::relation, (id + "relation").c_str(), pick(l, "Relation", "קרבה", "نسبت"),
                 pick(l, "daughter", "בת", "دختر"), false);
    child.liking =
        field_of(Field::liking, (id + "liking").c_str(), pick(l, "Likes", "העדפה", "علاقه"),
                 pick(l, "yellow", "צהוב", "زرد"), false);
    child.relation->item = child.liking->item = item;
    child.relations = {{id + "daughter", pick(l, "daughter", "בת", "دختر"), true},
                       {id + "son", pick(l, "son", "בן", "پسر"), false}};
    j.family_days.push_back(child);
  }
  j.family_days.push_back(row(2, pick(l, "Anniversary", "יום נישואים", "سالگرد ازدواج")));
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
            pick(l, " points", " נקודות", " امتیاز می‌گیرد") + separator(l) +
            pick(l, "balance ", "יתרה ", "مانده ") + figure(l, "1,333");
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
           "נועה ל. · VIP · זהב · תוכנית מ־1 בנובמבר", "نوا ل.، VIP، طلایی، برنامهٔ ۱۰ آبان");
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
                   pick(l, "needs the hub's confirmation: one use in the whole chain",
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
       pick(l, "VIP · Gold · ", "VIP · זהב · ", "VIP، طلایی، ") + "\u2066···" + figure(l, "21") +
           "\u2069"},
      {"find.result.1", 1,
       pick(l, "Alexandra Konstantinopolskaya-Rabinovich", "אלכסנדרה קונסטנטינופולסקיה־רבינוביץ׳",
            "الکساندرا کنستانتینوپولسکایا-رابینوویچ"),
       pick(l, "Regular · Silver · ", "רגיל · כסף · ", "عادی، نقره‌ای، ") +
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
  p.value = button(Action::use_value, "points.value",
                   pick(l, "Use stored value: ", "מימוש היתרה הצבורה: ", "استفاده از موجودی: ") +
                       figure(l, "12.85"),
                   "");
  p.value_used = true;
  p.cancel = cancel_of(l, "points.cancel");
  p.confirm = confirm_of("points.confirm", pick(l, "USE", "מימוש", "استفاده"));
  view.sheet = p;
  return view;
}

ScreenView ask_sheet(Language l) {
  ScreenView view = checkout_of_noa(l);
  AskView a;
  a.title = pick(l, "One question before paying", "שאלה אחת לפני התשלום", "یک پرسش پیش از پرداخت");
  a.member = pick(l, "Noa L.", "נועה ל.", "نوا ل.");
  a.benefit = *pos::domain::BenefitId::parse("heard");
  a.question = pick(l, "How did you hear of the club?", "איך שמעתם על המועדון?",
                    "چطور با باشگاه آشنا شدید؟");
  a.answers = {
      {"ask.answer.0", "friend", pick(l, "From a friend", "מחברים", "از دوستان"),
       pick(l, "1", "1", "۱")},
      {"ask.answer.1", "street",
       pick(l, "Passing by the store", "עברנו ליד החנות", "از جلوی فروشگاه گذشتیم"),
       pick(l, "2", "2", "۲")},
      {"ask.answer.2", "net", pick(l, "On the internet", "באינטרנט", "در اینترنت"),
       pick(l, "3", "3", "۳")},
      {"ask.answer.3", "other", pick(l, "Otherwise", "אחרת", "جور دیگر"), pick(l, "4", "4", "۴")}};
  a.decline = {"ask.decline", "",
               pick(l, "No answer wanted", "לא רוצים לענות", "پاسخ نمی‌دهد"),
               pick(l, "0", "0", "۰")};
  a.explanation = pick(l, "The price does not depend on the answer.", "המחיר לא תלוי בתשובה.",
                       "قیمت به پاسخ بستگی ندارد.");
  a.cancel = cancel_of(l, "ask.cancel");
  a.confirm =
      confirm_of("ask.confirm", pick(l, "Go on without it", "להמשיך בלי תשובה", "ادامه بدون پاسخ"));
  view.sheet = a;
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
    v.sold = figure(l, std::string("× ") + sold) + separator(l) + figure(l, std::to_string(most)) +
             pick(l, " left", " נותרו", " مانده");
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

}  // namespace tests::ui
