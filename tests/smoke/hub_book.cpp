#include "pos/core/json/json.hpp"
#include "tests/smoke/slip_books.hpp"

namespace tests::smoke {
namespace {

using pos::core::Json;

std::string word(const Json& json, std::string_view key) {
  const auto* text = json[key].text();
  return text == nullptr ? "" : *text;
}

std::int64_t number(const Json& json, std::string_view key) {
  return json[key].integer().value_or(0);
}

void read_line(const Json& json, HubBook& book) {
  const auto line = word(json, "line");
  if (line == "fact") {
    const auto kind = word(json, "kind");
    if (kind != "sale" && kind != "return" && kind != "void") return;
    const Movement movement{kind,
                            number(json, "payable_minor"),
                            number(json, "points_earned"),
                            number(json, "points_spent"),
                            word(json, "account"),
                            word(json, "unknown_card"),
                            word(json, "sale")};
    if (!book.movements.emplace(word(json, "uid"), movement).second)
      book.problems.push_back("the hub lists " + word(json, "uid") + " twice");
  } else if (line == "account") {
    auto& account = book.accounts[word(json, "account")];
    account.opening = number(json, "opening");
    account.balance = number(json, "points");
    account.closed_into = word(json, "closed_into");
  } else if (line == "posting" && word(json, "unit") == "points") {
    book.accounts[word(json, "account")].posted += number(json, "amount");
  }
}

}  // namespace

std::string HubBook::holder_of(std::string account) const {
  // As many steps as there are accounts: a ring of heirs ends too, and shows in the sums.
  for (std::size_t step = 0; step < accounts.size(); ++step) {
    const auto found = accounts.find(account);
    if (found == accounts.end() || found->second.closed_into.empty()) break;
    account = found->second.closed_into;
  }
  return account;
}

HubBook read_export(std::string_view lines) {
  HubBook book;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    const auto line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    if (line.empty()) continue;
    if (const auto json = Json::parse(line))
      read_line(*json, book);
    else
      book.problems.push_back("the hub's export holds a line that is no JSON: " +
                              json.error().detail);
  }
  return book;
}

}  // namespace tests::smoke
