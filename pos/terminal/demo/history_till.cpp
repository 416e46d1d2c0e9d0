#include "pos/terminal/demo/history_till.hpp"

#include <algorithm>

#include "pos/domain/receipt_code.hpp"
#include "pos/domain/scanned_code.hpp"

namespace pos::terminal::demo {
namespace {

template <class Value, class Error>
Value must(core::Expected<Value, Error> result, const char* doing) {
  if (!result) throw Trouble(std::string(doing) + ": " + result.error().detail);
  if constexpr (!std::is_void_v<Value>) return std::move(*result);
}

constexpr core::Millis kTimeout{10'000};

}  // namespace

HistoryTill::HistoryTill(const Surroundings& around, StatePaths paths,
                         const domain::StoreCode& store, domain::Language language)
    : around_(around), paths_(std::move(paths)), link_(around.hub, turn_, around.clock, false) {
  state_.language = language;
  pair(store);
  open();
  exchange();
  send(app::MinuteChanged{});  // asks for ids
}

void HistoryTill::pair(const domain::StoreCode& store) {
  must(disk::make_private_folder(paths_.folder), "the till's folder");
  keys_ = disk::make_till_keys(around_.chance);
  must(disk::save_till_keys(paths_.keys(), keys_), "the till's keys");
  const auto fresh = must(around_.hub.add_till(store), "a new till");
  const auto answer =
      must(club::engine::register_till(link_, fresh.code, keys_.signing.open, kTimeout), "pairing");
  pairing_.hub_url = "http://127.0.0.1:8137";
  pairing_.till = answer.till;
  pairing_.store = answer.store;
  pairing_.region = answer.region;
  pairing_.index_key = answer.index_key;
  pairing_.hub_box = answer.hub_box;
  pairing_.hub_key = answer.hub_key;
  must(disk::save_pairing(paths_.pairing(), pairing_), "the till's pairing");
}

void HistoryTill::open() {
  disk::Journal::Options options;
  options.path = paths_.journal();
  options.till = pairing_.till;
  options.signing = keys_.signing;
  options.chance = &around_.chance;
  journal_ = must(disk::Journal::open(options), "the journal");
  cache_ =
      must(disk::Cache::open({paths_.cache(), {}, keys_.cache_key, &around_.chance}), "the cache");
  directory_ =
      must(disk::TillDirectory::open(
               {paths_.journal(), paths_.cache(), {}, keys_.cache_key, pairing_, true, true}),
           "the look-ups");
  store_ = must(disk::TillSyncStore::open(*journal_, *cache_, around_.clock), "the outbox");
  club::engine::SyncWorker::Options sync;
  sync.identity = {pairing_.till, keys_.signing.secret};
  sync_ = std::make_unique<club::engine::SyncWorker>(sync, link_, *store_, around_.clock,
                                                     around_.chance);
  journal_worker_ =
      std::make_unique<JournalWorker>(*journal_, pairing_.hub_box, around_.chance, inbox_);
  journal_worker_->on_sealed([this](const programme::Fact& fact) {
    ++sealed_;
    if (const auto* join = std::get_if<programme::JoinFact>(&fact)) {
      must(cache_->add_joined(*join), "a newcomer");
    }
  });
}

void HistoryTill::exchange() {
  constexpr int kRoundsMax = 1'000;
  for (int round = 0; round < kRoundsMax; ++round) {
    const auto done = sync_->run_once();
    if (done.club_changed) directory_->refresh();
    const club::engine::SyncStatus& status = sync_->status();
    if (status.connection != club::engine::SyncStatus::Connection::online || status.attention) {
      throw Trouble("till and hub: " + status.last_error);
    }
    if (done.rows == 0 && status.waiting == 0) return;
  }
  throw Trouble("till and hub have no end of news for each other");
}

void HistoryTill::send(const app::Event& event) {
  std::vector<app::Event> events{event};
  for (std::size_t next = 0; next < events.size(); ++next) {
    const app::Event now = std::move(events[next]);
    app::Step step = app::step(std::move(state_), now, *directory_, around_.clock.moment(),
                               around_.clock.tick());
    state_ = std::move(step.state);
    for (const app::Effect& effect : step.effects) run(effect, events);
  }
}

void HistoryTill::run(const app::Effect& effect, std::vector<app::Event>& answers) {
  if (const auto* mint = std::get_if<app::MintIds>(&effect)) {
    app::IdsMinted minted;
    for (std::size_t i = 0; i < mint->count; ++i) around_.chance.fill(minted.ids.emplace_back());
    answers.emplace_back(std::move(minted));
  } else if (const auto* print = std::get_if<app::PrintSlip>(&effect)) {
    answers.emplace_back(app::Printed{print->uid});
  } else if (const auto* seal = std::get_if<app::SealFact>(&effect)) {
    if (std::holds_alternative<programme::SaleFact>(seal->fact)) last_sale_ = seal->uid;
    journal_worker_->push(*seal);
  } else if (const auto* mark = std::get_if<app::MarkPrinted>(&effect)) {
    journal_worker_->push(*mark);
  }
  // An open basket is not kept: nobody pulls the plug of this till.
  static_cast<void>(journal_worker_->run_once());
  for (app::Event& answer : inbox_.drain(64)) answers.push_back(std::move(answer));
}

void HistoryTill::sign_in(const domain::StaffCode& employee) {
  if (state_.employee == employee) return;
  if (state_.employee) press(app::Action::sign_out);
  send(app::SignInChosen{employee});
  if (state_.employee != employee) throw Trouble("nobody signs in as " + employee.text());
}

void HistoryTill::scan(const std::string& code) {
  send(app::Scanned{domain::classify(code, "", directory_->profile().ranges),
                    programme::IdentifiedBy::card_scan});
}

void HistoryTill::identify(const Visit& visit) {
  if (!visit.card.empty()) {
    scan(visit.card);
  } else if (!visit.phone.empty()) {
    write(app::Field::entry, visit.phone);
    press(app::Action::confirm);
  } else {
    return;
  }
  // Dana buys at her own till, too, and earns nothing there.
  if (state_.basket.attached || state_.message.text == app::Text::own_card) return;
  throw Trouble("the till does not find " + visit.card + visit.phone);
}

namespace {

/// Tasks are done, and nobody has time for questions.
programme::Answer::Kind answer_to(programme::Soft soft, bool takes) {
  using Kind = programme::Answer::Kind;
  if (soft == programme::Soft::task) return Kind::acknowledged;
  return takes && soft == programme::Soft::none ? Kind::accepted : Kind::declined;
}

}  // namespace

void HistoryTill::answer_offers(bool takes) {
  std::vector<domain::BenefitId> asked;
  for (bool another = true; another;) {
    another = false;
    for (const programme::BenefitOutcome& outcome : state_.quote->outcomes) {
      if (outcome.reason != programme::Reason::waits_for_answer) continue;
      if (std::find(asked.begin(), asked.end(), outcome.benefit) != asked.end()) continue;
      asked.push_back(outcome.benefit);
      send(app::BenefitAnswered{asked.back(), answer_to(outcome.soft, takes), {}});
      another = true;
      break;
    }
  }
}

void HistoryTill::pay(programme::Tender::Kind tender) {
  const std::size_t before = sealed_;
  press(app::Action::pay);
  send(app::TenderChosen{tender});
  press(app::Action::confirm);
  if (sealed_ != before + 1 || !state_.basket.empty()) throw Trouble("a sale was not sealed");
}

void HistoryTill::sell(const Visit& visit) {
  const std::size_t middle = visit.codes.size() / 2;
  for (std::size_t i = 0; i < visit.codes.size(); ++i) {
    if (i == middle) identify(visit);
    scan(visit.codes[i]);
  }
  answer_offers(visit.takes_offers);
  if (visit.uses_points && !state_.quote->points_offer.spendable.is_zero()) {
    press(app::Action::points);
    press(app::Action::all_points);
    press(app::Action::confirm);
  }
  pay(visit.tender);
}

void HistoryTill::take_back() {
  if (!last_sale_) return;
  const std::size_t before = sealed_;
  scan(domain::ReceiptCode(*last_sale_).text());
  send(app::ReturnQuantity{0, 1});
  press(app::Action::confirm);
  if (sealed_ != before + 1) throw Trouble("nothing was taken back");
  last_sale_.reset();
}

void HistoryTill::join(const Newcomer& newcomer, const Visit& visit) {
  const std::size_t before = sealed_;
  press(app::Action::join);
  write(app::Field::phone, newcomer.phone);
  write(app::Field::first_name, newcomer.first_name);
  write(app::Field::birth_day, newcomer.birth_day);
  write(app::Field::birth_month, newcomer.birth_month);
  send(app::ConsentTicked{app::Consent::terms, true});
  if (newcomer.marketing) send(app::ConsentTicked{app::Consent::marketing, true});
  press(app::Action::confirm);
  if (sealed_ != before + 1) throw Trouble("a newcomer did not join");
  sell(visit);
}

}  // namespace pos::terminal::demo
