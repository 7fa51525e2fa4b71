"""Phase 4: all C names, computed and checked for collisions before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import ir
from .errors import NexgenError, Notices, Place
from .load import Document
from .names import C_LIBRARY, C_WORDS, Scope, identifier, join, snake

READY = {
    ir.BOOL: "nex_type_bool",
    ir.INT: "nex_type_int",
    ir.DOUBLE: "nex_type_double",
    ir.STRING: "nex_type_string",
    ir.TIME: "nex_type_time",
    ir.DURATION: "nex_type_duration",
    ir.ISO_DURATION: "nex_type_iso_duration",
    ir.BYTES: "nex_type_bytes",
}
_DERIVED = """type new decode decode_strict encode validate clone equal to_json from_json free text
    parse get kind entry"""
DERIVED = tuple(_DERIVED.split())
BY_POINTER = (ir.Struct, ir.Tuple, ir.Union)


@dataclass
class Lists:
    """Array and map types named after what they hold: declared where that is declared."""

    lists: dict[str, ir.Node] = field(default_factory=dict)
    maps: dict[str, ir.Node] = field(default_factory=dict)


def document_name(doc: Document, prefix: str) -> str:
    """The C name of a document's type: its title, else its file name."""
    title = doc.value.get("title") if isinstance(doc.value, dict) else None
    text = title if isinstance(title, str) and 0 < len(title) <= 40 else doc.path.stem
    if text.endswith(".schema"):
        text = text[: -len(".schema")]
    name = snake(text)
    if f"{name}_" == prefix:  # nobody would say it twice
        name = snake(doc.path.stem)
    if prefix and not name.startswith(prefix):
        name = prefix + name
    return identifier(name)


class Namer:
    def __init__(self, model: ir.Model, prefix: str, notices: Notices) -> None:
        self.model = model
        self.prefix = prefix
        self.notices = notices
        self.scope = Scope(C_WORDS | C_LIBRARY, DERIVED)
        self.lists = Lists()
        # Plain values whose descriptor holds the schema's text need one of their own.
        plain = (ir.Scalar, ir.Dynamic)
        self.embedding = {
            id(root.node) for root in model.roots if root.embedded and isinstance(root.node, plain)
        }
        self._units: dict[Document, str] = {}
        self._done: set[int] = set()
        self._places: dict[str, Place] = {}

    def run(self) -> None:
        """Names every type reachable from the roots."""
        for root in self.model.roots:
            self._units[root.doc] = self._take(document_name(root.doc, self.prefix), root.node)
            root.name = root.node.name = self._units[root.doc]
        for root in self.model.roots:
            self._walk(root.node, "")
        for root in self.model.roots:
            for node in ir.reachable(root.node):
                self._composite(node)
        self._members()
        for name, first, second in self.scope.clashes:
            text = f'the C name "{name}" is also that of {first}; this one is numbered'
            self.notices.add(self._places[second], text)

    def _take(self, name: str, node: ir.Node) -> str:
        place = node.where.place
        self._places[str(place)] = place
        return self.scope.take(name, str(place))

    def _unit(self, doc: Document) -> str:
        return self._units.setdefault(doc, document_name(doc, self.prefix))

    def _walk(self, node: ir.Node, wanted: str) -> None:
        if id(node) in self._done:
            return
        self._done.add(id(node))
        if not node.name:
            if node.shared and node.where.pointer:
                last = node.where.pointer.rpartition("/")[2]
                wanted = join(self._unit(node.unit), last)
            elif node.shared:
                wanted = self._unit(node.unit)
            if isinstance(node, (ir.Scalar, ir.Dynamic)) and not node.shared:
                node.name = self.scope.quietly(wanted, str(node.where.place))
            else:
                node.name = self._take(wanted, node)
        for label, child in node.children():
            self._walk(child, join(node.name, label))

    def _composite(self, node: ir.Node) -> None:
        """C type and descriptor of each node, now that all have names of their own."""
        if node.symbol:
            return
        node.symbol = node.name + "_type"
        if id(node) in self.embedding:
            return
        if isinstance(node, ir.Scalar) and not node.limits:
            node.symbol = READY[node.kind]
        elif isinstance(node, ir.Dynamic):
            node.symbol = "nex_type_json"
        elif isinstance(node, (ir.Array, ir.Map)):
            held = node.item if isinstance(node, ir.Array) else node.value
            text = isinstance(held, ir.Scalar) and held.kind == ir.STRING
            kind = "list" if isinstance(node, ir.Array) else "map"
            if text and not node.limits and not held.limits and not node.shared:
                node.symbol = f"nex_type_string_{kind}"
            if node.shared:
                return
            if text:
                node.name = f"nex_string_{kind}"
            elif isinstance(held, (*BY_POINTER, ir.Enum)):
                node.name = self._holder(node, held, kind)

    def _holder(self, node: ir.Node, held: ir.Node, kind: str) -> str:
        """The one list or map type of a named type."""
        known = self.lists.lists if kind == "list" else self.lists.maps
        for name, other in known.items():
            if other is held:
                return name
        name = self._take(f"{held.name}_{kind}", node)
        known[name] = held
        return name

    def _members(self) -> None:
        seen: set[int] = set()
        for root in self.model.roots:
            for node in ir.reachable(root.node):
                if id(node) not in seen:
                    seen.add(id(node))
                    self._own(node)

    def _own(self, node: ir.Node) -> None:
        """Names of members and enumerators."""
        scope = Scope()
        # C++ lets no member have the name of its struct, or of a type that the struct uses.
        scope.kept = {node.name} | {child.name for _, child in node.children()}
        owner = str(node.where.place)
        if isinstance(node, ir.Struct):
            for item in node.fields:
                item.name = scope.take(identifier(item.hint or item.json), str(item.where.place))
            if node.rest:
                node.rest_name = scope.take("additional", owner)
        elif isinstance(node, ir.Tuple):
            for item in node.fields:
                item.name = scope.take("item" + item.json, owner)
            if node.rest:
                node.rest_name = scope.take("rest", owner)
        elif isinstance(node, ir.Enum):
            scope.take(f"{node.name}_unset".upper(), owner)
            for value in node.values:
                text = str(value.value)
                if not node.textual:
                    text = text.replace("-", "minus_")
                text = value.hint or text
                value.name = self._enumerator(scope, node.name, text, owner)
        elif isinstance(node, ir.Union):
            scope.take(f"{node.name}_unset".upper(), owner)
            members = Scope()
            members.kept = scope.kept
            for variant in node.variants:
                variant.name = members.take(identifier(variant.label), owner)
                variant.enumerator = self._enumerator(scope, node.name, variant.label, owner)
        if isinstance(node, (ir.Struct, ir.Tuple)):
            for item in node.fields:
                if has_flag(item):
                    item.has = scope.take("has_" + item.name.rstrip("_"), owner)
                if item.nullable and not item.required:
                    item.null = scope.take("null_" + item.name.rstrip("_"), owner)
        for name, first, second in scope.clashes:
            text = f'the C name "{name}" is also that of {first}; this one is numbered'
            self.notices.add(node.where.place, text if second == owner else f"{second}: {text}")

    @staticmethod
    def _enumerator(scope: Scope, name: str, text: str, owner: str) -> str:
        return scope.take(f"{name}_{snake(text)}".upper(), owner)


def has_flag(item: ir.Field) -> bool:
    """Whether presence needs a bool beside the value."""
    if item.required and not item.nullable:
        return False
    node = item.node
    if isinstance(node, ir.Scalar):
        return node.kind != ir.STRING
    return isinstance(node, (ir.Array, ir.Map))


def name_all(model: ir.Model, prefix: str, notices: Notices) -> Lists:
    """Fills in the names; a name that is no identifier is an error of nexgen itself."""
    namer = Namer(model, prefix, notices)
    namer.run()
    for root in model.roots:
        if not root.name.isidentifier():
            raise NexgenError(root.node.where.place, f'"{root.name}" is no C name; use --prefix')
    return namer.lists
