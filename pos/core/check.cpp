#include "pos/core/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace pos::core {

void broken_promise(const char* what, const char* file, int line) {
  std::fprintf(stderr, "clubtill: broken promise: %s (%s:%d)\n", what, file, line);
  std::abort();
}

}  // namespace pos::core
