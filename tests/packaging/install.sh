#!/bin/sh
# install.sh BUILD PREFIX: installs the SDK of a build below an empty prefix.
set -eu

rm -rf "$2"
cmake --install "$1" --prefix "$2" --component sdk >/dev/null
for file in include/nex/core.h "$LIBDIR/libnex.so.0" "$LIBDIR/libnex.a" \
    "$LIBDIR/pkgconfig/nex.pc" "$LIBDIR/cmake/nex/nexConfig.cmake"; do
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
