"""A nats-server, nodes and the command nex, for tests that are written in Python."""

from __future__ import annotations

import base64
import binascii
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Callable, Sequence

DEADLINE = 30.0


def wait_for(what: str, ready: Callable[[], bool], deadline: float = DEADLINE) -> None:
    """Asks until it is so; fails after the deadline."""
    end = time.monotonic() + deadline
    while not ready():
        if time.monotonic() > end:
            raise AssertionError(f"waited {deadline:.0f} s for {what}")
        select.select([], [], [], 0.01)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def node_seed() -> str:
    """A new seed of a server key, SN..."""
    server, seed = 13 << 3, 18 << 3
    raw = bytes([seed | server >> 5, (server & 31) << 3]) + os.urandom(32)
    check = binascii.crc_hqx(raw, 0)
    return base64.b32encode(raw + check.to_bytes(2, "little")).decode().rstrip("=")


class Process:
    """A program with its output in a file."""

    def __init__(self, words: Sequence[str], log: Path, cwd: Path) -> None:
        self.log = log
        with log.open("ab") as out:
            self.child = subprocess.Popen(words, stdout=out, stderr=out, cwd=cwd)

    def text(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_text(self, text: str, count: int = 1) -> None:
        def there() -> bool:
            if self.child.poll() is not None:
                raise AssertionError(f"it ended ({self.child.returncode}): {self.text()}")
            return self.text().count(text) >= count

        wait_for(f'"{text}" in {self.log}', there)

    def end(self, number: int = signal.SIGTERM) -> int:
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGCONT)
            self.child.send_signal(number)
        return self.child.wait(DEADLINE)


class Nexus:
    """A server and what is started on it; all is ended and removed at the end."""

    def __init__(self, build: Path, jetstream: bool = True, server_config: str = "") -> None:
        self.build = build
        self.dir = Path(tempfile.mkdtemp(prefix="nex-test-"))
        self.port = free_port()
        self.jetstream = jetstream
        self.server_config = server_config
        self.processes: list[Process] = []
        self.server = self.start_server()

    def __enter__(self) -> Nexus:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            for process in self.processes:
                print(f"--- {process.log.name}\n{process.text()[-4000:]}", flush=True)
        for process in reversed(self.processes):
            process.end()
        shutil.rmtree(self.dir, ignore_errors=True)

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def start(self, words: Sequence[str], name: str) -> Process:
        process = Process(words, self.dir / f"{name}.{len(self.processes)}.log", self.dir)
        self.processes.append(process)
        return process

    def start_server(self) -> Process:
        words = ["nats-server", "-a", "127.0.0.1", "-p", str(self.port)]
        if self.jetstream:
            words += ["-js", "-sd", str(self.dir / "js")]
        if self.server_config:
            config = self.dir / "server.conf"
            config.write_text(self.server_config)
            words += ["-c", str(config)]
        server = self.start(words, "server")
        server.wait_text("Server is ready")
        return server

    def words(self, *words: str) -> list[str]:
        return [str(self.build / "bin" / "nex"), "-s", self.url, *words]

    def node(self, name: str, *words: str, program: Path | None = None) -> Process:
        """Starts a node, and waits until it is ready."""
        up = self.words("node", "up", "--node-name", name)
        if program is not None:
            up[0] = str(program)
        up += ["--resource-directory", str(self.dir / name), *words]
        node = self.start(up, f"node-{name}")
        node.wait_text("nex node ready")
        return node

    def run(self, *words: str, status: int = 0, timeout: float = DEADLINE) -> tuple[str, str]:
        """Runs nex; its standard output and standard error."""
        done = subprocess.run(
            self.words(*words), capture_output=True, cwd=self.dir, timeout=timeout
        )
        out = done.stdout.decode(errors="replace")
        err = done.stderr.decode(errors="replace")
        if done.returncode != status:
            raise AssertionError(f"{words}: exit status {done.returncode}: {err}\n{out[-2000:]}")
        return out, err

    def json(self, *words: str) -> Any:
        return json.loads(self.run("--json", *words)[0])

    def workload(self, script: str, *words: str, **more: Any) -> str:
        """Starts a shell script; the id of the workload."""
        request = {"uri": "/bin/sh", "argv": ["-c", script], **more}
        started = self.json("workload", "start", "--start-request", json.dumps(request), *words)
        return str(started["id"])

    def listed(self, workload: str) -> dict[str, Any]:
        found = [w for w in self.json("workload", "list") if w["id"] == workload]
        if len(found) != 1:
            raise AssertionError(f"{workload} is listed {len(found)} times")
        return dict(found[0])


class Follower:
    """nex workload logs -f, in the background."""

    def __init__(self, nexus: Nexus, *words: str) -> None:
        self.out = nexus.dir / f"follow.{len(os.listdir(nexus.dir))}"
        self.err = self.out.with_suffix(".err")
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.child = subprocess.Popen(
                nexus.words("workload", "logs", "-f", *words), stdout=out, stderr=err
            )

    def text(self) -> str:
        return self.out.read_text()

    def wait_text(self, text: str, deadline: float = DEADLINE) -> None:
        """Looks at what is new only, since there may be much."""
        seen = bytearray()
        with self.out.open("rb") as out:

            def there() -> bool:
                nonlocal seen
                new = out.read(1 << 24)
                seen = seen[-len(text.encode()) :] + new
                return text.encode() in seen

            wait_for(f'"{text}" in the followed output', there, deadline)

    def wait_end(self) -> str:
        status = self.child.wait(DEADLINE)
        if status != 0:
            raise AssertionError(f"the follower ended with {status}: {self.err.read_text()}")
        return self.text()
