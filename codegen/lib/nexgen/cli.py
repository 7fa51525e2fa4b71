"""Arguments, output and exit status: 0 done, 1 failed or stale, 2 wrong usage."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from pathlib import Path
from typing import Any

from . import VERSION, emit, irtext, project, scaffold, types, vectors
from . import commands as readers
from .errors import NexgenError, NexgenErrors
from .units import Layout


def _templates(args: argparse.Namespace) -> emit.Templates:
    return emit.Templates([Path(folder) for folder in args.templates])


def _report(run: types.Run) -> None:
    for place, text in run.notices.items:
        print(f"{place}: note: {text}", file=sys.stderr)


def _list(touched: list[Path], quiet: bool) -> None:
    if not quiet:
        for path in touched:
            print(path)


def _finish(out: emit.Output, run: types.Run, quiet: bool) -> int:
    _report(run)
    _list(out.write(), quiet)
    return 0


def _protocol(args: argparse.Namespace) -> int:
    run = types.Run(strict=args.strict)
    out = project.outputs(run, Path(args.root), _templates(args))
    return _finish(out, run, args.quiet)


def _check(args: argparse.Namespace) -> int:
    run = types.Run(strict=args.strict)
    stale = project.outputs(run, Path(args.root), _templates(args)).stale()
    for path, why in stale:
        print(f"{path}: {why}", file=sys.stderr)
    if stale:
        print("generated files are stale: run nexgen protocol", file=sys.stderr)
    return 1 if stale else 0


def _types(args: argparse.Namespace) -> int:
    run = types.Run(strict=args.strict, keep_unknown=args.keep_unknown)
    out = emit.Output()
    files = [Path(file) for file in args.schemas]
    if args.ir:
        documents = [run.loader.load(path) for path in sorted(files)]
        model, _ = types.make_units(run, documents, Layout(prefix=args.prefix))
        print(irtext.dump(model), end="")
        return 0
    if args.vectors:
        documents = [run.loader.load(path) for path in sorted(files)]
        model, _ = types.make_units(run, documents, Layout(prefix=args.prefix))
        wanted = [root for root in model.roots if root.doc in documents]
        found = [vector for root in wanted for vector in vectors.vectors(root, run.loader)[0]]
        print(vectors.as_text(found), end="")
        return 0
    types.generate(run, files, Path(args.output), args.prefix, out, _templates(args))
    return _finish(out, run, args.quiet)


def _new(args: argparse.Namespace) -> int:
    run = types.Run(strict=args.strict)
    schema = Path(args.schema)
    name = scaffold.name_of(schema, args.name)
    target = Path(args.output or f"nexlet-{name}")
    made = scaffold.make(run, schema, target, name, _templates(args))
    _report(run)
    _list(scaffold.create(made, target), args.quiet)
    if not args.quiet:
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
    _report(run)
    for change in found:
        mine = (target / change.path).read_text().splitlines(keepends=True)
        lines = difflib.unified_diff(mine, change.merged.splitlines(keepends=True),
                                     change.path, change.path + " (merged)")  # fmt: skip
        sys.stdout.writelines(lines)
    if found and not args.merge:
        print("templates changed: nexgen update --merge takes the merges above", file=sys.stderr)
    taken = found if args.merge else []
    _list(scaffold.update(made, target, taken), args.quiet)
    conflicts = [change.path for change in taken if change.conflicts]
    for path in conflicts:
        print(f"{path}: has conflicts to resolve", file=sys.stderr)
    return 1 if conflicts else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nexgen", description="C from JSON Schema.")
    parser.add_argument("--version", action="version", version=f"nexgen {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--strict", action="store_true", help="notes are errors")
    common.add_argument("-q", "--quiet", action="store_true", help="do not list files written")
    common.add_argument("--templates", action="append", default=[], metavar="DIR",
                        help="templates that go before ours, by path")  # fmt: skip
    for name, function, text in (
        ("protocol", _protocol, "write generated/ of a project from its schemas/"),
        ("check", _check, "fail when generated/ is stale"),
    ):
        command = commands.add_parser(name, parents=[common], help=text)
        command.add_argument("--root", default=".", metavar="DIR", help="the project (.)")
        command.set_defaults(function=function)
    command = commands.add_parser("types", parents=[common], help="write C types for schemas")
    command.add_argument("schemas", nargs="+", metavar="SCHEMA.json")
    command.add_argument("-o", "--output", default=".", metavar="DIR")
    command.add_argument("--prefix", default="", help="put before every C name")
    command.add_argument("--keep-unknown", action="store_true",
                         help="structs keep members the schema does not list")  # fmt: skip
    command.add_argument("--vectors", action="store_true", help="print test vectors instead of C")
    command.add_argument("--ir", action="store_true", help="print the types instead of C")
    command.set_defaults(function=_types)
    command = commands.add_parser("new", parents=[common], help="write a nexlet for a schema")
    command.add_argument("schema", metavar="SCHEMA.json")
    command.add_argument("-o", "--output", metavar="DIR", help="default: nexlet-NAME")
    command.add_argument("--name", help="the nexlet's type; default: from the file's name")
    command.set_defaults(function=_new)
    command = commands.add_parser("update", parents=[common], help="bring a nexlet up to date")
    command.add_argument("directory", nargs="?", default=".", metavar="DIR")
    command.add_argument("--merge", action="store_true", help="take merges of changed templates")
    command.set_defaults(function=_update)
    _add_readers(commands)
    return parser


def _add_readers(commands: Any) -> None:
    command = commands.add_parser("example", help="print an instance of a schema")
    command.add_argument("schema", metavar="SCHEMA.json")
    command.add_argument("--maximal", action="store_true", help="with every member")
    command.add_argument("--invalid", action="store_true",
                         help="one line for each way to break the schema")  # fmt: skip
    command.add_argument("--keyword", help="with --invalid: only ways to break this keyword")
    command.add_argument("--format", choices=("json", "yaml", "nexfile"), default="json")
    command.set_defaults(function=readers.example)
    command = commands.add_parser("docs", help="write reference pages in Markdown")
    command.add_argument("schemas", nargs="+", metavar="SCHEMA.json|DIR")
    command.add_argument("-o", "--output", default="docs", metavar="DIR")
    command.add_argument("--prefix", default="", help="as for types")
    command.add_argument("--templates", action="append", default=[], metavar="DIR")
    command.set_defaults(function=readers.run_docs)
    command = commands.add_parser("lint", help="say what is legal but unwise in schemas")
    command.add_argument("schemas", nargs="+", metavar="SCHEMA.json|DIR")
    command.add_argument("--json", action="store_true", help="findings as JSON")
    command.set_defaults(function=readers.run_lint)
    command = commands.add_parser("diff", help="say what changed, and whom it breaks")
    command.add_argument("old", metavar="OLD", help="file, folder or git:REV[:PATH]")
    command.add_argument("new", metavar="NEW")
    command.add_argument("--direction", choices=("request", "response", "both"),
                         default="both", help="where no AsyncAPI document says it")  # fmt: skip
    command.add_argument("--breaking", nargs="+", default=["wire"], metavar="CATEGORY",
                         help='what fails: "wire" (default), "C API", "C ABI"')  # fmt: skip
    command.add_argument("--format", choices=("text", "json", "github"), default="text")
    command.set_defaults(function=readers.run_diff)


def main(argv: list[str]) -> int:
    """Runs one command; every fault is a line on standard error."""
    sys.setrecursionlimit(10000)
    if argv and argv[0].endswith(".json"):
        argv = ["new", *argv]
    args = _parser().parse_args(argv)
    try:
        status = args.function(args)
        return int(status)
    except NexgenErrors as exc:
        for fault in exc.faults:
            print(f"nexgen: {fault}", file=sys.stderr)
    except NexgenError as exc:
        print(f"nexgen: {exc}", file=sys.stderr)
    except RecursionError:
        print("nexgen: schemas are nested too deeply", file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
    except Exception as exc:
        if os.environ.get("NEXGEN_DEBUG"):
            raise
        text = f"a fault of nexgen itself ({type(exc).__name__}: {exc})"
        print(f"nexgen: {text}; NEXGEN_DEBUG=1 shows where", file=sys.stderr)
    return 1
