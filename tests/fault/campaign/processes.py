"""What runs, read from /proc: no library, and nothing the programs under test could tell."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    pid: int
    name: str  # of the workload, as its environment says
    start: int  # ticks since boot


def _read(pid: int | str, file: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{file}").read_bytes()
    except OSError:
        return b""


def stat_fields(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on; none when there is no such process."""
    text = _read(pid, "stat").decode(errors="replace")
    return text[text.rfind(")") + 2 :].split()


def alive(pid: int, start: int | None = None) -> bool:
    fields = stat_fields(pid)
    return len(fields) > 19 and fields[0] not in "ZX" and start in (None, int(fields[19]))


def with_mark(key: str, value: str, name_key: str) -> list[Process]:
    """All processes whose environment has key=value."""
    found = []
    mark = f"{key}={value}".encode()
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        variables = _read(entry, "environ").split(b"\0")
        fields = stat_fields(int(entry)) if mark in variables else []
        if len(fields) < 20 or fields[0] in "ZX":
            continue
        names = [v for v in variables if v.startswith(name_key.encode() + b"=")]
        name = names[0].split(b"=", 1)[1].decode() if names else ""
        found.append(Process(int(entry), name, int(fields[19])))
    return found


def monitors(directory: Path) -> dict[str, int]:
    """The monitors that work in a state directory: workload id to pid."""
    found = {}
    below = str(directory.resolve()) + "/"
    for entry in os.listdir("/proc"):
        if not entry.isdigit() or not _read(entry, "comm").startswith(b"nex-monitor"):
            continue
        argv = _read(entry, "cmdline").split(b"\0")
        try:
            cwd = os.readlink(f"/proc/{entry}/cwd")
        except OSError:
            continue
        if cwd.startswith(below) and len(argv) > 1 and alive(int(entry)):
            found[argv[1].decode()] = int(entry)
    return found


def wait_until(what: str, seconds: float, check: Callable[[], str]) -> None:
    """Waits until check finds nothing wrong; fails with what it said last."""
    until = time.monotonic() + seconds
    while wrong := check():
        if time.monotonic() > until:
            raise AssertionError(f"{what}: after {seconds:g} s: {wrong}")
        time.sleep(0.02)
