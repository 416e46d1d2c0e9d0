#include "pos/terminal/demo/command_demo.hpp"

#include <fmt/core.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "pos/terminal/demo/demo_club.hpp"
#include "pos/terminal/demo/demo_link.hpp"
#include "pos/terminal/system_clock.hpp"
#include "pos/terminal/window_loop.hpp"
#include "sync/hub/hub_files.hpp"

namespace pos::terminal::demo {
namespace {

using core::ExitCode;

/// Beside the user's other state: one folder for each profile.
std::optional<std::string> default_folder(const std::string& profile) {
  const auto paths = state_paths(std::nullopt);
  if (!paths) return std::nullopt;
  return paths->folder + (profile == "rimon-il" ? "-sample" : "-sample-" + profile);
}

/// Says which profile is complete in a folder; written last.
constexpr const char* kReady = "/ready";

std::string made_profile(const std::string& folder) {
  std::ifstream file(folder + kReady);
  std::string profile;
  file >> profile;
  return profile;
}

/// What an earlier attempt left half made.
void clear(const std::string& folder) {
  constexpr std::array kOwn = {"hub", "till", "till-2", "till-3", "till-4", "till-5", "till-6"};
  std::error_code ignored;
  for (const char* name : kOwn) std::filesystem::remove_all(folder + "/" + name, ignored);
}

ExitCode prepare(const DemoPlan& plan, const core::Clock& clock, std::ostream& err) {
  const std::string made = made_profile(plan.folder);
  if (made == plan.profile) return ExitCode::ok;
  if (!made.empty()) {
    err << fmt::format("{} holds the profile {}. Name another folder with --state.\n", plan.folder,
                       made);
    return ExitCode::configuration;
  }
  err << fmt::format("Making the sample club and its last {} days, a moment\n", plan.days);
  clear(plan.folder);
  const core::Tick begin = clock.tick();
  const auto club = make_demo_club(plan, clock);
  if (!club) {
    err << "The sample club could not be made: " << club.error() << '\n';
    return ExitCode::other;
  }
  std::ofstream(plan.folder + kReady) << plan.profile << '\n';
  const auto ms = std::chrono::duration_cast<core::Millis>(clock.tick() - begin).count();
  err << fmt::format("{} sales and {} joinings in {}.{} s\n", club->sales, club->joinings,
                     ms / 1000, ms / 100 % 10);
  return ExitCode::ok;
}

void say_what_to_try(const DemoPlan& plan, const TillConfig& config, std::ostream& err) {
  err << fmt::format(
      "The till is open. Try:\n"
      "  card of Noa          2000000000015 and Enter     (or her number: {} and Enter)\n"
      "  milk, bread, oil     0400000000015, 0400000000022, 0400000000039, each with Enter\n"
      "  pay                  F9, then Enter; the slip is in {}\n"
      "  a card as a picture  drop it on the window or into {}\n"
      "  language             F11\n",
      plan.profile == "anar-ir" ? "09120000001" : "0500000001", config.slip_folder.value_or(""),
      config.picture_folder.value_or(""));
}

/// The folders of slips and pictures, where the settings name none.
void fill_in(TillConfig& config, const std::string& folder) {
  if (!config.slip_folder) config.slip_folder = folder + "/slips";
  if (!config.picture_folder) config.picture_folder = folder + "/pictures";
  std::error_code ignored;
  std::filesystem::create_directories(*config.slip_folder, ignored);
  std::filesystem::create_directories(*config.picture_folder, ignored);
}

}  // namespace

ExitCode run_demo(DemoOptions options, std::ostream& err) {
  const auto folder = options.folder ? options.folder : default_folder(options.profile);
  if (!folder) {
    err << "No folder for the sample club: name one with --state DIR.\n";
    return ExitCode::configuration;
  }
  const SystemClock clock;
  DemoPlan plan;
  plan.folder = *folder;
  plan.sheets = options.sheets;
  plan.profile = options.profile;
  if (const auto code = prepare(plan, clock, err); code != ExitCode::ok || options.prepare) {
    return code;
  }
  const std::string database = plan.folder + "/hub/hub.db";
  const auto lock = club::hub::ServeLock::take(database);
  if (!lock) {
    err << lock.error().words << '\n';
    return lock.error().code;
  }
  const auto hub = club::hub::open_hub("sqlite:" + database, club::hub::Hub::Purpose::serve);
  if (!hub) {
    err << hub.error().words << '\n';
    return hub.error().code;
  }
  if (const auto renewed = renew_dates(*hub->hub, plan, clock); !renewed) {
    err << renewed.error() << '\n';
    return ExitCode::other;
  }
  Till::Settings settings;
  settings.paths = StatePaths{plan.folder + "/till"};
  settings.config = std::move(options.config);
  settings.state_watch_file = std::move(options.state_watch_file);
  settings.demo = true;
  fill_in(settings.config, plan.folder);
  std::mutex turn;
  settings.hub_line = [&] {
    auto link = std::make_unique<DemoLink>(*hub->hub, turn, clock, true);
    auto* line = link.get();
    return Till::HubLine{std::move(link), [line] { line->cancel(); }};
  };
  say_what_to_try(plan, settings.config, err);
  return run_window(std::move(settings));
}

}  // namespace pos::terminal::demo
