#pragma once

#include <string>
#include <vector>

#include "pos/app/step.hpp"
#include "pos/app/views/build_view.hpp"
#include "tests/support/fake_directory.hpp"

namespace app_test {

using namespace pos;
using namespace pos::app;

inline constexpr const char* kNoaCard = "2000000000015";
inline constexpr const char* kNoaPhone = "052-555-0121";
inline constexpr const char* kYossiCard = "2000000000022";
inline constexpr const char* kYossiPhone = "052-555-0122";
inline constexpr const char* kNobodysCard = "2090000000016";
inline constexpr const char* kMilk = "0400000000015";
inline constexpr const char* kBread = "0400000000022";
inline constexpr const char* kOliveOil = "0400000000039";
inline constexpr const char* kRocket = "0400000002835";     // until June 2027 only for gold
inline constexpr const char* kBulldozer = "0400000000114";  // a toy, 59.90
inline constexpr const char* kVipFee = "0400000002842";     // 99.00
inline constexpr const char* kPlusMonth = "0400000002859";  // 19.90
inline constexpr const char* kGiftCard = "0400000000121";   // 100.00
inline constexpr const char* kPaymentCard = "4111111111111111";

/// A till with a cashier at it: events in, and what it shows and asks for out. Its disk and printer
/// answer when the test says so.
class TestTill {
 public:
  /// Signed in as Dana, with ids minted, online.
  TestTill();

  void send(const Event& event);
  void press(Action action) { send(Pressed{action}); }
  void enter() { press(Action::confirm); }
  void escape() { press(Action::escape); }
  void write(Field field, const std::string& text) { send(Edited{field, text}); }
  void write(Field field, std::size_t item, const std::string& text) {
    send(Edited{field, text, item});
  }
  /// The digits on the checkout, then Enter.
  void type(const std::string& text);
  /// As the scanner would: classified, then sent.
  void scan(const std::string& text);
  void scan(const std::string& text, int times);

  /// The journal's worker commits what was asked for and answers.
  void commit();
  void fail_commit(SealFault reason = SealFault::disk_error);
  /// Pay in cash, exactly, and commit.
  domain::FactId sell();
  /// A new process on the same journal.
  void restart(std::vector<Restored::Unprinted> unprinted = {});

  [[nodiscard]] ScreenView view() const { return build_view(state, directory, now); }
  [[nodiscard]] CheckoutView checkout() const { return view().checkout; }
  template <class Sheet>
  [[nodiscard]] Sheet sheet() const {
    return std::get<Sheet>(view().sheet);
  }
  template <class Effect>
  [[nodiscard]] std::vector<Effect> asked() const {
    std::vector<Effect> found;
    for (const auto& effect : effects) {
      if (const auto* one = std::get_if<Effect>(&effect)) found.push_back(*one);
    }
    return found;
  }
  [[nodiscard]] Text message() const { return state.message.text; }
  [[nodiscard]] std::string member_name() const;
  [[nodiscard]] std::int64_t payable() const { return state.quote->payable.units(); }

  tests::FakeDirectory directory;
  State state;
  core::Moment now;
  std::vector<Effect> effects;  ///< of the last event
  core::Bytes kept;             ///< the open basket in the journal
  std::vector<SealFact> sealed;
  std::vector<domain::FactId> printed;
  /// What the hub says to every Authorise, at once; nothing: the test answers by itself.
  std::optional<Authorised> hub = Authorised{{}, Authorised::Word::granted, {}, {}, {}};

 private:
  std::uint64_t minted_ = 0;
};

}  // namespace app_test
