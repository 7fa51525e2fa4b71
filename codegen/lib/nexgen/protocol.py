"""nexgen protocol: all of generated/ that comes from schemas/protocol."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import asyncapi, emit, protoview
from .load import Document
from .types import Folders, Run, digest_of, emit_units, make_units
from .units import Layout

EXPORT = "NEX_API "


def generate(run: Run, schemas: Path, target: Path, out: emit.Output,
             templates: emit.Templates) -> None:  # fmt: skip
    """Types, subjects, services and requests of the protocol."""
    root = schemas / "protocol" / "asyncapi.json"
    api = run.loader.load(root, schema=False)
    protocol = asyncapi.read(run.loader, api)
    files = sorted(path for path in root.parent.glob("*.json") if path != root)
    documents = [run.loader.load(path) for path in files]
    layout = Layout(prefix="nex_", include="nex/protocol/", export=EXPORT)
    model, units = make_units(run, documents, layout)
    headers = target / "include" / "nex" / "protocol"
    sources = target / "protocol"
    emit_units(units, layout, Folders(headers, sources), templates, out)
    names = {root.doc: root.name for root in model.roots}
    stems = [unit.stem for unit in units]
    stems += _emit_api(protocol, names, Folders(headers, sources), templates, out)
    lines = emit.banner("The messages, subjects, services and requests of the Nex protocol.",
                        "schemas/protocol", digest_of([api, *documents]))  # fmt: skip
    text = templates.render(
        "c/umbrella.h.j2",
        banner=lines,
        guard="NEX_PROTOCOL_H",
        headers=[f"nex/protocol/{stem}.h" for stem in sorted(stems)],
    )
    out.add(headers.parent / "protocol.h", text)
    out.own(headers, ".h")
    out.own(sources, ".c")


def _emit_api(
    protocol: asyncapi.Protocol,
    names: dict[Document, str],
    folders: Folders,
    templates: emit.Templates,
    out: emit.Output,
) -> list[str]:
    """Subjects, one dispatch for each service, and requests; returns the headers' stems."""
    digest = protocol.doc.digest
    subjects = protoview.subjects(protocol, EXPORT)
    requests = protoview.requests(protocol, names, EXPORT)
    used = {r["body"] for r in requests} | {r["reply"] for r in requests}
    includes = sorted(name.removeprefix("nex_") for name in used if name)
    pages: list[tuple[str, str, str, dict[str, Any]]] = [
        ("subjects", "subjects", "The NATS subjects of the Nex protocol.", {"subjects": subjects}),
        ("rpc", "rpc", "Typed requests of the Nex protocol.",
         {"requests": requests, "includes": includes, "export": EXPORT}),
    ]  # fmt: skip
    for name in sorted({o.service for o in protocol.operations if o.action == "receive"}):
        view = protoview.service(protocol, name, names, EXPORT)
        brief = f"The endpoints of the service {name}: one typed handler for each."
        pages.append((f"{name}_service", "service", brief, {"service": view}))
    for stem, template, brief, values in pages:
        lines = emit.banner(brief, protocol.doc.path.name, digest)
        for suffix, folder in ((".h", folders.headers), (".c", folders.sources)):
            text = templates.render(f"protocol/{template}{suffix}.j2", banner=lines, **values)
            out.add(folder / (stem + suffix), text)
    return [page[0] for page in pages]
