#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "pos/core/check.hpp"
#include "pos/ui/screens.hpp"
#include "pos/ui/stage.hpp"

namespace tests::ui {

/// Counts what would have gone to the graphics card.
class CountingTextures final : public pos::ui::TextureHost {
 public:
  std::uintptr_t create(int) override { return ++pages + 1; }
  void update(std::uintptr_t, int, const std::uint8_t*, pos::text::PixelRect) override {
    ++uploads;
  }
  std::uintptr_t pages = 0;
  int uploads = 0;
};

/// A till's screen without a window: shows a view, is clicked and typed at, and says which events
/// came of it. Time passes only when asked.
class UiDriver {
 public:
  explicit UiDriver(int width = 1366, int height = 768) : width_(width), height_(height) {
    auto stage = pos::ui::Stage::open(pos::ui::Theme::light(), textures_);
    CLUBTILL_CHECK(stage.has_value());
    stage_ = std::move(*stage);
    stage_->resize(width, height, pos::ui::usual_px_per_mm(width, height));
  }

  void show(pos::app::ScreenView view) {
    view_ = std::move(view);
    (void)frame();
    (void)frame();
  }
  [[nodiscard]] pos::app::ScreenView& view() { return view_; }

  std::vector<pos::app::Event> frame() {
    std::vector<pos::app::Event> events;
    stage_->frame(now_, [&](pos::ui::Widgets& widgets) { events = screens_.draw(widgets, view_); });
    return events;
  }

  /// Press and release in the middle of that control, with the frames between.
  std::vector<pos::app::Event> click(const std::string& id) {
    const pos::ui::ControlRecord* control = find(id);
    CLUBTILL_CHECK(control != nullptr);
    const pos::ui::Point at{control->rect.middle_x(), control->rect.middle_y()};
    return drag(at, at);
  }
  std::vector<pos::app::Event> drag(pos::ui::Point from, pos::ui::Point to) {
    std::vector<pos::app::Event> all;
    stage_->pointer(from, false);
    append(all, frame());
    stage_->pointer(from, true);
    append(all, frame());
    stage_->pointer(to, true);
    append(all, frame());
    stage_->pointer(to, false);
    append(all, frame());
    append(all, frame());
    return all;
  }

  /// Frames until everything that was typed has found its place.
  std::vector<pos::app::Event> settle() {
    std::vector<pos::app::Event> all;
    do {
      append(all, frame());
    } while (stage_->input_waits());
    return all;
  }
  std::vector<pos::app::Event> key(pos::ui::Key key, pos::ui::Modifiers modifiers = {}) {
    stage_->input().key(key, modifiers);
    return settle();
  }
  std::vector<pos::app::Event> type(const std::string& text) {
    stage_->input().text(text);
    return settle();
  }

  void pass(pos::core::Micros span) { now_ = now_ + span; }

  [[nodiscard]] const pos::ui::ControlRecord* find(const std::string& id) const {
    const auto& controls = stage_->memory().controls;
    const auto at = std::find_if(controls.begin(), controls.end(),
                                 [&](const auto& control) { return control.id == id; });
    return at == controls.end() ? nullptr : &*at;
  }
  [[nodiscard]] bool says(const std::string& words) const {
    const auto& texts = stage_->memory().texts;
    return std::any_of(texts.begin(), texts.end(), [&](const auto& text) {
      return text.text.find(words) != std::string::npos;
    });
  }
  [[nodiscard]] pos::ui::Stage& stage() { return *stage_; }
  [[nodiscard]] const CountingTextures& textures() const { return textures_; }
  [[nodiscard]] pos::ui::Rect screen() const {
    return {0, 0, static_cast<float>(width_), static_cast<float>(height_)};
  }

  static void append(std::vector<pos::app::Event>& all, std::vector<pos::app::Event> some) {
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }

 private:
  int width_;
  int height_;
  CountingTextures textures_;
  std::unique_ptr<pos::ui::Stage> stage_;
  pos::ui::Screens screens_;
  pos::app::ScreenView view_;
  pos::core::Tick now_ = pos::core::Tick::from_us(1'000'000);
};

/// The only event, when it is of that type; null otherwise.
template <class Event>
const Event* only(const std::vector<pos::app::Event>& events) {
  return events.size() == 1 ? std::get_if<Event>(&events.front()) : nullptr;
}

}  // namespace tests::ui
