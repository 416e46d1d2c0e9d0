#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "drivers/camera/image_decoder.hpp"
#include "drivers/port/bounded_queue.hpp"
#include "drivers/port/scan_event.hpp"
#include "drivers/port/worker.hpp"
#include "drivers/scan/scan_gate.hpp"
#include "pos/core/clock.hpp"

namespace drivers::camera {

struct PictureFolderSettings {
  port::ScanSource source;
  /// Watched for *.png, *.jpg and *.jpeg; empty: only dropped files are read.
  std::filesystem::path folder;
  CodeFormats formats;
};

struct PictureFolderStatus {
  bool watching = false;  ///< the folder can be listed
  std::uint64_t pictures = 0;
  std::uint64_t without_code = 0;
  std::uint64_t unreadable = 0;
  std::optional<ImageFault> last_fault;
};

/// Waits until the watched folder may have changed, or somebody calls wake().
class FolderWait {
 public:
  virtual ~FolderWait() = default;
  /// False when nothing happened within `wait_max`.
  virtual bool wait(pos::core::Millis wait_max) = 0;
  /// Any thread.
  virtual void wake() = 0;
};
/// By inotify; where that cannot be had, by time alone.
[[nodiscard]] std::unique_ptr<FolderWait> watch_folder(const std::filesystem::path& folder);

/// Reads pictures of cards: files that appear in a folder, and files dropped on the window. What
/// was in the folder at the start is left alone; nothing is moved or deleted, and no file is
/// scanned twice. A file that is still being written is tried again when it has grown.
class PictureFolder final : public port::Worker {
 public:
  using Queue = port::BoundedQueue<port::ScanEvent>;
  static constexpr pos::core::Millis kWaitMax{200};
  static constexpr std::size_t kDroppedMax = 16;

  /// The clock and the queue outlive the worker.
  PictureFolder(PictureFolderSettings settings, const pos::core::Clock& clock, Queue& queue);
  PictureFolder(PictureFolderSettings settings, const pos::core::Clock& clock, Queue& queue,
                std::unique_ptr<FolderWait> folder_wait);

  void run_once() override;

  /// A file dropped on the window: it is read in the next turn, however often it was before. Any
  /// thread.
  void submit(const std::filesystem::path& picture);

  /// Any thread.
  [[nodiscard]] PictureFolderStatus status() const;

 private:
  /// Changes whenever somebody writes to the file.
  struct Version {
    std::uintmax_t bytes = 0;
    std::int64_t written = 0;
    friend bool operator==(const Version&, const Version&) = default;
  };
  struct Seen {
    Version version;
    std::vector<std::size_t> fingerprints;  ///< of the codes that were found in it
  };

  void look_into_folder(bool take_as_seen);
  void look_at(const std::filesystem::path& file, const Version& version);
  [[nodiscard]] std::vector<ImageCode> codes_of(const std::filesystem::path& file);
  void deliver(const ImageCode& code);

  const PictureFolderSettings settings_;
  const pos::core::Clock& clock_;
  Queue& queue_;
  const ImageDecoder decoder_;
  const std::unique_ptr<FolderWait> wait_;
  scan::ScanGate gate_;
  std::map<std::string, Seen> seen_;
  mutable std::mutex mutex_;
  std::vector<std::filesystem::path> dropped_;
  PictureFolderStatus status_;
};

}  // namespace drivers::camera
