#!/bin/sh
# A nexlet as nexgen writes it, untouched: local and remote, with our node; and with that of the Go
# reference where NEX_REFERENCE_CLI names its command line.
#
# usage: scaffold.sh BUILD-DIR PREFIX    libnex is installed in PREFIX
set -eu

build=$1
prefix=$2
reference=${NEX_REFERENCE_CLI:-}
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
pids=
cleanup() {
    for pid in $pids; do
        kill "$pid" 2>/dev/null || true
    done
    wait
    rm -rf "$dir"
}
trap cleanup EXIT
export XDG_CONFIG_HOME="$dir/config" HOME="$dir"

say() {
    printf '== %s\n' "$*"
}
fail() {
    printf 'scaffold.sh: %s\n' "$*" >&2
    for log in "$dir"/*.log; do
        printf -- '-- %s\n' "$log" >&2
        tail -n 25 "$log" >&2
    done
    exit 1
}
# wait_for FILE TEXT: until the file has the text, 60 s at most
wait_for() {
    tries=1200
    until grep -qs -- "$2" "$1"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "no \"$2\" in $1"
        sleep 0.05
    done
}
# has TEXT COMMAND...: the command prints the text, within 60 s of asking again
has() {
    text=$1
    shift
    tries=60
    until "$@" >"$dir/out" 2>&1 && grep -q -- "$text" "$dir/out"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "no \"$text\" from \"$*\": $(cat "$dir/out")"
        sleep 1
    done
}
started() {
    sed -n 's/.*\[\([0-9A-Za-z]\{22\}\)\] successfully started.*/\1/p' "$dir/out" | head -n 1
}
ends() {
    tries=600
    while kill -0 "$1" 2>/dev/null; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "process $1 does not end"
        sleep 0.05
    done
}

cat >"$dir/greeter_start_request.json" <<'SCHEMA'
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Greeter start request",
  "description": "Greets somebody again and again.",
  "type": "object",
  "properties": {
    "greeting": {"type": "string", "minLength": 1, "description": "What to say"},
    "times": {"type": "integer", "minimum": 1, "default": 3, "description": "How often"}
  },
  "required": ["greeting"],
  "additionalProperties": false
}
SCHEMA
say "scaffold and build"
"$here/../../codegen/nexgen" "$dir/greeter_start_request.json" -o "$dir/greeter" -q
cmake -S "$dir/greeter" -B "$dir/greeter/build" -DCMAKE_PREFIX_PATH="$prefix" -DBUILD_TESTING=OFF \
    >"$dir/cmake.log" 2>&1 || fail "cmake failed"
cmake --build "$dir/greeter/build" >"$dir/cmake.log" 2>&1 || fail "it does not compile"
nexlet="$dir/greeter/build/nexlet-greeter"
request='{"greeting":"hello"}'

nats-server -a 127.0.0.1 -p -1 -js -sd "$dir/js" -l "$dir/nats.log" --ports_file_dir "$dir" &
pids="$pids $!"
wait_for "$dir/nats.log" "Server is ready"
tries=600
until ports=$(ls "$dir"/*.ports 2>/dev/null) && grep -q nats: "$ports"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || fail "nats-server says no port"
    sleep 0.05
done
url=$(grep -o 'nats://[^"]*' "$ports" | head -n 1)

# A workload of the nexlet from start to stop, asked for by a command line.
run_workload() {
    work=$1
    shift
    has "successfully started" "$@" --namespace default workload start --type greeter \
        --name "$work" --start-request "$request"
    id=$(started)
    has "$id" "$@" --namespace default workload ls
    has "successfully stopped" "$@" --namespace default workload stop "$id"
}
# with NAME COMMAND...: the node of that command line, first with a local nexlet, then a remote one
with() {
    name=$1
    shift
    say "$name: local"
    local_node "$name-local" "$@"
    run_workload "$name-local" "$@"
    kill $node
    ends $node
    say "$name: remote"
    "$@" --logger.level debug node up --node-name "$name" --nexus "$name" \
        --resource-directory "$dir/$name" --allow-remote-agent-registration >"$dir/$name.log" 2>&1 &
    node=$!
    pids="$pids $node"
    wait_for "$dir/$name.log" "nex node ready"
    "$nexlet" --server "$url" --nexus "$name" >"$dir/$name-nexlet.log" 2>&1 &
    remote=$!
    pids="$pids $remote"
    wait_for "$dir/$name-nexlet.log" "registered"
    run_workload "$name-remote" "$@"
    kill $remote
    ends $remote
    kill $node
    ends $node
}
local_node() {
    folder=$1
    shift
    "$@" --logger.level debug node up --node-name "$folder" --nexus "$folder" \
        --resource-directory "$dir/$folder" $agents >"$dir/$folder.log" 2>&1 &
    node=$!
    pids="$pids $node"
    wait_for "$dir/$folder.log" "nex node ready"
}

agents="--agents.uri file://$nexlet"
with ours "$build/bin/nex" --nats.servers "$url"
if [ -n "$reference" ]; then
    printf '{"agents":[{"uri":"file://%s","argv":[],"env":{}}]}' "$nexlet" >"$dir/theirs.json"
    agents="--config $dir/theirs.json"
    with theirs "$reference" --nats.servers "$url"
else
    say "NEX_REFERENCE_CLI is not set: not tried with the reference's node"
fi
say "done"
