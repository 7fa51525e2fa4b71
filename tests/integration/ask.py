"""Sends one request and prints the body of its answer: ask.py PORT SUBJECT [BODY]."""

from __future__ import annotations

import socket
import sys


def main() -> None:
    subject = sys.argv[2]
    body = (sys.argv[3] if len(sys.argv) > 3 else "").encode()
    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10) as s:
        connect = b'CONNECT {"verbose":false,"headers":true,"no_responders":true}\r\n'
        request = f"SUB answer 1\r\nPUB {subject} answer {len(body)}\r\n".encode()
        s.sendall(connect + request + body + b"\r\n")
        lines = s.makefile("rb")
        for line in lines:
            words = line.split()
            if words and words[0] == b"MSG":
                print(lines.read(int(words[-1])).decode())
                return
            if words and words[0] == b"HMSG":
                whole = lines.read(int(words[-1]))
                print(whole[int(words[-2]) :].decode())
                return


if __name__ == "__main__":
    main()
