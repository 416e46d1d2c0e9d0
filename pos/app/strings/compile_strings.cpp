// Turns assets/strings/strings.json into the tables for text.hpp and text.cpp. A text that lacks a
// language, or whose languages name different words, stops the build.
#include <cctype>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <string>

#include "pos/core/json/json.hpp"

namespace {

using pos::core::Json;

constexpr const char* kLanguages[] = {"en", "he", "fa"};
constexpr const char* kForms[] = {"one", "two", "other"};

struct Failure {
  std::string what;
};

/// The slots of a sentence: "{0}" and "{n}".
std::set<std::string> slots_of(const std::string& text) {
  std::set<std::string> slots;
  for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    const std::size_t end = text.find('}', at);
    if (end == std::string::npos) throw Failure{"an open brace in: " + text};
    slots.insert(text.substr(at, end - at + 1));
  }
  return slots;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// The three forms of one language; missing ones are those of "other".
std::string row_of(const std::string& key, const char* language, const Json& entry,
                   std::set<std::string>& slots) {
  const Json& text = entry[language];
  std::string row = "Forms{";
  for (const char* form : kForms) {
    const Json* found = text.find(form) != nullptr ? text.find(form) : text.find("other");
    const std::string* words = text.is_object() ? (found ? found->text() : nullptr) : text.text();
    if (words == nullptr || words->empty()) throw Failure{key + " has no " + language};
    // A form for one or two may say the number as a word; the others name the same slots.
    if (std::string(form) == "other") slots = slots_of(*words);
    row += quoted(*words) + ", ";
  }
  return row + "}";
}

void compile(const Json& strings, std::ostream& keys, std::ostream& names, std::ostream& table) {
  keys << "// made from assets/strings/strings.json\n";
  table << "// made from assets/strings/strings.json\n";
  for (const auto& [key, entry] : strings.members()) {
    for (const char c : key) {
      if (std::islower(static_cast<unsigned char>(c)) == 0 &&
          std::isdigit(static_cast<unsigned char>(c)) == 0 && c != '_') {
        throw Failure{"a key may hold a-z, 0-9 and '_': " + key};
      }
    }
    if (entry.members().size() != std::size(kLanguages)) throw Failure{key + ": three languages"};
    keys << key << ",\n";
    names << quoted(key) << ",\n";
    table << "{{";
    std::set<std::string> first;
    for (const char* language : kLanguages) {
      std::set<std::string> slots;
      table << row_of(key, language, entry, slots) << ",\n";
      if (language == kLanguages[0]) first = slots;
      if (slots != first) throw Failure{key + ": " + language + " names other words than en"};
    }
    table << "}},\n";
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 5) {
    std::cerr << "usage: compile_strings STRINGS.json KEYS.inc NAMES.inc TABLE.inc\n";
    return 2;
  }
  std::ifstream in(arguments[1]);
  std::stringstream document;
  document << in.rdbuf();
  const auto strings = Json::parse(document.str());
  if (!strings) {
    std::cerr << arguments[1] << ":" << strings.error().line << ": " << strings.error().detail
              << "\n";
    return 1;
  }
  try {
    std::ostringstream keys;
    std::ostringstream names;
    std::ostringstream table;
    compile(*strings, keys, names, table);
    std::ofstream(arguments[2]) << keys.str();
    std::ofstream(arguments[3]) << names.str();
    std::ofstream(arguments[4]) << table.str();
  } catch (const Failure& failure) {
    std::cerr << arguments[1] << ": " << failure.what << "\n";
    return 1;
  }
  return 0;
}
