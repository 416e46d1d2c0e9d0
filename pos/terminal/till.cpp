#include "pos/terminal/till.hpp"

#include <fmt/core.h>

#include <fstream>

#include "drivers/camera/picture_folder.hpp"
#include "drivers/serial/serial_scanner.hpp"
#include "pos/app/views/build_slip.hpp"
#include "pos/app/views/build_view.hpp"
#include "pos/domain/scanned_code.hpp"
#include "pos/terminal/authorise_worker.hpp"
#include "pos/terminal/command_journal.hpp"
#include "pos/terminal/day_worker.hpp"
#include "pos/terminal/hub_worker.hpp"
#include "sync/net/curl_link.hpp"

namespace pos::terminal {
namespace {

using core::ExitCode;

/// Sources of scans by number; serial devices follow in the order of the configuration.
constexpr drivers::port::ScanSource kPictureSource{2};
constexpr std::uint32_t kFirstSerialSource = 10;

std::optional<domain::Language> kept_language(const std::string& path) {
  std::ifstream file(path);
  std::string code;
  file >> code;
  return domain::parse_language(code);
}

StartFailure start_failure(const disk::DiskError& error) {
  return {exit_code_of(error), sentence_of(error)};
}

}  // namespace

struct Till::Hub {
  HubLine line;
  std::unique_ptr<disk::TillSyncStore> store;
  std::unique_ptr<HubWorker> worker;
  HubLine asking_line;
  std::unique_ptr<disk::JournalReader> asking_journal;
  std::unique_ptr<AuthoriseWorker> authorise_worker;
  HubLine day_line;
  std::unique_ptr<DayWorker> day_worker;
  std::unique_ptr<WorkerThread> thread;
  std::unique_ptr<WorkerThread> asking_thread;
  std::unique_ptr<WorkerThread> day_thread;
};

struct Till::Devices {
  std::unique_ptr<drivers::camera::PictureFolder> pictures;
  std::vector<std::unique_ptr<drivers::serial::SerialScanner>> scanners;
  std::vector<std::unique_ptr<WorkerThread>> threads;
};

Till::Till(Settings settings, const core::Clock& clock, std::function<void()> wake)
    : settings_(std::move(settings)),
      clock_(clock),
      wake_(std::move(wake)),
      ballast_(settings_.paths.ballast()),
      inbox_(kInboxMax, wake_),
      scans_(kScansMax, wake_),
      self_test_(programme::certified_set(), inbox_),
      watch_(settings_.state_watch_file),
      devices_(std::make_unique<Devices>()) {}

Till::~Till() {
  // A call that waits for the hub would hold up the end of its thread.
  if (hub_) {
    for (const HubLine* line : {&hub_->line, &hub_->asking_line, &hub_->day_line}) {
      if (line->cancel) line->cancel();
    }
  }
  journal_thread_.reset();
  // What was decided before the end is written before it.
  if (journal_worker_) static_cast<void>(journal_worker_->run_once());
}

core::Expected<std::unique_ptr<Till>, StartFailure> Till::open(Settings settings,
                                                               const core::Clock& clock,
                                                               std::function<void()> wake) {
  std::unique_ptr<Till> till(new Till(std::move(settings), clock, std::move(wake)));
  if (auto failure = till->open_files()) return core::fail(std::move(*failure));
  till->restore();
  if (auto failure = till->start_workers()) return core::fail(std::move(*failure));
  return till;
}

std::optional<StartFailure> Till::open_files() {
  const auto keys = disk::load_till_keys(settings_.paths.keys());
  const auto pairing = disk::load_pairing(settings_.paths.pairing());
  if (!keys || !pairing) {
    const disk::FileError& error = !keys ? keys.error() : pairing.error();
    if (error.kind == disk::FileError::Kind::missing) {
      return StartFailure{
          ExitCode::not_paired,
          "This till is not paired with a club yet. Ask for a code, then: clubtill pair URL CODE"};
    }
    return StartFailure{ExitCode::key_refused,
                        fmt::format("The till's keys cannot be used: {}", error.detail)};
  }
  keys_ = *keys;
  pairing_ = *pairing;
  ballast_.ensure();
  auto journal = disk::Journal::open(
      {settings_.paths.journal(), {}, true, pairing_.till, keys_.signing, &chance_, &ballast_});
  if (!journal) return start_failure(journal.error());
  journal_ = std::move(*journal);
  auto cache = disk::Cache::open({settings_.paths.cache(), {}, keys_.cache_key, &chance_});
  if (!cache) return start_failure(cache.error());
  cache_ = std::move(*cache);
  if (auto reader = disk::JournalReader::open(settings_.paths.journal())) {
    // Best effort: whom it misses, the hub sends.
    static_cast<void>(disk::restore_joined(*reader, *cache_));
  }
  if (auto reader = disk::CacheReader::open(settings_.paths.cache(), keys_.cache_key)) {
    // Best effort, too: the till sells without it, only a proof of its sales would want it.
    static_cast<void>(disk::keep_programme_in_force(*reader, *journal_));
  }
  auto directory = disk::TillDirectory::open({settings_.paths.journal(),
                                              settings_.paths.cache(),
                                              {},
                                              keys_.cache_key,
                                              pairing_,
                                              settings_.demo,
                                              true,
                                              keys_.signing.secret});
  if (!directory) return start_failure(directory.error());
  directory_ = std::move(*directory);
  return std::nullopt;
}

std::optional<StartFailure> Till::start_workers() {
  auto printer = SlipPrinter::open(
      {settings_.config.printer_device, settings_.config.slip_folder, settings_.hold_print_file},
      inbox_);
  if (!printer) return StartFailure{ExitCode::other, printer.error().detail};
  slip_printer_ = std::move(*printer);
  slip_thread_ = std::make_unique<WorkerThread>([this] { return slip_printer_->run_once(); });
  if (auto failure = start_hub()) return failure;
  journal_worker_ = std::make_unique<JournalWorker>(*journal_, pairing_.hub_box, chance_, inbox_);
  journal_worker_->on_sealed([this](const programme::Fact& fact) {
    if (const auto* join = std::get_if<programme::JoinFact>(&fact)) hub_->worker->joined(*join);
    hub_->thread->wake();
  });
  journal_thread_ = std::make_unique<WorkerThread>([this] { return journal_worker_->run_once(); });
  start_devices();
  return std::nullopt;
}

core::Expected<Till::HubLine, StartFailure> Till::open_line() {
  if (settings_.hub_line) return settings_.hub_line();
  const std::string url = settings_.config.hub_url.value_or(pairing_.hub_url);
  auto link = club::net::CurlLink::open(url, pairing_.hub_authority);
  if (!link) {
    return core::fail(StartFailure{
        ExitCode::configuration,
        fmt::format("{} cannot be used as the hub's address: {}", url, link.error().detail)});
  }
  club::net::CurlLink* const curl = link->get();
  return HubLine{std::move(*link), [curl] { curl->cancel(); }};
}

std::optional<StartFailure> Till::start_hub() {
  auto line = open_line();
  if (!line) return line.error();
  auto store = disk::TillSyncStore::open(*journal_, *cache_, clock_);
  if (!store) return start_failure(store.error());
  hub_ = std::make_unique<Hub>();
  if (auto failure = start_asking()) return failure;
  if (auto failure = start_closing()) return failure;
  hub_->line = std::move(*line);
  hub_->store = std::move(*store);
  club::engine::SyncWorker::Options options;
  options.identity = {pairing_.till, keys_.signing.secret};
  hub_->worker = std::make_unique<HubWorker>(
      HubWorker::Parts{options, *hub_->line.link, *hub_->store, *cache_, clock_, chance_, inbox_});
  hub_->thread =
      std::make_unique<WorkerThread>([worker = hub_->worker.get()] { return worker->run_once(); });
  return std::nullopt;
}

std::optional<StartFailure> Till::start_asking() {
  auto line = open_line();
  if (!line) return line.error();
  auto journal = disk::JournalReader::open(settings_.paths.journal());
  if (!journal) return start_failure(journal.error());
  hub_->asking_line = std::move(*line);
  hub_->asking_journal = std::make_unique<disk::JournalReader>(std::move(*journal));
  const auto is_sealed = [reader = hub_->asking_journal.get()](
                             const domain::FactId& uid) -> club::engine::Stored<bool> {
    const auto fact = reader->fact(uid);
    if (!fact) return core::fail(club::engine::StoreFault{fact.error().detail});
    return fact->has_value();
  };
  hub_->authorise_worker = std::make_unique<AuthoriseWorker>(
      club::engine::Authoriser({{pairing_.till, keys_.signing.secret}}, *hub_->asking_line.link,
                               is_sealed, clock_, chance_),
      inbox_);
  hub_->asking_thread = std::make_unique<WorkerThread>(
      [worker = hub_->authorise_worker.get()] { return worker->run_once(); });
  return std::nullopt;
}

std::optional<StartFailure> Till::start_closing() {
  auto line = open_line();
  if (!line) return line.error();
  auto journal = disk::JournalReader::open(settings_.paths.journal());
  if (!journal) return start_failure(journal.error());
  hub_->day_line = std::move(*line);
  hub_->day_worker = std::make_unique<DayWorker>(
      DayWorker::Parts{pairing_, keys_, *hub_->day_line.link, clock_, chance_, inbox_},
      std::move(*journal));
  hub_->day_thread = std::make_unique<WorkerThread>(
      [worker = hub_->day_worker.get()] { return worker->run_once(); });
  return std::nullopt;
}

void Till::start_devices() {
  const auto turn = [this](drivers::port::Worker& worker) {
    devices_->threads.push_back(std::make_unique<WorkerThread>([&worker] {
      worker.run_once();
      return core::Micros{0};
    }));
  };
  std::uint32_t source = kFirstSerialSource;
  for (const std::string& path : settings_.config.serial_devices) {
    drivers::serial::SerialScannerSettings scanner;
    scanner.source = {source++};
    scanner.path = path;
    devices_->scanners.push_back(
        std::make_unique<drivers::serial::SerialScanner>(scanner, clock_, scans_));
    turn(*devices_->scanners.back());
  }
  drivers::camera::PictureFolderSettings pictures;
  pictures.source = kPictureSource;
  pictures.folder = settings_.config.picture_folder.value_or("");
  devices_->pictures = std::make_unique<drivers::camera::PictureFolder>(pictures, clock_, scans_);
  turn(*devices_->pictures);
}

void Till::pictures(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) devices_->pictures->submit(path);
}

void Till::start_self_test() {
  self_test_thread_ = std::make_unique<WorkerThread>([this] { return self_test_.run_once(); });
}

void Till::restore() {
  state_.language = kept_language(settings_.paths.language())
                        .value_or(settings_.config.language.value_or(domain::Language::en));
  auto reader = disk::JournalReader::open(settings_.paths.journal());
  app::Restored restored;
  if (reader) {
    if (const auto basket = reader->state(disk::kBasketKey)) restored.basket = *basket;
    for (const domain::FactId& uid : reader->unprinted().value_or(std::vector<domain::FactId>{})) {
      const auto sealed = reader->fact(uid);
      if (!sealed || !*sealed) continue;
      auto fact = programme::decode_fact((*sealed)->fields.kind.text(), (*sealed)->body);
      if (fact) restored.unprinted.push_back({uid, std::move(*fact)});
    }
  }
  event(std::move(restored));
}

bool Till::drain() {
  bool any = false;
  for (const drivers::port::ScanEvent& scan : scans_.drain(kScansMax)) {
    take_scan(scan);
    any = true;
  }
  for (const app::Event& event : inbox_.drain(kInboxMax)) {
    handle(event);
    any = true;
  }
  return any;
}

void Till::take_scan(const drivers::port::ScanEvent& scan) {
  const bool picture = scan.kind == drivers::port::ScanKind::image;
  if (picture && scan.text.empty()) {
    handle(app::PictureUnread{});
    return;
  }
  handle(app::Scanned{
      domain::classify(scan.text, scan.aim, directory_->profile().ranges),
      picture ? programme::IdentifiedBy::picture : programme::IdentifiedBy::card_scan});
}

void Till::handle(const app::Event& event) {
  if (std::holds_alternative<app::CacheChanged>(event)) directory_->refresh();
  app::Step step = app::step(std::move(state_), event, *directory_, clock_.moment(), clock_.tick());
  state_ = std::move(step.state);
  watch_.see(state_);
  view_is_old_ = true;
  for (const app::Effect& effect : step.effects) run(effect);
}

void Till::run(const app::Effect& effect) {
  if (const auto* seal = std::get_if<app::SealFact>(&effect)) {
    write(*seal);
  } else if (const auto* ask = std::get_if<app::Authorise>(&effect)) {
    hub_->authorise_worker->push(*ask);
    hub_->asking_thread->wake();
  } else if (const auto* find = std::get_if<app::FindSale>(&effect)) {
    hub_->authorise_worker->push(*find);
    hub_->asking_thread->wake();
  } else if (const auto* close = std::get_if<app::CloseDay>(&effect)) {
    hub_->day_worker->push(*close);
    hub_->day_thread->wake();
  } else if (const auto* abandon = std::get_if<app::AbandonSale>(&effect)) {
    hub_->authorise_worker->push(*abandon);
    hub_->asking_thread->wake();
  } else if (const auto* keep = std::get_if<app::KeepBasket>(&effect)) {
    write(*keep);
  } else if (const auto* mark = std::get_if<app::MarkPrinted>(&effect)) {
    write(*mark);
  } else if (const auto* print = std::get_if<app::PrintSlip>(&effect)) {
    slip_printer_->print(*print);
    slip_thread_->wake();
  } else if (const auto* language = std::get_if<app::KeepLanguage>(&effect)) {
    std::ofstream(settings_.paths.language()) << domain::language_code(language->language) << '\n';
  } else if (const auto* mint = std::get_if<app::MintIds>(&effect)) {
    app::IdsMinted minted;
    for (std::size_t i = 0; i < mint->count; ++i) chance_.fill(minted.ids.emplace_back());
    event(std::move(minted));
  }
  // PlayTone: this machine has no sound yet (README.md, known gaps).
}

void Till::write(JournalWorker::Command command) {
  journal_worker_->push(std::move(command));
  journal_thread_->wake();
}

const app::ScreenView& Till::view() {
  if (view_is_old_) view_ = app::build_view(state_, *directory_, clock_.moment());
  view_is_old_ = false;
  return view_;
}

}  // namespace pos::terminal
