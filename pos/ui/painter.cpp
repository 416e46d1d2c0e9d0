#include "pos/ui/painter.hpp"

#include <cmath>

#include "pos/core/check.hpp"
#include "pos/ui/imgui_adapter.hpp"

namespace pos::ui {

std::uintptr_t GlyphPages::handle(std::size_t page) {
  while (handles_.size() <= page) handles_.push_back(host_->create(atlas_->page_side()));
  return handles_[page];
}

void GlyphPages::upload() {
  for (std::size_t page = 0; page < handles_.size(); ++page) {
    const auto changed = atlas_->take_dirty(page);
    if (changed) host_->update(handles_[page], atlas_->page_side(), atlas_->pixels(page), *changed);
  }
}

void Painter::fill(const Rect& rect, Colour colour, float radius) {
  list_->AddRectFilled({rect.x0, rect.y0}, {rect.x1, rect.y1}, imgui::packed(colour), radius);
}

void Painter::fill_top(const Rect& rect, Colour colour, float radius) {
  list_->AddRectFilled({rect.x0, rect.y0}, {rect.x1, rect.y1}, imgui::packed(colour), radius,
                       ImDrawFlags_RoundCornersTop);
}

void Painter::fill_bottom(const Rect& rect, Colour colour, float radius) {
  list_->AddRectFilled({rect.x0, rect.y0}, {rect.x1, rect.y1}, imgui::packed(colour), radius,
                       ImDrawFlags_RoundCornersBottom);
}

void Painter::stroke(const Rect& rect, Colour colour, float radius, float thickness) {
  // The library centres a border on a line half a pixel inside the rectangle.
  const float in = (thickness - 1) / 2;
  list_->AddRect({rect.x0 + in, rect.y0 + in}, {rect.x1 - in, rect.y1 - in}, imgui::packed(colour),
                 std::max(0.0F, radius - in), 0, thickness);
}

void Painter::polyline(std::span<const Point> points, Colour colour, float thickness, bool closed) {
  std::vector<ImVec2> path;
  path.reserve(points.size());
  for (const Point& point : points) path.push_back(imgui::vec(point));
  list_->AddPolyline(path.data(), static_cast<int>(path.size()), imgui::packed(colour),
                     closed ? ImDrawFlags_Closed : ImDrawFlags_None, thickness);
}

void Painter::circle(Point centre, float radius, Colour colour, float thickness) {
  list_->AddCircle(imgui::vec(centre), radius, imgui::packed(colour), 0, thickness);
}

void Painter::disc(Point centre, float radius, Colour colour) {
  list_->AddCircleFilled(imgui::vec(centre), radius, imgui::packed(colour));
}

void Painter::glyphs(const text::ShapedLine& line, float x, float baseline, Colour colour) {
  const float left = std::round(x);
  const float base = std::round(baseline);
  const float scale = 1.0F / static_cast<float>(pages_->atlas().page_side());
  std::uintptr_t bound = 0;
  for (const text::PlacedGlyph& placed : line.glyphs) {
    const text::AtlasGlyph glyph = pages_->atlas().find(placed.key);
    if (glyph.width == 0 || glyph.height == 0) continue;
    const std::uintptr_t page = pages_->handle(glyph.page);
    if (page != bound) {
      if (bound != 0) list_->PopTextureID();
      list_->PushTextureID(imgui::texture(page));
      bound = page;
    }
    const auto f = [](int value) { return static_cast<float>(value); };
    const ImVec2 a{left + f(placed.x + glyph.left), base - f(glyph.top)};
    const ImVec2 b{a.x + f(glyph.width), a.y + f(glyph.height)};
    list_->PrimReserve(6, 4);
    list_->PrimRectUV(a, b, {f(glyph.x) * scale, f(glyph.y) * scale},
                      {f(glyph.x + glyph.width) * scale, f(glyph.y + glyph.height) * scale},
                      imgui::packed(colour));
  }
  if (bound != 0) list_->PopTextureID();
}

Painter::Clip::Clip(Painter& painter, const Rect& rect) : list_(painter.list_) {
  list_->PushClipRect({rect.x0, rect.y0}, {rect.x1, rect.y1}, true);
}

Painter::Clip::~Clip() { list_->PopClipRect(); }

}  // namespace pos::ui
