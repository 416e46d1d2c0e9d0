#include "pos/disk/member_row.hpp"

#include <string>

namespace pos::disk {
namespace {

using core::Bytes;
using core::BytesView;
using domain::Day;
using domain::MemberFacts;

constexpr std::size_t kListMax = 64;

Bytes context_of(const MemberFacts& facts) {
  Bytes context = core::copy_of(core::bytes_of("member name 1"));
  const BytesView id = facts.id.bytes();
  context.insert(context.end(), id.begin(), id.end());
  return context;
}

class Packer {
 public:
  void number(std::int64_t value) {
    // Zigzag, then seven bits a byte: small numbers of either sign are short.
    auto rest = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
    while (rest >= 0x80) {
      out_.push_back(static_cast<std::uint8_t>(rest | 0x80));
      rest >>= 7;
    }
    out_.push_back(static_cast<std::uint8_t>(rest));
  }
  void raw(BytesView bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
  void text(std::string_view text) {
    number(static_cast<std::int64_t>(text.size()));
    raw(core::bytes_of(text));
  }
  void day(Day day) { number(day.time_since_epoch().count()); }
  void day(const std::optional<Day>& value) {
    number(value ? 1 : 0);
    if (value) day(*value);
  }
  [[nodiscard]] Bytes take() { return std::move(out_); }

 private:
  Bytes out_;
};

/// After the first bad byte every read gives a default and good() is false.
class Unpacker {
 public:
  explicit Unpacker(BytesView rest) : rest_(rest) {}

  std::int64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const std::uint8_t byte = rest_.front();
      rest_ = rest_.subspan(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) {
        return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
      }
    }
    good_ = false;
    return 0;
  }
  BytesView raw(std::size_t size) {
    if (size > rest_.size()) {
      good_ = false;
      rest_ = {};
      return {};
    }
    const BytesView bytes = rest_.first(size);
    rest_ = rest_.subspan(size);
    return bytes;
  }
  std::string text() {
    const std::int64_t size = number();
    if (size < 0) good_ = false;
    return size > 0 ? std::string(core::text_of(raw(static_cast<std::size_t>(size))))
                    : std::string();
  }
  template <class Value>
  Value code() {
    const auto value = Value::parse(text());
    if (!value) good_ = false;
    return value.value_or(Value{});
  }
  template <class Value>
  Value id() {
    return Value::from_bytes(raw(Value::kSize)).value_or(Value{});
  }
  Day day() {
    const std::int64_t days = number();
    if (days < -1'000'000 || days > 4'000'000) good_ = false;
    return Day(std::chrono::days(good_ ? days : 0));
  }
  std::optional<Day> optional_day() { return number() != 0 ? std::optional(day()) : std::nullopt; }
  /// A choice out of `bound`.
  template <class Value>
  Value choice(std::int64_t bound) {
    const std::int64_t value = number();
    if (value < 0 || value >= bound) good_ = false;
    return static_cast<Value>(good_ ? value : 0);
  }
  std::size_t list() {
    const std::int64_t size = number();
    if (size < 0 || size > static_cast<std::int64_t>(kListMax)) good_ = false;
    return good_ ? static_cast<std::size_t>(size) : 0;
  }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool done() const { return good_ && rest_.empty(); }

 private:
  BytesView rest_;
  bool good_ = true;
};

void pack_lots(Packer& out, const std::vector<domain::Lot>& lots) {
  out.number(static_cast<std::int64_t>(lots.size()));
  for (const domain::Lot& lot : lots) {
    out.number(lot.amount);
    out.day(lot.terms.first);
    out.day(lot.terms.last);
  }
}

void unpack_lots(Unpacker& in, std::vector<domain::Lot>& lots) {
  for (std::size_t left = in.list(); left > 0 && in.good(); --left) {
    domain::Lot lot;
    lot.amount = in.number();
    lot.terms.first = in.optional_day();
    lot.terms.last = in.optional_day();
    lots.push_back(lot);
  }
}

void pack_lists(Packer& out, const MemberFacts& facts) {
  const auto size = [&](const auto& list) { out.number(static_cast<std::int64_t>(list.size())); };
  pack_lots(out, facts.point_lots);
  pack_lots(out, facts.value_lots);
  size(facts.last_articles);
  for (const auto& article : facts.last_articles) out.text(article);
  size(facts.coupons);
  for (const auto& coupon : facts.coupons) {
    out.text(coupon.code.text());
    out.day(coupon.last);
  }
  size(facts.segments);
  for (const auto& segment : facts.segments) out.text(segment.text());
  size(facts.windows);
  for (const auto& window : facts.windows) {
    out.number(static_cast<std::int64_t>(window.kind));
    out.day(window.first);
    out.day(window.last);
    out.text(window.relation);
    out.text(window.liking);
  }
  size(facts.uses);
  for (const auto& use : facts.uses) {
    out.text(use.benefit.text());
    out.number(use.total);
    size(use.days);
    for (const auto day : use.days) out.day(day);
    out.number(use.heard ? 1 : 0);
  }
}

void unpack_lists(Unpacker& in, MemberFacts& facts) {
  unpack_lots(in, facts.point_lots);
  unpack_lots(in, facts.value_lots);
  for (std::size_t left = in.list(); left > 0 && in.good(); --left) {
    facts.last_articles.push_back(in.text());
  }
  for (std::size_t left = in.list(); left > 0 && in.good(); --left) {
    auto code = in.code<domain::CouponCode>();
    facts.coupons.push_back({std::move(code), in.day()});
  }
  for (std::size_t left = in.list(); left > 0 && in.good(); --left) {
    facts.segments.push_back(in.code<domain::SegmentCode>());
  }
  for (std::size_t left = in.list(); left > 0 && in.good(); --left) {
    domain::EffectiveWindow window;
    window.kind = in.choice<domain::EffectiveWindow::Kind>(3);
    window.first = in.day();
    window.last = in.day();
    window.relation = in.text();
    window.liking = in.text();
    facts.windows.push_back(std::move(window));
  }
  for (std::size_t left = in.list(); left > 0 && in.good(); --left) {
    domain::BenefitUse use;
    use.benefit = in.code<domain::BenefitId>();
    use.total = in.number();
    for (std::size_t days = in.list(); days > 0 && in.good(); --days) use.days.push_back(in.day());
    use.heard = in.number() != 0;
    facts.uses.push_back(std::move(use));
  }
}

void pack_next_tier(Packer& out, const domain::NextTier& next) {
  out.text(next.tier.text());
  out.number(static_cast<std::int64_t>(next.ways.size()));
  for (const auto& way : next.ways) {
    out.number(static_cast<std::int64_t>(way.by));
    out.number(way.missing);
  }
}

domain::NextTier unpack_next_tier(Unpacker& in) {
  domain::NextTier next{in.code<domain::TierCode>(), {}};
  for (std::size_t left = in.list(); left > 0 && in.good(); --left) {
    const auto by = in.choice<domain::TierWay>(5);
    next.ways.push_back({by, in.number()});
  }
  return next;
}

void pack_status(Packer& out, const domain::MemberStatus& status) {
  out.day(status.joined);
  out.text(status.given ? status.given->text() : std::string());
  out.number(status.referrals);
  out.number(status.brought_visits);
  out.number(static_cast<std::int64_t>(status.months.size()));
  for (const auto& month : status.months) {
    out.number(month.month);
    out.number(month.spend.units());
    out.number(month.visits);
  }
  out.number(static_cast<std::int64_t>(status.large.size()));
  for (const auto& purchase : status.large) {
    out.raw(purchase.sale.bytes());
    out.number(purchase.paid.units());
  }
}

domain::MemberStatus unpack_status(Unpacker& in) {
  domain::MemberStatus status;
  status.joined = in.optional_day();
  status.given = domain::TierCode::parse(in.text());
  status.referrals = in.number();
  status.brought_visits = in.number();
  for (std::size_t left = in.list(); left > 0 && in.good(); --left) {
    const int month = in.choice<int>(1'000'000);
    const auto spend = domain::Money::of(in.number());
    status.months.push_back({month, spend, in.number()});
  }
  for (std::size_t left = in.list(); left > 0 && in.good(); --left) {
    auto sale = in.id<domain::FactId>();
    status.large.push_back({std::move(sale), domain::Money::of(in.number())});
  }
  return status;
}

}  // namespace

Bytes seal_name(const core::SymmetricKey& key, const MemberFacts& facts, core::Chance& chance) {
  Packer plain;
  plain.text(facts.form_of_address);
  plain.text(facts.last_digits);
  return core::encrypt(key, plain.take(), context_of(facts), chance);
}

bool open_name(const core::SymmetricKey& key, BytesView sealed, MemberFacts& facts) {
  const auto plain = core::decrypt(key, sealed, context_of(facts));
  if (!plain) return false;
  Unpacker in(*plain);
  std::string name = in.text();
  std::string digits = in.text();
  if (!in.done()) return false;
  facts.form_of_address = std::move(name);
  facts.last_digits = std::move(digits);
  return true;
}

Bytes pack_facts(const MemberFacts& facts) {
  Packer out;
  out.raw(facts.id.bytes());
  out.raw(facts.account.bytes());
  out.text(facts.member_class.text());
  out.number(facts.tier ? 1 : 0);
  if (facts.tier) out.text(facts.tier->text());
  out.number(facts.next_tier ? 1 : 0);
  if (facts.next_tier) pack_next_tier(out, *facts.next_tier);
  out.number(facts.balance.units());
  out.number(facts.balance_as_of.unix_ms());
  out.number(facts.value.units());
  out.number(facts.household);
  out.number(facts.spend_in_period.units());
  out.number(facts.visits);
  out.day(facts.first_visit);
  out.day(facts.last_visit);
  out.number(facts.mean_interval_days);
  out.day(facts.subscription_last);
  out.number(static_cast<std::int64_t>(facts.standing));
  out.number(static_cast<std::int64_t>(facts.language));
  out.number(static_cast<std::int64_t>(facts.version));
  pack_lists(out, facts);
  pack_status(out, facts.status);
  return out.take();
}

std::optional<MemberFacts> unpack_facts(BytesView bytes) {
  Unpacker in(bytes);
  MemberFacts facts;
  facts.id = in.id<domain::MemberId>();
  facts.account = in.id<domain::AccountId>();
  facts.member_class = in.code<domain::ClassCode>();
  if (in.number() != 0) facts.tier = in.code<domain::TierCode>();
  if (in.number() != 0) facts.next_tier = unpack_next_tier(in);
  facts.balance = domain::Points::of(in.number());
  facts.balance_as_of = core::Instant::from_unix_ms(in.number());
  facts.value = domain::Money::of(in.number());
  facts.household = in.number();
  facts.spend_in_period = domain::Money::of(in.number());
  facts.visits = in.number();
  facts.first_visit = in.optional_day();
  facts.last_visit = in.optional_day();
  facts.mean_interval_days = in.number();
  facts.subscription_last = in.optional_day();
  facts.standing = in.choice<domain::MemberStanding>(3);
  facts.language = in.choice<domain::Language>(3);
  facts.version = static_cast<std::uint64_t>(in.number());
  unpack_lists(in, facts);
  facts.status = unpack_status(in);
  return in.done() ? std::optional(std::move(facts)) : std::nullopt;
}

}  // namespace pos::disk
