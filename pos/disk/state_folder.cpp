#include "pos/disk/state_folder.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace pos::disk {
namespace {

constexpr std::size_t kPrivateFileMax = 1024 * 1024;

tl::unexpected<FileError> trouble(FileError::Kind kind, const std::string& path) {
  return core::fail(FileError{kind, fmt::format("{}: {}", path, std::strerror(errno))});
}

/// Closes on every way out.
class Handle {
 public:
  explicit Handle(int value) : value_(value) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] int release() { return std::exchange(value_, -1); }

 private:
  int value_;
};

bool write_all(int handle, core::BytesView bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = ::write(handle, bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    done += static_cast<std::size_t>(count);
  }
  return true;
}

bool sync_folder_of(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path();
  const Handle folder(
      ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.get() >= 0 && ::fsync(folder.get()) == 0;
}

}  // namespace

core::Expected<ProcessLock, FileError> ProcessLock::take(const std::string& path) {
  Handle handle(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (handle.get() < 0) return trouble(FileError::Kind::io, path);
  if (::flock(handle.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return trouble(FileError::Kind::io, path);
    return core::fail(FileError{FileError::Kind::taken, "another process uses " + path});
  }
  return ProcessLock(handle.release());
}

ProcessLock::ProcessLock(ProcessLock&& other) noexcept
    : handle_(std::exchange(other.handle_, -1)) {}

ProcessLock& ProcessLock::operator=(ProcessLock&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}

ProcessLock::~ProcessLock() {
  if (handle_ >= 0) ::close(handle_);
}

core::Expected<void, FileError> make_private_folder(const std::string& path) {
  std::error_code error;
  const auto parent = std::filesystem::path(path).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    return trouble(FileError::Kind::io, path);
  }
  return {};
}

core::Expected<core::Bytes, FileError> read_private_file(const std::string& path) {
  const Handle handle(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (handle.get() < 0) {
    return trouble(errno == ENOENT ? FileError::Kind::missing : FileError::Kind::io, path);
  }
  struct stat facts {};
  if (::fstat(handle.get(), &facts) != 0) return trouble(FileError::Kind::io, path);
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return core::fail(
        FileError{FileError::Kind::exposed, path + ": others may read this file; chmod 600 it"});
  }
  if (facts.st_size < 0 || static_cast<std::size_t>(facts.st_size) > kPrivateFileMax) {
    return core::fail(FileError{FileError::Kind::malformed, path + ": too large"});
  }
  core::Bytes bytes(static_cast<std::size_t>(facts.st_size));
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = ::read(handle.get(), bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return trouble(FileError::Kind::io, path);
    done += static_cast<std::size_t>(count);
  }
  return bytes;
}

core::Expected<void, FileError> write_private_file(const std::string& path, core::BytesView bytes) {
  const std::string fresh = path + ".new";
  {
    const Handle handle(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (handle.get() < 0) return trouble(FileError::Kind::io, fresh);
    if (::fchmod(handle.get(), 0600) != 0 || !write_all(handle.get(), bytes) ||
        ::fsync(handle.get()) != 0) {
      return trouble(FileError::Kind::io, fresh);
    }
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0 || !sync_folder_of(path)) {
    return trouble(FileError::Kind::io, path);
  }
  return {};
}

core::Expected<std::string, FileError> set_aside(const std::string& path, const std::string& word) {
  for (int n = 1; n < 1000; ++n) {
    const std::string aside = fmt::format("{}.{}-{}", path, word, n);
    if (::access(aside.c_str(), F_OK) == 0) continue;
    if (::rename(path.c_str(), aside.c_str()) != 0) return trouble(FileError::Kind::io, path);
    for (const char* companion : {"-wal", "-shm"}) {
      const bool moved = ::rename((path + companion).c_str(), (aside + companion).c_str()) == 0;
      if (!moved && errno != ENOENT) return trouble(FileError::Kind::io, path + companion);
    }
    return aside;
  }
  return core::fail(FileError{FileError::Kind::io, path + ": too many files set aside"});
}

bool FileBallast::ensure() {
  std::error_code error;
  if (std::filesystem::file_size(path_, error) == kBytes && !error) return true;
  // Not zeros: a file system that compresses would keep no room for them.
  core::Bytes bytes(kBytes);
  std::uint32_t word = 0x9E3779B9U;
  for (std::uint8_t& byte : bytes) {
    word = word * 1664525U + 1013904223U;
    byte = static_cast<std::uint8_t>(word >> 24);
  }
  if (write_private_file(path_, bytes)) return true;
  std::filesystem::remove(path_ + ".new", error);
  return false;
}

bool FileBallast::release() {
  std::error_code error;
  return std::filesystem::remove(path_, error) && !error;
}

}  // namespace pos::disk
