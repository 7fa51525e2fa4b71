"""nexgen diff: what changed between two versions of schemas, by rule and direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from . import ir, rules
from .asyncapi import Protocol
from .ctext import compact
from .errors import Place

Directions = frozenset[str]
# Kinds of values that are all values of another kind.
WIDER = {("int", "double"), *((kind, "string") for kind in
         ("enum", "time", "duration", "iso-duration", "bytes"))}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One change, and whom it breaks."""

    rule: str
    place: Place
    text: str
    breaks: tuple[str, ...]

    def __str__(self) -> str:
        broken = f" breaks {', '.join(self.breaks)}" if self.breaks else " is compatible"
        return f"{self.place}: {self.text} [{self.rule}{broken}]"


@dataclass
class Version:
    """One side of a comparison."""

    model: ir.Model
    protocol: Protocol | None = None


def directions(version: Version) -> dict[str, set[str]]:
    """Which types travel as requests, which as answers and publications."""
    found: dict[str, set[str]] = {}
    if version.protocol is None:
        return found
    names = {root.doc: root.name for root in version.model.roots}
    for operation in version.protocol.operations:
        asked = rules.REQUEST if operation.action == "receive" else rules.RESPONSE
        for doc, direction in ((operation.request, asked), (operation.reply, rules.RESPONSE)):
            if doc is not None and doc in names:
                found.setdefault(names[doc], set()).add(direction)
    return found


class _Comparer:
    def __init__(self) -> None:
        self.changes: dict[tuple[str, Place, str], Change] = {}
        self._seen: set[tuple[int, int, Directions]] = set()
        self._directions: Directions = frozenset()

    def add(self, rule: str, place: Place, text: str) -> None:
        known = rules.DIFF[rule]
        wire = tuple(d for d in known.wire if d in self._directions)
        breaks = tuple(f"{rules.WIRE} ({d})" for d in wire) + known.c
        change = Change(rule, place, text, breaks)
        key = (rule, place, text)
        if key in self.changes:
            both = dict.fromkeys(self.changes[key].breaks + breaks)
            change = replace(change, breaks=tuple(both))
        self.changes[key] = change

    def both(self) -> None:
        """What comes now may travel either way."""
        self._directions = frozenset((rules.REQUEST, rules.RESPONSE))

    def root(self, old: ir.Node, new: ir.Node, directions_: set[str]) -> None:
        self._directions = frozenset(directions_ or {rules.REQUEST, rules.RESPONSE})
        self.node(old, new)

    def node(self, old: ir.Node, new: ir.Node) -> None:
        key = (id(old), id(new), self._directions)
        if key in self._seen:
            return
        self._seen.add(key)
        if type(old) is not type(new) or self._kind(old) != self._kind(new):
            self._type(old, new)
            return
        self._limits(old, new)
        if isinstance(old, ir.Struct) and isinstance(new, ir.Struct):
            self._struct(old, new)
        elif isinstance(old, ir.Tuple) and isinstance(new, ir.Tuple):
            self._tuple(old, new)
        elif isinstance(old, ir.Enum) and isinstance(new, ir.Enum):
            self._enum(old, new)
        elif isinstance(old, ir.Union) and isinstance(new, ir.Union):
            self._union(old, new)
        elif isinstance(old, ir.Array) and isinstance(new, ir.Array):
            self.node(old.item, new.item)
        elif isinstance(old, ir.Map) and isinstance(new, ir.Map):
            self.node(old.value, new.value)

    @staticmethod
    def _kind(node: ir.Node) -> str:
        return node.kind if isinstance(node, ir.Scalar) else ""

    def _type(self, old: ir.Node, new: ir.Node) -> None:
        was, now = self._name(old), self._name(new)
        text = f"{was} became {now}"
        wider = (was, now) in WIDER or (now == "json" and was != "json")
        narrower = (now, was) in WIDER or (was == "json" and now != "json")
        rule = "type-widened" if wider else "type-narrowed" if narrower else "type-changed"
        self.add(rule, new.where.place, text)

    def _name(self, node: ir.Node) -> str:
        if isinstance(node, ir.Dynamic):
            return "json"
        return self._kind(node) or type(node).__name__.lower()

    def _limits(self, old: ir.Node, new: ir.Node) -> None:
        a, b, place = old.limits, new.limits, new.where.place
        for name, lower in (("minimum", True), ("min_length", True),
                            ("maximum", False), ("max_length", False)):  # fmt: skip
            was, now = getattr(a, name), getattr(b, name)
            if was != now:
                tighter = now is not None and (was is None or (now > was) == lower)
                rule = "limit-tightened" if tighter else "limit-loosened"
                self.add(rule, place, f"{name} {_said(was)} became {_said(now)}")
        for name in ("unique", "above", "below"):
            if getattr(a, name) != getattr(b, name):
                rule = "limit-tightened" if getattr(b, name) else "limit-loosened"
                self.add(rule, place, f"{name} changed")
        if a.multiple_of != b.multiple_of:
            tighter = b.multiple_of is not None and a.multiple_of is None
            rule = "limit-tightened" if tighter else "limit-loosened"
            text = f"multipleOf {_said(a.multiple_of)} became {_said(b.multiple_of)}"
            self.add(rule, place, text)
        for name in ("pattern", "format"):
            was, now = getattr(a, name), getattr(b, name)
            if was != now:
                rule = "pattern-changed"
                rule = "limit-tightened" if was is None else rule
                rule = "limit-loosened" if now is None else rule
                self.add(rule, place, f"{name} {_said(was)} became {_said(now)}")
        if a.const != b.const:
            was, now = (c[0] if c else None for c in (a.const, b.const))
            self.add("const-changed", place, f"{_said(was)} became {_said(now)}")

    def _struct(self, old: ir.Struct, new: ir.Struct) -> None:
        if old.closed != new.closed:
            rule = "object-closed" if new.closed else "object-opened"
            self.add(rule, new.where.place, "unlisted members are " +
                     ("refused now" if new.closed else "taken now"))  # fmt: skip
        self._fields(old, new)
        if old.rest and new.rest:
            self.node(old.rest.value, new.rest.value)

    def _tuple(self, old: ir.Tuple, new: ir.Tuple) -> None:
        if old.closed != new.closed:
            rule = "object-closed" if new.closed else "object-opened"
            now = "refused" if new.closed else "taken"
            self.add(rule, new.where.place, f"further items are {now} now")
        self._fields(old, new)
        if not (old.closed or new.closed):
            before, after = (s.rest.item if s.rest else ir.Dynamic(s.where) for s in (old, new))
            self.node(before, after)

    def _fields(self, old: ir.Struct | ir.Tuple, new: ir.Struct | ir.Tuple) -> None:
        before = {item.json: item for item in old.fields}
        after = {item.json: item for item in new.fields}
        for name, item in before.items():
            if name not in after:
                rule = "required-field-removed" if item.required else "field-removed"
                self.add(rule, new.where.place, f'"{name}" is gone')
                if new.closed:
                    text = f'"{name}" is refused now'
                    self.add("field-removed-closed", new.where.place, text)
        for name, item in after.items():
            if name not in before:
                rule = "required-field-added" if item.required else "field-added"
                self.add(rule, item.where.place, f'"{name}" is new')
            else:
                self._field(before[name], item)
        common = [name for name in before if name in after]
        if common != [name for name in after if name in before]:
            self.add("field-order-changed", new.where.place, "members changed places")

    def _field(self, old: ir.Field, new: ir.Field) -> None:
        place = new.where.place
        if old.required != new.required:
            rule = "field-became-required" if new.required else "field-became-optional"
            self.add(rule, place, f'"{new.json}"')
        if old.nullable != new.nullable:
            self.add("null-allowed" if new.nullable else "null-forbidden", place, f'"{new.json}"')
        if old.name != new.name:
            self.add("field-c-name-changed", place, f"{old.name} became {new.name}")
        if old.default != new.default:
            was, now = (d[0] if d else None for d in (old.default, new.default))
            self.add("default-changed", place, f"{_said(was)} became {_said(now)}")
        self.node(old.node, new.node)

    def _enum(self, old: ir.Enum, new: ir.Enum) -> None:
        before, after = [v.value for v in old.values], [v.value for v in new.values]
        for value in before:
            if value not in after:
                self.add("enum-value-removed", new.where.place, f"{compact(value)} is gone")
        for value in after:
            if value not in before:
                self.add("enum-value-added", new.where.place, f"{compact(value)} is new")
        common = [value for value in before if value in after]
        if after[: len(common)] != common or before[: len(common)] != common:
            self.add("enum-order-changed", new.where.place, "enumerators have other numbers")

    def _union(self, old: ir.Union, new: ir.Union) -> None:
        if old.tag != new.tag:
            self.add("tag-changed", new.where.place, f"{_said(old.tag)} became {_said(new.tag)}")
            return
        before = {v.tag or "/".join(v.json_types): v for v in old.variants}
        after = {v.tag or "/".join(v.json_types): v for v in new.variants}
        for label, variant in before.items():
            other = after.get(label)
            if other is None:
                self.add("variant-removed", new.where.place, f'"{label}" is gone')
            elif variant.node is not None and other.node is not None:
                self.node(variant.node, other.node)
        for label in after:
            if label not in before:
                self.add("variant-added", new.where.place, f'"{label}" is new')


def _said(value: Any) -> str:
    return "nothing" if value is None else compact(value)


def _operations(old: Protocol, new: Protocol) -> Iterator[tuple[str, Place, str]]:
    before = {o.name: o for o in old.operations}
    after = {o.name: o for o in new.operations}
    for name, was in before.items():
        now = after.get(name)
        if now is None:
            yield "operation-removed", new.doc.place("/operations"), f"{name} is gone"
            continue
        if was.channel.wildcard != now.channel.wildcard:
            text = f"{name}: {was.channel.address} became {now.channel.address}"
            yield "subject-changed", now.channel.where.place, text
        for part in ("request", "reply"):
            a, b = getattr(was, part), getattr(now, part)
            if (a.path.name if a else None) != (b.path.name if b else None):
                yield "message-changed", now.where.place, f"{name} has another {part}"
        if (was.endpoint, was.queue) != (now.endpoint, now.queue):
            yield "endpoint-changed", now.where.place, f"{name}: its endpoint"
    for name, now in after.items():
        if name not in before:
            yield "operation-added", now.where.place, f"{name} is new"


def compare(old: Version, new: Version, direction: set[str]) -> list[Change]:
    """All changes; `direction` is that of types of which the protocol does not say."""
    comparer = _Comparer()
    before = {root.name: root for root in old.model.roots}
    after = {root.name: root for root in new.model.roots}
    known = directions(old)
    for name, more in directions(new).items():
        known.setdefault(name, set()).update(more)
    comparer.both()
    if len(before) == len(after) == 1 and set(before) != set(after):
        after = {next(iter(before)): next(iter(after.values()))}
    # What only travels inside of others is compared there, in their directions.
    inner = {
        id(node)
        for name, root in before.items()
        if name in known
        for node in ir.reachable(root.node)
    }
    for name, root in before.items():
        if name not in after:
            comparer.both()
            comparer.add("message-removed", root.doc.place(""), f"{name} is gone")
            continue
        if name in known or id(root.node) not in inner:
            comparer.root(root.node, after[name].node, known.get(name, set(direction)))
        if root.embedded != after[name].embedded:
            text = "keywords that are checked at run time changed"
            comparer.add("checks-changed", after[name].doc.place(""), text)
    comparer.both()
    for name, root in after.items():
        if name not in before:
            comparer.add("message-added", root.doc.place(""), f"{name} is new")
    if old.protocol and new.protocol:
        for rule, place, text in _operations(old.protocol, new.protocol):
            comparer.add(rule, place, text)
    found = comparer.changes.values()
    return sorted(found, key=lambda c: (c.place.file, c.place.line, c.rule, c.text))
