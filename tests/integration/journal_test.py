"""The node's journal: whatever becomes of the KV bucket, nothing that runs is lost or run twice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable

from nexus import Follower, Nexus, Process, node_seed, wait_for


class Run:
    """A nexus with one node, which is ended and started again."""

    def __init__(self, nexus: Nexus, *words: str) -> None:
        self.nexus = nexus
        self.words = ["--node-seed", node_seed(), *words]
        self.node = nexus.node("alpha", *self.words)
        self.node_id = str(nexus.json("node", "list")[0]["node_id"])

    @property
    def journal(self) -> Path:
        return self.nexus.dir / "alpha" / "node" / self.node_id / "journal"

    def kill(self) -> None:
        self.node.end(signal.SIGKILL)

    def up(self, program: Path | None = None) -> Process:
        self.node = self.nexus.node("alpha", *self.words, program=program)
        return self.node

    def start(self, name: str, script: str = "", *words: str) -> str:
        """A workload that notes each of its starts."""
        note = f"echo $$ >> {self.nexus.dir}/{name}; echo {name} started;"
        return self.nexus.workload(note + (script or "exec sleep 600"), "--name", name, *words)

    def starts(self, name: str) -> list[int]:
        return [int(pid) for pid in (self.nexus.dir / name).read_text().split()]

    def wait_started(self, *names: str) -> None:
        for name in names:
            path = self.nexus.dir / name
            wait_for(f"{name} to run", lambda path=path: path.exists() and path.stat().st_size > 0)

    def running(self) -> dict[str, dict[str, Any]]:
        listed = self.nexus.json("workload", "list")
        return {w["name"]: w for w in listed if w["workload_state"] == "running"}

    def assert_adopted(self, *names: str) -> None:
        """They all run, each as the process that was started once."""
        wait_for("all to run", lambda: set(names) <= set(self.running()))
        running = self.running()
        for name in names:
            pids = self.starts(name)
            assert pids == [int(running[name]["metadata"]["pid"])], (name, pids, running[name])
            os.kill(pids[0], 0)
            info = self.nexus.json("workload", "info", str(running[name]["id"]))
            assert info["start_request"]["uri"] == "/bin/sh", info


def bucket(nexus: Nexus) -> Path:
    """Where the server keeps the node's bucket."""
    found = list((nexus.dir / "js").rglob("KV_nex-*"))
    assert len(found) == 1, found
    return found[0]


def restart_server(nexus: Nexus, change: Callable[[], None]) -> None:
    nexus.server.end()
    change()
    nexus.server = nexus.start_server()


def a_lost_bucket_loses_nothing(build: Path) -> None:
    with Nexus(build) as nexus:
        run = Run(nexus, "--state", "kv")
        ids = [run.start(name) for name in ("a", "b", "c")]
        run.wait_started("a", "b", "c")
        nexus.run("workload", "stop", ids[2])
        run.kill()
        restart_server(nexus, lambda: shutil.rmtree(bucket(nexus)))
        node = run.up()
        node.wait_text("lacks workloads of the node's journal")
        run.assert_adopted("a", "b")
        assert "c" not in run.running()
        # It is in the bucket again, for a node that has lost its journal instead.
        run.kill()
        run.journal.unlink()
        run.up()
        run.assert_adopted("a", "b")


def an_older_bucket_brings_nothing_back(build: Path) -> None:
    with Nexus(build) as nexus:
        run = Run(nexus, "--state", "kv")
        stopped = run.start("stopped")
        job = run.start("job", "exit 0", "--lifecycle", "job")
        run.start("stays")
        run.wait_started("stopped", "stays", "job")
        copy = nexus.dir / "copy"
        restart_server(nexus, lambda: shutil.copytree(bucket(nexus), copy) and None)
        wait_for("the node's connection", lambda: len(nexus.json("node", "list")) == 1)
        run.start("later")
        run.wait_started("later")
        nexus.run("workload", "stop", stopped)
        wait_for("the job's end", lambda: job not in str(run.running()))
        run.kill()

        def put_back() -> None:
            place = bucket(nexus)
            shutil.rmtree(place)
            shutil.copytree(copy, place)

        restart_server(nexus, put_back)
        node = run.up()
        node.wait_text("has a workload that was stopped")
        run.assert_adopted("stays", "later")
        assert len(run.starts("stopped")) == 1 and len(run.starts("job")) == 1
        assert "stopped" not in run.running()


def damage_loses_nothing_else(build: Path) -> None:
    with Nexus(build) as nexus:
        run = Run(nexus, "--state", "kv")
        names = [f"w{i}" for i in range(5)]
        for name in names:
            run.start(name)
        run.wait_started(*names)
        for damage in ("truncate", "flip", "all"):
            run.kill()
            text = run.journal.read_bytes()
            middle = len(text) // 2
            if damage == "truncate":
                text = text[:-100]
            elif damage == "flip":
                text = text[:middle] + bytes([text[middle] ^ 1]) + text[middle + 1 :]
            else:
                text = os.urandom(len(text))
            run.journal.write_bytes(text)
            node = run.up()
            node.wait_text("the node's journal is damaged")
            assert list((run.journal.parent / "quarantine").iterdir())
            run.assert_adopted(*names)
            run.kill()
            assert "damaged" not in run.up().text()
            run.assert_adopted(*names)


def a_planned_restart_keeps_all(build: Path) -> None:
    """By a newer program too; without a KV bucket, and without JetStream."""
    with Nexus(build, jetstream=False) as nexus:
        run = Run(nexus, "--keep-workloads")
        gate = nexus.dir / "gate"
        wait = f"while [ ! -e {gate} ]; do sleep 0.05; done;"
        run.start("service")
        talker = run.start("talker", f"{wait} echo more; exec sleep 600")
        run.start("job", f"{wait} exit 5", "--lifecycle", "job")
        run.wait_started("service", "talker", "job")
        follower = Follower(nexus, talker)
        follower.wait_text("talker started\n")
        events = nexus.start([sys.executable, str(Path(__file__).with_name("tap.py")),
                              str(nexus.port), "$NEX.FEED.*.event.WORKLOADSTOPPED"], "tap")
        events.wait_text("listening")
        assert run.node.end() == 0
        gate.touch()
        job_pid = run.starts("job")[0]
        wait_for("the job's end", lambda: not Path(f"/proc/{job_pid}").exists())
        newer = nexus.dir / "newer" / "bin" / "nex"
        newer.parent.mkdir(parents=True)
        shutil.copy2(build / "bin" / "nex", newer)
        shutil.copytree(build / "libexec", nexus.dir / "newer" / "libexec")
        run.up(program=newer)
        run.assert_adopted("service", "talker")
        events.wait_text('"code":"5"')
        assert len(run.starts("job")) == 1
        follower.wait_text("more\n")
        nexus.run("workload", "stop", talker)
        assert follower.wait_end() == "talker started\nmore\n"
        # What was stopped stays so, and an orderly end leaves nothing to come back.
        run.words.remove("--keep-workloads")
        assert run.node.end() == 0
        run.up()
        run.assert_adopted("service")
        assert run.node.end() == 0
        assert not run.journal.exists()
        run.up()
        assert run.running() == {}


def an_agent_is_not_left_beside_the_next(build: Path) -> None:
    """A killed node leaves its local agents; the next one ends them, also when a note is damaged."""
    with Nexus(build) as nexus:
        nexlet = build / "nexlets" / "native" / "nexlet-native"
        state = nexus.dir / "state"
        words = ["--disable-native-start", "--agents.uri", str(nexlet)]
        words += ["--agents.argv", f"--monitor={build}/libexec/nex/nex-monitor"]
        run = Run(nexus, *words, "--agents.env", f"NEX_NATIVE_STATE_DIR={state}")
        run.start("service")
        run.wait_started("service")
        for damaged in ("*.pid", "*.pid.copy", "*.pid*"):  # then it is found by what it is
            run.node.wait_text("agent registered")
            (note,) = (nexus.dir / "alpha" / "agents").glob("*.pid")
            pid = int(note.read_text().split()[0])
            run.kill()
            for file in (nexus.dir / "alpha" / "agents").glob(damaged):
                os.truncate(file, 3)
            run.up()
            run.node.wait_text("ending an agent that an earlier node left")
            stat = Path(f"/proc/{pid}/stat")  # of one that nobody has waited for yet: Z
            assert not stat.exists() or ") Z " in stat.read_text(), f"agent {pid} was left"
        run.assert_adopted("service")


def one_node_at_a_time(build: Path) -> None:
    with Nexus(build) as nexus:
        run = Run(nexus, "--disable-native-start", "--allow-remote-agent-registration")
        words = nexus.words("node", "up", "--node-name", "alpha", "--resource-directory",
                            str(nexus.dir / "alpha"), *run.words)
        second = subprocess.run(words, capture_output=True, timeout=30)
        assert second.returncode == 1 and b"another node with this key" in second.stderr, second


def main() -> None:
    build = Path(sys.argv[1]).resolve()
    for test in (
        a_lost_bucket_loses_nothing,
        an_older_bucket_brings_nothing_back,
        damage_loses_nothing_else,
        a_planned_restart_keeps_all,
        an_agent_is_not_left_beside_the_next,
        one_node_at_a_time,
    ):
        if len(sys.argv) < 3 or sys.argv[2] == test.__name__:
            print(test.__name__, flush=True)
            test(build)


if __name__ == "__main__":
    main()
