"""Values for schemas that no C type describes: made from the schema, mended until they hold."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from . import ir, texts
from .evaluate import Evaluator, Fault, Undecided
from .facts import Facts, Merger
from .instances import NoInstance, scalar_value
from .jsontext import unescape
from .load import Loader, Location

Places = tuple[Location, ...]
_ORDER = ("object", "array", "string", "integer", "number", "boolean", "null")
_SCALARS = {"string": ir.STRING, "integer": ir.INT, "number": ir.DOUBLE, "boolean": ir.BOOL}
_UNWANTED = frozenset(
    "additionalProperties unevaluatedProperties propertyNames items additionalItems "
    "unevaluatedItems false".split()
)
_MISSING = frozenset({"required", "dependentRequired", "dependencies"})
MOST_STEPS = 60_000  # of the evaluator, to find one instance
DEEPEST = 12


def merged(value: Any, more: Any) -> Any:
    """Both, where both are objects; else the second."""
    if isinstance(value, dict) and isinstance(more, dict):
        return {**value, **more}
    return copy.deepcopy(more)


def put(root: Any, steps: tuple[Any, ...], value: Any) -> Any:
    """A copy with one value replaced or added."""
    if not steps:
        return value
    out = copy.deepcopy(root)
    spot = out
    for step in steps[:-1]:
        spot = spot[step]
    spot[steps[-1]] = value
    return out


def dropped(root: Any, steps: tuple[Any, ...]) -> Any:
    """A copy without one member or item."""
    out = copy.deepcopy(root)
    spot = out
    for step in steps[:-1]:
        spot = spot[step]
    del spot[steps[-1]]
    return out


def at(root: Any, steps: tuple[Any, ...]) -> Any:
    for step in steps:
        root = root[step]
    return root


def steps_of(root: Any, pointer: str) -> tuple[Any, ...]:
    """A pointer as the keys and indexes that lead into a value."""
    steps: list[Any] = []
    for token in pointer.split("/")[1:]:
        steps.append(int(token) if isinstance(root, list) else unescape(token))
        root = root[steps[-1]]
    return tuple(steps)


class Synth:
    def __init__(self, loader: Loader) -> None:
        self.evaluator = Evaluator(loader)
        self.merger = Merger(loader)

    def of(self, *places: Location, depth: int = 0) -> Any:
        """A value for which all these schemas hold."""
        if depth > DEEPEST:
            raise NoInstance(f"{places[0].place}: nested too deeply")
        for candidate in self._candidates(places, depth):
            found = self.mend(places, candidate, depth)
            if found is not None:
                return found[0]
        raise NoInstance(f"{places[0].place}: no value found that is valid")

    def mend(self, places: Places, value: Any, depth: int = 0) -> tuple[Any] | None:
        """The value with its faults mended one by one; None when one cannot be."""
        faults = self.faults(places, value)
        while faults:
            for better in self._fixes(places, faults[0], value, depth):
                left = self.faults(places, better)
                if len(left) < len(faults):
                    value, faults = better, left
                    break
            else:
                return None
        return (value,)

    def faults(self, places: Places, value: Any) -> list[Fault]:
        if self.evaluator.steps > MOST_STEPS:
            raise NoInstance(f"{places[0].place}: no valid value found soon enough")
        try:
            return [fault for place in places for fault in self.evaluator.faults(place, value)]
        except Undecided as exc:
            raise NoInstance(f"{places[0].place}: {exc}") from None

    # ---- First guesses ----

    def _candidates(self, places: Places, depth: int) -> Iterator[Any]:
        facts = self.merger.facts(places)
        if facts.never or not facts.types:
            return
        examples = facts.note("examples")
        yield from copy.deepcopy(examples) if isinstance(examples, list) else ()
        if facts.enum is not None:
            yield from copy.deepcopy(facts.enum)
            return
        plain = list(self._plain(facts, depth))
        yield from plain
        for keyword, where in facts.choices:
            for i in range(len(where.value.get(keyword, ()))):
                try:
                    arm = self.of(where.child(keyword, i), depth=depth + 1)
                except NoInstance:
                    continue
                yield merged(plain[0] if plain else None, arm)

    def _plain(self, facts: Facts, depth: int) -> Iterator[Any]:
        for kind in _ORDER:
            if kind not in facts.types:
                continue
            try:
                if kind == "object":
                    yield self._object(facts, depth)
                elif kind == "array":
                    yield self._array(facts, depth)
                elif kind == "null":
                    yield None
                else:
                    yield self._scalar(facts, kind)
            except NoInstance:
                continue

    def _scalar(self, facts: Facts, kind: str) -> Any:
        family = "number" if kind == "integer" else kind
        limits = copy.copy(facts.limits(family))
        if kind == "string":
            limits.format = facts.format
        return scalar_value(ir.Scalar(facts.where, kind=_SCALARS[kind], limits=limits))

    def _object(self, facts: Facts, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name in facts.required:
            made[name] = self._member(facts, name, depth)
        least = facts.limits("object").min_length or 0
        for name in facts.properties:
            if len(made) >= least:
                break
            if name not in made:
                made[name] = self._member(facts, name, depth)
        for name in self._names(facts, depth):
            if len(made) >= least:
                break
            made[name] = self._member(facts, name, depth)
        return made

    def _names(self, facts: Facts, depth: int) -> Iterator[str]:
        """Names for members that the schema does not list."""
        for where in facts.patterns:
            found = texts.matching(unescape(where.pointer.rpartition("/")[2]), 1, None)
            if found is not None:
                yield found
        if any(where.pointer.endswith("/propertyNames") for where in facts.checked):
            try:
                yield str(self.of(facts.where.child("propertyNames"), depth=depth + 1))
            except (NoInstance, KeyError):
                pass
        yield from "abcdefghijklmnopqrstuvwxyz"

    def _member(self, facts: Facts, name: str, depth: int) -> Any:
        places = tuple(facts.properties.get(name, ())) or tuple(facts.additional)
        return self.of(*places, depth=depth + 1) if places else "text"

    def _array(self, facts: Facts, depth: int) -> list[Any]:
        count = max(facts.limits("array").min_length or 0, len(facts.prefix))
        if count > 1000:
            raise NoInstance(f"{facts.where.place}: an array of {count} items")
        made = []
        for i in range(count):
            places = tuple(facts.item(i))
            made.append(self.of(*places, depth=depth + 1) if places else i)
        return made

    # ---- Mending ----

    def _fixes(self, places: Places, fault: Fault, root: Any, depth: int) -> Iterator[Any]:
        """Values that lack this fault, perhaps."""
        try:
            steps = steps_of(root, fault.pointer)
            value = at(root, steps)
        except (KeyError, IndexError, ValueError, TypeError):
            return
        if fault.keyword in _MISSING and fault.name:
            for member in self._members(places, fault, depth):
                yield put(root, (*steps, fault.name), member)
        elif fault.keyword in _UNWANTED:
            if steps:
                yield dropped(root, steps)
                yield from self._instead(fault.where, root, steps[:-1], depth)
            return
        elif fault.keyword in ("contains", "minContains"):
            try:
                item = self.of(fault.where.child("contains"), depth=depth + 1)
                yield put(root, steps, [*value, item])
                yield put(root, steps, [item, *value[1:]])
            except NoInstance:
                pass
        elif fault.keyword in ("anyOf", "oneOf"):
            for i in range(len(fault.where.value[fault.keyword])):
                yield from self._instead(fault.where.child(fault.keyword, i), root, steps, depth)
        elif fault.keyword not in ("not", "dependencies"):
            yield from self._instead(fault.where, root, steps, depth)
        yield from self._without(root, steps, value)

    def _instead(self, where: Location, root: Any, steps: Any, depth: int) -> Iterator[Any]:
        try:
            value = self.of(where, depth=depth + 1)
        except NoInstance:
            return
        yield put(root, steps, merged(at(root, steps), value))
        yield put(root, steps, value)

    def _members(self, places: Places, fault: Fault, depth: int) -> Iterator[Any]:
        """What a missing member may be: as its schema says, else anything."""
        known = list(self.merger.facts((fault.where,)).properties.get(fault.name, ()))
        if fault.pointer == "":
            known += self.merger.facts(places).properties.get(fault.name, ())
        if known:
            try:
                yield self.of(*dict.fromkeys(known), depth=depth + 1)
            except NoInstance:
                pass
        yield from ("text", 1, True, {}, [])

    @staticmethod
    def _without(root: Any, steps: tuple[Any, ...], value: Any) -> Iterator[Any]:
        """Fewer members or items, and in the end not the value at all."""
        if isinstance(value, dict):
            for name in reversed(value):
                yield dropped(root, (*steps, name))
        elif isinstance(value, list) and value:
            yield dropped(root, (*steps, len(value) - 1))
        if steps:
            yield dropped(root, steps)


__all__ = ["Synth", "at", "dropped", "put", "steps_of"]
