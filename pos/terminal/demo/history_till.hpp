#pragma once

#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "pos/app/step.hpp"
#include "pos/disk/till_directory.hpp"
#include "pos/disk/till_sync_store.hpp"
#include "pos/terminal/demo/demo_clock.hpp"
#include "pos/terminal/demo/demo_link.hpp"
#include "pos/terminal/journal_worker.hpp"
#include "pos/terminal/state_paths.hpp"
#include "sync/engine/sync_worker.hpp"

namespace pos::terminal::demo {

/// Why the sample club could not be made; caught where it is made.
struct Trouble : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One customer at the till: what is bought, and what is said about it.
struct Visit {
  std::vector<std::string> codes;  ///< of articles, as they are scanned
  std::string card;                ///< empty: not a member, or found by phone
  std::string phone;
  bool takes_offers = false;
  bool uses_points = false;  ///< as many as can be used
  programme::Tender::Kind tender = programme::Tender::Kind::cash;
};

/// What a cashier writes on the sheet of joining.
struct Newcomer {
  std::string phone;
  std::string first_name;
  std::string birth_day;  ///< with the month, in the calendar of the till's language; may be empty
  std::string birth_month;
  bool marketing = false;
};

/// A till of the sample club, without a window: journal, cache, look-ups, step() and sync worker
/// are those of production, and its hands are here. Calls throw Trouble.
class HistoryTill {
 public:
  /// All of them outlive the till.
  struct Surroundings {
    club::hub::Hub& hub;
    DemoClock& clock;
    core::Chance& chance;  ///< of keys and ids
  };
  /// Pairs a new till of that store, keeps its keys in `paths` and opens its files.
  HistoryTill(const Surroundings& around, StatePaths paths, const domain::StoreCode& store,
              domain::Language language);

  void sign_in(const domain::StaffCode& employee);
  /// Sells and prints. The sale is in the journal when it returns.
  void sell(const Visit& visit);
  /// A piece of the first line of the last sale comes back; nothing before the first sale.
  void take_back();
  /// Joins, and sells to the newcomer.
  void join(const Newcomer& newcomer, const Visit& visit);
  /// Talks with the hub until nothing waits and nothing is new.
  void exchange();

 private:
  void pair(const domain::StoreCode& store);
  void open();
  void send(const app::Event& event);
  void run(const app::Effect& effect, std::vector<app::Event>& answers);
  void press(app::Action action) { send(app::Pressed{action}); }
  void write(app::Field field, const std::string& text) { send(app::Edited{field, text}); }
  void scan(const std::string& code);
  void identify(const Visit& visit);
  void answer_offers(bool takes);
  void pay(programme::Tender::Kind tender);

  Surroundings around_;
  StatePaths paths_;
  std::mutex turn_;
  DemoLink link_;
  disk::TillKeys keys_;
  disk::Pairing pairing_;
  app::State state_;
  JournalWorker::Inbox inbox_{64};
  std::size_t sealed_ = 0;
  std::optional<domain::FactId> last_sale_;  ///< that nothing came back of
  std::unique_ptr<disk::Journal> journal_;
  std::unique_ptr<disk::Cache> cache_;
  std::unique_ptr<disk::TillDirectory> directory_;
  std::unique_ptr<disk::TillSyncStore> store_;
  std::unique_ptr<JournalWorker> journal_worker_;
  std::unique_ptr<club::engine::SyncWorker> sync_;
};

}  // namespace pos::terminal::demo
