#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pos/text/shaped_line.hpp"
#include "pos/ui/input.hpp"

namespace pos::ui {

enum class Accept : std::uint8_t {
  any,
  /// Digits of any script become ASCII; beside them only + - * / . , and blanks.
  digits,
  /// As digits, and Latin letters: the code of an article, a coupon, a slip.
  code,
};

/// The text of a field with its caret, as a value. Offsets are bytes on boundaries of characters.
struct TextEdit {
  std::string text;
  std::size_t caret = 0;
  std::size_t anchor = 0;  // the other end of the selection
  float scroll = 0;        // pixels that the line is pushed towards its start

  [[nodiscard]] std::size_t selection_begin() const { return std::min(caret, anchor); }
  [[nodiscard]] std::size_t selection_end() const { return std::max(caret, anchor); }
  [[nodiscard]] bool has_selection() const { return caret != anchor; }
  [[nodiscard]] std::string_view selected() const;

  /// Takes another text from outside; a caret at the end stays at the end.
  void replace(std::string_view value);
  /// Over the selection. Control characters and what `accept` refuses are left out; nothing goes in
  /// beyond kBytesMax.
  void insert(std::string_view characters, Accept accept);
  void move(std::size_t to, bool extend);
  void select_all();
  void erase_before();
  void erase_after();
  void erase_selection();

  static constexpr std::size_t kBytesMax = 512;
};

/// Clipboard of the window system; the headless one keeps it in memory.
class Clipboard {
 public:
  virtual ~Clipboard() = default;
  [[nodiscard]] virtual std::string get() const = 0;
  virtual void set(const std::string& text) = 0;
};

/// Applies one key or text to the field. Left and Right go where the eye sees them, by `line`,
/// which shows `edit.text`. False: not for a field (a command key); nothing changed then.
bool apply(TextEdit& edit, const Input::Item& item, Accept accept, const text::ShapedLine& line,
           Clipboard& clipboard);

/// `characters` as `accept` lets it in.
[[nodiscard]] std::string accepted(std::string_view characters, Accept accept);

}  // namespace pos::ui
