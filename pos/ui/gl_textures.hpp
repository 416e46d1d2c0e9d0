#pragma once

#include "pos/ui/painter.hpp"

namespace pos::ui {

/// Glyph pages as one-byte GL textures that read as white with that alpha. Needs a current GL 3.3
/// context.
class GlTextures final : public TextureHost {
 public:
  [[nodiscard]] std::uintptr_t create(int side) override;
  void update(std::uintptr_t handle, int side, const std::uint8_t* pixels,
              text::PixelRect changed) override;
};

/// Three bytes a pixel, upper row first, of what the back buffer holds.
[[nodiscard]] std::vector<std::uint8_t> read_picture(int width, int height);
/// False when the file cannot be written.
[[nodiscard]] bool write_png(const std::string& path, int width, int height,
                             const std::vector<std::uint8_t>& rgb);

void clear_screen(int width, int height, Colour colour);

}  // namespace pos::ui
