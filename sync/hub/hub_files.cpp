#include "sync/hub/hub_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>

namespace club::hub {

using pos::core::ExitCode;
using pos::core::fail;

pos::core::Instant MachineClock::now() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return pos::core::Instant::from_unix_ms(
      std::chrono::duration_cast<pos::core::Millis>(since).count());
}

pos::core::Tick MachineClock::tick() const {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return pos::core::Tick::from_us(std::chrono::duration_cast<pos::core::Micros>(since).count());
}

std::chrono::minutes MachineClock::utc_offset(pos::core::Instant at) const {
  const std::time_t seconds = at.unix_ms() / 1000;
  std::tm local{};
  localtime_r(&seconds, &local);
  return std::chrono::minutes(local.tm_gmtoff / 60);
}

CommandError to_command_error(const pos::core::DbError& error) {
  using Fault = pos::core::DbError::Fault;
  switch (error.fault) {
    case Fault::newer_schema:
      return {ExitCode::schema, error.detail};
    case Fault::damaged:
    case Fault::foreign:
      return {ExitCode::database_damaged, error.detail};
    case Fault::missing:
      return {ExitCode::configuration, error.detail};
    default:
      return {ExitCode::other, error.detail};
  }
}

Done<std::string> database_path(const std::string& database) {
  constexpr std::string_view kScheme = "sqlite:";
  if (!database.starts_with(kScheme) || database.size() == kScheme.size()) {
    return fail(CommandError{ExitCode::usage, "--database must be sqlite:PATH, not " + database});
  }
  return database.substr(kScheme.size());
}

namespace {

/// A new file of mode 0600, whole on the disk.
Done<void> write_secret(const std::string& file, const std::string& text) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return fail(CommandError{ExitCode::other, file + ": " + std::strerror(errno)});
  }
  const auto written = ::write(descriptor, text.data(), text.size());
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (written != static_cast<ssize_t>(text.size()) || !synced) {
    ::unlink(file.c_str());
    return fail(CommandError{ExitCode::other, file + ": the keys could not be written"});
  }
  return {};
}

Done<std::string> read_secret(const std::string& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) {
    return fail(CommandError{ExitCode::configuration,
                             file + " is missing; `clubhub init` makes a new club"});
  }
  if ((status.st_mode & 077) != 0) {
    return fail(CommandError{ExitCode::configuration,
                             file + " can be read by others; do: chmod 600 " + file});
  }
  return read_file(file, 16 * 1024);
}

}  // namespace

Done<void> write_keys(const std::string& path, const HubKeys& keys) {
  return write_secret(path + ".keys", keys.text());
}

Done<net::Certified> authority_of(const std::string& path) {
  constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
  const std::string file = path + ".authority";
  if (!std::filesystem::exists(file)) {
    const net::Certified made = net::make_authority(MachineClock().now());
    const auto written = write_secret(file, made.key + made.certificate);
    if (!written) return fail(written.error());
    return made;
  }
  const auto text = read_secret(file);
  if (!text) return fail(text.error());
  const std::size_t at = text->find(kBegin);
  if (at == std::string::npos) {
    return fail(CommandError{ExitCode::configuration, file + " holds no certificate"});
  }
  return net::Certified{text->substr(0, at), text->substr(at)};
}

Done<HubKeys> read_keys(const std::string& path) {
  const std::string file = path + ".keys";
  const auto text = read_secret(file);
  if (!text) return fail(text.error());
  auto keys = HubKeys::parse(*text);
  if (!keys) {
    return fail(CommandError{ExitCode::configuration,
                             file + ": " + keys.error().key + " " + keys.error().reason});
  }
  return std::move(*keys);
}

Done<ServeLock> ServeLock::take(const std::string& path) {
  const std::string file = path + ".lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return fail(CommandError{ExitCode::other, file + ": " + std::strerror(errno)});
  }
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  if (::fcntl(descriptor, F_SETLK, &lock) != 0) {
    ::close(descriptor);
    return fail(
        CommandError{ExitCode::already_running, "another clubhub serves " + path + " already"});
  }
  return ServeLock(descriptor);
}

ServeLock::ServeLock(ServeLock&& other) noexcept : descriptor_(other.descriptor_) {
  other.descriptor_ = -1;
}

ServeLock::~ServeLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Done<OpenedHub> open_hub(const std::string& database, Hub::Purpose purpose) {
  const auto path = database_path(database);
  if (!path) return fail(path.error());
  if (!std::filesystem::exists(*path)) {
    return fail(CommandError{
        ExitCode::configuration,
        *path + " does not exist; make a club with: clubhub init --database " + database});
  }
  const auto keys = read_keys(*path);
  if (!keys) return fail(keys.error());
  OpenedHub opened;
  opened.clock = std::make_unique<MachineClock>();
  opened.chance = std::make_unique<pos::core::SystemChance>();
  auto hub = Hub::open({*path, "", purpose}, *keys, *opened.clock, *opened.chance);
  if (!hub) {
    CommandError error = to_command_error(hub.error());
    error.words = *path + ": " + error.words;
    if (error.code == ExitCode::database_damaged) {
      error.words += "; keep this file, and put your last copy in its place";
    }
    return fail(std::move(error));
  }
  opened.hub = std::move(*hub);
  return opened;
}

Done<std::string> read_file(const std::string& path, std::size_t size_max) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(CommandError{ExitCode::configuration, path + " cannot be opened"});
  std::string text;
  std::string block(64 * 1024, '\0');
  while (in) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    text.append(block.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() > size_max) {
      return fail(CommandError{ExitCode::other,
                               path + " is larger than " + std::to_string(size_max) + " bytes"});
    }
  }
  return text;
}

}  // namespace club::hub
