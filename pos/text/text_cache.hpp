#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "pos/text/shaper.hpp"

namespace pos::text {

/// Remembers what was shaped, so that an unchanged frame shapes nothing. A returned reference is
/// good until `capacity` other texts were asked for: for the frame, when the capacity covers a
/// frame. One thread; the shaper must live longer.
class TextCache {
 public:
  static constexpr std::size_t kCapacity = 4096;  // some ten times what the fullest screen shows
  explicit TextCache(const Shaper& shaper, std::size_t capacity = kCapacity);

  [[nodiscard]] const ShapedLine& line(std::string_view text, Style style, Direction direction);
  [[nodiscard]] const ShapedLine& line_within(std::string_view text, Style style,
                                              Direction direction, float max_width_px);
  [[nodiscard]] const std::vector<ShapedLine>& wrapped(std::string_view text, Style style,
                                                       Direction direction, float max_width_px);

  [[nodiscard]] const Shaper& shaper() const { return *shaper_; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  void clear();

 private:
  enum class Layout : std::uint8_t { whole, within, wrapped };
  struct Request {
    std::string_view text;
    Style style;
    Direction direction;
    Layout layout;
    int width_64ths;  // finer differences of width do not matter
    friend auto operator<=>(const Request&, const Request&) = default;
  };
  struct Entry {
    std::string text;  // what the request's view looks at
    std::vector<ShapedLine> lines;
    std::map<Request, std::list<Entry>::iterator>::iterator place;
  };
  [[nodiscard]] const std::vector<ShapedLine>& find(const Request& request, float max_width_px);

  const Shaper* shaper_;
  std::size_t capacity_;
  std::list<Entry> entries_;  // the latest used first
  std::map<Request, std::list<Entry>::iterator> index_;
};

}  // namespace pos::text
