#pragma once

namespace pos::core {

/// Writes the broken promise to standard error and aborts. A till restarts clean from its journal.
[[noreturn]] void broken_promise(const char* what, const char* file, int line);

}  // namespace pos::core

/// For bugs of ours only, never for input. Also on in release builds: a wrong sale is worse than a
/// restart.
#define CLUBTILL_CHECK(condition)                                  \
  do {                                                             \
    if (!(condition)) {                                            \
      ::pos::core::broken_promise(#condition, __FILE__, __LINE__); \
    }                                                              \
  } while (false)
