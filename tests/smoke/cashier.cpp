#include "tests/smoke/cashier.hpp"

#include <charconv>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

namespace tests::smoke {
namespace {

namespace fs = std::filesystem;

std::int64_t number(const std::map<std::string, std::string, std::less<>>& words,
                    std::string_view key) {
  const auto found = words.find(key);
  std::int64_t value = 0;
  if (found == words.end()) return 0;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
  return value;
}

/// "CT1:..." of a slip of a sale; empty when it is another or torn.
std::string receipt_of(const fs::path& slip) {
  std::ifstream in(slip);
  std::string uid;
  bool is_sale = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("#uid ")) uid = line.substr(5);
    if (line == "#kind sale") is_sale = true;
  }
  return is_sale && !uid.empty() ? "CT1:" + uid : std::string();
}

}  // namespace

void Cashier::plan() {
  pieces_ = 1 + static_cast<std::int64_t>(chance_.below(4));
  shows_card_ = chance_.below(10) < 7;
  wants_points_ = shows_card_ && chance_.below(10) < 5;
  wants_coffee_ = chance_.below(20) == 0;
  brings_back_ = chance_.below(8) == 0;
}

std::string Cashier::next(std::string_view state) {
  Words words;
  std::istringstream in{std::string(state)};
  for (std::string word; in >> word;) {
    const auto equals = word.find('=');
    if (equals != std::string::npos) words[word.substr(0, equals)] = word.substr(equals + 1);
  }
  if (words.empty() || words["pending"] == "yes") return {};
  if (words["employee"] == "none") return "sign-in dana";
  if (words["question"] == "yes") return "keep";
  const std::string sheet = words["sheet"];
  if (sheet == "none") return on_checkout(words);
  if (sheet == "pay") return "press confirm";
  if (sheet == "return") return on_return(words);
  if (sheet == "points") {
    const bool chosen = !std::exchange(wants_points_, false);
    return chosen ? "press confirm" : "press all-points";
  }
  return "press escape";
}

std::string Cashier::on_checkout(const Words& words) {
  const bool empty = number(words, "lines") == 0;
  if (empty && std::exchange(selling_, false)) {
    ++sales_;
    plan();
  }
  if (empty && closing_) return {};
  if (empty && std::exchange(brings_back_, false)) return "press give-back";
  if (std::exchange(shows_card_, false) && words.at("member") == "none") {
    // Cards of five members at all tills: their points are wanted everywhere at once.
    constexpr std::string_view kCards[] = {"2000000000015", "2000000000022", "2000000000039",
                                           "2000000000046", "2000000000053"};
    return "scan " + std::string(kCards[chance_.below(std::size(kCards))]);
  }
  if (std::exchange(wants_coffee_, false)) return "scan COFFEE";
  if (number(words, "pieces") < pieces_) {
    selling_ = true;
    constexpr std::string_view kArticles[] = {"0400000000015", "0400000000022", "0400000000039",
                                              "0400000000046", "0400000000053"};
    return "scan " + std::string(kArticles[chance_.below(std::size(kArticles))]);
  }
  selling_ = true;
  if (wants_points_ && words.at("member") == "known") {
    wants_points_ = number(words, "points") == 0 && chance_.below(4) != 0;
    if (wants_points_) return "press points";
  }
  return "press pay";
}

std::string Cashier::on_return(const Words& words) {
  if (words.at("receipt") == "none") {
    const std::string receipt = chance_.below(3) == 0 ? std::string() : old_receipt();
    return receipt.empty() ? "press escape" : "scan " + receipt;
  }
  if (number(words, "back") == 0) {
    return chance_.below(4) == 0 ? "press escape" : "press all-back";
  }
  return "press confirm";
}

std::string Cashier::old_receipt() {
  std::vector<fs::path> slips;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(slips_, ignored)) {
    if (entry.path().extension() == ".txt") slips.push_back(entry.path());
  }
  return slips.empty() ? std::string() : receipt_of(slips[chance_.below(slips.size())]);
}

}  // namespace tests::smoke
