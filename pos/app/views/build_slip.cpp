#include "pos/app/views/build_slip.hpp"

#include "pos/app/views/build_view.hpp"
#include "pos/app/views/day_words.hpp"
#include "pos/app/views/lot_lines.hpp"
#include "pos/app/wording.hpp"
#include "pos/domain/format.hpp"
#include "pos/domain/receipt_code.hpp"
#include "pos/programme/class_joining.hpp"
#include "pos/programme/member_change.hpp"
#include "pos/programme/outcome_text.hpp"

namespace pos::app {

namespace {

using programme::BenefitState;
using programme::ReturnFact;
using programme::SaleFact;

struct SlipSource {
  const domain::FactId& uid;
  const Directory& directory;
  const Wording& words;
  const programme::Programme* programme;  ///< by which it was sold, or the one in force; or null
};

std::string employee_name(const Directory& directory, const domain::StaffCode& code,
                          domain::Language language) {
  for (const domain::Employee& employee : directory.staff()) {
    if (employee.code == code) return employee.name.in(language);
  }
  return code.text();
}

SlipView head_of(const SlipSource& source, const programme::Scene& scene, Text title) {
  const Wording& words = source.words;
  const TillProfile& profile = source.directory.profile();
  SlipView slip;
  slip.language = std::string(domain::language_code(scene.language));
  slip.right_to_left = domain::is_right_to_left(scene.language);
  slip.kind_title = words.say(title);
  slip.store_name = words.of(profile.store_name);
  slip.store_lines = profile.store_lines;
  slip.date_time = words.date_time_cell(scene.moment);
  slip.till = {words.say(Text::slip_till), words.number_cell(scene.till.value)};
  slip.employee = {words.say(Text::slip_employee),
                   employee_name(source.directory, scene.employee, scene.language)};
  if (profile.slip_says_not_a_tax) slip.not_a_tax_document = words.say(Text::slip_not_tax);
  if (const programme::Programme* programme = source.programme) {
    slip.club_name = words.of(programme->rules().name);
    const std::string& footer = words.of(programme->rules().slip_footer);
    if (!footer.empty()) slip.footer.push_back(footer);
    slip.figures.currency = programme->rules().currency;
  }
  slip.figures.uid = source.uid.hex();
  slip.figures.more = {{"till", std::to_string(scene.till.value)},
                       {"employee", scene.employee.text()}};
  return slip;
}

void add_receipt_code(const SlipSource& source, const SaleFact& sale, SlipView& slip) {
  const auto code = source.directory.slip_code(programme::receipt_of(source.uid, sale));
  slip.receipt_code_label = source.words.say(Text::slip_code);
  slip.receipt_code = domain::ReceiptCode::number_of(source.uid);
  slip.qr_payload = core::copy_of(core::bytes_of(code.text()));
}

const std::string& name_of(const SlipSource& source, const SaleFact& sale,
                           const domain::BenefitId& benefit) {
  const domain::ClassCode member_class =
      sale.input.member ? class_judged(*sale.input.member, sale.result) : domain::ClassCode{};
  return source.words.of(source.programme->benefit_name(benefit, member_class));
}

void add_lines(const SlipSource& source, const SaleFact& sale, SlipView& slip) {
  const Wording& words = source.words;
  const programme::Programme* programme = source.programme;
  for (std::size_t index = 0; index < sale.input.lines.size(); ++index) {
    const programme::BasketLine& sold = sale.input.lines[index];
    SlipLine line;
    line.name = words.of(sold.article.name);
    line.quantity = words.number_cell(sold.quantity);
    if (sold.quantity > 1) line.unit_price = words.money_cell(sold.article.price);
    line.amount = words.money_cell(sold.article.price * sold.quantity);
    for (const auto& outcome : sale.result.outcomes) {
      if (outcome.state != BenefitState::applied || outcome.shares.size() != 1) continue;
      const programme::LineShare& share = outcome.shares.front();
      if (share.line != index || share.amount.is_zero() || programme == nullptr) continue;
      line.discounts.push_back(
          {name_of(source, sale, outcome.benefit), words.minus_cell(share.amount)});
    }
    slip.lines.push_back(std::move(line));
  }
}

void add_benefits(const SlipSource& source, const SaleFact& sale, SlipView& slip) {
  const programme::Programme* programme = source.programme;
  if (programme == nullptr) return;
  for (const auto& outcome : sale.result.outcomes) {
    if (outcome.state != BenefitState::applied) continue;
    const std::string& name = name_of(source, sale, outcome.benefit);
    // Tasks are between the club and its cashiers.
    if (outcome.soft != programme::Soft::none || name.empty()) continue;
    if (!outcome.amount.is_zero()) {
      slip.benefits.push_back({name, source.words.minus_cell(outcome.amount)});
    } else {
      // What it gives for later has to be read at home: points, stored value, a coupon's code.
      slip.notes.push_back(programme::outcome_sentence(
          *programme, as_judged(sale.input, sale.result), outcome, source.words.language()));
    }
  }
  if (!slip.benefits.empty() || !slip.notes.empty())
    slip.benefits_heading = source.words.say(Text::slip_benefits);
}

Text tender_text(programme::Tender::Kind kind) {
  switch (kind) {
    case programme::Tender::Kind::cash:
      return Text::cash;
    case programme::Tender::Kind::card:
      return Text::payment_by_card;
    case programme::Tender::Kind::other:
      return Text::other_tender;
  }
  return Text::other_tender;
}

void add_tender(const SlipSource& source, const programme::Tender& tender, SlipTotals& totals) {
  const Wording& words = source.words;
  if (!tender.rounding.is_zero()) {
    totals.rounding =
        SlipAmount{words.say(Text::slip_rounding), words.signed_cell(tender.rounding)};
  }
  totals.payable = {words.say(Text::slip_total), words.priced_cell(tender.due)};
  totals.tender = SlipAmount{words.say(tender_text(tender.kind)), words.money_cell(tender.due)};
  if (tender.change.is_zero()) return;
  totals.received = SlipAmount{words.say(Text::received), words.money_cell(tender.received)};
  totals.change = SlipAmount{words.say(Text::change), words.money_cell(tender.change)};
}

void add_totals(const SlipSource& source, const SaleFact& sale, SlipView& slip) {
  const Wording& words = source.words;
  const programme::Quote& quote = sale.result;
  SlipTotals& totals = slip.totals;
  if (quote.shelf != quote.payable) {
    totals.shelf_total = SlipAmount{words.say(Text::slip_shelf), words.money_cell(quote.shelf)};
  }
  if (!quote.discount.is_zero()) {
    totals.saved = SlipAmount{words.say(Text::slip_saved), words.minus_cell(quote.discount)};
  }
  if (!quote.points_value.is_zero()) {
    totals.points_paid =
        SlipAmount{words.say(Text::paid_with_points), words.minus_cell(quote.points_value)};
  }
  if (!quote.value_spent.is_zero()) {
    totals.value_paid =
        SlipAmount{words.say(Text::paid_with_value), words.minus_cell(quote.value_spent)};
  }
  add_tender(source, sale.tender, totals);
  for (const programme::VatContent& vat : quote.vat) {
    const std::string rate =
        domain::isolated(domain::format_per_mille(vat.per_mille, words.language()));
    totals.vat.push_back({words.say(Text::slip_vat, {rate}), words.money_cell(vat.vat)});
  }
}

std::string congratulation(const SlipSource& source, const programme::Quote& result) {
  const Wording& words = source.words;
  const auto* programme = source.directory.programme();
  if (programme == nullptr) return {};
  std::string text;
  if (result.joined) {
    text = words.say(Text::slip_class_joined, {words.of(programme->class_name(result.joined->to))});
  }
  if (result.subscribed && result.subscribed->last) {
    text = words.joined(
        text, words.say(Text::subscription_until, {words.date(*result.subscribed->last)}));
  }
  if (!result.reached) return text;
  return words.joined(
      text, words.say(Text::slip_tier_reached, {words.of(programme->tier_name(*result.reached))}));
}

/// What is on a card that nobody holds behind this sale, as far as the till knows.
void add_card_balance(const SlipSource& source, const SaleFact& sale, domain::CardValue card,
                      SlipPoints& points) {
  const Wording& words = source.words;
  const domain::Day day = core::local_day(sale.scene.moment);
  const domain::Money left =
      card.value_on(day) - sale.result.value_spent + sale.result.value_earned;
  points.value.push_back({words.say(Text::value_balance), words.money_cell(left)});
  programme::apply_value_lots(card.lots, sale.result, day);
  points.days = value_lot_lines(words, card.lots, day, kExpiryNotice);
  const core::Moment as_of{card.as_of, sale.scene.moment.utc_offset};
  points.balance_note = words.say(Text::as_of, {words.date_time_cell(as_of)});
}

void add_member(const SlipSource& source, const SaleFact& sale, SlipView& slip) {
  const Wording& words = source.words;
  if (sale.input.member) {
    domain::MemberFacts facts = with_name(*sale.input.member, source.directory);
    facts.member_class = class_judged(facts, sale.result);
    slip.member =
        SlipMember{words.say(Text::slip_member), domain::isolated_name(facts.form_of_address),
                   masked_digits(facts, words.language()),
                   standing_of(facts, source.programme, words.language())};
  }
  if (slip.member) slip.member->congratulation = congratulation(source, sale.result);
  if (!sale.member && !sale.unknown_card) return;
  SlipPoints& points = slip.points;
  points.heading = words.say(Text::slip_points);
  points.earned =
      SlipAmount{words.say(Text::slip_earned), words.number_cell(sale.result.earned.units())};
  if (!sale.result.points_spent.is_zero()) {
    points.spent = SlipAmount{words.say(Text::slip_spent),
                              words.number_cell(-sale.result.points_spent.units())};
  }
  domain::Money loaded;
  if (source.programme != nullptr) {
    loaded = programme::loaded_by_cards(*source.programme, sale.input.lines, sale.result);
  }
  if (!loaded.is_zero()) {
    points.value.push_back({words.say(Text::slip_loaded), words.money_cell(loaded)});
  }
  if (sale.input.card_value) add_card_balance(source, sale, *sale.input.card_value, points);
  if (const auto& facts = sale.input.member) {
    const domain::Day day = core::local_day(sale.scene.moment);
    const domain::Points after =
        facts->balance_on(day) - sale.result.points_spent + sale.result.earned;
    points.balance = SlipAmount{words.say(Text::slip_balance), words.number_cell(after.units())};
    const domain::Money value =
        facts->value_on(day) - sale.result.value_spent + sale.result.value_earned;
    if (value > domain::Money() || !sale.result.value_spent.is_zero()) {
      points.value.push_back({words.say(Text::value_balance), words.money_cell(value)});
    }
    domain::MemberFacts left = *facts;
    programme::apply_lots(left, sale.result, day);
    points.days = lot_lines(words, left, day, kExpiryNotice);
    const core::Moment as_of{facts->balance_as_of, sale.scene.moment.utc_offset};
    points.balance_note = words.say(Text::as_of, {words.date_time_cell(as_of)});
  }
}

void add_figures(const SaleFact& sale, SlipFigures& figures) {
  figures.payable_minor = sale.result.payable.units();
  figures.points_earned = sale.result.earned.units();
  figures.points_spent = sale.result.points_spent.units();
  figures.more.emplace_back("due-minor", std::to_string(sale.tender.due.units()));
  figures.more.emplace_back("discount-minor", std::to_string(sale.result.discount.units()));
  figures.more.emplace_back("points-value-minor", std::to_string(sale.result.points_value.units()));
  if (sale.member) figures.more.emplace_back("member", sale.member->hex());
  if (sale.account) figures.more.emplace_back("account", sale.account->hex());
  if (sale.unknown_card) figures.more.emplace_back("unknown-card", sale.unknown_card->hex());
}

SlipView sale_slip(const SlipSource& source, const SaleFact& sale) {
  SlipView slip = head_of(source, sale.scene, Text::slip_sale);
  slip.kind = SlipKind::sale;
  add_lines(source, sale, slip);
  add_benefits(source, sale, slip);
  add_totals(source, sale, slip);
  add_member(source, sale, slip);
  add_receipt_code(source, sale, slip);
  add_figures(sale, slip.figures);
  return slip;
}

/// Names of articles are in the sale that the record points to, where this till sealed it.
void add_returned_lines(const SlipSource& source, const ReturnFact& fact, SlipView& slip) {
  const Wording& words = source.words;
  const auto sold = source.directory.sale(fact.sale);
  for (const programme::ReturnedLine& back : fact.lines) {
    SlipLine line;
    if (sold && sold->fact && back.line < sold->fact->input.lines.size()) {
      line.name = words.of(sold->fact->input.lines[back.line].article.name);
    } else {
      line.name = article_name(source.directory, words, back.article, back.line);
    }
    line.quantity = words.number_cell(back.quantity);
    line.amount = words.minus_cell(back.money);
    slip.lines.push_back(std::move(line));
  }
}

SlipView return_slip(const SlipSource& source, const ReturnFact& fact) {
  const Wording& words = source.words;
  SlipView slip = head_of(source, fact.scene, fact.is_void ? Text::slip_void : Text::slip_return);
  slip.kind = fact.is_void ? SlipKind::sale_void : SlipKind::goods_return;
  slip.original =
      SlipAmount{words.say(Text::slip_original), domain::ReceiptCode::number_of(fact.sale)};
  add_returned_lines(source, fact, slip);
  add_tender(source, fact.tender, slip.totals);
  slip.totals.payable = {words.say(Text::money_back), words.priced_cell(fact.tender.due)};
  if (!fact.points_back.is_zero()) {
    slip.points.spent =
        SlipAmount{words.say(Text::points_given_back), words.number_cell(fact.points_back.units())};
  }
  if (!fact.earned_taken.is_zero()) {
    slip.points.earned = SlipAmount{words.say(Text::points_taken_back),
                                    words.number_cell(-fact.earned_taken.units())};
  }
  if (!fact.value_back.is_zero()) {
    slip.points.value.push_back(
        {words.say(Text::value_given_back), words.money_cell(fact.value_back)});
  }
  if (!fact.value_taken.is_zero()) {
    slip.points.value.push_back(
        {words.say(Text::value_taken_back), words.minus_cell(fact.value_taken)});
  }
  if (slip.points.spent || slip.points.earned) slip.points.heading = words.say(Text::slip_points);
  SlipFigures& figures = slip.figures;
  figures.payable_minor = -fact.money.units();
  figures.points_earned = -fact.earned_taken.units();
  figures.points_spent = -fact.points_back.units();
  figures.more.emplace_back("sale", fact.sale.hex());
  if (fact.sold_by) {
    figures.more.emplace_back("sold-by", std::to_string(fact.sold_by->value));
    figures.more.emplace_back("drawn-minor", std::to_string(fact.drawn.units()));
  }
  figures.more.emplace_back("due-minor", std::to_string(-fact.tender.due.units()));
  if (fact.member) figures.more.emplace_back("member", fact.member->hex());
  if (fact.account) figures.more.emplace_back("account", fact.account->hex());
  if (fact.unknown_card) figures.more.emplace_back("unknown-card", fact.unknown_card->hex());
  return slip;
}

/// One figure where both sides say the same, two where they do not.
void add_day_rows(const Wording& words, const DayClose& close, SlipView& slip) {
  for (DayRowView& row : day_rows(words, close)) {
    if (!row.differs) {
      slip.benefits.push_back({std::move(row.label), std::move(row.here)});
      continue;
    }
    slip.benefits.push_back({words.joined(row.label, words.say(Text::day_here)), row.here});
    slip.benefits.push_back({words.joined(row.label, words.say(Text::day_hub)), row.hub});
  }
}

}  // namespace

std::optional<SlipView> build_slip(const domain::FactId& uid, const programme::Fact& fact,
                                   const Directory& directory, bool is_copy) {
  std::optional<SlipView> slip;
  if (const auto* sale = std::get_if<SaleFact>(&fact)) {
    const Wording words(sale->scene.language, directory);
    const auto version = directory.programme_of(sale->result.programme);
    slip = sale_slip({uid, directory, words, version ? &*version : directory.programme()}, *sale);
    if (is_copy) slip->copy_mark = words.say(Text::slip_copy);
  } else if (const auto* back = std::get_if<ReturnFact>(&fact)) {
    const Wording words(back->scene.language, directory);
    slip = return_slip({uid, directory, words, directory.programme()}, *back);
    if (is_copy) slip->copy_mark = words.say(Text::slip_copy);
  }
  return slip;
}

SlipView build_day_slip(const DayClose& close, const domain::FactId& paper,
                        const programme::Scene& scene, const Directory& directory) {
  const Wording words(scene.language, directory);
  SlipView slip = head_of({paper, directory, words, directory.programme()}, scene, Text::day_title);
  slip.kind = SlipKind::day_close;
  slip.kind_title = words.joined(slip.kind_title, words.date(close.day));
  slip.footer.clear();
  slip.not_a_tax_document.clear();
  slip.benefits_heading = words.say(close.hub ? Text::day_both : Text::day_here);
  add_day_rows(words, close, slip);
  slip.notes.push_back(day_verdict(words, close).text);
  for (std::string& note : day_notes(words, close)) slip.notes.push_back(std::move(note));
  slip.signatures.push_back({words.say(Text::day_signed_till), close.signature});
  if (close.hub) {
    const std::string at = words.date_time_cell(close.hub->at);
    slip.signatures.push_back({words.say(Text::day_signed_hub, {at}), close.hub->signature});
  }
  SlipFigures& figures = slip.figures;
  figures.payable_minor = close.sums.taken.units();
  figures.points_earned = close.sums.earned.units();
  figures.points_spent = close.sums.spent.units();
  figures.more.emplace_back("sealed", std::to_string(close.sealed));
  figures.more.emplace_back("sales", std::to_string(close.sums.sales));
  figures.more.emplace_back("waiting", std::to_string(close.waiting));
  figures.more.emplace_back("agrees", close.agrees ? "1" : "0");
  return slip;
}

}  // namespace pos::app
