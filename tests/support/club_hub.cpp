#include "tests/support/club_hub.hpp"

#include <cstdlib>

#include <fstream>
#include <sstream>

#include "pos/core/check.hpp"
#include "sync/hub/audit.hpp"

namespace tests::support {

using namespace pos::programme;
using club::hub::Hub;
using club::wire::FactFrame;
using pos::core::Bytes;
using pos::domain::AccountId;
using pos::domain::FactId;
using pos::domain::MemberFacts;
using pos::domain::MemberId;
using pos::domain::Money;

ScratchFolder::ScratchFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "clubtill-XXXXXX").string();
  CLUBTILL_CHECK(::mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string club_programme_text() {
  std::ifstream in(std::string(CLUBTILL_SOURCE_DIR) + "/assets/sample-club/programme.json");
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

const Programme& club_programme() {
  static const Programme programme = [] {
    const std::string text = club_programme_text();
    auto parsed = Programme::parse(pos::core::bytes_of(text));
    CLUBTILL_CHECK(parsed.has_value());
    return std::move(*parsed);
  }();
  return programme;
}

HubClub::HubClub(std::uint64_t seed) : chance(seed), keys(club::hub::HubKeys::mint(chance)) {
  restart();
  club::wire::ClubSettings settings;
  settings.ranges = pos::domain::usual_code_ranges();
  const auto store = pos::domain::StoreCode::parse("main");
  const auto region = pos::domain::RegionCode::parse("north");
  CLUBTILL_CHECK(hub->put_club_rows(
      {club::wire::SettingsRow{settings}, club::wire::StoreRow{{*store, {}, *region}}}));
  CLUBTILL_CHECK(hub->publish(club_programme_text()));
}

void HubClub::restart() {
  hub.reset();
  auto opened = Hub::open({folder.file("hub.db"), "", Hub::Purpose::serve}, keys, clock, chance);
  CLUBTILL_CHECK(opened.has_value());
  hub = std::move(*opened);
}

std::size_t HubClub::settle() {
  std::size_t total = 0;
  while (true) {
    const auto applied = hub->run_once();
    CLUBTILL_CHECK(applied.has_value());
    if (*applied == 0) return total;
    total += *applied;
  }
}

std::int64_t HubClub::count(const std::string& sql) {
  auto read = hub->database().prepare(sql);
  CLUBTILL_CHECK(read.step());
  return read.integer(0);
}

std::vector<std::string> HubClub::broken_laws() {
  const auto lines = club::hub::audit(*hub);
  CLUBTILL_CHECK(lines.has_value());
  std::vector<std::string> broken;
  for (const auto& line : *lines) {
    if (!line.holds) broken.push_back(line.name + ": " + line.detail);
  }
  return broken;
}

std::int64_t HubClub::points(const AccountId& account) {
  auto read = hub->database().prepare(
      "SELECT points FROM account WHERE bucket = ? AND kind = 0 AND account = ?");
  read.bind_all(std::int64_t{club::wire::bucket_of(account)}, account.bytes());
  return read.step() ? read.integer(0) : 0;
}

HandTill::HandTill(HubClub& club) : club_(&club), key_(pos::core::make_signing_pair(club.chance)) {
  const auto till = club.hub->add_till(*pos::domain::StoreCode::parse("main"));
  CLUBTILL_CHECK(till.has_value());
  club::wire::Request request;
  request.path = club::wire::kRegisterPath;
  request.body = club::wire::encode(club::wire::RegisterRequest{till->code, key_.open});
  const auto reply = club.hub->handle(request, club.clock.tick());
  CLUBTILL_CHECK(reply.response.status == 200);
  paired_ = club::wire::decode_register_answer(reply.response.body).value();
  seal(BeginFact{});
}

Scene HandTill::scene() const {
  Scene scene;
  scene.moment = club_->clock.moment();
  scene.moment.at = scene.moment.at + clock_error_;
  scene.store = paired_.store;
  scene.region = paired_.region;
  scene.till = paired_.till;
  scene.employee = *pos::domain::StaffCode::parse("dana");
  return scene;
}

FactId HandTill::seal(const Fact& fact, std::optional<Bytes> box) {
  return seal_raw(kind_of(fact), encode_fact(fact), std::move(box));
}

FactId HandTill::seal_raw(std::string_view kind, Bytes body, std::optional<Bytes> box) {
  FactFrame frame;
  frame.fields.till = paired_.till.value;
  frame.fields.incarnation = incarnation_;
  frame.fields.seq = facts_.empty() ? 1 : facts_.back().fields.seq + 1;
  frame.fields.uid = next_uid_ ? *next_uid_ : FactId::mint(club_->chance);
  next_uid_.reset();
  frame.fields.kind = *pos::core::FactKind::parse(kind);
  frame.fields.size = static_cast<std::uint32_t>(body.size());
  frame.fields.body_hash = pos::core::blake2b(body);
  const auto before = facts_.empty() ? pos::core::kChainStart : facts_.back().chain;
  frame.chain = pos::core::chain_value(before, frame.fields);
  frame.body = std::move(body);
  frame.box = std::move(box);
  facts_.push_back(frame);
  return frame.fields.uid;
}

void HandTill::begin_incarnation() {
  const BeginFact begin{incarnation_, facts_.back().fields.seq, facts_.back().chain};
  ++incarnation_;
  facts_.clear();
  seal(begin);
}

pos::core::KeyedHash HandTill::card_hash(const std::string& digits) const {
  return pos::core::keyed_hash(paired_.index_key, club::wire::kCardHash, digits);
}

pos::core::KeyedHash HandTill::phone_hash(const std::string& e164) const {
  return pos::core::keyed_hash(paired_.index_key, club::wire::kPhoneHash, e164);
}

MemberFacts HandTill::join(const Person& person) {
  JoinFact fact;
  fact.scene = scene();
  fact.member.id = MemberId::mint(club_->chance);
  fact.member.account = AccountId::mint(club_->chance);
  fact.member.form_of_address = person.first_name;
  fact.member.last_digits = person.phone.substr(person.phone.size() - 2);
  fact.member.member_class = *pos::domain::ClassCode::parse("regular");
  fact.phone = phone_hash(person.phone);
  if (!person.card.empty()) fact.card = card_hash(person.card);
  fact.terms_version = "1";
  using By = pos::programme::Referral::By;
  const auto points = pos::domain::Points::of(200);
  if (!person.by_phone.empty()) {
    fact.referral = {By::phone, phone_hash(person.by_phone), points, points, {}};
  }
  if (!person.by_card.empty()) {
    fact.referral = {By::card, card_hash(person.by_card), points, points, {}};
  }
  PersonDetails details;
  details.phone = person.phone;
  details.first_name = person.first_name;
  details.card = person.card;
  details.dates = person.dates;
  auto box = pos::core::seal_for(paired_.hub_box, encode_person(details), club_->chance);
  fact.person = pos::core::blake2b(box);
  seal(fact, std::move(box));
  return fact.member;
}

SaleFact HandTill::goods(const std::optional<MemberFacts>& member, std::int64_t times) const {
  SaleFact fact;
  fact.scene = scene();
  const auto line = [&](const std::string& code, std::int64_t price) {
    pos::domain::Article article;
    article.code = code;
    article.price = Money::of(price);
    article.vat_per_mille = 180;
    return BasketLine{article, times};
  };
  fact.input.lines = {line("0400000000015", 620), line("77", 3990)};
  fact.input.member = member;
  fact.input.moment = fact.scene.moment;
  fact.input.store = fact.scene.store;
  fact.input.region = fact.scene.region;
  if (member) {
    fact.member = member->id;
    fact.account = member->account;
  }
  return fact;
}

FactId HandTill::sell_article(const pos::domain::Article& article,
                              const std::optional<MemberFacts>& member,
                              const std::optional<std::string>& unknown_card) {
  SaleFact fact = goods(member, 1);
  fact.input.lines = {{article, 1}};
  fact.input.unknown_card = unknown_card.has_value();
  if (unknown_card) fact.unknown_card = card_hash(*unknown_card);
  return seal_sale(club_programme(), std::move(fact));
}

FactId HandTill::sell(const std::optional<MemberFacts>& member, std::int64_t times,
                      const std::optional<std::string>& unknown_card) {
  SaleFact fact = goods(member, times);
  fact.input.unknown_card = unknown_card.has_value();
  if (unknown_card) fact.unknown_card = card_hash(*unknown_card);
  return seal_sale(club_programme(), std::move(fact));
}

FactId HandTill::sell_under(const pos::programme::Programme& programme, const MemberFacts& member,
                            pos::domain::Points points, std::string_view coupon) {
  SaleFact fact = goods(member, 1);
  fact.input.reach = {false, Money::of(60'000), Money::of(60'000)};
  fact.input.value_wish = member.value;
  fact.input.points_wish = points;
  if (!coupon.empty()) fact.input.coupons = {*pos::domain::CouponCode::parse(coupon)};
  return seal_sale(programme, std::move(fact));
}

FactId HandTill::sell_from_card(const std::string& card, const pos::domain::CardValue& held) {
  SaleFact fact = goods(std::nullopt, 1);
  fact.input.unknown_card = true;
  fact.unknown_card = card_hash(card);
  fact.input.card_value = held;
  fact.input.value_wish = held.value;
  fact.input.reach.online = true;
  fact.input.reach.reserved = held.value;
  fact.result = quote(club_programme(), fact.input);
  const club::wire::AuthoriseRequest::Wish wish{
      FactId::mint(club_->chance), account_of(fact), {}, fact.result.value_spent, {}};
  CLUBTILL_CHECK(authorise({wish, {}}).word == club::wire::AuthoriseAnswer::Word::granted);
  fact.reserved = Reservation{{}, wish.value, {}};
  next_uid_ = wish.uid;
  return seal_sale(club_programme(), std::move(fact));
}

std::optional<pos::domain::CardValue> HandTill::card_value(const std::string& card) const {
  const auto account = pos::domain::account_of_card(card_hash(card));
  const auto found = rows_.find("card_value:" + account.hex());
  if (found == rows_.end()) return std::nullopt;
  return std::get<club::wire::CardValueRow>(found->second.body).card;
}

FactId HandTill::sell_joining(const MemberFacts& member, const pos::domain::ClassCode& to) {
  SaleFact fact = goods(member, 1);
  fact.result = quote(club_programme(), fact.input);
  fact.result.joined = Joining{member.member_class, to, {}};
  fact.tender.due = fact.result.payable;
  fact.tender.received = fact.result.payable;
  return seal(fact);
}

FactId HandTill::sell_tampered(const pos::programme::Programme& altered, const MemberFacts& member,
                               const pos::domain::ProgrammeHash& named) {
  SaleFact fact = goods(member, 1);
  fact.input.coupons = {*pos::domain::CouponCode::parse("RIMON10")};
  fact.result = quote(altered, fact.input);
  fact.result.programme = named;
  fact.tender.due = fact.result.payable;
  fact.tender.received = fact.result.payable;
  return seal(fact);
}

FactId HandTill::sell_reserved(const club::wire::AuthoriseRequest::Wish& wish,
                               const std::optional<MemberFacts>& member) {
  SaleFact fact = goods(member, 1);
  pos::domain::Article coffee;
  coffee.code = "0400000000053";
  coffee.price = Money::of(2'990);
  coffee.vat_per_mille = 180;
  fact.input.lines.push_back({coffee, 1});
  fact.input.reach.online = true;
  fact.input.reach.reserved = Money::of(wish.points.units() * 10);
  fact.input.points_wish = wish.points;
  fact.input.coupons = wish.coupons;
  if (fact.input.member) fact.input.member->balance = wish.points;
  fact.reserved = Reservation{wish.points, wish.value, wish.coupons};
  next_uid_ = wish.uid;
  return seal_sale(club_programme(), std::move(fact));
}

FactId HandTill::sell_drawing(const pos::domain::RightId& right, Money amount) {
  SaleFact fact = goods(std::nullopt, 1);
  fact.result = quote(club_programme(), fact.input);
  fact.result.drawn = amount;
  fact.right = right;
  return seal(fact);
}

club::wire::AuthoriseAnswer HandTill::authorise(const club::wire::AuthoriseRequest& request) {
  const auto reply = call(club::wire::kAuthorisePath, club::wire::encode(request));
  CLUBTILL_CHECK(reply.response.status == 200);
  const auto answer = club::wire::decode_authorise_answer(reply.response.body);
  CLUBTILL_CHECK(answer.has_value());
  return *answer;
}

FactId HandTill::seal_sale(const pos::programme::Programme& programme, SaleFact fact) {
  fact.result = quote(programme, fact.input);
  fact.tender.due = fact.result.payable;
  fact.tender.received = fact.result.payable;
  const FactId uid = seal(fact);
  sales_.emplace(uid, fact);
  returned_[uid].quantity.assign(fact.input.lines.size(), 0);
  return uid;
}

FactId HandTill::give_back(const FactId& sale, std::size_t line, std::int64_t quantity) {
  const auto fact = invert(sale, sales_.at(sale), returned_[sale], {{line, quantity}}, scene());
  CLUBTILL_CHECK(fact.has_value());
  returned_[sale].quantity[line] += quantity;
  return seal(*fact);
}

pos::domain::Receipt HandTill::slip_of(const FactId& sale) const {
  return receipt_of(sale, sales_.at(sale));
}

FactId HandTill::give_back_elsewhere(const pos::domain::Receipt& slip, std::size_t line,
                                     std::int64_t quantity,
                                     const std::optional<pos::domain::RightId>& right) {
  ReturnedSoFar& so_far = returned_[slip.sale];
  so_far.quantity.resize(slip.lines.size(), 0);
  auto fact = invert(slip, so_far, {{line, quantity}}, scene());
  CLUBTILL_CHECK(fact.has_value());
  so_far.quantity[line] += quantity;
  fact->sold_by = slip.till;
  fact->right = right;
  fact->drawn = worth_of(*fact);
  fact->lines.front().article = slip.lines[line].article;
  return seal(*fact);
}

club::wire::Request HandTill::signed_request(std::string_view path, Bytes body) {
  if (!nonce_) (void)hello();
  club::wire::Request request;
  request.path = path;
  request.body = std::move(body);
  club::wire::sign_call(request, paired_.till.value, *nonce_, ++counter_, key_.secret);
  return request;
}

club::hub::Reply HandTill::call(std::string_view path, Bytes body) {
  return club_->hub->handle(signed_request(path, std::move(body)), club_->clock.tick());
}

void HandTill::receive(const club::wire::IssuedRight& right) {
  RightFact fact;
  fact.id = right.id;
  fact.amount = right.amount;
  fact.per_member_max = right.per_member_max;
  fact.received_at = club_->clock.now();
  fact.number = right.number;
  fact.settled_incarnation = right.settled.incarnation;
  fact.settled_seq = right.settled.seq;
  fact.settled_chain = right.settled.chain;
  seal(fact);
}

club::wire::HelloAnswer HandTill::hello() {
  club::wire::HelloRequest message;
  message.random = club::wire::CallRandom::mint(club_->chance);
  message.sealed = {incarnation_, facts_.back().fields.seq, facts_.back().chain};
  message.accepted = accepted_;
  club::wire::Request request;
  request.path = club::wire::kHelloPath;
  request.body = club::wire::encode(message);
  club::wire::sign_call(request, paired_.till.value, {}, 0, key_.secret);
  const auto reply = club_->hub->handle(request, club_->clock.tick());
  CLUBTILL_CHECK(reply.response.status == 200);
  const auto answer = club::wire::decode_hello_answer(reply.response.body);
  CLUBTILL_CHECK(answer.has_value());
  nonce_ = answer->nonce;
  counter_ = 0;
  return *answer;
}

club::wire::PushAnswer HandTill::push(std::uint64_t first, std::uint64_t last) {
  const std::uint64_t base = facts_.front().fields.seq;
  if (last == 0) last = facts_.back().fields.seq;
  club::wire::PushRequest push;
  for (std::uint64_t seq = first; seq <= last; ++seq) push.facts.push_back(facts_[seq - base]);
  push.signature = pos::core::sign_chain(key_.secret, push.facts.back().chain);
  const auto reply = call(club::wire::kPushPath, club::wire::encode(push));
  CLUBTILL_CHECK(reply.response.status == 200);
  const auto answer = club::wire::decode_push_answer(reply.response.body);
  CLUBTILL_CHECK(answer.has_value());
  if (answer->word == club::wire::PushAnswer::Word::accepted) accepted_ = answer->accepted;
  return *answer;
}

club::wire::PullRequest HandTill::pull_request() const {
  club::wire::PullRequest request;
  for (const auto& [stream, cursor] : cursors_) request.cursors.push_back(cursor);
  request.sealed = {incarnation_, facts_.back().fields.seq, facts_.back().chain};
  request.right = right_;
  return request;
}

club::wire::PullAnswer HandTill::pull() {
  club::wire::PullAnswer all;
  while (true) {
    const club::wire::PullRequest request = pull_request();
    const auto reply = call(club::wire::kPullPath, club::wire::encode(request));
    CLUBTILL_CHECK(reply.response.status == 200);
    auto answer = club::wire::decode_pull_answer(reply.response.body);
    CLUBTILL_CHECK(answer.has_value());
    for (club::wire::Page& page : answer->pages) {
      cursors_[page.cursor.stream] = page.cursor;
      for (const auto& row : page.rows) rows_[club::wire::key_of(row.body)] = row;
      all.pages.push_back(std::move(page));
    }
    all.epoch = answer->epoch;
    if (answer->right) {
      all.right = answer->right;
      right_ = answer->right->number;
    }
    if (!answer->more) return all;
  }
}

std::optional<MemberFacts> HandTill::member(const MemberId& id) const {
  const auto found = rows_.find("member:" + id.hex());
  if (found == rows_.end()) return std::nullopt;
  return std::get<club::wire::MemberRow>(found->second.body).member;
}

std::optional<club::wire::OutcomeRow::Result> HandTill::outcome(const FactId& uid) const {
  const auto found = rows_.find("outcome:" + uid.hex());
  if (found == rows_.end()) return std::nullopt;
  return std::get<club::wire::OutcomeRow>(found->second.body).result;
}

}  // namespace tests::support
