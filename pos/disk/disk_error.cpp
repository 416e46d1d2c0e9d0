#include "pos/disk/disk_error.hpp"

#include <array>

namespace pos::disk {

std::string_view to_text(DiskError::Fault fault) {
  constexpr std::array<std::string_view, 10> kWords = {
      "already_running", "damaged",     "foreign", "newer_schema", "broken_chain", "full", "io",
      "misuse",          "right_ended", "other"};
  return kWords[static_cast<std::size_t>(fault)];
}

DiskError disk_error(const core::DbError& error, const std::string& path) {
  using From = core::DbError::Fault;
  using To = DiskError::Fault;
  const To fault = [&] {
    switch (error.fault) {
      case From::busy:
        return To::already_running;
      case From::damaged:
        return To::damaged;
      case From::foreign:
        return To::foreign;
      case From::newer_schema:
        return To::newer_schema;
      case From::full:
        return To::full;
      case From::io:
      case From::missing:
        return To::io;
      case From::constraint:
      case From::other:
        break;
    }
    return To::other;
  }();
  return {fault, path + ": " + error.detail};
}

}  // namespace pos::disk
