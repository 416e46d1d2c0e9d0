#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

// A parser's entry, in the form that libFuzzer calls.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;
using Input = std::vector<std::uint8_t>;

constexpr int kChangesPerFile = 64;

Input read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The same sequence in every run, so that a failure comes again.
class Sequence {
 public:
  std::size_t below(std::size_t limit) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>(state_ >> 33U) % limit;
  }

 private:
  std::uint64_t state_ = 1;
};

Input changed(Input input, Sequence& sequence) {
  const std::size_t changes = 1 + sequence.below(4);
  for (std::size_t i = 0; i < changes && !input.empty(); ++i) {
    const std::size_t at = sequence.below(input.size());
    const auto place = input.begin() + static_cast<std::ptrdiff_t>(at);
    switch (sequence.below(4)) {
      case 0:
        *place = static_cast<std::uint8_t>(sequence.below(256));
        break;
      case 1:
        input.erase(place);
        break;
      case 2:
        input.insert(place, static_cast<std::uint8_t>(sequence.below(256)));
        break;
      default:
        input.resize(at);
        break;
    }
  }
  return input;
}

int replay(const fs::path& path) {
  const Input input = read_file(path);
  LLVMFuzzerTestOneInput(input.data(), input.size());
  Sequence sequence;
  for (int i = 0; i < kChangesPerFile; ++i) {
    const Input other = changed(input, sequence);
    LLVMFuzzerTestOneInput(other.data(), other.size());
  }
  return 1 + kChangesPerFile;
}

std::vector<fs::path> files_of(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

int main(int count, char** arguments) {
  int inputs = 0;
  for (int i = 1; i < count; ++i) {
    for (const fs::path& file : files_of(arguments[i])) inputs += replay(file);
  }
  std::printf("%d inputs\n", inputs);
  // A wrong folder must not look like a success.
  return inputs > 0 ? 0 : 1;
}
