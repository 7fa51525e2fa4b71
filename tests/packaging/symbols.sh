#!/bin/sh
# symbols.sh SHARED STATIC: both libraries show nex_ names and no others, and they show some.
set -eu

check() { # FILE, then the names on standard input
    names=$(cat)
    foreign=$(printf '%s\n' "$names" | grep -Ev '^(nex_|NEX_0$)' || true)
    count=$(printf '%s\n' "$names" | grep -c '^nex_' || true)
    if [ -n "$foreign" ]; then
        echo "$1 shows names that do not begin with nex_:" $foreign >&2
        exit 1
    fi
    if [ "$count" -lt 50 ]; then
        echo "$1 shows only $count names" >&2
        exit 1
    fi
    echo "$1: $count names"
}

nm -D --defined-only "$1" | awk '{sub(/@.*/, "", $NF); print $NF}' | check "$1"
# AddressSanitizer adds a marker to each variable.
nm -g --defined-only "$2" | awk 'NF == 3 && $3 !~ /^__odr_asan/ {print $3}' | check "$2"
