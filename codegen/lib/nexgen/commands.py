"""Commands that read schemas and print: example, lint, diff."""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from . import asyncapi, diff, docs, emit, instances, lint, types, vectors, yamltext
from .errors import NexgenError, Place
from .scaffold import name_of
from .units import Layout

_RED, _GREEN, _PLAIN = "\033[31m", "\033[32m", "\033[0m"


def coloured(text: str, colour: str) -> str:
    """Colours on a terminal only."""
    return f"{colour}{text}{_PLAIN}" if sys.stdout.isatty() else text


def _instances(run: types.Run, path: Path) -> vectors.Instances:
    doc = run.loader.load(path)
    model, _ = types.make_units(run, [doc], Layout())
    root = next(root for root in model.roots if root.doc is doc)
    return vectors.Instances(root, run.loader)


def example(args: argparse.Namespace) -> int:
    """Prints one instance, or every way to be wrong."""
    path = Path(args.schema)
    maker = _instances(types.Run(), path)
    examples = maker.root.node.examples
    try:
        if args.invalid:
            for item in maker.violations(maker.make(full=True)):
                if args.keyword in (None, item.keyword):
                    wrong = {"breaks": item.keyword, "pointer": item.pointer, "value": item.value}
                    print(json.dumps(wrong, ensure_ascii=False))
            return 0
        value = maker.make(full=args.maximal, spoken=True)
    except instances.NoInstance as exc:
        if args.invalid or not examples:
            raise NexgenError(None, f"{exc}; examples in the schema would help") from None
        value = examples[0]
    if args.format == "nexfile":
        name = name_of(path, None)
        value = {"name": name + "-1", "type": name, "lifecycle": "service", "start_request": value}
    if args.format == "json":
        print(json.dumps(value, indent=2, ensure_ascii=False))
    else:
        print(yamltext.dump(value), end="")
    return 0


def schema_files(paths: list[str]) -> list[Path]:
    """Files as given, and the schemas of folders."""
    out: list[Path] = []
    for text in paths:
        path = Path(text)
        if path.is_dir():
            out += sorted(p for p in path.rglob("*.json") if p.name != "asyncapi.json")
        else:
            out.append(path)
    return out


def run_docs(args: argparse.Namespace) -> int:
    """Markdown pages, one a schema."""
    run = types.Run()
    documents = [run.loader.load(path) for path in schema_files(args.schemas)]
    model, _ = types.make_units(run, documents, Layout(prefix=args.prefix))
    out = emit.Output()
    templates = emit.Templates([Path(folder) for folder in args.templates])
    for name, text in docs.pages(model, templates):
        out.add(Path(args.output) / name, text)
    for path in out.write():
        print(path)
    return 0


def run_lint(args: argparse.Namespace) -> int:
    run = types.Run()
    documents = [run.loader.load(path) for path in schema_files(args.schemas)]
    findings = lint.lint(run, documents)
    if args.json:
        rows = [{"rule": f.rule, "file": f.place.file, "line": f.place.line,
                 "pointer": f.place.pointer, "text": f.text} for f in findings]  # fmt: skip
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            print(finding)
    return 1 if findings else 0


def _checkout(rev: str, other: str, folder: Path) -> Path:
    """The files of git:REV[:PATH] in a temporary folder; PATH is by default the other side's."""
    name, _, path = rev.partition(":")
    path = path or other
    inside = Path(path) if Path(path).is_dir() else Path(path).parent
    ask = ["git", "-C", str(inside if inside.is_dir() else "."), "rev-parse", "--show-toplevel"]
    top = subprocess.run(ask, capture_output=True, text=True, check=False)
    if top.returncode != 0:
        raise NexgenError(Place(f"git:{rev}", 0, ""), top.stderr.strip() or "no git repository")
    root = top.stdout.strip()
    within = os.path.relpath(os.path.realpath(path), os.path.realpath(root))
    wanted = within if Path(path).is_dir() else os.path.dirname(within) or "."
    made = subprocess.run(["git", "-C", root, "archive", name, "--", wanted],
                          capture_output=True, check=False)  # fmt: skip
    if made.returncode != 0:
        text = made.stderr.decode(errors="replace").strip()
        raise NexgenError(Place(f"git:{rev}", 0, ""), text)
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
        for member in archive:
            data = archive.extractfile(member) if member.isreg() else None
            if data is not None:
                target = folder / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data.read())
    return folder / within


def _version(path: Path, shown: str) -> diff.Version:
    run = types.Run()
    api = path / "asyncapi.json"
    protocol = None
    files = schema_files([str(path)])
    if path.is_dir():
        files = [file for file in files if file.parent == path]
        if api.is_file():
            document = run.loader.load(api, f"{shown}/asyncapi.json", schema=False)
            protocol = asyncapi.read(run.loader, document)
    documents = []
    for file in files:
        name = f"{shown}/{file.name}" if path.is_dir() else shown
        documents.append(run.loader.load(file, name))
    model, _ = types.make_units(run, documents, Layout(prefix="nex_" if protocol else ""))
    return diff.Version(model, protocol)


def _row(change: diff.Change) -> dict[str, Any]:
    return {"rule": change.rule, "breaks": list(change.breaks), "file": change.place.file,
            "line": change.place.line, "pointer": change.place.pointer,
            "text": change.text}  # fmt: skip


def run_diff(args: argparse.Namespace) -> int:
    """Exit status 1 when something breaks that --breaking names."""
    with tempfile.TemporaryDirectory() as scratch:
        sides = []
        for i, text in enumerate((args.old, args.new)):
            path = Path(text)
            if text.startswith("git:"):
                path = _checkout(text[4:], (args.new, args.old)[i], Path(scratch) / str(i))
            sides.append(_version(path, text))
    wanted = {"request", "response"} if args.direction == "both" else {args.direction}
    changes = diff.compare(sides[0], sides[1], wanted)
    broken = [c for c in changes if any(b.startswith(tuple(args.breaking)) for b in c.breaks)]
    if args.format == "json":
        print(json.dumps([_row(c) for c in changes], indent=2, ensure_ascii=False))
    for change in changes:
        if args.format == "text":
            print(coloured(str(change), _RED if change in broken else _GREEN))
        elif args.format == "github":
            level = "error" if change in broken else "notice"
            title = f"{change.rule}: {', '.join(change.breaks) or 'compatible'}"
            spot = f"file={change.place.file},line={change.place.line or 1}"
            print(f"::{level} {spot},title={title}::{change.place.pointer} {change.text}")
    return 1 if broken else 0
