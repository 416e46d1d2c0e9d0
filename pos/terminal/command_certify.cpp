#include "pos/terminal/command_certify.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "pos/core/json/json.hpp"
#include "pos/programme/certified_examples.hpp"

namespace pos::terminal {
namespace {

using core::ExitCode;
using core::Json;
using programme::Certificate;

struct ReadFile {
  std::string path;
  std::string text;
};

/// The files that a word of the command line means: itself, or a folder's JSON files by name.
std::vector<std::string> files_of(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) return {path};
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// At most one byte more than a file may have, so that a longer one is refused, not read.
bool read_text_of(ReadFile& file) {
  std::ifstream in(file.path, std::ios::binary);
  file.text.resize(programme::kExampleFileBytesMax + 1);
  if (in) in.read(file.text.data(), static_cast<std::streamsize>(file.text.size()));
  if (in.bad() || (!in && in.gcount() == 0)) return false;
  file.text.resize(static_cast<std::size_t>(in.gcount()));
  return true;
}

Json report_of(const Certificate& certificate) {
  Json differences = Json::array();
  for (const auto& [file, difference] : certificate.differences) {
    Json json = Json::object();
    json.set("file", file).set("title", difference.title).set("key", difference.key);
    json.set("expected", difference.expected).set("found", difference.found);
    differences.push(std::move(json));
  }
  Json refused = Json::array();
  for (const auto& [file, finding] : certificate.refused) {
    Json json = Json::object();
    json.set("file", file).set("line", finding.line).set("place", finding.place);
    refused.push(std::move(json.set("reason", finding.reason).set("mend", finding.mend)));
  }
  Json json = Json::object();
  json.set("examples", static_cast<std::int64_t>(certificate.examples));
  json.set("different", static_cast<std::int64_t>(certificate.examples_different));
  json.set("differences", std::move(differences));
  return std::move(json.set("refused", std::move(refused)));
}

void write_words(const Certificate& certificate, std::ostream& out, std::ostream& err) {
  for (const auto& [file, finding] : certificate.refused) {
    err << fmt::format("{}:{}: error: {}: {}; {}\n", file, finding.line, finding.place,
                       finding.reason, finding.mend);
  }
  for (const auto& [file, difference] : certificate.differences) {
    out << fmt::format("{}: {}\n  {}: expected {}, found {}\n", file, difference.title,
                       difference.key, difference.expected, difference.found);
  }
  if (certificate.all_as_written()) {
    out << fmt::format("{} examples, all as written\n", certificate.examples);
  } else {
    err << fmt::format("{} examples, {} not as written\n", certificate.examples,
                       certificate.examples_different);
  }
}

ExitCode certify_files(std::span<const programme::ExampleText> files, bool json, std::ostream& out,
                       std::ostream& err) {
  const Certificate certificate = programme::certify(files);
  if (json) {
    out << report_of(certificate).pretty() << '\n';
  } else {
    write_words(certificate, out, err);
  }
  if (!certificate.refused.empty()) return ExitCode::configuration;
  return certificate.all_as_written() && out.good() ? ExitCode::ok : ExitCode::other;
}

}  // namespace

ExitCode programme_certify(const std::vector<std::string>& paths, bool json, std::ostream& out,
                           std::ostream& err) {
  if (paths.empty()) return certify_files(programme::certified_set(), json, out, err);
  std::vector<ReadFile> files;
  for (const std::string& path : paths) {
    for (std::string& file : files_of(path)) files.push_back({std::move(file), {}});
  }
  std::vector<programme::ExampleText> texts;
  for (ReadFile& file : files) {
    if (!read_text_of(file)) {
      err << file.path << ": cannot be read; check the path\n";
      return ExitCode::configuration;
    }
    texts.push_back({file.path, file.text});
  }
  return certify_files(texts, json, out, err);
}

}  // namespace pos::terminal
