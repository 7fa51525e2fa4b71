"""Ways to break one keyword of a schema that is checked at run time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import texts
from .evaluate import Undecided, Visit
from .facts import type_of
from .instances import LONGEST, NoInstance
from .synth import Synth

_ODD: tuple[Any, ...] = (7, "x", True, None, [], {}, 1.5)
_NAMES = ("nexgen_unknown", "not a name!", "", "x" * 300)


def breakages(visit: Visit, synth: Synth) -> Iterator[tuple[str, Any]]:
    """Keyword and the value that should break it, several for one keyword, the best first."""
    schema, value = visit.where.value, visit.value
    if not isinstance(schema, dict):
        return
    kind = type_of(value)
    if "type" in schema:
        for odd in _ODD:
            yield "type", odd
    for keyword in ("const", "enum", "anyOf", "oneOf"):
        if keyword in schema:
            yield from ((keyword, odd) for odd in ("no such value", *_ODD))
    if "not" in schema:
        try:
            yield "not", synth.of(visit.where.child("not"))
        except NoInstance:
            pass
    if kind in ("integer", "number"):
        yield from _numbers(schema, value)
    elif kind == "string":
        yield from _strings(schema)
    elif kind == "array":
        yield from _arrays(schema, value, visit, synth)
    elif kind == "object":
        yield from _objects(schema, value, visit, synth)


def _numbers(schema: dict[str, Any], value: Any) -> Iterator[tuple[str, Any]]:
    for keyword, step in (
        ("minimum", -1),
        ("exclusiveMinimum", 0),
        ("maximum", 1),
        ("exclusiveMaximum", 0),
    ):
        if keyword in schema and abs(schema[keyword]) < 2**53:
            yield keyword, schema[keyword] + step
    if "multipleOf" in schema:
        yield "multipleOf", value + schema["multipleOf"] / 2


def _strings(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if least:
        yield "minLength", "x" * (least - 1)
    if most is not None and most < LONGEST:
        yield "maxLength", "x" * (most + 1)
    if "pattern" in schema:
        odd = texts.not_matching(schema["pattern"], least, most)
        if odd is not None:
            yield "pattern", odd
    if schema.get("format") in texts.BROKEN:
        yield "format", texts.BROKEN[schema["format"]]


def _arrays(
    schema: dict[str, Any], value: list[Any], visit: Visit, synth: Synth
) -> Iterator[tuple[str, Any]]:
    if schema.get("minItems"):
        yield "minItems", value[: schema["minItems"] - 1]
    if value and schema.get("maxItems", LONGEST) < LONGEST:
        yield "maxItems", value + value[-1:] * (schema["maxItems"] + 1 - len(value))
    if value and schema.get("uniqueItems"):
        yield "uniqueItems", [*value, value[-1]]
    if "contains" in schema:
        where = visit.where.child("contains")
        try:
            held = [item for item in value if synth.evaluator.valid(where, item)]
        except Undecided:
            return
        left = [item for item in value if item not in held]
        keyword = "minContains" if schema.get("minContains", 1) > 1 else "contains"
        for filler in (left[-1:] or [7, "x", None, {}, []])[:5]:
            yield keyword, left or [filler]
        yield keyword, []
        if held and "maxContains" in schema:
            yield "maxContains", value + held[:1] * (schema["maxContains"] + 1 - len(held))
    for keyword in ("items", "additionalItems", "unevaluatedItems"):
        if schema.get(keyword) is False:
            for odd in _ODD:
                yield keyword, [*value, odd]


def _objects(
    schema: dict[str, Any], value: dict[str, Any], visit: Visit, synth: Synth
) -> Iterator[tuple[str, Any]]:
    for name in schema.get("required", ()):
        yield "required", {k: v for k, v in value.items() if k != name}
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        if schema.get(keyword) is False:
            yield keyword, {**value, "nexgen_unknown": 1}
        elif isinstance(schema.get(keyword), dict):
            for odd in _ODD:
                yield keyword, {**value, "nexgen_unknown": odd}
    if "propertyNames" in schema:
        for name in _NAMES:
            for odd in (1, "x", {}):
                yield "propertyNames", {**value, name: odd}
    if schema.get("minProperties"):
        kept = list(value.items())[: schema["minProperties"] - 1]
        yield "minProperties", dict(kept)
    if schema.get("maxProperties", LONGEST) < LONGEST:
        more = {f"nexgen_{i}": 1 for i in range(schema["maxProperties"] + 1 - len(value))}
        yield "maxProperties", {**value, **more}
    for keyword in ("dependentRequired", "dependencies"):
        for name, needed in schema.get(keyword, {}).items():
            if isinstance(needed, list) and needed:
                trigger = value.get(name, _member(visit, synth, name))
                rest = {k: v for k, v in value.items() if k not in needed}
                yield keyword, {**value, name: trigger}
                yield keyword, {**rest, name: trigger}
    for pattern in schema.get("patternProperties", {}):
        matching = texts.matching(pattern, 1, None)
        if matching is not None:
            for odd in _ODD:
                yield "patternProperties", {**value, matching: odd}


def _member(visit: Visit, synth: Synth, name: str) -> Any:
    schema = visit.where.value
    if name in schema.get("properties", {}):
        try:
            return synth.of(visit.where.child("properties", name))
        except NoInstance:
            pass
    return "text"
