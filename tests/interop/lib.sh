# What the scripts here share: a network of their own, programs of both kinds, waiting for logs.
# Sourced with BUILD-DIR as $1.
#
#   NEX_REFERENCE_CLI    the reference's command line (and node)
#   NEX_REFERENCE_AGENT  its remote in-memory nexlet, which knows nats://127.0.0.1:4222 only
#   NEX_REFERENCE_LOCAL_AGENT  the same as a program that a node starts
#
# Without the first of them there is nothing to do (exit status 77). The whole runs in a network
# of its own, where port 4222 is free.

build=$1
reference=${NEX_REFERENCE_CLI:-}
agent=${NEX_REFERENCE_AGENT:-}
local_agent=${NEX_REFERENCE_LOCAL_AGENT:-}
if [ -z "$reference" ]; then
    echo "NEX_REFERENCE_CLI is not set: skipped"
    exit 77
fi
if [ -z "${NEX_IN_OWN_NETWORK:-}" ]; then
    if ! unshare --map-root-user --net true 2>/dev/null || ! command -v ip >/dev/null; then
        echo "no network of our own can be had here: skipped"
        exit 77
    fi
    NEX_IN_OWN_NETWORK=1 exec unshare --map-root-user --net --pid --fork --kill-child \
        --mount-proc "$0" "$@"
fi
ip link set lo up

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export XDG_CONFIG_HOME="$dir/config" HOME="$dir"
url=nats://127.0.0.1:4222
auth= # flags of both command lines, with which they connect

ours() {
    "$build/bin/nex" --nats.servers $url $auth "$@"
}
theirs() {
    "$reference" --nats.servers $url $auth "$@"
}
say() {
    printf '== %s\n' "$*"
}
fail() {
    printf 'reference.sh: %s\n' "$*" >&2
    for log in "$dir"/*.log; do
        printf -- '-- %s\n' "$log" >&2
        tail -n 30 "$log" >&2
    done
    exit 1
}
# wait_for FILE TEXT [TIMES]: until the file has the text, 30 s at most
wait_for() {
    tries=600
    while [ "$(grep -s -- "$2" "$1" | wc -l)" -lt "${3:-1}" ]; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "no \"$2\" in $1"
        sleep 0.05
    done
}
# has TEXT COMMAND...: the command goes well and prints the text
has() {
    text=$1
    shift
    "$@" >"$dir/out" 2>&1 || fail "\"$*\" ended with status $?: $(cat "$dir/out")"
    grep -q -- "$text" "$dir/out" || fail "no \"$text\" from \"$*\": $(cat "$dir/out")"
}
# start_at_last COMMAND...: starts a workload, again and again: their node places nothing before it has heard
# its nexlet's first heartbeat, and may miss that one; the next comes after ten seconds
start_at_last() {
    tries=30
    until "$@" >"$dir/out" 2>&1 && grep -q "successfully started" "$dir/out"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "\"$*\": $(cat "$dir/out")"
    done
}
# The id in "Workload NAME [ID] successfully started".
started() {
    sed -n 's/.*\[\([0-9A-Za-z]\{22\}\)\] successfully started.*/\1/p' "$dir/out" | head -n 1
}
# up NAME WORDS...: our node; its process id in $node and its id in $id
up() {
    name=$1
    shift
    "$build/bin/nex" -s $url $auth --logger.level debug node up --node-name "$name" --resource-directory "$dir/$name" "$@" \
        >"$dir/$name.log" 2>&1 &
    node=$!
    wait_for "$dir/$name.log" "nex node ready"
    id=$(grep -o 'node_id=N[A-Z0-9]*' "$dir/$name.log" | head -n 1 | cut -d= -f2)
}
# The same with the reference's node.
up_theirs() {
    name=$1
    shift
    "$reference" --nats.servers $url $auth --logger.level debug node up --node-name "$name" --resource-directory "$dir/$name" "$@" \
        >"$dir/$name.log" 2>&1 &
    node=$!
    wait_for "$dir/$name.log" "nex node ready"
    id=$(theirs --json node ls | grep -o "\"node_id\":\"N[A-Z0-9]*\"[^}]*\"nex.node\":\"$name\"" |
        head -n 1 | cut -d'"' -f4)
}
# ends PID: ends with status 0 within 20 s
ends() {
    tries=400
    while kill -0 "$1" 2>/dev/null; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "process $1 does not end"
        sleep 0.05
    done
    wait "$1" || fail "process $1 ended with status $?"
}
sleeper='{"uri":"file:///bin/sleep","argv":["1000"]}'
