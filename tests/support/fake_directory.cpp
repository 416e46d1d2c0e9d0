#include "tests/support/fake_directory.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "pos/programme/member_change.hpp"

namespace tests {

using namespace pos;

namespace {

template <std::size_t Size>
std::array<std::uint8_t, Size> filled(std::size_t seed) {
  std::array<std::uint8_t, Size> bytes{};
  bytes.fill(static_cast<std::uint8_t>(seed));
  return bytes;
}

domain::LocalText same_in_all(const std::string& text) {
  return domain::LocalText{{text, text + " he", text + " fa"}};
}

programme::Programme read_programme(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  const std::string document = text.str();
  auto parsed = programme::Programme::parse(core::bytes_of(document));
  if (!parsed) throw std::runtime_error("not a programme: " + path);
  return *parsed;
}

}  // namespace

FakeDirectory::FakeDirectory(const std::string& programme_path)
    : held_programme(read_programme(programme_path)), index_key_(filled<32>(7)) {
  till_profile.till = {3};
  till_profile.store = *domain::StoreCode::parse("cedar");
  till_profile.region = *domain::RegionCode::parse("north");
  till_profile.store_name = same_in_all("Rimon Cedar Street");
  till_profile.ranges = domain::usual_code_ranges();
  employees = {{*domain::StaffCode::parse("dana"), same_in_all("Dana"), false},
               {*domain::StaffCode::parse("lior"), same_in_all("Lior"), true}};
  pool_right = domain::RightId(filled<16>(99));
  core::SeededChance chance(3);
  till_key = core::make_signing_pair(chance);
  add_article("0400000000015", "Milk 3%", 620);
  add_article("0400000000022", "Bread", 1490);
  add_article("0400000000039", "Olive oil", 3990, true);
  add_article("0400000000046", "Yoghurt x4", 1100, true);
  add_article("0400000000053", "Coffee", 2990, true);
  add_article("0400000002835", "Space rocket", 8990);
  add_article("0400000002842", "VIP membership", 9900, false, false);
  add_article("0400000002859", "Rimon Plus, one month", 1990, false, false);
  add_article("0400000000121", "Gift card 100", 10000, false, false);
  articles["0400000000121"].category = *domain::CategoryCode::parse("gift-card");
  add_article("0400000000114", "Yellow bulldozer", 5990);
  articles["0400000000114"].category = *domain::CategoryCode::parse("toys");
  add_article("7", "Onions", 490);
}

const programme::Programme* FakeDirectory::programme() const {
  return has_programme ? &*held_programme : nullptr;
}

std::optional<programme::Programme> FakeDirectory::programme_of(
    const programme::ProgrammeHash& hash) const {
  for (const auto& one : {held_programme, earlier_programme}) {
    if (one && one->hash() == hash) return one;
  }
  return std::nullopt;
}

std::optional<domain::Article> FakeDirectory::article(const domain::ArticleCode& code) const {
  const auto found = articles.find(code.text());
  if (found == articles.end()) return std::nullopt;
  return found->second;
}

core::KeyedHash FakeDirectory::card_hash(const domain::CardNumber& card) const {
  return core::keyed_hash(index_key_, "card", card.digits());
}

core::KeyedHash FakeDirectory::phone_hash(const domain::PhoneNumber& phone) const {
  return core::keyed_hash(index_key_, "phone", phone.e164());
}

std::optional<domain::MemberFacts> FakeDirectory::member_by_card(
    const core::KeyedHash& card) const {
  const auto found = cards.find(card);
  return found == cards.end() ? std::nullopt : member(found->second);
}

std::optional<domain::CardValue> FakeDirectory::card_value(const core::KeyedHash& card) const {
  const auto found = card_values.find(card);
  if (found == card_values.end()) return std::nullopt;
  return found->second;
}

bool FakeDirectory::is_blocked_card(const core::KeyedHash& card) const {
  return std::find(blocked.begin(), blocked.end(), card) != blocked.end();
}

std::optional<domain::MemberFacts> FakeDirectory::member_by_phone(
    const core::KeyedHash& phone) const {
  const auto found = phones.find(phone);
  return found == phones.end() ? std::nullopt : member(found->second);
}

std::optional<domain::MemberFacts> FakeDirectory::member(const domain::MemberId& id) const {
  for (const auto& facts : members) {
    if (facts.id == id) return facts;
  }
  return std::nullopt;
}

std::optional<domain::StaffCode> FakeDirectory::employee_of(const domain::MemberId& id) const {
  const auto found = member_staff.find(id);
  if (found == member_staff.end()) return std::nullopt;
  return found->second;
}

programme::Reach FakeDirectory::reach(const std::optional<domain::AccountId>& account) const {
  programme::Reach reach;
  reach.pool_left = pool;
  for (const auto& [id, amount] : spent) reach.pool_left -= amount;
  reach.pool_left -= drawn_by_returns;
  reach.member_left = pool_per_member;
  if (account && spent.contains(*account)) reach.member_left -= spent.at(*account);
  return reach;
}

domain::ReceiptCode FakeDirectory::slip_code(const domain::Receipt& receipt) const {
  auto made = domain::SignedReceipt::make(receipt, index_key_, till_key.secret);
  return made ? domain::ReceiptCode(std::move(*made)) : domain::ReceiptCode(receipt.sale);
}

std::optional<app::SoldSale> FakeDirectory::sale(const domain::FactId& uid) const {
  const auto found = sold.find(uid);
  if (found == sold.end()) return std::nullopt;
  return found->second;
}

core::Expected<app::SoldSale, app::SlipFault> FakeDirectory::sold_elsewhere(
    const domain::SignedReceipt& slip) const {
  const auto key = other_tills.find(slip.till());
  if (key == other_tills.end()) return core::fail(app::SlipFault::unknown_till);
  if (!slip.is_signed_by(key->second)) return core::fail(app::SlipFault::forged);
  app::SoldSale sale;
  sale.receipt = slip.open(index_key_);
  sale.returned = returned(slip.sale(), sale.receipt.lines.size());
  return sale;
}

programme::ReturnedSoFar FakeDirectory::returned(const domain::FactId& sale,
                                                 std::size_t lines) const {
  programme::ReturnedSoFar so_far;
  const auto back = came_back.find(sale);
  if (back != came_back.end()) so_far.quantity = back->second;
  so_far.quantity.resize(lines, 0);
  return so_far;
}

void FakeDirectory::remember(const domain::FactId& uid, const programme::Fact& fact) {
  if (const auto* sale = std::get_if<programme::SaleFact>(&fact)) {
    app::SoldSale kept;
    kept.receipt = programme::receipt_of(uid, *sale);
    kept.fact = *sale;
    if (kept.fact->input.member) {  // the journal names nobody
      kept.fact->input.member->form_of_address.clear();
      kept.fact->input.member->last_digits.clear();
    }
    kept.returned.quantity.assign(sale->input.lines.size(), 0);
    sold[uid] = kept;
    if (const auto account = programme::account_of(*sale)) {
      spent[*account] += sale->result.points_value + sale->result.value_spent;
    }
    if (sale->unknown_card && (sale->input.card_value || !sale->result.value_earned.is_zero())) {
      domain::CardValue& card = card_values[*sale->unknown_card];
      card.value += sale->result.value_earned - sale->result.value_spent;
    }
    for (domain::MemberFacts& member : members) {
      if (member.id != sale->member) continue;
      static_cast<void>(programme::apply_change(member, programme::change_of(sale->result),
                                                core::local_day(sale->input.moment)));
    }
  } else if (const auto* back = std::get_if<programme::ReturnFact>(&fact)) {
    if (back->sold_by) {
      std::vector<std::int64_t>& pieces = came_back[back->sale];
      for (const auto& line : back->lines) {
        if (pieces.size() <= line.line) pieces.resize(line.line + 1, 0);
        pieces[line.line] += line.quantity;
      }
      drawn_by_returns += back->drawn;
      return;
    }
    app::SoldSale& sale_of = sold.at(back->sale);
    for (const auto& line : back->lines) sale_of.returned.quantity[line.line] += line.quantity;
    sale_of.voided = sale_of.voided || back->is_void;
    for (domain::MemberFacts& member : members) {
      if (member.id != back->member) continue;
      static_cast<void>(
          programme::apply_change(member, back->change, core::local_day(back->scene.moment)));
    }
  } else if (const auto* join = std::get_if<programme::JoinFact>(&fact)) {
    members.push_back(join->member);
    phones[join->phone] = join->member.id;
    if (join->card) cards[*join->card] = join->member.id;
  }
}

domain::MemberFacts& FakeDirectory::add_member(const std::string& name, const std::string& card,
                                               const std::string& phone) {
  domain::MemberFacts facts;
  const std::size_t number = members.size() + 1;
  facts.id = domain::MemberId(filled<16>(number));
  facts.account = domain::AccountId(filled<16>(100 + number));
  facts.form_of_address = name;
  facts.last_digits = phone.substr(phone.size() - 2);
  facts.member_class = *domain::ClassCode::parse("regular");
  facts.version = number;
  cards[card_hash(*domain::CardNumber::parse(card, till_profile.ranges))] = facts.id;
  phones[phone_hash(*domain::PhoneNumber::parse(phone, till_profile.phone_plan))] = facts.id;
  members.push_back(facts);
  return members.back();
}

void FakeDirectory::add_article(const std::string& code, const std::string& name,
                                std::int64_t price, bool demand, bool earns) {
  domain::Article article;
  article.code = code;
  article.name = same_in_all(name);
  article.price = domain::Money::of(price);
  article.vat_per_mille = 180;
  article.category = *domain::CategoryCode::parse("food");
  article.demand = demand;
  article.earns = earns;
  articles[code] = article;
}

void FakeDirectory::block_card(const std::string& card) {
  blocked.push_back(card_hash(*domain::CardNumber::parse(card, till_profile.ranges)));
}

}  // namespace tests
