#include "tests/support/sample_club.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "sync/hub/spreadsheet.hpp"

namespace tests {
namespace {

using club::hub::RowFault;
using club::hub::RowReader;
using club::hub::Spreadsheet;
using pos::domain::Article;
using pos::domain::Money;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The file of the profile, or else the one of both.
std::string sheet(const std::string& profile, const std::string& name) {
  const std::filesystem::path folder = CLUBTILL_SOURCE_DIR "/assets/sample-club";
  const auto own = folder / profile / name;
  return read_file(std::filesystem::exists(own) ? own : folder / name);
}

pos::programme::Programme programme_of(const std::string& document) {
  auto parsed = pos::programme::Programme::parse(pos::core::bytes_of(document));
  if (parsed) return *parsed;
  const auto& first = parsed.error().front();
  throw std::runtime_error(first.place + ": " + first.reason);
}

std::vector<Article> articles_of(const std::string& bytes, int decimals) {
  const auto sheet = Spreadsheet::read(bytes, {"code", "price", "vat_percent"});
  if (!sheet) throw std::runtime_error(sheet.error());
  std::vector<Article> articles;
  std::vector<RowFault> faults;
  for (const auto& row : sheet->rows()) {
    RowReader reader(*sheet, row, faults);
    Article article;
    article.code = reader.text("code");
    article.name = reader.names();
    article.price = Money::of(reader.amount("price", decimals, pos::domain::kAmountMax));
    article.vat_per_mille = reader.amount("vat_percent", 1, 1000);
    article.category = reader.code<pos::domain::CategoryCode>("category");
    article.demand = reader.yes_or_no("demand", false);
    article.earns = reader.yes_or_no("earns", true);
    articles.push_back(std::move(article));
  }
  if (!faults.empty()) throw std::runtime_error(to_text(faults.front()));
  return articles;
}

}  // namespace

SampleClub::SampleClub(const std::string& profile)
    : document_(sheet(profile, "programme.json")),
      programme_(programme_of(document_)),
      articles_(articles_of(sheet(profile, "articles.csv"), programme_.rules().decimals)) {}

const Article& SampleClub::article(const std::string& code) const {
  const auto found = std::find_if(articles_.begin(), articles_.end(),
                                  [&](const Article& one) { return one.code == code; });
  if (found == articles_.end()) throw std::runtime_error("no article " + code);
  return *found;
}

}  // namespace tests
