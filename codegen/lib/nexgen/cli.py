"""The commands that write; exit status: 0 done, 1 failed or stale, 2 wrong usage."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from pathlib import Path

from . import commands as readers
from . import emit, irtext, options, project, report, scaffold, types, vectors
from .errors import NexgenError
from .units import Layout


def _templates(args: argparse.Namespace) -> emit.Templates:
    return emit.Templates([Path(folder) for folder in args.templates])


def _protocol(args: argparse.Namespace) -> int:
    run = types.Run(strict=args.strict)
    out = project.outputs(run, Path(args.root), _templates(args))
    report.written(out.write(), run.notices.items, args.json, args.quiet)
    return 0


def _check(args: argparse.Namespace) -> int:
    run = types.Run(strict=args.strict)
    stale = project.outputs(run, Path(args.root), _templates(args)).stale()
    if args.json:
        report.print_json({"stale": [{"file": str(path), "why": why} for path, why in stale]})
        return 1 if stale else 0
    for path, why in stale:
        print(f"{path}: {report.coloured(why, report.RED, sys.stderr)}", file=sys.stderr)
    if stale:
        print("generated files are stale: run nexgen protocol", file=sys.stderr)
    return 1 if stale else 0


def _types(args: argparse.Namespace) -> int:
    run = types.Run(strict=args.strict, keep_unknown=args.keep_unknown)
    files = [Path(file) for file in args.schemas]
    if args.ir or args.vectors:
        documents = [run.loader.load(path) for path in sorted(files)]
        model, _ = types.make_units(run, documents, Layout(prefix=args.prefix))
        if args.ir:
            print(irtext.dump(model), end="")
            return 0
        wanted = [root for root in model.roots if root.doc in documents]
        found = [vector for root in wanted for vector in vectors.vectors(root, run.loader)[0]]
        print(vectors.as_text(found), end="")
        return 0
    out = emit.Output()
    types.generate(run, files, Path(args.output), args.prefix, out, _templates(args))
    report.written(out.write(), run.notices.items, args.json, args.quiet)
    return 0


def _new(args: argparse.Namespace) -> int:
    run = types.Run(strict=args.strict)
    schema = Path(args.schema)
    name = scaffold.name_of(schema, args.name)
    target = Path(args.output or f"nexlet-{name}")
    made = scaffold.make(run, schema, target, name, _templates(args))
    touched = scaffold.create(made, target)
    report.written(touched, run.notices.items, args.json, args.quiet,
                   name=name, folder=str(target), vectors=made.vectors)  # fmt: skip
    if not args.quiet and not args.json:
        vectors_said = f"{made.vectors} test vectors" + (f" ({made.why})" if made.why else "")
        print(f"\nnexlet-{name} in {target}: {vectors_said}. Next:")
        print(f"  cd {target} && cmake -B build && cmake --build build && ctest --test-dir build")
    return 0


def _update(args: argparse.Namespace) -> int:
    run = types.Run(strict=args.strict)
    target = Path(args.directory)
    name = scaffold.read_name(target)
    made = scaffold.make(run, target / scaffold.SCHEMA, target, name, _templates(args))
    found = scaffold.changes(made, target)
    shown = {change.path: _merge_shown(target, change) for change in found}
    if not args.json:
        sys.stdout.writelines(shown.values())
        if found and not args.merge:
            print(
                "templates changed: nexgen update --merge takes the merges above", file=sys.stderr
            )
    taken = found if args.merge else []
    conflicts = [change.path for change in taken if change.conflicts]
    touched = scaffold.update(made, target, taken)
    merges = [{"file": change.path, "diff": shown[change.path], "conflicts": change.conflicts,
               "taken": args.merge} for change in found]  # fmt: skip
    report.written(touched, run.notices.items, args.json, args.quiet, merges=merges)
    if not args.json:
        for path in conflicts:
            print(f"{path}: has conflicts to resolve", file=sys.stderr)
    return 1 if conflicts else 0


def _merge_shown(target: Path, change: scaffold.Change) -> str:
    mine = (target / change.path).read_text(encoding="utf-8").splitlines(keepends=True)
    theirs = change.merged.splitlines(keepends=True)
    return "".join(difflib.unified_diff(mine, theirs, change.path, change.path + " (merged)"))


HANDLERS: dict[str, options.Handler] = {
    "protocol": _protocol,
    "check": _check,
    "types": _types,
    "new": _new,
    "update": _update,
    "example": readers.example,
    "docs": readers.run_docs,
    "lint": readers.run_lint,
    "diff": readers.run_diff,
}


def main(argv: list[str]) -> int:
    """Runs one command; every fault is a line on standard error."""
    sys.setrecursionlimit(10000)
    report.speak_utf8()
    if argv and argv[0].endswith(".json"):
        argv = ["new", *argv]
    parser = options.parser(HANDLERS)
    if argv and argv[0].startswith("-") and argv[0] not in parser.known_options():
        parser.error(f"unrecognized arguments: {argv[0]}")
    args = parser.parse_args(argv)
    try:
        status: int = args.function(args)
        return status
    except NexgenError as exc:
        report.failed(exc, args.json)
    except RecursionError:
        report.failed(NexgenError(None, "schemas are nested too deeply"), args.json)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as exc:
        name = f"{exc.filename}: " if exc.filename else ""
        report.failed(NexgenError(None, f"{name}{exc.strerror or exc}"), args.json)
    except KeyboardInterrupt:
        return 130
    except Exception as exc:
        if os.environ.get("NEXGEN_DEBUG"):
            raise
        text = f"a fault of nexgen itself ({type(exc).__name__}: {exc})"
        report.failed(NexgenError(None, f"{text}; NEXGEN_DEBUG=1 shows where"), args.json)
    return 1
