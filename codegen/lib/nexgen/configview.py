"""Phase 5, command line: tables for the CLI, man pages and the reference in Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import config, emit
from .config import Arg, Command, Flag
from .ctext import compact, quote
from .load import Document

Pairs = list[tuple[str, str]]


def _texts(values: list[str]) -> str:
    return "(const char *const[]){" + ", ".join([*map(quote, values), "NULL"]) + "}"


def _put(pairs: Pairs, name: str, text: str) -> None:
    if text:
        pairs.append((name, quote(text)))


def _flag(flag: Flag) -> Pairs:
    pairs: Pairs = []
    _put(pairs, "key", flag.key)
    pairs.append(("name", quote(flag.name)))
    if flag.short:
        pairs.append(("short_name", f"'{flag.short}'"))
    pairs.append(("kind", "CLI_" + flag.kind))
    if flag.marks:
        pairs.append(("flags", " | ".join("CLI_" + mark for mark in flag.marks)))
    if flag.aliases:
        pairs.append(("aliases", _texts(flag.aliases)))
    for name in ("value", "env", "group", "help"):
        _put(pairs, name, getattr(flag, name))
    if flag.default is not None:
        pairs.append(("default_json", quote(compact(flag.default[0]))))
    _put(pairs, "default_text", flag.default_text)
    if flag.choices:
        pairs.append(("choices", _texts(flag.choices)))
    if flag.minimum is not None:
        pairs += [("has_minimum", "true"), ("minimum", str(flag.minimum))]
    if flag.max_items:
        pairs.append(("max_items", str(flag.max_items)))
    return pairs


def _arg(arg: Arg) -> Pairs:
    pairs: Pairs = [("name", quote(arg.name)), ("help", quote(arg.help))]
    for name, value in (("required", arg.required), ("repeat", arg.repeat)):
        if value:
            pairs.append((name, "true"))
    if arg.choices:
        pairs.append(("choices", _texts(arg.choices)))
    _put(pairs, "flag", arg.flag)
    return pairs


def _command(command: Command, stem: str) -> Pairs:
    pairs: Pairs = [("name", quote(command.name)), ("path", quote(command.path))]
    if command.aliases:
        pairs.append(("aliases", _texts(command.aliases)))
    pairs.append(("summary", quote(command.summary)))
    _put(pairs, "help", command.help)
    _put(pairs, "json", command.json)
    if command.connects:
        pairs.append(("connects", "true"))
    for name, single, items in (
        ("args", "arg", command.args),
        ("flags", "flag", command.flags),
        ("commands", "command", command.commands),
        ("examples", "example", command.examples),
    ):
        if items:
            pairs += [(name, f"{stem}{name}"), (f"{single}_count", str(len(items)))]
    return pairs


def _stem(command: Command) -> str:
    return "".join(word.replace("-", "_") + "_" for word in ["root", *command.path.split()])


def tables(root: Command) -> list[dict[str, Any]]:
    """The tables of each group, innermost first, so that each is defined before it is used."""
    out: list[dict[str, Any]] = []
    for command in reversed(config.all_commands(root)):
        examples = [[("command", quote(a)), ("help", quote(b))] for a, b in command.examples]
        out.append({
            "stem": _stem(command),
            "args": [_arg(arg) for arg in command.args],
            "flags": [_flag(flag) for flag in command.flags],
            "examples": examples,
            "commands": [_command(sub, _stem(sub)) for sub in command.commands],
        })  # fmt: skip
    return out


def _roff(text: str) -> str:
    """Text that roff prints as it stands."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    lines = text.split("\n")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in lines)


def _default(flag: Flag) -> str:
    if flag.default_text:
        return flag.default_text
    if flag.default is None or flag.default[0] in ("", False):
        return ""
    value = flag.default[0]
    return ",".join(value) if isinstance(value, list) else str(value)


def _usage(command: Command) -> str:
    args = []
    for arg in command.args:
        name = arg.name + ("..." if arg.repeat else "")
        args.append(name if arg.required else f"[{name}]")
    if command.commands:
        args.append("COMMAND")
    return " ".join(args)


def page(command: Command) -> dict[str, Any]:
    """A command as its man page and its chapter of the reference show it."""
    flags = []
    for flag in command.flags:
        if "HIDDEN" in flag.marks:
            continue
        about = [flag.help.rstrip(".") + "."]
        if flag.choices:
            about.append("One of: " + ", ".join(c or '""' for c in flag.choices) + ".")
        default = _default(flag)
        if default:
            about.append(f"Default: {default}.")
        if flag.env:
            about.append(f"Environment: {flag.env}.")
        if flag.key:
            about.append(f"Configuration: {flag.key}.")
        short = f"-{flag.short}, " if flag.short else ""
        spelled = f"{short}--{flag.name}"
        flags.append({
            "spelled": spelled, "value": flag.value, "about": " ".join(about),
            "roff_spelled": _roff(spelled), "roff_value": _roff(flag.value),
            "roff_about": _roff(" ".join(about)), "help": flag.help, "default": default,
            "env": flag.env, "key": flag.key, "choices": ", ".join(c or '""' for c in flag.choices),
        })  # fmt: skip
    return {
        "full": command.full,
        "page": command.full.replace(" ", "-"),
        "upper": command.full.replace(" ", "-").upper(),
        "summary": command.summary,
        "help": command.help or command.summary,
        "aliases": command.aliases,
        "usage": _usage(command),
        "args": command.args,
        "flags": flags,
        "json": command.json,
        "commands": command.commands,
        "examples": command.examples,
        "see": [f"{command.full} {sub.name}".replace(" ", "-") for sub in command.commands],
        "r": {
            "full": _roff(command.full), "summary": _roff(command.summary),
            "help": _roff(command.help or command.summary), "usage": _roff(_usage(command)),
            "json": _roff(command.json), "aliases": _roff(", ".join(command.aliases)),
            "args": [(_roff(arg.name), _roff(arg.help)) for arg in command.args],
            "examples": [(_roff(a), _roff(b)) for a, b in command.examples],
            "see": [_roff(f"{command.full} {s.name}".replace(" ", "-"))
                    for s in command.commands],
        },
    }  # fmt: skip


def generate(doc: Document, target: Path, out: emit.Output, templates: emit.Templates) -> None:
    """Tables, man pages and the reference of the command line."""
    root = config.read(doc)
    source = doc.path.name
    lines = emit.banner("The command line as tables; see spec.h.", source, doc.digest)
    text = templates.render("cli/tables.c.j2", banner=lines, tables=tables(root),
                            root=_command(root, _stem(root)))  # fmt: skip
    out.add(target / "cli" / "cli_tables.c", text)
    pages = [page(command) for command in config.all_commands(root)]
    lines = emit.banner("", source, doc.digest)
    for values in pages:
        text = templates.render("cli/man.1.j2", banner=lines, page=values, root=pages[0])
        out.add(target / "man" / f"{values['page']}.1", text)
    out.own(target / "man", ".1")
    text = templates.render("cli/reference.md.j2", banner=lines, pages=pages)
    out.add(target / "docs" / "cli.md", text)
