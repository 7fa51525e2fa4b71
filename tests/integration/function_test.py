"""Functions: what they write is kept and replayed, and what they do is counted."""

from __future__ import annotations

import json
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from nexus import DEADLINE, Follower, Nexus, node_seed, wait_for

ECHO = 'read -r line; echo "said $line" >&2; echo "got $line"; [ "$line" != bad ] || exit 3'


class Nats:
    """A connection by the plain protocol."""

    def __init__(self, nexus: Nexus) -> None:
        self.socket = socket.create_connection(("127.0.0.1", nexus.port), DEADLINE)
        self.stream = self.socket.makefile("rb")
        self.send('CONNECT {"verbose":false,"headers":true,"no_responders":true}')

    def send(self, line: str, body: bytes | None = None) -> None:
        data = line.encode() + b"\r\n"
        self.socket.sendall(data if body is None else data + body + b"\r\n")

    def message(self) -> bytes:
        """The next one, headers and all."""
        while True:
            words = self.stream.readline().split()
            if not words:
                raise AssertionError("the server closed the connection")
            if words[0] in (b"MSG", b"HMSG"):
                size = int(words[-1])
                return self.stream.read(size + 2)[:size]

    def ask(self, subject: str, body: str) -> str:
        self.send(f"SUB answer.{id(self)} 1")
        self.send("UNSUB 1 1")
        self.send(f"PUB {subject} answer.{id(self)} {len(body)}", body.encode())
        answer = self.message().decode()
        assert " 503" not in answer, f"nobody answers {subject}: {answer} {body}"
        return answer


def start(nexus: Nexus, name: str, script: str, *words: str, **more: Any) -> str:
    words = ("--name", name, "--lifecycle", "function", *words)
    return nexus.workload(script, *words, environment={"PATH": "/usr/bin:/bin"}, **more)


def what_it_writes_is_kept(nexus: Nexus) -> None:
    words = ["--tags", "where=beta", "--node-seed", node_seed()]
    node = nexus.node("beta", *words)
    function = start(nexus, "echo", ECHO, "--tags", "where=beta")
    nats = Nats(nexus)
    assert nexus.run("workload", "logs", function)[0] == ""
    for word in ("one", "two", "bad"):
        assert f"got {word}" in nats.ask("system.function.echo", word + "\n") or word == "bad"
    assert nexus.run("workload", "logs", function)[0] == "said one\nsaid two\nsaid bad\n"
    assert nexus.run("workload", "logs", "--tail", "1", function)[0] == "said bad\n"
    follower = Follower(nexus, "--tail", "1", function)
    follower.wait_text("said bad\n")
    # An answer that nobody waits for is output as any other.
    nats.send("PUB system.function.echo 6", b"three\n")
    follower.wait_text("got three\n")
    node.end(signal.SIGKILL)
    nexus.node("beta", *words)
    wait_for("the function", lambda: nexus.listed(function)["workload_state"] == "warm")
    nats.ask("system.function.echo", "four\n")
    follower.wait_text("said four\n")
    expected = "said bad\nsaid three\ngot three\nsaid four\n"
    assert nexus.run("workload", "logs", function)[0] == "said one\nsaid two\n" + expected
    nexus.run("workload", "stop", function)
    assert follower.wait_end() == expected


def the_log_is_bounded(nexus: Nexus) -> None:
    script = 'i=0; while [ $i -lt 200 ]; do echo "line $i of many" >&2; i=$((i+1)); done'
    function = start(nexus, "many", script, logs={"size": 4096, "count": 2})
    nats = Nats(nexus)
    for _ in range(5):
        nats.ask("system.function.many", "")
    out, err = nexus.run("workload", "logs", function)
    kept = out.splitlines()
    assert kept[-1] == "line 199 of many" and len(kept) < 700, len(kept)
    files = list((nexus.dir / "alpha").glob(f"native/*/workloads/{function}/log.*"))
    assert 0 < len(files) <= 2 and sum(f.stat().st_size for f in files) <= 2 * 4096, files
    nexus.run("workload", "stop", function)


def messages_are_counted(nexus: Nexus) -> None:
    burn = ECHO.replace("; [", "; i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; [")
    function = start(nexus, "counts", burn)
    figures = Nats(nexus)
    figures.send(f"SUB $NEX.FEED.system.metrics.{function} 7")
    nats = Nats(nexus)
    for word in ("one", "two", "bad"):
        nats.ask("system.function.counts", word + "\n")
    metadata = nexus.json("workload", "info", function)["metadata"]
    assert metadata["calls"] == "3" and metadata["calls_failed"] == "1", metadata
    assert metadata["calls_running"] == "0" and metadata["calls_waiting"] == "0", metadata
    assert float(metadata["cpu_seconds"]) > 0 and metadata["pids"] == "0", metadata
    figure: dict[str, Any] = {}
    while figure.get("calls_failed") != 1:
        figure = json.loads(figures.message().split(b"\r\n\r\n", 1)[-1])
    assert figure["calls"] == 3 and figure["cpu_seconds"] > 0, figure
    nexus.run("workload", "stop", function)


def warm_ones_are_measured(nexus: Nexus) -> None:
    script = "echo ready >&2; while read -r _ head body; do head -c $((head + body)) >/dev/null; "
    script += "echo working >&2; printf 'ok 2\\nhi'; done"
    function = start(nexus, "warm", script, function={"warm": 2})
    nats = Nats(nexus)
    assert nats.ask("system.function.warm", "x").endswith("hi")
    out = nexus.run("workload", "logs", function)[0]
    assert out.count("working\n") == 1 and out.count("ready\n") >= 1, out

    def both() -> bool:
        return str(nexus.json("workload", "info", function)["metadata"]["pids"]) == "2"

    wait_for("two processes", both)
    metadata = nexus.json("workload", "info", function)["metadata"]
    assert int(metadata["memory"]) > 0 and metadata["calls"] == "1", metadata
    nexus.run("workload", "stop", function)


def triggers_belong_to_the_namespace(nexus: Nexus) -> None:
    for trigger in ("other.orders", ">", "*.x", "$JS.API.>", "_INBOX.>", "$NEX.>", "defaultx.y"):
        request = json.dumps({"uri": "/bin/cat", "triggers": ["default.fine", trigger]})
        words = ["--namespace", "default", "workload", "start", "--name", "hears", "--lifecycle", "function"]
        out, err = nexus.run(*words, "--start-request", request, status=1)
        assert "triggers" in err and trigger in err and "namespace" in err, err
    assert nexus.json("workload", "list") == []


def main() -> None:
    with Nexus(Path(sys.argv[1]).resolve()) as nexus:
        nexus.node("alpha", "--workload-metrics-interval", "200ms", "--tags", "where=alpha")
        for test in (
            messages_are_counted,
            warm_ones_are_measured,
            the_log_is_bounded,
            triggers_belong_to_the_namespace,
            what_it_writes_is_kept,
        ):
            print(test.__name__, flush=True)
            test(nexus)


if __name__ == "__main__":
    main()
