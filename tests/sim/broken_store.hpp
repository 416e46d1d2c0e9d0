#pragma once

#include "tests/sim/sim_till.hpp"

namespace tests::sim {

/// The till's store with one bug in it, or none.
class SimTill::BrokenStore final : public club::engine::SyncStore {
 public:
  BrokenStore(SyncStore& store, Planted planted) : store_(store), planted_(planted) {}

  template <class Value>
  using Stored = club::engine::Stored<Value>;

  [[nodiscard]] Stored<club::wire::JournalMark> sealed() override { return store_.sealed(); }
  [[nodiscard]] Stored<club::engine::Batch> outbox(std::size_t facts, std::size_t bytes) override {
    auto batch = store_.outbox(facts, bytes);
    if (planted_ == Planted::accepted_unheard && batch && !batch->facts.empty()) {
      const auto& last = batch->facts.back();
      const club::wire::JournalMark mark{last.fields.incarnation, last.fields.seq, last.chain};
      static_cast<void>(store_.set_accepted(mark));
    }
    return batch;
  }
  [[nodiscard]] Stored<std::uint64_t> waiting() override { return store_.waiting(); }
  [[nodiscard]] Stored<void> set_accepted(const club::wire::JournalMark& mark) override {
    // The bug would not be one if hello's answer mended it.
    if (planted_ == Planted::accepted_unheard) return {};
    return store_.set_accepted(mark);
  }
  [[nodiscard]] Stored<void> receive(const club::wire::IssuedRight& right) override {
    return store_.receive(right);
  }
  [[nodiscard]] Stored<void> begin_incarnation() override { return store_.begin_incarnation(); }
  [[nodiscard]] Stored<std::vector<club::wire::Cursor>> cursors() override {
    return store_.cursors();
  }
  [[nodiscard]] Stored<std::vector<club::wire::StreamNumber>> apply(
      const std::vector<club::wire::Page>& pages) override {
    if (planted_ != Planted::cursor_without_rows) return store_.apply(pages);
    auto emptied = pages;
    for (auto& page : emptied) {
      if (page.cursor.stream % 4 == 3) page.rows.clear();
    }
    return store_.apply(emptied);
  }

 private:
  SyncStore& store_;
  Planted planted_;
};

}  // namespace tests::sim
