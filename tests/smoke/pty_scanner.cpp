// A scanner on a pseudo-terminal: prints the path of its device, then writes each line of stdin to
// it as one frame that ends with CR. The device stays there until stdin ends.
//   pty_scanner
#include <fcntl.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <iostream>
#include <string>

int main() {
  int scanner = -1;
  int device = -1;
  std::array<char, 128> path{};
  termios raw{};
  ::cfmakeraw(&raw);
  if (::openpty(&scanner, &device, path.data(), &raw, nullptr) != 0) {
    std::cerr << "pty_scanner: no pseudo-terminal\n";
    return 1;
  }
  // The device stays open here too, so that it outlives a till that is killed.
  ::fcntl(scanner, F_SETFL, O_NONBLOCK);
  std::cout << path.data() << std::endl;
  for (std::string frame; std::getline(std::cin, frame);) {
    // What the till says to the scanner (a beep) is of no interest, but must not fill the line.
    std::array<char, 256> said{};
    while (::read(scanner, said.data(), said.size()) > 0) {
    }
    frame += '\r';
    if (::write(scanner, frame.data(), frame.size()) != static_cast<ssize_t>(frame.size())) {
      std::cerr << "pty_scanner: the line is full\n";
      return 1;
    }
    std::cout << "sent" << std::endl;
  }
  return 0;
}
