// Opens boxes and verifies signatures made by libnex, and makes both for it to read, with the
// Go library. One request a line on standard input, tab-separated; one answer a line.
//
//	open    receiver-seed sender-public box-base64      -> message-base64
//	seal    sender-seed receiver-public message-base64  -> box-base64
//	verify  public message-base64 signature-base64      -> ok
//	sign    seed message-base64                         -> signature-base64
//	public  seed                                        -> public
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"strings"

	"github.com/nats-io/nkeys"
)

func answer(fields []string) (string, error) {
	b64 := base64.StdEncoding
	arg := func(i int) string {
		if i < len(fields) {
			return fields[i]
		}
		return ""
	}
	bytes := func(i int) []byte {
		data, err := b64.DecodeString(arg(i))
		if err != nil {
			panic(err)
		}
		return data
	}
	if arg(0) == "verify" {
		key, err := nkeys.FromPublicKey(arg(1))
		if err != nil {
			return "", err
		}
		return "ok", key.Verify(bytes(2), bytes(3))
	}
	if arg(0) == "open" || arg(0) == "seal" {
		key, err := nkeys.FromCurveSeed([]byte(arg(1)))
		if err != nil {
			return "", err
		}
		var out []byte
		if arg(0) == "open" {
			out, err = key.Open(bytes(3), arg(2))
		} else {
			out, err = key.Seal(bytes(3), arg(2))
		}
		return b64.EncodeToString(out), err
	}
	var key nkeys.KeyPair
	var err error
	if strings.HasPrefix(arg(1), "SX") {
		key, err = nkeys.FromCurveSeed([]byte(arg(1)))
	} else {
		key, err = nkeys.FromSeed([]byte(arg(1)))
	}
	if err != nil {
		return "", err
	}
	switch arg(0) {
	case "sign":
		signature, err := key.Sign(bytes(2))
		return b64.EncodeToString(signature), err
	case "public":
		return key.PublicKey()
	}
	return "", fmt.Errorf("unknown request %q", arg(0))
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		text, err := answer(strings.Split(lines.Text(), "\t"))
		if err != nil {
			text = "error: " + err.Error()
		}
		fmt.Println(text)
	}
}
