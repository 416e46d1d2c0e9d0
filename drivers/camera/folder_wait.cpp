#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>

#include "drivers/camera/picture_folder.hpp"

namespace drivers::camera {

namespace {

class InotifyWait final : public FolderWait {
 public:
  explicit InotifyWait(const std::filesystem::path& folder)
      : changes_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
        call_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (changes_ >= 0 && !folder.empty()) {
      ::inotify_add_watch(changes_, folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE);
    }
  }
  InotifyWait(const InotifyWait&) = delete;
  InotifyWait& operator=(const InotifyWait&) = delete;
  ~InotifyWait() override {
    if (changes_ >= 0) ::close(changes_);
    if (call_ >= 0) ::close(call_);
  }

  bool wait(pos::core::Millis wait_max) override {
    // A handle below zero is left out by poll(), and then time alone brings the next look.
    std::array<pollfd, 2> entries = {pollfd{changes_, POLLIN, 0}, pollfd{call_, POLLIN, 0}};
    const int ready = ::poll(entries.data(), entries.size(), static_cast<int>(wait_max.count()));
    for (const pollfd& entry : entries) {
      std::array<char, 4096> rest{};
      if ((entry.revents & POLLIN) == 0) continue;
      while (::read(entry.fd, rest.data(), rest.size()) == static_cast<ssize_t>(rest.size())) {
      }
    }
    return ready > 0;
  }

  void wake() override {
    const std::uint64_t one = 1;
    // A full counter is as good as a call: the reader has one waiting.
    [[maybe_unused]] const ssize_t written = ::write(call_, &one, sizeof one);
  }

 private:
  int changes_;
  int call_;
};

}  // namespace

std::unique_ptr<FolderWait> watch_folder(const std::filesystem::path& folder) {
  return std::make_unique<InotifyWait>(folder);
}

}  // namespace drivers::camera
