"""The IR as text: one line a node, for people and for the corpus of tests."""

from __future__ import annotations

from dataclasses import fields

from . import ir
from .ctext import compact


def _limits(node: ir.Node) -> str:
    parts = []
    for item in fields(ir.Limits):
        value = getattr(node.limits, item.name)
        if value is None or value is False:
            continue
        shown = compact(value[0]) if item.name == "const" else compact(value)
        parts.append(item.name if value is True else f"{item.name}={shown}")
    return " [" + ", ".join(parts) + "]" if parts else ""


def _field(item: ir.Field) -> str:
    words = [item.name, "required" if item.required else "optional"]
    words += [w for w in ("nullable", "secret", "deprecated") if getattr(item, w)]
    if item.default is not None:
        words.append("default=" + compact(item.default[0]))
    return f"  {compact(item.json)} as {' '.join(words)}: {_ref(item.node)}"


def _ref(node: ir.Node) -> str:
    if isinstance(node, ir.Scalar):
        return node.kind + _limits(node)
    if isinstance(node, ir.Dynamic):
        return "json" + (f" ({node.why})" if node.why else "")
    if isinstance(node, ir.Array):
        return f"array {node.name}" + _limits(node)
    if isinstance(node, ir.Map):
        return f"map {node.name}" + _limits(node)
    return node.name


def _lines(node: ir.Node) -> list[str]:
    kind = type(node).__name__.lower()
    head = f"{kind} {node.name} at {node.where.pointer or '/'}"
    if isinstance(node, ir.Struct):
        words = ["closed"] if node.closed else []
        out = [" ".join([head, *words]) + _limits(node), *map(_field, node.fields)]
        return out + ([f"  rest: {_ref(node.rest)}"] if node.rest else [])
    if isinstance(node, ir.Tuple):
        first = head + (" closed" if node.closed else "") + _limits(node)
        out = [first, *map(_field, node.fields)]
        return out + ([f"  rest: {_ref(node.rest)}"] if node.rest else [])
    if isinstance(node, ir.Enum):
        return [head, *(f"  {compact(v.value)} as {v.name}" for v in node.values)]
    if isinstance(node, ir.Union):
        out = [head + (f" by {compact(node.tag)}" if node.tag is not None else "")]
        for v in node.variants:
            told = compact(v.tag) if v.tag is not None else "/".join(v.json_types)
            out.append(f"  {told} as {v.name}: {_ref(v.node) if v.node else 'nothing'}")
        return out
    if isinstance(node, ir.Array):
        return [f"{head} of {_ref(node.item)}" + _limits(node)]
    if isinstance(node, ir.Map):
        return [f"{head} of {_ref(node.value)}" + _limits(node)]
    return [f"{head}: {_ref(node)}"] if node.shared else []


def dump(model: ir.Model) -> str:
    """All named types, each once, in the order they are reached."""
    lines: list[str] = []
    seen: set[int] = set()
    for root in model.roots:
        lines.append(f"root {root.name}" + (" with its schema" if root.embedded else ""))
        for node in ir.reachable(root.node):
            if id(node) not in seen:
                seen.add(id(node))
                lines += _lines(node)
    return "\n".join(lines) + "\n"
