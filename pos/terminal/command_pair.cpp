#include "pos/terminal/command_pair.hpp"

#include <fmt/core.h>

#include <ostream>

#include "pos/core/crypto/crypto.hpp"
#include "pos/disk/till_keys.hpp"
#include "sync/engine/till_session.hpp"
#include "sync/net/curl_link.hpp"
#include "sync/wire/pairing_code.hpp"

namespace pos::terminal {
namespace {

using club::engine::SyncError;
using core::ExitCode;
using Word = club::wire::Refusal::Word;

constexpr core::Millis kPairingPatience{15'000};

ExitCode explain(const SyncError& error, const std::string& url, std::ostream& err) {
  if (error.fault == SyncError::Fault::link) {
    err << fmt::format("No hub answers at {}: {}. Is it running, and is the address right?\n", url,
                       error.detail);
    return ExitCode::hub_unreachable;
  }
  if (error.fault == SyncError::Fault::garbage) {
    err << fmt::format("What answers at {} is no hub: {}. Is the address right?\n", url,
                       error.detail);
    return ExitCode::hub_unreachable;
  }
  if (error.fault == SyncError::Fault::refused && error.word == Word::bad_code) {
    err << "The hub does not take this code: it is wrong, used or older than ten minutes. "
           "Make a new one: clubhub till add --store STORE\n";
    return ExitCode::key_refused;
  }
  err << fmt::format("The hub at {} did not register this till: {}\n", url, error.detail);
  return ExitCode::other;
}

ExitCode file_trouble(const disk::FileError& error, std::ostream& err) {
  err << fmt::format("The till's keys cannot be kept: {}\n", error.detail);
  return error.kind == disk::FileError::Kind::exposed ? ExitCode::key_refused : ExitCode::other;
}

/// The keys made by an earlier attempt, so that a code whose answer was lost works again.
core::Expected<disk::TillKeys, disk::FileError> own_keys(const StatePaths& paths) {
  auto keys = disk::load_till_keys(paths.keys());
  if (keys || keys.error().kind != disk::FileError::Kind::missing) return keys;
  core::SystemChance chance;
  const disk::TillKeys made = disk::make_till_keys(chance);
  if (const auto saved = disk::save_till_keys(paths.keys(), made); !saved)
    return core::fail(saved.error());
  return made;
}

ExitCode explain(club::wire::PairingCode::Fault fault, std::ostream& err) {
  err << (fault == club::wire::PairingCode::Fault::length
              ? "A pairing code has ten symbols, or thirty for a hub on another machine. "
              : "A pairing code is made of letters and digits. ")
      << "The hub prints one: clubhub till add --store STORE\n";
  return ExitCode::usage;
}

/// Whatever answers at the address must show the authority whose fingerprint stands in the code:
/// before that nothing is sent to it.
core::Expected<std::string, ExitCode> known_authority(const std::string& url,
                                                      const std::string& fingerprint,
                                                      std::ostream& err) {
  if (!url.starts_with("https:")) return std::string();
  if (fingerprint.empty()) {
    err << "For https the whole code of thirty symbols is needed, as `clubhub till add` prints it: "
           "by it this till knows the hub.\n";
    return core::fail(ExitCode::usage);
  }
  auto shown = club::net::CurlLink::fetch_authority(url, kPairingPatience);
  if (!shown) {
    err << fmt::format("No hub answers at {}: {}. Is it running, and is the address right?\n", url,
                       shown.error().detail);
    return core::fail(ExitCode::hub_unreachable);
  }
  if (club::wire::fingerprint_of(*shown) == fingerprint) return std::move(*shown);
  err << fmt::format(
      "What answers at {} is not the hub that made this code: its fingerprint is another one. "
      "Nothing was sent to it. Check the address and the code; if both are right, somebody stands "
      "between this till and its hub.\n",
      url);
  return core::fail(ExitCode::key_refused);
}

}  // namespace

ExitCode pair_till(const StatePaths& paths, const std::string& url, const std::string& code,
                   std::ostream& out, std::ostream& err) {
  if (const auto paired = disk::load_pairing(paths.pairing())) {
    err << fmt::format(
        "This is already till {} of {}. Another till needs a --state folder of its own.\n",
        paired->till.value, paired->hub_url);
    return ExitCode::already_running;
  }
  const auto parsed = club::wire::PairingCode::parse(code);
  if (!parsed) return explain(parsed.error(), err);
  if (const auto made = disk::make_private_folder(paths.folder); !made)
    return file_trouble(made.error(), err);
  const auto authority = known_authority(url, parsed->fingerprint, err);
  if (!authority) return authority.error();
  const auto keys = own_keys(paths);
  if (!keys) return file_trouble(keys.error(), err);
  const auto link = club::net::CurlLink::open(url, *authority);
  if (!link) {
    err << fmt::format("{} cannot be used as a hub's address: {}\n", url, link.error().detail);
    return ExitCode::usage;
  }
  const auto answer =
      club::engine::register_till(**link, parsed->once, keys->signing.open, kPairingPatience);
  if (!answer) return explain(answer.error(), url, err);
  disk::Pairing pairing;
  pairing.hub_url = url;
  pairing.till = answer->till;
  pairing.store = answer->store;
  pairing.region = answer->region;
  pairing.index_key = answer->index_key;
  pairing.hub_box = answer->hub_box;
  pairing.hub_key = answer->hub_key;
  pairing.hub_authority = *authority;
  if (const auto saved = disk::save_pairing(paths.pairing(), pairing); !saved)
    return file_trouble(saved.error(), err);
  out << fmt::format("This is now till {} of store {}. Start it: clubtill run\n",
                     pairing.till.value, pairing.store.text());
  return ExitCode::ok;
}

}  // namespace pos::terminal
