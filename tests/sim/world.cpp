#include "tests/sim/world.hpp"

#include <algorithm>
#include <utility>

#include "sync/hub/audit.hpp"
#include "tests/sim/comparison.hpp"
#include "tests/sim/office.hpp"
#include "tests/sim/stranger.hpp"

namespace tests::sim {

using namespace pos;

namespace {

constexpr std::size_t kMembers = 24;
constexpr std::size_t kHealingRoundsMax = 400;
constexpr std::int64_t kDayMs = 86'400'000;

std::vector<SimMember> make_members(core::Chance& chance) {
  std::vector<SimMember> members;
  for (std::size_t i = 0; i < kMembers; ++i) {
    SimMember member;
    member.id = domain::MemberId::mint(chance);
    member.account = domain::AccountId::mint(chance);
    member.card = "20" + std::to_string(10'000'000'000 + i);
    member.phone = "+97252" + std::to_string(1'000'000 + i);
    member.opening = static_cast<std::int64_t>(chance.below(1'000));
    members.push_back(member);
  }
  return members;
}

/// That the sample programme has a coupon for, which is good once in the whole chain.
constexpr const char* kCoffee = "0400000000053";

std::vector<domain::Article> make_articles(core::Chance& chance) {
  std::vector<domain::Article> articles;
  for (std::size_t i = 0; i < 12; ++i) {
    domain::Article article;
    article.code = "72900000000" + std::to_string(10 + i);
    article.name.at(domain::Language::en) = "Article " + std::to_string(i);
    article.price = domain::Money::of(static_cast<std::int64_t>(90 + chance.below(9'000)));
    article.vat_per_mille = 180;
    article.demand = i % 4 == 0;
    if (i == 0) article.code = kCoffee;
    articles.push_back(article);
  }
  return articles;
}

constexpr std::size_t kManyTills = 200;

std::size_t draw_tills(core::Chance& chance) {
  const std::uint64_t percent = chance.below(100);
  if (percent < 90) return 2 + chance.below(7);
  if (percent < 99) return 9 + chance.below(22);
  return kManyTills;
}

class World {
 public:
  World(const Plan& plan, const std::string& programme)
      : plan_(plan),
        chance_(plan.seed),
        climate_(plan.calm ? Climate{} : Climate::draw(chance_)),
        members_(make_members(chance_)),
        articles_(make_articles(chance_)),
        hub_(time_, chance_.below(UINT64_MAX), trace_, tally_, oracle_),
        compared_(hub_, oracle_, tally_) {
    // Some seeds have so small a pool that it is drawn to its end.
    std::string document = as_it_is_given_here(programme);
    std::int64_t pool = 60'000;
    std::int64_t member_cap = 3'000;
    if (chance_.below(2) == 0) {
      pool = 500 * (1 + static_cast<std::int64_t>(chance_.below(8)));
      document = with(document, "\"per_till\": 60000", "\"per_till\": " + std::to_string(pool));
      member_cap = std::min<std::int64_t>(pool, 3'000);
      document =
          with(document, "\"per_member\": 3000", "\"per_member\": " + std::to_string(member_cap));
    }
    documents_ = {document, with(document, "\"per\": 100", "\"per\": 50")};
    hub_.set_up(documents_.front(), members_, articles_);
    for (const SimMember& member : members_) {
      const auto phone = core::keyed_hash(hub_.keys().index, "phone", member.phone);
      oracle_.open({member.id, member.account, phone, member.first_name, member.opening});
    }
    office_.emplace(hub_, oracle_, members_, chance_.below(UINT64_MAX));
    const std::size_t count = plan.tills > 0 ? plan.tills : draw_tills(chance_);
    copies_ = !plan.calm && chance_.below(3) == 0;
    const SimTill::Context context{&time_,    &climate_,  &hub_, &oracle_,   &trace_,
                                   &members_, &articles_, pool,  member_cap, &slips_};
    for (std::uint32_t i = 1; i <= count; ++i) {
      tills_.push_back(std::make_unique<SimTill>(context, i, chance_.below(UINT64_MAX)));
    }
    stranger_.emplace(hub_, chance_.below(UINT64_MAX));
  }

  void day() {
    morning_ = {tills_.front()->disk().calls(), hub_.disk().calls()};
    if (plan_.cut) {
      (plan_.cut->hub ? hub_.disk() : tills_.front()->disk()).crash_before_call(plan_.cut->call);
    }
    const std::uint64_t noon = plan_.sales / 3 + chance_.below(plan_.sales);
    std::size_t sealed = 0;
    // Where two hundred tills take part each sale costs two hundred rows: such a day is short.
    const std::uint64_t enough = tills_.size() < kManyTills ? plan_.sales : plan_.sales / 6;
    while (sealed < enough) {
      time_.pass(core::Millis(static_cast<std::int64_t>(chance_.below(20'000))));
      SimTill& till = *tills_[chance_.below(tills_.size())];
      weather(till);
      till.link().deliver_late();
      const std::size_t before = oracle_.facts().size();
      const std::uint64_t what = chance_.below(10);
      if (what < 5) till.act();
      if (what >= 5 && what < 8) till.sync();
      if (what >= 8) hub_.apply_some();
      sealed += oracle_.facts().size() - before;
      if (before < noon && oracle_.facts().size() >= noon) change_programme();
      if (strikes(climate_.rot)) rot(till);
      copy_disks(till);
      restart_the_dead();
    }
  }

  void heal() {
    for (auto& till : tills_) till->heal();
    hub_.disk().set_full(false);
    hub_.disk().crash();
    restart_the_dead();
    time_.pass(core::Millis(4 * kDayMs));
    for (auto& till : tills_) till->link().deliver_late();
    std::size_t quiet_rounds = 0;
    for (std::size_t round = 0; quiet_rounds < 3; ++round) {
      demand(round < kHealingRoundsMax, "the club does not come to rest after healing");
      time_.pass(core::Millis(60'000));
      restart_the_dead();
      bool quiet = true;
      for (auto& till : tills_) {
        till->retry();
        till->sync();
        till->tidy();
        quiet = quiet && till->quiet();
      }
      for (int i = 0; i < 4; ++i) hub_.apply_some();
      quiet_rounds = quiet ? quiet_rounds + 1 : 0;
    }
    // From here on it is looked at what came of it.
    for (auto& till : tills_) till->disk().keep_power();
    hub_.disk().keep_power();
  }

  void compare() {
    let_go(doubtful_, "image: facts gone with the disk that held them", &Oracle::gone);
    let_go(altered_, "disk: an altered record is kept apart", &Oracle::lost);
    let_rot();
    oracle_.let_wait();
    if (oracle_.waiting() > 0) tally_.count("slip: its sale went with the disk");
    office_->settle();
    oracle_.retrace(as_arrived());
    compared_.inbox(damaged_, !altered_.empty());
    compared_.bodies(documents_);
    compared_.accounts();
    compared_.returns();
    compared_.judged();
    compared_.kept();
    // Copies of a till hand back each other's sales, and who does not know what was forgotten
    // agrees again.
    if (!copied_ && !hub_.forgot()) compared_.agreed();
    // Two copies of a till do not know of each other's returns.
    const std::string bad_return = copied_ ? std::string() : oracle_.bad_return();
    demand(bad_return.empty(), "law 7: " + bad_return);
    for (const std::string& broken : audit_findings()) demand(false, "audit: " + broken);
    for (auto& till : tills_) {
      till->check_healed();
      for (const std::string& code : office_->articles()) {
        const auto at_hub = hub_.hub().club_row("article:" + code);
        demand(at_hub && at_hub->has_value() == till->sells(code),
               "a till sells what headquarters does not, or the reverse");
      }
    }
  }

  /// After compare(): what was earned expires, once, and the books still add up.
  void a_year_later() {
    constexpr const char* kHeld = "SELECT coalesce(sum(points), 0) FROM account WHERE kind=0";
    const std::int64_t before = hub_.number(kHeld);
    time_.pass(core::Millis(400 * kDayMs));
    for (int i = 0; i < 120; ++i) hub_.apply_some();
    demand(hub_.number("SELECT count(*) FROM lot WHERE amount>0 AND last IS NOT NULL") == 0,
           "a lot outlived its last day");
    demand(hub_.number("SELECT coalesce(sum(points), 0) FROM account WHERE kind=7") ==
               before - hub_.number(kHeld),
           "law 4: other points expired than were held");
    compared_.sums();
    const std::int64_t facts = hub_.number("SELECT count(*) FROM inbox");
    for (int i = 0; i < 4; ++i) hub_.apply_some();
    demand(hub_.number("SELECT count(*) FROM inbox") == facts, "what has expired expires again");
  }

  void fill(Report& report) {
    for (auto& till : tills_) {
      tally_.count("disk: till fsync fails", till->disk().failed_syncs());
      tally_.count("disk: till full", till->disk().refused_writes());
    }
    tally_.count("disk: hub fsync fails", hub_.disk().failed_syncs());
    tally_.count("disk: hub full", hub_.disk().refused_writes());
    report.trace = trace_.hex();
    report.sales = oracle_.sales();
    report.returns = oracle_.returns();
    report.joinings = oracle_.joinings();
    report.points_spent = oracle_.points_spent();
    report.tills = tills_.size();
    report.till_calls = tills_.front()->disk().calls() - morning_.first;
    report.hub_calls = hub_.disk().calls() - morning_.second;
    report.tally = tally_;
    report.hub_crashes = hub_.crashes();
    for (auto& till : tills_) report.till_crashes += till->crashes();
  }

 private:
  bool strikes(int of_ten_thousand) {
    return of_ten_thousand > 0 &&
           chance_.below(10'000) < static_cast<std::uint64_t>(of_ten_thousand);
  }

  /// A till's disk changes a bit of a record. A changed body is kept raw, parked, and does nothing;
  /// behind a changed envelope the till goes on without it.
  void rot(SimTill& till) {
    const auto rotten = till.rot();
    if (!rotten) return;
    oracle_.rots(rotten->uid);
    if (rotten->envelope) {
      altered_.push_back(rotten->uid);
      oracle_.settled(rotten->uid);  // on a disk that was not altered it would be within the bound
    } else {
      rotten_.push_back(rotten->uid);
    }
  }

  /// Facts that only a replaced disk or an altered record held, and that never got away.
  void let_go(const std::vector<domain::FactId>& uids, const char* what,
              void (Oracle::*how)(const domain::FactId&)) {
    for (const auto& uid : uids) {
      if (has_arrived(uid)) continue;
      (oracle_.*how)(uid);
      tally_.count(what);
      std::erase_if(members_, [&](const SimMember& member) { return member.joined == uid; });
    }
  }

  bool has_arrived(const domain::FactId& uid) {
    core::Statement read = hub_.hub().database().prepare("SELECT 1 FROM inbox WHERE uid=?");
    read.bind(1, uid.bytes());
    return read.step();
  }

  /// Law 11: what arrived changed counts for nothing; the rest as ever.
  void let_rot() {
    for (const auto& uid : rotten_) {
      core::Statement read =
          hub_.hub().database().prepare("SELECT 1 FROM inbox WHERE uid=? AND damaged=1");
      read.bind(1, uid.bytes());
      if (!read.step()) continue;
      ++damaged_;
      oracle_.parked(uid);
      std::erase_if(members_, [&](const SimMember& member) { return member.joined == uid; });
    }
    demand(hub_.number("SELECT count(*) FROM inbox WHERE damaged=1") == damaged_,
           "law 11: a whole record arrived damaged");
  }

  /// Copies of disks are taken, put back, or set to work beside the original.
  void copy_disks(SimTill& till) {
    if (!copies_) return;
    const std::uint64_t what = chance_.below(400);
    if (what < 12) till.take_image();
    if (what == 12 && till.has_image()) {
      for (const auto& uid : till.restore_image()) doubtful_.push_back(uid);
      copied_ = true;
    }
    if (what == 13 && !till.disk().crashed() && tills_.size() < 40 && clones_ < 2) {
      tills_.push_back(std::make_unique<SimTill>(
          till, static_cast<std::uint32_t>(tills_.size() + 1), chance_.below(UINT64_MAX)));
      ++clones_;
      copied_ = true;
    }
    if (what == 14 && !hub_.disk().crashed()) {
      hub_image_ = {hub_.disk().image(), office_->done()};
    }
    if (what == 15 && hub_image_) restore_hub();
  }

  void restore_hub() {
    office_->forget_behind(hub_image_->acts);
    hub_.restore(std::exchange(hub_image_, std::nullopt)->disk, chance_.below(3) > 0);
    hub_.publish(documents_[in_force_]);  // headquarters' own work of the day is done again
  }

  void change_programme() {
    in_force_ = 1 - in_force_;
    hub_.publish(documents_[in_force_]);
    tally_.count("club: programme changed");
  }

  /// Cash-back for every member, and a budget for the first purchase after joining.
  static std::string as_it_is_given_here(const std::string& programme) {
    const std::string document = with(programme, R"("when": {"subscription": {"grace_days": 3}})",
                                      R"("on": {"earning": true})");
    return with(document, R"("limit": {"member": 1},)",
                R"("limit": {"member": 1}, "budget": 9000,)");
  }

  static std::string with(std::string document, std::string_view before, std::string_view after) {
    const std::size_t at = document.find(before);
    demand(at != std::string::npos, "the programme does not say " + std::string(before));
    return document.replace(at, before.size(), after);
  }

  /// Who joined, and what the office decided, in the order in which the hub's inbox holds it.
  std::vector<Oracle::Turn> as_arrived() {
    std::vector<Oracle::Turn> turns;
    const std::vector<Oracle::Turn> decisions = office_->decisions();
    auto decision = decisions.begin();
    core::Statement rows = hub_.hub().database().prepare(
        "SELECT uid, kind FROM inbox WHERE damaged=0 AND (kind='join' OR"
        " (till=0 AND kind IN ('household','separate'))) ORDER BY id");
    while (rows.step()) {
      if (rows.text(1) != "join") {
        demand(decision != decisions.end(), "the hub decided what nobody did");
        turns.push_back(*decision++);
        continue;
      }
      const auto uid = domain::FactId::from_bytes(rows.blob(0));
      const auto who = std::find_if(members_.begin(), members_.end(),
                                    [&](const SimMember& one) { return one.joined == uid; });
      if (who != members_.end()) turns.emplace_back(Oracle::Joined{*uid, who->first_name});
    }
    demand(decision == decisions.end(), "a decision of the office is gone");
    return turns;
  }

  std::vector<std::string> audit_findings() {
    std::vector<std::string> findings;
    const auto lines = club::hub::audit(hub_.hub());
    demand(lines.has_value(), "the audit cannot read the hub");
    for (const auto& line : *lines) {
      if (!line.holds) findings.push_back(line.name + ": " + line.detail);
    }
    return findings;
  }

  /// What goes wrong before this turn: cables, power, disks and clocks.
  void weather(SimTill& till) {
    if (strikes(climate_.cut)) till.link().toggle_cut();
    if (strikes(climate_.one_way)) till.link().toggle_one_way();
    if (strikes(climate_.till_crash)) till.disk().crash_before_call(1 + chance_.below(40));
    if (strikes(climate_.hub_crash)) hub_.disk().crash_before_call(1 + chance_.below(60));
    disk_trouble(till.disk(), climate_.till_fsync, climate_.till_full);
    disk_trouble(hub_.disk(), climate_.hub_fsync, climate_.hub_full);
    if (strikes(climate_.clock)) {
      const bool is_hub = chance_.below(4) == 0;
      (is_hub ? hub_.clock() : till.clock()).jump(chance_);
      tally_.count(is_hub ? "clock: hub jumps" : "clock: till jumps");
    }
    if (strikes(climate_.night)) {
      time_.pass(core::Millis(static_cast<std::int64_t>(chance_.below(3 * kDayMs))));
    }
    if (strikes(climate_.stranger)) stranger_->call();
    if (strikes(climate_.office)) office_->work();
    if (strikes(climate_.recall)) hub_.recall(till.number(), chance_.below(2) == 0);
  }

  void disk_trouble(FaultVfs& disk, int fsync, int full) {
    if (strikes(fsync)) disk.fail_syncs(1 + static_cast<int>(chance_.below(3)));
    if (disk.full() ? chance_.below(8) == 0 : strikes(full)) disk.set_full(!disk.full());
  }

  void restart_the_dead() {
    for (auto& till : tills_) till->restart_if_crashed(fate(), again(*till));
    hub_.restart_if_crashed(fate(), again(hub_));
  }
  /// When the power of the machine that is to lose it twice goes again; it is asked for once.
  std::uint64_t again(SimTill& till) {
    const bool meant = &till == tills_.front().get() && till.disk().crashed();
    return meant && plan_.cut && !plan_.cut->hub ? std::exchange(plan_.cut->again, 0) : 0;
  }
  std::uint64_t again(SimHub& hub) {
    const bool meant = hub.disk().crashed();
    return meant && plan_.cut && plan_.cut->hub ? std::exchange(plan_.cut->again, 0) : 0;
  }
  FaultVfs::Unsynced fate() {
    return plan_.cut ? plan_.cut->unsynced : static_cast<FaultVfs::Unsynced>(chance_.below(3));
  }

  Plan plan_;
  VirtualTime time_;
  Trace trace_;
  Tally tally_;
  core::SeededChance chance_;
  Climate climate_;
  Oracle oracle_;
  std::vector<SimMember> members_;
  std::vector<domain::Article> articles_;
  std::vector<std::string> slips_;
  SimHub hub_;
  Comparison compared_;
  std::vector<std::string> documents_;  ///< versions of the programme
  std::size_t in_force_ = 0;
  std::pair<std::uint64_t, std::uint64_t> morning_;  ///< calls to the disks of a till and the hub
  bool copies_ = false;                              ///< disks are copied in this seed
  bool copied_ = false;
  int clones_ = 0;
  struct HubImage {
    FaultVfs::Image disk;
    std::size_t acts = 0;  ///< of the office, that are on it
  };
  std::optional<HubImage> hub_image_;
  std::vector<domain::FactId> doubtful_;
  std::vector<domain::FactId> rotten_;
  std::vector<domain::FactId> altered_;  ///< their envelopes
  std::int64_t damaged_ = 0;             ///< records that arrived changed
  std::vector<std::unique_ptr<SimTill>> tills_;
  std::optional<Stranger> stranger_;
  std::optional<Office> office_;
};

}  // namespace

Report run(const Plan& plan, const std::string& programme) {
  Report report;
  std::unique_ptr<World> world;
  try {
    world = std::make_unique<World>(plan, programme);
    world->day();
    world->heal();
    world->compare();
    world->a_year_later();
  } catch (const Violation& violation) {
    report.violation = violation.what;
  } catch (const core::DbFailure& failure) {
    report.violation = failure.error().detail;
  }
  if (world) world->fill(report);
  return report;
}

}  // namespace tests::sim
