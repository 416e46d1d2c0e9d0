#include "tests/support/fault_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace tests {

using Bytes = std::vector<std::uint8_t>;

namespace {

constexpr int kLockSlots = SQLITE_SHM_NLOCK;

/// A write or a truncation that was not synced.
struct Pending {
  std::size_t offset = 0;
  Bytes bytes;
  bool truncates = false;  ///< to `offset`
};

void put(Bytes& file, std::size_t offset, const std::uint8_t* bytes, std::size_t size) {
  if (file.size() < offset + size) file.resize(offset + size);
  std::copy(bytes, bytes + size, file.begin() + static_cast<std::ptrdiff_t>(offset));
}

void carry_out(Bytes& file, const Pending& pending) {
  if (!pending.truncates) {
    put(file, pending.offset, pending.bytes.data(), pending.bytes.size());
  } else if (pending.offset < file.size()) {
    file.resize(pending.offset);
  }
}

/// The index of a write-ahead log, shared by the connections of one life.
struct SharedIndex {
  std::vector<std::unique_ptr<std::vector<std::uint8_t>>> regions;
  std::array<int, kLockSlots> shared{};
  std::array<bool, kLockSlots> exclusive{};
};

}  // namespace

struct FaultVfs::File {
  Bytes now;
  Bytes durable;
  std::vector<Pending> pending;
  std::vector<Handle*> open;
  std::shared_ptr<SharedIndex> index;
};

struct FaultVfs::Handle {
  sqlite3_file base;
  FaultVfs* vfs = nullptr;
  std::shared_ptr<File> file;
  std::shared_ptr<SharedIndex> index;
  std::uint64_t life = 0;
  int lock = SQLITE_LOCK_NONE;
  std::array<bool, kLockSlots> shared{};
  std::array<bool, kLockSlots> exclusive{};
  std::string path;
  bool delete_on_close = false;
};

struct VfsCalls {
  using Handle = FaultVfs::Handle;
  using File = FaultVfs::File;

  /// SQLite gives raw memory of szOsFile bytes; the object in it is made in open() and destroyed in
  /// close().
  static Handle& handle(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
  static FaultVfs& self(sqlite3_vfs* vfs) { return *static_cast<FaultVfs*>(vfs->pAppData); }
  static bool alive(const Handle& handle) {
    return !handle.vfs->dead_ && handle.life == handle.vfs->life_;
  }
  static bool alive_for_write(Handle& handle) {
    return handle.life == handle.vfs->life_ && handle.vfs->alive_for_write();
  }

  static int close(sqlite3_file* raw) {
    Handle& it = handle(raw);
    auto& open = it.file->open;
    open.erase(std::remove(open.begin(), open.end(), &it), open.end());
    if (it.delete_on_close && alive(it)) it.vfs->files_.erase(it.path);
    it.~Handle();
    return SQLITE_OK;
  }
  static int read(sqlite3_file* raw, void* into, int size, sqlite3_int64 offset) {
    Handle& it = handle(raw);
    if (!alive(it)) return SQLITE_IOERR_READ;
    const auto from = static_cast<std::size_t>(offset);
    const auto wanted = static_cast<std::size_t>(size);
    const Bytes& bytes = it.file->now;
    const std::size_t there = from < bytes.size() ? std::min(wanted, bytes.size() - from) : 0;
    if (there > 0) std::memcpy(into, bytes.data() + from, there);
    if (there == wanted) return SQLITE_OK;
    std::memset(static_cast<std::uint8_t*>(into) + there, 0, wanted - there);
    return SQLITE_IOERR_SHORT_READ;
  }
  static int write(sqlite3_file* raw, const void* from, int size, sqlite3_int64 offset) {
    Handle& it = handle(raw);
    if (!alive_for_write(it)) return SQLITE_IOERR_WRITE;
    const auto* bytes = static_cast<const std::uint8_t*>(from);
    const auto at = static_cast<std::size_t>(offset);
    const auto count = static_cast<std::size_t>(size);
    if (it.vfs->full_ && at + count > it.file->now.size()) {
      ++it.vfs->refused_writes_;
      return SQLITE_FULL;
    }
    put(it.file->now, at, bytes, count);
    it.file->pending.push_back({at, Bytes(bytes, bytes + count), false});
    return SQLITE_OK;
  }
  static int truncate(sqlite3_file* raw, sqlite3_int64 size) {
    Handle& it = handle(raw);
    if (!alive_for_write(it)) return SQLITE_IOERR_TRUNCATE;
    const auto to = static_cast<std::size_t>(size);
    if (to < it.file->now.size()) it.file->now.resize(to);
    it.file->pending.push_back({to, {}, true});
    return SQLITE_OK;
  }
  static int sync(sqlite3_file* raw, int) {
    Handle& it = handle(raw);
    if (!alive_for_write(it)) return SQLITE_IOERR_FSYNC;
    if (it.vfs->failing_syncs_ > 0) {
      --it.vfs->failing_syncs_;
      ++it.vfs->failed_syncs_;
      // As on Linux: what could not be written counts as clean from now on. Programs read it until
      // the power goes; no later sync brings it to the disk.
      it.file->pending.clear();
      return SQLITE_IOERR_FSYNC;
    }
    for (const Pending& pending : it.file->pending) carry_out(it.file->durable, pending);
    it.file->pending.clear();
    return SQLITE_OK;
  }
  static int size(sqlite3_file* raw, sqlite3_int64* out) {
    Handle& it = handle(raw);
    if (!alive(it)) return SQLITE_IOERR_FSTAT;
    *out = static_cast<sqlite3_int64>(it.file->now.size());
    return SQLITE_OK;
  }
  static int lock(sqlite3_file* raw, int level) {
    Handle& it = handle(raw);
    if (!alive(it)) return SQLITE_IOERR_LOCK;
    if (it.lock >= level) return SQLITE_OK;
    for (const Handle* other : it.file->open) {
      if (other == &it || other->life != it.life) continue;
      const bool shared_blocked = level == SQLITE_LOCK_SHARED && other->lock >= SQLITE_LOCK_PENDING;
      const bool reserved_blocked =
          level == SQLITE_LOCK_RESERVED && other->lock >= SQLITE_LOCK_RESERVED;
      const bool exclusive_blocked =
          level == SQLITE_LOCK_EXCLUSIVE && other->lock >= SQLITE_LOCK_SHARED;
      if (shared_blocked || reserved_blocked || exclusive_blocked) return SQLITE_BUSY;
    }
    it.lock = level;
    return SQLITE_OK;
  }
  static int unlock(sqlite3_file* raw, int level) {
    Handle& it = handle(raw);
    it.lock = std::min(it.lock, level);
    return SQLITE_OK;
  }
  static int check_reserved(sqlite3_file* raw, int* out) {
    Handle& it = handle(raw);
    if (!alive(it)) return SQLITE_IOERR_CHECKRESERVEDLOCK;
    *out = 0;
    for (const Handle* other : it.file->open) {
      if (other->life == it.life && other->lock >= SQLITE_LOCK_RESERVED) *out = 1;
    }
    return SQLITE_OK;
  }
  static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
  static int sector(sqlite3_file*) { return 4096; }
  static int traits(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

  static int shm_map(sqlite3_file* raw, int region, int size, int extend, void volatile** out) {
    Handle& it = handle(raw);
    if (!alive(it)) return SQLITE_IOERR_SHMMAP;
    if (!it.file->index) it.file->index = std::make_shared<SharedIndex>();
    it.index = it.file->index;
    auto& regions = it.index->regions;
    const auto wanted = static_cast<std::size_t>(region);
    if (wanted >= regions.size() && extend == 0) {
      *out = nullptr;
      return SQLITE_OK;
    }
    while (regions.size() <= wanted) {
      regions.push_back(
          std::make_unique<std::vector<std::uint8_t>>(static_cast<std::size_t>(size)));
    }
    *out = regions[wanted]->data();
    return SQLITE_OK;
  }
  static void release(Handle& it, std::size_t slot) {
    if (it.shared[slot]) --it.index->shared[slot];
    if (it.exclusive[slot]) it.index->exclusive[slot] = false;
    it.shared[slot] = it.exclusive[slot] = false;
  }
  static int shm_lock(sqlite3_file* raw, int first, int count, int flags) {
    Handle& it = handle(raw);
    if (!alive(it) || !it.index) return SQLITE_IOERR_SHMLOCK;
    const auto from = static_cast<std::size_t>(first);
    const std::size_t to = from + static_cast<std::size_t>(count);
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
      for (std::size_t slot = from; slot < to; ++slot) release(it, slot);
      return SQLITE_OK;
    }
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    for (std::size_t slot = from; slot < to; ++slot) {
      const int others = it.index->shared[slot] - (it.shared[slot] ? 1 : 0);
      const bool taken = it.index->exclusive[slot] && !it.exclusive[slot];
      if (taken || (exclusive && others > 0)) return SQLITE_BUSY;
    }
    for (std::size_t slot = from; slot < to; ++slot) {
      if (exclusive) {
        it.exclusive[slot] = it.index->exclusive[slot] = true;
      } else if (!it.shared[slot]) {
        it.shared[slot] = true;
        ++it.index->shared[slot];
      }
    }
    return SQLITE_OK;
  }
  static void shm_barrier(sqlite3_file*) {}
  static int shm_unmap(sqlite3_file* raw, int remove) {
    Handle& it = handle(raw);
    if (!it.index) return SQLITE_OK;
    for (std::size_t slot = 0; slot < kLockSlots; ++slot) release(it, slot);
    const bool current = it.file->index == it.index;
    it.index.reset();
    if (remove != 0 && current && it.file->index.use_count() == 1) it.file->index.reset();
    return SQLITE_OK;
  }

  static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* raw, int flags, int* out);
  static int remove(sqlite3_vfs* vfs, const char* path, int) {
    FaultVfs& it = self(vfs);
    if (!it.alive_for_write()) return SQLITE_IOERR_DELETE;
    return it.files_.erase(path) > 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
  }
  static int access(sqlite3_vfs* vfs, const char* path, int, int* out) {
    FaultVfs& it = self(vfs);
    if (it.dead_) return SQLITE_IOERR_ACCESS;
    *out = it.files_.contains(path) ? 1 : 0;
    return SQLITE_OK;
  }
  static int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
    if (std::strlen(path) >= static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
    std::strcpy(out, path);
    return SQLITE_OK;
  }
  static int randomness(sqlite3_vfs* vfs, int size, char* out) {
    pos::core::SeededChance chance(++self(vfs).randomness_);
    Bytes bytes(static_cast<std::size_t>(size));
    chance.fill(bytes);
    std::memcpy(out, bytes.data(), bytes.size());
    return size;
  }
  static int sleep(sqlite3_vfs*, int micros) { return micros; }
  static int time(sqlite3_vfs*, sqlite3_int64* out) {
    *out = 212'000'000'000'000;
    return SQLITE_OK;
  }
  static int last_error(sqlite3_vfs*, int, char*) { return 0; }
};

namespace {

const sqlite3_io_methods& methods() {
  static const sqlite3_io_methods kMethods = {
      2,
      VfsCalls::close,
      VfsCalls::read,
      VfsCalls::write,
      VfsCalls::truncate,
      VfsCalls::sync,
      VfsCalls::size,
      VfsCalls::lock,
      VfsCalls::unlock,
      VfsCalls::check_reserved,
      VfsCalls::control,
      VfsCalls::sector,
      VfsCalls::traits,
      VfsCalls::shm_map,
      VfsCalls::shm_lock,
      VfsCalls::shm_barrier,
      VfsCalls::shm_unmap,
      nullptr,
      nullptr,
  };
  return kMethods;
}

}  // namespace

int VfsCalls::open(sqlite3_vfs* vfs, const char* path, sqlite3_file* raw, int flags, int* out) {
  raw->pMethods = nullptr;
  FaultVfs& it = self(vfs);
  if (it.dead_) return SQLITE_CANTOPEN;
  const std::string name = path != nullptr ? path : "temporary-" + std::to_string(++it.randomness_);
  auto found = it.files_.find(name);
  if (found == it.files_.end()) {
    if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    found = it.files_.emplace(name, std::make_shared<File>()).first;
  }
  auto* made = new (raw) Handle{};
  made->vfs = &it;
  made->file = found->second;
  made->life = it.life_;
  made->path = name;
  made->delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  made->file->open.push_back(made);
  made->base.pMethods = &methods();
  if (out != nullptr) *out = flags;
  return SQLITE_OK;
}

FaultVfs::FaultVfs(std::string name)
    : name_(std::move(name)), vfs_(std::make_unique<sqlite3_vfs>()) {
  std::memset(vfs_.get(), 0, sizeof(sqlite3_vfs));
  vfs_->iVersion = 2;
  vfs_->szOsFile = sizeof(Handle);
  vfs_->mxPathname = 512;
  vfs_->zName = name_.c_str();
  vfs_->pAppData = this;
  vfs_->xOpen = VfsCalls::open;
  vfs_->xDelete = VfsCalls::remove;
  vfs_->xAccess = VfsCalls::access;
  vfs_->xFullPathname = VfsCalls::full_path;
  vfs_->xRandomness = VfsCalls::randomness;
  vfs_->xSleep = VfsCalls::sleep;
  vfs_->xGetLastError = VfsCalls::last_error;
  vfs_->xCurrentTimeInt64 = VfsCalls::time;
  sqlite3_vfs_register(vfs_.get(), 0);
}

FaultVfs::~FaultVfs() { sqlite3_vfs_unregister(vfs_.get()); }

bool FaultVfs::alive_for_write() {
  if (dead_) return false;
  ++calls_;
  if (crash_at_ != 0 && calls_ >= crash_at_) {
    dead_ = true;
    crash_at_ = 0;
  }
  return !dead_;
}

void FaultVfs::restart(Unsynced unsynced, pos::core::Chance& chance) {
  constexpr std::size_t kTorn = 512;  // a disk writes sectors whole
  for (auto& [path, file] : files_) {
    Bytes bytes = file->durable;
    for (const Pending& pending : file->pending) {
      std::uint64_t fate = unsynced == Unsynced::keep ? 0 : 1;
      if (unsynced == Unsynced::mix) fate = chance.below(3);
      if (fate == 1) continue;
      if (fate == 0 || pending.truncates) {
        carry_out(bytes, pending);
        continue;
      }
      const std::size_t size = chance.below(pending.bytes.size() / kTorn + 1) * kTorn;
      put(bytes, pending.offset, pending.bytes.data(), size);
    }
    // Handles of the life that ended keep the old object; they are dead and only wait to be closed.
    auto fresh = std::make_shared<File>();
    fresh->now = fresh->durable = std::move(bytes);
    file = std::move(fresh);
  }
  ++life_;
  dead_ = full_ = false;
  crash_at_ = 0;
  failing_syncs_ = 0;
}

std::optional<Bytes> FaultVfs::read(const std::string& path) const {
  const auto found = files_.find(path);
  return found != files_.end() ? std::optional(found->second->now) : std::nullopt;
}

void FaultVfs::write(const std::string& path, Bytes bytes) {
  auto file = std::make_shared<File>();
  file->now = file->durable = std::move(bytes);
  files_[path] = std::move(file);
}

FaultVfs::Image FaultVfs::image() const {
  Image image;
  for (const auto& [path, file] : files_) image.emplace(path, file->now);
  return image;
}

void FaultVfs::restore(const Image& image) {
  files_.clear();
  for (const auto& [path, bytes] : image) write(path, bytes);
  ++life_;
  dead_ = full_ = false;
  crash_at_ = 0;
  failing_syncs_ = 0;
}

bool FaultVfs::flip_bit(const std::string& path, std::span<const std::uint8_t> bytes,
                        std::size_t bit) {
  const auto found = files_.find(path);
  if (found == files_.end()) return false;
  Bytes& now = found->second->now;
  const auto at = std::search(now.begin(), now.end(), bytes.begin(), bytes.end());
  if (at == now.end()) return false;
  const auto place = static_cast<std::size_t>(at - now.begin()) + bit / 8 % bytes.size();
  now[place] = static_cast<std::uint8_t>(now[place] ^ 1U << bit % 8);
  found->second->durable = now;
  found->second->pending.clear();
  return true;
}

std::vector<std::string> FaultVfs::paths() const {
  std::vector<std::string> paths;
  for (const auto& [path, file] : files_) paths.push_back(path);
  return paths;
}

void use_sqlite_in_one_thread() {
  sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

}  // namespace tests
