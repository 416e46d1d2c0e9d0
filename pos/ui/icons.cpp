#include "pos/ui/icons.hpp"

#include <array>
#include <numbers>
#include <span>
#include <vector>

namespace pos::ui {
namespace {

/// Puts points of a 24 x 24 grid into a square.
class Pen {
 public:
  Pen(Painter& painter, const Rect& rect, Colour colour, float thickness)
      : painter_(&painter), colour_(colour), thickness_(thickness) {
    const float side = std::min(rect.width(), rect.height());
    unit_ = side / 24.0F;
    left_ = rect.middle_x() - side / 2;
    top_ = rect.middle_y() - side / 2;
  }

  void line(std::initializer_list<Point> grid, bool closed = false) const {
    std::vector<Point> points;
    for (const Point& at : grid) points.push_back(place(at));
    painter_->polyline(points, colour_, thickness_, closed);
  }
  void circle(Point grid, float radius) const {
    painter_->circle(place(grid), radius * unit_, colour_, thickness_);
  }
  void disc(Point grid, float radius) const {
    painter_->disc(place(grid), radius * unit_, colour_);
  }
  /// From angle to angle in degrees, clockwise from the right.
  void arc(Point grid, float radius, float from, float to) const {
    constexpr int kSteps = 16;
    std::vector<Point> points;
    for (int i = 0; i <= kSteps; ++i) {
      const float part = static_cast<float>(i) / kSteps;
      const float angle = (from + (to - from) * part) * std::numbers::pi_v<float> / 180.0F;
      points.push_back(
          place({grid.x + radius * std::cos(angle), grid.y + radius * std::sin(angle)}));
    }
    painter_->polyline(points, colour_, thickness_, false);
  }

 private:
  [[nodiscard]] Point place(Point grid) const {
    return {left_ + grid.x * unit_, top_ + grid.y * unit_};
  }
  Painter* painter_;
  Colour colour_;
  float thickness_;
  float unit_ = 1;
  float left_ = 0;
  float top_ = 0;
};

void cloud(const Pen& pen) {
  pen.arc({8, 14}, 4.5F, 90, 250);
  pen.arc({12.4F, 10.2F}, 5.2F, 195, 340);
  pen.arc({17.8F, 14.2F}, 4.3F, 285, 450);
  pen.line({{8, 18.5F}, {17.8F, 18.5F}});
}

void alert(const Pen& pen) {
  pen.line({{12, 3.5F}, {21.5F, 20}, {2.5F, 20}}, true);
  pen.line({{12, 10}, {12, 14.5F}});
  pen.disc({12, 17.2F}, 1.1F);
}

void person(const Pen& pen) {
  pen.circle({12, 8}, 4.2F);
  pen.arc({12, 21.5F}, 8, 190, 350);
}

void scan(const Pen& pen) {
  pen.line({{3, 8}, {3, 4}, {7, 4}});
  pen.line({{17, 4}, {21, 4}, {21, 8}});
  pen.line({{21, 16}, {21, 20}, {17, 20}});
  pen.line({{7, 20}, {3, 20}, {3, 16}});
  for (const float x : {7.0F, 10.3F, 13.7F, 17.0F}) pen.line({{x, 8}, {x, 16}});
}

void basket(const Pen& pen) {
  pen.line({{2.5F, 9}, {21.5F, 9}});
  pen.line({{4, 9}, {6, 20}, {18, 20}, {20, 9}});
  pen.line({{8, 9}, {11, 3.5F}});
  pen.line({{16, 9}, {13, 3.5F}});
}

void gift(const Pen& pen) {
  pen.line({{4, 12}, {4, 21}, {20, 21}, {20, 12}});
  pen.line({{2.5F, 8}, {21.5F, 8}, {21.5F, 12}, {2.5F, 12}}, true);
  pen.line({{12, 8}, {12, 21}});
  pen.line({{12, 8}, {7.5F, 3}});
  pen.line({{12, 8}, {16.5F, 3}});
}

void trash(const Pen& pen) {
  pen.line({{3.5F, 6.5F}, {20.5F, 6.5F}});
  pen.line({{9, 6.5F}, {9, 3.5F}, {15, 3.5F}, {15, 6.5F}});
  pen.line({{5.5F, 6.5F}, {6.5F, 21}, {17.5F, 21}, {18.5F, 6.5F}});
  pen.line({{10, 11}, {10, 17}});
  pen.line({{14, 11}, {14, 17}});
}

void star(const Pen& pen) {
  pen.line({{12, 3}, {12, 21}});
  pen.line({{3, 12}, {21, 12}});
  pen.line({{5.6F, 5.6F}, {18.4F, 18.4F}});
  pen.line({{18.4F, 5.6F}, {5.6F, 18.4F}});
}

}  // namespace

void draw_icon(Painter& painter, Icon icon, const Rect& rect, Colour colour, float thickness) {
  const Pen pen(painter, rect, colour, thickness);
  switch (icon) {
    case Icon::check:
      return pen.line({{4, 12.5F}, {9.5F, 18}, {20, 6.5F}});
    case Icon::triangle:
      return pen.line({{12, 4}, {20.5F, 19}, {3.5F, 19}}, true);
    case Icon::minus_circle:
      pen.circle({12, 12}, 9);
      return pen.line({{7, 12}, {17, 12}});
    case Icon::star:
      return star(pen);
    case Icon::cloud:
      return cloud(pen);
    case Icon::cloud_off:
      cloud(pen);
      return pen.line({{4, 3.5F}, {20.5F, 21.5F}});
    case Icon::alert:
      return alert(pen);
    case Icon::close:
      pen.line({{5, 5}, {19, 19}});
      return pen.line({{19, 5}, {5, 19}});
    case Icon::backspace:
      pen.line({{9, 5}, {22, 5}, {22, 19}, {9, 19}, {2, 12}}, true);
      pen.line({{11.5F, 9}, {17.5F, 15}});
      return pen.line({{17.5F, 9}, {11.5F, 15}});
    case Icon::chevron_up:
      return pen.line({{5, 15.5F}, {12, 8.5F}, {19, 15.5F}});
    case Icon::chevron_down:
      return pen.line({{5, 8.5F}, {12, 15.5F}, {19, 8.5F}});
    case Icon::trash:
      return trash(pen);
    case Icon::plus:
      pen.line({{12, 4}, {12, 20}});
      return pen.line({{4, 12}, {20, 12}});
    case Icon::minus:
      return pen.line({{4, 12}, {20, 12}});
    case Icon::person:
      return person(pen);
    case Icon::scan:
      return scan(pen);
    case Icon::basket:
      return basket(pen);
    case Icon::gift:
      return gift(pen);
  }
}

}  // namespace pos::ui
