#pragma once

#include <cstdint>
#include <string>

#include "pos/core/bytes.hpp"
#include "pos/core/expected.hpp"

namespace pos::disk {

/// Trouble with a file that is no database.
struct FileError {
  enum class Kind {
    missing,
    exposed,  ///< a key file that others may read
    taken,    ///< another process holds the lock
    io,
    malformed,
  };
  Kind kind = Kind::io;
  std::string detail;
};

/// Keeps a second process away from one till's files for as long as it lives. The operating system
/// lets go of it when the process dies, however it dies.
class ProcessLock {
 public:
  /// Fails with taken when another process (or another object of this one) holds it.
  [[nodiscard]] static core::Expected<ProcessLock, FileError> take(const std::string& path);
  ProcessLock(ProcessLock&& other) noexcept;
  ProcessLock& operator=(ProcessLock&& other) noexcept;
  ~ProcessLock();

 private:
  explicit ProcessLock(int handle) : handle_(handle) {}
  int handle_ = -1;
};

/// Makes the folder (mode 0700) where it is missing, its parents too.
[[nodiscard]] core::Expected<void, FileError> make_private_folder(const std::string& path);

/// At most 1 MiB. Fails with exposed when group or others may read it.
[[nodiscard]] core::Expected<core::Bytes, FileError> read_private_file(const std::string& path);

/// Whole or not at all, mode 0600, on the disk when it returns.
[[nodiscard]] core::Expected<void, FileError> write_private_file(const std::string& path,
                                                                 core::BytesView bytes);

/// Moves a file and its SQLite companions (-wal, -shm) aside, to `path.<word>-<n>` with the first
/// free n. Gives the new path.
[[nodiscard]] core::Expected<std::string, FileError> set_aside(const std::string& path,
                                                               const std::string& word);

/// Room that is given back when the disk is full, so that sales go on.
class Ballast {
 public:
  virtual ~Ballast() = default;
  /// True when there was room to give. Any thread.
  virtual bool release() = 0;
};

/// A file of real bytes beside the databases.
class FileBallast final : public Ballast {
 public:
  static constexpr std::size_t kBytes = 8 * 1024 * 1024;  // about 4,000 sales

  explicit FileBallast(std::string path) : path_(std::move(path)) {}
  /// Writes the file where it is missing or short; false when there is no room for it.
  bool ensure();
  bool release() override;

 private:
  std::string path_;
};

}  // namespace pos::disk
