"""Test vectors of a type: instances that are valid, and instances wrong in one way each."""

from __future__ import annotations

from typing import Any

from . import instances, ir
from .ctext import compact

MOST = 400  # vectors of one type


def vectors(root: ir.Root) -> tuple[list[dict[str, Any]], str]:
    """Vectors as {value} or {value, pointer, breaks}, and why there are none, if so.

    Where the run-time validator has a say, what it wants cannot be known here: then only the
    schema's own examples are vectors.
    """
    node = root.node
    made: list[dict[str, Any]] = [{"value": example} for example in node.examples]
    if root.embedded is not None:
        return made, "the schema has keywords that are checked at run time"
    try:
        least, most = instances.minimal(node), instances.maximal(node)
    except instances.NoInstance as exc:
        return made, str(exc)
    made += [{"value": least}, {"value": most}]
    for item in instances.violations(node, most):
        made.append({"value": item.value, "pointer": item.pointer, "breaks": item.keyword})
    seen: set[str] = set()
    unique = []
    for vector in made:
        key = compact(vector["value"])
        if key not in seen:
            seen.add(key)
            unique.append(vector)
    return unique[:MOST], ""


def as_text(found: list[dict[str, Any]]) -> str:
    """One vector a line."""
    if not found:
        return "[]\n"
    return "[\n  " + ",\n  ".join(compact(vector) for vector in found) + "\n]\n"
