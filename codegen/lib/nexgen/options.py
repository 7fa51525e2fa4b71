"""Commands, options and their help; an unknown one is answered with the nearest known."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn

from . import VERSION
from .check import nearest

Handler = Callable[[argparse.Namespace], int]

EXAMPLES = {
    "protocol": ["nexgen protocol", "nexgen protocol --root /path/to/project"],
    "check": ["nexgen check", "nexgen check --json | jq '.stale[].file'"],
    "types": [
        "nexgen types order.json -o generated",
        "nexgen types a.json b.json --prefix shop_ --strict",
        "nexgen types order.json --vectors > order-vectors.json",
    ],
    "new": [
        "nexgen greeter_start_request.json",
        "nexgen new greeter_start_request.json -o greeter --name greeter",
        "nexgen new start.json --templates my-templates",
    ],
    "update": ["nexgen update greeter", "cd greeter && nexgen update --merge"],
    "example": [
        "nexgen example start_request.json",
        "nexgen example start_request.json --maximal --format nexfile > Nexfile",
        "nexgen example start_request.json --invalid --keyword required",
    ],
    "docs": ["nexgen docs schemas/protocol -o reference", "nexgen docs start_request.json"],
    "lint": ["nexgen lint schemas", "nexgen lint start_request.json --json"],
    "diff": [
        "nexgen diff git:v1.2.0 start_request.json",
        "nexgen diff old/ new/ --breaking wire 'C API'",
        "nexgen diff git:main schemas/protocol --format github",
    ],
}


class Parser(argparse.ArgumentParser):
    """One whose errors say what was probably meant."""

    def error(self, message: str) -> NoReturn:
        known = self.known_options()
        choices = [name for action in self._actions for name in action.choices or ()]
        if message.startswith("unrecognized arguments: "):
            unknown = message.partition(": ")[2].split()[0]
            message += nearest(unknown.partition("=")[0], known)
        elif found := re.search(r"invalid choice: '([^']*)'", message):
            message += nearest(found.group(1), [str(choice) for choice in choices])
        super().error(message)

    def known_options(self) -> list[str]:
        return [text for action in self._actions for text in action.option_strings]

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Complains in the command itself, which knows its options."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error("unrecognized arguments: " + " ".join(unknown))
        return known, unknown


def parser(handlers: dict[str, Handler]) -> Parser:
    out = Parser(
        prog="nexgen",
        description="C from JSON Schema. nexgen SCHEMA.json is short for nexgen new SCHEMA.json.",
        epilog="Examples:\n  nexgen greeter_start_request.json\n  nexgen COMMAND --help",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    out.add_argument("--version", action="version", version=f"nexgen {VERSION}")
    commands = out.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        examples = "\n".join("  " + line for line in EXAMPLES[name])
        command = commands.add_parser(
            name,
            help=text,
            description=text[0].upper() + text[1:] + ".",
            epilog="Examples:\n" + examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument("--json", action="store_true", help="print JSON for other programs")
        command.set_defaults(function=handlers[name])
        return command

    _writers(add)
    _readers(add)
    return out


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="notes are errors")
    command.add_argument("-q", "--quiet", action="store_true", help="do not list files written")
    _templates(command)


def _templates(command: argparse.ArgumentParser) -> None:
    command.add_argument("--templates", action="append", default=[], metavar="DIR",
                         help="templates that go before ours, by path")  # fmt: skip


def _writers(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    for name, text in (
        ("protocol", "write generated/ of a project from its schemas/"),
        ("check", "fail when generated/ is stale"),
    ):
        command = add(name, text)
        _common(command)
        command.add_argument("--root", default=".", metavar="DIR", help="the project (.)")
    command = add("types", "write C types for schemas")
    _common(command)
    command.add_argument("schemas", nargs="+", metavar="SCHEMA.json")
    command.add_argument("-o", "--output", default=".", metavar="DIR")
    command.add_argument("--prefix", default="", help="put before every C name")
    command.add_argument("--keep-unknown", action="store_true",
                         help="structs keep members the schema does not list")  # fmt: skip
    command.add_argument("--vectors", action="store_true", help="print test vectors instead of C")
    command.add_argument("--ir", action="store_true", help="print the types instead of C")
    command = add("new", "write a nexlet for a schema")
    _common(command)
    command.add_argument("schema", metavar="SCHEMA.json")
    command.add_argument("-o", "--output", metavar="DIR", help="default: nexlet-NAME")
    command.add_argument("--name", help="the nexlet's type; default: from the file's name")
    command = add("update", "bring a nexlet up to date with its schema and our templates")
    _common(command)
    command.add_argument("directory", nargs="?", default=".", metavar="DIR")
    command.add_argument("--merge", action="store_true", help="take merges of changed templates")


def _readers(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    command = add("example", "print an instance of a schema")
    command.add_argument("schema", metavar="SCHEMA.json")
    command.add_argument("--maximal", action="store_true", help="with every member")
    command.add_argument("--invalid", action="store_true",
                         help="one line for each way to break the schema")  # fmt: skip
    command.add_argument("--keyword", help="with --invalid: only ways to break this keyword")
    command.add_argument("--format", choices=("json", "yaml", "nexfile"), default="json")
    command = add(
        "docs", "write reference pages in Markdown, and the AsyncAPI document in one file"
    )
    command.add_argument("schemas", nargs="+", metavar="SCHEMA.json|DIR")
    command.add_argument("-o", "--output", default="docs", metavar="DIR")
    command.add_argument("--prefix", default="", help="as for types")
    _templates(command)
    command = add("lint", "say what is legal but unwise in schemas")
    command.add_argument("schemas", nargs="+", metavar="SCHEMA.json|DIR")
    command = add("diff", "say what changed, and whom it breaks")
    command.add_argument("old", metavar="OLD", help="file, folder or git:REV[:PATH]")
    command.add_argument("new", metavar="NEW")
    command.add_argument("--direction", choices=("request", "response", "both"),
                         default="both", help="where no AsyncAPI document says it")  # fmt: skip
    command.add_argument("--breaking", nargs="+", default=["wire"], metavar="CATEGORY",
                         choices=("wire", "C API", "C ABI"),
                         help='what fails: "wire" (default), "C API", "C ABI"')  # fmt: skip
    command.add_argument("--format", choices=("text", "json", "github"), default="text")
