"""Arguments, output and exit status: 0 done, 1 failed or stale, 2 wrong usage."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import VERSION, emit, irtext, project, types, vectors
from .errors import NexgenError, NexgenErrors
from .units import Layout


def _templates(args: argparse.Namespace) -> emit.Templates:
    return emit.Templates([Path(folder) for folder in args.templates])


def _finish(out: emit.Output, run: types.Run, quiet: bool) -> int:
    for place, text in run.notices.items:
        print(f"{place}: note: {text}", file=sys.stderr)
    touched = out.write()
    if not quiet:
        for path in touched:
            print(path)
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
        found = [vector for root in wanted for vector in vectors.vectors(root)[0]]
        print(vectors.as_text(found), end="")
        return 0
    types.generate(run, files, Path(args.output), args.prefix, out, _templates(args))
    return _finish(out, run, args.quiet)


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
    return parser


def main(argv: list[str]) -> int:
    """Runs one command; every fault is a line on standard error."""
    sys.setrecursionlimit(10000)
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
    return 1
