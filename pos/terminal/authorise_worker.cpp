#include "pos/terminal/authorise_worker.hpp"

#include <algorithm>

namespace pos::terminal {
namespace {

app::Authorised::Word word_of(club::wire::AuthoriseAnswer::Word word) {
  using Said = club::wire::AuthoriseAnswer::Word;
  switch (word) {
    case Said::granted:
      return app::Authorised::Word::granted;
    case Said::short_of:
      return app::Authorised::Word::short_of;
    case Said::coupon_used:
      return app::Authorised::Word::coupon_used;
    case Said::budget_used:
      return app::Authorised::Word::budget_used;
    case Said::unavailable:
      break;
  }
  return app::Authorised::Word::silent;
}

}  // namespace

void AuthoriseWorker::push(Command command) {
  std::optional<app::Event> silence;
  if (const auto* ask = std::get_if<app::Authorise>(&command)) {
    silence = app::Authorised{ask->uid, app::Authorised::Word::silent, {}, {}, {}};
  }
  if (const auto* find = std::get_if<app::FindSale>(&command)) {
    silence = app::SaleFound{find->sale, app::SaleFound::Word::silent, {}, {}};
  }
  if (!commands_.push(std::move(command)) && silence) inbox_.push(std::move(*silence));
}

core::Micros AuthoriseWorker::run_once() {
  constexpr core::Micros kIdle{3'600'000'000};  // woken by the next command
  constexpr core::Micros kAgain{30'000'000};
  const std::vector<Command> commands = commands_.drain(kCommandsMax);
  for (const Command& command : commands) {
    std::visit([this](const auto& one) { run(one); }, command);
  }
  if (!authoriser_.is_untidy()) return kIdle;
  // Right behind an answer that did not come nothing else would; a new wish must not queue here.
  const bool asked = std::ranges::any_of(commands, [](const Command& command) {
    return !std::holds_alternative<app::AbandonSale>(command);
  });
  if (asked || !authoriser_.tidy()) return kAgain;
  return kIdle;
}

void AuthoriseWorker::run(const app::Authorise& ask) {
  club::wire::AuthoriseRequest::Wish wish{ask.uid, ask.account, ask.wish.points, ask.wish.value,
                                          ask.wish.coupons};
  for (const auto& one : ask.wish.budgets) wish.budgets.push_back({one.benefit, one.amount});
  const auto answer = authoriser_.ask(wish, ask.asked);
  app::Authorised said{ask.uid, app::Authorised::Word::silent, {}, {}, {}};
  if (answer) {
    said.word = word_of(answer->word);
    said.points = answer->points;
    said.value = answer->value;
    said.coupon = answer->coupon;
    if (answer->benefit) said.budget = {*answer->benefit, answer->left};
  }
  inbox_.push(said);
}

void AuthoriseWorker::run(const app::FindSale& find) {
  auto answer = authoriser_.find_sale(find.sale, find.asked);
  app::SaleFound said{find.sale, app::SaleFound::Word::silent, {}, {}};
  if (answer && !answer->receipt) said.word = app::SaleFound::Word::unknown;
  if (answer && answer->receipt && answer->receipt->sale == find.sale) {
    said.word = app::SaleFound::Word::found;
    said.receipt = std::move(*answer->receipt);
    said.back = std::move(answer->back);
  }
  inbox_.push(std::move(said));
}

}  // namespace pos::terminal
