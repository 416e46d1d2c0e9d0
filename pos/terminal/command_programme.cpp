#include "pos/terminal/command_programme.hpp"

#include <algorithm>
#include <fstream>
#include <ostream>

#include "pos/core/json/json.hpp"
#include "pos/programme/benefit_text.hpp"

namespace pos::terminal {
namespace {

using programme::Finding;

constexpr std::size_t kFileBytesMax = 4 * 1024 * 1024;

/// At most one byte more than a programme may have, so that a longer one is refused, not read.
std::optional<core::Bytes> read_document(const std::string& file, std::ostream& err) {
  std::ifstream in(file, std::ios::binary);
  core::Bytes bytes(kFileBytesMax + 1);
  if (in)
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (in.bad() || (!in && in.gcount() == 0)) {
    err << file << ": cannot be read; check the path\n";
    return std::nullopt;
  }
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

bool is_error(const Finding& finding) { return finding.severity == Finding::Severity::error; }

void write_line(const std::string& file, const Finding& finding, std::ostream& err) {
  err << file << ':' << finding.line << ": " << (is_error(finding) ? "error: " : "warning: ")
      << finding.place << ": " << finding.reason << "; " << finding.mend << '\n';
}

core::Json to_json(const Finding& finding) {
  core::Json json = core::Json::object();
  json.set("severity", is_error(finding) ? "error" : "warning").set("line", finding.line);
  json.set("place", finding.place).set("reason", finding.reason).set("mend", finding.mend);
  return json;
}

}  // namespace

std::optional<programme::Programme> load_programme(const std::string& file, std::ostream& err) {
  const auto bytes = read_document(file, err);
  if (!bytes) return std::nullopt;
  auto parsed = programme::Programme::parse(*bytes);
  if (parsed) return std::move(*parsed);
  for (const Finding& finding : parsed.error()) write_line(file, finding, err);
  return std::nullopt;
}

core::ExitCode programme_lint(const std::string& file, bool json, std::ostream& out,
                              std::ostream& err) {
  const auto bytes = read_document(file, err);
  if (!bytes) return core::ExitCode::configuration;
  const std::vector<Finding> findings = programme::lint(*bytes);
  if (json) {
    core::Json list = core::Json::array();
    for (const Finding& finding : findings) list.push(to_json(finding));
    out << list.pretty() << '\n';
  } else {
    for (const Finding& finding : findings) write_line(file, finding, err);
  }
  const auto errors = std::count_if(findings.begin(), findings.end(), is_error);
  if (!json) {
    err << file << ": " << errors << " errors, "
        << findings.size() - static_cast<std::size_t>(errors) << " warnings\n";
  }
  return errors == 0 ? core::ExitCode::ok : core::ExitCode::configuration;
}

core::ExitCode programme_explain(const std::string& file, domain::Language language,
                                 std::ostream& out, std::ostream& err) {
  const auto programme = load_programme(file, err);
  if (!programme) return core::ExitCode::configuration;
  out << programme::describe_programme(*programme, language);
  return out.good() ? core::ExitCode::ok : core::ExitCode::other;
}

}  // namespace pos::terminal
