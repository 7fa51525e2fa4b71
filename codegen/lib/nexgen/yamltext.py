"""JSON values as YAML, for Nexfiles: block style, texts quoted as JSON where they must be."""

from __future__ import annotations

import re
from typing import Any

from .ctext import compact

_PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_./@-]*\Z")
_WORDS = frozenset("true false null yes no on off y n ~".split())


def scalar(value: Any) -> str:
    if isinstance(value, str) and _PLAIN.match(value) and value.lower() not in _WORDS:
        return value
    return compact(value)


def dump(value: Any, indent: int = 0) -> str:
    """Lines, each ended; an empty or plain value is one line."""
    pad = "  " * indent
    if isinstance(value, dict) and value:
        out = []
        for key, item in value.items():
            if isinstance(item, (dict, list)) and item:
                out.append(f"{pad}{scalar(key)}:\n{dump(item, indent + 1)}")
            else:
                out.append(f"{pad}{scalar(key)}: {scalar(item)}\n")
        return "".join(out)
    if isinstance(value, list) and value:
        out = []
        for item in value:
            if isinstance(item, (dict, list)) and item:
                inner = dump(item, indent + 1)
                out.append(f"{pad}- {inner[len(pad) + 2 :]}")
            else:
                out.append(f"{pad}- {scalar(item)}\n")
        return "".join(out)
    return f"{pad}{scalar(value)}\n"
