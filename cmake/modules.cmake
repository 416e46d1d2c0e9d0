# How a module of Clubtill is declared. One folder is one target; an include names its module from the root of the tree.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(tl-expected REQUIRED)
find_package(fmt REQUIRED)

add_library(clubtill_options INTERFACE)
target_compile_options(clubtill_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
target_include_directories(clubtill_options INTERFACE ${PROJECT_SOURCE_DIR})
if(CMAKE_UNITY_BUILD)
  # The presets that ./test builds join a target's files, which halves the time of a build from nothing; dev keeps them
  # apart. A joined file is no main file, so this warning is about nothing there.
  target_compile_options(clubtill_options INTERFACE -Wno-subobject-linkage)
endif()
if(CLUBTILL_SANITIZE)
  target_compile_options(clubtill_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
    # AddressSanitizer sees null and out-of-object accesses itself, x86 knows no misalignment; these four double the
    # time of the build.
    -fno-sanitize=null,alignment,object-size,vptr)
  target_link_options(clubtill_options INTERFACE -fsanitize=address,undefined)
endif()
if(CLUBTILL_FUZZ)
  # So that the fuzzer sees which branches of our libraries an input reaches.
  target_compile_options(clubtill_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(CLUBTILL_TSAN)
  target_compile_options(clubtill_options INTERFACE -fsanitize=thread)
  target_link_options(clubtill_options INTERFACE -fsanitize=thread)
endif()
find_program(MOLD mold)
if(MOLD)
  target_link_options(clubtill_options INTERFACE -fuse-ld=mold)
endif()

# clubtill_library(pos_disk SOURCES a.cpp b.cpp DEPENDS pos_app FOREIGN SQLite::SQLite3)
# DEPENDS are modules of ours and carry on to the users; FOREIGN libraries stay inside the target.
function(clubtill_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;FOREIGN" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC clubtill_options ${ARG_DEPENDS} PRIVATE ${ARG_FOREIGN})
endfunction()

# clubtill_planted(sync_hub): once more as sync_hub_planted, with the switches of pos/core/planted.hpp. The simulator links
# these and nothing else does. Where bugs are not searched for, it is the library itself.
set(CLUBTILL_PLANTED pos_disk sync_engine sync_hub sync_ledger)
function(clubtill_planted name)
  if(NOT CLUBTILL_TESTS)
    return()
  endif()
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Release")
    add_library(${name}_planted ALIAS ${name})
    return()
  endif()
  get_target_property(sources ${name} SOURCES)
  get_target_property(depends ${name} INTERFACE_LINK_LIBRARIES)
  set(planted_depends)
  foreach(depend ${depends})
    if(depend IN_LIST CLUBTILL_PLANTED)
      list(APPEND planted_depends ${depend}_planted)
    elseif(NOT depend MATCHES "LINK_ONLY")
      list(APPEND planted_depends ${depend})
    endif()
  endforeach()
  add_library(${name}_planted STATIC ${sources})
  target_compile_definitions(${name}_planted PRIVATE CLUBTILL_PLANTED)
  target_link_libraries(${name}_planted PUBLIC ${planted_depends})
endfunction()

# clubtill_program(clubhub SOURCES main.cpp DEPENDS sync_hub)
function(clubtill_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;FOREIGN" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE clubtill_options ${ARG_DEPENDS} ${ARG_FOREIGN})
endfunction()

# clubtill_test(domain_test SOURCES a_test.cpp DEPENDS pos_domain)
# One program per area; its cases are run shuffled and one by one by ctest, so that they run in parallel.
function(clubtill_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;FOREIGN" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE clubtill_options ${ARG_DEPENDS} ${ARG_FOREIGN} Catch2::Catch2WithMain)
  target_compile_definitions(${name} PRIVATE CLUBTILL_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    CLUBTILL_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  # What is tested is optimised in its libraries; the tests themselves are better built fast.
  target_compile_options(${name} PRIVATE -O0)
  add_test(NAME ${name} COMMAND ${name} --order rand --rng-seed time)
  set_tests_properties(${name} PROPERTIES TIMEOUT 300)
endfunction()
