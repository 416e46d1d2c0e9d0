#pragma once

#include "pos/core/json/json.hpp"
#include "pos/domain/member_facts_json.hpp"
#include "pos/programme/quote.hpp"

namespace pos::programme {

/// What `clubtill quote` reads (docs/programme-format.md): a quote's input in a form for people.
struct QuoteRequest {
  QuoteInput input;
  domain::Language language = domain::Language::en;  ///< of the sentences in the answer
  bool explain = false;                              ///< every benefit, with its reason
};

inline constexpr std::size_t kRequestBytesMax = 1024 * 1024;

/// Keys that are not known are refused with their near match.
[[nodiscard]] domain::Shaped<QuoteRequest> parse_quote_request(std::string_view text);

/// Money in minor units, one object a line, benefits with their sentence.
[[nodiscard]] core::Json answer_quote(const Programme& programme, const QuoteRequest& request);

}  // namespace pos::programme
