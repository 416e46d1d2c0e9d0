// Compares what was printed with what the hub has: reads the slips' text files and the lines of
// `clubhub export`, nothing else.
//   slip_checker EXPORT SLIP_FOLDER...
// Exit code 0: they say the same. 1: a difference, each one named on stderr.
#include <fstream>
#include <iostream>
#include <sstream>

#include "tests/smoke/slip_books.hpp"

namespace {

void print_account(const tests::smoke::SlipBook& slips, const tests::smoke::HubBook& hub) {
  std::map<std::string, int> kinds;
  std::map<std::string, std::int64_t> earned;
  std::map<std::string, std::int64_t> spent;
  std::int64_t paid = 0;
  for (const auto& [uid, movement] : slips.movements) {
    ++kinds[movement.kind];
    paid += movement.payable_minor;
    earned[movement.account] += movement.earned;
    spent[movement.account] += movement.spent;
  }
  std::cout << "slips: " << slips.files << " files, of these " << slips.copies << " copies and "
            << slips.unfinished << " torn\n"
            << "sales: " << kinds["sale"] << ", returns: " << kinds["return"]
            << ", voids: " << kinds["void"] << ", paid in all: " << paid << " minor units\n";
  for (const auto& [account, points] : earned) {
    if (account.empty()) continue;
    const auto found = hub.accounts.find(account);
    std::cout << "points: account " << account.substr(0, 8) << " earned " << points << ", spent "
              << spent[account] << ", balance at the hub "
              << (found == hub.accounts.end() ? 0 : found->second.balance) << '\n';
  }
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) {
    std::cerr << "usage: slip_checker EXPORT SLIP_FOLDER...\n";
    return 2;
  }
  try {
    std::ostringstream lines;
    std::ifstream in(words[1], std::ios::binary);
    if (!in) throw std::runtime_error("no file " + std::string(words[1]));
    lines << in.rdbuf();
    const auto hub = tests::smoke::read_export(lines.str());
    tests::smoke::SlipBook slips;
    for (int i = 2; i < count; ++i) tests::smoke::read_slips(words[i], slips);
    print_account(slips, hub);
    auto differences = tests::smoke::compare(slips, hub);
    if (slips.movements.empty()) differences.emplace_back("there is not one slip");
    for (const auto& difference : differences) std::cerr << difference << '\n';
    return differences.empty() ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "slip_checker: " << error.what() << '\n';
    return 1;
  }
}
