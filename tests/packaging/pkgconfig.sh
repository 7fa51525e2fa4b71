#!/bin/sh
# pkgconfig.sh PREFIX: a program finds the library through pkg-config, shared and static.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
export PKG_CONFIG_PATH="$1/$LIBDIR/pkgconfig"
out="$1/consumer-pkgconfig"
mkdir -p "$out"

$CC $FLAGS -Wall -Werror -o "$out/shared" "$here/consumer/main.c" $(pkg-config --cflags --libs nex)
LD_LIBRARY_PATH="$1/$LIBDIR" "$out/shared"
readelf -d "$out/shared" | grep -q 'NEEDED.*libnex\.so\.0'

static=$(pkg-config --static --libs nex | sed 's/-lnex\b/-l:libnex.a/')
$CC $FLAGS -Wall -Werror -o "$out/static" "$here/consumer/main.c" $(pkg-config --cflags nex) $static
"$out/static"
if readelf -d "$out/static" | grep -q 'NEEDED.*libnex'; then
    echo "the static program still needs libnex.so" >&2
    exit 1
fi
