"""An https server on a free port of 127.0.0.1 that serves well, badly and elsewhere.

Makes a certificate of its own in the directory given, prints the port and a line break, and ends
when its standard input does.
"""

import http.server
import ssl
import subprocess
import sys
import threading
from pathlib import Path

BODY = b"#!/bin/sh\necho fetched\n"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        port = self.server.server_address[1]
        if self.path == "/good":
            self.answer(200, len(BODY))
        elif self.path == "/truncated":
            self.answer(200, len(BODY) + 100)
        elif self.path == "/to-good":
            self.redirect(f"https://127.0.0.1:{port}/good")
        elif self.path == "/to-http":
            self.redirect(f"http://127.0.0.1:{port}/good")
        elif self.path == "/to-file":
            self.redirect("file:///bin/sh")
        elif self.path == "/round":
            self.redirect(f"https://127.0.0.1:{port}/round")
        else:
            self.send_error(404)

    def answer(self, status: int, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(BODY)
        self.close_connection = True

    def redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def make_certificate(directory: Path) -> tuple[Path, Path]:
    certificate, key = directory / "ca.pem", directory / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )
    return certificate, key


def main() -> None:
    certificate, key = make_certificate(Path(sys.argv[1]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


main()
