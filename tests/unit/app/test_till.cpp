#include "tests/unit/app/test_till.hpp"

#include "pos/domain/scanned_code.hpp"

namespace app_test {

TestTill::TestTill()
    : directory(std::string(CLUBTILL_SOURCE_DIR) + "/assets/sample-club/programme.json") {
  now = {core::Instant::from_unix_ms(1'795'350'000'000), std::chrono::minutes(120)};
  auto& noa = directory.add_member("Noa L.", kNoaCard, kNoaPhone);
  noa.member_class = *domain::ClassCode::parse("vip");
  noa.tier = domain::TierCode::parse("gold");
  noa.balance = domain::Points::of(1'240);
  noa.balance_as_of = now.at;
  directory.add_member("Yossi B.", kYossiCard, kYossiPhone).balance_as_of = now.at;
  send(MinuteChanged{});  // asks for ids
  send(ConnectionChanged{true, now, 0});
  send(SignInChosen{*domain::StaffCode::parse("dana")});
}

void TestTill::send(const Event& event) {
  Step next = step(std::move(state), event, directory, now, core::Tick());
  state = std::move(next.state);
  effects = std::move(next.effects);
  const std::vector<Effect> asked_now = effects;
  for (const auto& effect : asked_now) {
    if (const auto* keep = std::get_if<KeepBasket>(&effect)) kept = keep->bytes;
    if (const auto* mint = std::get_if<MintIds>(&effect)) {
      IdsMinted minted;
      for (std::size_t i = 0; i < mint->count; ++i) {
        FreshId id{};
        ++minted_;
        id[0] = static_cast<std::uint8_t>(minted_);
        id[1] = static_cast<std::uint8_t>(minted_ >> 8);
        id[15] = 0xA5;
        minted.ids.push_back(id);
      }
      Step refilled = step(std::move(state), minted, directory, now, core::Tick());
      state = std::move(refilled.state);
    }
    if (const auto* seal = std::get_if<SealFact>(&effect)) sealed.push_back(*seal);
    if (const auto* print = std::get_if<PrintSlip>(&effect)) printed.push_back(print->uid);
  }
  for (const auto& effect : asked_now) {
    const auto* ask = std::get_if<Authorise>(&effect);
    if (ask == nullptr || !hub) continue;
    Authorised answer = *hub;
    answer.uid = ask->uid;
    send(answer);
  }
}

void TestTill::type(const std::string& text) {
  write(Field::entry, text);
  enter();
}

void TestTill::scan(const std::string& text) {
  send(Scanned{domain::classify(text, "", directory.till_profile.ranges),
               programme::IdentifiedBy::card_scan});
}

void TestTill::scan(const std::string& text, int times) {
  for (int i = 0; i < times; ++i) scan(text);
}

void TestTill::commit() {
  const SealFact last = sealed.back();
  directory.remember(last.uid, last.fact);
  if (last.basket) kept = *last.basket;
  send(Sealed{last.uid, sealed.size()});
}

void TestTill::fail_commit(SealFault reason) { send(SealFailed{sealed.back().uid, reason}); }

domain::FactId TestTill::sell() {
  press(Action::pay);
  enter();
  const domain::FactId uid = sealed.back().uid;
  commit();
  return uid;
}

void TestTill::restart(std::vector<Restored::Unprinted> unprinted) {
  state = State{};
  send(Restored{kept, std::move(unprinted)});
  const std::vector<Effect> asked_at_start = effects;
  send(SignInChosen{*domain::StaffCode::parse("dana")});
  effects = asked_at_start;
}

std::string TestTill::member_name() const {
  const auto& attached = state.basket.attached;
  return attached && attached->facts ? attached->facts->form_of_address : std::string();
}

}  // namespace app_test
