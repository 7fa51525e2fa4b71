# Compiler settings shared by every target, and the switches of a build.
option(NEX_BUILD_TESTS "Build the tests, fuzz targets and benchmarks" ON)
option(NEX_WERROR "Treat compiler warnings as errors" ON)
set(NEX_SANITIZE "" CACHE STRING "Sanitizers, comma separated: address,undefined or thread")

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

add_library(nex_options INTERFACE)
target_compile_definitions(nex_options INTERFACE _GNU_SOURCE)
target_compile_options(nex_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  $<$<BOOL:${NEX_WERROR}>:-Werror>)
if(NEX_SANITIZE)
  target_compile_options(nex_options INTERFACE
    -fsanitize=${NEX_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(nex_options INTERFACE -fsanitize=${NEX_SANITIZE})
else()
  target_compile_options(nex_options INTERFACE
    $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2> -fstack-protector-strong)
  target_link_options(nex_options INTERFACE -Wl,-z,relro,-z,now)
  # A program leaves out what it does not call: generated types bring more than any one needs.
  target_compile_options(nex_options INTERFACE
    $<$<CONFIG:Release>:-ffunction-sections;-fdata-sections>)
  target_link_options(nex_options INTERFACE $<$<CONFIG:Release>:-Wl,--gc-sections>)
  # Relative relocations as a bitmap: a twentieth of their size. Whether the linker, and the libc
  # that is to load it, know them only a program that runs can tell.
  include(CheckCSourceRuns)
  set(CMAKE_REQUIRED_LINK_OPTIONS -Wl,-z,pack-relative-relocs)
  check_c_source_runs("int main(void) { return 0; }" NEX_HAVE_PACKED_RELOCATIONS)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
  if(NEX_HAVE_PACKED_RELOCATIONS)
    target_link_options(nex_options INTERFACE -Wl,-z,pack-relative-relocs)
  endif()
endif()

# For what waits for others most of the time: small is worth more than fast.
add_library(nex_small INTERFACE)
if(NOT NEX_SANITIZE)
  target_compile_options(nex_small INTERFACE $<$<CONFIG:Release>:-Os>)
endif()
target_link_libraries(nex_small INTERFACE nex_options)
