"""Whether an instance is valid, and where not: what test vectors and lint are checked against.

It follows libnex's validator in what an error points to: a member that is not allowed is itself
at fault, a missing one its object, and of a choice that nothing fits the value as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from . import formats, keywords
from .facts import canonical, same, type_of
from .jsontext import escape
from .load import Loader, Location

DEEPEST = 300


class Undecided(Exception):
    """What is asked cannot be told here, such as a pattern that Python does not know."""


@dataclass(frozen=True)
class Fault:
    """One keyword that an instance breaks; `name` is the member it speaks of, if any."""

    keyword: str
    pointer: str
    where: Location
    name: str = ""


@dataclass
class Visit:
    """A schema and a value it was asked about."""

    where: Location
    value: Any
    path: tuple[str | int, ...]


def pointer_of(path: tuple[str | int, ...]) -> str:
    return "".join("/" + escape(str(step)) for step in path)


class Evaluator:
    def __init__(self, loader: Loader) -> None:
        self.loader = loader
        self._values: dict[Location, Any] = {}
        self._targets: dict[tuple[Location, str], Location] = {}
        self.steps = 0  # schemas held against values so far: what evaluation costs
        self.visits: list[Visit] | None = None  # filled in when somebody wants to know
        self._depth = 0

    def faults(self, where: Location, value: Any) -> list[Fault]:
        """All that is wrong with a value, in the order of the schema's keywords."""
        self._depth = 0
        return self._check(where, value, ())[0]

    def target(self, where: Location, ref: str) -> Location:
        """What a reference points to, looked up once."""
        key = (where, ref)
        if key not in self._targets:
            self._targets[key] = self.loader.resolve(where, ref)
        return self._targets[key]

    def valid(self, where: Location, value: Any) -> bool:
        return not self.faults(where, value)

    def trace(self, where: Location, value: Any) -> list[Visit]:
        """All schemas that a valid value was held against, and with what."""
        self.visits = []
        self.faults(where, value)
        found, self.visits = self.visits, None
        return found

    def _check(
        self, where: Location, value: Any, path: tuple[str | int, ...]
    ) -> tuple[list[Fault], set[Any]]:
        """Faults, and the members or items that some keyword looked at."""
        if where not in self._values:
            self._values[where] = where.value
        schema = self._values[where]
        if schema is True:
            return [], set()
        if schema is False:
            return [Fault("false", pointer_of(path), where)], set()
        self.steps += 1
        self._depth += 1
        if self._depth > DEEPEST:
            raise Undecided("nested too deeply")
        if self.visits is not None:
            self.visits.append(Visit(where, value, path))
        try:
            return _Check(self, where, schema, value, path).run()
        finally:
            self._depth -= 1

    def quietly(
        self, where: Location, value: Any, path: tuple[str | int, ...]
    ) -> tuple[list[Fault], set[Any]]:
        """The same for what may fail: nobody hears of these visits unless it holds."""
        before = len(self.visits or ())
        faults, seen = self._check(where, value, path)
        if faults and self.visits is not None:
            del self.visits[before:]
        return faults, seen


class _Check:
    """One schema against one value."""

    def __init__(
        self,
        owner: Evaluator,
        where: Location,
        schema: dict[str, Any],
        value: Any,
        path: tuple[str | int, ...],
    ) -> None:
        self.owner = owner
        self.where = where
        self.schema = schema
        self.value = value
        self.path = path
        self.pointer = pointer_of(path)
        self.faults: list[Fault] = []
        self.seen: set[Any] = set()

    def fail(self, keyword: str, name: str = "") -> None:
        self.faults.append(Fault(keyword, self.pointer, self.where, name))

    def fail_at(self, keyword: str, step: str | int) -> None:
        pointer = pointer_of((*self.path, step))
        self.faults.append(Fault(keyword, pointer, self.where, str(step)))

    def same_value(self, where: Location) -> bool:
        """A schema that speaks of this value too."""
        faults, seen = self.owner._check(where, self.value, self.path)
        self.faults += faults
        if not faults:
            self.seen |= seen
        return not faults

    def inner(self, where: Location, step: str | int) -> None:
        faults, _ = self.owner._check(where, self.value[step], (*self.path, step))
        self.faults += faults
        self.seen.add(step)

    def run(self) -> tuple[list[Fault], set[Any]]:
        schema, old = self.schema, self.where.doc.dialect == keywords.DRAFT7
        for name in ("$ref", "$dynamicRef"):
            if isinstance(schema.get(name), str):
                self.same_value(self.owner.target(self.where, schema[name]))
        if old and "$ref" in schema:
            return self.faults, self.seen
        kind = type_of(self.value)
        wanted = schema.get("type")
        if wanted is not None:
            names = {wanted} if isinstance(wanted, str) else set(wanted)
            if kind not in names and not (kind == "integer" and "number" in names):
                self.fail("type")
                return self.faults, self.seen
        if "const" in schema and not same(schema["const"], self.value):
            self.fail("const")
        if "enum" in schema and not any(same(item, self.value) for item in schema["enum"]):
            self.fail("enum")
        if kind in ("integer", "number"):
            self.number()
        elif kind == "string":
            self.string()
        elif kind == "array":
            self.array(old)
        elif kind == "object":
            self.object(old)
        self.logic()
        self.unevaluated(kind, old)
        return self.faults, self.seen

    # ---- Plain values ----

    def number(self) -> None:
        schema, value = self.schema, self.value
        for keyword, broken in (
            ("minimum", lambda limit: value < limit),
            ("maximum", lambda limit: value > limit),
            ("exclusiveMinimum", lambda limit: value <= limit),
            ("exclusiveMaximum", lambda limit: value >= limit),
            ("multipleOf", lambda limit: Fraction(str(value)) % Fraction(str(limit)) != 0),
        ):
            if keyword in schema and broken(schema[keyword]):
                self.fail(keyword)

    def string(self) -> None:
        schema, value = self.schema, self.value
        if len(value) < schema.get("minLength", 0):
            self.fail("minLength")
        if len(value) > schema.get("maxLength", len(value)):
            self.fail("maxLength")
        if "pattern" in schema and not self.matches(schema["pattern"], value):
            self.fail("pattern")
        if "format" in schema and not formats.has_format(schema["format"], value):
            self.fail("format")

    @staticmethod
    def matches(pattern: str, text: str) -> bool:
        compiled = formats.compiled(pattern)
        if compiled is None:
            raise Undecided(f"the pattern {pattern}")
        return compiled.search(text) is not None

    # ---- Arrays ----

    def array(self, old: bool) -> None:
        schema, value = self.schema, self.value
        self.count("Items", len(value))
        if schema.get("uniqueItems") and len({canonical(item) for item in value}) < len(value):
            self.fail("uniqueItems")
        items = schema.get("items")
        prefix, rest = ("items", "additionalItems") if old else ("prefixItems", "items")
        count = 0
        if isinstance(schema.get(prefix), list):
            count = len(schema[prefix])
            for i in range(min(count, len(value))):
                self.inner(self.where.child(prefix, i), i)
        elif old:
            rest = "items"
        if rest in schema and not isinstance(items if rest == "items" else None, list):
            for i in range(count, len(value)):
                if schema[rest] is False:
                    self.fail_at(rest, i)
                    self.seen.add(i)
                else:
                    self.inner(self.where.child(rest), i)
        if "contains" in schema:
            self.contains(old)

    def contains(self, old: bool) -> None:
        where = self.where.child("contains")
        held = {
            i
            for i, item in enumerate(self.value)
            if not self.owner.quietly(where, item, (*self.path, i))[0]
        }
        least = 1 if old else self.schema.get("minContains", 1)
        if len(held) < least:
            self.fail("contains" if least == 1 else "minContains")
        if not old and len(held) > self.schema.get("maxContains", len(held)):
            self.fail("maxContains")
        self.seen |= held

    def count(self, noun: str, count: int) -> None:
        if count < self.schema.get(f"min{noun}", 0):
            self.fail(f"min{noun}")
        if count > self.schema.get(f"max{noun}", count):
            self.fail(f"max{noun}")

    # ---- Objects ----

    def object(self, old: bool) -> None:
        schema, value = self.schema, self.value
        self.count("Properties", len(value))
        for name in schema.get("required", ()):
            if name not in value:
                self.fail("required", name)
        for name in value:
            self.member(name)
        if "propertyNames" in schema:
            where = self.where.child("propertyNames")
            for name in value:
                faults, _ = self.owner.quietly(where, name, (*self.path, name))
                if faults:
                    self.fail_at("propertyNames", name)
        for name, needed in schema.get("dependentRequired", {}).items() if not old else ():
            self.depends("dependentRequired", name, needed)
        for name, needed in schema.get("dependencies", {}).items():
            self.depends("dependencies", name, needed)
        for name in schema.get("dependentSchemas", {}) if not old else ():
            self.depends("dependentSchemas", name, None)

    def member(self, name: str) -> None:
        schema = self.schema
        known = name in schema.get("properties", {})
        if known:
            self.inner(self.where.child("properties", name), name)
        for pattern in schema.get("patternProperties", {}):
            if self.matches(pattern, name):
                known = True
                self.inner(self.where.child("patternProperties", pattern), name)
        if not known and "additionalProperties" in schema:
            self.seen.add(name)
            if schema["additionalProperties"] is False:
                self.fail_at("additionalProperties", name)
            else:
                self.inner(self.where.child("additionalProperties"), name)

    def depends(self, keyword: str, name: str, needed: Any) -> None:
        if name not in self.value:
            return
        if not isinstance(needed, list):
            self.same_value(self.where.child(keyword, name))
            return
        for other in needed:
            if other not in self.value:
                self.fail(keyword, other)

    # ---- Schemas of the same value ----

    def arms(self, keyword: str) -> Iterator[tuple[list[Fault], set[Any]]]:
        for i in range(len(self.schema[keyword])):
            yield self.owner.quietly(self.where.child(keyword, i), self.value, self.path)

    def logic(self) -> None:
        schema = self.schema
        for i in range(len(schema.get("allOf", ()))):
            self.same_value(self.where.child("allOf", i))
        for keyword in ("anyOf", "oneOf"):
            if keyword in schema:
                held = [seen for faults, seen in self.arms(keyword) if not faults]
                if not held or (keyword == "oneOf" and len(held) > 1):
                    self.fail(keyword)
                else:
                    self.seen |= set().union(*held)
        if "not" in schema:
            where = self.where.child("not")
            before = len(self.owner.visits or ())
            faults, _ = self.owner._check(where, self.value, self.path)
            if self.owner.visits is not None:
                del self.owner.visits[before:]
            if not faults:
                self.fail("not")
        if "if" in schema:
            faults, seen = self.owner.quietly(self.where.child("if"), self.value, self.path)
            if not faults:
                self.seen |= seen
            branch = "else" if faults else "then"
            if branch in schema:
                self.same_value(self.where.child(branch))

    def unevaluated(self, kind: str, old: bool) -> None:
        keyword = {"object": "unevaluatedProperties", "array": "unevaluatedItems"}.get(kind, "")
        if old or keyword not in self.schema or self.faults:
            return
        steps = list(self.value) if kind == "object" else list(range(len(self.value)))
        for step in steps:
            if step in self.seen:
                continue
            if self.schema[keyword] is False:
                self.fail_at(keyword, step)
            else:
                self.inner(self.where.child(keyword), step)
            self.seen.add(step)
