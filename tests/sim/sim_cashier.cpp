#include "pos/programme/hub_need.hpp"
#include "tests/sim/sim_till.hpp"

// What a cashier does with customers at this till.

namespace tests::sim {

using namespace pos;

/// Cards that lie about and that nobody holds at first.
std::string SimTill::loose_card() { return "29000000" + std::to_string(below(10)); }

programme::QuoteInput SimTill::basket() {
  programme::QuoteInput input;
  const std::size_t lines = 1 + below(4);
  for (std::size_t i = 0; i < lines; ++i) {
    const auto& article = (*context_.articles)[below(context_.articles->size())];
    input.lines.push_back({article, 1 + static_cast<std::int64_t>(below(5))});
  }
  input.moment = clock_.moment();
  input.store = pairing_.store;
  input.region = pairing_.region;
  return input;
}

void SimTill::bring_customer(programme::SaleFact& sale) {
  const std::uint64_t who = below(10);
  if (who < 7) {
    const SimMember& member = (*context_.members)[below(context_.members->size())];
    sale.input.member = member.card.empty()
                            ? directory_->member_by_phone(hash("phone", member.phone))
                            : directory_->member_by_card(hash("card", member.card));
    sale.identified_by = programme::IdentifiedBy::card_scan;
  } else if (who == 7) {
    const core::KeyedHash card = hash("card", loose_card());
    sale.input.member = directory_->member_by_card(card);
    sale.input.unknown_card = !sale.input.member;
    if (!sale.input.member) sale.unknown_card = card;
  }
  if (sale.input.member) {
    sale.member = sale.input.member->id;
    sale.account = sale.input.member->account;
  }
}

/// Some of what is offered: points, stored value, a coupon that is good once in the chain.
void SimTill::wish_for(programme::SaleFact& sale) {
  const auto& club = *directory_->programme();
  if (below(8) == 0) sale.input.coupons.push_back(*domain::CouponCode::parse("COFFEE"));
  sale.result = programme::quote(club, sale.input);
  const auto& offer = sale.result.points_offer;
  const std::int64_t step = club.rules().spend_step.units();
  if (sale.member && step > 0 && offer.spendable.units() >= step && below(2) == 0) {
    const auto steps = below(static_cast<std::uint64_t>(offer.spendable.units() / step)) + 1;
    sale.input.points_wish = domain::Points::of(step * static_cast<std::int64_t>(steps));
  }
  if (sale.member && offer.value_spendable > domain::Money() && below(2) == 0) {
    sale.input.value_wish = sale.input.member->value;
  }
  sale.result = programme::quote(club, sale.input);
}

void SimTill::sell() {
  programme::SaleFact sale;
  sale.scene = scene();
  sale.input = basket();
  bring_customer(sale);
  if (sale.input.member) check_balance(*sale.input.member);
  const domain::FactId uid = core::FactId::mint(chance_);
  if (!judge(uid, sale)) return authoriser_->abandon(uid);
  demand(!sale.input.member || sale.result.points_spent.is_zero() ||
             sale.result.points_spent <= sale.input.member->balance,
         label_ + ": more points spent than the till saw");
  if (!sale.result.drawn.is_zero()) sale.right = directory_->right();
  sale.tender = {programme::Tender::Kind::card, sale.result.payable, {}, sale.result.payable, {}};
  // The hub's answer may come between Enter and the commit.
  overtaken_ = below(8) == 0;
  if (overtaken_) sync();
  seal({uid, sale, {}, {{disk::kBasketKey, std::nullopt}}});
}

bool SimTill::judge(const domain::FactId& uid, programme::SaleFact& sale) {
  using Connection = club::engine::SyncStatus::Connection;
  sale.input.reach = directory_->reach(sale.account);
  sale.input.reach.online = worker_->status().connection == Connection::online;
  if (sale.input.reach.online && sale.account) {
    sale.input.reach.reserved = domain::Money::of(domain::kAmountMax);
  }
  wish_for(sale);
  if (!sale.input.reach.online) return true;
  const bool go_on = ask_hub(uid, sale);
  if (disk_.crashed()) return false;
  return go_on;
}

/// What the hub agrees to is sealed; without an answer it goes by the rights, and when there is
/// less than was wished for, without the wishes.
bool SimTill::ask_hub(const domain::FactId& uid, programme::SaleFact& sale) {
  using Word = club::wire::AuthoriseAnswer::Word;
  const auto& club = *directory_->programme();
  programme::HubNeed need = programme::hub_need(club, sale.result);
  if (!need.any) {
    sale.input.reach.reserved = {};
    sale.result = programme::quote(club, sale.input);
    return true;
  }
  club::wire::AuthoriseRequest::Wish wish{uid, programme::account_of(sale), need.wish.points,
                                          need.wish.value, need.wish.coupons};
  for (const auto& one : need.wish.budgets) wish.budgets.push_back({one.benefit, one.amount});
  const auto answer = authoriser_->ask(wish, context_.time->tick());
  const auto word = answer ? answer->word : Word::unavailable;
  if (word == Word::granted) {
    const programme::Quote shown = sale.result;
    sale.input.reach = directory_->reach(sale.account);
    sale.input.reach.online = true;
    sale.input.reach.reserved = need.worth;
    sale.reserved = std::move(need.wish);
    sale.result = programme::quote(club, sale.input);
    return shown.payable == sale.result.payable && shown.points_spent == sale.result.points_spent &&
           shown.value_spent == sale.result.value_spent && below(20) != 0;
  }
  if (word != Word::unavailable) {
    authoriser_->abandon(uid);
    sale.input.points_wish = {};
    sale.input.value_wish = {};
    sale.input.coupons.clear();
  }
  go_by_rights(sale);
  return true;
}

void SimTill::go_by_rights(programme::SaleFact& sale) {
  sale.input.reach = directory_->reach(sale.account);
  sale.result = programme::quote(*directory_->programme(), sale.input);
}

/// A phone of their own, or one that others give, too, at this till or elsewhere.
SimTill::Person SimTill::person_who_joins() {
  Person person;
  person.first_name = below(2) == 0 ? "Joined" : "Member";
  if (below(3) == 0) {
    person.phone = below(2) == 0 ? "+97253000000" + std::to_string(below(8))
                                 : (*context_.members)[below(context_.members->size())].phone;
  } else {
    person.phone = "+97250" + std::to_string(1'000'000 + below(9'000'000)) +
                   std::to_string(pairing_.till.value);
  }
  return person;
}

void SimTill::join() {
  programme::JoinFact join;
  const Person who = person_who_joins();
  // The sheet says so when the phone is a member's already.
  if (directory_->member_by_phone(hash("phone", who.phone))) return;
  join.scene = scene();
  join.member.account = domain::AccountId::mint(chance_);
  join.member.id = domain::member_id_beside(join.member.account, domain::MemberId::mint(chance_));
  join.member.member_class = *domain::ClassCode::parse("regular");
  join.member.form_of_address = "Joined";
  join.member.last_digits = who.phone.substr(who.phone.size() - 2);
  join.phone = hash("phone", who.phone);
  join.terms_version = "1";
  programme::PersonDetails person;
  if (below(3) == 0) {
    // It may have earned already, and others may be given it at the same time.
    person.card = loose_card();
    join.card = hash("card", person.card);
  }
  person.phone = who.phone;
  person.first_name = who.first_name;
  const core::Bytes box =
      core::seal_for(pairing_.hub_box, programme::encode_person(person), chance_);
  join.person = core::blake2b(box);
  seal({core::FactId::mint(chance_), join, box, {}}, who);
}

void SimTill::give_back() {
  const domain::FactId uid = sales_[below(sales_.size())];
  if (rotten_.contains(uid)) return;
  const auto sold = directory_->sale(uid);
  demand(sold.has_value(), label_ + ": a sale of this till is not found");
  const bool fresh = std::all_of(sold->returned.quantity.begin(), sold->returned.quantity.end(),
                                 [](std::int64_t quantity) { return quantity == 0; });
  const bool is_void = fresh && below(4) == 0;
  std::vector<programme::ReturnWish> wishes;
  for (std::size_t line = 0; line < sold->receipt.lines.size(); ++line) {
    const std::int64_t left = sold->receipt.lines[line].quantity - sold->returned.quantity[line];
    if (left <= 0 || (!is_void && below(2) == 0)) continue;
    const std::int64_t some =
        1 + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(left)));
    wishes.push_back({line, is_void ? left : some});
  }
  if (wishes.empty()) return;
  auto back = programme::invert(uid, *sold->fact, sold->returned, wishes, scene());
  demand(back.has_value(), label_ + ": what is left of a sale cannot come back");
  back->is_void = is_void;
  seal({core::FactId::mint(chance_), *back, {}, {}});
}

}  // namespace tests::sim
