"""Texts that match a pattern or a format, and texts that do not."""

from __future__ import annotations

import re
from re import _parser as sre  # type: ignore[attr-defined]
from typing import Any

from . import formats

FORMATS = {
    "date-time": "2026-01-02T03:04:05Z",
    "date": "2026-01-02",
    "time": "03:04:05Z",
    "duration": "P1DT2H",
    "go-duration": "1m30s",
    "email": "somebody@example.org",
    "idn-email": "somebody@example.org",
    "hostname": "host.example.org",
    "idn-hostname": "host.example.org",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.org/a",
    "uri-reference": "/a",
    "iri": "https://example.org/a",
    "iri-reference": "/a",
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
    "uri-template": "/a/{b}",
    "json-pointer": "/a",
    "relative-json-pointer": "0/a",
    "regex": "^a$",
}
# What no value of these formats looks like.
BROKEN = dict.fromkeys(FORMATS, "\\ {")
BROKEN["regex"] = "(a"


LONGEST = 100_000


class _Unknown(Exception):
    """A construct that this small generator does not know."""


def _class(items: list[Any]) -> str:
    """One character of a class, a letter or digit where that is allowed."""
    negated = bool(items) and str(items[0][0]) == "NEGATE"
    pattern = "[" + "".join(_piece(op, arg) for op, arg in items) + "]"
    pool = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:@ +=~,;!#$%&*()\n"
    for char in pool:
        if _is_in(pattern, char):
            return char
    for op, arg in items:
        if not negated and str(op) == "LITERAL":
            return chr(arg)
        if not negated and str(op) == "RANGE":
            return chr(arg[0])
    raise _Unknown


def _is_in(pattern: str, char: str) -> bool:
    compiled = formats.compiled(pattern)
    return compiled is not None and compiled.fullmatch(char) is not None


def _piece(op: Any, arg: Any) -> str:
    name = str(op)
    if name == "NEGATE":
        return "^"
    if name == "LITERAL":
        return re.escape(chr(arg))
    if name == "RANGE":
        return f"{re.escape(chr(arg[0]))}-{re.escape(chr(arg[1]))}"
    categories = {"CATEGORY_DIGIT": "\\d", "CATEGORY_SPACE": "\\s", "CATEGORY_WORD": "\\w",
                  "CATEGORY_NOT_DIGIT": "\\D", "CATEGORY_NOT_SPACE": "\\S",
                  "CATEGORY_NOT_WORD": "\\W"}  # fmt: skip
    return categories[str(arg)]


def _build(tree: Any, groups: dict[int, str]) -> str:
    out: list[str] = []
    for op, arg in tree:
        name = str(op)
        if name == "LITERAL":
            out.append(chr(arg))
        elif name == "NOT_LITERAL":
            out.append("a" if arg != ord("a") else "b")
        elif name == "ANY":
            out.append("a")
        elif name == "IN":
            out.append(_class(arg))
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            once = _build(arg[2], groups) if arg[0] else ""
            if len(once) * arg[0] > LONGEST:
                raise _Unknown
            out.append(once * arg[0])
        elif name == "SUBPATTERN":
            text = _build(arg[3], groups)
            if arg[0] is not None:
                groups[arg[0]] = text
            out.append(text)
        elif name == "ATOMIC_GROUP":
            out.append(_build(arg, groups))
        elif name == "BRANCH":
            out.append(_build(arg[1][0], groups))
        elif name == "GROUPREF":
            out.append(groups.get(arg, ""))
        elif name not in ("AT", "ASSERT_NOT", "ASSERT"):
            raise _Unknown
    return "".join(out)


def matching(
    pattern: str, least: int, most: int | None, format_: str | None = None
) -> str | None:
    """A text that matches, is long enough and of a format; None when none was found."""
    compiled = formats.compiled(pattern)
    if compiled is None:
        return None
    try:
        base = _build(sre.parse(compiled.pattern, compiled.flags), {})
    except (re.error, _Unknown, RecursionError, OverflowError, KeyError):
        return None
    tries = [base]
    if base:
        tries += [base + base[-1] * max(0, least - len(base)), base[0] * least + base]
    tries += ["a" * least, "a1" * least, "0" * max(least, 1), "A" * max(least, 1)]
    if format_ in FORMATS:
        tries.append(FORMATS[format_])
    for text in tries:
        fits = len(text) >= least and (most is None or len(text) <= most)
        if fits and compiled.search(text) and formats.has_format(format_ or "", text):
            return text
    return None


def not_matching(pattern: str, least: int, most: int | None) -> str | None:
    """A text of a good length that does not match."""
    compiled = formats.compiled(pattern)
    if compiled is None:
        return None
    for char in ("!", "\u00e9", " ", "-", "a", "0"):
        for length in {max(least, 1), least, least + 1}:
            text = char * length
            if (most is None or len(text) <= most) and not compiled.search(text):
                return text
    return None
