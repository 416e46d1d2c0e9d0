#include "pos/ui/screens.hpp"

#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

template <class... Parts>
struct Overloaded : Parts... {
  using Parts::operator()...;
};

/// What lies on top, and the control that has the keyboard there at first.
struct Layer {
  std::string name;
  std::string first;
  bool ring = false;
};

Layer sheet_layer(const app::SheetView& sheet) {
  return std::visit(
      Overloaded{
          [](std::monostate) { return Layer{}; },
          [](const app::FindView& v) {
            return Layer{"find", v.search.id};
          },
          [](const app::JoinView& v) {
            if (!v.family_days.empty()) return Layer{"join.family", v.family_days.front().day.id};
            return Layer{"join", v.phone.text.empty() ? v.phone.id : v.first_name.id};
          },
          [](const app::WhyView&) {
            return Layer{"why", ""};
          },
          [](const app::PointsView&) {
            return Layer{"points", ""};
          },
          [](const app::PayView& v) {
            return Layer{v.received ? "pay.cash" : "pay.other", v.received ? v.received->id : ""};
          },
          [](const app::AskView&) {
            return Layer{"ask", ""};
          },
          [](const app::DayView&) {
            return Layer{"day", ""};
          },
          [](const app::ReturnView& v) {
            return Layer{"return", v.receipt.id};
          },
      },
      sheet);
}

Layer top_layer(const app::ScreenView& view) {
  if (view.sign_in) {
    const auto& people = view.sign_in->employees;
    return {"sign_in", people.empty() ? "" : people.front().id, true};
  }
  if (view.question) return {"question", view.question->id + ".keep", true};
  Layer sheet = sheet_layer(view.sheet);
  if (!sheet.name.empty()) return sheet;
  return {"checkout", view.checkout.entry.id};
}

/// What is typed goes into a field even after Tab has moved on to the buttons.
void catch_typing(Widgets& w, const Layer& layer) {
  const Input::Item* front = w.input().front();
  if (layer.ring || layer.first.empty() || !front || front->key != Key::unknown) return;
  if (front->text == " " || w.is_field(w.focused_id())) return;
  w.focus(layer.first);
}

}  // namespace

std::vector<app::Event> Screens::draw(Widgets& w, const app::ScreenView& view) {
  std::vector<app::Event> out;
  w.set_right_to_left(view.right_to_left);
  Scene scene{w, view, out, pages_};
  const Layer layer = top_layer(view);
  // The staff of a new till arrives after its first frame.
  const bool arrived = layer_was_empty_ && !layer.first.empty();
  layer_was_empty_ = layer.first.empty();
  if (layer.name != layer_ || arrived) {
    layer_ = layer.name;
    w.focus(layer.first, layer.ring);
    pages_.erase(layer.name);
  }
  catch_typing(w, layer);

  if (view.sign_in) {
    sign_in_screen(scene, *view.sign_in);
    return out;
  }
  const bool covered = layer.name != "checkout";
  // The language and the lock are at hand on every sheet, by key.
  if (take_key_of(scene, view.checkout.status.language)) {
    scene.press(view.checkout.status.language.action);
  }
  if (take_key_of(scene, view.checkout.status.lock)) scene.press(view.checkout.status.lock.action);
  w.set_reachable(!covered);
  checkout_screen(scene, view.checkout);
  if (!std::holds_alternative<std::monostate>(view.sheet)) {
    w.set_reachable(!view.question);
    std::visit(Overloaded{[](std::monostate) {},
                          [&scene](const auto& sheet) { draw_sheet(scene, sheet); }},
               view.sheet);
  }
  if (view.question) {
    w.set_reachable(true);
    question_box(scene, *view.question);
  }
  return out;
}

}  // namespace pos::ui
