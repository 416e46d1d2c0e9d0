#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "drivers/port/bounded_queue.hpp"
#include "drivers/port/scan_event.hpp"
#include "drivers/port/worker.hpp"
#include "pos/app/step.hpp"
#include "pos/app/views/screen_view.hpp"
#include "pos/core/clock.hpp"
#include "pos/core/crypto/crypto.hpp"
#include "pos/core/exit_code.hpp"
#include "pos/disk/cache.hpp"
#include "pos/disk/journal.hpp"
#include "pos/disk/till_directory.hpp"
#include "pos/terminal/config.hpp"
#include "pos/terminal/journal_worker.hpp"
#include "pos/terminal/self_test.hpp"
#include "pos/terminal/slip_printer.hpp"
#include "pos/terminal/state_paths.hpp"
#include "pos/terminal/state_watch.hpp"
#include "pos/terminal/worker_thread.hpp"
#include "sync/wire/call.hpp"

namespace pos::terminal {

/// Why a till did not start: the contract's exit code and a sentence that says what to do.
struct StartFailure {
  core::ExitCode code = core::ExitCode::other;
  std::string sentence;
};

/// The till put together: state and step on the main thread, one worker each for journal, slips,
/// hub, serial scanners and pictures. Everything here but scan() and event() belongs to the main
/// thread.
class Till {
 public:
  /// The way to the hub, and what ends a call on it that waits.
  struct HubLine {
    std::unique_ptr<club::wire::Link> link;
    std::function<void()> cancel;
  };
  struct Settings {
    StatePaths paths;
    TillConfig config;
    std::optional<std::string> hold_print_file;  ///< see SlipPrinter
    std::string state_watch_file;                ///< see StateWatch
    bool demo = false;                           ///< DEMO is written on the screen
    std::function<HubLine()> hub_line;  ///< otherwise HTTP to the address of settings or pairing
  };

  /// Opens the files, restores the open basket and starts the workers. `wake` is called from any
  /// thread when something waits for drain(); it and the clock outlive the till.
  [[nodiscard]] static core::Expected<std::unique_ptr<Till>, StartFailure> open(
      Settings settings, const core::Clock& clock, std::function<void()> wake);
  ~Till();

  /// A code was read. Any thread.
  void scan(const drivers::port::ScanEvent& scan) { scans_.push(scan); }
  /// Something happened elsewhere. Any thread.
  void event(app::Event event) { inbox_.push(std::move(event)); }
  /// Pictures of codes, dropped on the window.
  void pictures(const std::vector<std::string>& paths);

  /// Runs the certified examples on a thread of their own. Once, when the till can be used already.
  void start_self_test();

  /// Takes in everything that waits. True when the view may have changed.
  bool drain();
  /// One event of the screen.
  void handle(const app::Event& event);

  /// What is on the screen now; good until the next handle() or drain().
  [[nodiscard]] const app::ScreenView& view();
  [[nodiscard]] domain::TillNumber number() const { return directory_->profile().till; }

 private:
  struct Devices;
  struct Hub;
  Till(Settings settings, const core::Clock& clock, std::function<void()> wake);
  [[nodiscard]] std::optional<StartFailure> open_files();
  [[nodiscard]] std::optional<StartFailure> start_workers();
  [[nodiscard]] std::optional<StartFailure> start_hub();
  [[nodiscard]] std::optional<StartFailure> start_asking();
  [[nodiscard]] std::optional<StartFailure> start_closing();
  [[nodiscard]] core::Expected<HubLine, StartFailure> open_line();
  void start_devices();
  void write(JournalWorker::Command command);
  void restore();
  void take_scan(const drivers::port::ScanEvent& scan);
  void run(const app::Effect& effect);

  static constexpr std::size_t kInboxMax = 1024;
  static constexpr std::size_t kScansMax = 32;

  Settings settings_;
  const core::Clock& clock_;
  std::function<void()> wake_;
  core::SystemChance chance_;
  disk::FileBallast ballast_;
  disk::TillKeys keys_;
  disk::Pairing pairing_;
  drivers::port::BoundedQueue<app::Event> inbox_;
  drivers::port::BoundedQueue<drivers::port::ScanEvent> scans_;
  std::unique_ptr<disk::Journal> journal_;
  std::unique_ptr<disk::Cache> cache_;
  std::unique_ptr<disk::TillDirectory> directory_;
  std::unique_ptr<JournalWorker> journal_worker_;
  std::unique_ptr<SlipPrinter> slip_printer_;
  SelfTest self_test_;

  app::State state_;
  StateWatch watch_;
  app::ScreenView view_;
  bool view_is_old_ = true;

  // What has threads comes last: they end before anything that they use, the journal's after those
  // that wake it.
  std::unique_ptr<Hub> hub_;
  std::unique_ptr<WorkerThread> slip_thread_;
  std::unique_ptr<WorkerThread> journal_thread_;
  std::unique_ptr<Devices> devices_;
  std::unique_ptr<WorkerThread> self_test_thread_;
};

}  // namespace pos::terminal
