#include "pos/text/text_cache.hpp"

#include <algorithm>
#include <cmath>

namespace pos::text {
namespace {

constexpr float kWidthMax = 100'000;  // wider than any screen or paper

int in_64ths(float width_px) {
  return static_cast<int>(std::lround(std::clamp(width_px, 0.0F, kWidthMax) * 64.0F));
}

}  // namespace

TextCache::TextCache(const Shaper& shaper, std::size_t capacity)
    : shaper_(&shaper), capacity_(std::max<std::size_t>(capacity, 1)) {}

const ShapedLine& TextCache::line(std::string_view text, Style style, Direction direction) {
  return find({text, style, direction, Layout::whole, 0}, 0).front();
}

const ShapedLine& TextCache::line_within(std::string_view text, Style style, Direction direction,
                                         float max_width_px) {
  return find({text, style, direction, Layout::within, in_64ths(max_width_px)}, max_width_px)
      .front();
}

const std::vector<ShapedLine>& TextCache::wrapped(std::string_view text, Style style,
                                                  Direction direction, float max_width_px) {
  return find({text, style, direction, Layout::wrapped, in_64ths(max_width_px)}, max_width_px);
}

void TextCache::clear() {
  index_.clear();
  entries_.clear();
}

const std::vector<ShapedLine>& TextCache::find(const Request& request, float max_width_px) {
  if (const auto known = index_.find(request); known != index_.end()) {
    entries_.splice(entries_.begin(), entries_, known->second);
    return known->second->lines;
  }
  if (entries_.size() >= capacity_) {
    index_.erase(entries_.back().place);
    entries_.pop_back();
  }
  std::vector<ShapedLine> lines;
  switch (request.layout) {
    case Layout::whole:
      lines.push_back(shaper_->shape(request.text, request.style, request.direction));
      break;
    case Layout::within:
      lines.push_back(
          shaper_->shape_within(request.text, request.style, request.direction, max_width_px));
      break;
    case Layout::wrapped:
      lines = shaper_->wrap(request.text, request.style, request.direction, max_width_px);
      break;
  }
  entries_.push_front({std::string(request.text), std::move(lines), {}});
  Request owned = request;
  owned.text = entries_.front().text;
  entries_.front().place = index_.emplace(owned, entries_.begin()).first;
  return entries_.front().lines;
}

}  // namespace pos::text
