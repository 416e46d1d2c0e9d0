#pragma once

#include "pos/disk/till_keys.hpp"
#include "pos/disk/till_sync_store.hpp"
#include "sync/engine/sync_worker.hpp"
#include "sync/hub/hub_files.hpp"
#include "sync/net/curl_link.hpp"
#include "tests/unit/hub/hub_process.hpp"

namespace tests::hub_process {

using pos::domain::Money;

/// Journal, cache and sync worker of a till, on files, over the hub's own port.
class RealTill {
 public:
  RealTill(const Shop& shop, const std::string& name, const std::string& code)
      : folder_(shop.folder.file(name)) {
    std::filesystem::create_directories(folder_);
    link_ = std::move(*club::net::CurlLink::open(shop.url));
    const auto paired = club::engine::register_till(*link_, code, keys_.signing.open, kPatience);
    REQUIRE(paired);
    number_ = paired->till;
    pairing_ = {shop.url,          number_, paired->store,   paired->region,
                paired->index_key, 1,       paired->hub_box, paired->hub_key};
    REQUIRE(pos::disk::save_till_keys(folder_ + "/till.key", keys_));
    pos::disk::Journal::Options options;
    options.path = folder_ + "/journal.db";
    options.till = number_;
    options.signing = keys_.signing;
    options.chance = &chance_;
    journal_ = std::move(*pos::disk::Journal::open(options));
    cache_ =
        std::move(*pos::disk::Cache::open({folder_ + "/cache.db", "", keys_.cache_key, &chance_}));
    store_ = std::move(*pos::disk::TillSyncStore::open(*journal_, *cache_, clock_));
    connect(shop);
  }

  /// The hub may have another port now.
  void connect(const Shop& shop) {
    pairing_.hub_url = shop.url;
    REQUIRE(pos::disk::save_pairing(folder_ + "/pairing.json", pairing_));
    link_ = std::move(*club::net::CurlLink::open(shop.url));
    club::engine::SyncWorker::Options options;
    options.identity = {number_, keys_.signing.secret};
    worker_.emplace(options, *link_, *store_, clock_, chance_);
  }
  /// Talks to the hub until `done`.
  template <class Done>
  void sync_until(Done&& done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!done()) {
      REQUIRE(std::chrono::steady_clock::now() < end);
      static_cast<void>(worker_->run_once());
    }
  }
  /// One round; whether the hub answered.
  bool sync() {
    static_cast<void>(worker_->run_once());
    return worker_->status().connection == club::engine::SyncStatus::Connection::online;
  }
  [[nodiscard]] pos::disk::RightLeft right() {
    auto reader = pos::disk::JournalReader::open(journal_->options().path);
    REQUIRE(reader);
    const auto held = reader->right();
    REQUIRE(held);
    return held->value_or(pos::disk::RightLeft{});
  }
  /// Whether a sale that draws so much can be sealed.
  bool draw(Money amount) {
    pos::programme::SaleFact sale;
    sale.scene.store = *pos::domain::StoreCode::parse("cedar");
    sale.scene.till = number_;
    sale.scene.employee = *pos::domain::StaffCode::parse("dana");
    sale.result.drawn = amount;
    sale.account = pos::domain::AccountId::mint(chance_);
    sale.right = right().id;
    return journal_->seal({pos::domain::FactId::mint(chance_), sale, {}, {}}).has_value();
  }
  [[nodiscard]] std::uint64_t waiting() { return store_->waiting().value_or(1); }
  [[nodiscard]] const std::string& folder() const { return folder_; }
  /// Draws in steps of 30.00 until nothing more is given; how often.
  int draw_all() {
    int times = 0;
    while (draw(Money::of(3'000))) ++times;
    return times;
  }

 private:
  static constexpr pos::core::Millis kPatience{5'000};
  std::string folder_;
  pos::core::SystemChance chance_;
  club::hub::MachineClock clock_;
  pos::disk::TillKeys keys_ = pos::disk::make_till_keys(chance_);
  pos::disk::Pairing pairing_;
  pos::domain::TillNumber number_;
  std::unique_ptr<pos::disk::Journal> journal_;
  std::unique_ptr<pos::disk::Cache> cache_;
  std::unique_ptr<pos::disk::TillSyncStore> store_;
  std::unique_ptr<club::net::CurlLink> link_;
  std::optional<club::engine::SyncWorker> worker_;
};

}  // namespace tests::hub_process
