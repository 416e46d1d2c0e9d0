// Many tills and their hub as processes, with a cashier at every till; at least five times a second
// one of them is killed, and started again at once.
//   till_crowd BIN WORK TILLS KILLS SEED HUB_PORT
// WORK holds till-N, till-N.toml and slips-N for every till from 1, and hub. Prints "killed ..."
// when so many were killed; then nobody is, the customers who stand there are served, and all
// programs go on until "quit" comes on standard input. Exit code 1: one of them did not end well.
#include <poll.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tests/smoke/cashier.hpp"
#include "tests/smoke/child.hpp"

namespace {

using tests::smoke::Cashier;
using tests::smoke::Child;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kBetweenKills{150};
constexpr milliseconds kPatience{500};   // then a till that says nothing is spoken to again
constexpr std::uint64_t kHubEvery = 25;  // one kill in so many is the hub's

struct Settings {
  std::string bin;
  std::string work;
  std::uint64_t tills = 0;
  std::uint64_t kills = 0;
  std::uint64_t seed = 0;
  std::string hub_port;
};

class Till {
 public:
  Till(const Settings& settings, std::uint64_t number)
      : settings_(settings),
        name_(std::to_string(number)),
        cashier_(settings.seed * 1'000 + number, settings.work + "/slips-" + name_) {
    start();
  }

  void start() {
    const std::string till = settings_.work + "/till-" + name_;
    child_ = std::make_unique<Child>(
        std::vector<std::string>{settings_.bin + "/clubtill", "run", "--headless", "--state", till,
                                 "--config", till + ".toml"},
        Child::Files{till + ".log", {"CLUBTILL_STATE_WATCH=/dev/stdout"}});
    text_.clear();
    state_.clear();
    spoke_ = Clock::now();
  }
  void kill_and_start() {
    child_->kill();
    start();
  }
  [[nodiscard]] int stop() { return child_->stop(); }
  [[nodiscard]] int output() const { return child_->output(); }
  [[nodiscard]] Cashier& cashier() { return cashier_; }

  /// Listens, and says the next thing.
  void turn() {
    text_ += child_->read_some();
    bool news = false;
    for (auto end = text_.find('\n'); end != std::string::npos; end = text_.find('\n')) {
      state_ = text_.substr(0, end);
      text_.erase(0, end + 1);
      news = true;
    }
    if (!news && Clock::now() - spoke_ < kPatience) return;
    const std::string command = cashier_.next(state_);
    if (command.empty()) return;
    spoke_ = Clock::now();
    static_cast<void>(child_->write_line(command));
  }

 private:
  const Settings& settings_;
  std::string name_;
  Cashier cashier_;
  std::unique_ptr<Child> child_;
  std::string text_;
  std::string state_;
  Clock::time_point spoke_;
};

class Crowd {
 public:
  explicit Crowd(const Settings& settings) : settings_(settings), chance_(settings.seed) {
    start_hub();
    for (std::uint64_t number = 1; number <= settings.tills; ++number) {
      tills_.push_back(std::make_unique<Till>(settings, number));
    }
  }

  void run() {
    const auto began = Clock::now();
    auto next_kill = began + milliseconds(2'000);
    std::uint64_t kills = 0;
    while (kills < settings_.kills) {
      serve();
      if (Clock::now() < next_kill) continue;
      kill_somebody();
      ++kills;
      next_kill += kBetweenKills;
    }
    const auto took = std::chrono::duration_cast<milliseconds>(Clock::now() - began).count();
    std::cout << "killed " << kills - hub_kills_ << " tills and " << hub_kills_ << " hubs in "
              << took << " ms; " << sales() << " sales begun and ended" << std::endl;
    for (const auto& till : tills_) till->cashier().close();
  }

  /// Goes on until "quit"; then everybody is asked to end. The number of those who did not.
  [[nodiscard]] int end() {
    while (!quit_came()) serve();
    int bad = 0;
    for (const auto& till : tills_) bad += till->stop() == 0 ? 0 : 1;
    return bad + (hub_->stop() == 0 ? 0 : 1);
  }

 private:
  void start_hub() {
    const std::string state = settings_.work + "/hub";
    hub_ = std::make_unique<Child>(
        std::vector<std::string>{settings_.bin + "/clubhub", "serve", "--state", state, "--listen",
                                 "127.0.0.1:" + settings_.hub_port},
        Child::Files{state + "/log", {}});
  }

  void serve() {
    std::vector<pollfd> wanted;
    for (const auto& till : tills_) wanted.push_back({till->output(), POLLIN, 0});
    ::poll(wanted.data(), wanted.size(), 20);
    for (const auto& till : tills_) till->turn();
  }

  void kill_somebody() {
    if (chance_.below(kHubEvery) == 0) {
      hub_->kill();
      start_hub();
      ++hub_kills_;
    } else {
      tills_[chance_.below(tills_.size())]->kill_and_start();
    }
  }

  [[nodiscard]] std::size_t sales() const {
    std::size_t sum = 0;
    for (const auto& till : tills_) sum += till->cashier().sales();
    return sum;
  }

  [[nodiscard]] static bool quit_came() {
    pollfd input{0, POLLIN, 0};
    return ::poll(&input, 1, 0) > 0;
  }

  const Settings& settings_;
  pos::core::SeededChance chance_;
  std::unique_ptr<Child> hub_;
  std::vector<std::unique_ptr<Till>> tills_;
  std::uint64_t hub_kills_ = 0;
};

std::uint64_t number(std::string_view word) {
  std::uint64_t value = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
  if (read.ec == std::errc() && read.ptr == word.data() + word.size()) return value;
  throw std::runtime_error("\"" + std::string(word) + "\" is no number");
}

}  // namespace

int main(int count, char** words) {
  if (count != 7) {
    std::cerr << "usage: till_crowd BIN WORK TILLS KILLS SEED HUB_PORT\n";
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);
  try {
    const Settings settings{words[1],         words[2],         number(words[3]),
                            number(words[4]), number(words[5]), words[6]};
    Crowd crowd(settings);
    crowd.run();
    const int bad = crowd.end();
    if (bad > 0) std::cerr << bad << " programs did not end well\n";
    return bad == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "till_crowd: " << error.what() << '\n';
    return 1;
  }
}
