#include "tests/smoke/slip_books.hpp"

namespace tests::smoke {
namespace {

class Comparison {
 public:
  Comparison(const SlipBook& slips, const HubBook& hub) : slips_(slips), hub_(hub) {
    add(slips.problems);
    add(hub.problems);
  }

  std::vector<std::string> run() {
    for (const auto& [uid, movement] : slips_.movements) check_slip(uid, movement);
    for (const auto& [uid, movement] : hub_.movements)
      if (!slips_.movements.contains(uid))
        differences_.push_back(movement.kind + " " + uid + ": at the hub, but on no slip");
    check_returns();
    check_balances();
    return std::move(differences_);
  }

 private:
  void add(const std::vector<std::string>& more) {
    differences_.insert(differences_.end(), more.begin(), more.end());
  }

  template <class Value>
  void same(const std::string& uid, const char* what, const Value& slip, const Value& hub) {
    if (slip == hub) return;
    const auto text = [](const auto& value) {
      if constexpr (std::is_same_v<Value, std::string>)
        return value.empty() ? std::string("nothing") : value;
      else
        return std::to_string(value);
    };
    differences_.push_back(uid + ": " + what + " is " + text(slip) + " on the slip, " + text(hub) +
                           " at the hub");
  }

  void check_slip(const std::string& uid, const Movement& slip) {
    const auto found = hub_.movements.find(uid);
    if (found == hub_.movements.end()) {
      differences_.push_back(slip.kind + " " + uid + ": printed, but not at the hub");
      return;
    }
    const auto& hub = found->second;
    same(uid, "the kind", slip.kind, hub.kind);
    same(uid, "the amount to pay", slip.payable_minor, hub.payable_minor);
    same(uid, "the points earned", slip.earned, hub.earned);
    same(uid, "the points spent", slip.spent, hub.spent);
    same(uid, "the unknown card", slip.unknown_card, hub.unknown_card);
    // Only the hub knows under which account an unknown card earns.
    if (slip.unknown_card.empty()) {
      same(uid, "the account", hub_.holder_of(slip.account), hub_.holder_of(hub.account));
    }
    same(uid, "the sale that came back", slip.original, hub.original);
  }

  /// What came back of a sale is at most what was sold; a void is the whole of it.
  void check_returns() {
    std::map<std::string, std::int64_t> back;
    for (const auto& [uid, movement] : slips_.movements) {
      if (movement.kind == "sale") continue;
      const auto sale = slips_.movements.find(movement.original);
      if (sale == slips_.movements.end()) {
        differences_.push_back(movement.kind + " " + uid + ": of a sale without a slip");
        continue;
      }
      back[movement.original] -= movement.payable_minor;
      if (back[movement.original] > sale->second.payable_minor)
        differences_.push_back(movement.original + ": more came back than was paid");
      if (movement.kind == "void" && movement.payable_minor != -sale->second.payable_minor)
        differences_.push_back("void " + uid + ": is not the whole sale");
    }
  }

  [[nodiscard]] std::string account_of(const std::string& uid, const Movement& slip) const {
    if (slip.unknown_card.empty()) return slip.account;
    const auto hub = hub_.movements.find(uid);
    return hub == hub_.movements.end() ? "" : hub->second.account;
  }

  void check_balances() {
    std::map<std::string, std::int64_t> moved;
    for (const auto& [uid, movement] : slips_.movements)
      if (const auto account = account_of(uid, movement); !account.empty())
        moved[hub_.holder_of(account)] += movement.earned - movement.spent;
    for (const auto& [account, points] : moved)
      if (!hub_.accounts.contains(account))
        differences_.push_back("account " + account + ": on slips, but not at the hub");
    std::map<std::string, HubBook::Account> holders;
    for (const auto& [id, account] : hub_.accounts) {
      auto& holder = holders[hub_.holder_of(id)];
      holder.opening += account.opening;
      holder.balance += account.balance;
      holder.posted += account.posted;
      if (!account.closed_into.empty() && account.balance != 0)
        differences_.push_back("account " + id + ": closed, but not empty");
    }
    for (const auto& [id, account] : holders) {
      const auto by_slips = moved.contains(id) ? moved.at(id) : 0;
      same("account " + id, "the balance", account.opening + by_slips, account.balance);
      same("account " + id, "the sum of the postings", by_slips, account.posted);
    }
  }

  const SlipBook& slips_;
  const HubBook& hub_;
  std::vector<std::string> differences_;
};

}  // namespace

std::vector<std::string> compare(const SlipBook& slips, const HubBook& hub) {
  return Comparison(slips, hub).run();
}

}  // namespace tests::smoke
