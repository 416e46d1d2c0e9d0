#include "tests/sim/sim_till.hpp"

// Goods that customers bring to another till than the one that sold them.

namespace tests::sim {

using namespace pos;

/// A slip of any till, now and then altered by its holder; nothing when it is refused, or when it
/// is this till's own.
std::optional<app::SoldSale> SimTill::read_slip() {
  std::string text = (*context_.slips)[below(context_.slips->size())];
  const bool altered = below(6) == 0;
  if (altered) {
    char& letter = text[4 + below(text.size() - 4)];
    letter = letter == 'A' ? 'B' : 'A';
  }
  const auto code = domain::ReceiptCode::parse(text);
  if (!code || !code->receipt()) {
    context_.hub->tally().count("slip: cannot be read");
    demand(altered, label_ + ": a slip does not read");
    return std::nullopt;
  }
  if (directory_->sale(code->sale())) return std::nullopt;
  auto sold = directory_->sold_elsewhere(*code->receipt());
  if (!sold) {
    using Fault = app::SlipFault;
    context_.hub->tally().count(sold.error() == Fault::forged ? "slip: altered, refused"
                                                              : "slip: its till is not known yet");
    demand(altered || sold.error() != Fault::forged, label_ + ": a good slip is refused");
    return std::nullopt;
  }
  demand(!altered, label_ + ": law 13: an altered slip is believed");
  return std::move(*sold);
}

void SimTill::give_back_elsewhere() {
  const auto sold = read_slip();
  if (!sold) return;
  std::vector<programme::ReturnWish> wishes;
  for (std::size_t line = 0; line < sold->receipt.lines.size(); ++line) {
    const std::int64_t left = sold->receipt.lines[line].quantity - sold->returned.quantity[line];
    if (left <= 0 || below(2) == 0) continue;
    wishes.push_back(
        {line, 1 + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(left)))});
  }
  if (wishes.empty()) return;
  auto back = programme::invert(sold->receipt, sold->returned, wishes, scene());
  demand(back.has_value(), label_ + ": what is left of a slip cannot come back");
  back->sold_by = sold->receipt.till;
  back->drawn = programme::worth_of(*back);
  back->right = directory_->right();
  if (!back->right || back->drawn > directory_->reach(std::nullopt).pool_left) {
    context_.hub->tally().count("slip: beyond the right");
    return;
  }
  for (programme::ReturnedLine& line : back->lines) {
    line.article = sold->receipt.lines[line.line].article;
  }
  context_.hub->tally().count("slip: goods back at another till");
  overtaken_ = below(8) == 0;
  if (overtaken_) sync();
  seal({core::FactId::mint(chance_), *back, {}, {}});
}

}  // namespace tests::sim
