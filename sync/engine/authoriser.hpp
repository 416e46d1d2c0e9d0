#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "pos/core/chance.hpp"
#include "pos/core/clock.hpp"
#include "sync/engine/sync_store.hpp"
#include "sync/engine/till_session.hpp"

namespace club::engine {

/// Asks the hub for its yes to a sale, and hands back what this till did not use. Has a link and a
/// session of its own, so that no pull holds it up. One thread.
class Authoriser {
 public:
  using Sale = pos::domain::FactId;
  struct Options {
    TillIdentity identity;
    /// From the cashier's Enter to the answer, everything included.
    pos::core::Millis patience{1'200};
  };
  /// Whether the journal holds the sale.
  using IsSealed = std::function<Stored<bool>(const Sale&)>;

  Authoriser(Options options, wire::Link& link, IsSealed is_sealed, const pos::core::Clock& clock,
             pos::core::Chance& chance)
      : options_(std::move(options)),
        link_(link),
        is_sealed_(std::move(is_sealed)),
        clock_(clock),
        chance_(chance) {}

  /// Returns at `asked` + patience at the latest. After an error the hub may keep it all the same;
  /// that is handed back once the hub can be asked again.
  [[nodiscard]] Synced<wire::AuthoriseAnswer> ask(const wire::AuthoriseRequest::Wish& wish,
                                                  pos::core::Tick asked);
  /// What the hub knows of a sale whose slip carries its number alone; within the same time.
  [[nodiscard]] Synced<wire::ReceiptAnswer> find_sale(const Sale& sale, pos::core::Tick asked);
  /// The sale of the last wish will never be sealed.
  void abandon(const Sale& sale);
  /// Whether the hub keeps, or may keep, something that no sale will come for. So it is at the
  /// start of a till, which knows nothing of what it asked before.
  [[nodiscard]] bool is_untidy() const { return unsure_ || !strays_.empty(); }
  /// Hands it back.
  [[nodiscard]] Synced<void> tidy();

 private:
  [[nodiscard]] Synced<wire::AuthoriseAnswer> call(wire::AuthoriseRequest request,
                                                   pos::core::Tick deadline);
  [[nodiscard]] Synced<wire::Bytes> signed_call(std::string_view path, const wire::Bytes& body,
                                                pos::core::Tick deadline);
  [[nodiscard]] Synced<wire::Bytes> call_once(std::string_view path, const wire::Bytes& body,
                                              pos::core::Tick deadline);
  [[nodiscard]] Synced<void> greet(pos::core::Tick deadline);
  [[nodiscard]] Synced<pos::core::Millis> time_left(pos::core::Tick deadline);
  void look_for_strays(const std::vector<Sale>& open);

  Options options_;
  wire::Link& link_;
  IsSealed is_sealed_;
  const pos::core::Clock& clock_;
  pos::core::Chance& chance_;
  std::optional<wire::Nonce> nonce_;
  std::uint64_t counter_ = 0;
  std::optional<Sale> current_;  ///< the hub may keep it, and it may still be sealed
  std::vector<Sale> strays_;
  bool unsure_ = true;
};

}  // namespace club::engine
