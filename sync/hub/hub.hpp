#pragma once

#include <memory>
#include <optional>
#include <string>

#include "pos/core/clock.hpp"
#include "pos/programme/programme.hpp"
#include "sync/hub/adjustment.hpp"
#include "sync/hub/bucket_store.hpp"
#include "sync/hub/hub_keys.hpp"
#include "sync/hub/inbox_store.hpp"
#include "sync/hub/person_store.hpp"
#include "sync/hub/reservation_desk.hpp"
#include "sync/hub/right_store.hpp"
#include "sync/hub/sale_judge.hpp"
#include "sync/hub/sessions.hpp"
#include "sync/hub/till_store.hpp"
#include "sync/ledger/ledger.hpp"

namespace club::hub {

/// A pull that waits for something new.
struct Waiting {
  std::uint32_t till = 0;
  wire::PullRequest request;
  pos::core::Tick deadline;
};

/// What handle() gives: an answer now, or, with `waiting`, the answer for the moment when time is
/// up without news.
struct Reply {
  wire::Response response;
  std::optional<Waiting> waiting;
};

/// The club server without sockets and threads: calls are functions. One object, one thread at a
/// time, one file.
class Hub {
 public:
  enum class Purpose {
    serve,  ///< begins an epoch
    admin,  ///< commands beside a serving hub: leaves epochs and checkpoints to it
  };
  struct Options {
    std::string path;
    std::string vfs;  ///< empty: SQLite's default
    Purpose purpose = Purpose::serve;
  };
  template <class Value>
  using Result = pos::core::Expected<Value, pos::core::DbError>;

  /// Creates the file when there is none. Clock and chance must outlive the hub.
  [[nodiscard]] static Result<std::unique_ptr<Hub>> open(const Options& options,
                                                         const HubKeys& keys,
                                                         const pos::core::Clock& clock,
                                                         pos::core::Chance& chance);

  /// Answers one call; never throws, whatever the bytes. A waiting pull is asked again with
  /// resume() when news() has changed, and given `reply.response` when its deadline has passed.
  [[nodiscard]] Reply handle(const wire::Request& request, pos::core::Tick now);
  [[nodiscard]] std::optional<wire::Response> resume(const Waiting& waiting, pos::core::Tick now);
  /// Grows whenever something that a till could pull may have changed.
  [[nodiscard]] std::uint64_t news() const { return news_; }

  /// The apply worker's turn: at most `count` facts with everything that follows from them, in one
  /// commit. Gives the number of facts applied or parked; 0: the inbox is empty. Also renews the
  /// windows of effective dates and the tiers once a day and with every programme, and sees what
  /// admin commands wrote.
  [[nodiscard]] Result<std::size_t> run_once(std::size_t count = kAppliedPerCommit);
  static constexpr std::size_t kAppliedPerCommit = 1'000;

  /// The judging worker's turn, for when run_once() has nothing to do: at most `count` facts of
  /// those applied (sale_judge.hpp). Gives how many it passed; 0: none is left.
  [[nodiscard]] Result<std::size_t> judge_once(std::size_t count = kJudgedPerCommit);
  static constexpr std::size_t kJudgedPerCommit = 500;
  struct Judged {
    std::int64_t sales = 0;
    std::vector<SaleJudge::Finding> findings;
  };
  [[nodiscard]] Result<Judged> judged();

  /// A new till of a store and its one-time pairing code (10 symbols), good for ten minutes.
  struct NewTill {
    pos::domain::TillNumber till;
    std::string code;
  };
  [[nodiscard]] Result<NewTill> add_till(const pos::domain::StoreCode& store);

  /// What each till may still give without asking, and their sum in the worst case.
  [[nodiscard]] Result<std::vector<RightStore::Exposure>> exposure();
  /// What that till may give without asking is to come back, or with `recalled` false to be given
  /// again. Until its journal says so, the till may still give it. Fault::missing when there is no
  /// such till.
  [[nodiscard]] Result<void> recall(std::uint32_t till, bool recalled);
  /// This hub was restored, or took another's place, and may have forgotten what it gave: it issues
  /// no right and says yes to no sale until each of its tills was heard or is written off.
  [[nodiscard]] Result<void> await_tills();
  /// The tills that it waits for.
  [[nodiscard]] Result<std::vector<std::uint32_t>> awaited();
  /// For a till that is gone for good: its rights count no longer, what was kept for its sales is
  /// free, and what came back elsewhere of sales that it never delivered waits no longer. Should it
  /// come back, its facts are taken as ever. Gives what was left; Fault::missing when there is no
  /// such till.
  [[nodiscard]] Result<pos::domain::Money> write_off(std::uint32_t till);

  /// Rows of the club's stream; only those that differ from what is there are written. Gives how
  /// many were.
  [[nodiscard]] Result<std::size_t> put_club_rows(const std::vector<wire::RowBody>& rows);
  /// Puts a programme in force; every till is issued a right of its pool, in place of an earlier
  /// one.
  [[nodiscard]] Result<pos::domain::ProgrammeHash> publish(const std::string& document);
  [[nodiscard]] Result<std::optional<wire::RowBody>> club_row(const std::string& key);
  [[nodiscard]] Result<wire::ClubSettings> settings();
  /// Of the programme in force; nothing before the first one.
  [[nodiscard]] Result<std::optional<pos::programme::ClubRules>> club_rules();

  /// Members from a spreadsheet go through the inbox like every fact, as the hub's own. Gives how
  /// many were not known in exactly this form.
  struct ImportedMember {
    pos::domain::MemberFacts member;
    PersonRecord person;
    pos::domain::Points opening;
    std::optional<pos::domain::Day> opening_last;  ///< none: these points never expire
    bool class_told = true;  ///< else a member who is here already keeps the class
  };
  [[nodiscard]] Result<std::size_t> import_members(const std::vector<ImportedMember>& members);
  /// Blocks a lost card at every till, or gives it free again. Goes through the inbox, too.
  [[nodiscard]] Result<void> block_card(const ledger::KeyedHash& card, bool blocked);
  /// Closes an account into another one, whose balance its members share from then on.
  [[nodiscard]] Result<void> join_household(const ledger::AccountId& account,
                                            const ledger::AccountId& into);
  /// Gives a member points or stored value, or takes them; the books follow when the worker comes.
  /// The same adjustment is one on the same day, however often it is asked for: false when it is
  /// here already.
  [[nodiscard]] Result<bool> adjust(const Adjustment& adjustment);
  /// The account that a member has now, after all that closed; none: nobody has this identity.
  [[nodiscard]] Result<std::optional<ledger::AccountId>> account_of(ledger::IdentityKind kind,
                                                                    const ledger::KeyedHash& hash);
  /// Two members with one phone and different names, as long as nobody has decided; and accounts
  /// that are closed into others, by a merge or as a household.
  struct Pair {
    ledger::MemberId later;
    ledger::MemberId earlier;  ///< who holds the phone
    ledger::KeyedHash phone;
    std::optional<PersonRecord> later_person;
    std::optional<PersonRecord> earlier_person;
  };
  [[nodiscard]] Result<std::vector<Pair>> undecided_pairs();
  struct Merge {
    ledger::AccountId account;
    ledger::AccountId into;
    bool can_be_undone = true;  ///< false: the account it went into is closed, too
    struct Person {
      ledger::MemberId member;
      bool duplicate = false;
      std::optional<PersonRecord> person;
    };
    std::vector<Person> members;
  };
  [[nodiscard]] Result<std::vector<Merge>> merges();
  /// `later` is the same person as `earlier`, whose account both have from then on. False: they
  /// have one account already.
  [[nodiscard]] Result<bool> merge(const Pair& pair);
  [[nodiscard]] Result<void> keep_apart(const Pair& pair);
  /// The members of a closed account have it again, with what they brought and did meanwhile.
  [[nodiscard]] Result<void> separate(const ledger::AccountId& account);

  /// The member whose phone or card (keyed hash) this is.
  [[nodiscard]] Result<std::optional<ledger::Claim>> find_identity(ledger::IdentityKind kind,
                                                                   const ledger::KeyedHash& hash);

  /// Throws the ledger and the member rows away and makes them again from the inbox; every till
  /// will read them anew.
  [[nodiscard]] Result<std::size_t> rebuild();

  [[nodiscard]] const HubKeys& keys() const { return keys_; }
  [[nodiscard]] std::uint64_t epoch() const { return streams_.epoch(); }
  /// For reports and checks of the same thread; read-only by agreement.
  [[nodiscard]] pos::core::Database& database() { return db_; }

  /// Counters of the day and of the programme's row by which the members' rows were renewed.
  static constexpr std::string_view kRenewedDay = "renewed_day";
  static constexpr std::string_view kRenewedProgramme = "renewed_programme";

 private:
  Hub(pos::core::Database db, const HubKeys& keys, const pos::core::Clock& clock,
      pos::core::Chance& chance);

  void start(Purpose purpose);
  [[nodiscard]] Reply route(const wire::Request& request, pos::core::Tick now);
  [[nodiscard]] wire::Response on_register(const wire::Request& request);
  [[nodiscard]] wire::Response on_hello(const wire::Request& request);
  [[nodiscard]] wire::Response on_push(const wire::Request& request, const TillRecord& till);
  [[nodiscard]] Reply on_pull(const wire::Request& request, const TillRecord& till,
                              pos::core::Tick now);
  [[nodiscard]] wire::Response on_authorise(const wire::Request& request, const TillRecord& till);
  [[nodiscard]] wire::Response on_certify(const wire::Request& request, const TillRecord& till);
  [[nodiscard]] wire::Response on_receipt(const wire::Request& request);
  [[nodiscard]] wire::ReceiptAnswer receipt_of(const pos::domain::FactId& sale);
  [[nodiscard]] wire::PushAnswer accept(const wire::PushRequest& push, const TillRecord& till);
  struct Pool {
    pos::domain::Money amount;
    pos::domain::Money per_member;
  };
  [[nodiscard]] Pool pool_of(const TillRecord& till);
  void issue_right(const TillRecord& till);
  void issue_rights();
  [[nodiscard]] bool is_whole(std::uint32_t till, const RightStore::Record& held, const Pool& pool,
                              const std::optional<Place>& place);
  void hear(std::uint32_t till, const wire::JournalMark& sealed);
  /// The newest right, as long as it is not in the till's journal and the till was not told of it.
  [[nodiscard]] std::optional<wire::IssuedRight> offer(std::uint32_t till, std::uint64_t told);
  void refill(const std::vector<InboxRow>& applied);
  [[nodiscard]] std::optional<pos::programme::ClubRules> rules();

  void apply_fact(const InboxRow& row, bool may_wait);
  void apply_or_park(const InboxRow& row, bool may_wait = true);
  /// True: it is put aside, and leaves no trace but that.
  [[nodiscard]] bool waits_for_its_sale(const InboxRow& row, StreamNumber bucket,
                                        const ledger::AppliedFact& fact);
  [[nodiscard]] std::optional<pos::programme::SaleFact> sale_of(const ledger::AppliedFact& fact,
                                                                ledger::Origin& origin);
  void apply_what_waited(const InboxRow& row);
  void drain_messages(std::int64_t& drained);
  [[nodiscard]] bool take_up_foreign_commits();
  void renew_members();
  [[nodiscard]] bool members_are_renewed();
  void read_programme();
  /// Once a day: what has expired becomes facts of the hub's own journal.
  void expire_lots();
  [[nodiscard]] std::size_t apply_batch(std::size_t count);
  [[nodiscard]] Result<void> say(std::string_view kind, pos::core::Bytes body);
  void append_own_fact(const wire::FactFrame& fact);
  pos::core::Database db_;
  HubKeys keys_;
  const pos::core::Clock& clock_;
  pos::core::Chance& chance_;
  StreamStore streams_;
  BucketStore buckets_;
  InboxStore inbox_;
  TillStore tills_;
  RightStore rights_;
  PersonStore persons_;
  ReservationDesk reservations_;
  SaleJudge judge_;
  Sessions sessions_;
  std::optional<pos::programme::Programme> programme_;
  std::int64_t programme_seq_ = 0;  ///< of its row; 0: none
  std::uint64_t news_ = 1;
  std::int64_t data_version_ = 0;
};

}  // namespace club::hub
