"""nexgen types: C for any schemas. Runs the phases in order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from . import check, emit, ir
from .build import Builder
from .bundle import embed
from .errors import NexgenError, NexgenErrors, Notices
from .load import Document, Loader, Location
from .naming import name_all
from .units import Layout, Unit, extern_ids, split_units, view

CODEC_VERSION = 2


@dataclass
class Run:
    """What the phases share."""

    loader: Loader = field(default_factory=Loader)
    notices: Notices = field(default_factory=Notices)
    strict: bool = False
    keep_unknown: bool = False


def build_model(run: Run, documents: list[Document]) -> tuple[ir.Model, Builder]:
    """Loads, checks and builds: the files asked for, and those they refer to as a whole."""
    builder = Builder(run.loader, run.notices, run.keep_unknown)
    for doc in documents:
        check.follow_refs(run.loader, doc)
    check.check_all(run.loader, run.notices)
    for where, ref in sorted(run.loader.remote.items(), key=lambda item: str(item[0].place)):
        text = f'$ref "{ref}" is remote and not fetched: any value is taken; give its file as well'
        run.notices.add(where.child("$ref").place, text)
    wanted = {doc.path: doc for doc in documents}
    for doc in run.loader.documents:
        if doc.path not in wanted and check.referred_whole(run.loader, doc):
            wanted[doc.path] = doc
    roots = []
    for path in sorted(wanted):
        doc = wanted[path]
        node = builder.root(Location(doc, ""))
        node.shared = True
        roots.append(ir.Root(node, doc, ""))
    builder.keep_what_is_checked()
    return ir.Model(roots), builder


def refuse_notices(run: Run) -> None:
    """--strict: whatever has no exact C shape is an error."""
    if run.strict and run.notices.items:
        raise NexgenErrors(NexgenError(place, text) for place, text in run.notices.items)


def make_units(run: Run, documents: list[Document], layout: Layout) -> tuple[ir.Model, list[Unit]]:
    model, builder = build_model(run, documents)
    embed(run.loader, model, builder.checked)
    lists = name_all(model, layout.prefix, run.notices)
    refuse_notices(run)
    return model, split_units(model, lists, layout)


@dataclass
class Folders:
    headers: Path
    sources: Path


def emit_units(
    units: list[Unit], layout: Layout, folders: Folders, templates: emit.Templates, out: emit.Output
) -> None:
    """A header and a C file for each unit."""
    public = extern_ids(units)
    for unit in units:
        values = view(unit, public, layout)
        lines = emit.banner(values["brief"] or unit.stem, values["source"], unit.doc.digest)
        for template, path in (
            ("c/unit.h.j2", folders.headers / f"{unit.stem}.h"),
            ("c/unit.c.j2", folders.sources / f"{unit.stem}.c"),
        ):
            text = templates.render(
                template, unit=values, banner=lines, codec_version=CODEC_VERSION
            )
            out.add(path, text)


def digest_of(documents: list[Document]) -> str:
    """One hash of several documents, whatever their order."""
    parts = sorted(f"{doc.path.name} {doc.digest}" for doc in documents)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def generate(run: Run, files: list[Path], target: Path, prefix: str, out: emit.Output,
             templates: emit.Templates) -> list[Unit]:  # fmt: skip
    """All of `nexgen types FILE... -o DIR`."""
    documents = [run.loader.load(path) for path in sorted(files)]
    layout = Layout(prefix=prefix)
    _, units = make_units(run, documents, layout)
    emit_units(units, layout, Folders(target, target), templates, out)
    return units
