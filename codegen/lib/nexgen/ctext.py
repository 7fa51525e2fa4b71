"""Pieces of C text: literals, comments, prototypes, wrapped at the project's 100 columns."""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any

COLUMNS = 100
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "?": "?"}


def quote(text: str) -> str:
    """A C string literal; other control characters in octal, a trigraph broken up."""
    out: list[str] = []
    for i, char in enumerate(text):
        if char in _ESCAPES:
            out.append("\\?" if char == "?" and text[i - 1 : i] == "?" else _ESCAPES[char])
        elif char < " " or char == "\x7f" or 0xD800 <= ord(char) < 0xE000:
            out.append(f"\\{ord(char) & 0xFF:03o}")
        else:
            out.append(char)
    return '"' + "".join(out) + '"'


def long_quote(text: str, indent: int) -> str:
    """A literal broken into lines, each a literal of its own."""
    width = COLUMNS - indent - 4
    lines: list[str] = []
    line = ""
    for char in text:
        piece = quote(char)[1:-1]
        if len(line) + len(piece) > width:
            lines.append(line)
            line = ""
        line += piece
    lines.append(line)
    return ("\n" + " " * indent).join(f'"{part}"' for part in lines)


def bytes_table(text: str) -> str:
    """The same as numbers, for texts longer than a C literal may portably be."""
    data = [str(byte if byte < 128 else byte - 256) for byte in text.encode() + b"\0"]
    body = textwrap.fill(", ".join(data), COLUMNS - 4)
    return "{\n" + textwrap.indent(body, "    ") + "}"


def plain(text: str) -> str:
    """A description as comment text: one paragraph, nothing that ends a comment."""
    return " ".join(text.split()).replace("*/", "* /").replace("/*", "/ *")


def comment(text: str, indent: int = 0) -> str:
    """A doc comment on lines of its own, or "" for no text."""
    text = plain(text)
    if not text:
        return ""
    pad = " " * indent
    if indent + len(text) + 7 <= COLUMNS:
        return f"{pad}/** {text} */\n"
    body = textwrap.wrap(text, COLUMNS - indent - 3, break_long_words=False, break_on_hyphens=False)
    lines = "".join(f"{pad} * {line}\n" for line in body)
    return f"{pad}/**\n{lines}{pad} */\n"


def call(head: str, args: list[str], tail: str) -> str:
    """head(args)tail, wrapped as clang-format does: aligned behind the parenthesis."""
    whole = f"{head}({', '.join(args)}){tail}"
    if len(whole) <= COLUMNS:
        return whole
    pad = " " * (len(head.rpartition("\n")[2]) + 1)
    if any(len(pad) + len(arg) + 2 > COLUMNS for arg in args):
        pad = "    "
    lines, line = [], head + "("
    if pad == "    ":
        lines, line = [line], pad
    for i, arg in enumerate(args):
        piece = arg + ("," if i + 1 < len(args) else ")" + tail)
        blank = "" if line.endswith("(") or line == pad else " "
        if len(line) + len(blank) + len(piece) > COLUMNS and line.strip() not in ("", head + "("):
            lines.append(line)
            line, blank = pad, ""
        line += blank + piece
    lines.append(line)
    return "\n".join(lines)


def assign(head: str, value: str) -> str:
    """head value; - or the value on a line of its own, one level deeper."""
    whole = f"{head} {value};"
    if len(whole) <= COLUMNS:
        return whole
    indent = len(head) - len(head.lstrip()) + 4
    name, paren, args = value.partition("(")
    pad = len(head) + 1 + len(name) + 1
    pieces = [piece.strip() for piece in args[:-1].split(",")]
    if paren and "?" not in name and all(pad + len(piece) + 2 <= COLUMNS for piece in pieces):
        return call(f"{head} {name}", pieces, ";")
    return f"{head}\n{' ' * indent}{value};"


_WORDS = re.compile(r"(?:[^ \\]|\\.)* *")


def _broken(literal: str, indent: int) -> str:
    """A literal too long for a line, as several: broken behind blanks."""
    width = COLUMNS - indent - 3
    lines: list[str] = [""]
    for word in _WORDS.findall(literal[1:-1]):
        if lines[-1] and len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] += word
    return ("\n" + " " * indent).join(f'"{line}"' for line in lines)


def initializer(pairs: list[tuple[str, str]], indent: int) -> str:
    """Designated members, filled into lines."""
    pad = " " * indent
    lines: list[str] = []
    line = pad
    for key, value in pairs:
        piece = f".{key} = {value},"
        if len(pad) + len(piece) > COLUMNS and value.startswith('"'):
            piece = f".{key} = {_broken(value, len(pad) + len(key) + 4)},"
        if line != pad and len(line) + 1 + len(piece.partition("\n")[0]) > COLUMNS:
            lines.append(line)
            line = pad
        line += ("" if line == pad else " ") + piece
        if "\n" in piece:
            lines.append(line)
            line = pad
    return "\n".join([*lines, line] if line != pad else lines)


def compact(value: Any) -> str:
    """A value as compact JSON text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def int_literal(value: int) -> str:
    """An int64_t constant, the smallest included."""
    if value == -(2**63):
        return "INT64_MIN"
    return f"INT64_C({value})"


def double_literal(value: int | float) -> str:
    return repr(float(value))
