#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "sync/hub/commands.hpp"

namespace club::hub {
namespace {

constexpr const char* kFooter = R"(Examples:
  clubhub init --database sqlite:club/hub.db --name "My Club" --country IL --languages en,he
  clubhub import stores stores.csv --database sqlite:club/hub.db
  clubhub programme publish programme.json --database sqlite:club/hub.db
  clubhub till add --store main --database sqlite:club/hub.db
  clubhub serve --database sqlite:club/hub.db --listen 127.0.0.1:8137

Exit codes: 0 ok, 1 other, 2 usage, 10 configuration, 12 schema, 13 database damaged,
18 already running. Data goes to standard output, words to standard error.)";

std::string default_database() {
  const char* home = std::getenv("HOME");
  return "sqlite:" + std::string(home != nullptr ? home : ".") + "/.local/state/clubhub/hub.db";
}

/// Holds what the options write to, and what is to be run.
struct CommandLine {
  CLI::App app{"clubhub: the server of a customer club"};
  std::string database;
  std::string state;
  InitOptions init;
  ServeOptions serve;
  LedgerOptions ledger;
  ReportOptions report;
  AdjustOptions adjust;
  MergeListOptions merges;
  std::string member;
  std::string file;
  std::string store;
  std::string card;
  std::uint32_t till_number = 0;
  std::vector<std::string> people;
  bool json = false;
  bool orders = false;
  bool tasks = false;
  bool again = false;
  bool budgets = false;
  std::function<ExitCode(const std::string&, Streams)> run;

  /// Its --help ends with a command to copy.
  CLI::App* verb(CLI::App& parent, const std::string& name, const std::string& words,
                 const std::string& example) {
    CLI::App* sub = parent.add_subcommand(name, words);
    sub->footer("Example:\n  clubhub " + example);
    sub->add_option("--database", database, "sqlite:PATH (default: hub.db in --state)");
    sub->add_option("--state", state, "folder of the hub's files");
    return sub;
  }

  void add_club_verbs();
  void add_till_verbs();
  void add_card_verbs();
  void add_member_verbs();
  void add_merge_verbs();
  void add_import_verbs();
  void add_read_verbs();
  [[nodiscard]] std::string where() const {
    if (!database.empty()) return database;
    return state.empty() ? default_database() : "sqlite:" + state + "/hub.db";
  }
};

void CommandLine::add_club_verbs() {
  CLI::App* make = verb(app, "init", "make a new club: its database, keys and settings",
                        "init --name \"My Club\" --country IL --languages en,he --cards 20:13");
  make->add_option("--name", init.name, "of the club");
  make->add_option("--country", init.country, "IL or IR: phone numbers, currency, week");
  make->add_option("--currency", init.currency, "three letters");
  make->add_option("--languages", init.languages, "of the screens: en,he,fa")->delimiter(',');
  make->add_option("--slip-language", init.slip_language, "of the printed slip");
  make->add_option("--cards", init.cards, "card numbers by PREFIX:LENGTH; may be repeated")
      ->delimiter(',');
  make->callback([this] {
    run = [this](const std::string& db, Streams streams) {
      return init_command(db, init, streams);
    };
  });

  CLI::App* server =
      verb(app, "serve", "answer the tills until SIGTERM", "serve --listen 127.0.0.1:8137");
  server->add_option("--listen", serve.listen,
                     "ADDR:PORT; beyond loopback always TLS; port 0 takes a free one");
  server->add_flag("--tls", serve.tls, "TLS on a loopback address, too");
  server->add_option("--host", serve.hosts,
                     "name or address by which tills call it; may be repeated");
  server->add_option("--port-file", serve.port_file, "where to write the port");
  server->callback([this] {
    run = [this](const std::string& db, Streams streams) {
      return serve_command(db, serve, streams);
    };
  });

  CLI::App* restored =
      verb(app, "restored", "this database was put back from a copy: wait for every till to call",
           "restored --database sqlite:club/hub.db");
  restored->callback([this] {
    run = [](const std::string& db, Streams streams) { return restored_command(db, streams); };
  });

  CLI::App* programme = app.add_subcommand("programme", "the club's programme");
  programme->require_subcommand(1);
  CLI::App* publish = verb(*programme, "publish", "lint a programme and put it in force",
                           "programme publish programme.json");
  publish->add_option("FILE", file, "the document")->required();
  publish->callback([this] {
    run = [this](const std::string& db, Streams streams) {
      return publish_command(db, file, streams);
    };
  });
}

void CommandLine::add_till_verbs() {
  CLI::App* till = app.add_subcommand("till", "the club's tills");
  till->require_subcommand(1);
  CLI::App* add =
      verb(*till, "add", "a new till; prints its one-time pairing code", "till add --store main");
  add->add_option("--store", store, "code of its store")->required();
  add->add_flag("--json", json, "one line of JSON");
  add->callback([this] {
    run = [this](const std::string& db, Streams streams) {
      return till_add_command(db, store, json, streams);
    };
  });
  CLI::App* back = verb(*till, "recall", "a till is to hand back what it may give without asking",
                        "till recall 3");
  back->add_option("NUMBER", till_number, "of the till")->required();
  back->add_flag("--undo", again, "it may have its right again");
  back->callback([this] {
    run = [this](const std::string& db, Streams streams) {
      return recall_command(db, till_number, !again, streams);
    };
  });
  CLI::App* dead =
      verb(*till, "write-off", "a till that is gone for good: its rights end", "till write-off 3");
  dead->add_option("NUMBER", till_number, "of the till")->required();
  dead->callback([this] {
    run = [this](const std::string& db, Streams streams) {
      return write_off_command(db, till_number, streams);
    };
  });
}

void CommandLine::add_card_verbs() {
  CLI::App* cards = app.add_subcommand("card", "lost cards");
  cards->require_subcommand(1);
  for (const bool blocked : {true, false}) {
    const std::string name = blocked ? "block" : "unblock";
    CLI::App* sub =
        verb(*cards, name, blocked ? "every till refuses it and says so" : "it may be used again",
             "card " + name + " 2080000000017");
    sub->add_option("NUMBER", card, "as printed on the card")->required();
    sub->callback([this, blocked] {
      run = [this, blocked](const std::string& db, Streams streams) {
        return card_command(db, card, blocked, streams);
      };
    });
  }
}

void CommandLine::add_member_verbs() {
  CLI::App* sub = verb(app, "household", "members who share one balance",
                       "household 050-000-0007 050-000-0008");
  sub->add_option("PEOPLE", people, "phone or card of each; the first one's account stays")
      ->required()
      ->expected(2, 20);
  sub->callback([this] {
    run = [this](const std::string& db, Streams streams) {
      return household_command(db, people, streams);
    };
  });

  CLI::App* change = verb(app, "adjust", "give a member points or stored value, or take them",
                          "adjust 050-000-0007 --points -50 --reason \"Counted twice\" --by Dana");
  change->add_option("WHO", adjust.who, "phone or card")->required();
  change->add_option("--points", adjust.points, "so many points; with a minus they are taken");
  change->add_option("--value", adjust.value, "so much stored value, like 12.90 or -12.90");
  change->add_option("--last", adjust.last,
                     "last day of what is given; otherwise it never expires");
  change->add_option("--reason", adjust.reason, "why")->required();
  change->add_option("--by", adjust.by, "name of who decided it")->required();
  change->add_option("--reference", adjust.reference, "of a letter or call; makes it another one");
  change->callback([this] {
    run = [this](const std::string& db, Streams streams) {
      return adjust_command(db, adjust, streams);
    };
  });
}

void CommandLine::add_merge_verbs() {
  CLI::App* merge = app.add_subcommand("merge", "members who may be, or are, one person");
  merge->require_subcommand(1);
  CLI::App* list = verb(*merge, "list", "pairs with one phone and two names, and what is merged",
                        "merge list --names");
  list->add_flag("--names", merges.names, "with the names of these members");
  list->add_flag("--json", merges.json, "a line of JSON each");
  list->callback([this] {
    run = [this](const std::string& db, Streams streams) {
      return merge_list_command(db, merges, streams);
    };
  });
  const std::string example = " 0123456789abcdef0123456789abcdef";
  for (const bool same : {true, false}) {
    const std::string name = same ? "accept" : "refuse";
    CLI::App* decide = verb(*merge, name,
                            same ? "this member and who had the phone first are one person"
                                 : "they are two people, whatever their phone",
                            "merge " + name + example);
    decide->add_option("MEMBER", member, "as merge list shows it")->required();
    decide->callback([this, same] {
      run = [this, same](const std::string& db, Streams streams) {
        return merge_decide_command(db, member, same, streams);
      };
    });
  }
  CLI::App* undo =
      verb(*merge, "undo", "this member has an account apart again", "merge undo" + example);
  undo->add_option("MEMBER", member, "as merge list shows it")->required();
  undo->callback([this] {
    run = [this](const std::string& db, Streams streams) {
      return merge_undo_command(db, member, streams);
    };
  });
}

void CommandLine::add_import_verbs() {
  CLI::App* import = app.add_subcommand("import", "take over spreadsheets (CSV)");
  import->require_subcommand(1);
  const std::pair<const char*, const char*> kinds[] = {
      {"stores", "columns: code, name_en, name_he, name_fa, region"},
      {"staff",
       "columns: code, name_en, name_he, name_fa, role (cashier or manager), card (her own)"},
      {"articles",
       "columns: code, name_en, name_he, name_fa, price, vat_percent, category, demand, earns"},
      {"members",
       "columns: phone, first_name, last_name, card, class, tier, points, points_last, language,"
       " birthday, joined, marketing, household, visits, spend, referrals, subscription_end"}};
  for (const auto& [name, words] : kinds) {
    const std::string what = name;
    CLI::App* kind = verb(*import, name, words, "import " + what + " " + what + ".csv");
    kind->add_option("FILE", file, "CSV; UTF-8, UTF-16, CP1255 or CP1256")->required();
    kind->callback([this, what] {
      run = [this, what](const std::string& db, Streams streams) {
        return import_command(db, what, file, streams);
      };
    });
  }
}

void CommandLine::add_read_verbs() {
  CLI::App* books = app.add_subcommand("ledger", "the double-entry books");
  books->require_subcommand(1);
  CLI::App* show = verb(*books, "show", "totals, or the postings of an account, member or till",
                        "ledger show --till 1 --json");
  show->add_option("--account", ledger.account, "32 hexadecimal digits");
  show->add_option("--member", ledger.member, "32 hexadecimal digits");
  show->add_option("--till", ledger.till, "number");
  show->add_flag("--adjustments", ledger.adjustments,
                 "what headquarters gave and took, with reason and name");
  show->add_flag("--parked", ledger.parked,
                 "records that are in no books: damaged, or of a kind that is not known here");
  show->add_flag("--json", ledger.json, "a line of JSON each");
  show->callback([this] {
    run = [this](const std::string& db, Streams streams) {
      return ledger_command(db, ledger, streams);
    };
  });

  CLI::App* table = verb(app, "report", "tables for the owner, as CSV",
                         "report --orders --from 2026-11-01 > orders.csv");
  CLI::App* choice = table->add_option_group("table");
  choice->add_flag("--orders", orders, "every sale and return");
  choice->add_flag("--tasks", tasks, "what cashiers did with tasks and words for members");
  choice->add_flag("--budgets", budgets, "what is given of each budget of the programme");
  choice->require_option(1);
  table->add_option("--from", report.from, "first day, like 2026-11-01");
  table->add_option("--to", report.to, "last day");
  table->callback([this] {
    if (!orders && !tasks && !budgets) {
      throw CLI::RequiredError("--orders, --tasks or --budgets");
    }
    run = [this](const std::string& db, Streams streams) {
      if (budgets) return budgets_command(db, streams);
      return tasks ? tasks_command(db, report, streams) : orders_command(db, report, streams);
    };
  });

  CLI::App* check = verb(app, "audit", "check every law of the ledger; exit code 1 when one breaks",
                         "audit --json");
  check->add_flag("--json", json, "a line of JSON each");
  check->callback([this] {
    run = [this](const std::string& db, Streams streams) {
      return audit_command(db, json, streams);
    };
  });

  CLI::App* figures =
      verb(app, "status", "what arrived, what waits, and what tills can still give without asking",
           "status --json");
  figures->add_flag("--json", json, "one line of JSON");
  figures->callback([this] {
    run = [this](const std::string& db, Streams streams) {
      return status_command(db, json, streams);
    };
  });

  CLI::App* facts = verb(app, "export", "applied facts, balances and postings, as lines of JSON",
                         "export > books.jsonl");
  facts->add_flag("--json", json, "lines of JSON (as always)");
  facts->callback([this] {
    run = [](const std::string& db, Streams streams) { return export_command(db, streams); };
  });
}

}  // namespace

int run_clubhub(int count, char** words) {
  CommandLine line;
  line.app.require_subcommand(0, 1);
  line.app.footer(kFooter);
  line.add_club_verbs();
  line.add_till_verbs();
  line.add_card_verbs();
  line.add_member_verbs();
  line.add_merge_verbs();
  line.add_import_verbs();
  line.add_read_verbs();
  try {
    line.app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    const int code = line.app.exit(error, std::cout, std::cerr);
    return code == 0 ? 0 : static_cast<int>(ExitCode::usage);
  }
  if (!line.run) {
    std::cerr << "What is to be done? clubhub --help lists the verbs.\n";
    return static_cast<int>(ExitCode::usage);
  }
  return static_cast<int>(line.run(line.where(), {std::cout, std::cerr}));
}

}  // namespace club::hub
