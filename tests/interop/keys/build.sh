#!/bin/sh
# build.sh GO SOURCE-DIRECTORY OUTPUT: exits 77 (skipped) when the modules cannot be fetched.
set -eu
cd "$2"
"$1" mod download || exit 77
exec "$1" build -o "$3" .
