#include <charconv>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "sync/hub/commands.hpp"
#include "sync/hub/hub_handler.hpp"

namespace club::hub {
namespace {

Done<net::ServerOptions> server_options(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  net::ServerOptions options;
  const std::string port = colon == std::string::npos ? "" : listen.substr(colon + 1);
  const auto [end, code] = std::from_chars(port.data(), port.data() + port.size(), options.port);
  if (port.empty() || code != std::errc() || end != port.data() + port.size()) {
    return pos::core::fail(
        CommandError{ExitCode::usage, "--listen must be ADDR:PORT, not " + listen});
  }
  options.address = listen.substr(0, colon);
  return options;
}

/// The club's authority signs a new certificate at each start and every month.
Done<net::ServerOptions::Tls> tls_options(const std::string& path, const ServeOptions& options,
                                          const std::string& address,
                                          const pos::core::Clock& clock) {
  constexpr std::chrono::days kGood{398};
  const auto authority = authority_of(path);
  if (!authority) return pos::core::fail(authority.error());
  std::vector<std::string> names = options.hosts;
  // Whoever listens on all addresses must say by which name it is called.
  const bool any = address == "0.0.0.0" || address == "::";
  if (any && names.empty()) {
    return pos::core::fail(CommandError{
        ExitCode::usage, "--listen " + options.listen + " needs --host NAME: how tills call it"});
  }
  if (!any) names.push_back(address);
  return net::ServerOptions::Tls{
      authority->certificate, [=, &clock] {
        const auto now = clock.now();
        return net::issue(*authority, {names, now - std::chrono::days(2), now + kGood});
      }};
}

/// Whole or not at all: whoever waits for the file never reads half a number.
Done<void> write_port(const std::string& file, std::uint16_t port) {
  const std::string draft = file + ".new";
  std::ofstream out(draft, std::ios::trunc);
  out << port << '\n';
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(draft, file, error);
  if (!out || error) {
    return pos::core::fail(CommandError{ExitCode::other, file + " cannot be written"});
  }
  return {};
}

}  // namespace

ExitCode serve_command(const std::string& database, const ServeOptions& options, Streams streams) {
  auto how = server_options(options.listen);
  if (!how) return give_up(how.error(), streams);
  const auto path = database_path(database);
  if (!path) return give_up(path.error(), streams);
  const auto lock = ServeLock::take(*path);
  if (!lock) return give_up(lock.error(), streams);
  const auto opened = open_hub(database, Hub::Purpose::serve);
  if (!opened) return give_up(opened.error(), streams);
  if (options.tls || !net::is_loopback(how->address)) {
    auto tls = tls_options(*path, options, how->address, *opened->clock);
    if (!tls) return give_up(tls.error(), streams);
    how->tls = std::move(*tls);
  }
  HubHandler handler(*opened->hub, streams.err);
  auto server = net::HubServer::listen(*how, handler, *opened->clock);
  if (!server) return give_up({ExitCode::configuration, server.error().detail}, streams);
  (*server)->stop_on_signals();
  if (!options.port_file.empty()) {
    const auto written = write_port(options.port_file, (*server)->port());
    if (!written) return give_up(written.error(), streams);
  }
  streams.out << "clubhub ready on " << (how->tls ? "https://" : "http://") << how->address << ':'
              << (*server)->port() << std::endl;
  (*server)->run();
  streams.err << "clubhub stopped" << std::endl;
  return ExitCode::ok;
}

}  // namespace club::hub
