"""Test vectors of a type: instances that are valid, and instances wrong in one way each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import instances, ir
from .ctext import compact
from .evaluate import Undecided
from .fits import fits
from .instances import NoInstance, Violation
from .load import Loader, Location
from .mutate import breakages
from .synth import Synth, put

MOST = 400  # vectors of one type
MOST_STEPS = 60_000  # of the evaluator, to break what is checked at run time


@dataclass
class Instances:
    """Makes instances of a document's type, the run-time validator's part included."""

    root: ir.Root
    loader: Loader

    def __post_init__(self) -> None:
        self.where = Location(self.root.doc, "")
        self.checked = self.root.embedded is not None

    def make(self, full: bool, spoken: bool = False) -> Any:
        """The minimal or maximal instance; raises NoInstance where none was found."""
        synth = Synth(self.loader)
        try:
            made = instances.Maker(full, spoken, synth.of).make(self.root.node)
        except NoInstance:
            if not self.checked:
                raise
            made = synth.of(self.where)
        if self.checked:
            mended = synth.mend((self.where,), made)
            made = synth.of(self.where) if mended is None else mended[0]
        return made

    def violations(self, instance: Any) -> Iterator[Violation]:
        """Every keyword broken once, wherever that has one consequence only."""
        synth = Synth(self.loader)
        for found in instances.violations(self.root.node, instance):
            if self.checked and synth.evaluator.steps > MOST_STEPS // 2:
                break
            if not self.checked or self._refused(synth, found.value):
                yield found
        if self.checked:
            yield from self._checked(synth, instance)

    def _refused(self, synth: Synth, value: Any) -> bool:
        """What the descriptor refuses must be wrong by the schema too."""
        try:
            return not synth.evaluator.valid(self.where, value)
        except Undecided:
            return False

    def _checked(self, synth: Synth, instance: Any) -> Iterator[Violation]:
        """What the descriptor lets pass and the validator refuses, at one place."""
        done: set[tuple[Location, str]] = set()
        for visit in synth.evaluator.trace(self.where, instance):
            try:
                for keyword, odd in breakages(visit, synth):
                    if (visit.where, keyword) in done:
                        continue
                    if synth.evaluator.steps > MOST_STEPS:
                        return
                    value = put(instance, visit.path, odd)
                    if not fits(self.root.node, value):
                        continue
                    faults = synth.evaluator.faults(self.where, value)
                    names = {fault.keyword for fault in faults}
                    if len({fault.pointer for fault in faults}) == 1 and keyword in names:
                        done.add((visit.where, keyword))
                        yield Violation(keyword, faults[0].pointer, value)
            except (Undecided, NoInstance):
                continue


def vectors(root: ir.Root, loader: Loader) -> tuple[list[dict[str, Any]], str]:
    """Vectors as {value} or {value, pointer, breaks}, and why some are missing, if so."""
    maker = Instances(root, loader)
    made = [{"value": example} for example in root.node.examples if maker_takes(maker, example)]
    why = ""
    most = None
    for full in (False, True):
        try:
            most = maker.make(full)
            made.append({"value": most})
        except NoInstance as exc:
            why = str(exc)
    if made:
        base = made[-1]["value"] if most is None else most
        for item in maker.violations(base):
            made.append({"value": item.value, "pointer": item.pointer, "breaks": item.keyword})
    seen: set[str] = set()
    unique = []
    for vector in made:
        key = compact(vector["value"])
        if key not in seen:
            seen.add(key)
            unique.append(vector)
    return unique[:MOST], why


def maker_takes(maker: Instances, example: Any) -> bool:
    """An example that is none is lint's business, not a vector."""
    try:
        return Synth(maker.loader).evaluator.valid(maker.where, example)
    except Undecided:
        return True


def as_text(found: list[dict[str, Any]]) -> str:
    """One vector a line."""
    if not found:
        return "[]\n"
    return "[\n  " + ",\n  ".join(compact(vector) for vector in found) + "\n]\n"
