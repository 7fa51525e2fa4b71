#!/bin/sh
# Our programs with those of the Go reference, on a nats-server of their own. What the environment
# has to name is said in lib.sh.
#
# usage: reference.sh BUILD-DIR
set -eu
. "$(dirname "$0")/lib.sh"

nats-server -a 127.0.0.1 -p 4222 -js -sd "$dir/js" -l "$dir/nats.log" &
nats=$!
wait_for "$dir/nats.log" "Server is ready"

say "their command line, our node"
up alpha --tags region=lab --allow-remote-agent-registration
alpha=$node
has "$id" theirs node ls
has "$id" theirs node ls --filter region=lab
has "alpha" theirs node info "$id"
has "nexlet-native" theirs node info "$id" --full
cat >"$dir/Nexfile" <<END
name: filed
type: native
lifecycle: service
tags:
  region: lab
start_request: $sleeper
END
has "successfully started" theirs --namespace default workload start --nexfile "$dir/Nexfile"
filed=$(started)
has "$filed" theirs --namespace default --json workload ls
has "successfully stopped" theirs --namespace default workload stop "$filed"
has "successfully started" theirs --namespace default workload start --type native --name first \
    --start-request "$sleeper"
first=$(started)
has "$first" theirs --namespace default workload ls
has "$first" theirs workload ls
has "successfully started" theirs --namespace default workload clone "$first"
second=$(started)
[ "$second" != "$first" ] || fail "the clone has the id of the original"
has "$second" theirs --namespace default workload ls
has "successfully stopped" theirs --namespace default workload stop "$first"
has "successfully stopped" theirs workload stop "$second"
has '^\[\]$' ours --json workload ls
# Refusals: the reason is told, and nothing runs.
theirs --namespace default workload start --type native --name bad \
    --start-request '{"argv":["x"]}' >"$dir/out" 2>&1 || true
grep -q "uri" "$dir/out" || fail "no reason for a malformed start: $(cat "$dir/out")"
has '^\[\]$' ours --json workload ls

if [ -n "$agent" ]; then
    say "their remote nexlet, our node"
    NEX_TEST_LOGS=true "$agent" >"$dir/agent.log" 2>&1 &
    remote=$!
    wait_for "$dir/alpha.log" "agent registered name=inmem"
    wait_for "$dir/alpha.log" "type=inmem from=unknown to=healthy"
    has "successfully started" theirs --namespace default workload start --type inmem --name far \
        --start-request '{}'
    far=$(started)
    has "$far" ours --json workload ls
    has "successfully started" ours --namespace default workload start --type inmem --name farther \
        --start-request '{}'
    farther=$(started)
    has "$farther" theirs --namespace default workload ls
    has "successfully stopped" theirs --namespace default workload stop "$farther"
    kill -9 $remote
    wait $remote 2>/dev/null || true
    has '^\[\]$' timeout 2 "$build/bin/nex" -s $url --json workload ls
    NEX_TEST_LOGS=true "$agent" >"$dir/agent.log" 2>&1 &
    remote=$!
    wait_for "$dir/alpha.log" "type=inmem from=unknown to=healthy" 2
    has "$far" ours --json workload ls
    has "successfully stopped" ours workload stop "$far"
    kill -9 $remote
    wait $remote 2>/dev/null || true
fi

if [ -n "$local_agent" ]; then
    say "their local nexlet, our node"
    first_node=$node
    first_id=$id
    up delta --tags region=near --disable-native-start --agents.uri "file://$local_agent"
    wait_for "$dir/delta.log" "type=inmem from=unknown to=healthy"
    has "successfully started" theirs --namespace default workload start --type inmem --name near \
        --tags region=near --start-request '{}'
    near=$(started)
    has "$near" ours --namespace default --json workload ls
    # Killed, it is started again under its id and gets its workloads back.
    pkill -9 -P $node
    wait_for "$dir/delta.log" "type=inmem from=unknown to=healthy" 2
    has "$near" theirs --namespace default workload ls
    has "successfully stopped" theirs --namespace default workload stop "$near"
    kill $node
    ends $node
    node=$first_node
    id=$first_id
fi

say "their command line drains our node"
has "lame duck" theirs node lameduck "$id" --delay 100ms
ends $alpha

say "our command line, their node"
# Only its configuration can name local nexlets: its flag takes none.
cat >"$dir/theirs.json" <<END
{"agents":[{"uri":"file://$build/bin/nexlet-inmem","argv":["--type","local"]}]}
END
up_theirs beta --config "$dir/theirs.json" --tags region=go --allow-remote-agent-registration
beta=$node
beta_id=$id
has "$beta_id" ours node ls
has "beta" ours node info "$beta_id"
start_at_last ours --namespace default workload start --name third \
    --start-request "$sleeper"
third=$(started)
has "$third" ours --namespace default workload ls
has "$third" ours --json workload ls
has "successfully started" ours workload clone "$third"
fourth=$(started)
has "successfully stopped" ours workload stop "$third"
has "successfully stopped" ours --namespace default workload stop "$fourth"

# place TYPE NAME REQUEST: starts a workload on their node, lists it and stops it.
place() {
    start_at_last ours --namespace default workload start --type "$1" --name "$2" --start-request "$3"
    placed=$(started)
    has "$placed" theirs --namespace default workload ls
    has "successfully stopped" theirs --namespace default workload stop "$placed"
}

say "our local nexlet, their node"
place local nearby '{}'

# Their node waits two seconds for a nexlet that is gone, which is as long as their client waits
# for a node: so ours stays until the end.
mine=
if [ -x "$build/bin/nexlet-inmem" ]; then
    say "our remote nexlet, their node"
    "$build/bin/nexlet-inmem" --server $url --type ours >"$dir/ours.log" 2>&1 &
    mine=$!
    wait_for "$dir/ours.log" "registered"
    has "ours" theirs node info "$beta_id"
    place ours fifth '{}'
fi
others=
if [ -x "$build/bin/nexlet-noop" ]; then
    say "our remote noop nexlet, their node"
    "$build/bin/nexlet-noop" --server $url >"$dir/noop.log" 2>&1 &
    others="$others $!"
    wait_for "$dir/noop.log" "registered"
    place noop quiet '{"label":"x"}'
fi
native=$build/nexlets/native/nexlet-native
if [ -x "$native" ]; then
    say "our remote native nexlet, their node, beside its own"
    "$native" --nats.servers $url --monitor "$build/libexec/nex/nex-monitor" \
        --state-dir "$dir/native" >"$dir/native.log" 2>&1 &
    others="$others $!"
    wait_for "$dir/native.log" "registered"
    place native one "$sleeper"
    place native two "$sleeper"
    place native three "$sleeper"
fi

say "nodes of both kinds in one nexus"
up gamma --tags region=c
gamma=$node
has "$beta_id" ours node ls
has "$id" ours node ls
has "$beta_id" theirs node ls
has "$id" theirs node ls
has "successfully started" ours --namespace default workload start --name sixth --tags region=go \
    --start-request "$sleeper"
sixth=$(started)
has "$sixth" ours --json workload ls
# From their node to ours, and back.
has "successfully started" ours --namespace default workload clone "$sixth" --tags region=c
seventh=$(started)
has "\"id\":\"$seventh\"[^}]*}*,\"name\":\"sixth\",\"namespace\":\"default\",\"node_id\":\"$id\"" \
    ours --json workload ls
has "successfully started" theirs --namespace default workload clone "$seventh" --tags region=go
eighth=$(started)
for each in "$sixth" "$seventh" "$eighth"; do
    has "$each" theirs --namespace default workload ls
    has "successfully stopped" ours workload stop "$each"
done
ours --json workload ls >"$dir/out"
! grep -q "$seventh" "$dir/out" || fail "stopped, and still listed: $seventh"

for each in $mine $others; do
    kill "$each"
    ends "$each"
done

say "our command line drains their node"
has "$beta_id\|lame duck\|lameduck" ours node lameduck "$beta_id" --delay 100ms
wait $beta || true
kill $gamma
ends $gamma
kill $nats
wait $nats || true
say "done"
