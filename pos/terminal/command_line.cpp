#include "pos/terminal/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

#include "pos/terminal/command_certificate.hpp"
#include "pos/terminal/command_certify.hpp"
#include "pos/terminal/command_decode.hpp"
#include "pos/terminal/command_devices.hpp"
#include "pos/terminal/command_journal.hpp"
#include "pos/terminal/command_pair.hpp"
#include "pos/terminal/command_programme.hpp"
#include "pos/terminal/command_quote.hpp"
#include "pos/terminal/command_replay.hpp"
#include "pos/terminal/command_report.hpp"
#include "pos/terminal/command_status.hpp"
#include "pos/terminal/config.hpp"
#include "pos/terminal/demo/command_demo.hpp"
#include "pos/terminal/headless_loop.hpp"
#include "pos/terminal/window_loop.hpp"

namespace pos::terminal {
namespace {

using core::ExitCode;

/// What every verb takes, and what the chosen one decided to do.
struct Line {
  std::string state;
  std::string config;
  bool json = false;
  bool headless = false;
  std::string url;
  std::string code;
  std::string uid;
  ReceiptForm form{false, {}, {}};
  std::size_t count = 20;
  std::string file;
  std::vector<std::string> examples;
  std::string language = "en";
  std::string country = "IL";
  DecodeOptions decode;
  ReplayOptions replay;
  ReportOptions report;
  CertificateOptions certificate;
  demo::DemoOptions demo;
  std::function<ExitCode()> verb;

  [[nodiscard]] std::optional<StatePaths> paths() const {
    auto paths = state_paths(state.empty() ? std::nullopt : std::optional(state));
    if (!paths) std::cerr << "No folder for the till's files: name one with --state DIR.\n";
    return paths;
  }
};

/// A verb that works on the till's files.
template <class Work>
std::function<ExitCode()> on_files(Line& line, Work work) {
  return [&line, work] {
    const auto paths = line.paths();
    return paths ? work(*paths) : ExitCode::configuration;
  };
}

/// Each verb's --help ends with one or two commands to copy.
CLI::App* add_words(CLI::App& app, const std::string& name, const std::string& about,
                    const std::string& examples) {
  CLI::App* verb = app.add_subcommand(name, about);
  verb->footer("Examples:\n" + examples);
  return verb;
}

/// A verb that works on the files of one till.
CLI::App* add_verb(CLI::App& app, Line& line, const std::string& name, const std::string& about,
                   const std::string& examples) {
  CLI::App* verb = add_words(app, name, about, examples);
  verb->add_option("--state", line.state, "folder of this till's files")->type_name("DIR");
  return verb;
}

/// What --config names; without it nothing is set. Nothing: it cannot be read, which is said.
std::optional<TillConfig> config_of(const Line& line) {
  if (line.config.empty()) return TillConfig{};
  auto config = load_config(line.config);
  if (config) return std::move(*config);
  std::cerr << config.error().sentence() << '\n';
  return std::nullopt;
}

ExitCode run_till(const Line& line, const StatePaths& paths) {
  auto config = config_of(line);
  if (!config) return ExitCode::configuration;
  Till::Settings settings;
  settings.paths = paths;
  settings.config = std::move(*config);
  if (const char* hold = std::getenv("CLUBTILL_HOLD_PRINT")) settings.hold_print_file = hold;
  if (const char* watch = std::getenv("CLUBTILL_STATE_WATCH")) settings.state_watch_file = watch;
  return line.headless ? run_headless(std::move(settings)) : run_window(std::move(settings));
}

void add_run(CLI::App& app, Line& line) {
  CLI::App* verb = add_verb(app, line, "run", "the till: window, devices, hub",
                            "  clubtill run\n  clubtill run --state till2 --config till2.toml");
  verb->add_option("--config", line.config, "settings of this till (TOML)")->type_name("FILE");
  verb->add_flag("--headless", line.headless, "no window: commands as lines on standard input");
  verb->callback([&line] {
    line.verb = on_files(line, [&line](const StatePaths& paths) { return run_till(line, paths); });
  });
}

ExitCode run_sample(Line& line) {
  if (!line.state.empty()) line.demo.folder = line.state;
  auto config = config_of(line);
  if (!config) return ExitCode::configuration;
  line.demo.config = std::move(*config);
  if (const auto language = domain::parse_language(line.language)) {
    line.demo.config.language = *language;
  }
  if (const char* watch = std::getenv("CLUBTILL_STATE_WATCH")) line.demo.state_watch_file = watch;
  return demo::run_demo(line.demo, std::cerr);
}

void add_demo(CLI::App& app, Line& line) {
  CLI::App* verb = add_verb(
      app, line, "demo", "a till of the sample club with 90 days of sales: no pairing, no network",
      "  clubtill demo\n  clubtill demo --profile anar-ir --language fa");
  line.demo.sheets = CLUBTILL_SAMPLE_DIR;
  verb->add_option("--profile", line.demo.profile, "rimon-il (shekel) or anar-ir (rial)")
      ->check(CLI::IsMember({"rimon-il", "anar-ir"}));
  verb->add_option("--language", line.language, "of the screen at the first start")
      ->check(CLI::IsMember({"en", "he", "fa"}));
  verb->add_option("--config", line.config, "settings of the till (TOML)")->type_name("FILE");
  verb->add_option("--sheets", line.demo.sheets, "folder of the sample club's sheets")
      ->type_name("DIR");
  verb->add_flag("--prepare", line.demo.prepare, "make the files, open no window");
  verb->callback([&line] { line.verb = [&line] { return run_sample(line); }; });
}

void add_pair(CLI::App& app, Line& line) {
  CLI::App* verb = add_verb(app, line, "pair", "register this till with a hub",
                            "  clubtill pair http://127.0.0.1:8137 7KQ2M9XD4T --state till1");
  verb->add_option("URL", line.url, "http://127.0.0.1:8137")->required();
  verb->add_option("CODE", line.code, "the one-time code of `clubhub till add`")->required();
  verb->callback([&line] {
    line.verb = on_files(line, [&line](const StatePaths& paths) {
      return pair_till(paths, line.url, line.code, std::cout, std::cerr);
    });
  });
}

void add_status(CLI::App& app, Line& line) {
  CLI::App* verb = add_verb(
      app, line, "status", "what was sealed, sent and received; what may be given out alone",
      "  clubtill status --state till1\n  clubtill status --json | jq .waiting");
  verb->add_flag("--json", line.json, "for programs");
  verb->callback([&line] {
    line.verb = on_files(line, [&line](const StatePaths& paths) {
      return till_status(paths, line.json, std::cout, std::cerr);
    });
  });
}

void add_certificate(CLI::App& app, Line& line) {
  CLI::App* verb = add_verb(
      app, line, "certificate",
      "the close of a day: what this till sealed beside what its hub holds, signed by both",
      "  clubtill certificate --state till1\n"
      "  clubtill certificate --day 2026-11-28 --json");
  verb->add_option("--day", line.certificate.day, "like 2026-11-28; today when left out")
      ->type_name("D");
  verb->add_option("--config", line.config, "settings of this till (TOML)")->type_name("FILE");
  verb->add_flag("--json", line.certificate.json, "for programs, in minor units");
  verb->callback([&line] {
    line.verb = on_files(line, [&line](const StatePaths& paths) {
      const auto config = config_of(line);
      if (!config) return ExitCode::configuration;
      line.certificate.hub_url = config->hub_url;
      return certificate(paths, line.certificate, std::cout, std::cerr);
    });
  });
}

void add_receipt(CLI::App& app, Line& line) {
  CLI::App* verb =
      add_verb(app, line, "receipt", "the slip of a sale of this till, printed again as a copy",
               "  clubtill receipt CT1:00112233445566778899AABBCCDDEEFF --text\n"
               "  clubtill receipt 00112233445566778899aabbccddeeff --png slip.png");
  verb->add_option("UID", line.uid, "receipt code or its 32 digits")->required();
  verb->add_flag("--text", line.form.text, "as lines of text (the default)");
  verb->add_option("--png", line.form.png_file, "as a picture")->type_name("FILE");
  verb->add_option("--escpos", line.form.escpos_file, "as bytes for the printer")
      ->type_name("FILE");
  verb->callback([&line] {
    if (line.form.png_file.empty() && line.form.escpos_file.empty()) line.form.text = true;
    line.verb = on_files(line, [&line](const StatePaths& paths) {
      return print_receipt(paths, line.uid, line.form, std::cout, std::cerr);
    });
  });
}

void add_journal(CLI::App& app, Line& line) {
  CLI::App* journal = app.add_subcommand("journal", "the till's sealed records");
  journal->require_subcommand(1);
  CLI::App* verify = add_verb(*journal, line, "verify",
                              "is every record as it was sealed? names the first that is not",
                              "  clubtill journal verify --state till1");
  verify->add_flag("--json", line.json, "for programs");
  verify->callback([&line] {
    line.verb = on_files(line, [&line](const StatePaths& paths) {
      return journal_verify(paths, line.json, std::cout, std::cerr);
    });
  });
  CLI::App* show =
      add_verb(*journal, line, "show", "the newest records", "  clubtill journal show --count 5");
  show->add_option("--count", line.count, "how many")->check(CLI::Range(1, 100'000));
  show->add_flag("--json", line.json, "for programs");
  show->callback([&line] {
    line.verb = on_files(line, [&line](const StatePaths& paths) {
      return journal_show(paths, line.count, line.json, std::cout, std::cerr);
    });
  });
  CLI::App* all = add_verb(*journal, line, "export", "every record as a JSON line",
                           "  clubtill journal export --state till1 > journal.jsonl");
  all->callback([&line] {
    line.verb = on_files(
        line, [](const StatePaths& paths) { return journal_export(paths, std::cout, std::cerr); });
  });
}

void add_quote(CLI::App& app, Line& line) {
  CLI::App* verb = add_words(app, "quote", "judge the basket on standard input; touches nothing",
                             "  clubtill quote --programme programme.json < request.json");
  verb->add_option("--programme", line.file, "the club's programme (JSON)")
      ->required()
      ->type_name("FILE");
  verb->callback([&line] {
    line.verb = [&line] { return run_quote(line.file, std::cin, std::cout, std::cerr); };
  });
}

void add_certify(CLI::App& programme, Line& line) {
  CLI::App* verb =
      add_words(programme, "certify", "does this build give what the worked examples say?",
                "  clubtill programme certify\n"
                "  clubtill programme certify tests/data/certified --json");
  verb->add_option("FILE", line.examples, "files or folders; without one, the built-in examples");
  verb->add_flag("--json", line.json, "for programs");
  verb->callback([&line] {
    line.verb = [&line] {
      return programme_certify(line.examples, line.json, std::cout, std::cerr);
    };
  });
}

void add_programme(CLI::App& app, Line& line) {
  CLI::App* programme = app.add_subcommand("programme", "look at a programme document");
  programme->require_subcommand(1);
  CLI::App* lint = add_words(*programme, "lint", "errors and warnings: place, reason, mend",
                             "  clubtill programme lint programme.json");
  lint->add_option("FILE", line.file)->required();
  lint->add_flag("--json", line.json, "for programs");
  lint->callback([&line] {
    line.verb = [&line] { return programme_lint(line.file, line.json, std::cout, std::cerr); };
  });
  CLI::App* explain = add_words(*programme, "explain", "the programme in a cashier's words",
                                "  clubtill programme explain programme.json --lang he");
  explain->add_option("FILE", line.file)->required();
  explain->add_option("--lang", line.language, "en, he or fa")
      ->check(CLI::IsMember({"en", "he", "fa"}));
  explain->callback([&line] {
    line.verb = [&line] {
      const auto language = domain::parse_language(line.language).value_or(domain::Language::en);
      return programme_explain(line.file, language, std::cout, std::cerr);
    };
  });
  add_certify(*programme, line);
}

void add_replay(CLI::App& app, Line& line) {
  CLI::App* verb = add_verb(
      app, line, "replay",
      "judge every recorded sale again under its own version of the programme: equal to the "
      "byte?\nWith --programme FILE: what the recorded baskets would have cost under that one",
      "  clubtill replay --state till1\n"
      "  clubtill replay --from 2026-11-01 --to 2026-11-30 --programme next-month.json\n"
      "  clubtill replay --prove --programme last-year.json");
  verb->add_option("--programme", line.replay.programme_files, "the programme to try out (JSON)")
      ->type_name("FILE")
      ->allow_extra_args(false);
  verb->add_flag("--prove", line.replay.prove,
                 "the files are versions that sales name and this till has no more")
      ->needs("--programme");
  verb->add_option("--from", line.replay.from, "first day, like 2026-11-01")->type_name("D");
  verb->add_option("--to", line.replay.to, "last day, it counts")->type_name("D");
  CLI::Option* json = verb->add_flag("--json", line.replay.json, "for programs, in minor units");
  verb->add_flag("--csv", line.replay.csv, "for a spreadsheet")->excludes(json);
  verb->callback([&line] {
    line.verb = on_files(line, [&line](const StatePaths& paths) {
      return replay(paths, line.replay, std::cout, std::cerr);
    });
  });
}

void add_report(CLI::App& app, Line& line) {
  CLI::App* verb = add_verb(app, line, "report",
                            "what the cashiers did with tasks and words for members: shown, done, "
                            "declined, left",
                            "  clubtill report --state till1\n"
                            "  clubtill report --from 2026-11-01 --to 2026-11-30 --csv");
  verb->add_option("--from", line.report.from, "first day, like 2026-11-01")->type_name("D");
  verb->add_option("--to", line.report.to, "last day, it counts")->type_name("D");
  CLI::Option* json = verb->add_flag("--json", line.report.json, "for programs, a line each");
  verb->add_flag("--csv", line.report.csv, "for a spreadsheet")->excludes(json);
  verb->callback([&line] {
    line.verb = on_files(line, [&line](const StatePaths& paths) {
      return report(paths, line.report, std::cout, std::cerr);
    });
  });
}

void add_decode(CLI::App& app, Line& line) {
  CLI::App* verb = add_words(app, "decode", "what the till makes of scans, pictures and typed text",
                             "  clubtill decode --kind image card.jpg\n"
                             "  echo 050-000-0001 | clubtill decode --kind phone --country IL");
  verb->add_option("--kind", line.decode.kind, "what the input is")
      ->required()
      ->check(CLI::IsMember(decode_kinds()));
  verb->add_option("--profile", line.decode.profile, "of scan: generic, stx-etx or no-suffix");
  verb->add_option("--country", line.country, "of phone numbers")
      ->check(CLI::IsMember({"IL", "IR"}));
  verb->add_option("FILE", line.decode.files, "standard input when left out or -");
  verb->callback([&line] {
    line.verb = [&line] {
      line.decode.country =
          line.country == "IR" ? domain::PhonePlan::iran : domain::PhonePlan::israel;
      return static_cast<ExitCode>(run_decode(line.decode, std::cin, std::cout, std::cerr));
    };
  });
}

void add_devices(CLI::App& app, Line& line) {
  CLI::App* devices = app.add_subcommand("devices", "what is plugged in to this till");
  devices->require_subcommand(1);
  CLI::App* list = add_words(*devices, "list", "the serial ports: path, USB number, description",
                             "  clubtill devices list\n  clubtill devices list --json");
  list->add_flag("--json", line.json, "for programs, a line each");
  list->callback([&line] {
    line.verb = [&line] {
      return list_devices(drivers::serial::list_ports(), line.json, std::cout, std::cerr);
    };
  });
}

}  // namespace

int run_command_line(int count, char** words) {
  CLI::App app{"Clubtill, the till of a customer club", "clubtill"};
  app.set_version_flag("--version", CLUBTILL_VERSION);
  app.footer(
      "Examples:\n  clubtill pair http://127.0.0.1:8137 7KQ2M9XD4T\n  clubtill run --config "
      "till.toml");
  app.require_subcommand(0, 1);
  Line line;
  add_run(app, line);
  add_demo(app, line);
  add_pair(app, line);
  add_status(app, line);
  add_certificate(app, line);
  add_receipt(app, line);
  add_journal(app, line);
  add_quote(app, line);
  add_programme(app, line);
  add_replay(app, line);
  add_report(app, line);
  add_decode(app, line);
  add_devices(app, line);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error, std::cout, std::cerr);
    return code == 0 ? 0 : static_cast<int>(ExitCode::usage);
  }
  if (!line.verb)
    line.verb = on_files(line, [&line](const StatePaths& paths) { return run_till(line, paths); });
  return static_cast<int>(line.verb());
}

}  // namespace pos::terminal
