#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pos/core/chance.hpp"

struct sqlite3_vfs;

namespace tests {

/// For a program of one thread, before its first database: SQLite then takes no locks of its own
/// and counts no memory.
void use_sqlite_in_one_thread();

/// A machine's disk in memory, registered with SQLite under a name. Writes that were not synced may
/// be lost at a power cut; any call may be the last one before it. One thread; outlives every
/// database opened on it.
class FaultVfs {
 public:
  explicit FaultVfs(std::string name);
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }

  /// The power goes before the n-th write, sync, truncation or deletion from now (1: the next one).
  void crash_before_call(std::uint64_t n) { crash_at_ = calls_ + n; }
  /// What was announced does not happen.
  void keep_power() { crash_at_ = 0; }
  /// The power goes now: whatever is still open fails from here on.
  void crash() { dead_ = true; }
  [[nodiscard]] bool crashed() const { return dead_; }
  [[nodiscard]] std::uint64_t calls() const { return calls_; }

  enum class Unsynced { keep, drop, mix };
  /// After a crash: what was open stays dead, files hold what was synced and, of the rest, all,
  /// nothing, or a random choice with torn writes. Ends every fault: no machine starts on a full
  /// disk.
  void restart(Unsynced unsynced, pos::core::Chance& chance);

  /// The next so many syncs fail, and what they should have written is lost with the power.
  void fail_syncs(int count) { failing_syncs_ = count; }
  [[nodiscard]] std::uint64_t failed_syncs() const { return failed_syncs_; }
  /// While on, no file may grow beyond its size.
  void set_full(bool full) { full_ = full; }
  [[nodiscard]] bool full() const { return full_; }
  [[nodiscard]] std::uint64_t refused_writes() const { return refused_writes_; }

  /// All files as they are read now: what a copying program takes away.
  using Image = std::map<std::string, std::vector<std::uint8_t>>;
  [[nodiscard]] Image image() const;
  /// The disk holds the image and nothing else; whatever was open is dead. Ends every fault.
  void restore(const Image& image);

  /// The bytes of a file as a program would read them; nothing when there is none.
  [[nodiscard]] std::optional<std::vector<std::uint8_t>> read(const std::string& path) const;
  /// Puts a file there, synced. Nothing may have it open.
  void write(const std::string& path, std::vector<std::uint8_t> bytes);
  void remove(const std::string& path) { files_.erase(path); }
  /// One bit of the first place that holds those bytes changes, as on a disk that rots. False when
  /// the file does not hold them in one piece. Nothing may have it open.
  bool flip_bit(const std::string& path, std::span<const std::uint8_t> bytes, std::size_t bit);
  [[nodiscard]] std::vector<std::string> paths() const;

  struct File;
  struct Handle;

 private:
  friend struct VfsCalls;
  /// False when the machine is dead or dies with this call.
  [[nodiscard]] bool alive_for_write();

  std::string name_;
  std::unique_ptr<sqlite3_vfs> vfs_;
  std::map<std::string, std::shared_ptr<File>> files_;
  std::uint64_t life_ = 1;  ///< handles of an earlier one are dead
  std::uint64_t calls_ = 0;
  std::uint64_t crash_at_ = 0;
  std::uint64_t randomness_ = 0;
  std::uint64_t failed_syncs_ = 0;
  std::uint64_t refused_writes_ = 0;
  int failing_syncs_ = 0;
  bool full_ = false;
  bool dead_ = false;
};

}  // namespace tests
