"""Phase 5, types: IR to the plain values that the templates print."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from . import ir
from .ctext import comment, compact, double_literal, int_literal, quote
from .naming import BY_POINTER

KINDS = {
    ir.BOOL: "BOOL",
    ir.INT: "INT",
    ir.DOUBLE: "DOUBLE",
    ir.STRING: "STRING",
    ir.TIME: "TIME",
    ir.DURATION: "DURATION",
    ir.ISO_DURATION: "ISO_DURATION",
    ir.BYTES: "BYTES",
}
C_TYPES = {
    ir.BOOL: "bool ",
    ir.INT: "int64_t ",
    ir.DOUBLE: "double ",
    ir.STRING: "char *",
    ir.TIME: "nex_time ",
    ir.DURATION: "nex_duration ",
    ir.ISO_DURATION: "nex_iso_duration ",
    ir.BYTES: "nex_bytes ",
}
NOUNS = {ir.Array: "item", ir.Tuple: "item", ir.Map: "member", ir.Struct: "member"}
REST = {
    ir.Struct: "Members that the schema does not list.",
    ir.Tuple: "The items behind those.",
}
Pairs = list[tuple[str, str]]
LITERAL_MAX = 4000  # what C99 promises a string literal may hold, nearly


def short(text: str) -> str:
    """A description as a descriptor holds it: one paragraph, not of book length."""
    text = " ".join(text.split())
    return text if len(text) <= 1000 else text[:1000].rpartition(" ")[0] + " ..."


def holds_text(node: ir.Node) -> bool:
    """Whether a list or map holds plain text: core.h has the types for that."""
    held = node.item if isinstance(node, ir.Array) else getattr(node, "value", None)
    return isinstance(held, ir.Scalar) and held.kind == ir.STRING


def held_type(node: ir.Node) -> str:
    """The C type of a value inside an array or map, ready to stand before a name."""
    if isinstance(node, ir.Scalar):
        return C_TYPES[node.kind]
    if isinstance(node, ir.Dynamic):
        return "json_t *"
    return node.name + " "


def member_type(node: ir.Node) -> str:
    """The C type of a struct member."""
    return f"{node.name} *" if isinstance(node, BY_POINTER) else held_type(node)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def limits_said(item: ir.Field) -> list[str]:
    """What a reader of the header wants to know of a field, beside its description."""
    limits = item.node.limits
    words: list[str] = []
    if limits.const is not None:
        words.append(f"Always {compact(limits.const[0])}.")
    low, high = limits.minimum, limits.maximum
    if low is not None:
        words.append(f"{'More than' if limits.above else 'At least'} {compact(low)}.")
    if high is not None:
        words.append(f"{'Less than' if limits.below else 'At most'} {compact(high)}.")
    if limits.multiple_of is not None:
        words.append(f"A multiple of {compact(limits.multiple_of)}.")
    noun = NOUNS.get(type(item.node), "character")
    if limits.min_length:
        words.append(f"At least {_counted(limits.min_length, noun)}.")
    if limits.max_length is not None:
        words.append(f"At most {_counted(limits.max_length, noun)}.")
    if limits.pattern is not None:
        words.append(f"Pattern: {limits.pattern}")
    if item.default is not None:
        words.append(f"Default: {compact(item.default[0])}.")
    if item.deprecated:
        words.append("Deprecated.")
    return words


def doc_of(item: ir.Field) -> str:
    head = " ".join(item.doc.split())
    if head and head[-1] not in ".!?:":
        head += "."
    if not item.required:
        head = f"{head} Optional.".strip()
    return " ".join([head, *limits_said(item)]).strip()


@dataclass
class TypeView:
    """One declaration of a header."""

    kind: str  # struct, union, enum, list, entry-map, alias
    name: str
    doc: str = ""
    members: list[dict[str, Any]] = field(default_factory=list)
    held: str = ""


def member(item: ir.Field) -> dict[str, Any]:
    return {
        "decl": member_type(item.node) + item.name,
        "flags": [name for name in (item.has, item.null) if name],
        "doc": comment(doc_of(item), 4),
    }


def declare(node: ir.Node) -> TypeView | None:
    """How the header declares a named type; None for what has no declaration."""
    doc = comment(node.doc)
    if isinstance(node, ir.Enum):
        values = [
            {"name": v.name, "value": i + 1, "doc": comment(v.doc, 4)}
            for i, v in enumerate(node.values)
        ]
        return TypeView("enum", node.name, doc, values)
    if isinstance(node, (ir.Struct, ir.Tuple)):
        members = [member(item) for item in node.fields]
        if node.rest:
            text = REST[type(node)]
            decl = f"{node.rest.name} {node.rest_name}"
            members.append({"decl": decl, "flags": [], "doc": comment(text, 4)})
        return TypeView("struct", node.name, doc, members)
    if isinstance(node, ir.Union):
        return TypeView(
            "union",
            node.name,
            doc,
            [
                {
                    "decl": member_type(v.node) + v.name if v.node else "",
                    "enumerator": v.enumerator,
                    "value": i + 1,
                }
                for i, v in enumerate(node.variants)
            ],
        )
    return None


def _limit_pairs(node: ir.Node) -> Pairs:
    """The members of a nex_limits."""
    limits, has = node.limits, []
    pairs: Pairs = []
    integral = isinstance(node, ir.Scalar) and node.kind == ir.INT
    low, high, above, below = limits.minimum, limits.maximum, limits.above, limits.below
    if integral:
        if low is not None:
            low, above = (math.floor(low) + 1 if above else math.ceil(low)), False
            low = None if low < -(2**63) else low
        if high is not None:
            high, below = (math.ceil(high) - 1 if below else math.floor(high)), False
            high = None if high > 2**63 - 1 else high
    for name, bound, open_, flag in (
        ("min", low, above, "EXCLUSIVE_MIN"),
        ("max", high, below, "EXCLUSIVE_MAX"),
    ):
        if bound is None:
            continue
        has.append(name.upper())
        if open_:
            has.append(flag)
        if integral:
            bound = max(-(2**63), min(2**63 - 1, bound))
            pairs.append(("int_" + name, int_literal(int(bound))))
        pairs.append((name, double_literal(bound)))
    if limits.multiple_of is not None:
        has.append("MULTIPLE_OF")
        pairs.append(("multiple_of", double_literal(limits.multiple_of)))
    if limits.min_length is not None:
        has.append("MIN_LENGTH")
        pairs.append(("min_length", str(limits.min_length)))
    if limits.max_length is not None:
        has.append("MAX_LENGTH")
        pairs.append(("max_length", str(limits.max_length)))
    if limits.unique:
        has.append("UNIQUE")
    if limits.pattern is not None:
        pairs.append(("pattern", quote(limits.pattern)))
    if limits.format is not None:
        pairs.append(("format", quote(limits.format)))
    if limits.const is not None:
        pairs.append(("const_json", quote(compact(limits.const[0]))))
    flags = " | ".join("NEX_LIMIT_" + name for name in has) or "0"
    return [("has", flags), *pairs]


def field_pairs(item: ir.Field, owner: str) -> Pairs:
    """The members of a nex_field."""
    flags = []
    if item.required:
        flags.append("REQUIRED")
    if isinstance(item.node, BY_POINTER):
        flags.append("POINTER")
    if item.nullable:
        flags.append("NULLABLE")
    if item.secret:
        flags.append("SECRET")
    if item.null:
        flags.append("NULL_FLAG")
    has_offset = f"offsetof({owner}, {item.has})" if item.has else "NEX_NO_OFFSET"
    pairs = [
        ("name", quote(item.json)),
        ("name_len", str(len(item.json.encode("utf-8", "surrogatepass")))),
        ("type", "&" + item.node.symbol),
        ("offset", f"offsetof({owner}, {item.name})"),
        ("has_offset", has_offset),
    ]
    if item.null:
        pairs.append(("null_offset", f"offsetof({owner}, {item.null})"))
    if flags:
        pairs.append(("flags", " | ".join("NEX_FIELD_" + flag for flag in flags)))
    if item.default is not None and len(compact(item.default[0])) <= LITERAL_MAX:
        pairs.append(("default_json", quote(compact(item.default[0]))))
    if item.doc:
        pairs.append(("doc", quote(short(item.doc))))
    return pairs


@dataclass
class Descriptor:
    """One nex_type with its tables."""

    symbol: str
    pairs: Pairs
    static: bool = False
    limits: Pairs = field(default_factory=list)
    fields: list[Pairs] = field(default_factory=list)
    enums: list[Pairs] = field(default_factory=list)
    variants: list[Pairs] = field(default_factory=list)

    @property
    def stem(self) -> str:
        return self.symbol.removesuffix("_type")


def describe(node: ir.Node, label: str) -> Descriptor:
    """The descriptor of a type that has one of its own."""
    out = Descriptor(node.symbol, [])
    pairs: Pairs = out.pairs
    kind, size = "", node.name
    if isinstance(node, ir.Scalar):
        kind, size = KINDS[node.kind], C_TYPES[node.kind].replace(" *", " *").strip()
    elif isinstance(node, ir.Dynamic):
        kind, size = "JSON", "json_t *"
    elif isinstance(node, ir.Enum):
        kind = "ENUM" if node.textual else "INT_ENUM"
    else:
        kind = type(node).__name__.upper()
    pairs += [("kind", "NEX_KIND_" + kind), ("size", f"sizeof({size})"), ("name", quote(label))]
    if node.limits:
        out.limits = _limit_pairs(node)
        pairs.append(("limits", f"&limits_of_{out.stem}"))
    _members(node, out)
    rest = "NEX_NO_OFFSET"
    if isinstance(node, ir.Struct | ir.Tuple) and node.rest:
        rest = f"offsetof({node.name}, {node.rest_name})"
        pairs.append(("rest", "&" + node.rest.symbol))
    pairs.append(("rest_offset", rest))
    if node.where.pointer:
        pairs.append(("pointer", quote(node.where.pointer)))
    else:
        pairs.append(("pointer", '""'))
    if node.doc:
        pairs.append(("doc", quote(short(node.doc))))
    return out


def _members(node: ir.Node, out: Descriptor) -> None:
    pairs = out.pairs
    if isinstance(node, (ir.Struct, ir.Tuple)):
        items = node.fields
        if isinstance(node, ir.Struct):
            items = sorted(items, key=lambda item: item.json.encode("utf-8", "surrogatepass"))
        out.fields = [field_pairs(item, node.name) for item in items]
        if items:
            pairs += [("fields", f"fields_of_{out.stem}"), ("field_count", str(len(items)))]
        if node.closed:
            pairs.append(("closed", "true"))
    elif isinstance(node, ir.Array):
        pairs.append(("item", "&" + node.item.symbol))
    elif isinstance(node, ir.Map):
        pairs.append(("item", "&" + node.value.symbol))
        entry = "nex_string_entry" if holds_text(node) else node.name + "_entry"
        pairs.append(("value_offset", f"offsetof({entry}, value)"))
    elif isinstance(node, ir.Enum):
        for value in node.values:
            text = [("value", value.name)]
            if isinstance(value.value, str):
                text.insert(0, ("text", quote(value.value)))
            else:
                text.insert(0, ("number", int_literal(value.value)))
            out.enums.append(text)
        pairs += [("enums", f"enums_of_{out.stem}"), ("enum_count", str(len(node.values)))]
    elif isinstance(node, ir.Union):
        out.variants = [_variant_pairs(variant) for variant in node.variants]
        pairs += [
            ("value_offset", f"offsetof({node.name}, as)"),
            ("variants", f"variants_of_{out.stem}"),
            ("variant_count", str(len(out.variants))),
        ]
        if node.tag is not None:
            pairs.append(("tag", quote(node.tag)))


def _variant_pairs(variant: ir.Variant) -> Pairs:
    """The members of a nex_variant."""
    pairs: Pairs = [("name", quote(variant.label)), ("value", variant.enumerator)]
    if variant.tag is not None:
        pairs.append(("tag_text", quote(variant.tag)))
    else:
        names = [{"boolean": "BOOL"}.get(name, name.upper()) for name in variant.json_types]
        pairs.append(("json_types", " | ".join("NEX_JSON_" + name for name in names)))
    if isinstance(variant.node, BY_POINTER):
        pairs.append(("flags", "NEX_FIELD_POINTER"))
    if variant.node is not None:
        pairs.append(("type", "&" + variant.node.symbol))
    return pairs
