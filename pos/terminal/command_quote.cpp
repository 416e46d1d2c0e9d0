#include "pos/terminal/command_quote.hpp"

#include <istream>
#include <ostream>

#include "pos/programme/quote_request.hpp"
#include "pos/terminal/command_programme.hpp"

namespace pos::terminal {
namespace {

/// At most one byte more than a request may have, so that a longer one is refused, not read.
std::string read_request(std::istream& in) {
  std::string text(programme::kRequestBytesMax + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

}  // namespace

core::ExitCode run_quote(const std::string& programme_file, std::istream& in, std::ostream& out,
                         std::ostream& err) {
  const auto programme = load_programme(programme_file, err);
  if (!programme) return core::ExitCode::configuration;
  const auto request = programme::parse_quote_request(read_request(in));
  if (!request) {
    err << "clubtill quote: the request is refused: ";
    if (!request.error().key.empty()) err << request.error().key << " ";
    err << request.error().reason << '\n';
    return core::ExitCode::usage;
  }
  out << programme::answer_quote(*programme, *request).pretty() << '\n';
  return out.good() ? core::ExitCode::ok : core::ExitCode::other;
}

}  // namespace pos::terminal
