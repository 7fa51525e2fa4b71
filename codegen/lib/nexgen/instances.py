"""Instances of a type: the smallest, the fullest, and one for each way to be wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from . import ir, texts
from .facts import same
from .jsontext import escape
from .keywords import DRAFT7
from .load import Location

LONGEST = 5000  # of texts and lists made only to be too long
LARGEST = 100_000  # characters, items or members of what is made
MOST_VALUES = 3000  # in one instance; beyond them only what is required


class NoInstance(Exception):
    """No instance could be made: the message says of what."""


@dataclass
class Violation:
    """An instance that is wrong in one way, and where."""

    keyword: str
    pointer: str
    value: Any


def _number(node: ir.Scalar) -> int | float:
    limits = node.limits
    step = limits.multiple_of or 1
    whole = node.kind == ir.INT
    low, high = limits.minimum, limits.maximum
    value: int | float = 0
    if low is not None and (low > 0 or (low == 0 and limits.above)):
        value = low if not limits.above else low + (step if whole or step != 1 else 1)
        if high is not None and not whole and value >= high:
            value = (low + high) / 2
    elif high is not None and (high < 0 or (high == 0 and limits.below)):
        value = high if not limits.below else high - step
    if limits.multiple_of is not None:
        value = -(-value // step) * step
    return int(-(-value // 1)) if whole or value == int(value) else value


def _string(node: ir.Scalar) -> str:
    limits = node.limits
    least, most = limits.min_length or 0, limits.max_length
    _affordable(node, least)
    if node.kind == ir.TIME:
        return texts.FORMATS["date-time"]
    if node.kind == ir.DURATION:
        return texts.FORMATS["go-duration"]
    if node.kind == ir.ISO_DURATION:
        return texts.FORMATS["duration"]
    if node.kind == ir.BYTES:
        return "AAAA" * (-(-max(least, 0) // 4))
    if limits.pattern is not None:
        found = texts.matching(limits.pattern, least, most, limits.format)
        if found is None:
            raise NoInstance(f"{node.where.place}: no text found for the pattern {limits.pattern}")
        return found
    if limits.format in texts.FORMATS:
        text = texts.FORMATS[limits.format]
        if len(text) < least or (most is not None and len(text) > most):
            raise NoInstance(f"{node.where.place}: no {limits.format} of that length at hand")
        return text
    text = "text"
    if most is not None:
        text = text[:most]
    return text + "x" * max(0, least - len(text))


def _affordable(node: ir.Node, count: int) -> None:
    if count > LARGEST:
        raise NoInstance(f"{node.where.place}: a value of {count} parts")


def scalar_value(node: ir.Scalar) -> Any:
    """A value within the limits."""
    if node.limits.const is not None:
        return copy.deepcopy(node.limits.const[0])
    if node.kind == ir.BOOL:
        return False
    return _number(node) if node.kind in (ir.INT, ir.DOUBLE) else _string(node)


class Maker:
    """Makes instances; `full` with every member, else with the required ones only.

    `opaque` makes values of what only the schema describes.
    """

    def __init__(
        self,
        full: bool,
        spoken: bool = False,
        opaque: Callable[[Location], Any] | None = None,
    ) -> None:
        self.full = full
        self.spoken = spoken  # prefer the examples and defaults of the schema
        self.opaque = opaque
        self._above: list[int] = []
        self._left = MOST_VALUES

    def make(self, node: ir.Node, field: ir.Field | None = None) -> Any:
        if self.spoken:
            if node.examples and not isinstance(node, ir.Struct):
                return copy.deepcopy(node.examples[0])
            if field is not None and field.default is not None:
                return copy.deepcopy(field.default[0])
        if len(self._above) > 40:
            raise NoInstance(f"{node.where.place}: required members lead back to themselves")
        self._above.append(id(node))
        try:
            return self._make(node)
        finally:
            self._above.pop()

    def _make(self, node: ir.Node) -> Any:
        self._left -= 1
        if isinstance(node, ir.Scalar):
            return scalar_value(node)
        if isinstance(node, ir.Enum):
            return node.values[0].value
        if isinstance(node, ir.Array):
            count = max(node.limits.min_length or 0, 1 if self._deeper(node.item) else 0)
            if node.limits.max_length is not None:
                count = min(count, node.limits.max_length)
            _affordable(node, count)
            return self._items(node, count)
        if isinstance(node, ir.Map):
            count = max(node.limits.min_length or 0, 1 if self._deeper(node.value) else 0)
            if node.limits.max_length is not None:
                count = min(count, node.limits.max_length)
            _affordable(node, count)
            return {f"key{i}": self.make(node.value) for i in range(count)}
        if isinstance(node, ir.Struct):
            return self._members(node)
        if isinstance(node, ir.Tuple):
            return self._tuple(node)
        if isinstance(node, ir.Union):
            return self._variant(node, node.variants[0])
        if isinstance(node, ir.Dynamic) and not node.why:
            return {} if isinstance(node.where.value, dict) else None
        if self.opaque is not None:
            return self.opaque(node.where)
        raise NoInstance(f"{node.where.place}: a value that only the schema itself describes")

    def _deeper(self, node: ir.Node) -> bool:
        if self._left <= 0 or (self.opaque is None and _opaque(node)):
            return False
        return self.full and id(node) not in self._above

    def _items(self, node: ir.Array, count: int) -> list[Any]:
        items = [self.make(node.item) for _ in range(count)]
        if node.limits.unique:
            for i in range(1, count):
                items[i] = _another(node.item, i, items[i])
        return items

    def _tuple(self, node: ir.Tuple) -> list[Any]:
        made: list[Any] = []
        limits = node.limits
        most = len(node.fields) if limits.max_length is None else limits.max_length
        for item in node.fields:
            if not item.required and not (self._deeper(item.node) and len(made) < most):
                break
            try:
                made.append(self.make(item.node, item))
            except NoInstance:
                if item.required:
                    raise
                break  # of what is optional, the rest will do
        if node.rest and len(made) == len(node.fields):
            more = 1 if self._deeper(node.rest.item) else 0
            count = max((limits.min_length or 0) - len(made), more)
            if limits.max_length is not None:
                count = min(count, limits.max_length - len(made))
            _affordable(node, count)
            made += [self.make(node.rest.item) for _ in range(count)]
        return made

    def _members(self, node: ir.Struct) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for item in node.fields:
            if item.required:
                made[item.json] = self.make(item.node, item)
            elif self._deeper(item.node) and not self._too_many(node, made):
                try:
                    made[item.json] = self.make(item.node, item)
                except NoInstance:
                    continue  # of what is optional, the rest will do
        least = node.limits.min_length or 0
        for item in node.fields:
            if len(made) < least and item.json not in made and not self._unknown(item.node):
                made[item.json] = self.make(item.node, item)
        return made

    def _unknown(self, node: ir.Node) -> bool:
        return self.opaque is None and _opaque(node)

    @staticmethod
    def _too_many(node: ir.Node, made: dict[str, Any]) -> bool:
        return node.limits.max_length is not None and len(made) >= node.limits.max_length

    def _variant(self, node: ir.Union, variant: ir.Variant) -> Any:
        if variant.node is None:
            return None
        value = self.make(variant.node)
        if node.tag is not None and variant.tag is not None:
            value[node.tag] = variant.tag
        return value


def _opaque(node: ir.Node) -> bool:
    return isinstance(node, ir.Dynamic) and bool(node.why)


def _another(node: ir.Node, i: int, value: Any) -> Any:
    """The i-th of several different values of a type."""
    if isinstance(node, ir.Enum):
        return node.values[i % len(node.values)].value
    if isinstance(value, str):
        return value[: max(0, len(value) - 1)] + "abcdefghijklmnopqrstuvwxyz"[i % 26]
    if isinstance(value, int) and not isinstance(value, bool):
        return value + i
    return value


def wrong_type(node: ir.Node) -> Any:
    """A value of a JSON type that the node never takes."""
    if isinstance(node, ir.Scalar):
        return "x" if node.kind in (ir.BOOL, ir.INT, ir.DOUBLE) else 7
    if isinstance(node, ir.Enum):
        return [] if node.textual else "x"
    return 7


def _limit_violations(node: ir.Node, value: Any) -> Iterator[tuple[str, Any]]:
    """Each limit of a value just overstepped."""
    limits = node.limits
    if isinstance(node, ir.Scalar) and node.kind in (ir.INT, ir.DOUBLE):
        if limits.const is not None:
            yield "const", value + 1
        if limits.minimum is not None and abs(limits.minimum) < 2**53:
            yield "minimum", limits.minimum - (0 if limits.above else 1)
        if limits.maximum is not None and abs(limits.maximum) < 2**53:
            yield "maximum", limits.maximum + (0 if limits.below else 1)
        return
    if isinstance(node, ir.Scalar) and node.kind == ir.BOOL:
        if limits.const is not None:
            yield "const", not value
        return
    if isinstance(node, ir.Scalar):
        yield from _text_violations(node, value)
    elif isinstance(node, ir.Enum):
        odd: Any = "no such value" if node.textual else max(int(v.value) for v in node.values) + 1
        yield "enum", odd
    elif isinstance(node, ir.Tuple):
        yield from _tuple_violations(node, value)
    elif isinstance(node, (ir.Array, ir.Map)):
        yield from _count_violations(node, value)


def _text_violations(node: ir.Scalar, value: str) -> Iterator[tuple[str, Any]]:
    limits = node.limits
    least, most = limits.min_length or 0, limits.max_length
    if limits.const is not None:
        yield "const", value + "x"
        return
    if node.kind == ir.TIME:
        yield "format", "yesterday"
    elif node.kind == ir.DURATION:
        yield "format", "soon"
    elif node.kind == ir.ISO_DURATION:
        yield "format", "P1Y1D"
    elif node.kind == ir.BYTES:
        yield "contentEncoding", "?"
    elif limits.pattern is not None:
        odd = texts.not_matching(limits.pattern, least, most)
        if odd is not None:
            yield "pattern", odd
    elif limits.format is not None and not least and most is None:
        yield "format", texts.BROKEN[limits.format]
    elif limits.format is None:
        if least > 0:
            yield "minLength", "x" * (least - 1)
        if most is not None and most < LONGEST:
            yield "maxLength", "x" * (most + 1)


def _tuple_violations(node: ir.Tuple, value: list[Any]) -> Iterator[tuple[str, Any]]:
    count = len(node.fields)
    least = node.limits.min_length or sum(item.required for item in node.fields)
    most = node.limits.max_length
    if least:
        yield "minItems", value[: least - 1]
    if node.closed and len(value) == count:
        keyword = "additionalItems" if node.unit.dialect == DRAFT7 else "items"
        yield keyword, [*value, None]
    if node.rest and most is not None and most < LONGEST and len(value) > count:
        yield "maxItems", [*value, *value[-1:] * (most + 1 - len(value))]


def _count_violations(node: ir.Array | ir.Map, value: Any) -> Iterator[tuple[str, Any]]:
    limits = node.limits
    if isinstance(node, ir.Array):
        if limits.min_length:
            yield "minItems", value[: limits.min_length - 1]
        if value and limits.max_length is not None and limits.max_length < LONGEST:
            if not limits.unique:
                yield "maxItems", value[:1] * (limits.max_length + 1)
        if value and limits.unique and (limits.max_length is None or limits.max_length > 1):
            yield "uniqueItems", value[:1] * max(2, limits.min_length or 0)
        return
    if limits.min_length:
        yield "minProperties", dict(list(value.items())[: limits.min_length - 1])
    if value and limits.max_length is not None and limits.max_length < LONGEST:
        first = next(iter(value.values()))
        yield "maxProperties", {f"key{i}": first for i in range(limits.max_length + 1)}


def _at(root: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy of an instance with one value replaced."""
    if not path:
        return value
    out = copy.deepcopy(root)
    spot = out
    for step in path[:-1]:
        spot = spot[step]
    spot[path[-1]] = value
    return out


def violations(root: ir.Node, instance: Any) -> Iterator[Violation]:
    """From a valid instance: every keyword broken once, at every place it has."""
    stack: list[tuple[ir.Node, Any, tuple[Any, ...]]] = [(root, instance, ())]
    while stack:
        node, value, path = stack.pop()
        pointer = "".join("/" + escape(str(step)) for step in path)
        if not isinstance(node, (ir.Union, ir.Dynamic)):
            yield Violation("type", pointer, _at(instance, path, wrong_type(node)))
        for keyword, odd in _limit_violations(node, value):
            yield Violation(keyword, pointer, _at(instance, path, odd))
        if isinstance(node, ir.Array):
            stack += [(node.item, item, (*path, i)) for i, item in enumerate(value)]
        elif isinstance(node, ir.Map):
            stack += [(node.value, item, (*path, key)) for key, item in value.items()]
        elif isinstance(node, ir.Tuple):
            for item in node.fields[: len(value)]:
                stack.append((item.node, value[int(item.json)], (*path, int(item.json))))
            if node.rest:
                for i in range(len(node.fields), len(value)):
                    stack.append((node.rest.item, value[i], (*path, i)))
        elif isinstance(node, ir.Struct):
            if node.closed:
                odd = {**value, "nexgen_unknown": 1}
                sealed = "unevaluatedProperties" in node.where.value
                keyword = "unevaluatedProperties" if sealed else "additionalProperties"
                yield Violation(keyword, pointer, _at(instance, path, odd))
            for item in node.fields:
                if item.json not in value:
                    continue
                if item.required:
                    odd = {name: v for name, v in value.items() if name != item.json}
                    yield Violation("required", pointer, _at(instance, path, odd))
                if not (item.nullable and value[item.json] is None):
                    stack.append((item.node, value[item.json], (*path, item.json)))
        elif isinstance(node, ir.Union):
            stack += _inside_union(node, value, path)


def _inside_union(node: ir.Union, value: Any, path: tuple[Any, ...]) -> list[Any]:
    for variant in node.variants:
        if node.tag is not None and variant.node is not None:
            if isinstance(value, dict) and same(value.get(node.tag), variant.tag):
                inner = {k: v for k, v in value.items() if k != node.tag}
                fields = getattr(variant.node, "fields", [])
                names = [item.json for item in fields]
                return [
                    (item.node, inner[item.json], (*path, item.json))
                    for item in fields
                    if item.json in inner and item.json != node.tag and names
                ]
    return []
