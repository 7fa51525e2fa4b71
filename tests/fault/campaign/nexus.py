"""A nats-server, a node and the command line, as processes that may be killed at any time."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from processes import alive, wait_until

PATIENCE = 30.0


def make_seed() -> str:
    """The seed of a new server key: two prefix bytes, 32 random ones, CRC-16."""
    seed_prefix, server = 18 << 3, 13 << 3
    raw = bytes([seed_prefix | server >> 5, (server & 31) << 3]) + os.urandom(32)
    crc = 0
    for byte in raw:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ (0x1021 if crc & 0x8000 else 0)) & 0xFFFF
    return base64.b32encode(raw + crc.to_bytes(2, "little")).decode().rstrip("=")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Nexus:
    """One node with its NATS server. Both are started anew with the same state."""

    def __init__(self, bin_dir: Path, work: Path, node_words: list[str]) -> None:
        self.bin = bin_dir
        self.work = work
        self.resources = work / "resources"
        self.port = free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        self.seed = make_seed()
        self.words = node_words
        self.wrapper: list[str] = []  # what the node is run by, if anything
        self.prepare: Callable[[], None] | None = None  # done in the node before it runs
        self.node: subprocess.Popen[bytes] | None = None
        self.server: subprocess.Popen[bytes] | None = None
        self.node_log = work / "node.log"
        self.node_environment: dict[str, str] = {}  # besides:
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(work)}
        for key, value in os.environ.items():
            if key.endswith("SAN_OPTIONS"):
                self.environment[key] = value

    # ---- nats-server

    def start_server(self) -> None:
        words = ["nats-server", "-a", "127.0.0.1", "-p", str(self.port)]
        words += ["-js", "-sd", str(self.work / "jetstream")]
        with open(self.work / "nats.log", "ab") as log:
            self.server = subprocess.Popen(words, stdout=log, stderr=log)

        def check() -> str:
            with socket.socket() as probe:
                probe.settimeout(1)
                return "" if probe.connect_ex(("127.0.0.1", self.port)) == 0 else "no connection"

        wait_until("nats-server", PATIENCE, check)

    def kill_server(self) -> None:
        assert self.server is not None
        self.server.kill()
        self.server.wait()

    # ---- node

    def start_node(self, ready: bool = True) -> None:
        before = self.ready_lines()
        words = [*self.wrapper, str(self.bin / "nex"), "-s", self.url, "node", "up"]
        words += ["--node-seed", self.seed, "--resource-directory", str(self.resources)]
        with open(self.node_log, "ab") as log:
            self.node = subprocess.Popen(
                [*words, *self.words],
                stdout=log,
                stderr=log,
                env=self.environment | self.node_environment,
                preexec_fn=self.prepare,
            )
        if ready:
            self.wait_ready(before)

    def ready_lines(self) -> int:
        return self.log_text().count("nex node ready")

    def log_text(self) -> str:
        return self.node_log.read_text(errors="replace") if self.node_log.exists() else ""

    def wait_ready(self, before: int) -> None:
        def check() -> str:
            assert self.node is not None
            status = self.node.poll()
            if status is not None:
                raise AssertionError(f"the node ended with {status}: {self.log_text()[-2000:]}")
            return "" if self.ready_lines() > before else "the node is not ready"

        wait_until("node", PATIENCE, check)

    def kill_node(self, number: int = signal.SIGKILL) -> None:
        assert self.node is not None
        self.node.send_signal(number)
        self.node.wait(timeout=PATIENCE)

    def node_children(self) -> list[int]:
        assert self.node is not None
        try:
            text = Path(f"/proc/{self.node.pid}/task/{self.node.pid}/children").read_text()
        except OSError:
            return []
        return [int(pid) for pid in text.split() if alive(int(pid))]

    # ---- command line

    def command(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.bin / "nex"), "-s", self.url, "--nats.timeout", "2s", "--json", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            env=self.environment,
        )

    def start_words(self, name: str, request: dict[str, Any]) -> list[str]:
        text = json.dumps(request)
        return ["workload", "start", "--name", name, "--start-request", text]

    def start_workload(self, name: str, request: dict[str, Any]) -> str:
        """Starts one and gives its id."""
        command = self.command(*self.start_words(name, request))
        out, err = command.communicate(timeout=PATIENCE)
        if command.returncode != 0:
            raise AssertionError(f"start of {name}: {err}")
        identity: str = json.loads(out)["id"]
        return identity

    def list_workloads(self) -> list[dict[str, Any]] | None:
        """None: the list could not be had."""
        command = self.command("workload", "list")
        try:
            out, _ = command.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:  # on a machine that has no time for it
            command.kill()
            out, _ = command.communicate()
        if command.returncode != 0 or not out.strip():
            return None
        found: list[dict[str, Any]] = json.loads(out)
        return found

    def end(self) -> None:
        for pid in self.node_children() if self.node is not None else []:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)  # a nexlet of its own would outlive the node
        for process in (self.node, self.server):
            if process is not None and process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    process.send_signal(signal.SIGCONT)
                process.kill()
                process.wait()
