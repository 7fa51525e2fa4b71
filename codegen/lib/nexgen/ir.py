"""Phase 3's result: a closed set of node kinds, each with its place in the schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .load import Document, Location

# Kinds of Scalar, and the names of codec.h's ready-made descriptors.
BOOL, INT, DOUBLE, STRING = "bool", "int", "double", "string"
TIME, DURATION, ISO_DURATION, BYTES = "time", "duration", "iso-duration", "bytes"


@dataclass
class Limits:
    """What a schema asks of a value beyond its type, in exact numbers."""

    minimum: int | float | None = None
    maximum: int | float | None = None
    above: bool = False  # the minimum itself is too small
    below: bool = False
    multiple_of: int | float | None = None
    min_length: int | None = None
    max_length: int | None = None
    unique: bool = False
    pattern: str | None = None
    format: str | None = None
    const: tuple[Any] | None = None

    def __bool__(self) -> bool:
        return self != Limits()


@dataclass(eq=False)
class Node:
    """One type. `name` is its C type's name and `symbol` its descriptor's, set by naming."""

    where: Location
    title: str = ""
    doc: str = ""
    shared: bool = False  # a document's root or a definition: named, seen from outside
    limits: Limits = field(default_factory=Limits)
    examples: list[Any] = field(default_factory=list)
    name: str = ""
    symbol: str = ""

    @property
    def unit(self) -> Document:
        return self.where.doc

    def children(self) -> Iterator[tuple[str, Node]]:
        return iter(())


def _missing() -> Node:
    """Stands where a node will be, while a type that refers to itself is built."""
    return Node(where=None)  # type: ignore[arg-type]


@dataclass(eq=False)
class Scalar(Node):
    kind: str = STRING


@dataclass
class EnumValue:
    value: str | int
    doc: str = ""
    hint: str = ""  # the name the author wants
    name: str = ""


@dataclass(eq=False)
class Enum(Node):
    values: list[EnumValue] = field(default_factory=list)

    @property
    def textual(self) -> bool:
        return isinstance(self.values[0].value, str)


@dataclass(eq=False)
class Array(Node):
    item: Node = field(default_factory=_missing)

    def children(self) -> Iterator[tuple[str, Node]]:
        yield "item", self.item


@dataclass(eq=False)
class Map(Node):
    value: Node = field(default_factory=_missing)

    def children(self) -> Iterator[tuple[str, Node]]:
        yield "value", self.value


@dataclass
class Field:
    json: str
    node: Node
    where: Location
    required: bool = False
    nullable: bool = False
    secret: bool = False
    deprecated: bool = False
    default: tuple[Any] | None = None
    doc: str = ""
    hint: str = ""
    name: str = ""
    has: str = ""  # the name of the bool beside it, "" where there is none
    null: str = ""  # the same for the one that tells null from absence


@dataclass(eq=False)
class Struct(Node):
    fields: list[Field] = field(default_factory=list)
    closed: bool = False
    rest: Map | None = None
    rest_name: str = ""

    def children(self) -> Iterator[tuple[str, Node]]:
        for item in self.fields:
            yield item.hint or item.json, item.node
        if self.rest:
            yield "additional", self.rest


@dataclass(eq=False)
class Tuple(Node):
    fields: list[Field] = field(default_factory=list)
    closed: bool = False
    rest: Array | None = None
    rest_name: str = ""

    def children(self) -> Iterator[tuple[str, Node]]:
        for item in self.fields:
            yield f"item{item.json}", item.node
        if self.rest:
            yield "rest", self.rest


@dataclass
class Variant:
    """One kind of a union: told by the tag's text, or by JSON type; null has no node."""

    label: str
    node: Node | None
    tag: str | None = None
    json_types: list[str] = field(default_factory=list)
    name: str = ""
    enumerator: str = ""


@dataclass(eq=False)
class Union(Node):
    variants: list[Variant] = field(default_factory=list)
    tag: str | None = None

    def children(self) -> Iterator[tuple[str, Node]]:
        for variant in self.variants:
            if variant.node is not None:
                yield variant.label, variant.node


@dataclass(eq=False)
class Dynamic(Node):
    """Any JSON value: a json_t. `why` says what had no C shape, "" when any value is meant."""

    why: str = ""


@dataclass(eq=False)
class Root:
    """The type of a whole document, with what is true of the document."""

    node: Node
    doc: Document
    name: str
    embedded: str | None = None  # the schema's text, where the descriptor cannot say it all


@dataclass
class Model:
    """All types of one run: roots of the files asked for, and units they refer to."""

    roots: list[Root]
    units: dict[Document, list[Node]] = field(default_factory=dict)


def reachable(node: Node) -> Iterator[Node]:
    """A node and all below it, each once, parents first."""
    seen: set[int] = set()
    stack = [node]
    while stack:
        this = stack.pop()
        if id(this) in seen:
            continue
        seen.add(id(this))
        yield this
        stack.extend(child for _, child in reversed(list(this.children())))
