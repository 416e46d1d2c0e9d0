#include "pos/text/shaped_line.hpp"

#include <algorithm>
#include <cmath>

namespace pos::text {
namespace {

constexpr float kSamePlace = 0.01F;  // of a pixel: less is the same caret on the screen

float start_edge(const ShapedLine& line) {
  return line.direction == Direction::rtl ? line.width : 0.0F;
}

/// A caret stands at the trailing edge of what comes before it.
float trailing_edge(const Cell& cell) { return cell.right_to_left ? cell.left : cell.right; }

/// Calls with every caret offset and its place, in logical order.
template <class Visit>
void each_caret(const ShapedLine& line, Visit visit) {
  const std::size_t start = line.cells.empty() ? 0 : line.cells.front().byte_begin;
  visit(start, start_edge(line));
  for (const Cell& cell : line.cells) visit(std::size_t{cell.byte_end}, trailing_edge(cell));
}

}  // namespace

float ShapedLine::caret_x(std::size_t byte) const {
  if (cells.empty() || byte <= cells.front().byte_begin) return start_edge(*this);
  for (const Cell& cell : cells) {
    if (byte <= cell.byte_end) return trailing_edge(cell);
  }
  return trailing_edge(cells.back());
}

std::size_t ShapedLine::byte_at(float x) const {
  std::size_t best = 0;
  float best_distance = -1;
  each_caret(*this, [&](std::size_t byte, float place) {
    const float distance = std::fabs(place - x);
    if (best_distance >= 0 && distance >= best_distance - kSamePlace) return;
    best = byte;
    best_distance = distance;
  });
  return best;
}

std::vector<Stretch> ShapedLine::selection(std::size_t begin, std::size_t end) const {
  std::vector<Stretch> boxes;
  if (begin >= end) return boxes;
  for (const Cell& cell : cells) {
    const bool inside = cell.byte_begin < end && cell.byte_end > begin;
    if (inside && cell.right > cell.left) boxes.push_back({cell.left, cell.right});
  }
  std::sort(boxes.begin(), boxes.end(),
            [](const Stretch& a, const Stretch& b) { return a.left < b.left; });
  std::vector<Stretch> merged;
  for (const Stretch& box : boxes) {
    if (!merged.empty() && box.left <= merged.back().right + kSamePlace) {
      merged.back().right = std::max(merged.back().right, box.right);
    } else {
      merged.push_back(box);
    }
  }
  return merged;
}

std::size_t ShapedLine::step_right(std::size_t byte) const {
  const float here = caret_x(byte);
  std::size_t best = byte;
  float nearest = -1;
  each_caret(*this, [&](std::size_t offset, float place) {
    if (place <= here + kSamePlace) return;
    if (nearest >= 0 && place >= nearest - kSamePlace) return;
    best = offset;
    nearest = place;
  });
  return best;
}

std::size_t ShapedLine::step_left(std::size_t byte) const {
  const float here = caret_x(byte);
  std::size_t best = byte;
  float nearest = -1;
  each_caret(*this, [&](std::size_t offset, float place) {
    if (place >= here - kSamePlace) return;
    if (nearest >= 0 && place <= nearest + kSamePlace) return;
    best = offset;
    nearest = place;
  });
  return best;
}

}  // namespace pos::text
