#include "pos/ui/gl_textures.hpp"

#define GLFW_INCLUDE_GLEXT
#include <GLFW/glfw3.h>
#include <stb/stb_image_write.h>

#include <array>
#include <string>

namespace pos::ui {

std::uintptr_t GlTextures::create(int side) {
  GLuint name = 0;
  glGenTextures(1, &name);
  glBindTexture(GL_TEXTURE_2D, name);
  // Glyphs lie on whole pixels: nothing to filter.
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  const std::array<GLint, 4> white = {GL_ONE, GL_ONE, GL_ONE, GL_RED};
  glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, white.data());
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, side, side, 0, GL_RED, GL_UNSIGNED_BYTE, nullptr);
  return name;
}

void GlTextures::update(std::uintptr_t handle, int side, const std::uint8_t* pixels,
                        text::PixelRect changed) {
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(handle));
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, side);
  const auto offset = static_cast<std::size_t>(changed.y0) * static_cast<std::size_t>(side) +
                      static_cast<std::size_t>(changed.x0);
  glTexSubImage2D(GL_TEXTURE_2D, 0, changed.x0, changed.y0, changed.x1 - changed.x0,
                  changed.y1 - changed.y0, GL_RED, GL_UNSIGNED_BYTE, pixels + offset);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
}

std::vector<std::uint8_t> read_picture(int width, int height) {
  const auto row = static_cast<std::size_t>(width) * 3;
  std::vector<std::uint8_t> raw(row * static_cast<std::size_t>(height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, raw.data());
  std::vector<std::uint8_t> upright;
  upright.reserve(raw.size());
  for (int y = height - 1; y >= 0; --y) {
    const auto begin = raw.begin() + static_cast<std::ptrdiff_t>(row) * y;
    upright.insert(upright.end(), begin, begin + static_cast<std::ptrdiff_t>(row));
  }
  return upright;
}

bool write_png(const std::string& path, int width, int height,
               const std::vector<std::uint8_t>& rgb) {
  return stbi_write_png(path.c_str(), width, height, 3, rgb.data(), width * 3) != 0;
}

void clear_screen(int width, int height, Colour colour) {
  glViewport(0, 0, width, height);
  glClearColor(static_cast<float>(colour.red) / 255.0F, static_cast<float>(colour.green) / 255.0F,
               static_cast<float>(colour.blue) / 255.0F, 1.0F);
  glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace pos::ui
