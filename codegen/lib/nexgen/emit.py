"""Phase 5: templates to text, text to files; a file that is right already is left alone."""

from __future__ import annotations

import os
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2

from . import VERSION
from .ctext import initializer, plain
from .errors import NexgenError, Place


def template_home() -> Path:
    """Where our templates are: beside the package, in the source tree and installed."""
    return Path(__file__).resolve().parents[2] / "templates"


class Templates:
    """Ours, behind the user's own folders of the same layout."""

    def __init__(self, folders: list[Path]) -> None:
        paths = [str(folder) for folder in [*folders, template_home()]]
        self.env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(paths, encoding="utf-8"),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
        )
        self.env.filters["banner"] = "\n *".join
        self.env.filters["initializer"] = initializer

    def render(self, name: str, **values: Any) -> str:
        try:
            return self.env.get_template(name).render(**values)
        except jinja2.TemplateError as exc:
            line = getattr(exc, "lineno", 0) or 0
            where = Place(getattr(exc, "filename", None) or name, line, "")
            raise NexgenError(where, f"template: {exc.message}") from None


def banner(what: str, source: str, digest: str) -> list[str]:
    """The first lines of every generated file."""
    origin = f"Written by nexgen {VERSION} from {source} (sha256 {digest[:16]}); do not edit."
    lines = [*textwrap.wrap(plain(what), 96), "", *textwrap.wrap(origin, 96)]
    return ["", *[" " + line if line else "" for line in lines]]


@dataclass
class Output:
    """Files to be, by path; written or compared all at once."""

    files: dict[Path, str] = field(default_factory=dict)
    folders: list[tuple[Path, str]] = field(default_factory=list)  # wholly ours: path, suffixes

    def add(self, path: Path, text: str) -> None:
        known = self.files.get(path)
        if known is not None and known != text:
            raise NexgenError(Place(str(path), 0, ""), "two schemas would write this file")
        self.files[path] = text

    def own(self, folder: Path, suffix: str) -> None:
        """Says that files of this kind in this folder are ours: others are left-overs."""
        self.folders.append((folder, suffix))

    def _left_over(self) -> list[Path]:
        found: list[Path] = []
        for folder, suffix in self.folders:
            if folder.is_dir():
                found += [p for p in folder.iterdir() if p.name.endswith(suffix)]
        return sorted(path for path in set(found) if path not in self.files)

    def stale(self) -> list[tuple[Path, str]]:
        """What is not as it would be written, and how it differs."""
        out: list[tuple[Path, str]] = []
        for path, text in sorted(self.files.items()):
            if not path.is_file():
                out.append((path, "missing"))
            elif path.read_bytes() != text.encode("utf-8", "surrogatepass"):
                out.append((path, "out of date"))
        out += [(path, "no longer generated") for path in self._left_over()]
        return out

    def write(self) -> list[Path]:
        """Writes what differs, each file whole or not at all; returns what was touched."""
        touched: list[Path] = []
        for path, why in self.stale():
            if why == "no longer generated":
                path.unlink()
            else:
                _write(path, self.files[path])
            touched.append(path)
        return touched


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        temporary.write_bytes(text.encode("utf-8", "surrogatepass"))
        os.replace(temporary, path)
    except OSError as exc:
        raise NexgenError(Place(str(path), 0, ""), f"cannot be written: {exc.strerror}") from None
