#pragma once

#include <string>
#include <vector>

#include "pos/domain/article.hpp"
#include "pos/programme/programme.hpp"

namespace tests {

/// The sample club as its files say, in one of its two profiles: "rimon-il" (shekel) or "anar-ir"
/// (rial). A file that does not read ends the test.
class SampleClub {
 public:
  explicit SampleClub(const std::string& profile);

  [[nodiscard]] const pos::programme::Programme& programme() const { return programme_; }
  [[nodiscard]] const std::string& programme_document() const { return document_; }
  /// In the order of the sheet.
  [[nodiscard]] const std::vector<pos::domain::Article>& articles() const { return articles_; }
  [[nodiscard]] const pos::domain::Article& article(const std::string& code) const;

 private:
  std::string document_;
  pos::programme::Programme programme_;
  std::vector<pos::domain::Article> articles_;
};

}  // namespace tests
