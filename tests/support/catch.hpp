#pragma once

// Debian 12 has Catch2 v2 with one header, later systems have v3.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
