"""Prints the messages of a subject: tap.py PORT SUBJECT."""

from __future__ import annotations

import socket
import sys


def main() -> None:
    with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as s:
        s.sendall(b'CONNECT {"verbose":false}\r\n' + f"SUB {sys.argv[2]} 1\r\nPING\r\n".encode())
        lines = s.makefile("rb")
        for line in lines:
            if line.startswith(b"PING"):
                s.sendall(b"PONG\r\n")
            elif line.startswith(b"PONG"):
                print("listening", flush=True)
            elif line.startswith((b"MSG", b"HMSG")):
                size = int(line.split()[-1])
                print(lines.read(size + 2).decode(errors="replace"), end="", flush=True)


if __name__ == "__main__":
    main()
