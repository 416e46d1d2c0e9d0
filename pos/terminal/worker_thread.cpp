#include "pos/terminal/worker_thread.hpp"

#include <pthread.h>
#include <csignal>

namespace pos::terminal {

WorkerThread::WorkerThread(std::function<core::Micros()> turn)
    : thread_([this, work = std::move(turn)] { run(work); }) {}

WorkerThread::~WorkerThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void WorkerThread::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

void WorkerThread::run(const std::function<core::Micros()>& turn) {
  // Signals belong to the main thread, which alone knows how to stop.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  for (;;) {
    const core::Micros rest = turn();
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, rest, [this] { return woken_ || stopping_; });
    woken_ = false;
    if (stopping_) return;
  }
}

}  // namespace pos::terminal
