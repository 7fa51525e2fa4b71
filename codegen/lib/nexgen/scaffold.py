"""nexgen SCHEMA.json: a nexlet that builds, passes its tests and runs; and nexgen update."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import VERSION, check, emit, instances, ir, types, vectors, yamltext
from .compound import compound
from .ctext import compact, long_quote, quote
from .errors import NexgenError, Place
from .load import Document, Loader
from .names import snake
from .units import Layout, embedded

MANIFEST = ".nexgen.json"
BASE = ".nexgen"
SCHEMA = "start_request.json"
# Written once, then the author's: template -> path.
_OWNED = {
    "CMakeLists.txt.j2": "CMakeLists.txt",
    "README.md.j2": "README.md",
    "Nexfile.j2": "Nexfile",
    "service.j2": "nexlet-{dashed}.service",
    "gitignore.j2": ".gitignore",
    "clang-format.j2": ".clang-format",
    "src/agent.h.j2": "src/agent.h",
    "src/agent.c.j2": "src/agent.c",
    "src/main.c.j2": "src/main.c",
    "tests/agent_test.c.j2": "tests/agent_test.c",
}
_GENERATED = {
    "generated/schema_text.c.j2": "generated/schema_text.c",
    "generated/fuzz_decode.c.j2": "generated/fuzz_decode.c",
    "generated/vectors_test.c.j2": "generated/vectors_test.c",
}


@dataclass
class Names:
    """What a scaffold calls itself."""

    dashed: str
    ident: str
    upper: str
    about: str
    about_literal: str
    root: str = ""
    symbol: str = ""
    stem: str = ""


def name_of(schema: Path, wanted: str | None) -> str:
    """The nexlet's name: as asked for, else the schema's file name without its ending."""
    text = wanted or re.sub(r"[._-]?(start[._-]?request|schema)", "", schema.stem)
    text = text or schema.resolve().parent.name
    name = snake(text).replace("_", "-")
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,40}", name):
        raise NexgenError(Place(str(schema), 0, ""), f'"{name}" is no nexlet name; use --name')
    return name


def _names(dashed: str, root: ir.Root) -> Names:
    ident = snake(dashed)  # the beginning of names, so it may be a word of C
    about = " ".join(root.node.doc.split()) or f"Runs workloads of type {dashed}."
    return Names(dashed, ident, ident.upper(), about, quote(about),
                 root.name, root.node.symbol)  # fmt: skip


@dataclass
class Made:
    """All files of a scaffold as text: the author's, and ours."""

    owned: dict[str, str]
    generated: emit.Output
    names: Names
    vectors: int
    why: str


def _one_file(run: types.Run, schema: Path) -> tuple[Document, str]:
    """The schema and its text, with it what it refers to elsewhere: a node gets it as one text."""
    doc = run.loader.load(schema)
    check.follow_refs(run.loader, doc)
    if run.loader.documents == [doc]:
        return doc, doc.path.read_text(encoding="utf-8-sig")
    text = compound(run.loader, doc)
    run.loader = Loader()
    return run.loader.read(doc.path, doc.shown, text.encode()), text


def make(run: types.Run, schema: Path, target: Path, dashed: str,
         templates: emit.Templates) -> Made:  # fmt: skip
    """Renders everything; writes nothing."""
    prefix = snake(dashed) + "_"
    doc, text = _one_file(run, schema)
    doc.path = doc.path.with_name(SCHEMA)  # the name it goes by from now on
    layout = Layout(prefix=prefix)
    model, units = types.make_units(run, [doc], layout)
    root = model.roots[0]
    told_apart = isinstance(root.node, ir.Union) and root.node.tag is not None
    if not (isinstance(root.node, ir.Struct | ir.Map) or told_apart):
        raise NexgenError(doc.place(""), "a start request is an object")
    names = _names(dashed, root)
    names.stem = units[0].stem
    out = emit.Output()
    folder = target / "generated"
    types.emit_units(units, layout, types.Folders(folder, folder), templates, out)
    found, why = vectors.vectors(root, run.loader)
    out.add(folder / "vectors.json", vectors.as_text(found))
    start = _start(vectors.Instances(root, run.loader))
    lifecycle = {"name": dashed + "-1", "type": dashed, "lifecycle": "service"}
    values: dict[str, Any] = {
        "n": names,
        "schema": embedded(compact(doc.value)),
        "start_literal": long_quote(compact(start), 4).replace("\n", " \\\n"),
        "nexfile": yamltext.dump({**lifecycle, "start_request": start}),
        "banner": emit.banner("", SCHEMA, doc.digest),
    }
    for template, path in _GENERATED.items():
        out.add(target / path, templates.render(f"scaffold/{template}", **values))
    for suffix in (".c", ".h", ".json"):
        out.own(folder, suffix)
    owned = {
        path.format(dashed=dashed): templates.render(f"scaffold/{template}", **values)
        for template, path in _OWNED.items()
    }
    owned[SCHEMA] = text
    return Made(owned, out, names, len(found), why)


def _start(maker: vectors.Instances) -> Any:
    """A start request to show and to test with."""
    for example in maker.root.node.examples:
        return example
    try:
        return maker.make(full=False, spoken=True)
    except instances.NoInstance:
        return {}


def _record(made: Made) -> str:
    names = {"nexgen": VERSION, "name": made.names.dashed}
    return json.dumps(names, indent=2) + "\n"


def create(made: Made, target: Path) -> list[Path]:
    """Writes a new scaffold; a folder that has files already is left as it is."""
    if target.exists() and any(target.iterdir()):
        raise NexgenError(Place(str(target), 0, ""), "not empty; nexgen update changes a nexlet")
    out = emit.Output()
    for path, text in made.owned.items():
        out.add(target / path, text)
        if path != SCHEMA:
            out.add(target / BASE / path, text)
    out.add(target / MANIFEST, _record(made))
    return [*out.write(), *made.generated.write()]


def read_name(target: Path) -> str:
    """The name a scaffold was made with."""
    path = target / MANIFEST
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["name"])
    except (OSError, ValueError, KeyError, TypeError):
        raise NexgenError(Place(str(path), 0, ""), "no nexlet of nexgen here") from None


@dataclass
class Change:
    """A file of the author's that a newer template would change."""

    path: str
    merged: str
    conflicts: bool


def changes(made: Made, target: Path) -> list[Change]:
    """Three-way merges of what templates changed since, what the author did, and the base."""
    found = []
    for path, text in sorted(made.owned.items()):
        base, mine = target / BASE / path, target / path
        if path in (SCHEMA, "Nexfile") or not base.is_file() or not mine.is_file():
            continue
        if text in (base.read_text(encoding="utf-8"), mine.read_text(encoding="utf-8")):
            continue
        merge = _merge(path, mine, base, text)
        found.append(Change(path, merge.stdout, merge.returncode != 0))
    return found


def _merge(path: str, mine: Path, base: Path, text: str) -> subprocess.CompletedProcess[str]:
    """git's three-way merge, which reads files only."""
    with tempfile.TemporaryDirectory() as scratch:
        theirs = Path(scratch) / "template"
        theirs.write_text(text, encoding="utf-8")
        command = ["git", "merge-file", "-p", "-L", path, "-L", "base", "-L", "template",
                   str(mine), str(base), str(theirs)]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        except OSError:
            raise NexgenError(Place(path, 0, ""), "git is needed to merge templates") from None
    if done.returncode < 0 or done.returncode > 127:
        raise NexgenError(Place(path, 0, ""), f"cannot be merged: {done.stderr.strip()}")
    return done


def update(made: Made, target: Path, found: list[Change]) -> list[Path]:
    """Writes generated/ and the merges given."""
    touched = made.generated.write()
    out = emit.Output()
    for change in found:
        out.add(target / change.path, change.merged)
        out.add(target / BASE / change.path, made.owned[change.path])
    out.add(target / MANIFEST, _record(made))
    return [*touched, *out.write()]
