"""All that a schema says about a value, with $ref followed and allOf merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from . import keywords
from .ir import Limits
from .load import Loader, Location

NUMBERS = frozenset({"integer", "number"})
ALL_TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})


@dataclass
class Sequence:
    """What one schema says of an array's items: of the first ones by position, and of the rest."""

    prefix: list[Location]
    rest: Location | None = None
    closed: bool = False


@dataclass
class Facts:
    """One schema, or several that hold together. `where` is the first of them."""

    where: Location
    places: list[Location] = field(default_factory=list)
    types: frozenset[str] = ALL_TYPES
    typed: bool = False  # a type keyword was seen
    never: bool = False
    remote: bool = False  # there is more to it, which nobody here knows
    properties: dict[str, list[Location]] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)
    closed_by: list[tuple[Location, frozenset[str]]] = field(default_factory=list)
    additional: list[Location] = field(default_factory=list)
    patterns: list[Location] = field(default_factory=list)
    sequences: list[Sequence] = field(default_factory=list)
    enum: list[Any] | None = None
    bounds: dict[str, Limits] = field(default_factory=dict)  # by the JSON type they speak of
    const: tuple[Any] | None = None
    format: str | None = None
    encoding: str = ""
    choices: list[tuple[str, Location]] = field(default_factory=list)
    checked: list[Location] = field(default_factory=list)
    unclear: str = ""  # why a choice has no C shape
    speaks_of: set[str] = field(default_factory=set)
    notes: dict[str, Any] = field(default_factory=dict)
    empty_properties: bool = False

    def limits(self, json_type: str) -> Limits:
        """The limits on values of one JSON type ("number" stands for integer too)."""
        return self.bounds.setdefault(json_type, Limits())

    def note(self, name: str, default: Any = None) -> Any:
        return self.notes.get(name, default)

    @property
    def closed_at(self) -> int | None:
        """The number of items behind which none may follow."""
        return min((len(s.prefix) for s in self.sequences if s.closed), default=None)

    @property
    def prefix(self) -> list[tuple[Location, ...]]:
        """The schemas of each position that has some of its own."""
        count = max((len(s.prefix) for s in self.sequences), default=0)
        if self.closed_at is not None:
            count = min(count, self.closed_at)
        return [tuple(self.item(i)) for i in range(count)]

    def item(self, index: int | None = None) -> Iterable[Location]:
        """The schemas of the item at a position; without one, of all behind the last."""
        for sequence in self.sequences:
            if index is not None and index < len(sequence.prefix):
                yield sequence.prefix[index]
            elif sequence.rest is not None:
                yield sequence.rest


def type_of(value: Any) -> str:
    """The JSON type of a value as jsontext reads it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return "integer"
    if isinstance(value, float):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def _types(value: str | Iterable[str]) -> frozenset[str]:
    names = {value} if isinstance(value, str) else set(value)
    return frozenset(names | NUMBERS if "number" in names else names)


def canonical(value: Any) -> Any:
    """A value that can be compared and hashed: true is not 1, 1.0 is."""
    if isinstance(value, dict):
        return ("object", frozenset((key, canonical(item)) for key, item in value.items()))
    if isinstance(value, list):
        return ("array", tuple(canonical(item) for item in value))
    return ("boolean", value) if isinstance(value, bool) else value


def same(a: Any, b: Any) -> bool:
    """JSON equality."""
    return bool(canonical(a) == canonical(b))


class Merger:
    def __init__(self, loader: Loader) -> None:
        self.loader = loader

    def facts(self, places: tuple[Location, ...]) -> Facts:
        """Merges schemas that must all hold."""
        facts = Facts(where=places[0])
        for place in places:
            self._add(facts, place, (), notes=place is places[0])
        if len(places) == 1:
            self._seal(facts)
        if not facts.typed and facts.enum is None and facts.speaks_of:
            facts.types = _types(facts.speaks_of)
        if facts.enum is not None:
            facts.enum = [v for v in facts.enum if type_of(v) in facts.types]
            facts.types = facts.types & frozenset(type_of(v) for v in facts.enum)
        return facts

    @staticmethod
    def _seal(facts: Facts) -> None:
        """unevaluatedProperties: false, where merging has found all that is evaluated."""
        seal = facts.where.child("unevaluatedProperties")
        whole = not (facts.choices or facts.patterns or facts.additional or facts.remote)
        if facts.checked == [seal] and seal.value is False and whole:
            facts.checked = []
            facts.closed_by.append((facts.where, frozenset(facts.properties)))

    def pure_ref(self, where: Location) -> Location | None:
        """The target when a schema is nothing but a $ref and annotations."""
        value = where.value
        if not isinstance(value, dict) or "$ref" not in value:
            return None
        if where.doc.dialect != keywords.DRAFT7:
            for name in value:
                keyword = keywords.KEYWORDS.get(name)
                if name == "$ref" or name in ("default", "writeOnly", "$defs", "definitions"):
                    continue
                if keyword is not None and keyword.fate != keywords.NOTED:
                    return None
        target = self.loader.resolve(where, value["$ref"])
        return None if target.doc.remote else target

    def follow(self, where: Location) -> Location:
        """Through pure references to what they mean."""
        seen = {where}
        while (target := self.pure_ref(where)) is not None:
            if target in seen:
                raise where.fault("$ref leads back to itself", "$ref")
            seen.add(target)
            where = target
        return where

    def _add(self, facts: Facts, where: Location, above: tuple[Location, ...], notes: bool) -> None:
        if where in above:
            raise where.fault("$ref and allOf lead back to the schema itself")
        above = (*above, where)
        value = where.value
        if where in facts.places:
            return
        facts.places.append(where)
        if value is True:
            return
        if value is False:
            facts.never = True
            return
        if "$ref" in value:
            target = self.loader.resolve(where, value["$ref"])
            facts.remote |= target.doc.remote
            if notes:
                self._notes(facts, value)
            self._add(facts, target, above, notes)
            if where.doc.dialect == keywords.DRAFT7:
                return
        if notes:
            self._notes(facts, value)
        self._own(facts, where, value)
        for i in range(len(value.get("allOf", ()))):
            self._add(facts, where.child("allOf", i), above, notes)

    @staticmethod
    def _notes(facts: Facts, value: dict[str, Any]) -> None:
        for name in ("title", "description", "default", "examples", "deprecated", "writeOnly"):
            if name in value:
                facts.notes.setdefault(name, value[name])
        for name in value:
            if name.startswith("x-nex"):
                facts.notes.setdefault(name, value[name])

    def _own(self, facts: Facts, where: Location, value: dict[str, Any]) -> None:
        for name, held in value.items():
            keyword = keywords.KEYWORDS.get(name)
            if keyword is None:
                continue
            if keyword.json_type and name != "contentMediaType":
                facts.speaks_of.add(keyword.json_type)
            if keyword.fate == keywords.CHECKED and where.doc.dialect in keyword.dialects:
                self._checked(facts, where, name, held)
            elif name in ("oneOf", "anyOf"):
                facts.choices.append((name, where))
        if "type" in value:
            facts.types = facts.types & _types(value["type"])
            facts.typed = True
        self._values(facts, value)
        self._limits(facts, where, value)
        if "contentEncoding" in value:
            facts.encoding = value["contentEncoding"]
        self._object(facts, where, value)
        self._array(facts, where, value)

    @staticmethod
    def _checked(facts: Facts, where: Location, name: str, held: Any) -> None:
        if name in ("then", "else") and "if" not in where.value:
            return
        if name in ("unevaluatedItems", "unevaluatedProperties") and held is True:
            return
        if name == "patternProperties":
            facts.patterns.extend(where.child(name, key) for key in held)
        facts.checked.append(where.child(name))

    @staticmethod
    def _values(facts: Facts, value: dict[str, Any]) -> None:
        allowed = value.get("enum")
        if "const" in value:
            facts.const = (value["const"],)
            allowed = [value["const"]] if allowed is None else allowed
            allowed = [v for v in allowed if same(v, value["const"])]
        if allowed is None:
            return
        if facts.enum is None:
            facts.enum = list(allowed)
        else:
            facts.enum = [v for v in facts.enum if any(same(v, w) for w in allowed)]

    @staticmethod
    def _limits(facts: Facts, where: Location, value: dict[str, Any]) -> None:
        number = facts.limits("number")
        for name, above in (("minimum", False), ("exclusiveMinimum", True)):
            bound = value.get(name)
            if bound is not None and (number.minimum is None or bound >= number.minimum):
                number.above = above or (number.above and bound == number.minimum)
                number.minimum = bound
        for name, below in (("maximum", False), ("exclusiveMaximum", True)):
            bound = value.get(name)
            if bound is not None and (number.maximum is None or bound <= number.maximum):
                number.below = below or (number.below and bound == number.maximum)
                number.maximum = bound
        for json_type, noun in (("string", "Length"), ("array", "Items"), ("object", "Properties")):
            limits = facts.limits(json_type)
            if f"min{noun}" in value:
                limits.min_length = max(limits.min_length or 0, int(value[f"min{noun}"]))
            if f"max{noun}" in value:
                most = int(value[f"max{noun}"])
                known = limits.max_length
                limits.max_length = most if known is None else min(known, most)
        facts.limits("array").unique |= bool(value.get("uniqueItems"))
        text = facts.limits("string")
        for name, limits, slot in (
            ("multipleOf", number, "multiple_of"),
            ("pattern", text, "pattern"),
        ):
            if name in value:
                if getattr(limits, slot) not in (None, value[name]):
                    facts.checked.append(where.child(name))
                setattr(limits, slot, value[name])
        facts.format = value.get("format", facts.format)

    @staticmethod
    def _object(facts: Facts, where: Location, value: dict[str, Any]) -> None:
        own = value.get("properties", {})
        facts.empty_properties = facts.empty_properties or "properties" in value
        for name in own:
            facts.properties.setdefault(name, []).append(where.child("properties", name))
        for name in value.get("required", ()):
            if name not in facts.required:
                facts.required.append(name)
        additional = value.get("additionalProperties")
        if additional is False:
            facts.closed_by.append((where, frozenset(own)))
        elif isinstance(additional, dict):
            facts.additional.append(where.child("additionalProperties"))

    @staticmethod
    def _array(facts: Facts, where: Location, value: dict[str, Any]) -> None:
        prefix, rest = "prefixItems", "items"
        if where.doc.dialect == keywords.DRAFT7 and isinstance(value.get("items"), list):
            prefix, rest = "items", "additionalItems"
        first, held = value.get(prefix, []), value.get(rest)
        if not first and held is None:
            return
        sequence = Sequence([where.child(prefix, i) for i in range(len(first))])
        sequence.closed = held is False
        if isinstance(held, dict):
            sequence.rest = where.child(rest)
        facts.sequences.append(sequence)
