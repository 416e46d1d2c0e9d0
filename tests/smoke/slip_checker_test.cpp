#include <functional>
#include <string>

#include "tests/smoke/slip_books.hpp"
#include "tests/support/catch.hpp"

using namespace tests::smoke;

namespace {

const std::string kSale(32, 'a');
const std::string kReturn(32, 'b');

std::string slip(const std::string& kind, const std::string& uid, int payable, int earned,
                 int spent, const std::string& more = "") {
  return "Rimon Club\n  Milk 3%  6.20\n#slip 1\n#kind " + kind + "\n#copy 0\n#uid " + uid +
         "\n#payable-minor " + std::to_string(payable) + "\n#points-earned " +
         std::to_string(earned) + "\n#points-spent " + std::to_string(spent) + "\n" + more +
         "#end\n";
}

std::string fact(const std::string& kind, const std::string& uid, int payable, int earned,
                 int spent, const std::string& more = "") {
  return R"({"line":"fact","kind":")" + kind + R"(","uid":")" + uid + R"(","payable_minor":)" +
         std::to_string(payable) + R"(,"points_earned":)" + std::to_string(earned) +
         R"(,"points_spent":)" + std::to_string(spent) + R"(,"account":"noa")" + more + "}\n";
}

std::string account(int opening, int points, int posted) {
  return R"({"line":"account","account":"noa","opening":)" + std::to_string(opening) +
         R"(,"points":)" + std::to_string(points) + "}\n" +
         R"({"line":"posting","uid":"x","account":"noa","unit":"points","amount":)" +
         std::to_string(posted) + "}\n";
}

/// Noa buys for 93.85 with 200 points, and gives back something for 10.00.
struct Books {
  std::string sale = slip("sale", kSale, 9385, 73, 200, "#account noa\n");
  std::string back = slip("return", kReturn, -1000, -8, -20, "#account noa\n#sale " + kSale + "\n");
  std::string hub = fact("sale", kSale, 9385, 73, 200) +
                    fact("return", kReturn, -1000, -8, -20, R"(,"sale":")" + kSale + "\"") +
                    account(1240, 1240 + 65 - 180, 65 - 180);

  [[nodiscard]] std::vector<std::string> differences() const {
    SlipBook slips;
    read_slip(sale, "sale.txt", slips);
    read_slip(back, "return.txt", slips);
    return compare(slips, read_export(hub));
  }
};

void replace(std::string& text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("Slip checker: slips and hub that agree have no difference", "[smoke]") {
  CHECK(Books().differences().empty());
}

TEST_CASE("Slip checker: any altered figure of a slip is a difference", "[smoke]") {
  const std::vector<std::pair<std::string, std::string>> alterations = {
      {"#payable-minor 9385", "#payable-minor 9384"},
      {"#points-earned 73", "#points-earned 74"},
      {"#points-spent 200", "#points-spent 100"},
      {"#account noa", "#account yossi"},
      {"#kind sale", "#kind void"},
      {"#uid a", "#uid c"},
      {"#payable-minor 9385", "#payable-minor 93.85"},
  };
  for (const auto& [from, to] : alterations) {
    Books books;
    replace(books.sale, from, to);
    INFO(to);
    CHECK_FALSE(books.differences().empty());
  }
}

TEST_CASE("Slip checker: a slip that the hub lacks, and a fact that nobody printed", "[smoke]") {
  Books books;
  books.hub = fact("sale", kSale, 9385, 73, 200) + account(1240, 1113, -127);
  CHECK_FALSE(books.differences().empty());
  Books unprinted;
  unprinted.hub += fact("sale", std::string(32, 'd'), 100, 0, 0);
  CHECK_FALSE(unprinted.differences().empty());
}

TEST_CASE("Slip checker: a balance that the postings do not add up to", "[smoke]") {
  Books books;
  replace(books.hub, "\"points\":1125", "\"points\":1126");
  CHECK(books.differences().size() == 1);
}

TEST_CASE("Slip checker: an unknown card earns under the account that the hub names", "[smoke]") {
  Books books;
  replace(books.sale, "#account noa", "#unknown-card 5f");
  replace(books.hub, R"("account":"noa")", R"("account":"noa","unknown_card":"5f")");
  CHECK(books.differences().empty());
  replace(books.sale, "#unknown-card 5f", "#unknown-card 60");
  CHECK_FALSE(books.differences().empty());
}

TEST_CASE("Slip checker: more came back than was sold", "[smoke]") {
  Books books;
  replace(books.back, "#payable-minor -1000", "#payable-minor -9400");
  replace(books.hub, "-1000", "-9400");
  CHECK(books.differences().size() == 1);
}

TEST_CASE("Slip checker: a second print counts once, and has to say the same", "[smoke]") {
  SlipBook slips;
  const Books books;
  read_slip(books.sale, "sale.txt", slips);
  read_slip(books.sale, "sale-copy-1.txt", slips);
  CHECK(slips.movements.size() == 1);
  CHECK(slips.copies == 1);
  CHECK(slips.problems.empty());
  read_slip(slip("sale", kSale, 1, 73, 200, "#account noa\n"), "sale-copy-2.txt", slips);
  CHECK(slips.problems.size() == 1);
}

TEST_CASE("Slip checker: a torn slip does not count", "[smoke]") {
  SlipBook slips;
  auto torn = Books().sale;
  torn.resize(torn.size() - 5);
  read_slip(torn, "sale.txt", slips);
  CHECK(slips.unfinished == 1);
  CHECK(slips.movements.empty());
}

TEST_CASE("Slip checker: what a merged member's slips moved is at the heir", "[smoke]") {
  // Noa joined again as "noa2", who earned 10 and was then found to be Noa.
  const std::string second(32, 'd');
  const auto build = [&](const std::string& heir, int balance) {
    SlipBook slips;
    Books books;
    read_slip(books.sale, "sale.txt", slips);
    read_slip(books.back, "return.txt", slips);
    read_slip(slip("sale", second, 1000, 10, 0, "#account noa2\n"), "second.txt", slips);
    auto fresh = fact("sale", second, 1000, 10, 0);
    replace(fresh, "\"noa\"", "\"noa2\"");
    books.hub += fresh;
    replace(books.hub, "\"points\":1125", "\"points\":" + std::to_string(balance));
    const auto posting = [](const std::string& who, int amount) {
      return R"({"line":"posting","account":")" + who + R"(","unit":"points","amount":)" +
             std::to_string(amount) + "}\n";
    };
    books.hub += posting("noa2", 10) + posting("noa2", -10) + posting("noa", 10);
    books.hub += R"({"line":"account","account":"noa2","opening":0,"points":0)" + heir + "}\n";
    return compare(slips, read_export(books.hub));
  };
  const std::string into_noa = R"(,"closed_into":"noa")";
  CHECK(build(into_noa, 1135).empty());
  CHECK_FALSE(build(into_noa, 1125).empty());
  CHECK_FALSE(build("", 1135).empty());
  CHECK_FALSE(build(R"(,"closed_into":"noa2")", 1135).empty());
}
