"""A protocol of fixed layout: a schema's $defs to C structs that are sent as they stand.

For programs on one machine that allocate nothing. What JSON Schema says of a value decides its
place: bounds decide the width of an integer, maxLength that of a text, the order of properties
that of fields. The keywords x-version, x-message and x-to, x-flags and x-value say what a schema
cannot: numbers of messages, and which enumerations are flags or name the values of a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import emit
from .ctext import plain
from .load import Document, Loader, Location

_COLUMNS = 96
_WIDTHS = {
    (0, 2**8 - 1): ("uint8_t", 1),
    (0, 2**16 - 1): ("uint16_t", 2),
    (0, 2**32 - 1): ("uint32_t", 4),
    (0, 2**64 - 1): ("uint64_t", 8),
    (-(2**31), 2**31 - 1): ("int32_t", 4),
    (-(2**63), 2**63 - 1): ("int64_t", 8),
}


@dataclass(frozen=True)
class Field:
    name: str
    ctype: str
    length: int  # of a text with its NUL; 0: a number
    offset: int
    default: str
    doc: str


@dataclass(frozen=True)
class Struct:
    name: str
    doc: str
    fields: list[Field]
    size: int
    defaults: str  # an initializer
    texts: list[Field]


@dataclass(frozen=True)
class Member:
    name: str
    value: str
    doc: str
    text: bool = False


@dataclass(frozen=True)
class Enum:
    name: str
    doc: str
    members: list[Member]
    has_texts: bool


def _doc(where: Location, indent: int = 0) -> str:
    value = where.value
    text = plain(value.get("description", "")) if isinstance(value, dict) else ""
    if not text:
        return ""
    pad = " " * indent
    if indent + len(text) + 6 <= _COLUMNS:
        return f"{pad}/* {text} */\n"
    lines: list[str] = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + indent + 4 > _COLUMNS:
            lines.append("")
        lines[-1] += " " + word
    return f"{pad}/*\n" + "".join(f"{pad} *{line}\n" for line in lines) + f"{pad} */\n"


def _title(where: Location) -> str:
    title = where.value.get("title", "")
    if not isinstance(title, str) or not title.isidentifier() or "_" not in title:
        raise where.fault("needs a title that is its name in C, such as mon_state", "title")
    return title


def _number(loader: Loader, where: Location) -> tuple[str, int]:
    """The C type and width of an integer, by its bounds."""
    value = where.value
    if "$ref" in value:
        return _number(loader, loader.resolve(where, value["$ref"]))
    bounds = (value.get("minimum"), value.get("maximum"))
    if value.get("type") != "integer" or bounds not in _WIDTHS:
        raise where.fault("needs the bounds of an integer of 8, 16, 32 or 64 bits")
    return _WIDTHS[bounds]


def _field(loader: Loader, where: Location, name: str, at: int) -> tuple[Field, int, int]:
    """A field at an offset; its size and alignment."""
    value = where.value
    doc = _doc(where, 4)
    if value.get("type") == "string":
        length = value.get("maxLength")
        if not isinstance(length, int) or length < 1:
            raise where.fault("needs a maxLength: all of it has a fixed place")
        return Field(name, "char", length + 1, at, "", doc), length + 1, 1
    ctype, size = _number(loader, where)
    if at % size != 0:
        raise where.fault(f"would begin at byte {at}, which is no multiple of {size}: put a "
                          "reserved field before it")  # fmt: skip
    default = value.get("default", 0)
    suffix = "U" if ctype.startswith("u") else ""
    return Field(name, ctype, 0, at, f"{default}{suffix}" if default else "", doc), size, size


def _struct(loader: Loader, where: Location) -> Struct:
    fields: list[Field] = []
    at = 0
    widest = 1
    properties = where.value["properties"]
    for name in properties:
        field, size, alignment = _field(loader, where.child("properties", name), name, at)
        fields.append(field)
        at += size
        widest = max(widest, alignment)
    if at % widest != 0:
        raise where.fault(f"ends at byte {at}, which is no multiple of {widest}: add a reserved "
                          "field", "properties")  # fmt: skip
    defaults = ", ".join(f".{f.name} = {f.default}" for f in fields if f.default)
    return Struct(_title(where), _doc(where), fields, at, f"{{{defaults or '0'}}}",
                  [f for f in fields if f.length])  # fmt: skip


def _value_kinds(top: Location) -> set[str]:
    return {"text", "bytes", *top.value.get("$defs", {})}


def _members(where: Location, kinds: set[str]) -> list[Member]:
    name = _title(where)
    flags = where.value.get("x-flags", False)
    found: list[Member] = []
    taken: set[int] = set()
    for i, arm in enumerate(where.value["oneOf"]):
        here = where.child("oneOf", i)
        number = arm.get("const")
        if not isinstance(number, int) or number in taken:
            raise here.fault("needs a const of its own", "const")
        if flags and (number <= 0 or number & (number - 1)):
            raise here.fault("is a flag: its const must be a power of two", "const")
        if arm.get("x-value", "bytes") not in kinds:
            raise here.fault("is no value: text, bytes or a name of $defs", "x-value")
        taken.add(number)
        shown = f"1U << {number.bit_length() - 1}" if flags else str(number)
        text = arm.get("x-value") == "text"
        found.append(Member(f"{name}_{arm['title']}".upper(), shown, _doc(here, 4), text))
    return found


def _messages(roots: list[Location], prefix: str) -> list[dict[str, Any]]:
    """The enumeration of messages, by receiver."""
    found: list[dict[str, Any]] = []
    taken: dict[int, Location] = {}
    for where in roots:
        number = where.value.get("x-message")
        if number is None:
            continue
        if not isinstance(number, int) or not 0 < number < 256 or number in taken:
            raise where.fault("needs a number of its own from 1 to 255", "x-message")
        if where.value.get("x-to") not in ("monitor", "nexlet"):
            raise where.fault("says whom it goes to: monitor or nexlet", "x-to")
        taken[number] = where
        name = _title(where).removeprefix(prefix + "_").upper()
        found.append({"name": f"{prefix.upper()}_{name}", "value": number, "doc": _doc(where, 4),
                      "to": where.value["x-to"]})  # fmt: skip
    return sorted(found, key=lambda message: message["value"])


def generate(loader: Loader, path: Path, out: emit.Output, templates: emit.Templates) -> None:
    """The header of one protocol, in generated/ beside its schema."""
    doc: Document = loader.load(path)
    top = Location(doc, "")
    version = top.value.get("x-version")
    if not isinstance(version, int) or version < 1:
        raise top.fault("needs the version of the protocol, from 1 on", "x-version")
    roots = [top.child("$defs", name) for name in top.value.get("$defs", {})]
    prefix = _title(next(root for root in roots if "title" in root.value)).partition("_")[0]
    kinds = _value_kinds(top)
    structs = [_struct(loader, root) for root in roots if "properties" in root.value]
    enums = [
        Enum(_title(root), _doc(root), members, any(member.text for member in members))
        for root in roots
        if "oneOf" in root.value
        for members in [_members(root, kinds)]
    ]
    target = path.parent / "generated" / "messages.h"
    text = templates.render(
        "wire/messages.h.j2",
        banner=emit.banner(top.value.get("description", ""), path.name, doc.digest),
        guard=f"{prefix}_generated_messages_h".upper(),
        prefix=prefix,
        version=version,
        messages=_messages(roots, prefix),
        enums=enums,
        structs=structs,
    )
    out.add(target, text)
