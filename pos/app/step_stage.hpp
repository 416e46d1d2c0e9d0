#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "pos/app/effects.hpp"
#include "pos/app/ports.hpp"
#include "pos/app/state.hpp"

namespace pos::app {

/// What one step works on: the state that it changes, the effects that it asks for, and what it may
/// read. Lives for one step.
class Stage {
 public:
  Stage(State& held, std::vector<Effect>& asked, const Directory& known, const core::Moment& at,
        core::Tick since_boot)
      : state(held), effects(asked), directory(known), now(at), tick(since_boot) {}

  State& state;
  std::vector<Effect>& effects;
  const Directory& directory;
  const core::Moment& now;
  core::Tick tick;
  bool undo_offered = false;  ///< by this event

  [[nodiscard]] Basket& basket() const { return state.basket; }
  void say(Mood mood, Text text, std::vector<MessageWord> words = {});
  /// Something was refused: the low tone and the red sentence.
  void refuse(Text text, std::vector<MessageWord> words = {});
  void tone(PlayTone::Kind kind) { effects.emplace_back(PlayTone{kind}); }
  /// Remembers the basket as it is now; to be called right before something is taken away.
  void offer_undo();
  /// Nothing when the pool ran dry; more are on their way then.
  [[nodiscard]] bool has_ids(std::size_t count);
  [[nodiscard]] FreshId take_id();
  [[nodiscard]] programme::Scene scene() const;
};

// Identification ----------------------------------------------------------------------------------
void on_scanned(Stage& stage, const Scanned& scanned);
void on_card(Stage& stage, const domain::CardNumber& card, programme::IdentifiedBy by);
void on_phone(Stage& stage, const domain::PhoneNumber& phone);
void attach(Stage& stage, Attached next, Text sentence);
void remove_member(Stage& stage);
void answer_question(Stage& stage, bool replace);
/// The name that people know this attachment by.
[[nodiscard]] MessageWord name_of(const Attached& attached);
/// Facts may have changed in the cache: take them again.
void refresh_attached(Stage& stage);

// Basket ------------------------------------------------------------------------------------------
void on_article(Stage& stage, const domain::ArticleCode& code, std::int64_t quantity);
void on_label(Stage& stage, const domain::LabelCode& label);
void on_coupon(Stage& stage, const domain::CouponCode& code);
void on_unknown(Stage& stage, domain::UnknownCode::Reason reason);
void set_quantity(Stage& stage, std::size_t line, std::int64_t quantity);
void on_entry(Stage& stage);
void answer_benefit(Stage& stage, const BenefitAnswered& answered);
void undo(Stage& stage);
/// Takes a waiting "12*" out of the entry; 1 when there is none.
[[nodiscard]] std::int64_t take_quantity(Stage& stage);

// Sheets ------------------------------------------------------------------------------------------
void open_sheet(Stage& stage, Sheet sheet);
void close_sheet(Stage& stage);
void edit_find(Stage& stage, const std::string& text);
void confirm_find(Stage& stage, std::size_t result);
void open_join(Stage& stage);
void edit_join(Stage& stage, const Edited& edited);
/// To the page of the family's days and back.
void turn_family_page(Stage& stage);
void confirm_join(Stage& stage);
void attach_existing(Stage& stage);
/// On the join sheet: the card to be given out.
void join_card(Stage& stage, const domain::CardNumber& card);
/// A member's card on a join sheet that has a phone is that of who brought the new one; false:
/// nothing is written yet, or nobody asks.
[[nodiscard]] bool join_referrer(Stage& stage, const domain::CardNumber& card);
void choose_points(Stage& stage, domain::Points wish);
void open_pay(Stage& stage);
/// The question that waits to be put to the member, or null.
[[nodiscard]] const programme::BenefitOutcome* open_question(const State& state);
/// On the sheet of the question: on to paying without an answer.
void skip_question(Stage& stage);
void confirm_pay(Stage& stage);
/// The hub's answer to a sale that waits for it.
void on_authorised(Stage& stage, const Authorised& answer);

// Close of the day --------------------------------------------------------------------------------
void open_day(Stage& stage);
void on_day_closed(Stage& stage, const DayClosed& closed);
/// Prints what the sheet shows.
void confirm_day(Stage& stage);

// Returns -----------------------------------------------------------------------------------------
void on_receipt(Stage& stage, const domain::ReceiptCode& code);
/// The hub's answer about a sale whose slip carries its number alone.
void on_sale_found(Stage& stage, const SaleFound& found);
void on_receipt_typed(Stage& stage);
void return_article(Stage& stage, const std::string& code);
void set_return(Stage& stage, std::size_t line, std::int64_t quantity);
void return_everything(Stage& stage);
void confirm_return(Stage& stage, bool whole_sale);
[[nodiscard]] std::int64_t left_of(const SoldSale& sale, std::size_t line);
[[nodiscard]] bool may_void(const SoldSale& sale, const core::Moment& now);
/// The fact that the sheet's choice would make; nothing while nothing is chosen.
[[nodiscard]] std::optional<programme::ReturnFact> wished_return(
    const ReturnSheet& sheet, const programme::Scene& scene, const programme::Programme& programme);

// Sealing -----------------------------------------------------------------------------------------
void seal(Stage& stage, Pending pending, std::optional<programme::PersonDetails> person);
/// The commit came back: the basket after it, the slip, the sentence.
void on_sealed(Stage& stage, const Sealed& sealed);
void on_seal_failed(Stage& stage, const SealFailed& failed);
void on_restored(Stage& stage, const Restored& restored);
void print_slip(Stage& stage, const domain::FactId& uid, programme::Fact fact);
/// Of facts of an earlier life of this program.
void owe_copies(Stage& stage, const std::vector<Restored::Unprinted>& unprinted);
void on_printed(Stage& stage, const Printed& printed);
void on_print_failed(Stage& stage, const PrintFailed& failed);

// Quote -------------------------------------------------------------------------------------------
/// What is left of rights and budgets, as far as this till knows and as the hub said to this
/// basket.
[[nodiscard]] programme::Reach reach_of(const State& state, const Directory& directory,
                                        const std::optional<domain::AccountId>& account);
/// As it is offered: what the hub could reserve counts as reserved.
[[nodiscard]] programme::QuoteInput quote_input(const State& state, const Directory& directory,
                                                const core::Moment& now);
/// Law 5: from zero.
void requote(Stage& stage);

}  // namespace pos::app
