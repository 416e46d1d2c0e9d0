#include "tests/sim/sim_till.hpp"

#include <algorithm>
#include <utility>

#include "tests/sim/must.hpp"

namespace tests::sim {

using namespace pos;

namespace {

constexpr const char* kJournal = "journal.db";
constexpr const char* kCache = "cache.db";

}  // namespace

SimTill::SimTill(const Context& context, std::uint32_t index, std::uint64_t seed)
    : context_(context),
      label_("till " + std::to_string(index)),
      chance_(seed),
      clock_(*context.time),
      disk_("sim-till-" + std::to_string(index) + "-" + std::to_string(seed)),
      link_(*context.hub, *context.time, *context.climate, seed + 1, *context.trace) {
  register_here();
  open();
}

SimTill::SimTill(const SimTill& original, std::uint32_t index, std::uint64_t seed)
    : context_(original.context_),
      label_("till " + std::to_string(index) + ", a copy of " + original.label_),
      chance_(seed),
      clock_(*original.context_.time),
      disk_("sim-till-" + std::to_string(index) + "-" + std::to_string(seed)),
      link_(*context_.hub, *context_.time, *context_.climate, seed + 1, *context_.trace),
      keys_(original.keys_),
      pairing_(original.pairing_),
      copies_(original.copies_),
      unsure_(original.unsure_),
      unsure_person_(original.unsure_person_),
      sales_(original.sales_),
      rotten_(original.rotten_) {
  ++*copies_;
  disk_.restore(original.disk_.image());
  context_.hub->tally().count("image: till cloned");
  open();
  settle_unsure();
}

SimTill::~SimTill() { close(); }

void SimTill::take_image() {
  if (!disk_.crashed() && !unsure_) image_ = {disk_.image(), committed_.size(), sales_.size()};
}

std::vector<domain::FactId> SimTill::restore_image() {
  close();
  disk_.restore(image_->disk);
  ++*copies_;
  context_.hub->tally().count("image: till restored");
  context_.trace->add(label_ + " restored");
  const auto kept = static_cast<std::ptrdiff_t>(image_->committed);
  std::vector<domain::FactId> doubtful(committed_.begin() + kept, committed_.end());
  committed_.resize(image_->committed);
  sales_.resize(image_->sales);
  if (unsure_) {
    // Never confirmed to anybody. It counts if it got away before.
    context_.oracle->sealed(unsure_->uid, unsure_->fact);
    doubtful.push_back(unsure_->uid);
    unsure_.reset();
  }
  open();
  return doubtful;
}

std::optional<SimTill::Rotten> SimTill::rot() {
  if (disk_.crashed() || disk_.full() || unsure_ || committed_.empty()) return std::nullopt;
  const domain::FactId uid = committed_.back();
  const auto fact = must(reader_->fact(uid), label_, "read a fact");
  if (!fact || rotten_.contains(uid)) return std::nullopt;
  close();  // the last connection carries everything into the file itself
  // Of the body a part that lies on one page.
  const std::uint64_t where = below(6);
  const std::span<const std::uint8_t> body(fact->body);
  std::span<const std::uint8_t> part = body.first(std::min<std::size_t>(body.size(), 200));
  if (where == 3) part = fact->fields.body_hash.bytes();
  if (where == 4) part = fact->chain.bytes();
  if (where == 5) part = fact->signature.bytes();
  const bool flipped = disk_.flip_bit(kJournal, part, chance_.below(part.size() * 8));
  if (flipped) rotten_.insert(uid);
  static_cast<void>(opens());  // or it is opened after the power came back
  if (!flipped) return std::nullopt;
  const Rotten rotten{uid, where >= 3};
  context_.hub->tally().count(rotten.envelope ? "disk: a bit of an envelope flips"
                                              : "disk: a bit of a record flips");
  context_.trace->add(label_ + " rots " + uid.hex());
  return rotten;
}

void SimTill::register_here() {
  keys_ = disk::make_till_keys(chance_);
  const auto fresh = context_.hub->add_till();
  SimLink calm(*context_.hub, *context_.time, {}, 1, *context_.trace);
  const auto answer =
      club::engine::register_till(calm, fresh.code, keys_.signing.open, core::Millis(1000));
  demand(answer.has_value(), label_ + ": register");
  pairing_ = {"sim", answer->till,   answer->store, answer->region, answer->index_key,
              1,     answer->hub_box};
}

void SimTill::open() {
  disk::Journal::Options options;
  options.path = kJournal;
  options.vfs = disk_.name();
  options.lock = false;
  options.till = pairing_.till;
  options.signing = keys_.signing;
  options.chance = &chance_;
  journal_ = must(disk::Journal::open(options), label_, "open the journal");
  cache_ = must(disk::Cache::open({kCache, disk_.name(), keys_.cache_key, &chance_}), label_,
                "open the cache");
  reader_.emplace(must(disk::JournalReader::open(kJournal, disk_.name()), label_, "read"));
  must(disk::restore_joined(*reader_, *cache_), label_, "restore the joined");
  store_ = must(disk::TillSyncStore::open(*journal_, *cache_, clock_), label_, "sync store");
  directory_ = must(disk::TillDirectory::open({kJournal, kCache, disk_.name(), keys_.cache_key,
                                               pairing_, false, true, keys_.signing.secret}),
                    label_, "look-ups");
  club::engine::SyncWorker::Options sync;
  sync.identity = {pairing_.till, keys_.signing.secret};
  worker_.emplace(sync, link_, *store_, clock_, chance_);
  authoriser_.emplace(
      club::engine::Authoriser::Options{sync.identity}, link_,
      [this](const domain::FactId& sale) { return holds(sale); }, clock_, chance_);
  next_sync_ = context_.time->tick();
}

club::engine::Stored<bool> SimTill::holds(const domain::FactId& sale) {
  const auto fact = reader_->fact(sale);
  if (!fact) return core::fail(club::engine::StoreFault{fact.error().detail});
  return fact->has_value();
}

void SimTill::close() {
  authoriser_.reset();
  worker_.reset();
  directory_.reset();
  store_.reset();
  reader_.reset();
  cache_.reset();
  journal_.reset();
}

bool SimTill::opens() {
  try {
    open();
  } catch (const Violation&) {
    if (!disk_.crashed()) throw;
    return false;
  }
  return !disk_.crashed();
}

void SimTill::restart_if_crashed(FaultVfs::Unsynced unsynced, std::uint64_t again) {
  if (!disk_.crashed()) return;
  do {
    close();
    disk_.restart(unsynced, chance_);
    if (again > 0) disk_.crash_before_call(std::exchange(again, 0));
    ++crashes_;
    context_.hub->tally().count(fate_name("till", unsynced));
    context_.trace->add(label_ + " restarts");
  } while (!opens());
  settle_unsure();
  const std::size_t from = committed_.size() > 20 ? committed_.size() - 20 : 0;
  for (std::size_t i = from; i < committed_.size(); ++i) {
    if (rotten_.contains(committed_[i])) continue;
    const auto fact = must(reader_->fact(committed_[i]), label_, "read a fact");
    demand(fact.has_value(), label_ + ": law 1: a fact whose commit returned is gone");
  }
}

/// The power went while it was sealed: it is there whole or not at all.
void SimTill::settle_unsure() {
  if (!unsure_) return;
  const auto found = must(reader_->fact(unsure_->uid), label_, "read a fact");
  if (found) {
    demand(core::blake2b(found->body) == found->fields.body_hash,
           label_ + ": law 1: half a fact is there");
    confirm(*unsure_, unsure_person_);
  }
  unsure_.reset();
}

core::KeyedHash SimTill::hash(std::string_view kind, std::string_view value) const {
  return core::keyed_hash(pairing_.index_key, kind, value);
}

programme::Scene SimTill::scene() const {
  programme::Scene scene;
  scene.moment = clock_.moment();
  scene.store = pairing_.store;
  scene.region = pairing_.region;
  scene.till = pairing_.till;
  scene.employee = *domain::StaffCode::parse("e1");
  return scene;
}

bool SimTill::in_trouble() {
  const std::uint64_t troubles = disk_.failed_syncs() + disk_.refused_writes();
  const bool fresh = troubles != troubles_seen_;
  troubles_seen_ = troubles;
  return fresh || disk_.full();
}

void SimTill::heal() {
  link_.heal();
  disk_.set_full(false);
  disk_.crash();
}

void SimTill::tidy() {
  if (!disk_.crashed() && authoriser_->is_untidy()) static_cast<void>(authoriser_->tidy());
}

void SimTill::act() {
  if (disk_.crashed() || directory_->programme() == nullptr) return;
  if (unsure_) {
    // The cashier tries again; nothing else can be sold until the till knows.
    const disk::SealRequest request = *std::exchange(unsure_, std::nullopt);
    overtaken_ = true;
    return seal(request, unsure_person_);
  }
  const std::uint64_t what = below(100);
  if (what < 8) {
    join();
  } else if (what < 20 && !sales_.empty()) {
    give_back();
  } else if (what < 26 && !context_.slips->empty()) {
    give_back_elsewhere();
  } else {
    sell();
  }
  if (!disk_.crashed()) check_pool();
}

void SimTill::seal(const disk::SealRequest& request, const Person& person) {
  const auto sealed = journal_->seal(request);
  if (!sealed && sealed.error().fault == disk::DiskError::Fault::right_ended) {
    demand(overtaken_, label_ + ": law 9: more than its right was to be drawn");
    // The cashier sees another amount and decides anew.
    context_.hub->tally().count("right: ended before the seal");
    return;
  }
  if (!sealed) {
    demand(disk_.crashed() || in_trouble(),
           label_ + ": seal: " + (sealed ? "" : sealed.error().detail));
    unsure_ = request;
    unsure_person_ = person;
    return;
  }
  confirm(request, person);
}

void SimTill::confirm(const disk::SealRequest& request, const Person& person) {
  context_.oracle->sealed(request.uid, request.fact);
  committed_.push_back(request.uid);
  context_.trace->add(label_ + " seals " + request.uid.hex());
  if (std::holds_alternative<programme::SaleFact>(request.fact)) {
    sales_.push_back(request.uid);
    const auto& sale = std::get<programme::SaleFact>(request.fact);
    context_.slips->push_back(
        directory_->slip_code(programme::receipt_of(request.uid, sale)).text());
  }
  const auto* join = std::get_if<programme::JoinFact>(&request.fact);
  if (join == nullptr) return;
  for (const SimMember& member : *context_.members) {
    if (member.phone != person.phone) continue;
    context_.oracle->may_share(member.account);
    context_.oracle->may_share(join->member.account);
  }
  context_.members->push_back(
      {join->member.id, join->member.account, "", person.phone, person.first_name, 0, request.uid});
  const auto added = cache_->add_joined(*join);
  demand(added || disk_.crashed() || in_trouble(), label_ + ": a joined member cannot be kept");
}

void SimTill::sync() {
  if (disk_.crashed() || context_.time->tick() < next_sync_) return;
  const bool told_before =
      worker_->status().attention == club::engine::SyncStatus::Attention::forked;
  const auto round = worker_->run_once();
  next_sync_ = context_.time->tick() + round.pause;
  if (disk_.crashed()) return;
  if (round.club_changed) directory_->refresh();
  check_fork(told_before);
  const auto& status = worker_->status();
  using Attention = club::engine::SyncStatus::Attention;
  // Rows that an old or doubled answer brings may not fit, and a disk may be in trouble, for a
  // time.
  demand(!status.attention || *status.attention == Attention::unfit ||
             (*status.attention == Attention::forked && *copies_ > 1) ||
             (*status.attention == Attention::damaged && !rotten_.empty()) ||
             (*status.attention == Attention::disk &&
              crashes_ + disk_.failed_syncs() + disk_.refused_writes() > 0),
         label_ + ": needs attention: " +
             std::to_string(static_cast<int>(status.attention.value_or(Attention::disk))) + " (" +
             status.last_error + ")");
  if (status.connection == club::engine::SyncStatus::Connection::online) check_restart();
  quiet_ = status.connection == club::engine::SyncStatus::Connection::online &&
           status.waiting == 0 && round.rows == 0 && !unsure_ &&
           (!status.attention || *status.attention == Attention::forked ||
            *status.attention == Attention::damaged);
}

}  // namespace tests::sim
