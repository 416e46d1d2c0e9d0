#include "pos/ui/theme.hpp"

#include <cmath>
#include <optional>

#include "pos/core/json/json.hpp"

namespace pos::ui {
namespace {

constexpr Colour hex(std::uint32_t rgb, std::uint8_t alpha = 255) {
  return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8),
          static_cast<std::uint8_t>(rgb), alpha};
}

struct ColourToken {
  std::string_view name;
  Colour Palette::*place;
  Colour light;
};

constexpr std::array kColours = {
    ColourToken{"background", &Palette::background, hex(0xECEFED)},
    ColourToken{"surface", &Palette::surface, hex(0xFFFFFF)},
    ColourToken{"row", &Palette::row, hex(0xF5F8F6)},
    ColourToken{"line", &Palette::line, hex(0xD8DEDA)},
    ColourToken{"border", &Palette::border, hex(0xB6C1BB)},
    ColourToken{"ink", &Palette::ink, hex(0x14201B)},
    ColourToken{"soft", &Palette::soft, hex(0x48554E)},
    ColourToken{"brand", &Palette::brand, hex(0x0B5D4E)},
    ColourToken{"brand_ink", &Palette::brand_ink, hex(0xFFFFFF)},
    ColourToken{"brand_soft", &Palette::brand_soft, hex(0xE3F2ED)},
    ColourToken{"good", &Palette::good, hex(0x095646)},
    ColourToken{"attention", &Palette::attention, hex(0x723D00)},
    ColourToken{"attention_soft", &Palette::attention_soft, hex(0xFFF0DA)},
    ColourToken{"stop", &Palette::stop, hex(0x96121A)},
    ColourToken{"stop_soft", &Palette::stop_soft, hex(0xFDEAEA)},
    ColourToken{"gold", &Palette::gold, hex(0x5E4700)},
    ColourToken{"gold_soft", &Palette::gold_soft, hex(0xFBEFC4)},
    ColourToken{"shade", &Palette::shade, hex(0x1E2A25, 120)},
};

struct SizeToken {
  std::string_view name;
  int Sizes::*place;
  int light;
};

constexpr std::array kSizes = {
    SizeToken{"text_total", &Sizes::text_total, 15'400},
    SizeToken{"text_amount", &Sizes::text_amount, 18'600},
    SizeToken{"text_name", &Sizes::text_name, 8'800},
    SizeToken{"text_title", &Sizes::text_title, 7'200},
    SizeToken{"text_big", &Sizes::text_big, 7'300},
    SizeToken{"text_action", &Sizes::text_action, 7'300},
    SizeToken{"text_body", &Sizes::text_body, 5'700},
    SizeToken{"text_list", &Sizes::text_list, 5'300},
    SizeToken{"text_label", &Sizes::text_label, 5'100},
    SizeToken{"text_note", &Sizes::text_note, 4'700},
    SizeToken{"text_caption", &Sizes::text_caption, 4'200},
    SizeToken{"radius_panel", &Sizes::radius_panel, 3'000},
    SizeToken{"radius_control", &Sizes::radius_control, 2'800},
    SizeToken{"radius_small", &Sizes::radius_small, 1'900},
    SizeToken{"edge", &Sizes::edge, 5'000},
    SizeToken{"gap", &Sizes::gap, 3'000},
    SizeToken{"padding", &Sizes::padding, 4'600},
    SizeToken{"line", &Sizes::line, 250},
    SizeToken{"stroke", &Sizes::stroke, 420},
    SizeToken{"bar_status", &Sizes::bar_status, 12'200},
    SizeToken{"bar_total", &Sizes::bar_total, 19'500},
    SizeToken{"bar_keys", &Sizes::bar_keys, 18'400},
    SizeToken{"bar_footer", &Sizes::bar_footer, 13'000},
    SizeToken{"row_line", &Sizes::row_line, 12'000},
    SizeToken{"row_discount", &Sizes::row_discount, 7'800},
    SizeToken{"row_benefit", &Sizes::row_benefit, 8'600},
    SizeToken{"field", &Sizes::field, 15'000},
    SizeToken{"key", &Sizes::key, 20'500},
    SizeToken{"target_min", &Sizes::target_min, 12'000},
};

std::optional<Colour> parse_colour(const std::string& text) {
  if ((text.size() != 7 && text.size() != 9) || text[0] != '#') return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(1)) {
    const auto digit = std::string_view("0123456789abcdef").find(static_cast<char>(c | 0x20));
    if (digit == std::string_view::npos) return std::nullopt;
    value = value * 16 + static_cast<std::uint32_t>(digit);
  }
  if (text.size() == 7) return hex(value);
  return hex(value >> 8, static_cast<std::uint8_t>(value));
}

std::optional<ThemeError> read_colours(const core::Json& object, Palette& palette) {
  for (const auto& [name, value] : object.members()) {
    const std::string where = "colours." + name;
    bool known = false;
    for (const auto& token : kColours) {
      if (token.name != name) continue;
      known = true;
      const auto colour = value.text() ? parse_colour(*value.text()) : std::nullopt;
      if (!colour) return ThemeError{where, "a colour is written #RRGGBB or #RRGGBBAA"};
      palette.*token.place = *colour;
    }
    if (!known) return ThemeError{where, "no such colour"};
  }
  return std::nullopt;
}

constexpr std::int64_t kSizeMaxUm = 100'000;

std::optional<ThemeError> read_sizes(const core::Json& object, Sizes& sizes) {
  for (const auto& [name, value] : object.members()) {
    const std::string where = "sizes_um." + name;
    bool known = false;
    for (const auto& token : kSizes) {
      if (token.name != name) continue;
      known = true;
      const auto size = value.integer();
      if (!size || *size < 1 || *size > kSizeMaxUm) {
        return ThemeError{where, "a size is 1 to 100000 micrometres"};
      }
      sizes.*token.place = static_cast<int>(*size);
    }
    if (!known) return ThemeError{where, "no such size"};
  }
  return std::nullopt;
}

double linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Colour c) {
  return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

}  // namespace

Colour blend(Colour base, Colour over, int amount) {
  const auto mix = [amount](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>((a * (255 - amount) + b * amount) / 255);
  };
  return {mix(base.red, over.red), mix(base.green, over.green), mix(base.blue, over.blue),
          base.alpha};
}

int contrast_x100(Colour a, Colour b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return static_cast<int>(100 * (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05));
}

Theme Theme::light() {
  Theme theme;
  for (const auto& token : kColours) theme.colour.*token.place = token.light;
  for (const auto& token : kSizes) theme.size.*token.place = token.light;
  return theme;
}

core::Expected<Theme, ThemeError> Theme::parse(std::string_view json) {
  const auto parsed = core::Json::parse(json);
  if (!parsed) {
    return core::fail(ThemeError{"line " + std::to_string(parsed.error().line),
                                 "no JSON of ours: " + parsed.error().detail});
  }
  if (!parsed->is_object()) return core::fail(ThemeError{"line 1", "an object is expected"});
  Theme theme = light();
  for (const auto& [name, value] : parsed->members()) {
    std::optional<ThemeError> error;
    if (name == "colours") {
      error = read_colours(value, theme.colour);
    } else if (name == "sizes_um") {
      error = read_sizes(value, theme.size);
    } else if (name != "name") {
      error = ThemeError{name, "no such part of a theme"};
    }
    if (error) return core::fail(*error);
  }
  return theme;
}

float Theme::px(int micrometres) const {
  return std::max(1.0F, std::round(static_cast<float>(micrometres) * px_per_mm_ / 1000.0F));
}

int Theme::font_px(int micrometres) const { return static_cast<int>(px(micrometres)); }

float usual_px_per_mm(int width_px, int height_px) {
  const auto width = static_cast<float>(width_px);
  const auto height = static_cast<float>(height_px);
  const bool wide = width > height * 1.5F;
  const float diagonal_mm = wide ? 396.0F : 381.0F;
  const float by_diagonal = std::hypot(width, height) / diagonal_mm;
  // A window that is very flat or very narrow still has to hold the whole screen.
  return std::max(1.0F, std::min({by_diagonal, width / 300.0F, height / 190.0F}));
}

std::array<ContrastNeed, 18> contrast_needs(const Palette& p) {
  return {{
      {"ink on surface", p.ink, p.surface, 700},
      {"ink on background", p.ink, p.background, 700},
      {"ink on brand_soft", p.ink, p.brand_soft, 700},
      {"soft on surface", p.soft, p.surface, 700},
      {"soft on row", p.soft, p.row, 700},
      {"soft on brand_soft", p.soft, p.brand_soft, 650},
      {"brand_ink on brand", p.brand_ink, p.brand, 700},
      {"good on surface", p.good, p.surface, 700},
      {"good on background", p.good, p.background, 700},
      {"good on brand_soft", p.good, p.brand_soft, 700},
      {"attention on attention_soft", p.attention, p.attention_soft, 700},
      {"attention on surface", p.attention, p.surface, 700},
      {"attention on background", p.attention, p.background, 700},
      {"stop on stop_soft", p.stop, p.stop_soft, 700},
      {"stop on surface", p.stop, p.surface, 700},
      {"stop on background", p.stop, p.background, 700},
      {"gold on gold_soft", p.gold, p.gold_soft, 700},
      {"brand border on surface", p.brand, p.surface, 300},
  }};
}

}  // namespace pos::ui
