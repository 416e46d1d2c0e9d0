#include <algorithm>

#include "pos/core/planted.hpp"
#include "pos/programme/facts.hpp"
#include "sync/hub/changing.hpp"
#include "sync/hub/hub.hpp"
#include "sync/wire/pairing_code.hpp"

namespace club::hub {
namespace {

using pos::core::Database;
using wire::Refusal;
using wire::Response;

Response refuse_read(const wire::WireError& error) {
  using Kind = wire::WireError::Kind;
  Refusal::Word word = Refusal::Word::bad_request;
  if (error.kind == Kind::too_large) word = Refusal::Word::too_large;
  if (error.kind == Kind::bad_version) word = Refusal::Word::version;
  return wire::refuse(word, "line " + std::to_string(error.line) + ": " + error.detail);
}

constexpr pos::core::Millis kCodeLife{10 * 60 * 1000};

std::string mint_code(pos::core::Chance& chance) {
  std::string code;
  for (std::size_t i = 0; i < wire::kPairingCodeLength; ++i) {
    code += wire::kCodeSymbols[static_cast<std::size_t>(chance.below(wire::kCodeSymbols.size()))];
  }
  return code;
}

pos::core::Digest hash_of_code(const std::string& once) {
  return pos::core::blake2b(pos::core::bytes_of("clubtill pairing 1\n" + once));
}

}  // namespace

Response Hub::on_register(const wire::Request& request) {
  const auto message = wire::decode_register_request(request.body);
  if (!message) return refuse_read(message.error());
  auto till = changing(db_, streams_, [&]() -> std::optional<TillRecord> {
    const auto code = wire::PairingCode::parse(message->code);
    if (!code) return std::nullopt;
    auto record = tills_.use_code(hash_of_code(code->once), message->key, clock_.now());
    if (!record) return std::nullopt;
    const wire::TillKeyRow row{record->number, record->store, message->key, false};
    const wire::RowBody body = row;
    if (streams_.row(wire::kClubStream, wire::key_of(body)) != body) {
      streams_.put_row(wire::kClubStream, body);
    }
    issue_right(*record);
    return record;
  });
  if (!till) return wire::refuse(Refusal::Word::trouble, till.error().detail);
  if (!*till) {
    return wire::refuse(Refusal::Word::bad_code, "the pairing code is wrong, used or expired");
  }
  ++news_;
  wire::RegisterAnswer answer;
  answer.till = (*till)->number;
  answer.store = (*till)->store;
  answer.region = (*till)->region;
  answer.club = keys_.club;
  answer.index_key = keys_.index;
  answer.hub_box = keys_.box.open;
  answer.hub_key = keys_.signing.open;
  return {200, wire::encode(answer)};
}

Hub::Result<Hub::NewTill> Hub::add_till(const pos::domain::StoreCode& store) {
  return changing(db_, streams_, [&] {
    const auto row = streams_.row(wire::kClubStream, "store:" + store.text());
    if (!row) {
      throw pos::core::DbFailure({pos::core::DbError::Fault::missing, 0,
                                  "there is no store " + store.text() + "; import it first"});
    }
    const auto& region = std::get<wire::StoreRow>(*row).store.region;
    NewTill till{tills_.add(store, region), mint_code(chance_)};
    tills_.add_code(hash_of_code(till.code), till.till.value, clock_.now() + kCodeLife);
    return till;
  });
}

Response Hub::on_hello(const wire::Request& request) {
  const auto message = wire::decode_hello_request(request.body);
  if (!message) return refuse_read(message.error());
  const std::uint32_t till = request.auth->till;
  // A hub once said that it holds this: if it does not, it was restored, and others lack the same.
  if (message->accepted.seq > 0 && !inbox_.find(till, message->accepted) && !rights_.awaits(till)) {
    const auto waits = await_tills();
    if (!waits) return wire::refuse(Refusal::Word::trouble, waits.error().detail);
  }
  wire::HelloAnswer answer;
  answer.random = message->random;
  answer.nonce = sessions_.nonce_for(till, message->random);
  answer.epoch = streams_.epoch();
  answer.accepted = inbox_.branches(till, message->sealed.incarnation).front().last;
  answer.hub_time = clock_.now();
  answer.right = offer(till, 0);
  return {200, wire::encode(answer)};
}

Response Hub::on_push(const wire::Request& request, const TillRecord& till) {
  const auto message = wire::decode_push_request(request.body);
  if (!message) return refuse_read(message.error());
  if (message->facts.front().fields.till != till.number.value) {
    return wire::refuse(Refusal::Word::bad_request, "facts of another till");
  }
  auto answer = changing(db_, streams_, [&] { return accept(*message, till); });
  if (!answer && CLUBTILL_BUG("ack_in_spite_of_failure")) {
    const auto& last = message->facts.back();
    return {200,
            wire::encode(wire::PushAnswer{wire::PushAnswer::Word::accepted,
                                          {last.fields.incarnation, last.fields.seq, last.chain},
                                          {},
                                          message->random})};
  }
  if (!answer) return wire::refuse(Refusal::Word::trouble, answer.error().detail);
  answer->random = message->random;
  return {200, wire::encode(*answer)};
}

Response Hub::on_authorise(const wire::Request& request, const TillRecord& till) {
  const auto message = wire::decode_authorise_request(request.body);
  if (!message) return refuse_read(message.error());
  auto answer = changing(db_, streams_, [&] {
    // Yes is never said on books that are known to be behind.
    bool abreast = !message->wish.has_value();
    if (!abreast && !rights_.awaits_any()) {
      if (apply_batch(kAppliedPerCommit) > 0) ++news_;
      abreast =
          inbox_.read(inbox_.counter("applied"), 1).empty() && !inbox_.holds(message->wish->uid);
    }
    const auto now = clock_.now();
    const auto today = pos::core::local_day({now, clock_.utc_offset(now)});
    read_programme();
    auto budgets = programme_ ? programme_->budgets() : std::vector<pos::programme::BudgetLeft>{};
    return reservations_.answer(*message, till.number.value, {today, abreast, std::move(budgets)});
  });
  if (!answer) return wire::refuse(Refusal::Word::trouble, answer.error().detail);
  answer->random = message->random;
  return {200, wire::encode(*answer)};
}

wire::ReceiptAnswer Hub::receipt_of(const pos::domain::FactId& sale) {
  wire::ReceiptAnswer answer;
  const auto row = inbox_.find(sale);
  if (!row || row->damaged || row->till == 0) return answer;
  const auto fact = pos::programme::decode_fact(row->kind, row->body);
  const auto* sold = fact ? std::get_if<pos::programme::SaleFact>(&*fact) : nullptr;
  if (sold == nullptr) return answer;
  answer.word = wire::ReceiptAnswer::Word::found;
  answer.receipt = pos::programme::receipt_of(sale, *sold);
  const auto lines = buckets_.sold(ledger::bucket_for(sale, ledger::AppliedFact{*fact}), sale);
  for (std::size_t i = 0; i < answer.receipt->lines.size(); ++i) {
    answer.back.push_back(lines && i < lines->size() ? (*lines)[i].returned : 0);
  }
  return answer;
}

Response Hub::on_receipt(const wire::Request& request) {
  const auto message = wire::decode_receipt_request(request.body);
  if (!message) return refuse_read(message.error());
  const auto answer = changing(db_, streams_, [&] {
    // What came back elsewhere a moment ago may still wait to be applied.
    if (apply_batch(kAppliedPerCommit) > 0) ++news_;
    return receipt_of(message->sale);
  });
  if (!answer) return wire::refuse(Refusal::Word::trouble, answer.error().detail);
  return {200, wire::encode(*answer)};
}

Reply Hub::on_pull(const wire::Request& request, const TillRecord& till, pos::core::Tick now) {
  const auto message = wire::decode_pull_request(request.body);
  if (!message) return {refuse_read(message.error()), std::nullopt};
  const std::uint32_t number = till.number.value;
  if (rights_.awaits(number)) {
    const auto heard = changing(db_, streams_, [&] { hear(number, message->sealed); });
    if (!heard) return {wire::refuse(Refusal::Word::trouble, heard.error().detail), std::nullopt};
  }
  auto answer = streams_.pull(number, *message);
  answer.right = offer(number, message->right);
  answer.random = message->random;
  Reply reply{{200, wire::encode(answer)}, std::nullopt};
  if (answer.pages.empty() && !answer.right && message->wait.count() > 0) {
    const auto wait = std::min(message->wait, wire::kLongPollMax);
    reply.waiting = Waiting{number, *message, now + wait};
  }
  return reply;
}

std::optional<Response> Hub::resume(const Waiting& waiting, pos::core::Tick now) {
  auto answer = pos::core::guarded([&] {
    auto found = streams_.pull(waiting.till, waiting.request);
    found.right = offer(waiting.till, waiting.request.right);
    found.random = waiting.request.random;
    return found;
  });
  if (!answer) return wire::refuse(Refusal::Word::trouble, answer.error().detail);
  const bool empty = answer->pages.empty() && !answer->right;
  if (empty && now < waiting.deadline) return std::nullopt;
  return Response{200, wire::encode(*answer)};
}

}  // namespace club::hub
