#!/usr/bin/env python3
"""Kills parts of a nexus at random moments, again and again, and looks at what became of the
workloads: each started exactly once, none lost, none orphaned.

    campaign.py --bin build/bin --target node --loops 100

A failure names the seed, which repeats the order of things (not their moments).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nexus import Nexus
from oracle import Oracle, Workload, newest_files
from processes import monitors, wait_until

TARGETS = ("node", "nexlet", "monitor", "state", "nats", "nats-freeze", "upgrade", "any")
SETTLED = 90.0


class Campaign:
    def __init__(self, nexus: Nexus, oracle: Oracle, target: str, rng: random.Random) -> None:
        self.nexus = nexus
        self.oracle = oracle
        self.target = target
        self.rng = rng
        self.count = 0
        self.pending: list[tuple[subprocess.Popen[str], Workload, str]] = []

    # ---- what goes on while something is killed

    def begin_start(self) -> None:
        self.count += 1
        name = f"w{self.count}"
        workload = self.oracle.add(name)
        command = self.nexus.command(*self.nexus.start_words(name, self.oracle.request(name)))
        self.pending.append((command, workload, "start"))

    def begin_stop(self, workload: Workload) -> None:
        workload.stop = "asked"
        self.pending.append((self.nexus.command("workload", "stop", workload.id), workload, "stop"))

    def begin_changes(self) -> None:
        """Starts and stops, so that about as many run as before."""
        for _ in range(self.rng.randint(0, 2)):
            self.begin_start()
        running = self.oracle.running()
        for workload in self.rng.sample(running, min(len(running), self.rng.randint(0, 2))):
            self.begin_stop(workload)

    def finish_changes(self) -> None:
        for command, workload, what in self.pending:
            out, err = command.communicate(timeout=120)
            if command.returncode == 0 and what == "start":
                workload.id = self.identity(out)
                workload.must_run = True
            elif command.returncode == 0:
                workload.stop = "confirmed"
            elif command.returncode != 1 or not err.strip():
                raise AssertionError(f"{what}: status {command.returncode} {err}")
        self.pending = []

    @staticmethod
    def identity(out: str) -> str:
        identity: str = json.loads(out)["id"]
        return identity

    # ---- faults

    def strike(self) -> None:
        faults = {
            "node": self.kill_node,
            "nexlet": self.kill_nexlet,
            "monitor": self.kill_monitors,
            "state": self.damage_state,
            "nats": self.kill_nats,
            "nats-freeze": self.freeze_nats,
            "upgrade": self.upgrade_node,
        }
        if self.target != "any":
            faults[self.target]()
            return
        for name in self.rng.sample(("node", "monitor", "nats", "nats-freeze"), 2):
            faults[name]()

    def pause(self, longest: float = 0.15) -> None:
        time.sleep(self.rng.random() * longest)

    def kill_node(self) -> None:
        self.nexus.kill_node()
        if self.rng.random() < 0.2:  # again, while it starts
            self.nexus.start_node(ready=False)
            self.pause(0.05)
            self.nexus.kill_node()
        self.nexus.start_node()

    def nexlet_pid(self) -> int:
        found = 0

        def check() -> str:
            nonlocal found
            for pid in self.nexus.node_children():
                comm = Path(f"/proc/{pid}/comm")
                if comm.exists() and comm.read_text().startswith("nexlet-native"):
                    found = pid
                    return ""
            return "the node has no nexlet"

        wait_until("nexlet", SETTLED, check)
        return found

    def kill_nexlet(self) -> None:
        os.kill(self.nexlet_pid(), signal.SIGKILL)

    def kill_monitors(self) -> None:
        held = monitors(self.nexus.resources)
        by_id = {w.id: w for w in self.oracle.running()}
        victims = [i for i in held if i in by_id]
        for identity in self.rng.sample(victims, min(len(victims), self.rng.randint(1, 3))):
            by_id[identity].ends += 1
            os.kill(held[identity], signal.SIGKILL)

    def damage(self, victim: Path) -> None:
        size = victim.stat().st_size
        if size > 0 and self.rng.random() < 0.5:
            os.truncate(victim, self.rng.randrange(size))
        elif size > 0:
            at = self.rng.randrange(size)
            with open(victim, "r+b") as file:
                file.seek(at)
                byte = file.read(1)[0] ^ 1 << self.rng.randrange(8)
                file.seek(at)
                file.write(bytes([byte]))

    def damage_state(self) -> None:
        """The newest file of the state directory is cut or has a bit turned, as by a bad disk."""
        self.nexus.kill_node()
        # Monitors go on writing: what is there only for a moment is none that could rot; and what
        # is empty, or was put aside, has nothing to lose.
        files = [
            f
            for f in newest_files(self.nexus.resources)
            if f.suffix != ".new" and f.parent.name not in ("quarantine", "retired")
        ]
        victim = files[0] if self.rng.random() < 0.5 else self.rng.choice(files)
        with contextlib.suppress(FileNotFoundError):  # a nexlet of its own may not be gone yet
            self.damage(victim)
        print(f"   damaged {victim.relative_to(self.nexus.resources)}", flush=True)
        self.nexus.start_node()
        self.finish_changes()

    def kill_nats(self) -> None:
        self.nexus.kill_server()
        self.pause(0.5)
        self.nexus.start_server()

    def freeze_nats(self) -> None:
        assert self.nexus.server is not None
        self.nexus.server.send_signal(signal.SIGSTOP)
        self.pause(3.0)
        self.nexus.server.send_signal(signal.SIGCONT)

    def upgrade_node(self) -> None:
        """An ordered end that keeps the workloads, and another program after it."""
        self.nexus.kill_node(signal.SIGTERM)
        self.nexus.start_node()

    # ---- a loop

    def loop(self) -> None:
        self.begin_changes()
        self.pause()
        self.strike()
        self.finish_changes()
        wrong = self.oracle.too_many_starts()
        if wrong:
            raise AssertionError(wrong)
        wait_until("workloads", SETTLED, self.oracle.wrong)
        self.oracle.settle()

    def fill(self, count: int) -> None:
        for _ in range(count - len(self.oracle.running())):
            self.begin_start()
        for workload in self.oracle.unconfirmed():
            self.begin_stop(workload)
        self.finish_changes()
        wait_until("workloads", SETTLED, self.oracle.wrong)
        self.oracle.settle()

    def stop_all(self) -> None:
        for workload in self.oracle.running():
            self.begin_stop(workload)
        self.finish_changes()
        wait_until("the end", SETTLED, self.oracle.wrong)
        left = self.oracle.processes()
        if left or self.oracle.running():
            raise AssertionError(f"left after all was stopped: {left}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", type=Path, required=True, help="where nex lies")
    parser.add_argument("--nexlet", type=Path, help="the nexlet's program (bin/nexlet-native)")
    parser.add_argument("--target", choices=TARGETS, default="node", help="what is killed")
    parser.add_argument("--loops", type=int, default=5)
    parser.add_argument("--workloads", type=int, default=20)
    parser.add_argument("--state", choices=("", "kv"), default="", help="of the node")
    parser.add_argument("--separate", action="store_true", help="a nexlet of its own")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--keep", action="store_true", help="keep the directory of a failure")
    return parser.parse_args()


def node_words(options: argparse.Namespace, work: Path) -> list[str]:
    words: list[str] = []
    if options.state:
        words += ["--state", options.state]
    if options.target == "upgrade":
        words += ["--keep-workloads"]
    if options.separate or options.target == "nexlet":
        state = work / "resources" / "separate"
        words += ["--disable-native-start", "--agent-restart-limit", "1000000"]
        words += ["--agents.uri", str(options.nexlet)]
        words += ["--agents.env", f"NEX_NATIVE_STATE_DIR={state}"]
    return words


def main() -> int:
    options = arguments()
    options.bin = options.bin.resolve()
    options.nexlet = (options.nexlet or options.bin / "nexlet-native").resolve()
    seed = options.seed if options.seed is not None else random.randrange(1 << 32)
    work = Path(tempfile.mkdtemp(prefix="nex-campaign-"))
    nexus = Nexus(options.bin, work, node_words(options, work))
    oracle = Oracle(nexus)
    campaign = Campaign(nexus, oracle, options.target, random.Random(seed))
    done = 0
    began = time.monotonic()
    try:
        nexus.start_server()
        nexus.start_node()
        campaign.fill(options.workloads)
        for done in range(1, options.loops + 1):
            campaign.loop()
            campaign.fill(options.workloads)
            print(f"{options.target} loop {done}", flush=True)
        campaign.stop_all()
        lasted = time.monotonic() - began
        print(f"{options.target}: {done} loops, {campaign.count} workloads, {lasted:.0f} s, well")
        status = 0
    except (AssertionError, subprocess.TimeoutExpired) as wrong:
        print(f"{options.target}: loop {done}, seed {seed}: {wrong}", file=sys.stderr)
        print("the node's log ends with:\n" + nexus.log_text()[-3000:], file=sys.stderr)
        status = 1
    finally:
        nexus.end()
        oracle.kill_rest()
    if status != 0 and options.keep:
        print(f"kept {work}", file=sys.stderr)
    else:
        shutil.rmtree(work, ignore_errors=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
