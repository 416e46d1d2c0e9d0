#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "pos/text/font_set.hpp"

namespace pos::text {
namespace {

template <auto Destroy>
struct Destroyer {
  template <class Object>
  void operator()(Object* object) const {
    Destroy(object);
  }
};
using Config = std::unique_ptr<FcConfig, Destroyer<FcConfigDestroy>>;
using Pattern = std::unique_ptr<FcPattern, Destroyer<FcPatternDestroy>>;
using Properties = std::unique_ptr<FcObjectSet, Destroyer<FcObjectSetDestroy>>;
using Matches = std::unique_ptr<FcFontSet, Destroyer<FcFontSetDestroy>>;

int number(const FcPattern* pattern, const char* property, int otherwise) {
  int value = otherwise;
  return FcPatternGetInteger(pattern, property, 0, &value) == FcResultMatch ? value : otherwise;
}

/// The upright file of normal width in that very family and weight. A family that is only similar
/// will not do: fontconfig's own substitution would answer with anything.
std::optional<FontFile> find_file(FcConfig* config, const char* family, int weight) {
  const Pattern wanted(FcPatternCreate());
  FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
  const Properties properties(FcObjectSetBuild(FC_FILE, FC_INDEX, FC_WEIGHT, FC_WIDTH, FC_SLANT,
                                               FC_VARIABLE, static_cast<char*>(nullptr)));
  const Matches found(FcFontList(config, wanted.get(), properties.get()));
  std::optional<FontFile> best;
  for (int i = 0; found && i < found->nfont; ++i) {
    const FcPattern* font = found->fonts[i];
    FcBool variable = FcFalse;
    FcPatternGetBool(font, FC_VARIABLE, 0, &variable);
    const bool fits = variable == FcFalse && number(font, FC_WEIGHT, -1) == weight &&
                      number(font, FC_WIDTH, FC_WIDTH_NORMAL) == FC_WIDTH_NORMAL &&
                      number(font, FC_SLANT, FC_SLANT_ROMAN) == FC_SLANT_ROMAN;
    FcChar8* path = nullptr;
    if (!fits || FcPatternGetString(font, FC_FILE, 0, &path) != FcResultMatch) continue;
    FontFile file{reinterpret_cast<const char*>(path), number(font, FC_INDEX, 0)};
    if (!best || file.path < best->path) best = std::move(file);
  }
  return best;
}

struct Family {
  const char* regular_and_bold;
  bool needed;
};

/// Nothing when a needed family is missing.
std::optional<FontFiles> find_families(FcConfig* config, const std::vector<Family>& families) {
  FontFiles files;
  for (const Family& family : families) {
    auto regular = find_file(config, family.regular_and_bold, FC_WEIGHT_REGULAR);
    auto bold = find_file(config, family.regular_and_bold, FC_WEIGHT_BOLD);
    if (!regular && family.needed) return std::nullopt;
    if (regular) files.regular.push_back(*std::move(regular));
    if (bold) files.bold.push_back(*std::move(bold));
  }
  return files;
}

}  // namespace

pos::core::Expected<FontFiles, FontError> find_fonts() {
  const Config config(FcInitLoadConfigAndFonts());
  if (!config) {
    return pos::core::fail(FontError{FontError::Fault::no_font_service,
                                     "fontconfig cannot read its configuration; install the "
                                     "package fontconfig-config"});
  }
  const auto noto = find_families(config.get(), {{"Noto Sans", true},
                                                 {"Noto Sans Hebrew", true},
                                                 {"Noto Sans Arabic", true},
                                                 {"Noto Sans Symbols2", false},
                                                 {"Noto Sans Math", false},
                                                 {"DejaVu Sans", false}});
  if (noto) return *noto;
  const auto dejavu = find_families(config.get(), {{"DejaVu Sans", true}});
  if (dejavu) return *dejavu;
  return pos::core::fail(FontError{FontError::Fault::no_font,
                                   "neither Noto Sans with Noto Sans Hebrew and Noto Sans Arabic "
                                   "nor DejaVu Sans is installed; install the package "
                                   "fonts-noto-core or fonts-dejavu-core"});
}

pos::core::Expected<FontSet, FontError> FontSet::open_installed() {
  auto files = find_fonts();
  if (!files) return pos::core::fail(files.error());
  return open(*files);
}

}  // namespace pos::text
