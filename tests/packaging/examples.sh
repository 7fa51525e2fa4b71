#!/bin/sh
# examples.sh PREFIX SOURCE: the examples compile against the installed library, shared and
# static, away from the source tree; those of the guides are what the guides show.
set -eu

prefix=$1
source=$2
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
export PKG_CONFIG_PATH="$prefix/$LIBDIR/pkgconfig" LD_LIBRARY_PATH="$prefix/$LIBDIR"

# guide PAGE MARK EXAMPLE: the blocks of the page that begin so are the example, but for its head
guide() {
    sed -n "/^\`\`\`$2\$/,/^\`\`\`\$/{/^\`\`\`/d;p}" "$source/docs/$1" | tr -d '[:space:]' >"$out/page"
    sed '1,/^ \*\/$/d' "$source/examples/$3" | tr -d '[:space:]' >"$out/example"
    if ! cmp -s "$out/page" "$out/example"; then
        echo "examples/$3 is not what docs/$1 shows (blocks \"$2\")" >&2
        exit 1
    fi
}
guide creating-nexlets.md "c touch.c" agent_touch.c
guide creating-nexlets.md "c reply.c" agent_reply.c
guide creating-nexlets.md "c pulse.c" agent_pulse.c
guide client.md "c deploy.c" client_deploy.c
guide client.md "c list.c" client_list.c
guide client.md "c watch.c" client_watch.c

cp "$source"/examples/*.c "$source"/examples/*.sh "$out"
cd "$out"
static=$(pkg-config --static --libs nex | sed 's/-lnex\b/-l:libnex.a/')
count=0
for example in *.c; do
    name=${example%.c}
    grep -q '#include <nex/' "$example" || continue # a workload, not a user of libnex
    grep -q "cc $example" "$example" || {
        echo "examples/$example does not say how to compile it" >&2
        exit 1
    }
    $CC $FLAGS -std=gnu11 -Wall -Wextra -Werror -o "$name" "$example" \
        $(pkg-config --cflags --libs nex) -lpthread
    $CC $FLAGS -std=gnu11 -Wall -Wextra -Werror -o "$name-static" "$example" \
        $(pkg-config --cflags nex) $static -lpthread
    count=$((count + 1))
done
[ "$(printf '{"a": [1, 2]}' | ./json_locate /a/1)" = "$(printf '{"a": [1, 2]}' | ./json_locate-static /a/1)" ]
echo "$count examples"
