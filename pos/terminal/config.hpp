#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/core/expected.hpp"
#include "pos/domain/language.hpp"

namespace pos::terminal {

/// What a shop may set in config.toml. Every key is optional; an unknown one is an error with the
/// near match.
struct TillConfig {
  std::optional<std::string> hub_url;         ///< [hub] url; otherwise the one of the pairing
  std::optional<domain::Language> language;   ///< [till] language
  std::vector<std::string> serial_devices;    ///< [devices] serial
  std::optional<std::string> picture_folder;  ///< [devices] pictures: watched for pictures of codes
  std::optional<std::string> printer_device;  ///< [devices] printer: takes ESC/POS bytes
  std::optional<std::string> slip_folder;  ///< [devices] slips: one .txt, .png and .escpos a slip
  int width_px = 1366;                     ///< [screen] width
  int height_px = 768;                     ///< [screen] height
  bool fullscreen = false;                 ///< [screen] fullscreen
  int width_mm = 0;                        ///< [screen] width_mm: 0 asks the monitor
};

struct ConfigError {
  std::string file;
  int line = 0;
  std::string message;  ///< what is wrong and what to write instead

  [[nodiscard]] std::string sentence() const;
};

[[nodiscard]] core::Expected<TillConfig, ConfigError> parse_config(std::string_view toml,
                                                                   const std::string& file);

/// A missing file is an error: it was named by a person.
[[nodiscard]] core::Expected<TillConfig, ConfigError> load_config(const std::string& file);

}  // namespace pos::terminal
