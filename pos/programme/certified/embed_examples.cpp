// Writes files of certified examples into a source file, byte for byte, so that a till carries its
// set with it and needs no file at run time.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace {

constexpr std::size_t kBytesALine = 32;

void write_bytes(std::ostream& out, const std::string& bytes, std::size_t number) {
  out << "constexpr unsigned char kFile" << number << "[] = {";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i % kBytesALine == 0) out << '\n';
    out << static_cast<int>(static_cast<unsigned char>(bytes[i])) << ',';
  }
  out << "};\n";
}

std::string name_of(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

bool embed(std::vector<std::string> paths, std::ostream& out) {
  std::sort(paths.begin(), paths.end());
  out << "// made from tests/data/certified\n#include \"pos/programme/certified_examples.hpp\"\n"
         "namespace pos::programme {\nnamespace {\n"
         "std::string_view text_of_file(std::span<const unsigned char> bytes) {\n"
         "  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};\n}\n";
  for (std::size_t i = 0; i < paths.size(); ++i) {
    std::ifstream in(paths[i], std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in || bytes.empty()) {
      std::cerr << paths[i] << ": cannot be read, or is empty\n";
      return false;
    }
    write_bytes(out, bytes, i);
  }
  out << "}  // namespace\nstd::span<const ExampleText> certified_set() {\n"
         "  static const ExampleText kSet[] = {\n";
  for (std::size_t i = 0; i < paths.size(); ++i) {
    out << "    {\"" << name_of(paths[i]) << "\", text_of_file(kFile" << i << ")},\n";
  }
  out << "  };\n  return kSet;\n}\n}  // namespace pos::programme\n";
  return out.good();
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::cerr << "usage: embed_examples SET.cpp EXAMPLES.json...\n";
    return 2;
  }
  std::ofstream out(arguments[1], std::ios::binary);
  return embed({arguments + 2, arguments + count}, out) ? 0 : 1;
}
