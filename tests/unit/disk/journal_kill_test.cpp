#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/unit/disk/disk_fixture.hpp"

namespace tests {
namespace {

disk::Journal::Options real_options(const std::string& path, const core::SigningPair& keys,
                                    core::Chance& chance) {
  disk::Journal::Options options;
  options.path = path;
  options.till = {3};
  options.signing = keys;
  options.chance = &chance;
  return options;
}

/// Seals until it is killed; writes the uid of every fact whose commit returned to `report`.
[[noreturn]] void seal_forever(const disk::Journal::Options& options, int report,
                               std::uint64_t seed) {
  core::SeededChance uids(seed);
  auto journal = disk::Journal::open(options);
  while (journal) {
    const auto uid = domain::FactId::mint(uids);
    if (!(*journal)->seal({uid, sample_sale(), {}, {}})) break;
    if (write(report, uid.bytes().data(), uid.bytes().size()) < 0) break;
  }
  _exit(3);
}

std::vector<domain::FactId> read_uids(int report, std::size_t at_least, pid_t child) {
  std::vector<domain::FactId> uids;
  core::Bytes bytes(domain::FactId::kSize);
  // 16 bytes go through a pipe whole.
  while (read(report, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size())) {
    uids.push_back(*domain::FactId::from_bytes(bytes));
    if (uids.size() == at_least) kill(child, SIGKILL);
  }
  return uids;
}

}  // namespace

TEST_CASE("Journal: every sale whose commit returned is there after kill -9") {
  TempFolder folder;
  core::SeededChance chance(11);
  const auto keys = core::make_signing_pair(chance);
  const auto options = real_options(folder / "journal.db", keys, chance);
  std::size_t total = 0;
  for (std::uint64_t round = 0; round < 5; ++round) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      close(ends[0]);
      seal_forever(options, ends[1], 100 + round);
    }
    close(ends[1]);
    const auto uids = read_uids(ends[0], 5 + round * 7, child);
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    const auto journal = disk::Journal::open(options);
    REQUIRE(journal);
    auto reader = disk::JournalReader::open(options.path);
    REQUIRE(reader);
    for (const auto& uid : uids) CHECK(reader->fact(uid)->has_value());
    CHECK_FALSE(reader->verify(keys.open)->flaw);
    total += uids.size();
    CHECK(reader->counts()->facts >= total + 1);
  }
}

TEST_CASE("Journal: a second process on the same file is refused") {
  TempFolder folder;
  core::SeededChance chance(12);
  const auto options = real_options(folder / "journal.db", core::make_signing_pair(chance), chance);
  const auto first = disk::Journal::open(options);
  REQUIRE(first);
  const auto second = disk::Journal::open(options);
  REQUIRE_FALSE(second);
  CHECK(second.error().fault == disk::DiskError::Fault::already_running);
}

TEST_CASE("Journal: a flipped byte anywhere in a record is found") {
  TempFolder folder;
  core::SeededChance chance(13);
  const auto keys = core::make_signing_pair(chance);
  const auto options = real_options(folder / "journal.db", keys, chance);
  {
    const auto journal = disk::Journal::open(options);
    REQUIRE(journal);
    for (int i = 0; i < 3; ++i) {
      REQUIRE((*journal)->seal({domain::FactId::mint(chance), sample_sale(), {}, {}}));
    }
  }
  auto tool = core::Database::open(options.path, {});
  auto reader = disk::JournalReader::open(options.path);
  REQUIRE(reader);
  for (const char* column : {"uid", "body_hash", "chain", "signature", "body"}) {
    for (int trial = 0; trial < 8; ++trial) {
      auto read = tool.prepare(std::string("SELECT ") + column + " FROM fact WHERE seq=3");
      REQUIRE(read.step());
      const auto good = read.blob(0);
      read.reset();
      auto bad = good;
      bad[chance.below(bad.size())] ^= static_cast<std::uint8_t>(1U << chance.below(8));
      const auto put = [&](const core::Bytes& bytes) {
        tool.prepare(std::string("UPDATE fact SET ") + column + "=? WHERE seq=3")
            .bind(1, core::BytesView(bytes))
            .run();
      };
      put(bad);
      const auto check = reader->verify(keys.open);
      INFO(column);
      REQUIRE((check && check->flaw));
      CHECK(check->flaw->seq == 3);
      put(good);
    }
  }
  CHECK_FALSE(reader->verify(keys.open)->flaw);
}

}  // namespace tests
