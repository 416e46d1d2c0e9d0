#include "pos/terminal/known_programmes.hpp"

#include "pos/disk/cache_reader.hpp"

namespace pos::terminal {

void KnownProgrammes::add(programme::Programme programme) {
  const domain::ProgrammeHash hash = programme.hash();
  versions_.insert_or_assign(hash, Version{std::move(programme), true});
}

const KnownProgrammes::Version& KnownProgrammes::find(const domain::ProgrammeHash& hash) {
  const auto known = versions_.find(hash);
  if (known != versions_.end()) return known->second;
  Version version;
  if (const auto document = document_of(hash)) {
    version.kept = true;
    if (auto parsed = programme::Programme::parse(*document)) version.programme = *parsed;
  }
  return versions_.emplace(hash, std::move(version)).first->second;
}

/// A journal that is damaged there gives none: what cannot be proved is then named.
std::optional<core::Bytes> KnownProgrammes::document_of(const domain::ProgrammeHash& hash) {
  auto kept = journal_.programme(hash);
  if (kept && *kept) return std::move(*kept);
  // Of a till that was not started since versions are kept. No name is read, so no key is needed.
  auto cache = disk::CacheReader::open(paths_.cache(), core::SymmetricKey{});
  const auto in_force = cache ? cache->programme() : disk::Disk<std::optional<std::string>>{};
  if (!in_force || !*in_force) return std::nullopt;
  core::Bytes document = core::copy_of(core::bytes_of(**in_force));
  return core::blake2b(document) == hash ? std::optional(std::move(document)) : std::nullopt;
}

}  // namespace pos::terminal
