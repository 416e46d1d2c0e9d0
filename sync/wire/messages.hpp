#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pos/core/chain.hpp"
#include "pos/domain/codes.hpp"
#include "pos/domain/money.hpp"
#include "pos/domain/signed_receipt.hpp"
#include "sync/wire/call.hpp"
#include "sync/wire/limits.hpp"
#include "sync/wire/rows.hpp"

namespace club::wire {

/// Why a call got no answer of its own. A till goes by the word, people read the detail.
struct Refusal {
  enum class Word {
    bad_request,    ///< 400: does not parse; sending the same again is useless
    too_large,      ///< 413
    not_found,      ///< 404: no such path
    unknown_till,   ///< 403: not registered here, or revoked
    bad_signature,  ///< 403
    bad_nonce,      ///< 401: say hello again (the hub was restarted)
    replayed,       ///< 401: this counter was seen; say hello again
    bad_code,       ///< 403: register: wrong, used or expired pairing code
    version,        ///< 426: hub and till do not share a version
    busy,           ///< 503: try again after a pause
    trouble,        ///< 500: the hub's disk; nothing was accepted
  };
  Word word = Word::bad_request;
  std::string detail;
  friend bool operator==(const Refusal&, const Refusal&) = default;
};
[[nodiscard]] std::string_view to_text(Refusal::Word word);
[[nodiscard]] int status_of(Refusal::Word word);
[[nodiscard]] Response refuse(Refusal::Word word, std::string detail);
/// What a status other than 200 says; Word::bad_request when even that cannot be read.
[[nodiscard]] Refusal read_refusal(const Response& response);

struct RegisterRequest {
  std::string code;  ///< one-time, kPairingCodeLength symbols; case and dashes do not matter
  pos::core::VerifyKey key;
  friend bool operator==(const RegisterRequest&, const RegisterRequest&) = default;
};

using ClubId = pos::core::FixedBytes<struct ClubTag, 16>;

struct RegisterAnswer {
  pos::domain::TillNumber till;
  pos::domain::StoreCode store;
  pos::domain::RegionCode region;
  ClubId club;
  pos::core::SymmetricKey index_key;  ///< for the keyed hashes of phones and cards
  pos::core::BoxPublicKey hub_box;    ///< joinings are sealed to it
  pos::core::VerifyKey hub_key;
  friend bool operator==(const RegisterAnswer&, const RegisterAnswer&) = default;
};

/// Where a journal stands: the last fact sealed or accepted of an incarnation. seq 0: none yet.
struct JournalMark {
  std::uint32_t incarnation = 1;
  std::uint64_t seq = 0;
  pos::core::Digest chain;
  friend bool operator==(const JournalMark&, const JournalMark&) = default;
};

struct HelloRequest {
  CallRandom random;
  JournalMark sealed;         ///< the till's newest fact
  JournalMark accepted = {};  ///< the newest one that a hub said it holds; seq 0: none
  friend bool operator==(const HelloRequest&, const HelloRequest&) = default;
};

/// The newest right of a till, as long as the hub has not seen it as a fact of the till's journal.
struct IssuedRight {
  pos::domain::RightId id;
  std::uint64_t number = 0;  ///< from 1; a till takes none that is not above what it has
  pos::domain::Money amount;
  pos::domain::Money per_member_max;
  JournalMark settled;  ///< spends behind this fact draw on it; a till that lacks it declines
  friend bool operator==(const IssuedRight&, const IssuedRight&) = default;
};

struct HelloAnswer {
  CallRandom random;  ///< of the hello that it answers
  Nonce nonce;
  std::uint64_t epoch = 0;
  JournalMark accepted;  ///< of the incarnation that the till named
  pos::core::Instant hub_time;
  std::optional<IssuedRight> right;
  friend bool operator==(const HelloAnswer&, const HelloAnswer&) = default;
};

/// A fact as it travels: the envelope, exactly fields.size bytes of body, and the sealed box of a
/// joining.
struct FactFrame {
  pos::core::EnvelopeFields fields;
  pos::core::Digest chain;
  Bytes body;
  std::optional<Bytes> box;
  friend bool operator==(const FactFrame&, const FactFrame&) = default;
};

struct PushRequest {
  std::vector<FactFrame> facts;    ///< dense: seq, seq + 1 ...; of one till and one incarnation
  pos::core::Signature signature;  ///< sign_chain() over the last fact's chain value
  CallRandom random{};
  friend bool operator==(const PushRequest&, const PushRequest&) = default;
};

struct PushAnswer {
  enum class Word {
    accepted,   ///< all facts are durable here, new or known before
    gap,        ///< facts between `accepted` and the batch are missing: go on from accepted.seq + 1
    fork,       ///< the hub holds another continuation; what could be kept is kept as a branch:
                ///< begin a new incarnation, push the rest of the old one as usual
    bad_chain,  ///< the batch does not chain within itself: nothing was accepted
  };
  Word word = Word::accepted;
  JournalMark accepted;  ///< the highest contiguous fact made durable, of the branch that fits
  std::vector<std::uint64_t> damaged;  ///< seqs whose body did not fit their hash, kept raw
  CallRandom random{};                 ///< of the call that it answers
  friend bool operator==(const PushAnswer&, const PushAnswer&) = default;
};
[[nodiscard]] std::string_view to_text(PushAnswer::Word word);

/// How far a reader has got in one stream. epoch 0 and seq 0: from the start.
struct Cursor {
  StreamNumber stream = 0;
  std::uint64_t epoch = 0;
  std::uint64_t seq = 0;
  friend bool operator==(const Cursor&, const Cursor&) = default;
};

/// Streams that are not named are read from the start.
struct PullRequest {
  std::vector<Cursor> cursors;
  pos::core::Millis wait{0};  ///< how long the hub may hold the answer; at most kLongPollMax
  JournalMark sealed = {};    ///< the till's newest fact
  std::uint64_t right = 0;    ///< number of the newest right that the till was told of
  CallRandom random{};
  friend bool operator==(const PullRequest&, const PullRequest&) = default;
};

/// Rows of one stream, in seq order, and the cursor that is saved with them in one transaction. A
/// till reads them as values; a hub sends the lines that it has stored, byte for byte.
template <class RowForm>
struct PageOf {
  Cursor cursor;         ///< after these rows
  bool restart = false;  ///< the epoch was not known: forget the cursor; rows not seen again go
  bool complete =
      false;  ///< nothing is behind the cursor at this moment; then count and digest hold
  std::uint64_t count = 0;   ///< rows of the stream, outcomes not counted
  pos::core::Digest digest;  ///< XOR of row_digest() over these rows
  std::vector<RowForm> rows;
  friend bool operator==(const PageOf&, const PageOf&) = default;
};

template <class RowForm>
struct PullAnswerOf {
  std::uint64_t epoch = 0;
  bool more = false;  ///< ask again at once
  std::vector<PageOf<RowForm>> pages;
  std::optional<IssuedRight> right = {};  ///< when it is newer than the one that the till named
  CallRandom random{};                    ///< of the call that it answers
  friend bool operator==(const PullAnswerOf&, const PullAnswerOf&) = default;
};

using Page = PageOf<Row>;
using PullAnswer = PullAnswerOf<Row>;
using PageOfLines = PageOf<std::string>;
using PullAnswerOfLines = PullAnswerOf<std::string>;

/// Asks the hub for its yes to one sale before it is sealed, hands earlier ones back, or both. A
/// second wish under the same uid replaces the first.
struct AuthoriseRequest {
  struct Wish {
    pos::domain::FactId uid;  ///< of the sale
    std::optional<pos::domain::AccountId> account;
    pos::domain::Points points;  ///< of the account; nothing without one
    pos::domain::Money value;
    std::vector<pos::domain::CouponCode> coupons;  ///< each good once in the whole chain
    struct OfBudget {
      pos::domain::BenefitId benefit;
      pos::domain::Money amount;
      friend bool operator==(const OfBudget&, const OfBudget&) = default;
    };
    std::vector<OfBudget> budgets = {};  ///< what the sale gives of each
    friend bool operator==(const Wish&, const Wish&) = default;
  };
  std::optional<Wish> wish;
  std::vector<pos::domain::FactId> abandoned;  ///< sales that will never be sealed
  CallRandom random{};
  friend bool operator==(const AuthoriseRequest&, const AuthoriseRequest&) = default;
};

struct AuthoriseAnswer {
  enum class Word {
    granted,      ///< kept for this sale; also the answer to no wish
    short_of,     ///< the account has less than that: `points` and `value` say how much
    coupon_used,  ///< `coupon` is used, or kept for another sale
    unavailable,  ///< the hub cannot say now: the till goes by its rights
    budget_used,  ///< of the budget of `benefit` only `left` is free
  };
  Word word = Word::granted;
  pos::domain::Points points;  ///< free in the account, this sale's not taken off
  pos::domain::Money value;
  std::optional<pos::domain::CouponCode> coupon;
  std::optional<pos::domain::BenefitId> benefit = {};
  pos::domain::Money left = {};
  std::vector<pos::domain::FactId> open;  ///< what is kept for this till's sales, this one too
  CallRandom random{};                    ///< of the call that it answers
  friend bool operator==(const AuthoriseAnswer&, const AuthoriseAnswer&) = default;
};
[[nodiscard]] std::string_view to_text(AuthoriseAnswer::Word word);

/// Asks for a sale whose slip carries its number alone.
struct ReceiptRequest {
  pos::domain::FactId sale;
  friend bool operator==(const ReceiptRequest&, const ReceiptRequest&) = default;
};

struct ReceiptAnswer {
  enum class Word {
    found,
    unknown,  ///< it has not arrived, or is no sale
  };
  Word word = Word::unknown;
  std::optional<pos::domain::Receipt> receipt;  ///< of a sale that was found
  std::vector<std::int64_t> back;  ///< pieces of each line that came back, at all tills together
  friend bool operator==(const ReceiptAnswer&, const ReceiptAnswer&) = default;
};
[[nodiscard]] std::string_view to_text(ReceiptAnswer::Word word);

/// Encoders give packed bodies. Decoders take packed bodies and refuse everything over a limit.
[[nodiscard]] Bytes encode(const RegisterRequest& message);
[[nodiscard]] Bytes encode(const RegisterAnswer& message);
[[nodiscard]] Bytes encode(const HelloRequest& message);
[[nodiscard]] Bytes encode(const HelloAnswer& message);
[[nodiscard]] Bytes encode(const PushRequest& message);
[[nodiscard]] Bytes encode(const PushAnswer& message);
[[nodiscard]] Bytes encode(const PullRequest& message);
[[nodiscard]] Bytes encode(const PullAnswer& message);
[[nodiscard]] Bytes encode(const PullAnswerOfLines& message);
[[nodiscard]] Bytes encode(const AuthoriseRequest& message);
[[nodiscard]] Bytes encode(const AuthoriseAnswer& message);
[[nodiscard]] Bytes encode(const ReceiptRequest& message);
[[nodiscard]] Bytes encode(const ReceiptAnswer& message);

[[nodiscard]] Read<RegisterRequest> decode_register_request(BytesView packed);
[[nodiscard]] Read<RegisterAnswer> decode_register_answer(BytesView packed);
[[nodiscard]] Read<HelloRequest> decode_hello_request(BytesView packed);
[[nodiscard]] Read<HelloAnswer> decode_hello_answer(BytesView packed);
/// Checks framing, sizes and density, not hashes and chain.
[[nodiscard]] Read<PushRequest> decode_push_request(BytesView packed);
[[nodiscard]] Read<PushAnswer> decode_push_answer(BytesView packed);
[[nodiscard]] Read<PullRequest> decode_pull_request(BytesView packed);
[[nodiscard]] Read<PullAnswer> decode_pull_answer(BytesView packed);
[[nodiscard]] Read<AuthoriseRequest> decode_authorise_request(BytesView packed);
[[nodiscard]] Read<AuthoriseAnswer> decode_authorise_answer(BytesView packed);
[[nodiscard]] Read<ReceiptRequest> decode_receipt_request(BytesView packed);
[[nodiscard]] Read<ReceiptAnswer> decode_receipt_answer(BytesView packed);

/// The frame of one fact alone: envelope line, body, LF, box, LF. Storage and forwarding keep it.
void append_frame(Bytes& out, const FactFrame& fact);

}  // namespace club::wire
