"""How commands speak: colours on a terminal only, JSON where another program listens."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from .errors import NexgenError, NexgenErrors, Place

RED, GREEN, YELLOW, _PLAIN = "\033[31m", "\033[32m", "\033[33m", "\033[0m"


def coloured(text: str, colour: str, stream: TextIO) -> str:
    plain = not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if plain else f"{colour}{text}{_PLAIN}"


def speak_utf8() -> None:
    """The same bytes in every locale; a file name that is no text is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def row(place: Place | None, text: str) -> dict[str, Any]:
    """A finding as JSON."""
    if place is None:
        return {"text": text}
    return {"file": place.file, "line": place.line, "pointer": place.pointer, "text": text}


def print_json(value: Any) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))


def notes(items: Iterable[tuple[Place, str]]) -> None:
    for place, text in items:
        print(f"{place}: {coloured('note', YELLOW, sys.stderr)}: {text}", file=sys.stderr)


def written(
    paths: list[Path], items: list[tuple[Place, str]], as_json: bool, quiet: bool, **more: Any
) -> None:
    """What a command wrote, and what it has to say of the schemas."""
    if as_json:
        fallbacks = [row(place, text) for place, text in items if "json_t" in text]
        others = [row(place, text) for place, text in items if "json_t" not in text]
        files = [str(path) for path in paths]
        print_json({"written": files, "fallbacks": fallbacks, "notes": others, **more})
        return
    notes(items)
    for path in [] if quiet else paths:
        print(path)


def failed(exc: NexgenError, as_json: bool) -> None:
    """Errors: a line each, or one JSON object."""
    faults = exc.faults if isinstance(exc, NexgenErrors) else [exc]
    if as_json:
        print_json({"errors": [row(fault.place, fault.text) for fault in faults]})
        return
    for fault in faults:
        where = f"{fault.place}: " if fault.place else ""
        head = coloured("nexgen:", RED, sys.stderr)
        print(f"{head} {where}{fault.text}", file=sys.stderr)
