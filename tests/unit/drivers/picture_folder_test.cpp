#include "drivers/camera/picture_folder.hpp"

#include <unistd.h>

#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/unit/drivers/code_pictures.hpp"
#include "tests/unit/drivers/manual_clock.hpp"

using namespace drivers::camera;
using namespace drivers_test;
using drivers::port::ScanKind;
using drivers::port::ScanSource;
namespace fs = std::filesystem;

namespace {

/// Looks at once, whatever happened.
class NoWait final : public FolderWait {
 public:
  bool wait(pos::core::Millis) override { return true; }
  void wake() override {}
};

struct Folder {
  fs::path path = fs::temp_directory_path() / ("clubtill-pictures-" + std::to_string(::getpid()));
  ManualClock clock;
  PictureFolder::Queue queue{16};

  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }

  void write(const std::string& name, const pos::core::Bytes& bytes) const {
    std::ofstream(path / name, std::ios::binary) << pos::core::text_of(bytes);
  }
  std::string scans() {
    clock.advance(pos::core::Millis(2000));
    std::string all;
    for (const auto& scan : queue.drain(16)) all += scan.text + " ";
    return all;
  }
};

pos::core::Bytes card(const std::string& number) {
  return to_png(draw_code("EAN-13", number, 300, 120));
}

}  // namespace

TEST_CASE("Folder: a new picture is one scan, an old one none", "[drivers][folder]") {
  Folder folder;
  folder.write("before.png", card("2000000000015"));
  PictureFolder worker({ScanSource{3}, folder.path, {}}, folder.clock, folder.queue,
                       std::make_unique<NoWait>());
  worker.run_once();
  CHECK(folder.scans().empty());
  folder.write("a.PNG", card("2000000000022"));
  folder.write("notes.txt", card("2000000000039"));
  worker.run_once();
  const auto scans = folder.queue.drain(9);
  REQUIRE(scans.size() == 1);
  CHECK(scans[0].text == "2000000000022");
  CHECK(scans[0].aim == "]E0");
  CHECK(scans[0].kind == ScanKind::image);
  worker.run_once();
  CHECK(folder.scans().empty());
  CHECK(fs::exists(folder.path / "a.PNG"));
}

TEST_CASE("Folder: a picture that is still being written is read when it is whole",
          "[drivers][folder]") {
  Folder folder;
  PictureFolder worker({ScanSource{3}, folder.path, {}}, folder.clock, folder.queue,
                       std::make_unique<NoWait>());
  const auto whole = card("2000000000015");
  folder.write("a.png", {whole.begin(), whole.begin() + 100});
  worker.run_once();
  CHECK(folder.scans().empty());
  CHECK(worker.status().unreadable == 1);
  folder.write("a.png", whole);
  worker.run_once();
  CHECK(folder.scans() == "2000000000015 ");
  auto longer = whole;
  longer.push_back(0);
  folder.write("a.png", longer);
  worker.run_once();
  CHECK(folder.scans().empty());
}

TEST_CASE("Folder: a dropped file takes the same way, as often as it is dropped",
          "[drivers][folder]") {
  Folder folder;
  folder.write("a.png", card("2000000000015"));
  PictureFolder worker({ScanSource{3}, {}, {}}, folder.clock, folder.queue,
                       std::make_unique<NoWait>());
  for (int i = 0; i < 2; ++i) {
    worker.submit(folder.path / "a.png");
    worker.run_once();
    CHECK(folder.scans() == "2000000000015 ");
  }
  worker.submit(folder.path / "missing.png");
  worker.run_once();
  CHECK(worker.status().last_fault == ImageFault::empty);
}

TEST_CASE("Folder: the real watch notices a file and a call at once", "[drivers][folder]") {
  Folder folder;
  PictureFolder worker({ScanSource{3}, folder.path, {}}, folder.clock, folder.queue);
  folder.write("a.png", card("2000000000015"));
  worker.run_once();
  CHECK(folder.scans() == "2000000000015 ");
  const auto wait = watch_folder(folder.path);
  wait->wake();
  CHECK(wait->wait(pos::core::Millis(5000)));
  CHECK_FALSE(wait->wait(pos::core::Millis(0)));
}

TEST_CASE("Folder: a folder that is missing is said, and used when it comes", "[drivers][folder]") {
  Folder folder;
  fs::remove_all(folder.path);
  PictureFolder worker({ScanSource{3}, folder.path, {}}, folder.clock, folder.queue,
                       std::make_unique<NoWait>());
  worker.run_once();
  CHECK_FALSE(worker.status().watching);
  fs::create_directories(folder.path);
  folder.write("a.png", card("2000000000015"));
  worker.run_once();
  CHECK(worker.status().watching);
  CHECK(folder.scans() == "2000000000015 ");
}
