#include "tests/sim/sim_till.hpp"

#include <algorithm>
#include <utility>

namespace tests::sim {

using namespace pos;

namespace {

constexpr const char* kJournal = "journal.db";
constexpr const char* kCache = "cache.db";

template <class Value>
Value must(disk::Disk<Value> result, const std::string& label, const char* doing) {
  demand(result.has_value(),
         label + ": " + doing + (result ? std::string() : ": " + result.error().detail));
  if constexpr (!std::is_void_v<Value>) return std::move(*result);
}

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
      unsure_phone_(original.unsure_phone_),
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

std::optional<domain::FactId> SimTill::rot() {
  if (disk_.crashed() || disk_.full() || unsure_ || committed_.empty()) return std::nullopt;
  const domain::FactId uid = committed_.back();
  const auto fact = must(reader_->fact(uid), label_, "read a fact");
  if (!fact || rotten_.contains(uid)) return std::nullopt;
  close();  // the last connection carries everything into the file itself
  // A part of the body that lies on one page.
  const std::span<const std::uint8_t> bytes(fact->body);
  const std::span<const std::uint8_t> part = bytes.first(std::min<std::size_t>(bytes.size(), 200));
  const bool flipped = disk_.flip_bit(kJournal, part, chance_.below(part.size() * 8));
  static_cast<void>(opens());  // or it is opened after the power came back
  if (!flipped) return std::nullopt;
  rotten_.insert(uid);
  context_.hub->tally().count("disk: a bit of a record flips");
  context_.trace->add(label_ + " rots " + uid.hex());
  return uid;
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
  next_sync_ = context_.time->tick();
}

void SimTill::close() {
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
    confirm(*unsure_, unsure_phone_);
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

void SimTill::act() {
  if (disk_.crashed() || directory_->programme() == nullptr) return;
  if (unsure_) {
    // The cashier tries again; nothing else can be sold until the till knows.
    const disk::SealRequest request = *std::exchange(unsure_, std::nullopt);
    overtaken_ = true;
    return seal(request, unsure_phone_);
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

/// Cards that lie about and that nobody holds at first.
std::string SimTill::loose_card() { return "29000000" + std::to_string(below(10)); }

programme::QuoteInput SimTill::basket() {
  programme::QuoteInput input;
  const std::size_t lines = 1 + below(4);
  for (std::size_t i = 0; i < lines; ++i) {
    const auto& article = (*context_.articles)[below(context_.articles->size())];
    input.lines.push_back({article, 1 + static_cast<std::int64_t>(below(5))});
  }
  input.moment = clock_.moment();
  input.store = pairing_.store;
  input.region = pairing_.region;
  return input;
}

void SimTill::sell() {
  programme::SaleFact sale;
  sale.scene = scene();
  sale.input = basket();
  const std::uint64_t who = below(10);
  if (who < 7) {
    const SimMember& member = (*context_.members)[below(context_.members->size())];
    sale.input.member = member.card.empty()
                            ? directory_->member_by_phone(hash("phone", member.phone))
                            : directory_->member_by_card(hash("card", member.card));
    sale.identified_by = programme::IdentifiedBy::card_scan;
  } else if (who == 7) {
    const core::KeyedHash card = hash("card", loose_card());
    sale.input.member = directory_->member_by_card(card);
    sale.input.unknown_card = !sale.input.member;
    if (!sale.input.member) sale.unknown_card = card;
  }
  if (sale.input.member) {
    sale.member = sale.input.member->id;
    sale.account = sale.input.member->account;
  }
  check_balance(sale);
  sale.input.reach = directory_->reach(sale.account);
  const auto& club = *directory_->programme();
  sale.result = programme::quote(club, sale.input);
  const std::int64_t step = club.rules().spend_step.units();
  const std::int64_t most = sale.result.points_offer.spendable.units();
  if (sale.member && step > 0 && most >= step && below(2) == 0) {
    const auto steps = below(static_cast<std::uint64_t>(most / step)) + 1;
    sale.input.points_wish = domain::Points::of(step * static_cast<std::int64_t>(steps));
    sale.result = programme::quote(club, sale.input);
    demand(sale.result.points_spent <= sale.input.member->balance,
           label_ + ": more points spent than the till saw");
  }
  if (!sale.result.drawn.is_zero()) sale.right = directory_->right();
  sale.tender = {programme::Tender::Kind::card, sale.result.payable, {}, sale.result.payable, {}};
  // The hub's answer may come between Enter and the commit.
  overtaken_ = below(8) == 0;
  if (overtaken_) sync();
  seal({core::FactId::mint(chance_), sale, {}, {{disk::kBasketKey, std::nullopt}}});
}

void SimTill::join() {
  programme::JoinFact join;
  const std::string phone =
      "+97250" + std::to_string(1'000'000 + below(9'000'000)) + std::to_string(pairing_.till.value);
  join.scene = scene();
  join.member.account = domain::AccountId::mint(chance_);
  join.member.id = domain::member_id_beside(join.member.account, domain::MemberId::mint(chance_));
  join.member.member_class = *domain::ClassCode::parse("regular");
  join.member.form_of_address = "Joined";
  join.member.last_digits = phone.substr(phone.size() - 2);
  join.phone = hash("phone", phone);
  join.terms_version = "1";
  programme::PersonDetails person;
  if (below(3) == 0) {
    // It may have earned already, and others may be given it at the same time.
    person.card = loose_card();
    join.card = hash("card", person.card);
  }
  person.phone = phone;
  person.first_name = "Joined";
  const core::Bytes box =
      core::seal_for(pairing_.hub_box, programme::encode_person(person), chance_);
  join.person = core::blake2b(box);
  seal({core::FactId::mint(chance_), join, box, {}}, phone);
}

void SimTill::give_back() {
  const domain::FactId uid = sales_[below(sales_.size())];
  if (rotten_.contains(uid)) return;
  const auto sold = directory_->sale(uid);
  demand(sold.has_value(), label_ + ": a sale of this till is not found");
  const bool fresh = std::all_of(sold->returned.quantity.begin(), sold->returned.quantity.end(),
                                 [](std::int64_t quantity) { return quantity == 0; });
  const bool is_void = fresh && below(4) == 0;
  std::vector<programme::ReturnWish> wishes;
  for (std::size_t line = 0; line < sold->receipt.lines.size(); ++line) {
    const std::int64_t left = sold->receipt.lines[line].quantity - sold->returned.quantity[line];
    if (left <= 0 || (!is_void && below(2) == 0)) continue;
    const std::int64_t some =
        1 + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(left)));
    wishes.push_back({line, is_void ? left : some});
  }
  if (wishes.empty()) return;
  auto back = programme::invert(uid, *sold->fact, sold->returned, wishes, scene());
  demand(back.has_value(), label_ + ": what is left of a sale cannot come back");
  back->is_void = is_void;
  seal({core::FactId::mint(chance_), *back, {}, {}});
}

void SimTill::seal(const disk::SealRequest& request, const std::string& phone) {
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
    unsure_phone_ = phone;
    return;
  }
  confirm(request, phone);
}

void SimTill::confirm(const disk::SealRequest& request, const std::string& phone) {
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
  context_.members->push_back({join->member.id, join->member.account, "", phone, 0, request.uid});
  const auto added = cache_->add_joined(*join);
  demand(added || disk_.crashed() || in_trouble(), label_ + ": a joined member cannot be kept");
}

/// Law 9: what was given and no hub knows of stays within the pool, by account too, for each copy
/// of this till's disk. The sums are the oracle's: a till that forgets a spend gives too much.
void SimTill::check_pool() {
  const auto right = must(reader_->right(), label_, "right");
  if (!right) return;
  if (right->number != right_ && !right->amount.is_zero()) {
    context_.hub->tally().count(right_ == 0 ? "right: received" : "right: refilled");
  }
  right_ = right->number;
  const std::int64_t given = context_.oracle->outstanding(pairing_.till);
  demand(given <= context_.pool * *copies_, label_ + ": law 9: the pool is overdrawn");
  if (given == context_.pool * *copies_) context_.hub->tally().count("right: drawn to its end");
  for (const SimMember& member : *context_.members) {
    demand(
        context_.oracle->outstanding(pairing_.till, member.account) <= context_.member * *copies_,
        label_ + ": law 9: a member's cap is overdrawn");
  }
  if (*copies_ > 1 || below(8) != 0) return;
  const auto stated = context_.hub->stated_worst(pairing_.till);
  demand(!stated || right->left().units() <= *stated,
         label_ + ": law 9: the hub states a smaller loss than the till may cause");
}

/// The same from the journal alone: no draw goes beyond the right that it stands behind.
void SimTill::check_rights_of_journal() {
  std::int64_t amount = 0;
  std::int64_t settled = 0;
  std::uint64_t number = 0;
  std::vector<std::pair<std::int64_t, std::int64_t>> draws;  // position, money
  std::map<core::Digest, std::int64_t> places;
  const auto look = [&](const disk::SealedFact& sealed) {
    places[sealed.chain] = sealed.position;
    const auto fact = programme::decode_fact(sealed.fields.kind.text(), sealed.body);
    if (!fact) return true;
    if (const auto* right = std::get_if<programme::RightFact>(&*fact)) {
      demand(right->number > std::exchange(number, right->number),
             label_ + ": law 9: a right took the place of a newer one");
      const auto place = places.find(right->settled_chain);
      demand(right->settled_seq == 0 || place != places.end(),
             label_ + ": law 9: a right was taken that is another copy's");
      amount = right->amount.units();
      settled = right->settled_seq == 0 ? 0 : place->second;
    }
    domain::Money drawn;
    if (const auto* sale = std::get_if<programme::SaleFact>(&*fact)) drawn = sale->result.drawn;
    if (const auto* back = std::get_if<programme::ReturnFact>(&*fact)) drawn = back->drawn;
    if (drawn.is_zero()) return true;
    draws.emplace_back(sealed.position, drawn.units());
    std::int64_t given = 0;
    for (const auto& [position, money] : draws) given += position > settled ? money : 0;
    demand(given <= amount, label_ + ": law 9: a fact drew on a right that had ended");
    return true;
  };
  must(reader_->each(1, look), label_, "walk the journal");
}

/// A till knows of all that it did itself, settled or not, and of no more than others did: it never
/// sees more points than that.
void SimTill::check_balance(const programme::SaleFact& sale) {
  if (*copies_ > 1 || !sale.account) return;
  demand(sale.input.member->balance.units() <=
             context_.oracle->visible_most(*sale.account, pairing_.till),
         label_ + ": an own spend was forgotten");
}

void SimTill::sync() {
  if (disk_.crashed() || context_.time->tick() < next_sync_) return;
  const auto round = worker_->run_once();
  next_sync_ = context_.time->tick() + round.pause;
  if (disk_.crashed()) return;
  if (round.club_changed) directory_->refresh();
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
  quiet_ = status.connection == club::engine::SyncStatus::Connection::online &&
           status.waiting == 0 && round.rows == 0 && !unsure_ &&
           (!status.attention || *status.attention == Attention::forked ||
            *status.attention == Attention::damaged);
}

void SimTill::check_healed() {
  const auto check = must(reader_->verify(keys_.signing.open), label_, "verify");
  // The first thing that is not as it was sealed is a record that the disk changed.
  demand(!check.flaw ||
             (!rotten_.empty() && check.flaw->kind == disk::JournalFlaw::Kind::altered_body),
         label_ + ": the journal's chain is broken");
  demand(must(reader_->counts(), label_, "counts").waiting == 0, label_ + ": facts still wait");
  check_rights_of_journal();
  demand(must(reader_->unsettled(), label_, "unsettled") <= context_.oracle->waiting(),
         label_ + ": an effect was never settled");
  for (const SimMember& member : *context_.members) {
    const auto facts = directory_->member(member.id);
    demand(facts.has_value(), label_ + ": law 8: a member is missing");
    if (context_.oracle->is_owed_a_sale(member.account)) continue;
    const auto expected = context_.oracle->points().find(member.account);
    const std::int64_t points = expected != context_.oracle->points().end() ? expected->second : 0;
    demand(facts->balance.units() == points, label_ + ": a balance is " +
                                                 std::to_string(facts->balance.units()) + ", not " +
                                                 std::to_string(points));
    demand(!facts->form_of_address.empty(), label_ + ": a member has no name");
    const auto called = directory_->member_by_phone(hash("phone", member.phone));
    demand(called && called->id == member.id, label_ + ": law 8: a phone finds another member");
  }
}

}  // namespace tests::sim
