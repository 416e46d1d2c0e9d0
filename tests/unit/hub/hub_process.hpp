#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include "pos/core/json/json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace tests::hub_process {

using tests::support::ScratchFolder;

inline const std::string kProgram = std::string(CLUBTILL_BIN_DIR) + "/clubhub";
inline const std::string kSample = std::string(CLUBTILL_SOURCE_DIR) + "/assets/sample-club/";

/// A clubhub, or another program, of its own process.
class Child {
 public:
  Child(const std::vector<std::string>& words, const std::string& out,
        const std::string& program = kProgram) {
    pid_ = ::fork();
    if (pid_ != 0) return;
    if (std::freopen(out.c_str(), "a", stdout) == nullptr) ::_exit(99);
    if (std::freopen((out + ".words").c_str(), "a", stderr) == nullptr) ::_exit(99);
    std::vector<char*> arguments{const_cast<char*>(program.c_str())};
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::execv(program.c_str(), arguments.data());
    ::_exit(98);
  }
  ~Child() {
    if (pid_ > 0) (void)stop(SIGKILL);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Exit code, or 128 + the signal that ended it.
  [[nodiscard]] int stop(int signal) {
    if (signal != 0) ::kill(pid_, signal);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t pid_ = -1;
};

struct Shop {
  int run(std::vector<std::string> words) {
    words.insert(words.end(), {"--database", database});
    return Child(words, folder.file("out")).stop(0);
  }
  std::string text(const std::string& name) {
    std::ifstream in(folder.file(name));
    std::stringstream all;
    all << in.rdbuf();
    return all.str();
  }
  std::string run_for(std::vector<std::string> words) {
    std::ofstream(folder.file("out")).close();
    CHECK(run(std::move(words)) == 0);
    return text("out");
  }
  void make() {
    REQUIRE(run({"init", "--name", "Rimon", "--languages", "he,fa,en"}) == 0);
    for (const std::string what : {"stores", "staff", "articles"}) {
      REQUIRE(run({"import", what, kSample + what + ".csv"}) == 0);
    }
    REQUIRE(run({"programme", "publish", kSample + "programme.json"}) == 0);
    REQUIRE(run({"import", "members", kSample + "members.csv"}) == 0);
  }
  std::unique_ptr<Child> serve() {
    const std::string port_file = folder.file("port");
    std::filesystem::remove(port_file);
    auto child = std::make_unique<Child>(
        std::vector<std::string>{"serve", "--database", database, "--listen", "127.0.0.1:0",
                                 "--port-file", port_file},
        folder.file("served"));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!std::filesystem::exists(port_file)) {
      REQUIRE(std::chrono::steady_clock::now() < end);
      std::this_thread::yield();
    }
    std::string port = text("port");
    port.pop_back();
    url = "http://127.0.0.1:" + port;
    return child;
  }

  ScratchFolder folder;
  std::string database = "sqlite:" + folder.file("hub.db");
  std::string url;
};

/// Of `till add --json`.
inline std::string code_of(const std::string& json) {
  return *pos::core::Json::parse(json.substr(0, json.find('\n')))->find("code")->text();
}

}  // namespace tests::hub_process
