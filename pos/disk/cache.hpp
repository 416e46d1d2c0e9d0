#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pos/core/chance.hpp"
#include "pos/disk/cache_reader.hpp"
#include "pos/programme/facts.hpp"

namespace pos::disk {

/// The one writer of cache.db: members, cards, phones and the club's rows, each page with its
/// cursor. Disposable: whatever is in it the hub can send again. One thread.
class Cache {
 public:
  struct Options {
    std::string path;
    std::string vfs;  ///< empty: the machine's files
    core::SymmetricKey key;
    core::Chance* chance = nullptr;  ///< outlives the cache
  };

  /// A damaged, foreign or newer file is set aside and a new one begun; set_aside() says why.
  [[nodiscard]] static Disk<std::unique_ptr<Cache>> open(const Options& options);

  /// Rows and cursors of all pages in one transaction (law 12). Gives the streams whose complete
  /// page names another count or digest than the rows kept now have: their cursors then ask for
  /// everything again.
  [[nodiscard]] Disk<std::vector<club::wire::StreamNumber>> apply(
      const std::vector<club::wire::Page>& pages);
  /// A stream whose rows are of an older generation than is asked for gets a cursor that the hub
  /// answers from the start.
  [[nodiscard]] Disk<std::vector<club::wire::Cursor>> cursors(
      const std::map<club::wire::StreamNumber, std::int64_t>& generations = {});
  /// How far a stream was read, and in the how manieth reading from the start.
  struct Place {
    club::wire::Cursor cursor;  ///< epoch and seq 0: nothing of it is here
    std::int64_t generation = 0;
  };
  [[nodiscard]] Disk<Place> place(club::wire::StreamNumber stream);

  /// A member who joined at this till, until the hub's own row arrives. Gives way to a row that is
  /// already there.
  [[nodiscard]] Disk<void> add_joined(const programme::JoinFact& join);

  /// Why the file that was found could not be used; empty when it could.
  [[nodiscard]] const std::string& set_aside_because() const { return set_aside_because_; }
  [[nodiscard]] const Options& options() const { return options_; }

 private:
  explicit Cache(Options options) : options_(std::move(options)) {}
  void open_database();
  void put(const club::wire::Row& row, club::wire::StreamNumber stream, std::int64_t generation);
  void put_member(const domain::MemberFacts& facts, club::wire::StreamNumber stream,
                  std::int64_t generation, bool replace);
  /// False when count and digest do not fit.
  [[nodiscard]] bool apply_page(const club::wire::Page& page);

  Options options_;
  std::optional<core::Database> database_;
  std::string set_aside_because_;
};

}  // namespace pos::disk
