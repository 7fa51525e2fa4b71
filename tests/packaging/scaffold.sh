#!/bin/sh
# scaffold.sh PREFIX SOURCE: what nexgen makes builds and passes its tests against the installed
# library, away from the source tree.
set -eu

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cp "$2/nexlets/noop/start_request.json" "$out/away.json"
cd "$out"
"$2/codegen/nexgen" away.json -o away >/dev/null
cmake -S away -B build -G Ninja -DCMAKE_PREFIX_PATH="$1" -DCMAKE_C_COMPILER="$CC" \
    -DCMAKE_C_FLAGS="$FLAGS" >/dev/null
cmake --build build >/dev/null
ctest --test-dir build --output-on-failure
cmake --install build --prefix "$out/installed" >/dev/null
LD_LIBRARY_PATH="$1/$LIBDIR" "$(find "$out/installed" -name 'nexlet-*' -type f -perm -u+x | head -n 1)" --version
