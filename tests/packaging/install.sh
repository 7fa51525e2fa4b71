#!/bin/sh
# install.sh BUILD PREFIX SOURCE: installs the SDK of a build below an empty prefix.
set -eu

rm -rf "$2"
cmake --install "$1" --prefix "$2" --component sdk >/dev/null
for file in include/nex/core.h "$LIBDIR/libnex.so.0" "$LIBDIR/libnex.a" \
    "$LIBDIR/pkgconfig/nex.pc" "$LIBDIR/cmake/nex/nexConfig.cmake" \
    share/doc/nex/api/README.md; do
    if [ ! -e "$2/$file" ]; then
        echo "not installed: $file" >&2
        exit 1
    fi
done
soname=$(readelf -d "$2/$LIBDIR/libnex.so" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p')
if [ "$soname" != libnex.so.0 ]; then
    echo "soname is '$soname', should be libnex.so.0" >&2
    exit 1
fi
# The reference has a page for each header of the SDK, and on it each function of the header.
for header in "$3"/sdk/include/nex/*.h; do
    page=$2/share/doc/nex/api/$(basename "$header" .h).md
    grep -q "^# nex/$(basename "$header")$" "$page" || {
        echo "no API reference of $(basename "$header")" >&2
        exit 1
    }
    for function in $(sed -n 's/^NEX_API.*[ *]\(nex_[a-z0-9_]*\)(.*/\1/p' "$header"); do
        grep -q "$function(" "$page" || {
            echo "$page leaves out $function" >&2
            exit 1
        }
    done
done
