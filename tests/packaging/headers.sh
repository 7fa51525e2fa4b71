#!/bin/sh
# headers.sh PREFIX: each installed header compiles by itself, as C11 and as C++17.
set -eu

export PKG_CONFIG_PATH="$1/$LIBDIR/pkgconfig"
cflags=$(pkg-config --cflags nex)
count=0
cd "$1/include"
for header in $(find nex -name '*.h'); do
    echo "#include <$header>" | $CC -std=c11 -Wall -Wextra -Wpedantic -Werror $cflags \
        -fsyntax-only -x c -
    if command -v "$CXX" >/dev/null; then
        echo "#include <$header>" | "$CXX" -std=c++17 -Wall -Wextra -Werror $cflags \
            -fsyntax-only -x c++ -
    fi
    count=$((count + 1))
done
echo "$count headers"
[ "$count" -ge 10 ]
