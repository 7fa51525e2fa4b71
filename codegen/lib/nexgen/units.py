"""Phase 5: which types, descriptors and functions stand in which file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from . import ir
from .ctext import assign, bytes_table, call, comment, long_quote, quote
from .cview import LITERAL_MAX, TypeView, declare, describe, held_type, holds_text, member_type
from .durations import duration_ns, iso_parts
from .load import Document
from .naming import BY_POINTER, READY, Lists, document_name


@dataclass
class Unit:
    """One header and one C file: the types of one schema document."""

    doc: Document
    stem: str
    nodes: list[ir.Node] = field(default_factory=list)
    root: ir.Root | None = None
    includes: set[str] = field(default_factory=set)
    holders: list[tuple[str, str, ir.Node]] = field(default_factory=list)


@dataclass
class Layout:
    """Where files go and how they include each other."""

    prefix: str = ""
    include: str = ""  # folder of the headers as #include says it, with its slash
    export: str = ""  # put before every declaration, with its blank
    umbrella: str = "types"


def has_own_symbol(node: ir.Node) -> bool:
    return node.symbol not in READY.values() and not node.symbol.startswith("nex_type_")


def split_units(model: ir.Model, lists: Lists, layout: Layout) -> list[Unit]:
    """Sorts every node into the unit of its document."""
    units: dict[Document, Unit] = {}

    def unit_of(doc: Document) -> Unit:
        if doc not in units:
            name = document_name(doc, layout.prefix)
            units[doc] = Unit(doc, name.removeprefix(layout.prefix))
        return units[doc]

    seen: set[int] = set()
    for root in model.roots:
        unit = unit_of(root.doc)
        unit.root = root
        unit.stem = root.name.removeprefix(layout.prefix)
        for node in ir.reachable(root.node):
            if id(node) not in seen:
                seen.add(id(node))
                unit_of(node.unit).nodes.append(node)
    for kind, known in (("list", lists.lists), ("map", lists.maps)):
        for name, held in known.items():
            unit_of(held.unit).holders.append((kind, name, held))
    for unit in units.values():
        for node in unit.nodes:
            for _, child in node.children():
                if child.unit is not unit.doc:
                    unit.includes.add(unit_of(child.unit).stem)
        unit.includes.discard(unit.stem)
    return sorted(units.values(), key=lambda unit: unit.stem)


def extern_ids(units: list[Unit]) -> set[int]:
    """Nodes whose descriptors other files, or cycles, need to see."""
    out: set[int] = set()
    for unit in units:
        for node in unit.nodes:
            if node.shared or isinstance(node, (*BY_POINTER, ir.Enum)):
                out.add(id(node))
            for _, child in node.children():
                if child.unit is not unit.doc:
                    out.add(id(child))
    for unit in units:
        _cycles(unit.nodes, out)
    return out


def _cycles(nodes: list[ir.Node], out: set[int]) -> None:
    """Arrays and maps that hold themselves, with nothing named in between."""
    done: set[int] = set()

    def walk(node: ir.Node, above: tuple[int, ...]) -> None:
        if id(node) in above:
            out.add(id(node))
        if id(node) in done or id(node) in out:
            return
        done.add(id(node))
        for _, child in node.children():
            walk(child, (*above, id(node)))

    for node in nodes:
        walk(node, ())


def _static_order(nodes: list[ir.Node], public: set[int]) -> list[ir.Node]:
    """Descriptors only this file sees, what they hold first."""
    order: list[ir.Node] = []
    seen: set[int] = set()
    own = {id(node) for node in nodes}

    def walk(node: ir.Node) -> None:
        if id(node) in seen or id(node) not in own:
            return
        seen.add(id(node))
        if id(node) not in public:
            for _, child in node.children():
                walk(child)
            if has_own_symbol(node):
                order.append(node)

    for node in nodes:
        walk(node)
    return order


def _holder(kind: str, name: str, held: ir.Node) -> dict[str, str]:
    return {"kind": kind, "name": name, "held": held_type(held)}


def types_of(unit: Unit) -> dict[str, Any]:
    """The declarations of a header, in the order C needs."""
    views: list[TypeView] = []
    holders: list[dict[str, str]] = []
    aliases: list[dict[str, str]] = []
    for node in unit.nodes:
        view = declare(node)
        if view is not None:
            views.append(view)
        elif isinstance(node, (ir.Array, ir.Map)) and node.name not in (
            "nex_string_list",
            "nex_string_map",
        ):
            kind = "list" if isinstance(node, ir.Array) else "map"
            held = node.item if isinstance(node, ir.Array) else node.value
            if holds_text(node):
                aliases.append({"name": node.name, "of": f"nex_string_{kind}",
                                "doc": comment(node.doc)})  # fmt: skip
            elif node.shared or not isinstance(held, (*BY_POINTER, ir.Enum)):
                entry = _holder(kind, node.name, held)
                entry["doc"] = comment(node.doc)
                holders.append(entry)
    for kind, name, held in unit.holders:
        holders.append({**_holder(kind, name, held), "doc": ""})
    structs = [view for view in views if view.kind != "enum"]
    return {
        "aliases": aliases,
        "enums": [view for view in views if view.kind == "enum"],
        "structs": structs,
        "forwards": [view.name for view in structs]
        + [h["name"] for h in holders]
        + [h["name"] + "_entry" for h in holders if h["kind"] == "map"],
        "holders": holders,
    }


def accessors(unit: Unit, layout: Layout) -> list[dict[str, str]]:
    """_or_default functions: the value of a field, or the schema's default for it."""
    out: list[dict[str, str]] = []
    for node in unit.nodes:
        if not isinstance(node, ir.Struct):
            continue
        for item in node.fields:
            value = _default_value(item)
            if value is None:
                continue
            kind = member_type(item.node).strip()
            present = f"message->{item.has}"
            if isinstance(item.node, ir.Enum):
                present = f"message->{item.name} != 0"
            elif kind == "char *":
                kind, present = "const char *", f"message->{item.name} != NULL"
            if item.required and not present.endswith("NULL") and not item.nullable:
                continue
            head = f"{kind}{'' if kind.endswith('*') else ' '}{node.name}_{item.name}_or_default"
            out.append({
                "prototype": call(layout.export + head, [f"const {node.name} *message"], ";"),
                "definition": call(head, [f"const {node.name} *message"], " {"),
                "present": present, "member": item.name, "value": value,
            })  # fmt: skip
    return out


def _default_value(item: ir.Field) -> str | None:
    if item.default is None:
        return None
    value, node = item.default[0], item.node
    if isinstance(node, ir.Enum):
        return next((v.name for v in node.values if v.value == value), None)
    if not isinstance(node, ir.Scalar):
        return None
    if node.kind == ir.BOOL and isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bool):
        return None
    if node.kind == ir.INT and isinstance(value, int) and abs(value) < 2**63:
        return f"INT64_C({value})"
    if node.kind == ir.DOUBLE and isinstance(value, (int, float)):
        return repr(float(value))
    if node.kind == ir.STRING and isinstance(value, str):
        return quote(value)
    if node.kind == ir.DURATION and isinstance(value, str):
        span = duration_ns(value)
        return None if span is None else f"INT64_C({span})"
    if node.kind == ir.ISO_DURATION and isinstance(value, str):
        parts = iso_parts(value)
        if parts is None or max(parts) >= 2**63:
            return None
        named = zip(("months", "days", "seconds"), parts, strict=True)
        members = ", ".join(f".{name} = {part}" for name, part in named if part) or "0"
        return f"(nex_iso_duration){{{members}}}"
    return None


def embedded(text: str | None) -> dict[str, str] | None:
    """The schema's text for the run-time validator, as a literal or a table."""
    if text is None:
        return None
    if len(text.encode()) <= LITERAL_MAX:
        return {"open": "[] =\n    ", "value": long_quote(text, 4)}
    return {"open": "[] = ", "value": bytes_table(text)}


def wrappers(unit: Unit, layout: Layout) -> dict[str, Any] | None:
    """The functions of a document's type; none for plain values."""
    root = unit.root
    if root is None or not isinstance(root.node, (*BY_POINTER, ir.Array, ir.Map)):
        return None
    name = root.name
    message = f"const {name} *message"
    functions: list[tuple[str, str, list[str], str]] = [
        (f"{name} *", "new", ["void"], "A zeroed message; NULL when out of memory."),
        ("nex_status ", "decode",
         [f"{name} **out", "const char *json", "size_t len", "nex_error *err"],
         "Decodes JSON as a tolerant reader does; *out is NULL on error."),
        ("nex_status ", "decode_strict",
         [f"{name} **out", "const char *json", "size_t len", "nex_error *err"],
         "Refuses unknown and duplicate members, and null where the schema does."),
        ("nex_status ", "encode", [message, "nex_buf *out"], "Appends the message as JSON."),
        ("nex_status ", "validate", [message, "nex_error *err"],
         "Checks limits, formats, patterns and required members."),
        ("nex_status ", "clone", [message, f"{name} **out"], ""),
        ("bool ", "equal", [f"const {name} *a", f"const {name} *b"], ""),
        ("nex_status ", "to_json", [message, "json_t **out"], ""),
        ("nex_status ", "from_json", [f"{name} **out", "const json_t *json", "nex_error *err"], ""),
        ("void ", "free", [f"{name} *message"],
         "Frees what new, decode, clone and from_json made; NULL is fine."),
    ]  # fmt: skip
    views = {}
    for result, verb, args, doc in functions:
        head = f"{result}{name}_{verb}"
        views[verb] = {
            "doc": comment(doc),
            "prototype": call(layout.export + head, args, ";"),
            "definition": call(head, args, " {"),
        }
    symbol = "&" + root.node.symbol
    bodies = {
        verb: assign("    nex_status status =", f"{function}({symbol}, {args})")
        for verb, function, args in (
            ("decode", "nex_message_decode", "json, len, NULL, &message, err"),
            ("decode_strict", "nex_message_decode", "json, len, &strict, &message, err"),
            ("from_json", "nex_message_from_json", "json, NULL, &message, err"),
            ("clone", "nex_message_clone", "message, &copy"),
        )
    }
    return {"name": name, "functions": views, "symbol": root.node.symbol, "bodies": bodies}


def _lookup(name: str, held: str, layout: Layout) -> dict[str, str]:
    head, args = f"{held}*{name}_get", [f"const {name} *map", "const char *key"]
    return {
        "prototype": call(layout.export + head, args, ";"),
        "definition": call(head, args, " {"),
    }


def view(unit: Unit, public: set[int], layout: Layout) -> dict[str, Any]:
    """All that the two templates of a unit need."""
    publics = [n for n in unit.nodes if id(n) in public and has_own_symbol(n)]
    label = {id(n): n.name.removeprefix(layout.prefix) for n in unit.nodes}
    if unit.root:
        title = unit.root.node.title
        label[id(unit.root.node)] = title or unit.root.name
    statics = [describe(n, label[id(n)]) for n in _static_order(unit.nodes, public)]
    for item in statics:
        item.static = True
    descriptors = statics + [describe(n, label[id(n)]) for n in publics]
    text = embedded(unit.root.embedded) if unit.root else None
    if text and unit.root:
        for item in descriptors:
            if item.symbol == unit.root.node.symbol:
                item.pairs.append(("schema", f"schema_of_{unit.root.name}"))
    enums = [n for n in unit.nodes if isinstance(n, ir.Enum) and n.textual]
    return {
        "stem": unit.stem,
        "source": unit.doc.path.name,
        "brief": " ".join(unit.root.node.doc.split()) if unit.root else "",
        "guard": f"{layout.include}{unit.stem}_h".upper().replace("/", "_").replace(".", "_"),
        "header": f"{layout.include}{unit.stem}.h",
        "includes": [f"{layout.include}{stem}.h" for stem in sorted(unit.includes)],
        "types": types_of(unit),
        "symbols": [n.symbol for n in publics],
        "texts": [{"name": n.name, "symbol": n.symbol} for n in enums],
        "lookups": [
            _lookup(h["name"], h["held"], layout)
            for h in types_of(unit)["holders"] if h["kind"] == "map"
        ],
        "accessors": accessors(unit, layout),
        "wrappers": wrappers(unit, layout),
        "descriptors": descriptors,
        "schema": text,
        "root": unit.root.name if unit.root else "",
        "export": layout.export,
    }  # fmt: skip
