"""Whether a descriptor alone, without the run-time validator, takes a JSON value."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from . import formats, ir
from .facts import canonical, same, type_of

_JSON = {"integer": "number"}


def fits(node: ir.Node, value: Any) -> bool:
    """As decoding (strict where the schema is closed) and the limits see it."""
    kind = type_of(value)
    if isinstance(node, ir.Dynamic):
        return True
    if isinstance(node, ir.Scalar):
        return _scalar(node, value, kind)
    if isinstance(node, ir.Enum):
        return any(same(item.value, value) for item in node.values)
    if isinstance(node, ir.Array):
        return kind == "array" and _count(node, value) and all(fits(node.item, v) for v in value)
    if isinstance(node, ir.Map):
        if kind != "object" or not _count(node, value):
            return False
        return all(fits(node.value, item) for item in value.values())
    if isinstance(node, ir.Struct):
        return kind == "object" and _struct(node, value)
    if isinstance(node, ir.Tuple):
        return kind == "array" and _tuple(node, value)
    if isinstance(node, ir.Union):
        return _union(node, value, _JSON.get(kind, kind))
    return False


def _scalar(node: ir.Scalar, value: Any, kind: str) -> bool:
    limits = node.limits
    wanted = {ir.BOOL: ("boolean",), ir.INT: ("integer",), ir.DOUBLE: ("integer", "number")}
    if kind not in wanted.get(node.kind, ("string",)):
        return False
    if limits.const is not None and not same(limits.const[0], value):
        return False
    if node.kind in (ir.INT, ir.DOUBLE):
        return _number(node, value)
    if node.kind == ir.TIME:
        return formats.has_format("date-time", value)
    if node.kind == ir.DURATION:
        return formats.has_format("go-duration", value)
    if node.kind == ir.ISO_DURATION:
        return formats.has_format("duration", value)
    if node.kind == ir.BYTES:
        return len(value) % 4 == 0 and "?" not in value
    if node.kind != ir.STRING:
        return True
    if not (limits.min_length or 0) <= len(value) <= (limits.max_length or len(value)):
        return False
    if limits.format is not None and not formats.has_format(limits.format, value):
        return False
    compiled = formats.compiled(limits.pattern) if limits.pattern is not None else None
    return compiled is None or compiled.search(value) is not None


def _number(node: ir.Scalar, value: Any) -> bool:
    limits = node.limits
    low, high, step = limits.minimum, limits.maximum, limits.multiple_of
    if node.kind == ir.INT and not -(2**63) <= value < 2**63:
        return False
    if low is not None and (value < low or (limits.above and value == low)):
        return False
    if high is not None and (value > high or (limits.below and value == high)):
        return False
    return step is None or Fraction(str(value)) % Fraction(str(step)) == 0


def _count(node: ir.Node, value: Any) -> bool:
    limits = node.limits
    if len(value) < (limits.min_length or 0):
        return False
    if limits.max_length is not None and len(value) > limits.max_length:
        return False
    return not limits.unique or len({canonical(item) for item in value}) == len(value)


def _struct(node: ir.Struct, value: dict[str, Any]) -> bool:
    known = {item.json: item for item in node.fields}
    for item in node.fields:
        if item.json not in value:
            if item.required:
                return False
        elif value[item.json] is None and item.nullable:
            continue
        elif not fits(item.node, value[item.json]):
            return False
    others = [name for name in value if name not in known]
    if node.closed and others:
        return False
    if node.rest and not all(fits(node.rest.value, value[name]) for name in others):
        return False
    return _count(node, value)


def _tuple(node: ir.Tuple, value: list[Any]) -> bool:
    if node.closed and len(value) > len(node.fields):
        return False
    for i, item in enumerate(node.fields):
        if i >= len(value):
            if item.required:
                return False
        elif not (value[i] is None and item.nullable) and not fits(item.node, value[i]):
            return False
    if node.rest and not all(fits(node.rest.item, item) for item in value[len(node.fields) :]):
        return False
    return _count(node, value)


def _union(node: ir.Union, value: Any, kind: str) -> bool:
    if node.tag is None:
        for variant in node.variants:
            if kind in variant.json_types:
                return variant.node is None or fits(variant.node, value)
        return False
    if not isinstance(value, dict):
        return False
    tag = value.get(node.tag)
    for variant in node.variants:
        if variant.tag == tag and variant.node is not None:
            named = {item.json for item in getattr(variant.node, "fields", ())}
            inner = {k: v for k, v in value.items() if k != node.tag or k in named}
            return fits(variant.node, inner)
    return False
