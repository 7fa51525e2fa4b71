#!/bin/sh
# agent_noop.sh SOURCE_DIR: nexlets/noop is as nexgen makes it, from the schema that
# docs/creating-nexlets.md shows.
set -eu

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
sed -n '/^```json noop_start_request.json$/,/^```$/p' "$1/docs/creating-nexlets.md" | sed '1d;$d' \
    > "$made/noop_start_request.json"
"$1/codegen/nexgen" "$made/noop_start_request.json" -o "$made/noop" > "$made/log"
diff -r -x build "$1/nexlets/noop" "$made/noop"
echo "nexlets/noop is as made"
