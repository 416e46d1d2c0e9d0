#include "tests/smoke/child.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace tests::smoke {
namespace {

/// Everything that takes memory is ready before the fork.
std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> list;
  for (std::string& word : words) list.push_back(word.data());
  list.push_back(nullptr);
  return list;
}

[[noreturn]] void become(int in, int out, int errors, char* const* words,
                         char* const* environment) {
  ::dup2(in, 0);
  ::dup2(out, 1);
  ::dup2(errors, 2);
  ::execve(words[0], words, environment);
  ::_exit(127);
}

}  // namespace

Child::Child(const std::vector<std::string>& words, const Files& files) {
  int in[2] = {-1, -1};
  int out[2] = {-1, -1};
  if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe");
  }
  const Descriptor its_in(in[0]);
  in_ = Descriptor(in[1]);
  out_ = Descriptor(out[0]);
  const Descriptor its_out(out[1]);
  ::fcntl(out_.get(), F_SETFL, O_NONBLOCK);
  const Descriptor errors(
      ::open(files.errors.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  std::vector<std::string> own_words = words;
  std::vector<std::string> environment = files.environment;
  for (char** one = environ; *one != nullptr; ++one) environment.emplace_back(*one);
  const auto word_list = pointers(own_words);
  const auto environment_list = pointers(environment);
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("no new process");
  if (pid_ == 0) {
    become(its_in.get(), its_out.get(), errors.get(), word_list.data(), environment_list.data());
  }
}

Child::~Child() { kill(); }

bool Child::write_line(const std::string& line) {
  const std::string bytes = line + "\n";
  return ::write(in_.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
}

std::string Child::read_some() {
  std::string text;
  char block[4096];
  for (ssize_t size = 0; (size = ::read(out_.get(), block, sizeof block)) > 0;) {
    text.append(block, static_cast<std::size_t>(size));
  }
  return text;
}

int Child::wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void Child::kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  static_cast<void>(wait());
}

int Child::stop() {
  if (pid_ < 0) return -1;
  ::kill(pid_, SIGTERM);
  return wait();
}

}  // namespace tests::smoke
