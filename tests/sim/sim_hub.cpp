#include "tests/sim/sim_hub.hpp"

#include <algorithm>
#include <utility>

#include "tests/sim/must.hpp"

namespace tests::sim {

using club::wire::Request;
using club::wire::Response;

namespace {

constexpr const char* kHubPath = "hub.db";

}  // namespace

SimHub::SimHub(VirtualTime& time, std::uint64_t seed, Trace& trace, Tally& tally, Oracle& oracle)
    : time_(time),
      clock_(time),
      trace_(trace),
      tally_(tally),
      oracle_(oracle),
      chance_(seed),
      disk_("sim-hub-" + std::to_string(seed)),
      keys_(club::hub::HubKeys::mint(chance_)) {
  open();
}

void SimHub::open() {
  hub_ = must(club::hub::Hub::open({kHubPath, disk_.name(), club::hub::Hub::Purpose::serve}, keys_,
                                   clock_, chance_),
              "hub", "open");
}

void SimHub::set_up(const std::string& programme, const std::vector<SimMember>& members,
                    const std::vector<pos::domain::Article>& articles) {
  std::vector<club::wire::RowBody> rows;
  pos::domain::Store store{
      *pos::domain::StoreCode::parse("s1"), {}, *pos::domain::RegionCode::parse("r1")};
  rows.emplace_back(club::wire::StoreRow{store});
  rows.emplace_back(club::wire::StaffRow{{*pos::domain::StaffCode::parse("e1"), {}, false}, {}});
  club::wire::SettingsRow settings;
  settings.settings.ranges = pos::domain::usual_code_ranges();
  rows.emplace_back(settings);
  for (const auto& article : articles) rows.emplace_back(club::wire::ArticleRow{article});
  static_cast<void>(must(hub_->put_club_rows(rows), "hub", "club rows"));
  static_cast<void>(must(hub_->publish(programme), "hub", "publish"));
  std::vector<club::hub::Hub::ImportedMember> imported;
  for (const SimMember& member : members) {
    club::hub::Hub::ImportedMember one;
    one.member.id = member.id;
    one.member.account = member.account;
    one.member.form_of_address = "Member " + member.card.substr(8);
    one.member.member_class = *pos::domain::ClassCode::parse("regular");
    one.person.card = member.card;
    one.person.phone = member.phone;
    one.person.first_name = member.first_name;
    one.opening = pos::domain::Points::of(member.opening);
    imported.push_back(std::move(one));
  }
  static_cast<void>(must(hub_->import_members(imported), "hub", "import"));
  while (must(hub_->run_once(), "hub", "apply") > 0) {
  }
}

club::hub::Hub::NewTill SimHub::add_till() {
  return must(hub_->add_till(*pos::domain::StoreCode::parse("s1")), "hub", "add till");
}

std::optional<Response> SimHub::handle(const Request& request) {
  if (disk_.crashed()) return std::nullopt;
  if (request.auth) unheard_.erase(request.auth->till);
  club::hub::Reply reply = hub_->handle(request, time_.tick());
  if (disk_.crashed()) return std::nullopt;
  // It says yes on books that are not behind.
  if (request.path == club::wire::kAuthorisePath) note_settled();
  check_silence();
  return std::move(reply.response);
}

std::int64_t SimHub::number(const char* sql) {
  auto& read = hub_->database().cached(sql);
  const std::int64_t value = read.step() ? read.integer(0) : 0;
  read.reset();
  return value;
}

bool SimHub::is_abreast() {
  return number(
             "SELECT (SELECT value FROM meta WHERE key='applied') >= "
             "(SELECT coalesce(max(id), 0) FROM inbox)") != 0;
}

namespace {

constexpr const char* kOpenRights = "SELECT count(*) FROM issued_right WHERE received=0";
constexpr const char* kApplied = "SELECT value FROM meta WHERE key='applied'";

}  // namespace

/// A hub that knows that it was restored gives nobody a right before everybody has called.
void SimHub::check_silence() {
  if (unheard_.empty()) return;
  demand(number(kOpenRights) <= rights_open_,
         "law 9: a restored hub issued a right before it had heard every till");
}

/// Sales that are applied now and were not at the last look.
void SimHub::note_settled() {
  const std::int64_t applied = number(kApplied);
  auto& read = hub_->database().cached(
      "SELECT uid FROM inbox WHERE id>? AND id<=? AND kind IN ('sale', 'return') ORDER BY id");
  read.bind_all(std::min(settled_, applied), applied);
  while (read.step()) {
    if (const auto uid = pos::domain::FactId::from_bytes(read.blob(0))) oracle_.settled(*uid);
  }
  read.reset();
  settled_ = applied;
}

void SimHub::apply_some() {
  if (disk_.crashed()) return;
  const auto applied = hub_->run_once(1 + chance_.below(20));
  if (disk_.crashed() || (!applied && in_trouble())) return;
  demand(applied.has_value(), "hub: apply: " + (applied ? std::string() : applied.error().detail));
  note_settled();
  check_silence();
  if (*applied > 0) return;
  const auto judged = hub_->judge_once(1 + chance_.below(20));
  if (disk_.crashed() || (!judged && in_trouble())) return;
  demand(judged.has_value(), "hub: judge: " + (judged ? std::string() : judged.error().detail));
}

void SimHub::restore(const FaultVfs::Image& image, bool told) {
  hub_.reset();
  disk_.restore(image);
  tally_.count("image: hub restored");
  trace_.add("hub restored");
  settled_ = 0;
  ++restores_;
  open();
  if (!told) {
    forgot_ = true;
    return;
  }
  must(hub_->await_tills(), "hub", "await the tills");
  unheard_.clear();
  for (const std::uint32_t till : must(hub_->awaited(), "hub", "awaited")) unheard_.insert(till);
  rights_open_ = number(kOpenRights);
  tally_.count("hub: waits for its tills");
}

void SimHub::recall(pos::domain::TillNumber till, bool recalled) {
  if (disk_.crashed()) return;
  const auto done = hub_->recall(till.value, recalled);
  demand(done || disk_.crashed() || in_trouble(),
         "hub: recall: " + (done ? std::string() : done.error().detail));
  if (done) tally_.count(recalled ? "right: recalled" : "right: given again");
}

std::optional<std::int64_t> SimHub::stated_worst(pos::domain::TillNumber till) {
  if (disk_.crashed() || forgot_ || !unheard_.empty()) return std::nullopt;
  const auto tills = hub_->exposure();
  if (!tills) return std::nullopt;
  for (const auto& one : *tills) {
    if (one.till == till.value) return one.left.units();
  }
  return 0;
}

void SimHub::publish(const std::string& programme) {
  if (disk_.crashed()) return;
  const auto published = hub_->publish(programme);
  demand(published || disk_.crashed() || in_trouble(),
         "hub: publish: " + (published ? std::string() : published.error().detail));
  trace_.add("programme published");
}

bool SimHub::in_trouble() {
  const std::uint64_t troubles = disk_.failed_syncs() + disk_.refused_writes();
  const bool fresh = troubles != troubles_seen_;
  troubles_seen_ = troubles;
  return fresh || disk_.full();
}

bool SimHub::opens() {
  try {
    open();
  } catch (const Violation&) {
    if (!disk_.crashed()) throw;
    return false;
  }
  return !disk_.crashed();
}

void SimHub::restart_if_crashed(FaultVfs::Unsynced unsynced, std::uint64_t again) {
  if (!disk_.crashed()) return;
  do {
    hub_.reset();
    disk_.restart(unsynced, chance_);
    if (again > 0) disk_.crash_before_call(std::exchange(again, 0));
    ++crashes_;
    tally_.count(fate_name("hub", unsynced));
    trace_.add("hub restarts");
  } while (!opens());
}

}  // namespace tests::sim
