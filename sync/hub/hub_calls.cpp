#include <algorithm>

#include "pos/core/planted.hpp"
#include "pos/programme/facts.hpp"
#include "sync/hub/changing.hpp"
#include "sync/hub/hub.hpp"
#include "sync/hub/pairing_code.hpp"

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

}  // namespace

Response Hub::on_register(const wire::Request& request) {
  const auto message = wire::decode_register_request(request.body);
  if (!message) return refuse_read(message.error());
  auto till = changing(db_, streams_, [&]() -> std::optional<TillRecord> {
    auto record = tills_.use_code(hash_of_code(message->code), message->key, clock_.now());
    if (!record) return std::nullopt;
    const wire::TillKeyRow row{record->number, record->store, message->key, false};
    const wire::RowBody body = row;
    if (streams_.row(wire::kClubStream, wire::key_of(body)) != body) {
      streams_.put_row(wire::kClubStream, body);
    }
    issue_right(record->number.value);
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

Hub::Result<std::vector<TillStore::Exposure>> Hub::exposure() {
  return pos::core::guarded([&] { return tills_.exposure(); });
}

Hub::Result<pos::domain::Money> Hub::write_off(std::uint32_t till) {
  return changing(db_, streams_, [&] {
    if (!tills_.find(till)) {
      throw pos::core::DbFailure(
          {pos::core::DbError::Fault::missing, 0, "there is no till " + std::to_string(till)});
    }
    reservations_.abandon_all(till);
    return tills_.write_off(till);
  });
}

Response Hub::on_hello(const wire::Request& request) {
  const auto message = wire::decode_hello_request(request.body);
  if (!message) return refuse_read(message.error());
  const std::uint32_t till = request.auth->till;
  wire::HelloAnswer answer;
  answer.nonce = sessions_.nonce_for(till, message->random);
  answer.epoch = streams_.epoch();
  answer.accepted = inbox_.branches(till, message->sealed.incarnation).front().last;
  answer.hub_time = clock_.now();
  answer.rights = tills_.open_rights(till);
  return {200, wire::encode(answer)};
}

Response Hub::on_push(const wire::Request& request, const TillRecord& till) {
  const auto message = wire::decode_push_request(request.body);
  if (!message) return refuse_read(message.error());
  if (message->facts.front().fields.till != till.number.value) {
    return wire::refuse(Refusal::Word::bad_request, "facts of another till");
  }
  const auto answer = changing(db_, streams_, [&] { return accept(*message, till); });
  if (!answer && CLUBTILL_BUG("ack_in_spite_of_failure")) {
    const auto& last = message->facts.back();
    return {200,
            wire::encode(wire::PushAnswer{wire::PushAnswer::Word::accepted,
                                          {last.fields.incarnation, last.fields.seq, last.chain},
                                          {}})};
  }
  if (!answer) return wire::refuse(Refusal::Word::trouble, answer.error().detail);
  return {200, wire::encode(*answer)};
}

Response Hub::on_authorise(const wire::Request& request, const TillRecord& till) {
  const auto message = wire::decode_authorise_request(request.body);
  if (!message) return refuse_read(message.error());
  const auto answer = changing(db_, streams_, [&] {
    // Yes is never said on books that are known to be behind.
    bool abreast = !message->wish.has_value();
    if (!abreast) {
      if (apply_batch(kAppliedPerCommit) > 0) ++news_;
      abreast =
          inbox_.read(inbox_.counter("applied"), 1).empty() && !inbox_.holds(message->wish->uid);
    }
    const auto now = clock_.now();
    const auto today = pos::core::local_day({now, clock_.utc_offset(now)});
    return reservations_.answer(*message, till.number.value, {today, abreast});
  });
  if (!answer) return wire::refuse(Refusal::Word::trouble, answer.error().detail);
  return {200, wire::encode(*answer)};
}

Reply Hub::on_pull(const wire::Request& request, const TillRecord& till, pos::core::Tick now) {
  const auto message = wire::decode_pull_request(request.body);
  if (!message) return {refuse_read(message.error()), std::nullopt};
  const wire::PullAnswer answer = streams_.pull(till.number.value, *message);
  Reply reply{{200, wire::encode(answer)}, std::nullopt};
  if (answer.pages.empty() && message->wait.count() > 0) {
    const auto wait = std::min(message->wait, wire::kLongPollMax);
    reply.waiting = Waiting{till.number.value, *message, now + wait};
  }
  return reply;
}

std::optional<Response> Hub::resume(const Waiting& waiting, pos::core::Tick now) {
  auto answer = pos::core::guarded([&] { return streams_.pull(waiting.till, waiting.request); });
  if (!answer) return wire::refuse(Refusal::Word::trouble, answer.error().detail);
  if (answer->pages.empty() && now < waiting.deadline) return std::nullopt;
  return Response{200, wire::encode(*answer)};
}

}  // namespace club::hub
