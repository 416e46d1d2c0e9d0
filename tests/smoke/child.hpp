#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "tests/smoke/sockets.hpp"

namespace tests::smoke {

/// A program that was started, with our ends of its standard input and output. Standard error goes
/// on into a file.
class Child {
 public:
  struct Files {
    std::string errors;
    std::vector<std::string> environment;  ///< "NAME=value", besides ours
  };
  /// Throws std::runtime_error when it cannot be started.
  Child(const std::vector<std::string>& words, const Files& files);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// False when it is gone.
  bool write_line(const std::string& line);
  /// What has come since the last call; never waits.
  [[nodiscard]] std::string read_some();
  [[nodiscard]] int output() const { return out_.get(); }

  void kill();               ///< SIGKILL, and waits
  [[nodiscard]] int stop();  ///< SIGTERM, waits; its exit code, or -1 when a signal ended it

 private:
  [[nodiscard]] int wait();
  pid_t pid_ = -1;
  Descriptor in_;
  Descriptor out_;
};

}  // namespace tests::smoke
