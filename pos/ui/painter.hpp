#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pos/text/shaped_line.hpp"
#include "pos/ui/geometry.hpp"
#include "pos/ui/text_kit.hpp"
#include "pos/ui/theme.hpp"

struct ImDrawList;

namespace pos::ui {

/// Where the glyph pages live that the painter draws from. The window keeps them in GL textures, a
/// test only counts.
class TextureHost {
 public:
  virtual ~TextureHost() = default;
  /// A page of side x side alpha bytes. The handle is never 0.
  [[nodiscard]] virtual std::uintptr_t create(int side) = 0;
  /// `pixels` is the whole page; only `changed` is new.
  virtual void update(std::uintptr_t handle, int side, const std::uint8_t* pixels,
                      text::PixelRect changed) = 0;
};

/// Handles of the pages of one atlas, made when first drawn from.
class GlyphPages {
 public:
  GlyphPages(text::GlyphAtlas& atlas, TextureHost& host) : atlas_(&atlas), host_(&host) {}
  [[nodiscard]] std::uintptr_t handle(std::size_t page);
  [[nodiscard]] text::GlyphAtlas& atlas() const { return *atlas_; }
  /// Hands over what changed since the last call; nothing when nothing did.
  void upload();

 private:
  text::GlyphAtlas* atlas_;
  TextureHost* host_;
  std::vector<std::uintptr_t> handles_;
};

/// Draws one frame's flat shapes and glyphs. Coordinates are pixels of the window.
class Painter {
 public:
  Painter(ImDrawList& list, GlyphPages& pages) : list_(&list), pages_(&pages) {}

  void fill(const Rect& rect, Colour colour, float radius = 0);
  /// Only the upper or the lower corners are round.
  void fill_top(const Rect& rect, Colour colour, float radius);
  void fill_bottom(const Rect& rect, Colour colour, float radius);
  /// The border lies inside the rectangle.
  void stroke(const Rect& rect, Colour colour, float radius, float thickness);
  void polyline(std::span<const Point> points, Colour colour, float thickness, bool closed);
  void circle(Point centre, float radius, Colour colour, float thickness);
  void disc(Point centre, float radius, Colour colour);
  /// `x` is the line's left edge, `baseline` its baseline; both are rounded to whole pixels.
  void glyphs(const text::ShapedLine& line, float x, float baseline, Colour colour);

  /// Nothing outside of `rect` is drawn while this lives.
  class Clip {
   public:
    Clip(Painter& painter, const Rect& rect);
    ~Clip();
    Clip(const Clip&) = delete;
    Clip& operator=(const Clip&) = delete;

   private:
    ImDrawList* list_;
  };

 private:
  ImDrawList* list_;
  GlyphPages* pages_;
};

}  // namespace pos::ui
