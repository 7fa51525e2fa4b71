#!/bin/sh
# A function for the native nexlet that stays in memory: it answers each message with its payload
# in capitals, and says how many it has answered. Start it with
#
#   {"uri": "file:///path/to/warm_function.sh", "function": {"warm": 2},
#    "environment": {"PATH": "/usr/bin:/bin"}}
#
# The protocol is described in docs/native-nexlet.md.
export LC_ALL=C # so that lengths are bytes
count=0
while read -r word head_len body_len && [ "$word" = run ]; do
    head=$(head -c "$head_len")
    body=$(
        head -c "$body_len"
        echo x # $(...) drops line feeds at the end; not before this one
    )
    body=${body%x}
    fail=$(printf '%s\n' "$head" | sed -n 's/^NEX_HEADER_FAIL=//p')
    if [ -n "$fail" ]; then
        printf 'error %d\n%s' "${#fail}" "$fail"
    else
        count=$((count + 1))
        answer="$(printf '%sx' "$body" | tr '[:lower:]' '[:upper:]')"
        answer="${answer%X} ($count)"
        printf 'ok %d\n%s' "${#answer}" "$answer"
    fi
done
