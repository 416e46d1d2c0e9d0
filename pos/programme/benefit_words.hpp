#pragma once

#include <array>
#include <string_view>

/// What `programme explain` says, in English, Hebrew and Persian.
namespace pos::programme::words {

using Words = std::array<std::string_view, 3>;

constexpr Words kVersion = {"Programme of ", "תוכנית מיום ", "برنامهٔ "};
constexpr Words kClasses = {"Kinds of membership: ", "סוגי חברות: ", "انواع عضویت: "};
constexpr Words kTiers = {"Tiers: ", "דרגות: ", "سطح‌ها: "};
constexpr Words kReferral = {
    "A referral brings points to who referred: {0}, and to who joined: {1}.",
    "המלצה מזכה בנקודות את מי שהמליץ: {0}, ואת מי שהצטרף: {1}.",
    "معرفی به معرف {0} و به عضو تازه {1} امتیاز می‌دهد."};
constexpr std::array<Words, 5> kTierWays = {
    {{"purchases of ", "קניות בסך ", "خرید به مبلغ "},
     {"number of purchases: ", "מספר קניות: ", "شمار خریدها: "},
     {"years of membership: ", "שנות חברות: ", "سال‌های عضویت: "},
     {"referrals: ", "המלצות: ", "معرفی‌ها: "},
     {"one purchase of ", "קנייה אחת בסך ", "یک خرید به مبلغ "}}};
constexpr Words kFee = {"for the price of article ", "במחיר מוצר ", "به بهای کالای "};
constexpr Words kWaits = {"waits for membership, gets nothing", "ממתינים לחברות, בלי הטבות",
                          "در انتظار عضویت، بدون مزایا"};
/// One, two, more: what the plural forms of the three languages tell apart.
constexpr std::array<Words, 3> kInMonths = {
    {{" within a month", " בתוך חודש", " در یک ماه"},
     {" within {0} months", " בתוך חודשיים", " در {0} ماه"},
     {" within {0} months", " בתוך {0} חודשים", " در {0} ماه"}}};
constexpr Words kSinceJanuary = {", since January", ", מתחילת ינואר", "، از آغاز ژانویه"};
constexpr Words kKept = {
    "kept for months: ", "נשמרת חודשים: ", "ماه‌های ماندگاری: "};
constexpr std::array<Words, 3> kSubscriptionMonths = {
    {{"Subscription: article {1} is one month of it.", "מינוי: מוצר {1} הוא חודש אחד.",
      "اشتراک: کالای {1} یک ماه است."},
     {"Subscription: article {1} is {0} months of it.", "מינוי: מוצר {1} הוא חודשיים.",
      "اشتراک: کالای {1} {0} ماه است."},
     {"Subscription: article {1} is {0} months of it.", "מינוי: מוצר {1} הוא {0} חודשים.",
      "اشتراک: کالای {1} {0} ماه است."}}};
constexpr Words kGiftCards = {
    "Gift cards: what is paid for one becomes stored value of the card or member in the sale. ",
    "כרטיסי מתנה: מה ששולם על כרטיס נזקף כיתרה צבורה לכרטיס או לחבר שבמכירה. ",
    "کارت هدیه: آنچه برای آن پرداخت شود موجودی کارت یا عضو همان فروش "
    "می‌شود. "};
constexpr Words kArticles = {"Articles: ", "מוצרים: ", "کالاها: "};
constexpr Words kCategories = {"Categories: ", "קטגוריות: ", "دسته‌ها: "};
constexpr Words kEarn = {"Points: {points} for every {money} paid.",
                         "נקודות: {points} על כל {money} ששולמו.",
                         "امتیاز: {points} برای هر {money} پرداخت."};
constexpr Words kSpend = {"{points} points are worth {money}; at most {percent} of a sale.",
                          "{points} נקודות שוות {money}; עד {percent} מקנייה.",
                          "{points} امتیاز برابر {money}؛ تا {percent} هر خرید."};
constexpr Words kPointsFrom = {
    "points can be spent so many days after the sale: ", "אפשר לנצל נקודות כעבור ימים: ",
    "روزهای پس از خرید تا امکان خرج امتیاز: "};
constexpr Words kPointsDays = {
    "points last, in days: ", "תוקף הנקודות, בימים: ", "اعتبار امتیاز، به روز: "};
constexpr Words kPointsMonths = {
    "points last, in months: ", "תוקף הנקודות, בחודשים: ", "اعتبار امتیاز، به ماه: "};
constexpr Words kValueFrom = {
    "stored value can be spent so many days after the sale: ",
    "אפשר לנצל את היתרה הצבורה כעבור ימים: ", "روزهای پس از خرید تا امکان خرج موجودی: "};
constexpr Words kValueDays = {
    "stored value lasts, in days: ", "תוקף היתרה הצבורה, בימים: ", "اعتبار موجودی، به روز: "};
constexpr Words kValueMonths = {
    "stored value lasts, in months: ", "תוקף היתרה הצבורה, בחודשים: ", "اعتبار موجودی، به ماه: "};
constexpr Words kTask = {"[task] ", "[משימה] ", "[کار] "};
constexpr Words kPrompt = {"[to say] ", "[לומר] ", "[گفتنی] "};
constexpr Words kQuestion = {"[question] ", "[שאלה] ", "[پرسش] "};
constexpr Words kSuggestion = {"[suggestion] ", "[הצעה] ", "[پیشنهاد] "};
constexpr Words kArticle = {"article: ", "מוצר: ", "کالا: "};
constexpr Words kLiking = {"who likes: ", "למי שאוהבים: ", "برای دوستداران: "};
constexpr Words kBought = {
    "bought of late: ", "נקנו לאחרונה: ", "خریده‌شدهٔ تازه: "};
constexpr Words kAnswers = {"answers: ", "תשובות: ", "پاسخ‌ها: "};
constexpr Words kFor = {"for: ", "עבור: ", "برای: "};
constexpr Words kEveryone = {"for everyone", "לכולם", "برای همه"};
constexpr Words kStores = {"stores: ", "חנויות: ", "فروشگاه‌ها: "};
constexpr Words kRegions = {"regions: ", "אזורים: ", "منطقه‌ها: "};
constexpr Words kFrom = {"from ", "החל מ־", "از "};
constexpr Words kUntil = {"until ", "עד ", "تا "};
constexpr Words kOn = {"on: ", "בימים: ", "روزها: "};
constexpr Words kCoupon = {"with the coupon ", "עם הקופון ", "با کوپن "};
constexpr Words kOwnCoupon = {"with the member's own coupon ", "עם הקופון האישי ", "با کوپن شخصی "};
constexpr Words kBasket = {"from a basket of ", "בסל מ־", "از سبد "};
constexpr Words kChosen = {"from chosen articles for ", "במוצרים נבחרים מ־", "از کالاهای برگزیده "};
constexpr Words kPieces = {"pieces of chosen articles, from ", "יחידות ממוצרים נבחרים, מ־",
                           "تعداد از کالاهای برگزیده، از "};
constexpr Words kOneOf = {"one of: ", "אחד מאלה: ", "یکی از: "};
constexpr Words kNot = {"not: ", "לא: ", "نه: "};
constexpr Words kOnline = {"only with the hub's confirmation", "רק באישור המטה",
                           "تنها با تأیید مرکز"};
constexpr Words kUpTo = {"without the hub only out of the till's rights",
                         "ללא המטה רק מתוך המכסה של הקופה", "بدون مرکز تنها از سهم صندوق"};
constexpr Words kCost = {"for points: ", "תמורת נקודות: ", "در برابر امتیاز: "};
constexpr Words kPerMember = {"times a member: ", "פעמים לחבר: ", "بار برای هر عضو: "};
constexpr Words kPerDay = {"times a day: ", "פעמים ביום: ", "بار در روز: "};
constexpr Words kPerMonth = {"times a month: ", "פעמים בחודש: ", "بار در ماه: "};
constexpr Words kPerYear = {"times a year: ", "פעמים בשנה: ", "بار در سال: "};
constexpr Words kGapDays = {
    "days from one time to the next: ", "ימים מפעם לפעם: ", "روز از یک بار تا بار بعد: "};
constexpr Words kPieceRange = {
    "pieces of chosen articles: ", "יחידות ממוצרים נבחרים: ", "تعداد از کالاهای برگزیده: "};
constexpr Words kDistinct = {"different articles: ", "מוצרים שונים: ", "کالاهای گوناگون: "};
constexpr Words kMonthDays = {"days of the month: ", "ימים בחודש: ", "روزهای ماه: "};
constexpr Words kMonths = {"months: ", "חודשים: ", "ماه‌ها: "};
constexpr Words kVisits = {
    "visits so far: ", "ביקורים עד כה: ", "مراجعه‌های تاکنون: "};
constexpr Words kSpent = {"purchases so far: ", "סכום הקניות עד כה: ", "مبلغ خریدهای تاکنون: "};
constexpr Words kBalance = {"points in the account: ", "נקודות בחשבון: ", "امتیاز حساب: "};
constexpr Words kAbsence = {
    "days since the last visit: ", "ימים מאז הביקור האחרון: ", "روز از آخرین مراجعه: "};
constexpr Words kInterval = {
    "away longer than usual: ", "היעדרות ארוכה מהרגיל: ", "غیبت بیش از معمول: "};
constexpr Words kOnSale = {"on sale for all from ", "במכירה לכול החל מ־", "فروش برای همه از "};
constexpr Words kBudget = {"for all together: ", "לכולם יחד: ", "برای همه روی هم: "};
constexpr Words kHousehold = {"people in the household: ", "נפשות במשק הבית: ", "افراد خانوار: "};
constexpr Words kSubscription = {"with a running subscription", "במינוי בתוקף", "با اشتراک جاری"};
constexpr Words kGrace = {
    ", and so many days after it: ", ", וימים אחריו: ", "، و روزهای پس از آن: "};
constexpr Words kAsk = {"the member is asked", "יש לשאול", "باید پرسید"};
constexpr Words kSurprise = {
    "surprise, in turn with: ", "הפתעה, לסירוגין עם: ", "غافلگیری، به نوبت با: "};
constexpr Words kGroup = {"not together with: ", "לא יחד עם: ", "نه همراه با: "};
constexpr std::array<Words, 7> kWeekdayNames = {{{"Sunday", "ראשון", "یکشنبه"},
                                                 {"Monday", "שני", "دوشنبه"},
                                                 {"Tuesday", "שלישי", "سه‌شنبه"},
                                                 {"Wednesday", "רביעי", "چهارشنبه"},
                                                 {"Thursday", "חמישי", "پنجشنبه"},
                                                 {"Friday", "שישי", "جمعه"},
                                                 {"Saturday", "שבת", "شنبه"}}};
constexpr std::array<Words, 12> kMonthNames = {{{"January", "ינואר", "ژانویه"},
                                                {"February", "פברואר", "فوریه"},
                                                {"March", "מרץ", "مارس"},
                                                {"April", "אפריל", "آوریل"},
                                                {"May", "מאי", "مه"},
                                                {"June", "יוני", "ژوئن"},
                                                {"July", "יולי", "ژوئیه"},
                                                {"August", "אוגוסט", "اوت"},
                                                {"September", "ספטמבר", "سپتامبر"},
                                                {"October", "אוקטובר", "اکتبر"},
                                                {"November", "נובמבר", "نوامبر"},
                                                {"December", "דצמבר", "دسامبر"}}};
constexpr std::array<Words, 3> kWindowNames = {
    {{"in the days of the birthday", "בימי יום ההולדת", "در روزهای تولد"},
     {"in the days of a child's birthday", "בימי יום ההולדת של ילד", "در روزهای تولد فرزند"},
     {"in the days of the anniversary", "בימי יום השנה", "در روزهای سالگرد"}}};

}  // namespace pos::programme::words
