#!/bin/sh
# Our programs with those of the Go reference, on a nats-server that is secured: with user and
# password, and in operator mode with a creds file.
#
# usage: reference_secured.sh BUILD-DIR
set -eu
. "$(dirname "$0")/lib.sh"

# use NODE-ID START STOP: what both command lines do with a node, the one starting, the other stopping
use() {
    has "$1" "$2" node ls
    has "$1" "$3" node ls
    has "$1" "$2" node info "$1"
    start_at_last "$2" --namespace default workload start --type native \
        --name "of-$2" --start-request "$sleeper"
    one=$(started)
    has "$one" "$3" --namespace default workload ls
    has "successfully started" "$2" --namespace default workload clone "$one"
    two=$(started)
    has "$two" "$2" --namespace default workload ls
    has "successfully stopped" "$3" --namespace default workload stop "$one"
    has "successfully stopped" "$2" --namespace default workload stop "$two"
}
# refused COMMAND...: it says that it may not (the reference's ends with status 0 all the same)
refused() {
    "$@" >"$dir/out" 2>&1 || true
    grep -qi "authorization" "$dir/out" || fail "no word of authorization from \"$*\": $(cat "$dir/out")"
}

say "user and password"
cat >"$dir/password.conf" <<'END'
authorization { users = [ { user: nex, password: s3cret } ] }
END
nats-server -a 127.0.0.1 -p 4222 -js -sd "$dir/js" -c "$dir/password.conf" -l "$dir/nats.log" &
nats=$!
wait_for "$dir/nats.log" "Server is ready"
refused ours node ls
refused theirs node ls
auth="--nats.user nex --nats.password s3cret"
up alpha
alpha=$node
use "$id" theirs ours
use "$id" ours theirs
kill $alpha
ends $alpha
say "user and password, their node" # whose nexlet does not get in: it is told no credentials
up_theirs beta
beta=$node
has "$id" ours node ls
has "beta" ours node info "$id"
kill $beta
wait $beta || true
kill $nats
wait $nats || true

say "operator mode and a creds file"
auth=
"$build/bin/nex-test-operator" "$dir" >"$dir/keys"
read -r signing account <"$dir/keys"
cat >>"$dir/operator.conf" <<END
jetstream { store_dir: "$dir/js2" }
END
nats-server -a 127.0.0.1 -p 4222 -c "$dir/operator.conf" -l "$dir/operator.log" &
nats=$!
wait_for "$dir/operator.log" "Server is ready"
refused ours node ls
refused theirs node ls
auth="--nats.creds-file $dir/admin.creds"
up gamma --issuer-signing-key "$signing" --issuer-signing-key-root-account "$account"
gamma=$node
use "$id" theirs ours
use "$id" ours theirs
kill $gamma
ends $gamma
say "operator mode, their node"
up_theirs delta --issuer-signing-key "$signing" --issuer-signing-key-root-account "$account"
delta=$node
use "$id" ours theirs
kill $delta
wait $delta || true
kill $nats
wait $nats || true
say "done"
