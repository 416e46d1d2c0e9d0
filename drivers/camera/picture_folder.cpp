#include "drivers/camera/picture_folder.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <utility>

namespace drivers::camera {

namespace {

namespace fs = std::filesystem;

bool is_picture_name(const fs::path& file) {
  std::string extension = file.extension().string();
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const bool hidden = file.filename().string().starts_with('.');
  return !hidden && (extension == ".png" || extension == ".jpg" || extension == ".jpeg");
}

/// At most one byte more than a picture may have, so that a huge file is refused without being
/// read.
pos::core::Bytes read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  pos::core::Bytes bytes;
  std::vector<char> piece(64U * 1024);
  while (in && bytes.size() <= kPictureBytesMax) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    bytes.insert(bytes.end(), piece.begin(), piece.begin() + in.gcount());
  }
  return bytes;
}

std::size_t fingerprint(const ImageCode& code) {
  return std::hash<std::string>{}(code.aim + code.text);
}

}  // namespace

PictureFolder::PictureFolder(PictureFolderSettings settings, const pos::core::Clock& clock,
                             Queue& queue)
    : PictureFolder(settings, clock, queue, watch_folder(settings.folder)) {}

PictureFolder::PictureFolder(PictureFolderSettings settings, const pos::core::Clock& clock,
                             Queue& queue, std::unique_ptr<FolderWait> folder_wait)
    : settings_(std::move(settings)),
      clock_(clock),
      queue_(queue),
      decoder_(settings_.formats),
      wait_(std::move(folder_wait)) {
  look_into_folder(true);
}

void PictureFolder::run_once() {
  wait_->wait(kWaitMax);
  std::vector<fs::path> dropped;
  {
    const std::lock_guard lock(mutex_);
    dropped.swap(dropped_);
  }
  for (const fs::path& file : dropped) {
    for (const ImageCode& code : codes_of(file)) deliver(code);
  }
  look_into_folder(false);
}

void PictureFolder::submit(const fs::path& picture) {
  {
    const std::lock_guard lock(mutex_);
    if (dropped_.size() >= kDroppedMax) return;
    dropped_.push_back(picture);
  }
  wait_->wake();
}

PictureFolderStatus PictureFolder::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void PictureFolder::look_into_folder(bool take_as_seen) {
  if (settings_.folder.empty()) return;
  std::error_code error;
  std::vector<std::pair<fs::path, Version>> files;
  for (fs::directory_iterator at(settings_.folder, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code gone;
    if (!is_picture_name(at->path()) || !at->is_regular_file(gone)) continue;
    Version version;
    version.bytes = at->file_size(gone);
    version.written = gone ? 0 : at->last_write_time(gone).time_since_epoch().count();
    if (!gone) files.emplace_back(at->path(), version);
  }
  {
    const std::lock_guard lock(mutex_);
    status_.watching = !error;
  }
  if (error) return;
  // Files that were taken away are forgotten: their names may come back with other pictures.
  std::erase_if(seen_, [&](const auto& known) {
    return std::ranges::none_of(
        files, [&](const auto& file) { return file.first.string() == known.first; });
  });
  std::ranges::sort(files, {}, [](const auto& file) { return file.first; });
  for (const auto& [file, version] : files) {
    if (take_as_seen) {
      seen_[file.string()].version = version;
    } else {
      look_at(file, version);
    }
  }
}

void PictureFolder::look_at(const fs::path& file, const Version& version) {
  const auto known = seen_.find(file.string());
  if (known != seen_.end() && known->second.version == version) return;
  Seen& seen = seen_[file.string()];
  seen.version = version;
  for (const ImageCode& code : codes_of(file)) {
    const std::size_t print = fingerprint(code);
    // The rest of a picture whose code was already read from its first part.
    if (std::ranges::find(seen.fingerprints, print) != seen.fingerprints.end()) continue;
    seen.fingerprints.push_back(print);
    deliver(code);
  }
}

std::vector<ImageCode> PictureFolder::codes_of(const fs::path& file) {
  const auto found = decoder_.decode(read_file(file));
  const std::lock_guard lock(mutex_);
  ++status_.pictures;
  if (!found) {
    ++status_.unreadable;
    status_.last_fault = found.error();
    return {};
  }
  if (found->empty()) ++status_.without_code;
  return *found;
}

void PictureFolder::deliver(const ImageCode& code) {
  auto event =
      gate_.pass(settings_.source, port::ScanKind::image, code.text, code.aim, clock_.tick());
  if (event) queue_.push(*std::move(event));
}

}  // namespace drivers::camera
