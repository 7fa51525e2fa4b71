#!/usr/bin/env python3
"""A workload that writes as fast as it can: disk and memory stay bounded, and it is not held up or
killed; and one that writes many short lines, of which a reader that keeps up gets each, in order.

    flood.py --bin build/bin --seconds 10 --lines 1000000
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path

from nexus import PATIENCE, Nexus
from oracle import MARK, NAME, Oracle
from processes import monitors, wait_until

LOG_BYTES, LOG_FILES = 1 << 20, 4
MEMORY_MAX = 64 << 20


def must(condition: object, what: str) -> None:
    if not condition:
        raise AssertionError(what)


def start(nexus: Nexus, oracle: Oracle, name: str, script: str, lifecycle: str) -> str:
    request = {
        "uri": "file:///usr/bin/python3",
        "argv": ["-c", script],
        "environment": {MARK: oracle.run, NAME: name, "PATH": "/usr/bin:/bin"},
        "logs": {"size": LOG_BYTES, "count": LOG_FILES},
    }
    words = [*nexus.start_words(name, request), "--lifecycle", lifecycle]
    command = nexus.command(*words)
    out, err = command.communicate(timeout=PATIENCE)
    must(command.returncode == 0, f"start: {err}")
    identity: str = json.loads(out)["id"]
    return identity


def anonymous(pid: int) -> int:
    """Bytes of memory that are a process's own."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) << 10
    return 0


def on_disk(directory: Path) -> int:
    total = 0
    for file in directory.rglob("log.*"):
        with contextlib.suppress(FileNotFoundError):  # it was the oldest, and is gone
            total += file.lstat().st_blocks * 512
    return total


class Feed:
    """Reads a subject of a NATS server by its plain protocol, as fast as it comes."""

    def __init__(self, port: int, subject: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.stream = self.socket.makefile("rb")
        self.stream.readline()
        self.socket.sendall(b'CONNECT {"verbose":false}\r\nSUB %s 1\r\nPING\r\n' % subject.encode())
        while self.stream.readline() != b"PONG\r\n":
            pass
        self.socket.settimeout(PATIENCE)

    def payload(self) -> bytes:
        """The next message."""
        while True:
            words = self.stream.readline().split()
            if not words:
                raise AssertionError("the NATS server closed the connection")
            if words[0] == b"PING":
                self.socket.sendall(b"PONG\r\n")
            elif words[0] == b"MSG":
                size = int(words[-1])
                return self.stream.read(size + 2)[:size]


def flood(nexus: Nexus, oracle: Oracle, seconds: float, figures: dict[str, float]) -> None:
    """All that the pipe takes, and nobody who reads the feed."""
    script = "import os\nb = (b'x' * 1023 + b'\\n') * 64\nwhile True: os.write(1, b)"
    identity = start(nexus, oracle, "flood", script, "service")
    assert nexus.node is not None
    pid = oracle.processes()[0].pid
    monitor = monitors(nexus.resources)[identity]
    began, bytes_before = time.monotonic(), written(pid)
    most = {"node_anonymous": 0, "monitor_anonymous": 0, "log_on_disk": 0}
    while time.monotonic() - began < seconds:
        seen = (anonymous(nexus.node.pid), anonymous(monitor), on_disk(nexus.resources))
        for key, value in zip(most, seen, strict=True):
            most[key] = max(most[key], value)
        must(oracle.processes()[0].pid == pid, "the workload was killed")
        time.sleep(0.1)
    lasted = time.monotonic() - began
    figures["mb_per_second"] = round((written(pid) - bytes_before) / lasted / 1e6, 1)
    figures |= {f"most_{key}_kb": value >> 10 for key, value in most.items()}
    must(most["log_on_disk"] <= LOG_BYTES * (LOG_FILES + 1), f"log on disk: {most}")
    if b"__asan_init" not in (nexus.bin / "nex").read_bytes():  # which keeps what was freed
        must(most["node_anonymous"] <= MEMORY_MAX, f"memory of the node: {most}")
        must(most["monitor_anonymous"] <= 1 << 20, f"memory of the monitor: {most}")
    listed = nexus.list_workloads()
    must(listed and listed[0]["workload_state"] == "running", f"list: {listed}")
    command = nexus.command("workload", "stop", identity)
    _, err = command.communicate(timeout=PATIENCE)
    must(command.returncode == 0, f"stop: {err}")


def written(pid: int) -> int:
    for line in Path(f"/proc/{pid}/io").read_text().splitlines():
        if line.startswith("wchar:"):
            return int(line.split()[1])
    return 0


def lines(nexus: Nexus, oracle: Oracle, count: int, figures: dict[str, float]) -> None:
    """Many short lines to one who reads all that comes. The writer waits for the reader where the
    log could not hold what is between them, as one who wants each line must."""
    feed = Feed(nexus.port, "$NEX.FEED.system.logs.*.stdout")
    ahead = nexus.work / "ahead"
    ahead.write_text("0")
    script = (
        "import sys, time\n"
        f"def seen(): return int(open({str(ahead)!r}).read() or 0)\n"
        f"for i in range({count}):\n"
        "    if i % 20000 == 0:\n"
        "        sys.stdout.flush()\n"
        "        while i - seen() > 100000: time.sleep(0.001)\n"
        "    sys.stdout.write('line %d\\n' % i)\n"
    )
    start(nexus, oracle, "lines", script, "job")
    began, wanted, rest, noted = time.monotonic(), 0, b"", 0
    while wanted < count:
        parts = (rest + feed.payload()).split(b"\n")
        rest = parts.pop()
        for part in parts:
            must(part == b"line %d" % wanted, f"line {wanted}: got {part[:80]!r}")
            wanted += 1
        if wanted - noted >= 10000:
            noted = wanted
            ahead.with_suffix(".new").write_text(str(wanted))
            os.replace(ahead.with_suffix(".new"), ahead)
    figures["lines"] = count
    figures["lines_per_second"] = round(count / (time.monotonic() - began))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", type=Path, required=True, help="where nex lies")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--lines", type=int, default=1000000)
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="nex-flood-"))
    nexus = Nexus(options.bin.resolve(), work, [])
    oracle = Oracle(nexus)
    figures: dict[str, float] = {}
    status = 0
    try:
        nexus.start_server()
        nexus.start_node()
        flood(nexus, oracle, options.seconds, figures)
        lines(nexus, oracle, options.lines, figures)
        wait_until("the end", PATIENCE, lambda: str(oracle.processes() or ""))
        nexus.kill_node(signal.SIGTERM)
        print(json.dumps(figures))
    except (AssertionError, OSError) as wrong:
        print(f"{wrong}\nthe node's log ends with:\n{nexus.log_text()[-3000:]}", file=sys.stderr)
        status = 1
    finally:
        nexus.end()
        oracle.kill_rest()
    shutil.rmtree(work, ignore_errors=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
