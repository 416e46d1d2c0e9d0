#include "drivers/printer/printer.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cstdlib>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "pos/core/check.hpp"
#include "tests/support/catch.hpp"

using drivers::printer::PrintError;
using pos::core::Bytes;
namespace fs = std::filesystem;

namespace {

/// A folder of its own for each case, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "printer-XXXXXX").string();
    CLUBTILL_CHECK(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] fs::path operator/(const std::string& name) const { return path_ / name; }

 private:
  fs::path path_;
};

Bytes content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("Device printer: every byte arrives, one slip behind the other", "[printer]") {
  const Folder folder;
  std::ofstream(folder / "lp0").flush();
  const auto printer = drivers::printer::device_printer(folder / "lp0");
  const Bytes slip(200'000, 0xA5);
  REQUIRE(printer->print("a", slip));
  REQUIRE(printer->print("b", Bytes{0x1B, 0x40, 0x00, 0x0A}));
  const Bytes got = content(folder / "lp0");
  REQUIRE(got.size() == 200'004);
  CHECK(got.back() == 0x0A);
}

TEST_CASE("Device printer: a missing device is gone, and is found when it is plugged in",
          "[printer]") {
  const Folder folder;
  const auto printer = drivers::printer::device_printer(folder / "lp0");
  const auto outcome = printer->print("a", Bytes{1});
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().fault == PrintError::Fault::gone);
  CHECK(outcome.error().detail.find("lp0") != std::string::npos);
  CHECK_FALSE(fs::exists(folder / "lp0"));
  std::ofstream(folder / "lp0").flush();
  CHECK(printer->print("a", Bytes{1}));
}

TEST_CASE("Device printer: one that takes no more bytes is stuck, not waited for", "[printer]") {
  const Folder folder;
  const std::string path = folder / "lp0";
  REQUIRE(mkfifo(path.c_str(), 0600) == 0);
  const auto printer = drivers::printer::device_printer(path, pos::core::Millis{20});
  const auto nobody = printer->print("a", Bytes{1});
  REQUIRE_FALSE(nobody);
  CHECK(nobody.error().fault == PrintError::Fault::gone);

  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  REQUIRE(reader >= 0);
  CHECK(printer->print("a", Bytes(100, 1)));
  const auto full = printer->print("b", Bytes(1'000'000, 1));  // more than a pipe holds
  REQUIRE_FALSE(full);
  CHECK(full.error().fault == PrintError::Fault::stuck);
  ::close(reader);
}

TEST_CASE("Device printer: a folder is refused", "[printer]") {
  const Folder folder;
  fs::create_directory(folder / "lp0");
  const auto outcome = drivers::printer::device_printer(folder / "lp0")->print("a", Bytes{1});
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().fault == PrintError::Fault::refused);
}

TEST_CASE("Folder printer: one file for each slip, further prints beside the first", "[printer]") {
  const Folder folder;
  const auto printer = drivers::printer::folder_printer(folder / "spool/deep");
  REQUIRE(printer->print("0123abcd", Bytes{1, 2}));
  REQUIRE(printer->print("0123abcd", Bytes{3}));
  REQUIRE(printer->print("ffff", Bytes{}));
  CHECK(content(folder / "spool/deep/0123abcd.escpos") == Bytes{1, 2});
  CHECK(content(folder / "spool/deep/0123abcd-2.escpos") == Bytes{3});
  CHECK(fs::exists(folder / "spool/deep/ffff.escpos"));
  CHECK(std::distance(fs::directory_iterator(folder / "spool/deep"), {}) == 3);
}

TEST_CASE("Folder printer: a name cannot lead out of the folder", "[printer]") {
  const Folder folder;
  const auto printer = drivers::printer::folder_printer(folder / "spool");
  for (const std::string& name :
       {std::string("../evil"), std::string(""), std::string("a/b"), std::string("."),
        std::string(200, 'a'), std::string("a\0b", 3)}) {
    const auto outcome = printer->print(name, Bytes{1});
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().fault == PrintError::Fault::bad_name);
  }
}

TEST_CASE("Folder printer: a folder that cannot be made is refused by name", "[printer]") {
  const Folder folder;
  std::ofstream(folder / "file").flush();
  const auto outcome =
      drivers::printer::folder_printer(folder / "file/spool")->print("a", Bytes{1});
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().fault == PrintError::Fault::refused);
  CHECK(outcome.error().detail.find("spool") != std::string::npos);
}
