"""Phase 1: files, dialects, $id and $anchor, $ref, and the place of every node."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from . import jsontext, keywords
from .errors import NexgenError, Place
from .jsontext import escape, unescape

_DIALECTS = {
    "http://json-schema.org/draft-07/schema": keywords.DRAFT7,
    "https://json-schema.org/draft-07/schema": keywords.DRAFT7,
    "https://json-schema.org/draft/2020-12/schema": keywords.DRAFT2020,
    "http://json-schema.org/draft/2020-12/schema": keywords.DRAFT2020,
}
_OLDER = "; say draft-07, once id is $id and exclusive limits are numbers"
_INSTEAD = {
    "http://json-schema.org/draft-04/schema": _OLDER,
    "http://json-schema.org/draft-06/schema": "; draft-07 takes all of draft-06: say so",
    "https://json-schema.org/draft/2019-09/schema": "; 2020-12 is its successor",
}
MAX_FILE = 32 * 1024 * 1024


@dataclass(eq=False)
class Document:
    path: Path
    shown: str  # the file as messages name it
    value: Any
    lines: dict[str, int]
    dialect: str
    digest: str
    is_schema: bool = True
    remote: bool = False  # stands for what a reference to the network means: any value
    bases: dict[str, str] = field(default_factory=dict)  # pointer of a $id -> absolute URI

    def place(self, pointer: str) -> Place:
        while pointer and pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return Place(self.shown, self.lines.get(pointer, 0), pointer)


@dataclass(frozen=True)
class Location:
    """A node of a document, or a part of one. Two of the same spot are equal.

    `without` is a keyword left out of account, `only` a JSON type to which the node is narrowed.
    """

    doc: Document
    pointer: str
    without: str = ""
    only: str = ""

    @property
    def value(self) -> Any:
        value = lookup(self.doc, self.pointer)
        if not isinstance(value, dict) or not (self.without or self.only):
            return value
        kept = {name: held for name, held in value.items() if name != self.without}
        if self.only:
            kept = {name: held for name, held in kept.items() if self._concerns(name)}
            kept["type"] = self.only
        return kept

    def _concerns(self, name: str) -> bool:
        keyword = keywords.KEYWORDS.get(name)
        wanted = "number" if self.only == "integer" else self.only
        return keyword is None or keyword.json_type in ("", wanted)

    def child(self, *tokens: str | int) -> Location:
        tail = "".join("/" + escape(str(token)) for token in tokens)
        return Location(self.doc, self.pointer + tail)

    @property
    def place(self) -> Place:
        return self.doc.place(self.pointer)

    def fault(self, text: str, *tokens: str | int) -> NexgenError:
        return NexgenError(self.child(*tokens).place, text)


def lookup(doc: Document, pointer: str) -> Any:
    value = doc.value
    for token in pointer.split("/")[1:]:
        token = unescape(token)
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and token.isdigit() and int(token) < len(value):
            value = value[int(token)]
        else:
            raise KeyError(pointer)
    return value


def subschemas(value: Any, pointer: str) -> Iterator[tuple[Any, str]]:
    """The schemas directly below a schema, with their pointers."""
    if not isinstance(value, dict):
        return
    for name, held in value.items():
        keyword = keywords.KEYWORDS.get(name)
        if keyword is None or keyword.holds == keywords.NONE:
            continue
        at = f"{pointer}/{escape(name)}"
        if keyword.holds in (keywords.MAP, keywords.MAP_OR_LISTS) and isinstance(held, dict):
            for key, item in held.items():
                if isinstance(item, (dict, bool)):
                    yield item, f"{at}/{escape(key)}"
        elif isinstance(held, list) and keyword.holds in (keywords.LIST, keywords.ONE_OR_LIST):
            for i, item in enumerate(held):
                yield item, f"{at}/{i}"
        elif isinstance(held, (dict, bool)):
            yield held, at


class Loader:
    """Reads documents once each and resolves references between them."""

    def __init__(self) -> None:
        self._by_path: dict[Path, Document] = {}
        self._by_uri: dict[str, Location] = {}
        self._walked: set[tuple[int, str]] = set()
        self._remote: dict[str, Document] = {}
        self.remote: dict[Location, str] = {}  # references that lead to the network
        self.targets: set[Location] = set()  # what any $ref resolved so far points to
        self.doubles: list[tuple[Location, Location, str]] | None = None  # lint lists them

    @property
    def documents(self) -> list[Document]:
        return sorted(self._by_path.values(), key=lambda doc: str(doc.path))

    def load(self, path: Path, shown: str | None = None, schema: bool = True) -> Document:
        """Reads a file; `schema` false for documents that only hold schemas (AsyncAPI)."""
        key = Path(os.path.abspath(path))
        if key in self._by_path:
            return self._by_path[key]
        shown = shown or str(path)
        try:
            if not os.path.isfile(key):
                raise NexgenError(Place(shown, 0, ""), "no such file")
            data = key.read_bytes()
        except OSError as exc:
            raise NexgenError(Place(shown, 0, ""), f"cannot be read: {exc.strerror}") from None
        return self.read(key, shown, data, schema)

    def read(self, key: Path, shown: str, data: bytes, schema: bool = True) -> Document:
        """Takes the content of a file as a document."""
        if len(data) > MAX_FILE:
            raise NexgenError(Place(shown, 0, ""), f"larger than {MAX_FILE} bytes")
        parsed = jsontext.parse(data, shown)
        digest = hashlib.sha256(data).hexdigest()
        doc = Document(key, shown, parsed.value, parsed.lines, "", digest, schema)
        doc.dialect = self._dialect(doc, schema)
        self._by_path[key] = doc
        if schema:
            self._index(doc, parsed.value, "", key.as_uri())
        return doc

    def _dialect(self, doc: Document, schema: bool) -> str:
        if not schema:
            return keywords.DRAFT2020
        if not isinstance(doc.value, (dict, bool)):
            raise NexgenError(doc.place(""), "a schema is an object, true or false")
        named = doc.value.get("$schema") if isinstance(doc.value, dict) else None
        if named is None:
            return keywords.DRAFT2020
        dialect = _DIALECTS.get(str(named).rstrip("#"))
        if dialect is None:
            raise NexgenError(
                doc.place("/$schema"),
                f'dialect "{named}" is not known; nexgen reads 2020-12 and draft-07'
                + _INSTEAD.get(str(named).rstrip("#"), ""),
            )
        return dialect

    def _index(self, doc: Document, value: Any, pointer: str, base: str) -> None:
        """Notes $id and $anchor of a schema and all below it."""
        if (id(doc), pointer) in self._walked:
            return
        self._walked.add((id(doc), pointer))
        if isinstance(value, dict):
            named = value.get("$id")
            sole = doc.dialect == keywords.DRAFT7 and "$ref" in value
            if isinstance(named, str) and not sole:
                if named.startswith("#"):
                    self._name(base + named, Location(doc, pointer))
                else:
                    base = urljoin(base, named).rstrip("#")
                    self._name(base, Location(doc, pointer))
                    doc.bases[pointer] = base
            for key in ("$anchor", "$dynamicAnchor"):
                if isinstance(value.get(key), str):
                    self._name(f"{base}#{value[key]}", Location(doc, pointer))
        if pointer == "":
            self._by_uri.setdefault(doc.path.as_uri(), Location(doc, ""))
            doc.bases.setdefault("", base)
        for child, at in subschemas(value, pointer):
            self._index(doc, child, at, base)

    def _name(self, uri: str, where: Location) -> None:
        known = self._by_uri.setdefault(uri, where)
        if known != where:
            name = uri.rpartition("/")[2]
            if self.doubles is not None:
                self.doubles.append((where, known, name))
                return
            raise where.fault(f'"{name}" already names {known.place}')

    def dynamic_anchors(self, name: str) -> list[Location]:
        """All schemas that carry this $dynamicAnchor."""
        found = {where for uri, where in self._by_uri.items() if uri.endswith("#" + name)}
        return [w for w in found if w.value.get("$dynamicAnchor") == name]

    def base(self, where: Location) -> str:
        """The base URI at a node: that of the nearest $id around it."""
        pointer = where.pointer
        while pointer and pointer not in where.doc.bases:
            pointer = pointer.rpartition("/")[0]
        return where.doc.bases.get(pointer, where.doc.path.as_uri())

    def resolve(self, where: Location, ref: str) -> Location:
        """What a $ref at a node points to."""
        target = self._target(where, ref)
        if target.doc.remote:
            return target
        try:
            value = target.value
        except KeyError:
            raise where.fault(f'$ref "{ref}" points to nothing', "$ref") from None
        if not isinstance(value, (dict, bool)):
            raise where.fault(f'$ref "{ref}" points to something that is no schema', "$ref")
        self._index(target.doc, value, target.pointer, self.base(target))
        self.targets.add(target)
        return target

    def _target(self, where: Location, ref: str) -> Location:
        uri = urljoin(self.base(where), ref)
        whole, _, fragment = uri.partition("#")
        if uri in self._by_uri:
            return self._by_uri[uri]
        root = self._by_uri.get(whole) or self._file(where, whole, ref)
        if fragment == "" or root.doc.remote:
            return root
        fragment = unquote(fragment)
        if fragment.startswith("/"):
            return Location(root.doc, root.pointer + fragment)
        named = self._by_uri.get(f"{self.base(root)}#{fragment}")
        if named is None:
            raise where.fault(f'$ref "{ref}": there is no $anchor "{fragment}"', "$ref")
        return named

    def _file(self, where: Location, whole: str, ref: str) -> Location:
        """The document of a reference: by its URI, else as a path beside the document."""
        relative = ref.partition("#")[0]
        parts = urlsplit(whole)
        choices = []
        if parts.scheme == "file":
            choices.append(Path(unquote(parts.path)))
        if not urlsplit(relative).scheme:
            choices.append(where.doc.path.parent / unquote(relative))
        for path in choices:
            if os.path.isfile(path):
                shown = os.path.relpath(path, where.doc.path.parent)
                shown = os.path.normpath(os.path.join(os.path.dirname(where.doc.shown), shown))
                return Location(self.load(path, shown), "")
        if parts.scheme in ("http", "https") and relative == whole:
            self.remote[where] = ref
            doc = Document(Path("/"), whole, True, {}, where.doc.dialect, "", remote=True)
            return Location(self._remote.setdefault(whole, doc), "")
        raise where.fault(f'$ref "{ref}": no such file or $id', "$ref")
