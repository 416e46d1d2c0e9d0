#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "sync/hub/hub_files.hpp"

namespace club::hub {

/// Every command of clubhub as a function: data to `out`, words to `err`, the exit code back.
struct Streams {
  std::ostream& out;
  std::ostream& err;
};

struct InitOptions {
  std::string name = "Club";
  std::string country = "IL";
  std::string currency;                ///< empty: the country's
  std::vector<std::string> languages;  ///< empty: en
  std::string slip_language;           ///< empty: the first language
  std::vector<std::string> cards;      ///< "20:13" prefix and length; empty: the usual ranges
};

struct ServeOptions {
  std::string listen = "127.0.0.1:8137";
  std::string port_file;
  bool tls = false;                ///< also on a loopback address; elsewhere always
  std::vector<std::string> hosts;  ///< by which tills call it, besides the address it listens on
};

struct LedgerOptions {
  std::string account;
  std::string member;
  std::uint32_t till = 0;
  bool adjustments = false;
  bool parked = false;
  bool json = false;
};

struct AdjustOptions {
  std::string who;     ///< phone or card
  std::string points;  ///< "-50"; empty: `value` says it
  std::string value;   ///< "12.90", in the club's currency
  std::string last;    ///< a day; empty: what is given never expires
  std::string reason;
  std::string by;
  std::string reference;  ///< may be empty
};

struct MergeListOptions {
  bool names = false;
  bool json = false;
};

struct ReportOptions {
  std::string from;
  std::string to;
};

using pos::core::ExitCode;

[[nodiscard]] ExitCode init_command(const std::string& database, const InitOptions& options,
                                    Streams streams);
[[nodiscard]] ExitCode serve_command(const std::string& database, const ServeOptions& options,
                                     Streams streams);
[[nodiscard]] ExitCode import_command(const std::string& database, const std::string& what,
                                      const std::string& file, Streams streams);
[[nodiscard]] ExitCode publish_command(const std::string& database, const std::string& file,
                                       Streams streams);
[[nodiscard]] ExitCode till_add_command(const std::string& database, const std::string& store,
                                        bool json, Streams streams);
/// A dead till's rights count no longer.
[[nodiscard]] ExitCode write_off_command(const std::string& database, std::uint32_t till,
                                         Streams streams);
/// This database was put back from a copy: it waits for its tills.
[[nodiscard]] ExitCode restored_command(const std::string& database, Streams streams);
/// A till is to hand back what it may give without asking; not `recalled`: it is to have it again.
[[nodiscard]] ExitCode recall_command(const std::string& database, std::uint32_t till,
                                      bool recalled, Streams streams);
/// What arrived, what waits, and what the tills can still give without asking.
[[nodiscard]] ExitCode status_command(const std::string& database, bool json, Streams streams);
/// `card` as it is printed on the card; it is not written anywhere.
[[nodiscard]] ExitCode card_command(const std::string& database, const std::string& card,
                                    bool blocked, Streams streams);
/// `people` are phones or cards; the account of the first takes in those of the others.
[[nodiscard]] ExitCode household_command(const std::string& database,
                                         const std::vector<std::string>& people, Streams streams);
/// Gives a member points or stored value, or takes them, with a reason and a name.
[[nodiscard]] ExitCode adjust_command(const std::string& database, const AdjustOptions& options,
                                      Streams streams);
/// Pairs with one phone and two names that nobody has decided, and what is merged.
[[nodiscard]] ExitCode merge_list_command(const std::string& database,
                                          const MergeListOptions& options, Streams streams);
/// `member` is the later one of an undecided pair, in hexadecimal.
[[nodiscard]] ExitCode merge_decide_command(const std::string& database, const std::string& member,
                                            bool same_person, Streams streams);
/// A member whose account was closed into another one has it again.
[[nodiscard]] ExitCode merge_undo_command(const std::string& database, const std::string& member,
                                          Streams streams);
[[nodiscard]] ExitCode ledger_command(const std::string& database, const LedgerOptions& options,
                                      Streams streams);
[[nodiscard]] ExitCode orders_command(const std::string& database, const ReportOptions& options,
                                      Streams streams);
/// What cashiers did with tasks and words for members, by store, cashier and benefit.
[[nodiscard]] ExitCode tasks_command(const std::string& database, const ReportOptions& options,
                                     Streams streams);
/// What is given of each budget of the programme, as far as headquarters has heard.
[[nodiscard]] ExitCode budgets_command(const std::string& database, Streams streams);
[[nodiscard]] ExitCode export_command(const std::string& database, Streams streams);
[[nodiscard]] ExitCode audit_command(const std::string& database, bool json, Streams streams);

/// Each item on a line: as JSON, or its keys and values for people.
void print_lines(const pos::core::Json& list, bool json, std::ostream& out);

/// Writes the words to `err` and gives the code.
[[nodiscard]] ExitCode give_up(const CommandError& error, Streams streams);

/// The whole program: parses the command line and runs one command.
[[nodiscard]] int run_clubhub(int count, char** words);

}  // namespace club::hub
