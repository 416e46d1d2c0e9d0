#include "pos/terminal/signal_watch.hpp"

#include <pthread.h>

#include <csignal>

namespace pos::terminal {
namespace {

sigset_t watched() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

SignalWatch::SignalWatch(std::function<void()> stop) : stop_(std::move(stop)) {
  std::signal(SIGPIPE, SIG_IGN);
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::thread([this, set] {
    int signal = 0;
    sigwait(&set, &signal);
    if (!ending_) stop_();
  });
}

SignalWatch::~SignalWatch() {
  ending_ = true;
  pthread_kill(thread_.native_handle(), SIGTERM);  // harmless when it has already woken
  thread_.join();
}

}  // namespace pos::terminal
