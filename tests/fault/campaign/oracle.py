"""Workloads that write down their own starts, and what must be true of them."""

from __future__ import annotations

import os
import signal
import uuid
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nexus import Nexus
from processes import Process, alive, monitors, with_mark

MARK, NAME = "NEX_FAULT_RUN", "NEX_FAULT_NAME"

# A start writes one line; then there are a child, and one that left session and parent.
PROGRAM = """
echo "$NEX_FAULT_NAME $$" >>"$NEX_FAULT_STARTS"
(setsid sleep 100000 &)
sleep 100000 &
exec sleep 100000
"""
TREE = 3


@dataclass
class Workload:
    name: str
    id: str = ""  # "": its start was not confirmed
    stop: str = ""  # "asked", "confirmed"
    ends: int = 0  # times that its monitor was killed
    pid: int = 0  # as first seen
    must_run: bool = False


class Oracle:
    def __init__(self, nexus: Nexus, program: str = PROGRAM) -> None:
        self.nexus = nexus
        self.program = program
        self.run = uuid.uuid4().hex
        self.starts_file = nexus.work / "starts"
        self.workloads: dict[str, Workload] = {}
        self.listed: list[dict[str, Any]] = []  # when it was looked at last

    def request(self, name: str) -> dict[str, Any]:
        environment = {MARK: self.run, NAME: name, "NEX_FAULT_STARTS": str(self.starts_file)}
        return {
            "uri": "file:///bin/sh",
            "argv": ["-c", self.program],
            "environment": {**environment, "PATH": "/usr/bin:/bin"},
            "restart": {"policy": "always", "delay": "10ms", "max_delay": "10ms", "limit": 1000},
        }

    def add(self, name: str, identity: str = "") -> Workload:
        workload = Workload(name, identity, must_run=bool(identity))
        self.workloads[name] = workload
        return workload

    def forget(self, name: str) -> None:
        del self.workloads[name]

    def running(self) -> list[Workload]:
        return [w for w in self.workloads.values() if w.must_run and not w.stop]

    def starts(self) -> Counter[str]:
        text = self.starts_file.read_text() if self.starts_file.exists() else ""
        return Counter(line.split()[0] for line in text.splitlines())

    def processes(self) -> list[Process]:
        return with_mark(MARK, self.run, NAME)

    def too_many_starts(self) -> str:
        for name, count in self.starts().items():
            if name in self.workloads and count > 1 + self.workloads[name].ends:
                return f"{name} was started {count} times"
        return ""

    def wrong(self) -> str:
        """What is not as it must be, now that nothing is under way; "" when all is well."""
        listed = self.nexus.list_workloads()
        if listed is None:
            return "no list can be had"
        self.listed = listed
        by_name = {item["name"]: item for item in listed}
        if len(by_name) != len(listed):
            return f"a name is listed twice: {sorted(item['name'] for item in listed)}"
        trees = Counter(process.name for process in self.processes())
        pids = {process.pid for process in self.processes()}
        starts = self.starts()
        for name, workload in self.workloads.items():
            wrong = self._wrong_one(workload, by_name.get(name), trees[name], starts[name], pids)
            if wrong:
                return f"{name}: {wrong}"
        strangers = [n for n in trees if n not in by_name]
        if strangers:
            return f"processes of workloads that are not listed: {strangers}"
        back = by_name.keys() - self.workloads.keys()
        if back:
            return f"was gone, and is listed again: {sorted(back)}"
        held = monitors(self.nexus.resources)
        ids = {item["id"] for item in listed}
        if ids - held.keys():
            return f"listed, but without a monitor: {ids - held.keys()}"
        return f"monitors of nothing: {held.keys() - ids}" if held.keys() - ids else ""

    def _wrong_one(
        self,
        workload: Workload,
        item: dict[str, Any] | None,
        tree: int,
        starts: int,
        pids: set[int],
    ) -> str:
        if item is None:
            if workload.must_run and not workload.stop:
                return "lost"
            return f"{tree} processes are left" if tree else ""
        if workload.stop == "confirmed":
            return "its stop was confirmed, and it is there"
        if workload.id and item["id"] != workload.id:
            return f"has the id {item['id']}, not {workload.id}"
        if item["workload_state"] != "running":
            return f"is {item['workload_state']}: {item.get('metadata')}"
        pid = int(item.get("metadata", {}).get("pid", 0))
        if pid not in pids:
            return f"its pid {pid} is none of its processes"
        if workload.pid and not workload.ends and pid != workload.pid:
            return f"has the pid {pid}, not {workload.pid}"
        workload.pid = pid
        if tree != TREE:
            return f"has {tree} processes, not {TREE}"
        if not 1 <= starts <= 1 + workload.ends:
            return f"was started {starts} times, its monitor killed {workload.ends} times"
        return ""

    def kill_rest(self) -> None:
        for pid in monitors(self.nexus.resources).values():
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        for process in self.processes():
            if alive(process.pid, process.start):
                os.kill(process.pid, signal.SIGKILL)

    def settle(self) -> None:
        """After all was well: what is not there is gone; a stop that failed is over."""
        by_name = {item["name"]: item for item in self.listed}
        for name in list(self.workloads):
            if name not in by_name:
                self.forget(name)
            else:
                workload = self.workloads[name]
                workload.id, workload.stop = by_name[name]["id"], ""

    def unconfirmed(self) -> list[Workload]:
        """Those that run although their start failed: the node may still take it back."""
        return [w for w in self.workloads.values() if not w.must_run and w.id and not w.stop]


def newest_files(directory: Path) -> list[Path]:
    """The regular files below a directory, the newest first."""
    found = []
    for parent, _, names in os.walk(directory):  # which passes over what goes away meanwhile
        for path in (Path(parent, name) for name in names):
            try:
                if path.is_file() and not path.is_symlink():
                    found.append((path.stat().st_mtime_ns, path))
            except OSError:
                continue
    return [path for _, path in sorted(found, reverse=True)]
