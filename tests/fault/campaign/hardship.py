#!/usr/bin/env python3
"""What a node does when the machine gives out: running workloads go on, new starts are refused
in words, and when the machine gives again they are taken again.

    hardship.py --bin build/bin disk

Needs root, or user namespaces; without either it exits with 77.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from nexus import PATIENCE, Nexus
from oracle import Oracle
from processes import stat_fields, wait_until

SKIPPED = 77
NOBODY = 65534


def must(condition: object, what: str) -> None:
    if not condition:
        raise AssertionError(what)


class Trial:
    """A nexus with a few workloads, and what must stay true of them."""

    def __init__(self, nexus: Nexus) -> None:
        self.nexus = nexus
        self.oracle = Oracle(nexus)
        self.count = 0

    def start(self, count: int = 1) -> None:
        for _ in range(count):
            self.count += 1
            name = f"w{self.count}"
            self.oracle.add(name, self.nexus.start_workload(name, self.oracle.request(name)))

    def refused(self, **more: object) -> str:
        """Tries to start one more; what was said instead, or "" when it runs."""
        self.count += 1
        name = f"w{self.count}"
        request = {**self.oracle.request(name), **more}
        command = self.nexus.command(*self.nexus.start_words(name, request))
        out, err = command.communicate(timeout=PATIENCE)
        must(command.returncode in (0, 1), f"status {command.returncode}: {err}")
        if command.returncode == 0:
            self.oracle.add(name, out.split('"id":"')[1].split('"')[0])
            return ""
        print(f"   refused: {err.strip()}", flush=True)
        return err

    def stop(self) -> None:
        workload = self.oracle.running()[-1]
        command = self.nexus.command("workload", "stop", workload.id)
        _, err = command.communicate(timeout=PATIENCE)
        must(command.returncode == 0, f"stop: {err}")
        workload.stop = "confirmed"

    def well(self) -> None:
        wait_until("workloads", PATIENCE, self.oracle.wrong)


def mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


# ---- the trials


def disk(trial: Trial) -> None:
    """The disk of the state directory is full."""
    nexus = trial.nexus
    nexus.resources.mkdir()
    mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", str(nexus.resources))
    nexus.start_server()
    nexus.start_node()
    trial.start(5)
    filler = nexus.resources / "filler"

    def fill() -> None:
        with open(filler, "ab", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 4096)
            except OSError:
                pass

    fill()
    said = trial.refused()
    must("No space left on device" in said and "make room" in said, f"disk full: {said}")
    trial.well()
    nexus.kill_node()
    nexus.start_node()
    fill()
    must("No space left" in trial.refused(), "disk full, after a restart")
    trial.well()
    trial.stop()
    trial.well()
    filler.unlink()
    trial.start()
    trial.well()


def descriptors(trial: Trial) -> None:
    """The node may not open another file."""
    nexus = trial.nexus

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))

    nexus.prepare = limit
    nexus.start_server()
    nexus.start_node()
    said = ""
    for _ in range(64):
        said = trial.refused()
        if said:
            break
    must("Too many open files" in said and "LimitNOFILE" in said, f"no descriptors: {said}")
    trial.well()
    trial.stop()
    trial.stop()
    trial.well()
    must(trial.refused() == "", "a start with descriptors to be had")
    trial.well()


def processes(trial: Trial) -> None:
    """No new process can be had: as a user that may have so many."""
    nexus = trial.nexus
    work = nexus.work
    for folder in [nexus.bin, *nexus.bin.parents]:
        if not folder.stat().st_mode & 0o001:
            print(f"other users cannot enter {folder}, where this is built", flush=True)
            sys.exit(SKIPPED)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NPROC, (40, 40))
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)

    os.chown(work, NOBODY, NOBODY)
    work.chmod(0o777)
    nexus.prepare = limit
    nexus.start_server()
    nexus.start_node()
    said = ""
    for _ in range(64):
        said = trial.refused()
        if said:
            break
    must("Resource temporarily unavailable" in said and "TasksMax" in said, f"no process: {said}")
    trial.stop()
    trial.stop()
    wait_until("room", PATIENCE, trial.refused)


def cgroup(trial: Trial) -> None:
    """The control groups are unmounted while workloads are in them."""
    nexus = trial.nexus
    nexus.start_server()
    nexus.start_node()
    trial.start(2)
    if trial.refused(limits={"memory": 1 << 27}):
        print("no control groups here", flush=True)
        sys.exit(SKIPPED)
    trial.well()
    for line in reversed(Path("/proc/self/mounts").read_text().splitlines()):
        fields = line.split()
        if fields[2] in ("cgroup", "cgroup2"):
            subprocess.run(["umount", "-l", fields[1]], check=True)
    said = trial.refused(limits={"memory": 1 << 27})
    must("memory" in said and "control group" in said, f"no control groups: {said}")
    trial.start()
    trial.well()
    nexus.kill_node()
    nexus.start_node()
    trial.well()
    trial.stop()
    trial.stop()
    trial.well()


def clock(trial: Trial, shim: Path) -> None:
    """The time of day jumps by a day, ahead and back."""
    nexus = trial.nexus
    offset = nexus.work / "offset"
    offset.write_bytes((0).to_bytes(8, "little", signed=True))
    nexus.node_environment = {"LD_PRELOAD": str(shim), "NEX_FAULT_CLOCK": str(offset)}
    nexus.start_server()
    nexus.start_node()
    trial.start(3)
    for days in (1, -1, 0):
        print(f"   the clock is off by {days} days", flush=True)
        with open(offset, "r+b") as file:
            file.write((days * 86400).to_bytes(8, "little", signed=True))
        listed = nexus.list_workloads()
        must(listed is not None and len(listed) == len(trial.oracle.running()), f"list: {listed}")
        trial.start()
        trial.well()
        victim = trial.oracle.running()[0]
        victim.ends += 1
        os.kill(victim.pid, signal.SIGKILL)
        wait_until("restart", PATIENCE, trial.oracle.wrong)
        trial.stop()
        trial.well()
        nexus.kill_node()
        nexus.start_node()
        trial.well()


def container(trial: Trial) -> None:
    """As pid 1 of a container: no control groups, /sys read-only; orphans come to the node."""
    nexus = trial.nexus
    nexus.wrapper = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c"]
    setup = "mount -o remount,ro,bind /sys && umount -l /sys/fs/cgroup"
    nexus.wrapper += [f'{setup}; exec "$@"', "sh"]
    nexus.start_server()
    nexus.start_node()
    must("missing=\"limits.memory" in nexus.log_text(), "the node does not say what is missing")
    nexus.start_workload("plain", trial.oracle.request("plain"))
    said = trial.refused(limits={"memory": 1 << 27})
    must("memory" in said, f"a limit that cannot be had: {said}")

    def mine() -> list[int]:
        return [p.pid for p in trial.oracle.processes()]

    wait_until("a start", PATIENCE, lambda: "" if len(mine()) == 3 else f"{len(mine())} processes")
    first = int(stat_fields(mine()[0])[1])
    must(first > 0, "no parent")
    # The monitor dies: what it held becomes a child of pid 1, is ended and must be buried.
    held = [pid for pid in os.listdir("/proc") if pid.isdigit() and _comm(pid) == "nex-monitor"]
    inside = [int(pid) for pid in held if _below(int(pid), nexus)]
    must(len(inside) == 1, f"monitors: {inside}")
    before = mine()
    os.kill(inside[0], signal.SIGKILL)
    wait_until(
        "burials", PATIENCE, lambda: "" if not any(stat_fields(p) for p in before) else "left"
    )
    wait_until("a restart", PATIENCE, lambda: "" if len(mine()) == 3 else f"{len(mine())}")
    began = time.monotonic()
    assert nexus.node is not None
    children = nexus.node_children()
    must(len(children) == 1, f"children of the container: {children}")
    os.kill(children[0], signal.SIGTERM)
    nexus.node.wait(timeout=PATIENCE)
    must(time.monotonic() - began < 10, "the node took more than 10 s to end")
    must(mine() == [], "processes are left")


def _comm(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _below(pid: int, nexus: Nexus) -> bool:
    """Whether a process was started by the node, at whatever remove."""
    assert nexus.node is not None
    while pid > 1:
        if pid == nexus.node.pid:
            return True
        fields = stat_fields(pid)
        pid = int(fields[1]) if fields else 0
    return False


TRIALS: dict[str, Callable[[Trial], None]] = {
    "disk": disk,
    "descriptors": descriptors,
    "processes": processes,
    "cgroup": cgroup,
    "container": container,
}


def own_mounts() -> None:
    """Goes on in a mount namespace of its own, so that nothing is left mounted."""
    if os.environ.get("NEX_FAULT_UNSHARED"):
        return
    words = ["unshare", "--mount", "--propagation", "private"]
    if os.geteuid() != 0:
        words += ["--user", "--map-root-user"]
    if shutil.which("unshare") is None or subprocess.run([*words, "true"]).returncode != 0:
        print("needs root or user namespaces", flush=True)
        sys.exit(SKIPPED)
    os.environ["NEX_FAULT_UNSHARED"] = "1"
    os.execvp("unshare", [*words, sys.executable, *sys.argv])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", type=Path, required=True, help="where nex lies")
    parser.add_argument("--shim", type=Path, help="the library that moves the clock")
    parser.add_argument("--keep", action="store_true", help="keep the directory of a failure")
    parser.add_argument("trial", choices=[*TRIALS, "clock"])
    options = parser.parse_args()
    own_mounts()
    work = Path(tempfile.mkdtemp(prefix="nex-hardship-"))
    nexus = Nexus(options.bin.resolve(), work, [])
    trial = Trial(nexus)
    status = 0
    try:
        if options.trial == "clock":
            clock(trial, options.shim.resolve())
        else:
            TRIALS[options.trial](trial)
    except (AssertionError, subprocess.SubprocessError) as wrong:
        print(f"{options.trial}: {wrong}", file=sys.stderr)
        print("the node's log ends with:\n" + nexus.log_text()[-3000:], file=sys.stderr)
        status = 1
    finally:
        nexus.end()
        trial.oracle.kill_rest()
    if status == 0 or not options.keep:
        subprocess.run(["umount", "-q", str(nexus.resources)], check=False)
        shutil.rmtree(work, ignore_errors=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
