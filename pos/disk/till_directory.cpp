#include "pos/disk/till_directory.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "pos/core/planted.hpp"
#include "pos/disk/derived_rows.hpp"
#include "pos/domain/bucket.hpp"
#include "pos/programme/member_change.hpp"
#include "pos/programme/member_standing.hpp"

namespace pos::disk {

using domain::MemberFacts;
using domain::Money;

TillDirectory::TillDirectory(Options options, CacheReader cache, JournalReader journal)
    : options_(std::move(options)), cache_(std::move(cache)), journal_(std::move(journal)) {}

Disk<std::unique_ptr<TillDirectory>> TillDirectory::open(const Options& options) {
  auto cache = CacheReader::open(options.cache_path, options.cache_key, options.vfs);
  if (!cache) return core::fail(cache.error());
  auto journal = JournalReader::open(options.journal_path, options.vfs);
  if (!journal) return core::fail(journal.error());
  std::unique_ptr<TillDirectory> directory(
      new TillDirectory(options, std::move(*cache), std::move(*journal)));
  directory->refresh();
  return directory;
}

void TillDirectory::refresh() {
  profile_.till = options_.pairing.till;
  profile_.store = options_.pairing.store;
  profile_.region = options_.pairing.region;
  profile_.demo = options_.demo;
  profile_.slip_says_not_a_tax = options_.slip_says_not_a_tax;
  if (const auto stores = cache_.stores()) {
    for (const domain::Store& store : *stores) {
      if (store.code == profile_.store) profile_.store_name = store.name;
    }
  }
  if (const auto settings = cache_.settings(); settings && *settings) {
    profile_.ranges = (*settings)->ranges;
    profile_.phone_plan =
        (*settings)->country == "IR" ? domain::PhonePlan::iran : domain::PhonePlan::israel;
  }
  if (auto staff = cache_.staff()) staff_ = std::move(*staff);
  if (auto cards = cache_.staff_cards()) staff_cards_ = std::move(*cards);
  auto document = cache_.programme();
  if (!document || !*document || **document == programme_document_) return;
  auto parsed = programme::Programme::parse(core::bytes_of(**document));
  if (parsed) {
    programme_ = std::move(*parsed);
    programme_document_ = std::move(**document);
    programme_trouble_.clear();
  } else {
    const auto& first = parsed.error().front();
    programme_trouble_ = fmt::format("line {}: {}: {}", first.line, first.place, first.reason);
  }
}

const programme::Programme* TillDirectory::programme() const {
  return programme_ ? &*programme_ : nullptr;
}

std::optional<programme::Programme> TillDirectory::programme_of(
    const programme::ProgrammeHash& hash) const {
  if (programme_ && programme_->hash() == hash) return programme_;
  const auto document = journal_.programme(hash);
  if (!document || !*document) return std::nullopt;
  auto parsed = programme::Programme::parse(**document);
  return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

std::optional<domain::Article> TillDirectory::article(const domain::ArticleCode& code) const {
  auto article = cache_.article(code.text());
  return article ? std::move(*article) : std::nullopt;
}

core::KeyedHash TillDirectory::card_hash(const domain::CardNumber& card) const {
  return core::keyed_hash(options_.pairing.index_key, club::wire::kCardHash, card.digits());
}

core::KeyedHash TillDirectory::phone_hash(const domain::PhoneNumber& phone) const {
  return core::keyed_hash(options_.pairing.index_key, club::wire::kPhoneHash, phone.e164());
}

std::optional<MemberFacts> TillDirectory::member_by_card(const core::KeyedHash& card) const {
  return as_known_here(cache_.member_by_card(card));
}

bool TillDirectory::is_blocked_card(const core::KeyedHash& card) const {
  const auto found = cache_.card(card);
  return found && *found && (*found)->blocked;
}

std::optional<MemberFacts> TillDirectory::member_by_phone(const core::KeyedHash& phone) const {
  return as_known_here(cache_.member_by_phone(phone));
}

namespace {

/// What came back had made this lot; what of it is listed goes.
void take_lot(std::vector<domain::Lot>& lots, std::int64_t amount, const domain::LotTerms& terms,
              domain::Day today) {
  for (domain::Lot& lot : lots) {
    const bool same = lot.terms.last == terms.last &&
                      (lot.terms.first == terms.first || !terms.is_pending(today));
    if (!same) continue;
    const std::int64_t part = std::min(amount, lot.amount);
    lot.amount -= part;
    amount -= part;
  }
}

/// What an own sale did to its member besides the sum of points, which the hub's row does not show
/// yet. Gives the day of a fact of this very member.
std::optional<domain::Day> lay_over(MemberFacts& facts, const domain::FactId& uid,
                                    const programme::SaleFact& sale, bool doubtful) {
  const domain::Day day = core::local_day(sale.scene.moment);
  const programme::Quote& result = sale.result;
  facts.value += result.value_earned - result.value_spent;
  programme::apply_lots(facts, result, day);
  if (sale.member != facts.id) return std::nullopt;  // of the same household
  // A coupon used twice is the hub's to find: here it is gone in either case.
  static_cast<void>(programme::apply_change(facts, programme::change_of(result), day));
  if (doubtful) return std::nullopt;
  programme::count_purchase(facts, programme::purchase_of(uid, sale));
  return day;
}

/// Likewise of a return. Which lots get back what the sale had spent the hub knows; here it can be
/// spent at once.
std::optional<domain::Day> lay_over(MemberFacts& facts, const programme::ReturnFact& back,
                                    const std::optional<app::SoldSale>& sold, bool doubtful) {
  const domain::Day day = core::local_day(back.scene.moment);
  facts.value += back.value_back - back.value_taken;
  if (sold && sold->fact) {
    const programme::Quote& sale = sold->fact->result;
    take_lot(facts.point_lots, back.earned_taken.units(), sale.earned_terms, day);
    take_lot(facts.value_lots, back.value_taken.units(), sale.value_terms, day);
    facts.point_lots = domain::told_of(facts.point_lots, day);
    facts.value_lots = domain::told_of(facts.value_lots, day);
  }
  if (back.member != facts.id || doubtful) return std::nullopt;
  static_cast<void>(programme::apply_change(facts, back.change, day));
  programme::count_purchase(facts, programme::purchase_of(back));
  return day;
}

void lay_over(domain::CardValue& card, const programme::SaleFact& sale) {
  card.value += sale.result.value_earned - sale.result.value_spent;
  programme::apply_value_lots(card.lots, sale.result, core::local_day(sale.scene.moment));
}

void lay_over(domain::CardValue& card, const programme::ReturnFact& back,
              const std::optional<app::SoldSale>& sold) {
  const domain::Day day = core::local_day(back.scene.moment);
  card.value += back.value_back - back.value_taken;
  if (!sold || !sold->fact) return;
  take_lot(card.lots, back.value_taken.units(), sold->fact->result.value_terms, day);
  card.lots = domain::told_of(card.lots, day);
}

}  // namespace

std::optional<MemberFacts> TillDirectory::member(const domain::MemberId& id) const {
  return as_known_here(cache_.member(id));
}

std::optional<MemberFacts> TillDirectory::as_known_here(
    Disk<std::optional<CachedMember>> found) const {
  if (!found || !*found) return std::nullopt;
  MemberFacts facts = std::move((*found)->facts);
  // Seqs of two buckets do not compare: a row that lives away from its account counts every
  // outcome that is known as shown.
  const bool at_home = (*found)->stream == bucket_of(facts.account);
  const std::uint64_t shown = at_home ? facts.version : static_cast<std::uint64_t>(INT64_MAX);
  const auto overlay = journal_.overlay(facts.account, shown);
  // A journal that cannot be read leaves nothing to spend: the safe side.
  if (!overlay) {
    facts.balance = std::min(facts.balance, domain::Points{});
    return facts;
  }
  facts.balance += overlay->gained - overlay->spent;
  if (CLUBTILL_BUG("overlay_ignored")) facts.balance -= overlay->gained - overlay->spent;
  if (overlay->facts == 0) return facts;
  const auto unshown = journal_.unshown(facts.account, shown);
  if (!unshown) return facts;
  std::optional<domain::Day> latest;
  for (const UnshownFact& one : *unshown) {
    if (const auto* made = std::get_if<programme::SaleFact>(&one.fact)) {
      latest = std::max(latest, lay_over(facts, one.uid, *made, one.doubtful));
    }
    if (const auto* back = std::get_if<programme::ReturnFact>(&one.fact)) {
      latest = std::max(latest, lay_over(facts, *back, sale(back->sale), one.doubtful));
    }
  }
  // What the hub says holds until something happened here that it does not know.
  if (latest && programme_) programme::set_standing(facts, programme_->tiers(), *latest);
  return facts;
}

std::optional<domain::CardValue> TillDirectory::card_value(const core::KeyedHash& card) const {
  const domain::AccountId account = domain::account_of_card(card);
  const auto row = cache_.card_value(account);
  if (!row) return std::nullopt;
  const bool told = row->has_value();
  domain::CardValue held = told ? **row : domain::CardValue{};
  // Without a row every outcome that is known counts as shown: the safe side.
  const auto unshown =
      journal_.unshown(account, told ? held.version : static_cast<std::uint64_t>(INT64_MAX));
  if (!unshown) return std::nullopt;
  bool loaded = told;
  for (const UnshownFact& one : *unshown) {
    const auto* back = std::get_if<programme::ReturnFact>(&one.fact);
    const auto* made = std::get_if<programme::SaleFact>(&one.fact);
    if (back != nullptr) lay_over(held, *back, sale(back->sale));
    if (made == nullptr) continue;
    lay_over(held, *made);
    loaded = loaded || !made->result.value_earned.is_zero();
    if (!told) held.as_of = made->scene.moment.at;
  }
  return loaded ? std::optional(std::move(held)) : std::nullopt;
}

std::optional<domain::StaffCode> TillDirectory::employee_of(const domain::MemberId& id) const {
  for (const auto& [code, card] : staff_cards_) {
    const auto holder = cache_.card(card);
    if (holder && *holder && (*holder)->member == id) return code;
  }
  return std::nullopt;
}

std::vector<programme::BudgetLeft> TillDirectory::budgets() const {
  if (!programme_) return {};
  auto budgets = programme_->budgets();
  for (programme::BudgetLeft& one : budgets) {
    const auto by_all = cache_.budget_given(one.benefit);
    const auto by_us = journal_.of_budget(one.benefit);
    // What cannot be read is all given: the safe side.
    one.left = by_all && by_us ? std::max(Money{}, one.left - *by_all - *by_us) : Money{};
  }
  return budgets;
}

programme::Reach TillDirectory::reach(const std::optional<domain::AccountId>& account) const {
  programme::Reach reach;
  reach.budgets = budgets();
  const auto held = journal_.right();
  if (!held || !*held) return reach;
  const RightLeft& right = **held;
  reach.pool_left = right.left();
  reach.member_left = std::min(right.per_member_max, right.left());
  if (!account || CLUBTILL_BUG("cap_ignores_spends")) return reach;
  const auto spent = journal_.spent_for(right, *account);
  const Money left = spent ? right.per_member_max - *spent : Money{};
  reach.member_left = std::clamp(left, Money{}, right.left());
  return reach;
}

std::optional<domain::RightId> TillDirectory::right() const {
  const auto held = journal_.right();
  return held && *held ? std::optional((*held)->id) : std::nullopt;
}

domain::ReceiptCode TillDirectory::slip_code(const domain::Receipt& receipt) const {
  std::optional<domain::SignedReceipt> made;
  if (options_.signing && receipt.till == options_.pairing.till) {
    made = domain::SignedReceipt::make(receipt, options_.pairing.index_key, *options_.signing);
  }
  return made ? domain::ReceiptCode(std::move(*made)) : domain::ReceiptCode(receipt.sale);
}

std::optional<app::SoldSale> TillDirectory::sale(const domain::FactId& uid) const {
  auto sealed = journal_.fact(uid);
  if (!sealed || !*sealed) return std::nullopt;
  auto fact = programme::decode_fact((*sealed)->fields.kind.text(), (*sealed)->body);
  auto* sale = fact ? std::get_if<programme::SaleFact>(&*fact) : nullptr;
  if (sale == nullptr) return std::nullopt;
  auto returned = journal_.returned(uid, sale->input.lines.size());
  const auto voided = journal_.is_voided(uid);
  if (!returned || !voided) return std::nullopt;
  domain::Receipt receipt = programme::receipt_of(uid, *sale);
  return app::SoldSale{std::move(receipt), std::move(*sale), std::move(*returned), *voided};
}

core::Expected<app::SoldSale, app::SlipFault> TillDirectory::sold_elsewhere(
    const domain::SignedReceipt& slip) const {
  const auto till = cache_.till(slip.till());
  if (!till || !*till) return core::fail(app::SlipFault::unknown_till);
  if ((*till)->revoked) return core::fail(app::SlipFault::revoked_till);
  const bool believed = CLUBTILL_BUG("slip_not_verified");
  if (!believed && !slip.is_signed_by((*till)->key)) return core::fail(app::SlipFault::forged);
  domain::Receipt receipt = slip.open(options_.pairing.index_key);
  programme::ReturnedSoFar back = returned(receipt.sale, receipt.lines.size());
  return app::SoldSale{std::move(receipt), std::nullopt, std::move(back), false};
}

programme::ReturnedSoFar TillDirectory::returned(const domain::FactId& sale,
                                                 std::size_t lines) const {
  if (auto known = journal_.returned(sale, lines)) return std::move(*known);
  // A journal that cannot be read may have given everything back: the safe side.
  return {std::vector<std::int64_t>(lines, programme::kQuantityMax)};
}

}  // namespace pos::disk
