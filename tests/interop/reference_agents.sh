#!/bin/sh
# Nexlets built on the reference's SDK with all that it has (logs, metrics, events, triggers,
# secrets, ingress, an event listener), on our node: local, remote, and with a signing key; the
# same embedded in a node of the reference, beside our local nexlets, used by our command line; and
# a reader of feeds that decodes with the reference's models what our nexlets publish.
#
# Besides lib.sh's, the environment names NEX_REFERENCE_FULL, a Go program of one's own that knows
# nats://127.0.0.1:4222 only:
#
#   (no argument)         such a nexlet of type full, as a node starts it
#   remote [CREDS-FILE]   the same, remote
#   node [PROGRAM]...     a node named embedding, with the nexlet inside, and local ones beside
#   consume               prints "ingress COMMAND ID UPSTREAM", "discovery ID NODE true",
#                         "metrics SUBJECT ...", "log SUBJECT ...", "event SUBJECT ...", or INVALID
#   publish SUBJECT BODY, ask SUBJECT BODY [CREDS-FILE]
#
# Its workloads write their environment and existing to stdout at the start, a record of metrics,
# tell the port of their start request, write what their agent's event subject brings, resolve
# secret://known to "secret of NAMESPACE", and answer NAMESPACE.function.NAME with "full: " and the
# message, or the error "nothing came".
#
# usage: reference_agents.sh BUILD-DIR
set -eu
if [ -z "${NEX_REFERENCE_FULL:-}" ]; then
    echo "NEX_REFERENCE_FULL is not set: skipped"
    exit 77
fi
. "$(dirname "$0")/lib.sh"
full=$NEX_REFERENCE_FULL

secret_request='{"port":8080,"environment":{"PLAIN":"p","SECRET":"secret://known"}}'

# use_full START-COMMAND STOP-COMMAND: what the nexlet of type full can do, on whichever node
use_full() {
    start_at_last "$1" --namespace default workload start --type full --name service \
        --start-request "$secret_request"
    service=$(started)
    has "$service" "$2" --namespace default workload ls
    wait_for "$dir/consume.log" "ingress add $service \"192.0.2.7:8080\""
    wait_for "$dir/consume.log" "discovery $service N[A-Z0-9]* true <nil>"
    wait_for "$dir/consume.log" "logs.$service.stdout .*PLAIN:p SECRET:secret of default"
    wait_for "$dir/consume.log" "logs.$service.stderr .*on stderr"
    wait_for "$dir/consume.log" "metrics .*metrics.$service .*{\"full\":1}"
    wait_for "$dir/consume.log" "events.WORKLOADSTARTED .*$service"
    has "successfully started" "$1" --namespace default workload start --type full \
        --name greet --lifecycle function --start-request '{}'
    greet=$(started)
    has "full: you error=\"\" workload=$greet namespace=default" \
        "$full" ask default.function.greet you
    has "error=\"nothing came\"" "$full" ask default.function.greet ""
    agent_id=$("$2" --json node info "$3" | tr '{' '\n' | grep -B1 '"name":"full"' |
        sed -n 's/.*"agent_id":"\([^"]*\)".*/\1/p')
    "$full" publish "\$NEX.FEED.$agent_id.events" "for the nexlet"
    wait_for "$dir/consume.log" "logs.$service.stdout .*event for the nexlet"
    has "successfully started" "$2" --namespace default workload clone "$service"
    copy=$(started)
    has "successfully stopped" "$1" --namespace default workload stop "$copy"
    has "successfully stopped" "$2" --namespace default workload stop "$greet"
    if "$full" ask default.function.greet you >"$dir/out" 2>&1; then
        fail "a stopped function answers: $(cat "$dir/out")"
    fi
    has "successfully stopped" "$1" --namespace default workload stop "$service"
    wait_for "$dir/consume.log" "ingress remove $service \"\""
}
unreadable() {
    ! grep INVALID "$dir/consume.log" >"$dir/out" || fail "not understood: $(cat "$dir/out")"
}

nats-server -a 127.0.0.1 -p 4222 -js -sd "$dir/js" -l "$dir/nats.log" &
nats=$!
wait_for "$dir/nats.log" "Server is ready"
"$full" consume >"$dir/consume.log" 2>&1 &
reader=$!
wait_for "$dir/consume.log" "consuming"

say "their full nexlet, local to our node"
up alpha --agents.uri "file://$full"
wait_for "$dir/alpha.log" "type=full from=unknown to=healthy"
use_full theirs ours "$id"
use_full ours theirs "$id"
say "it is killed, started again, and gets its workloads back"
has "successfully started" ours --namespace default workload start --type full --name kept \
    --start-request "$secret_request"
kept=$(started)
kill -9 "$(pgrep -P $node -f "$full")"
wait_for "$dir/alpha.log" "type=full from=unknown to=healthy" 2
wait_for "$dir/consume.log" "logs.$kept.stdout .*existing true"
has "$kept" ours --namespace default workload ls
has "successfully stopped" ours --namespace default workload stop "$kept"
kill $node
ends $node

say "their full nexlet, remote"
up beta --allow-remote-agent-registration
"$full" remote >"$dir/full.log" 2>&1 &
remote=$!
wait_for "$dir/beta.log" "type=full from=unknown to=healthy"
use_full theirs ours "$id"
use_full ours theirs "$id"
kill -9 $remote
wait $remote 2>/dev/null || true

say "what our nexlets publish, read with their models"
"$build/bin/nexlet-inmem" --server $url --type ours --ingress 192.0.2.9 >"$dir/ours.log" 2>&1 &
mine=$!
wait_for "$dir/ours.log" "registered"
has "successfully started" ours --namespace default workload start --type ours --name shop \
    --start-request '{"port":9090,"interval":"100ms","output":["tick"],"errors":["tock"]}'
shop=$(started)
wait_for "$dir/consume.log" "ingress add $shop \"192.0.2.9:9090\""
wait_for "$dir/consume.log" "discovery $shop $id true <nil>"
wait_for "$dir/consume.log" "metrics .*metrics.$shop .*{\"ticks\":1"
wait_for "$dir/consume.log" "logs.$shop.stdout .*tick"
wait_for "$dir/consume.log" "logs.$shop.stderr .*tock"
has "successfully stopped" ours --namespace default workload stop "$shop"
wait_for "$dir/consume.log" "ingress remove $shop \"\""
has "successfully started" ours --namespace default workload start --type native --name sleeps \
    --start-request "$sleeper"
sleeps=$(started)
wait_for "$dir/consume.log" "metrics .*metrics.$sleeps "
has "successfully stopped" ours workload stop "$sleeps"
unreadable
kill $mine
ends $mine
kill $node
ends $node

say "their full nexlet in a node of theirs, beside local nexlets of ours; our command line"
"$full" node "$build/bin/nexlet-inmem" "$build/bin/nexlet-noop" >"$dir/embedding.log" 2>&1 &
embedding=$!
wait_for "$dir/embedding.log" "node ready"
id=$(sed -n 's/^node ready //p' "$dir/embedding.log")
has "embedding" ours node info "$id"
use_full ours ours "$id"
use_full ours theirs "$id"
start_at_last ours --namespace default workload start --type noop --name quiet \
    --start-request '{"label":"x"}'
quiet=$(started)
start_at_last ours --namespace default workload start --type inmem --name answers \
    --lifecycle function --start-request '{"output":["asked"],"events":["default.*"]}'
answers=$(started)
has "me error=\"\" workload=$answers" "$full" ask default.function.answers me
wait_for "$dir/consume.log" "logs.$answers.stdout .*asked"
# Events in their spelling: the trigger's own is one of them.
wait_for "$dir/consume.log" "logs.$answers.stdout .*default WORKLOAD"
has "$answers" theirs --namespace default workload ls
has "successfully started" ours --namespace default workload clone "$quiet"
again=$(started)
for each in "$quiet" "$again" "$answers"; do
    has "successfully stopped" ours --namespace default workload stop "$each"
done
unreadable
kill $embedding
wait $embedding || true
kill $reader
wait $reader || true
kill $nats
wait $nats || true

say "operator mode: their full nexlet, remote, with what our node mints"
"$build/bin/nex-test-operator" "$dir" >"$dir/keys"
read -r signing account <"$dir/keys"
cat >>"$dir/operator.conf" <<END
jetstream { store_dir: "$dir/js2" }
END
nats-server -a 127.0.0.1 -p 4222 -c "$dir/operator.conf" -l "$dir/operator.log" &
nats=$!
wait_for "$dir/operator.log" "Server is ready"
auth="--nats.creds-file $dir/admin.creds"
up gamma --allow-remote-agent-registration --issuer-signing-key "$signing" \
    --issuer-signing-key-root-account "$account"
"$full" remote "$dir/admin.creds" >"$dir/secured.log" 2>&1 &
remote=$!
wait_for "$dir/gamma.log" "type=full from=unknown to=healthy"
has "successfully started" ours --namespace default workload start --type full --name greet \
    --lifecycle function --start-request "$secret_request"
greet=$(started)
has "full: you error=\"\" workload=$greet" "$full" ask default.function.greet you \
    "$dir/admin.creds"
has "$greet" theirs --namespace default workload ls
has "successfully stopped" theirs --namespace default workload stop "$greet"
! grep -i "permissions violation" "$dir/secured.log" || fail "refused what its SDK does"
kill -9 $remote
wait $remote 2>/dev/null || true
kill $node
ends $node
kill $nats
wait $nats || true
say "done"
