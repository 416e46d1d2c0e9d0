#include "tests/bench/till_bench.hpp"

#include <fmt/core.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <mutex>

#include "pos/core/check.hpp"
#include "pos/disk/cache.hpp"
#include "pos/domain/check_digit.hpp"
#include "pos/terminal/system_clock.hpp"
#include "pos/terminal/till.hpp"
#include "pos/ui/screens.hpp"
#include "pos/ui/window.hpp"
#include "tests/support/club_hub.hpp"

namespace tests::bench {
namespace {

using namespace pos;
using std::chrono::steady_clock;

constexpr std::uint64_t kClubMembers = 500;  // of the sample club
constexpr std::uint64_t kManyMembers = 100'000;
constexpr int kScans = 200;
constexpr std::chrono::seconds kIdleSpan{10};

std::string card_of(std::uint64_t number) {
  const std::string body = fmt::format("20{:010}", number);
  return body + domain::mod10_check_digit(body);
}

std::string name_of(std::uint64_t number) { return fmt::format("Member {}", number); }

/// A till's folder as pairing and a first pull leave it; the hub is away.
class PreparedTill {
 public:
  explicit PreparedTill(std::uint64_t members) : paths_{folder_.file("state")} {
    CLUBTILL_CHECK(disk::make_private_folder(paths_.folder).has_value());
    keys_ = disk::make_till_keys(chance_);
    CLUBTILL_CHECK(disk::save_till_keys(paths_.keys(), keys_).has_value());
    pairing_.hub_url = "http://127.0.0.1:9";
    pairing_.till = {1};
    pairing_.store = *domain::StoreCode::parse("s1");
    pairing_.region = *domain::RegionCode::parse("north");
    pairing_.index_key = core::SymmetricKey::mint(chance_);
    pairing_.hub_box = core::make_box_pair(chance_).open;
    CLUBTILL_CHECK(disk::save_pairing(paths_.pairing(), pairing_).has_value());
    fill(members);
  }
  [[nodiscard]] const terminal::StatePaths& paths() const { return paths_; }

 private:
  void fill(std::uint64_t members) {
    auto cache = disk::Cache::open({paths_.cache(), "", keys_.cache_key, &chance_});
    CLUBTILL_CHECK(cache.has_value());
    club::wire::Page club;
    club.cursor = {club::wire::kClubStream, 1, 3};
    club::wire::ClubSettings settings;
    settings.ranges = domain::usual_code_ranges();
    domain::Employee employee;
    employee.code = *domain::StaffCode::parse("e1");
    employee.name.at(domain::Language::en) = "Dana";
    club.rows.push_back({1, club::wire::SettingsRow{settings}});
    club.rows.push_back({2, club::wire::StaffRow{employee, {}}});
    club.rows.push_back({3, club::wire::ProgrammeRow{support::club_programme_text()}});
    CLUBTILL_CHECK((*cache)->apply({club}).has_value());
    constexpr std::uint64_t kPageMembers = 2'000;
    for (std::uint64_t first = 0; first < members; first += kPageMembers) {
      const std::uint64_t end = std::min(members, first + kPageMembers);
      CLUBTILL_CHECK((*cache)->apply({page_of(first, end)}).has_value());
    }
  }

  club::wire::Page page_of(std::uint64_t first, std::uint64_t end) {
    club::wire::Page page;
    page.cursor = {7, 1, end * 2};
    for (std::uint64_t i = first; i < end; ++i) {
      domain::MemberFacts member;
      member.id = domain::MemberId::mint(chance_);
      member.account = domain::AccountId::mint(chance_);
      member.form_of_address = name_of(i);
      member.last_digits = "21";
      member.member_class = *domain::ClassCode::parse(i % 2 == 0 ? "vip" : "regular");
      member.balance = domain::Points::of(i);
      const auto card = core::keyed_hash(pairing_.index_key, club::wire::kCardHash, card_of(i));
      page.rows.push_back({i * 2 + 1, club::wire::MemberRow{member}});
      page.rows.push_back({i * 2 + 2, club::wire::CardRow{card, member.id, false}});
    }
    return page;
  }

  support::ScratchFolder folder_;
  core::SystemChance chance_;
  terminal::StatePaths paths_;
  disk::TillKeys keys_;
  disk::Pairing pairing_;
};

/// A scanner: the other end of a serial line.
class Scanner {
 public:
  Scanner() {
    char path[128];
    CLUBTILL_CHECK(::openpty(&ours_, &theirs_, path, nullptr, nullptr) == 0);
    termios raw{};
    ::cfmakeraw(&raw);
    CLUBTILL_CHECK(::tcsetattr(theirs_, TCSANOW, &raw) == 0);
    path_ = path;
  }
  ~Scanner() {
    ::close(ours_);
    ::close(theirs_);
  }
  Scanner(const Scanner&) = delete;
  Scanner& operator=(const Scanner&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  void send(const std::string& bytes) const {
    CLUBTILL_CHECK(::write(ours_, bytes.data(), bytes.size()) ==
                   static_cast<ssize_t>(bytes.size()));
  }

 private:
  int ours_ = -1;
  int theirs_ = -1;
  std::string path_;
};

/// The till with its workers and window, turned by the bench as the window loop turns it.
class RunningTill {
 public:
  RunningTill(const PreparedTill& prepared, const Scanner& scanner) {
    terminal::Till::Settings settings;
    settings.paths = prepared.paths();
    settings.config.serial_devices = {scanner.path()};
    auto till = terminal::Till::open(std::move(settings), clock_, [this] { ring(); });
    CLUBTILL_CHECK(till.has_value());
    till_ = std::move(*till);
    auto window = ui::Window::open({}, ui::Theme::light(), clock_);
    CLUBTILL_CHECK(window.has_value());
    const std::lock_guard lock(door_);
    window_ = std::move(*window);
  }
  ~RunningTill() {
    till_.reset();
    const std::lock_guard lock(door_);
    window_.reset();
  }
  RunningTill(const RunningTill&) = delete;
  RunningTill& operator=(const RunningTill&) = delete;

  void sign_in() {
    turn(core::Millis(0));
    till_->handle(app::SignInChosen{*domain::StaffCode::parse("e1")});
    window_->request_frame();
    settle();
  }
  void remove_member() {
    till_->handle(app::Pressed{app::Action::remove_member});
    window_->request_frame();
    settle();
  }
  /// One turn; what drawing cost since something arrived is added to `own`.
  bool turn(core::Millis rest) {
    window_->wait_events(rest);
    const auto began = steady_clock::now();
    const bool any = till_->drain();
    if (any) window_->request_frame();
    if (!window_->frame_due()) return any;
    // Built here so that the view counts as ours and not as the library's.
    const app::ScreenView& view = till_->view();
    const auto built = steady_clock::now();
    window_->frame([&](ui::Widgets& widgets) { static_cast<void>(screens_.draw(widgets, view)); });
    own_us_ = std::chrono::duration<double, std::micro>(built - began).count() +
              static_cast<double>(window_->counts().last_build.count());
    return any;
  }
  void settle() {
    while (window_->frame_due()) turn(core::Millis(30));
  }
  /// Turns until a frame with this member was shown.
  void show_member(const std::string& name) {
    const std::uint64_t shown = window_->counts().shown;
    const auto patience = steady_clock::now() + std::chrono::seconds(20);
    do {
      turn(core::Millis(5'000));
      CLUBTILL_CHECK(steady_clock::now() < patience);
    } while (!shows(name) || window_->counts().shown == shown);
  }
  [[nodiscard]] double own_us() const { return own_us_; }
  [[nodiscard]] ui::Window::Counts counts() const { return window_->counts(); }

 private:
  [[nodiscard]] bool shows(const std::string& name) {
    const auto& head = till_->view().checkout.member.head;
    return head && head->name == name;
  }
  void ring() {
    const std::lock_guard lock(door_);
    if (window_) window_->wake();
  }

  terminal::SystemClock clock_;
  std::mutex door_;
  std::unique_ptr<ui::Window> window_;
  std::unique_ptr<terminal::Till> till_;
  ui::Screens screens_;
  double own_us_ = 0;
};

double us_since(steady_clock::time_point at) {
  return std::chrono::duration<double, std::micro>(steady_clock::now() - at).count();
}

Figure spread(const std::string& name, std::vector<double> times, const std::string& goal) {
  std::sort(times.begin(), times.end());
  return {name, "us", quantile(times, 0.5), quantile(times, 0.99), goal, ""};
}

/// The same member panel is empty before each scan, so that each one changes the picture.
std::vector<Figure> scan_figures(RunningTill& till, const Scanner& scanner, std::uint64_t members) {
  std::vector<double> whole;
  std::vector<double> own;
  std::vector<double> show;
  for (int i = 0; i < kScans; ++i) {
    till.remove_member();
    const std::uint64_t number = static_cast<std::uint64_t>(i) * 7'919 % members;
    scanner.send(card_of(number));
    const auto began = steady_clock::now();
    scanner.send("\r");
    till.show_member(name_of(number));
    whole.push_back(us_since(began));
    own.push_back(till.own_us());
    show.push_back(static_cast<double>(till.counts().last_show.count()));
    till.settle();
  }
  std::sort(show.begin(), show.end());
  Figure all = spread(fmt::format("scan to presented frame, {} members", members), whole,
                      "median <= 12000, p99 <= 25000");
  all.comparison = fmt::format("serial scanner on a pseudo-terminal; of it software GL: {:.0f} us",
                               quantile(show, 0.5));
  return {all, spread("of it our own share, event to draw data", own, "p99 <= 3000")};
}

double processor_seconds() {
  timespec used{};
  CLUBTILL_CHECK(::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) == 0);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

std::vector<Figure> idle_figures(RunningTill& till) {
  till.settle();
  const auto before = till.counts();
  const double used_before = processor_seconds();
  const auto end = steady_clock::now() + kIdleSpan;
  while (steady_clock::now() < end) {
    const auto left = std::chrono::ceil<core::Millis>(end - steady_clock::now());
    till.turn(std::max(left, core::Millis(0)));
  }
  const double seconds = static_cast<double>(kIdleSpan.count());
  const auto after = till.counts();
  Figure load{"idle till: share of one core, whole process",
              "%",
              (processor_seconds() - used_before) / seconds * 100,
              0,
              "<= 0.5",
              "hub away and tried again, one serial scanner"};
  Figure frames{"idle till: frames",
                "1/s",
                static_cast<double>(after.drawn - before.drawn) / seconds,
                0,
                "<= 0.1",
                fmt::format("sent to the screen: {}", after.shown - before.shown)};
  return {load, frames};
}

}  // namespace

std::vector<Figure> till_bench() {
  if (std::getenv("DISPLAY") == nullptr) {
    std::fprintf(stderr, "till: skipped, there is no display; try tests/ui/with_display.sh %s\n",
                 "build/release/bin/clubtill_bench till");
    return {};
  }
  std::vector<Figure> figures;
  for (const std::uint64_t members : {kClubMembers, kManyMembers}) {
    const PreparedTill prepared(members);
    const Scanner scanner;
    const auto began = steady_clock::now();
    RunningTill till(prepared, scanner);
    till.sign_in();
    scanner.send(card_of(1) + "\r");
    till.show_member(name_of(1));
    figures.push_back({fmt::format("cold start to first member shown, {} members", members), "us",
                       us_since(began), 0, "<= 1000000",
                       "after a clean stop, from the opening of the files in a running process"});
    const auto scans = scan_figures(till, scanner, members);
    figures.insert(figures.end(), scans.begin(), scans.end());
    if (members != kClubMembers) continue;
    const auto idle = idle_figures(till);
    figures.insert(figures.end(), idle.begin(), idle.end());
  }
  return figures;
}

}  // namespace tests::bench
