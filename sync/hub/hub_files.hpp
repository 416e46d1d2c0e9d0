#pragma once

#include <memory>
#include <string>

#include "pos/core/clock.hpp"
#include "pos/core/exit_code.hpp"
#include "sync/hub/hub.hpp"
#include "sync/net/tls_certificate.hpp"

namespace club::hub {

/// The machine's clocks.
class MachineClock final : public pos::core::Clock {
 public:
  [[nodiscard]] pos::core::Instant now() const override;
  [[nodiscard]] pos::core::Tick tick() const override;
  [[nodiscard]] std::chrono::minutes utc_offset(pos::core::Instant at) const override;
};

/// Why a command ends, for people, with the exit code of the contract.
struct CommandError {
  pos::core::ExitCode code = pos::core::ExitCode::other;
  std::string words;
};
/// The command line is wrong.
[[nodiscard]] inline CommandError usage(std::string words) {
  return {pos::core::ExitCode::usage, std::move(words)};
}
template <class Value>
using Done = pos::core::Expected<Value, CommandError>;

[[nodiscard]] CommandError to_command_error(const pos::core::DbError& error);

/// "sqlite:/var/lib/clubhub/hub.db" -> the path.
[[nodiscard]] Done<std::string> database_path(const std::string& database);

/// Keys beside the database: "<path>.keys", mode 0600.
[[nodiscard]] Done<void> write_keys(const std::string& path, const HubKeys& keys);
[[nodiscard]] Done<HubKeys> read_keys(const std::string& path);

/// The club's authority for TLS beside the database: "<path>.authority", mode 0600. Made when it is
/// first asked for, and kept: every till that was paired over TLS knows it.
[[nodiscard]] Done<net::Certified> authority_of(const std::string& path);

/// Held by the one serving hub of a database, as long as the object lives.
class ServeLock {
 public:
  /// Fails with already_running.
  [[nodiscard]] static Done<ServeLock> take(const std::string& path);
  ServeLock(ServeLock&& other) noexcept;
  ServeLock& operator=(ServeLock&&) = delete;
  ~ServeLock();

 private:
  explicit ServeLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

/// An opened club: its hub, and what the hub stands on.
struct OpenedHub {
  std::unique_ptr<MachineClock> clock;
  std::unique_ptr<pos::core::SystemChance> chance;
  std::unique_ptr<Hub> hub;
};
/// The database and its keys must exist.
[[nodiscard]] Done<OpenedHub> open_hub(const std::string& database, Hub::Purpose purpose);

[[nodiscard]] Done<std::string> read_file(const std::string& path, std::size_t size_max);

}  // namespace club::hub
