#include "pos/terminal/command_line.hpp"

int main(int count, char** words) { return pos::terminal::run_command_line(count, words); }
