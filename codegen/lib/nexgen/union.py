"""How the variants of a oneOf or anyOf are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from .facts import NUMBERS, Facts, Merger
from .load import Location

Places = tuple[Location, ...]


@dataclass
class Arm:
    """One variant: the schemas that hold for it, and what tells it from the others."""

    places: Places
    facts: Facts
    label: str
    tags: list[str]
    json_types: list[str]


@dataclass
class Split:
    arms: list[Arm]
    tag: str | None
    nullable: bool


def wire_types(types: frozenset[str]) -> list[str]:
    """JSON types as codec.h tells them apart: integer and number are one."""
    names = {"number" if name in NUMBERS else name for name in types}
    return sorted(names)


def _label(place: Location, merger: Merger) -> str:
    """A name for a variant: its title, else the name of what it refers to."""
    value = place.value
    title = value.get("title") if isinstance(value, dict) else None
    if isinstance(title, str) and 0 < len(title) <= 40:
        return title
    if isinstance(value, dict) and isinstance(value.get("$ref"), str):
        target = merger.follow(place)
        if target == place:  # it leads to the network
            return PurePosixPath(value["$ref"].rstrip("#/")).stem
        if target.pointer:
            return target.pointer.rpartition("/")[2]
        title = target.value.get("title") if isinstance(target.value, dict) else None
        return title if isinstance(title, str) else target.doc.path.stem
    return ""


def _texts(facts: Facts, name: str, merger: Merger) -> list[str] | None:
    """The texts a required property may have, when they are few and known."""
    places = facts.properties.get(name)
    if not places or name not in facts.required:
        return None
    inner = merger.facts(tuple(places))
    if inner.enum and all(isinstance(value, str) for value in inner.enum):
        return [str(value) for value in inner.enum]
    return None


def find_tag(arms: list[Arm], merger: Merger) -> str | None:
    """The property whose text tells all variants apart; fills in their tags."""
    for name in arms[0].facts.properties:
        texts = [_texts(arm.facts, name, merger) for arm in arms]
        flat = [text for found in texts for text in found or ()]
        if None not in texts and len(flat) == len(set(flat)):
            for arm, found in zip(arms, texts, strict=True):
                arm.tags = found or []
            return name
    return None


def _base(places: Places, where: Location, keyword: str, merger: Merger) -> Places:
    """What holds beside the choice, where it shapes the variants."""
    rest = Location(where.doc, where.pointer, without=keyword)
    base = tuple(rest if place == where else place for place in places)
    facts = merger.facts(base)
    shapes = facts.properties or facts.required or facts.additional or facts.closed_by
    return base if shapes else ()


def arm_facts(where: Location, keyword: str, base: Places, merger: Merger) -> list[Facts]:
    count = len(where.value[keyword])
    return [merger.facts((where.child(keyword, i), *base)) for i in range(count)]


def split(places: Places, where: Location, keyword: str, merger: Merger) -> Split | None:
    """Makes arms of a oneOf or anyOf; None when they cannot be told apart."""
    base = _base(places, where, keyword, merger)
    arms: list[Arm] = []
    nullable = False
    for i, facts in enumerate(arm_facts(where, keyword, base, merger)):
        place = where.child(keyword, i)
        if facts.types == {"null"}:
            nullable = True
            continue
        label = _label(place, merger)
        arms.append(Arm((place, *base), facts, label, [], wire_types(facts.types)))
    if not arms or any(not arm.json_types or arm.facts.never for arm in arms):
        return None
    if len(arms) == 1:
        return Split(arms, None, nullable)
    flat = [name for arm in arms for name in arm.json_types]
    if "null" in flat:
        return None
    if len(flat) == len(set(flat)):
        for arm in arms:
            arm.label = arm.label or arm.json_types[0]
        return Split(arms, None, nullable)
    if all(arm.json_types == ["object"] for arm in arms):
        tag = find_tag(arms, merger)
        if tag is not None:
            return Split(arms, tag, nullable)
    return None
