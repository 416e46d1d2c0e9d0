#include "pos/terminal/config.hpp"

#include <fmt/core.h>

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <span>
#include <sstream>

#include "pos/core/near_match.hpp"

namespace pos::terminal {
namespace {

/// Thrown and caught in this file only.
struct Complaint {
  int line;
  std::string message;
};

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

struct Setting {
  std::string_view table;
  std::string_view key;
  std::function<void(const toml::node&, const std::string& name)> take;
};

std::string take_text(const toml::node& node, const std::string& name) {
  const auto text = node.value_exact<std::string>();
  if (!text || text->empty()) throw Complaint{line_of(node), name + " must be a text in quotes"};
  return *text;
}

int take_integer(const toml::node& node, const std::string& name, int low, int high) {
  const auto number = node.value_exact<std::int64_t>();
  if (!number || *number < low || *number > high) {
    throw Complaint{line_of(node),
                    fmt::format("{} must be a whole number from {} to {}", name, low, high)};
  }
  return static_cast<int>(*number);
}

bool take_boolean(const toml::node& node, const std::string& name) {
  const auto value = node.value_exact<bool>();
  if (!value) throw Complaint{line_of(node), name + " must be true or false"};
  return *value;
}

std::vector<std::string> take_texts(const toml::node& node, const std::string& name) {
  std::vector<std::string> texts;
  if (node.is_string()) return {take_text(node, name)};
  const toml::array* list = node.as_array();
  if (list == nullptr)
    throw Complaint{line_of(node), name + " must be a list such as [\"/dev/ttyACM0\"]"};
  for (const toml::node& item : *list) texts.push_back(take_text(item, name));
  return texts;
}

domain::Language take_language(const toml::node& node, const std::string& name) {
  const auto language = domain::parse_language(take_text(node, name));
  if (!language) throw Complaint{line_of(node), name + " must be \"en\", \"he\" or \"fa\""};
  return *language;
}

std::string unknown(std::string_view what, std::string_view word,
                    std::vector<std::string_view> known) {
  const auto meant = core::near_match(word, known);
  if (meant) return fmt::format("unknown {} \"{}\": did you mean \"{}\"?", what, word, *meant);
  std::string list;
  for (const std::string_view name : known) list += (list.empty() ? "" : ", ") + std::string(name);
  return fmt::format("unknown {} \"{}\"; there are: {}", what, word, list);
}

void read_tables(const toml::table& document, const std::vector<Setting>& settings) {
  std::vector<std::string_view> tables;
  for (const Setting& setting : settings) {
    if (std::find(tables.begin(), tables.end(), setting.table) == tables.end())
      tables.push_back(setting.table);
  }
  for (const auto& [table_name, node] : document) {
    const std::string_view name = table_name.str();
    if (std::find(tables.begin(), tables.end(), name) == tables.end()) {
      throw Complaint{line_of(node), unknown("table", name, tables)};
    }
    const toml::table* table = node.as_table();
    if (table == nullptr)
      throw Complaint{line_of(node), fmt::format("{} must be a table: [{}]", name, name)};
    for (const auto& [key, value] : *table) {
      std::vector<std::string_view> keys;
      const Setting* found = nullptr;
      for (const Setting& setting : settings) {
        if (setting.table != name) continue;
        keys.push_back(setting.key);
        if (setting.key == key.str()) found = &setting;
      }
      if (found == nullptr)
        throw Complaint{line_of(value), unknown(fmt::format("key in [{}]", name), key.str(), keys)};
      found->take(value, fmt::format("{}.{}", name, key.str()));
    }
  }
}

}  // namespace

std::string ConfigError::sentence() const {
  return line > 0 ? fmt::format("{}:{}: {}", file, line, message)
                  : fmt::format("{}: {}", file, message);
}

core::Expected<TillConfig, ConfigError> parse_config(std::string_view toml_text,
                                                     const std::string& file) {
  TillConfig config;
  const std::vector<Setting> settings = {
      {"hub", "url",
       [&](const auto& node, const auto& name) { config.hub_url = take_text(node, name); }},
      {"till", "language",
       [&](const auto& node, const auto& name) { config.language = take_language(node, name); }},
      {"devices", "serial",
       [&](const auto& node, const auto& name) { config.serial_devices = take_texts(node, name); }},
      {"devices", "pictures",
       [&](const auto& node, const auto& name) { config.picture_folder = take_text(node, name); }},
      {"devices", "printer",
       [&](const auto& node, const auto& name) { config.printer_device = take_text(node, name); }},
      {"devices", "slips",
       [&](const auto& node, const auto& name) { config.slip_folder = take_text(node, name); }},
      {"screen", "width",
       [&](const auto& node, const auto& name) {
         config.width_px = take_integer(node, name, 640, 7680);
       }},
      {"screen", "height",
       [&](const auto& node, const auto& name) {
         config.height_px = take_integer(node, name, 480, 4320);
       }},
      {"screen", "width_mm",
       [&](const auto& node, const auto& name) {
         config.width_mm = take_integer(node, name, 100, 2000);
       }},
      {"screen", "fullscreen",
       [&](const auto& node, const auto& name) { config.fullscreen = take_boolean(node, name); }},
  };
  try {
    read_tables(toml::parse(toml_text, file), settings);
  } catch (const Complaint& complaint) {
    return core::fail(ConfigError{file, complaint.line, complaint.message});
  } catch (const toml::parse_error& error) {
    return core::fail(ConfigError{file, static_cast<int>(error.source().begin.line),
                                  std::string(error.description())});
  }
  return config;
}

core::Expected<TillConfig, ConfigError> load_config(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream)
    return core::fail(ConfigError{file, 0, "cannot be read: name an existing file with --config"});
  std::ostringstream text;
  text << stream.rdbuf();
  return parse_config(text.str(), file);
}

}  // namespace pos::terminal
