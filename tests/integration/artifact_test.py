"""nex artifact push, list and rm, and the workload that runs what was pushed."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

from nexus import DEADLINE, Nexus, wait_for

MEGABYTE = 1 << 20
CACHE = 300_000  # bytes


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def stream_messages(nexus: Nexus, bucket: str) -> int:
    """What the bucket's stream holds, chunks of no object included."""
    words = [sys.executable, str(Path(__file__).with_name("ask.py")), str(nexus.port)]
    answer = subprocess.run(
        [*words, f"$JS.API.STREAM.INFO.OBJ_{bucket}"], capture_output=True, check=True
    )
    return int(json.loads(answer.stdout)["state"]["messages"])


def pushes_what_workloads_run(nexus: Nexus) -> None:
    program = nexus.dir / "hello"
    program.write_text("#!/bin/sh\necho hello from an artifact; exec sleep 600\n")
    out, err = nexus.run("artifact", "push", str(program))
    assert "nats://artifacts/hello:latest" in out and f"sha256: {sha256(program)}" in out, out
    assert err == "", err
    pushed = nexus.json("artifact", "push", str(program), "--name", "apps/hello:1.2")
    assert pushed == {
        "uri": "nats://apps/hello:1.2",
        "bucket": "apps",
        "name": "hello",
        "tag": "1.2",
        "size": program.stat().st_size,
        "sha256": sha256(program),
    }, pushed
    request = {"uri": pushed["uri"], "sha256": pushed["sha256"]}
    started = nexus.json("workload", "start", "--start-request", json.dumps(request))
    workload = str(started["id"])
    wait_for(
        "its output",
        lambda: nexus.run("workload", "logs", workload)[0] == "hello from an artifact\n",
    )
    nexus.run("workload", "stop", workload)
    listed = nexus.json("artifact", "list")
    assert sorted(a["uri"] for a in listed) == [
        "nats://apps/hello:1.2",
        "nats://artifacts/hello:latest",
    ], listed
    assert {a["sha256"] for a in listed} == {sha256(program)}
    assert len(nexus.json("artifact", "ls", "apps")) == 1
    assert sha256(program) in nexus.run("artifact", "list")[0]
    # Another file takes the name's place, whole, and nothing of the old one is left.
    program.write_text("#!/bin/sh\nexit 3\n")
    nexus.run("artifact", "push", str(program), "--name", "nats://apps/hello:1.2")
    assert nexus.json("artifact", "list", "apps")[0]["sha256"] == sha256(program)
    assert stream_messages(nexus, "apps") == 2
    assert "deleted" in nexus.run("artifact", "rm", "apps/hello:1.2")[0]
    assert nexus.json("artifact", "list", "apps") == []
    assert "not found" in nexus.run("artifact", "rm", "apps/hello:1.2", status=1)[1]
    assert "not found" in nexus.run("artifact", "rm", "nowhere/hello", status=1)[1]


def says_what_is_wrong(nexus: Nexus) -> None:
    file = nexus.dir / "file"
    file.write_text("x")
    for words, status, text in (
        (["push", "nosuch"], 1, "nosuch: No such file"),
        (["push", "."], 1, "is no file"),
        (["push", "file", "--name", "a b/c"], 2, "is no name of an artifact"),
        (["push", "file", "--name", "apps/"], 2, "is no name of an artifact"),
        (["push"], 2, "FILE"),
        (["rm"], 2, "NAME"),
        (["list", "nosuch"], 1, "nosuch"),
    ):
        out, err = nexus.run("artifact", *words, status=status)
        assert out == "" and text in err, (words, err)


def takes_large_files_with_a_bar(nexus: Nexus) -> None:
    """64 MB, at a terminal; and without one no bar."""
    large = nexus.dir / "large"
    with large.open("wb") as f:
        for _ in range(64):
            f.write(os.urandom(MEGABYTE))
    master, slave = pty.openpty()
    child = subprocess.Popen(
        nexus.words("artifact", "push", str(large)), stdout=subprocess.PIPE, stderr=slave
    )
    os.close(slave)
    shown = b""
    while select.select([master], [], [], DEADLINE)[0]:
        try:
            piece = os.read(master, 65536)
        except OSError:  # the other end is gone
            break
        if not piece:
            break
        shown += piece
    out = child.communicate(timeout=DEADLINE)[0].decode()
    os.close(master)
    assert child.returncode == 0 and sha256(large) in out, out
    assert b"100 %" in shown and b"MB/s" in shown and shown.endswith(b"\r\x1b[K"), shown[-200:]
    out, err = nexus.run("artifact", "push", str(large), "--name", "big/large")
    assert err == "" and sha256(large) in out
    assert nexus.json("artifact", "list", "big")[0]["size"] == 64 * MEGABYTE


def leaves_nothing_half_done(nexus: Nexus) -> None:
    """Neither an interrupt nor a kill in the midst leaves an object, or changes the one there."""
    large = nexus.dir / "large"
    before = nexus.json("artifact", "list", "big")
    held = stream_messages(nexus, "big")
    for number in (signal.SIGINT, signal.SIGKILL):
        changed = nexus.dir / "changed"
        changed.write_bytes(os.urandom(MEGABYTE) + large.read_bytes())
        child = subprocess.Popen(
            nexus.words("artifact", "push", str(changed), "--name", "big/large"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        wait_for("chunks to arrive", lambda: stream_messages(nexus, "big") > held + 20)
        child.send_signal(number)
        out, err = child.communicate(timeout=DEADLINE)
        assert child.returncode != 0 and out == b"", (child.returncode, out)
        assert nexus.json("artifact", "list", "big") == before
        if number == signal.SIGINT:
            assert b"nothing was stored" in err, err
            wait_for("the chunks to be dropped", lambda: stream_messages(nexus, "big") == held)


def the_cache_is_bounded(nexus: Nexus) -> None:
    """Workloads side by side get what they asked for, though not all of it fits into the cache."""
    shared = next((nexus.dir / "alpha" / "native").glob("*")) / "shared"
    workloads = []
    for i in range(5):
        program = nexus.dir / f"large{i}"
        text = f"#!/bin/sh\necho number {i}; exec sleep 600\n"
        program.write_text(text + f"# {i}\n" * (CACHE // 3 // 4))
        uri = str(nexus.json("artifact", "push", str(program))["uri"])
        request = json.dumps({"uri": uri})
        words = nexus.words("--json", "workload", "start", "--start-request", request)
        workloads.append(subprocess.Popen(words, stdout=subprocess.PIPE))
    for i, start in enumerate(workloads):
        out, _ = start.communicate(timeout=DEADLINE)
        assert start.returncode == 0, i
        workload = str(json.loads(out)["id"])

        def said(workload: str = workload, text: str = f"number {i}\n") -> bool:
            return nexus.run("workload", "logs", workload)[0] == text

        wait_for("its output", said)
        nexus.run("workload", "stop", workload)
    kept = [file.stat().st_size for file in shared.iterdir()]
    assert len(kept) >= 2 and sum(kept) <= CACHE, kept


def main() -> None:
    with Nexus(Path(sys.argv[1]).resolve()) as nexus:
        nexus.node("alpha", "--artifact-cache-bytes", str(CACHE))
        for test in (
            pushes_what_workloads_run,
            says_what_is_wrong,
            takes_large_files_with_a_bar,
            leaves_nothing_half_done,
            the_cache_is_bounded,
        ):
            print(test.__name__, flush=True)
            test(nexus)


if __name__ == "__main__":
    main()
