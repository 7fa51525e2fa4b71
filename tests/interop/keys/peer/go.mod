module nex/tests/interop/keys/peer

go 1.21

require github.com/nats-io/nkeys v0.4.6

require (
	golang.org/x/crypto v0.14.0 // indirect
	golang.org/x/sys v0.13.0 // indirect
)
