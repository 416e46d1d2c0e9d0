#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "drivers/keyboard/key.hpp"
#include "pos/core/time.hpp"

namespace drivers::keyboard {

/// A scanner's burst of keys, as text of a US keyboard; GS for Ctrl+] and F8.
struct WedgeScan {
  std::string text;
  pos::core::Tick seen_at;  ///< when its end key came
  friend bool operator==(const WedgeScan&, const WedgeScan&) = default;
};

/// A burst as fast as a scanner's that is no code: command keys in it, or too long. Its keys are
/// swallowed, so that a bar code cannot press shortcuts.
struct WedgeRefused {
  enum class Reason { command_keys, too_long };
  Reason reason = Reason::command_keys;
  friend bool operator==(const WedgeRefused&, const WedgeRefused&) = default;
};

/// Typed by a person: to be handled as if it had just come.
struct TypedKey {
  KeyEvent event;
  friend bool operator==(const TypedKey&, const TypedKey&) = default;
};
struct TypedCharacter {
  char32_t character = 0;
  friend bool operator==(const TypedCharacter&, const TypedCharacter&) = default;
};

using Keyed = std::variant<WedgeScan, WedgeRefused, TypedKey, TypedCharacter>;

/// Tells a keyboard-wedge scanner from a person, by rhythm alone. Fed with the window's key and
/// character callbacks in their order; hands back, in that same order, every key that a person
/// typed, and each scan as one text. A key is held until the next one, at most `key_gap_max`, so
/// that a scan never types into a field. Main thread only; neither reads a clock nor waits.
class WedgeDetector {
 public:
  struct Settings {
    /// Longest pause between two keys of one scan. Scanners pace at 5 to 40 ms, people above 60.
    pos::core::Micros key_gap_max{50'000};
    /// A key so soon after a typed one is typed too, and need not wait. Enter, Tab and editing keys
    /// do not count.
    pos::core::Micros quiet_before{100'000};
    std::size_t characters_min = 6;
    std::size_t characters_max = 4096;
  };

  WedgeDetector() = default;
  explicit WedgeDetector(const Settings& settings) : settings_(settings) {}

  void on_key(const KeyEvent& event, pos::core::Tick now, std::vector<Keyed>& out);
  void on_character(char32_t character, pos::core::Tick now, std::vector<Keyed>& out);
  /// The window lost the keyboard: what is held was typed here, or is half a scan and is dropped.
  void on_focus_lost(std::vector<Keyed>& out);
  /// Gives held keys back when no further one came. Call it after the callbacks of a turn, never
  /// before.
  void poll(pos::core::Tick now, std::vector<Keyed>& out);
  /// When poll() will have something to do; nothing while no key is held, so that an idle window
  /// sleeps.
  [[nodiscard]] std::optional<pos::core::Tick> next_deadline() const;
  /// The caller did not look at its keyboard for so long (a slow frame, news to take in): keys
  /// waited in the system meanwhile, so this time does not count as a pause between them.
  void not_listening(pos::core::Micros span);

 private:
  struct Held {
    std::variant<KeyEvent, char32_t> what;
  };

  void on_press(const KeyEvent& event, pos::core::Tick now, std::vector<Keyed>& out);
  void hold(const KeyEvent& event, pos::core::Tick now);
  void end_burst(const KeyEvent& event, pos::core::Tick now, std::vector<Keyed>& out);
  void release_held(std::vector<Keyed>& out);
  void swallow_held(std::vector<Keyed>& out);
  void give(const KeyEvent& event, std::vector<Keyed>& out);
  void clear_burst();
  [[nodiscard]] bool is_gap(pos::core::Tick now) const;

  Settings settings_;
  std::deque<Held> held_;
  std::string text_;               ///< what the held keys type on a US keyboard
  std::size_t characters_ = 0;     ///< also those beyond characters_max
  bool commands_ = false;          ///< a held key types nothing
  bool awaits_character_ = false;  ///< the last held key has no place on a US keyboard
  bool in_burst_ = false;
  pos::core::Tick last_press_;
  std::optional<pos::core::Tick> last_typed_;
  std::set<int> given_down_;  ///< native keys whose press the caller has and whose release it needs
};

}  // namespace drivers::keyboard
