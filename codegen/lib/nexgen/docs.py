"""nexgen docs: schemas as reference pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from . import asyncapi, emit, ir
from .ctext import compact
from .cview import limits_said
from .load import Document

_WORDS = {
    ir.BOOL: "boolean",
    ir.INT: "integer",
    ir.DOUBLE: "number",
    ir.STRING: "text",
    ir.TIME: "time (RFC 3339)",
    ir.DURATION: "duration (Go's text)",
    ir.ISO_DURATION: "duration (ISO 8601)",
    ir.BYTES: "bytes (base64)",
}


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def shape(node: ir.Node) -> str:
    """A type in words, with links to what has a section of its own."""
    if isinstance(node, ir.Scalar):
        return _WORDS[node.kind]
    if isinstance(node, ir.Array):
        return f"array of {shape(node.item)}"
    if isinstance(node, ir.Map):
        return f"map of text to {shape(node.value)}"
    if isinstance(node, ir.Dynamic):
        return "any value"
    if isinstance(node, ir.Enum) and not node.shared:
        return " or ".join(f"`{v.value}`" for v in node.values)
    return f"[{node.name}](#{node.name})"


def _field(item: ir.Field) -> dict[str, str]:
    said = [item.doc.rstrip(".") + "." if item.doc else "", *limits_said(item)]
    if item.secret:
        said.append("Secret.")
    return {
        "name": _cell(item.json),
        "shape": _cell(shape(item.node)) + (" or null" if item.nullable else ""),
        "required": "yes" if item.required else "",
        "about": _cell(" ".join(part for part in said if part)),
    }


def section(node: ir.Node) -> dict[str, Any] | None:
    """A type that is worth a section; None for plain values."""
    values: dict[str, Any] = {"name": node.name, "about": node.doc, "fields": [], "enum_values": [],
                              "variants": [], "shape": "", "closed": False,
                              "example": ""}  # fmt: skip
    if isinstance(node, (ir.Struct, ir.Tuple)):
        values["fields"] = [_field(item) for item in node.fields]
        values["closed"] = node.closed
    elif isinstance(node, ir.Union):
        values["variants"] = [
            {"told": f"`{node.tag}` is `{v.tag}`" if v.tag is not None else "/".join(v.json_types),
             "shape": shape(v.node) if v.node else "null"}
            for v in node.variants
        ]  # fmt: skip
    elif isinstance(node, ir.Enum) and node.shared:
        values["enum_values"] = [
            {"text": compact(v.value), "about": _cell(v.doc)} for v in node.values
        ]
    elif node.shared:
        values["shape"] = shape(node)
    else:
        return None
    if node.examples:
        values["example"] = json.dumps(node.examples[0], indent=2, ensure_ascii=False)
    return values


def pages(model: ir.Model, templates: emit.Templates) -> Iterator[tuple[str, str]]:
    """File name and text of each page."""
    for root in model.roots:
        sections = [s for node in ir.reachable(root.node) if (s := section(node)) is not None]
        banner = emit.banner("", root.doc.path.name, root.doc.digest)
        title = root.node.title or root.name
        text = templates.render("docs/schema.md.j2", banner=banner, title=title, sections=sections)
        yield f"{root.name}.md", text


def operations_page(protocol: asyncapi.Protocol, model: ir.Model, templates: emit.Templates) -> str:
    """Who says what to whom: subjects, requests and answers."""
    names = {root.doc: root.name for root in model.roots}

    def link(doc: Document | None, body: str) -> str:
        return f"[{names[doc]}]({names[doc]}.md)" if doc in names else body

    rows = []
    for o in protocol.operations:
        asked = o.action == "receive"
        rows.append({
            "name": o.name, "who": f"{o.service} {'answers' if asked else 'publishes'}",
            "subject": o.channel.address, "about": _cell(o.doc),
            "request": link(o.request, o.body),
            "reply": link(o.reply, o.reply_body) if asked else "",
            "replies": o.replies if asked else "",
        })  # fmt: skip
    info = protocol.doc.value.get("info", {})
    banner = emit.banner("", protocol.doc.path.name, protocol.doc.digest)
    return templates.render("docs/operations.md.j2", banner=banner, operations=rows,
                            title=info.get("title", "Operations"))  # fmt: skip


def keyword_table() -> str:
    """The keywords nexgen knows, as a Markdown table for its own documentation."""
    from .keywords import CHECKED, KEYWORDS, NOTED, TYPED

    fates = {
        TYPED: "shapes the C type or its descriptor",
        CHECKED: "checked at run time, the schema's text embedded",
        NOTED: "documentation",
    }
    lines = ["| keyword | dialects | what becomes of it |", "|---|---|---|"]
    for keyword in KEYWORDS.values():
        note = f"; {keyword.note}" if keyword.note else ""
        dialects = " and ".join(keyword.dialects)
        lines.append(f"| `{keyword.name}` | {dialects} | {fates[keyword.fate]}{note} |")
    return "\n".join(lines) + "\n"


def rule_tables() -> str:
    """The rules of diff and lint as Markdown tables."""
    from . import rules

    lines = ["| rule | what it says | breaks |", "|---|---|---|"]
    for rule in rules.DIFF.values():
        broken = [f"wire ({d})" for d in rule.wire] + list(rule.c)
        lines.append(f"| `{rule.id}` | {rule.purpose} | {', '.join(broken) or 'nothing'} |")
    lines += ["", "| rule of lint | why |", "|---|---|"]
    lines += [f"| `{rule.id}` | {rule.purpose} |" for rule in rules.LINT.values()]
    return "\n".join(lines) + "\n"
