"""Commands that read schemas and say something of them: example, docs, lint, diff."""

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

from . import (
    asyncapi,
    asyncdoc,
    diff,
    docs,
    emit,
    instances,
    lint,
    report,
    rules,
    types,
    vectors,
    yamltext,
)
from .errors import NexgenError, Place
from .load import Document
from .scaffold import name_of
from .units import Layout


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


def _api(run: types.Run, paths: list[str]) -> Document | None:
    """The AsyncAPI document of the first folder that has one."""
    for text in paths:
        path = Path(text) / "asyncapi.json"
        if path.is_file():
            return run.loader.load(path, schema=False)
    return None


def run_docs(args: argparse.Namespace) -> int:
    """Markdown pages, one a schema; a page of operations; the AsyncAPI document."""
    run = types.Run()
    documents = [run.loader.load(path) for path in schema_files(args.schemas)]
    api = _api(run, args.schemas)
    protocol = asyncapi.read(run.loader, api) if api else None
    prefix = args.prefix or ("nex_" if protocol else "")
    model, _ = types.make_units(run, documents, Layout(prefix=prefix))
    out = emit.Output()
    templates = emit.Templates([Path(folder) for folder in args.templates])
    for name, text in docs.pages(model, templates):
        out.add(Path(args.output) / name, text)
    if protocol is not None:
        text = docs.operations_page(protocol, model, templates)
        out.add(Path(args.output) / "operations.md", text)
    out.add(Path(args.output) / "asyncapi.json", asyncdoc.document(run.loader, model, api))
    report.written(out.write(), run.notices.items if args.json else [], args.json, quiet=False)
    return 0


def run_lint(args: argparse.Namespace) -> int:
    """Exit status 1 when there are findings."""
    run = types.Run()
    run.loader.doubles = []
    documents = [run.loader.load(path) for path in schema_files(args.schemas)]
    findings = lint.lint(run, documents)
    if args.json:
        report.print_json([{"rule": f.rule, **report.row(f.place, f.text)} for f in findings])
        return 1 if findings else 0
    for finding in findings:
        rule = report.coloured(finding.rule, report.YELLOW, sys.stdout)
        print(f"{finding.place}: {finding.text} [{rule}]")
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
    purpose = rules.DIFF[change.rule].purpose
    return {"rule": change.rule, "purpose": purpose, "breaks": list(change.breaks),
            **report.row(change.place, change.text)}  # fmt: skip


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
    form = "json" if args.json else args.format
    if form == "json":
        report.print_json([_row(c) for c in changes])
    for change in changes:
        if form == "text":
            colour = report.RED if change in broken else report.GREEN
            print(report.coloured(str(change), colour, sys.stdout))
        elif form == "github":
            print(_annotation(change, "error" if change in broken else "notice"))
    return 1 if broken else 0


def _annotation(change: diff.Change, level: str) -> str:
    """A line that GitHub shows beside the changed file."""
    title = f"{change.rule}: {', '.join(change.breaks) or 'compatible'}"
    spot = f"file={_property(change.place.file)},line={change.place.line or 1}"
    text = f"{change.place.pointer} {change.text}".replace("%", "%25").replace("\n", "%0A")
    return f"::{level} {spot},title={_property(title)}::{text}"


def _property(text: str) -> str:
    """A property of an annotation, where colons and commas separate."""
    for char in "%\r\n:,":
        text = text.replace(char, f"%{ord(char):02X}")
    return text
