#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "drivers/printer/printer.hpp"

namespace drivers::printer {
namespace {

namespace fs = std::filesystem;
using Fault = PrintError::Fault;
using Outcome = pos::core::Expected<void, PrintError>;

constexpr std::size_t kNameMax = 100;  // with copies and extension still a file name everywhere
constexpr int kPrintsOfOneSlipMax = 999;

bool good_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  };
  return !name.empty() && name.size() <= kNameMax && std::all_of(name.begin(), name.end(), fits);
}

class FolderPrinter final : public Printer {
 public:
  FolderPrinter(std::string folder, std::string extension)
      : folder_(std::move(folder)), extension_(std::move(extension)) {}

  Outcome print(std::string_view name, pos::core::BytesView bytes) override {
    if (!good_name(name)) {
      return pos::core::fail(PrintError{Fault::bad_name, "not a name for a slip's file"});
    }
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) return refused(error.message());
    const fs::path unfinished = folder_ / (std::string(name) + ".part");
    {
      std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
      file.write(reinterpret_cast<const char*>(bytes.data()),
                 static_cast<std::streamsize>(bytes.size()));
      file.flush();
      if (!file) return refused("cannot be written to");
    }
    fs::rename(unfinished, free_path(name), error);
    if (error) return refused(error.message());
    return {};
  }

 private:
  [[nodiscard]] fs::path free_path(std::string_view name) const {
    fs::path path = folder_ / (std::string(name) + "." + extension_);
    std::error_code error;
    for (int print = 2; fs::exists(path, error) && print <= kPrintsOfOneSlipMax; ++print) {
      path = folder_ / (std::string(name) + "-" + std::to_string(print) + "." + extension_);
    }
    return path;
  }

  [[nodiscard]] Outcome refused(const std::string& words) const {
    return pos::core::fail(PrintError{Fault::refused, folder_.string() + ": " + words});
  }

  fs::path folder_;
  std::string extension_;
};

}  // namespace

std::unique_ptr<Printer> folder_printer(std::string folder, std::string extension) {
  return std::make_unique<FolderPrinter>(std::move(folder), std::move(extension));
}

}  // namespace drivers::printer
