#include "sync/hub/commands.hpp"

int main(int count, char** words) { return club::hub::run_clubhub(count, words); }
