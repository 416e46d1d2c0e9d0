#include "pos/core/check.hpp"
#include "pos/programme/facts.hpp"
#include "pos/programme/quote_request.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// A request is refused with a reason, or judged; what is judged can be sealed and reads back.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pos::programme;
  static const Programme programme = *Programme::parse(pos::core::bytes_of(R"({
    "format":"clubtill-programme/1","version":"1",
    "club":{"name":{"en":"c","he":"c","fa":"c"},"currency":"ILS","decimals":2,"terms_version":"1"},
    "points":{"earn":{"points":1,"per":100},"spend":{"step":50,"worth":500,"max_percent":50},
      "offline":{"per_till":60000,"per_member":3000}},
    "classes":[{"code":"vip","name":{"en":"v","he":"v","fa":"v"}}],
    "benefits":[
      {"id":"a","name":{"en":"a","he":"a","fa":"a"},"on":{"earning":true},"give":{"percent":7}},
      {"id":"n","name":{"en":"n","he":"n","fa":"n"},"on":{"codes":["x"]},
       "give":{"nth_percent":{"every":2,"percent":50}}},
      {"id":"g","name":{"en":"g","he":"g","fa":"g"},"when":{"amount":{"from":15000}},
       "on":{"earning":true},"give":{"amount":2000},"ask":true},
      {"id":"get","name":{"en":"b","he":"b","fa":"b"},"on":{"codes":["x","y"]},
       "give":{"get":{"buy":{"pieces":2,"codes":["x"]},"percent":50}}},
      {"id":"set","name":{"en":"s","he":"s","fa":"s"},
       "give":{"set":{"parts":[{"codes":["x","y"]},{"categories":["c"]}],"price":500}}},
      {"id":"steps","name":{"en":"q","he":"q","fa":"q"},"on":{"codes":["x"]},
       "give":{"by_quantity":{"steps":[{"from":2,"price":800},{"from":4,"price":700}],
       "pieces":"beyond"}}},
      {"id":"claim","name":{"en":"c","he":"c","fa":"c"},"give":{"pick":{"percent":100}},
       "cost":300,"limit":{"day":1},"offline":"up_to"},
      {"id":"back","name":{"en":"v","he":"v","fa":"v"},"give":{"cash_back":{"percent":5}},
       "when":{"any":[{"subscription":{"grace_days":3}},{"interval":{"percent":125}}]}},
      {"id":"twice","name":{"en":"t","he":"t","fa":"t"},"give":{"earn_percent":200},
       "control_percent":50},
      {"id":"issue","name":{"en":"i","he":"i","fa":"i"},"when":{"visits":{"to":0}},
       "give":{"coupon":{"code":"NEXT20","days":30}}},
      {"id":"next","name":{"en":"x","he":"x","fa":"x"},"give":{"amount":2000},
       "when":{"coupon":{"code":"NEXT20","personal":true}},"offline":"up_to"}]})"));
  const auto request = parse_quote_request(pos::core::text_of({data, size}));
  if (request) {
    CLUBTILL_CHECK(answer_quote(programme, *request).is_object());
    SaleFact sale;
    sale.input = request->input;
    sale.result = quote(programme, sale.input);
    const auto bytes = encode_fact(sale);
    const auto back = decode_fact("sale", bytes);
    CLUBTILL_CHECK(back.has_value() && encode_fact(*back) == bytes);
  } else {
    CLUBTILL_CHECK(!request.error().reason.empty());
  }
  static_cast<void>(decode_fact("sale", {data, size}));
  static_cast<void>(decode_fact("return", {data, size}));
  return 0;
}
