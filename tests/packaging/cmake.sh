#!/bin/sh
# cmake.sh PREFIX: a project finds the library through find_package, shared and static.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build="$1/consumer-cmake"
rm -rf "$build"
cmake -S "$here/consumer" -B "$build" -G Ninja -DCMAKE_PREFIX_PATH="$1" \
    -DCMAKE_C_COMPILER="$CC" -DCMAKE_C_FLAGS="$FLAGS" >/dev/null
cmake --build "$build"
"$build/consumer"
"$build/consumer_static"
