"""Phase 3: schemas to IR. What has no C shape becomes Dynamic, and a notice says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from . import ir, union
from .errors import Notices
from .facts import ALL_TYPES, Facts, Merger
from .load import Loader, Location
from .union import Places

CHECKED_FORMATS = frozenset(
    "date-time date time duration email idn-email hostname idn-hostname ipv4 ipv6 uri "
    "uri-reference iri iri-reference uuid uri-template json-pointer relative-json-pointer "
    "regex".split()
)
# Formats whose texts are read for what they mean.
MEANT = {"date-time": ir.TIME, "go-duration": ir.DURATION, "duration": ir.ISO_DURATION}
MOST_TYPES = 30_000
N = TypeVar("N", bound=ir.Node)


@dataclass
class Slot:
    """What a field, item or value holds: a type, and whether null is allowed beside it."""

    node: ir.Node
    nullable: bool = False


def _is_shared(places: Places) -> bool:
    pointer = places[0].pointer
    parent = pointer.rpartition("/")[0]
    whole = len(places) == 1 and not (places[0].without or places[0].only)
    return whole and (pointer == "" or parent.endswith(("/$defs", "/definitions")))


class Builder:
    """Builds each schema once; types that refer to themselves refer to the same node."""

    def __init__(self, loader: Loader, notices: Notices, keep_unknown: bool = False) -> None:
        self.loader = loader
        self.merger = Merger(loader)
        self.notices = notices
        self.keep_unknown = keep_unknown
        self.checked: set[int] = set()  # ids of nodes that need the run-time validator
        self._slots: dict[Places, Slot] = {}

    def root(self, where: Location) -> ir.Node:
        """The type of a document; one of its own even where it is only a reference."""
        return self._build((where,), root=True).node

    def slot(self, places: Places) -> Slot:
        followed = dict.fromkeys(self.merger.follow(place) for place in places)
        first, *others = followed  # in one order, so that the same schemas are one type
        others.sort(key=lambda place: (str(place.doc.path), place.pointer, place.without))
        return self._build((first, *others))

    def _build(self, places: Places, root: bool = False) -> Slot:
        if places not in self._slots:
            if len(self._slots) > MOST_TYPES:
                raise places[0].fault(f"more than {MOST_TYPES} types come of these schemas")
            facts = self.merger.facts(places)
            made = self._make(facts, places, root)
            self._slots.setdefault(places, made)
        return self._slots[places]

    def _start(self, node: N, facts: Facts, places: Places) -> N:
        """Fills in what all kinds have, and lets references find the node from now on."""
        node.title = str(facts.note("title", ""))
        node.doc = str(facts.note("description", "") or facts.note("title", ""))
        node.shared = _is_shared(places)
        examples = facts.note("examples")
        node.examples = list(examples) if isinstance(examples, list) else []
        if facts.checked:
            self.checked.add(id(node))
        nullable = "null" in facts.types and not isinstance(node, ir.Dynamic)
        self._slots[places] = Slot(node, nullable)
        return node

    def dynamic(self, facts: Facts, places: Places, why: str) -> ir.Node:
        node = self._start(ir.Dynamic(facts.where, why=why), facts, places)
        if why:
            self.checked.add(id(node))
            self.notices.add(facts.where.place, f"{why}: becomes a json_t *, checked at run time")
        return node

    def _make(self, facts: Facts, places: Places, root: bool) -> Slot:
        if facts.choices and facts.enum is None and not facts.never:
            chosen = self._choice(facts, places, root)
            if chosen is not None:
                return chosen
        self._node(facts, places)
        return self._slots[places]

    def _node(self, facts: Facts, places: Places) -> ir.Node:
        types = union.wire_types(facts.types - {"null"})
        if facts.never or not facts.types:
            return self.dynamic(facts, places, "no value can satisfy this schema")
        if facts.enum is not None:
            return self._enum(facts, places)
        if facts.types == ALL_TYPES:
            why = "no type, and keywords beyond one" if facts.checked else ""
            return self.dynamic(facts, places, facts.unclear or why)
        if not types:
            return self.dynamic(facts, places, "null is the only value")
        if len(types) > 1:
            return self._by_type(facts, places, types)
        if types == ["object"]:
            return self._object(facts, places)
        if types == ["array"]:
            return self._array(facts, places)
        if types == ["string"]:
            return self._string(facts, places)
        node = ir.Scalar(facts.where, kind=ir.BOOL)
        if types == ["number"]:
            node.kind = ir.DOUBLE if "number" in facts.types else ir.INT
            node.limits = facts.limits("number")
        return self._start(node, facts, places)

    def _string(self, facts: Facts, places: Places) -> ir.Node:
        limits = facts.limits("string")
        if limits.pattern is not None and len(limits.pattern) > 1000:  # no C literal holds it
            facts.checked.append(facts.where)
            limits.pattern = None
        node = ir.Scalar(facts.where, kind=ir.STRING, limits=limits)
        if facts.encoding == "base64" and limits.pattern is None:
            node.kind = ir.BYTES
        elif facts.encoding not in ("", "base64"):
            text = f'contentEncoding "{facts.encoding}" is not decoded'
            self.notices.add(facts.where.place, text)
        elif facts.format in MEANT and not limits:
            node.kind = MEANT[facts.format]
        elif facts.format in CHECKED_FORMATS:
            limits.format = facts.format
        elif facts.format is not None:
            self.notices.add(facts.where.place, f'format "{facts.format}" is not checked')
        return self._start(node, facts, places)

    def _enum(self, facts: Facts, places: Places) -> ir.Node:
        values = [value for value in facts.enum or () if value is not None]
        texts = all(isinstance(value, str) for value in values)
        numbers = all(isinstance(v, int) and not isinstance(v, bool) for v in values)
        if facts.const is not None and len(values) == 1:
            kinds = {str: ir.STRING, bool: ir.BOOL, int: ir.INT, float: ir.DOUBLE}
            kind = kinds.get(type(values[0]))
            if kind is not None:
                limits = ir.Limits(const=facts.const)
                scalar = ir.Scalar(facts.where, kind=kind, limits=limits)
                return self._start(scalar, facts, places)
        if values and all(isinstance(value, bool) for value in values):
            self.checked.add(id(node := ir.Scalar(facts.where, kind=ir.BOOL)))
            return self._start(node, facts, places)
        if not values or not (texts or numbers):
            return self.dynamic(facts, places, "enum of values that are no C constants")
        if numbers and not all(-(2**63) <= value < 2**63 for value in values):
            return self.dynamic(facts, places, "enum of integers beyond 64 bits")
        names = facts.note("x-nex-enum-names", {})
        docs = facts.note("x-nex-enum-descriptions", {})
        enum = self._start(ir.Enum(facts.where), facts, places)
        for value in values:
            text = str(value)
            enum.values.append(ir.EnumValue(value, str(docs.get(text, "")), names.get(text, "")))
        return enum

    def _choice(self, facts: Facts, places: Places, root: bool) -> Slot | None:
        """oneOf and anyOf: constants, one type or null, a tagged union, else None."""
        keyword, where = facts.choices[0]
        found = None
        if len(facts.choices) == 1 and where in places:
            constants = self._constants(facts, places, where.child(keyword))
            if constants is not None:
                return self._slots[places]
            found = union.split(places, where, keyword, self.merger)
        if found is None or (root and len(found.arms) == 1):
            self._undecided(facts)
            return None
        if len(found.arms) == 1:
            slot = self.slot(found.arms[0].places)
            if facts.checked:
                self.checked.add(id(slot.node))
            return Slot(slot.node, slot.nullable or found.nullable)
        node = self._start(ir.Union(facts.where, tag=found.tag), facts, places)
        self._slots[places].nullable = found.nullable
        for arm in found.arms:
            inner = self.inner(arm.places)
            if found.tag is not None:
                self._untag(inner, found.tag)
                node.variants += [ir.Variant(tag, inner, tag) for tag in arm.tags]
            else:
                node.variants.append(ir.Variant(arm.label, inner, None, arm.json_types))
        return self._slots[places]

    def _untag(self, node: ir.Node, tag: str) -> None:
        """Drops the tag from a variant that is nothing but one: the union's kind says it."""
        if isinstance(node, ir.Struct) and not node.shared:
            if node.where not in self.loader.targets:
                node.fields = [item for item in node.fields if item.json != tag]

    def _constants(self, facts: Facts, places: Places, where: Location) -> ir.Enum | None:
        """oneOf of constants: an enum whose values have descriptions."""
        arms = where.value
        if not all(isinstance(arm, dict) and isinstance(arm.get("const"), str) for arm in arms):
            return None
        values = [arm["const"] for arm in arms]
        if len(set(values)) != len(values) or facts.types & {"string"} == set():
            return None
        facts.types = facts.types & {"string"}
        node = self._start(ir.Enum(facts.where), facts, places)
        for arm in arms:
            doc = arm.get("description", arm.get("title", ""))
            node.values.append(ir.EnumValue(arm["const"], str(doc)))
        return node

    def _undecided(self, facts: Facts) -> None:
        """Variants that cannot be told apart: the type they share, checked at run time."""
        keyword, where = facts.choices[0]
        facts.checked.append(where.child(keyword))
        arms = union.arm_facts(where, keyword, (), self.merger)
        shared: frozenset[str] = frozenset().union(*(arm.types for arm in arms)) & facts.types
        kinds = union.wire_types(shared - {"null"})
        if len(kinds) == 1 and (kinds != ["object"] or facts.properties):
            facts.types = shared
        elif facts.types == ALL_TYPES or not facts.properties:
            facts.types = ALL_TYPES
            facts.unclear = (
                f"{keyword} whose variants neither a property nor the JSON type tells apart"
            )

    def _by_type(self, facts: Facts, places: Places, types: list[str]) -> ir.Node:
        """A type list: a union told apart by JSON type."""
        if len(places) > 1 or facts.choices:
            return self.dynamic(facts, places, "several types")
        node = self._start(ir.Union(facts.where), facts, places)
        for name in types:
            only = "integer" if name == "number" and "number" not in facts.types else name
            inner = self.inner((Location(places[0].doc, places[0].pointer, only=only),))
            node.variants.append(ir.Variant(name, inner, None, [name]))
        return node

    def inner(self, places: Places) -> ir.Node:
        """The type of an item, map value or variant, which have no place for null."""
        slot = self.slot(places)
        if not slot.nullable:
            return slot.node
        node = ir.Union(places[0], doc=slot.node.doc)
        kinds = union.wire_types(self.merger.facts(places).types - {"null"})
        node.variants = [ir.Variant("null", None, None, ["null"])]
        node.variants.append(ir.Variant("value", slot.node, None, kinds))
        if isinstance(slot.node, ir.Union):
            kinds = sorted({name for v in slot.node.variants for name in v.json_types})
            node.variants[1].json_types = kinds or ["object"]
        return node

    def _array(self, facts: Facts, places: Places) -> ir.Node:
        if facts.prefix:
            return self._tuple(facts, places)
        limits = facts.limits("array")
        if facts.closed_at == 0:
            limits.max_length = 0
        node = self._start(ir.Array(facts.where, limits=limits), facts, places)
        node.item = self._item(facts)
        return node

    def _item(self, facts: Facts) -> ir.Node:
        """The type of items that have no position of their own."""
        found = tuple(facts.item())
        return self.inner(found) if found else ir.Dynamic(facts.where)

    def _tuple(self, facts: Facts, places: Places) -> ir.Node:
        limits = facts.limits("array")
        node = self._start(ir.Tuple(facts.where, limits=limits), facts, places)
        node.closed = facts.closed_at is not None
        least = limits.min_length or 0
        for i, found in enumerate(facts.prefix):
            node.fields.append(self._field(str(i), found, i < least))
        count = len(node.fields)
        if limits.unique:  # items of several types are compared by the run-time validator
            limits.unique = False
            self.checked.add(id(node))
        if node.closed and (limits.max_length or 0) >= count:
            limits.max_length = None
        if not node.closed and (limits.max_length is None or limits.max_length > count):
            if self.keep_unknown or least > count or facts.checked or any(facts.item()):
                node.rest = ir.Array(facts.where, item=self._item(facts))
        if least <= count:
            limits.min_length = None
        return node

    def _object(self, facts: Facts, places: Places) -> ir.Node:
        if facts.properties or facts.empty_properties or facts.closed_by:
            if not (facts.patterns and not facts.properties):
                return self._struct(facts, places)
        node = ir.Map(facts.where, limits=facts.limits("object"))
        node = self._start(node, facts, places)
        if facts.required:
            self.checked.add(id(node))
        if facts.additional and not facts.patterns:
            node.value = self.inner(tuple(facts.additional))
        elif len(facts.patterns) == 1 and facts.closed_by:
            node.value = self.inner(tuple(facts.patterns))
        else:
            node.value = ir.Dynamic(facts.where)
        return node

    def _struct(self, facts: Facts, places: Places) -> ir.Node:
        node = ir.Struct(facts.where, limits=facts.limits("object"))
        node = self._start(node, facts, places)
        node.closed = bool(facts.closed_by) and not facts.patterns
        for name, found in facts.properties.items():
            required = name in facts.required
            shut = next((w for w, own in facts.closed_by if name not in own), None)
            if shut is not None:
                text = f'additionalProperties: false here excludes "{name}" of another schema'
                if required:
                    raise shut.fault(text + "; use unevaluatedProperties", "additionalProperties")
                self.notices.add(shut.child("additionalProperties").place, text)
                continue
            node.fields.append(self._field(name, tuple(found), required))
        unlisted = [name for name in facts.required if name not in facts.properties]
        if unlisted:
            self.checked.add(id(node))
        if facts.closed_by and not facts.patterns:
            return node
        if facts.additional and not facts.patterns:
            node.rest = ir.Map(facts.additional[0], value=self.inner(tuple(facts.additional)))
        elif facts.patterns or unlisted or self.keep_unknown or facts.remote:
            self.keep_rest(node)
        return node

    @staticmethod
    def keep_rest(node: ir.Struct | ir.Tuple) -> None:
        if isinstance(node, ir.Struct):
            node.rest = node.rest or ir.Map(node.where, value=ir.Dynamic(node.where))
        elif node.limits.max_length is None or node.limits.max_length > len(node.fields):
            node.rest = node.rest or ir.Array(node.where, item=ir.Dynamic(node.where))

    def keep_what_is_checked(self) -> None:
        """Unlisted members and items stay where what is checked at run time may ask for them."""
        stack = [slot.node for slot in self._slots.values() if id(slot.node) in self.checked]
        seen: set[int] = set()
        while stack:
            for node in ir.reachable(stack.pop()):
                if id(node) not in seen:
                    seen.add(id(node))
                    if isinstance(node, ir.Struct | ir.Tuple) and not node.closed:
                        self.keep_rest(node)

    def _field(self, name: str, places: Places, required: bool) -> ir.Field:
        slot = self.slot(places)
        value = places[0].value
        field = ir.Field(name, slot.node, places[0], required, nullable=slot.nullable)
        notes = self.merger.facts(places)
        field.doc = str(notes.note("description", "") or notes.note("title", ""))
        field.secret = bool(notes.note("writeOnly"))
        field.deprecated = bool(notes.note("deprecated"))
        if "default" in notes.notes:
            field.default = (notes.note("default"),)
        if isinstance(value, dict):
            field.hint = str(value.get("x-nex-name", ""))
        return field
