"""Phases 1 to 3 for config.json: commands, arguments and flags, checked against each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .errors import NexgenErrors
from .load import Document, Location

_FLAG = frozenset(
    "name short value env aliases group default_text repeat json path noop hidden".split()
)
_COMMAND = frozenset("summary aliases args json connects examples".split())
_ARG = frozenset("name description required repeat enum flag".split())
_KINDS = {"boolean": "BOOL", "integer": "INT", "string": "TEXT", "array": "LIST", "object": "MAP"}


@dataclass
class Flag:
    key: str  # "" for flags that are no settings
    name: str
    kind: str
    help: str
    short: str = ""
    value: str = ""
    env: str = ""
    group: str = ""
    aliases: list[str] = field(default_factory=list)
    default: tuple[Any] | None = None
    default_text: str = ""
    choices: list[str] = field(default_factory=list)
    minimum: int | None = None
    max_items: int = 0
    marks: list[str] = field(default_factory=list)  # SECRET, NOOP, HIDDEN, FILE, DIR, NO_KEY


@dataclass
class Arg:
    name: str
    help: str
    required: bool = False
    repeat: bool = False
    choices: list[str] = field(default_factory=list)
    flag: str = ""


@dataclass
class Command:
    name: str
    path: str
    summary: str
    help: str
    aliases: list[str] = field(default_factory=list)
    json: str = ""
    connects: bool = False
    args: list[Arg] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    examples: list[tuple[str, str]] = field(default_factory=list)

    @property
    def full(self) -> str:
        return f"nex {self.path}".strip()


class _Reader:
    def __init__(self) -> None:
        self.faults: list[Any] = []

    def members(self, where: Location, known: frozenset[str]) -> dict[str, Any]:
        value = where.value
        if not isinstance(value, dict):
            self.faults.append(where.fault("must be an object"))
            return {}
        for name in value:
            if name not in known:
                wanted = ", ".join(sorted(known))
                self.faults.append(where.fault(f'unknown member "{name}"; known: {wanted}', name))
        return value

    def flag(self, where: Location, key: str, extra: dict[str, Any] | None = None) -> Flag:
        """A setting (a property with x-flag), or an entry of x-flags given as `extra`."""
        schema = where.value
        flag = extra if extra is not None else self.members(where.child("x-flag"), _FLAG)
        kind = _KINDS.get(str(schema.get("type")), "")
        if extra is not None:
            kind = "TEXT" if "value" in extra else "BOOL"
        elif flag.get("json"):
            kind = "JSON"
        elif kind == "TEXT" and schema.get("format") == "go-duration":
            kind = "DURATION"
        if not kind:
            self.faults.append(where.fault("a flag's type is one of " + ", ".join(_KINDS), "type"))
        marks = []
        for present, mark in (
            (schema.get("writeOnly"), "SECRET"),
            (flag.get("noop"), "NOOP"),
            (flag.get("hidden"), "HIDDEN"),
            (flag.get("path") == "file", "FILE"),
            (flag.get("path") == "dir", "DIR"),
            (not key, "NO_KEY"),
        ):
            if present:
                marks.append(mark)
        if (kind == "BOOL") == ("value" in flag):
            self.faults.append(where.fault('a flag has a "value" unless it is a boolean', "x-flag"))
        items = schema.get("items", {})
        default = (schema["default"],) if "default" in schema and extra is None else None
        return Flag(
            key=key,
            name=str(flag.get("name", "")),
            kind=kind,
            help=str(schema.get("description", "")),
            short=str(flag.get("short", "")),
            value=str(flag.get("value", "")),
            env=str(flag.get("env", "")),
            group=str(flag.get("group", "")),
            aliases=list(flag.get("aliases", ())),
            default=default,
            default_text=str(flag.get("default_text", "")),
            choices=list(schema.get("enum", items.get("enum", ()))),
            minimum=schema.get("minimum"),
            max_items=int(schema.get("maxItems", schema.get("maxProperties", 0))),
            marks=marks,
        )

    def settings(self, where: Location, path: list[str], out: Command) -> None:
        """Properties of an object: flags, families of flags, commands."""
        for name in where.value.get("properties", {}):
            at = where.child("properties", name)
            value = at.value
            below = [*path, name]
            if "x-command" in value:
                out.commands.append(self.command(at, below))
            elif "x-flag" in value:
                out.flags.append(self.flag(at, ".".join(below)))
                self.inner(at, out)
            elif value.get("type") == "object" and "properties" in value:
                self.settings(at, below, out)
            else:
                self.faults.append(at.fault("neither x-flag, x-command nor a family of flags"))

    def inner(self, where: Location, out: Command) -> None:
        """Flags inside a setting: another way to give its members."""
        items = where.value.get("items")
        if isinstance(items, dict):
            for name, member in items.get("properties", {}).items():
                if "x-flag" in member:
                    out.flags.append(self.flag(where.child("items", "properties", name), ""))

    def command(self, where: Location, path: list[str]) -> Command:
        value = self.members(where.child("x-command"), _COMMAND)
        command = Command(
            name=path[-1] if path else "nex",
            path=" ".join(path),
            summary=str(value.get("summary", "")),
            help=str(where.value.get("description", "")) if path else "",
            aliases=list(value.get("aliases", ())),
            json=str(value.get("json", "")),
            connects=bool(value.get("connects")),
        )
        for i, example in enumerate(value.get("examples", ())):
            if not isinstance(example, dict) or "command" not in example:
                at = where.child("x-command")
                self.faults.append(at.fault('an example has a "command"', "examples", i))
                continue
            command.examples.append((example["command"], str(example.get("description", ""))))
        for i in range(len(value.get("args", ()))):
            arg = self.members(where.child("x-command", "args", i), _ARG)
            command.args.append(
                Arg(
                    str(arg.get("name", "")),
                    str(arg.get("description", "")),
                    bool(arg.get("required")),
                    bool(arg.get("repeat")),
                    list(arg.get("enum", ())),
                    str(arg.get("flag", "")),
                )
            )
        if not path:
            for i in range(len(where.value.get("x-flags", ()))):
                at = where.child("x-flags", i)
                command.flags.append(self.flag(at, "", self.members(at, _FLAG | {"description"})))
        self.settings(where, path, command)
        self.clashes(where, command)
        return command

    def clashes(self, where: Location, command: Command) -> None:
        """No two flags of one command, and no two commands of one group, of the same name."""
        names: dict[str, int] = {}
        for flag in command.flags:
            short = ["-" + flag.short] if flag.short else []
            for name in ["--" + flag.name, *("--" + alias for alias in flag.aliases), *short]:
                names[name] = names.get(name, 0) + 1
        for sub in command.commands:
            for name in [sub.name, *sub.aliases]:
                names[name] = names.get(name, 0) + 1
        for name, count in names.items():
            if count > 1:
                self.faults.append(where.fault(f'"{name}" stands for {count} things'))
        for arg in command.args:
            if arg.flag and "--" + arg.flag not in names:
                self.faults.append(where.fault(f'argument {arg.name}: no flag "{arg.flag}"'))


def read(doc: Document) -> Command:
    """The root command of a config.json."""
    reader = _Reader()
    root = reader.command(Location(doc, ""), [])
    if reader.faults:
        raise NexgenErrors(reader.faults)
    return root


def all_commands(root: Command) -> list[Command]:
    """A command and all below it, parents first."""
    return [root, *(inner for sub in root.commands for inner in all_commands(sub))]
