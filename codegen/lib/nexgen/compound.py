"""Several schema files as one: copies of them side by side, their references made local."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from . import keywords
from .jsontext import escape
from .load import Document, Loader, Location


class Copier:
    """Copies documents to be put below one place of another document, `home`."""

    def __init__(self, loader: Loader, home: str, names: dict[Document, str]) -> None:
        self.loader = loader
        self.home = home
        self.names = names
        self.docs = {name: doc for doc, name in names.items()}

    def name(self, doc: Document) -> str:
        """The name of a document in its new home, given when first asked for."""
        if doc not in self.names:
            base = doc.path.stem.replace(".", "_")
            name, i = base, 2
            while name in self.docs:
                name, i = f"{base}_{i}", i + 1
            self.names[doc] = name
            self.docs[name] = doc
        return self.names[doc]

    def link(self, where: Location, ref: str) -> str:
        target = self.loader.resolve(where, ref)
        if target.doc.remote:
            return ref
        return f"#{self.home}/{escape(self.name(target.doc))}{target.pointer}"

    def schema(self, where: Location) -> Any:
        """A copy whose references lead to the copies."""
        copied: Any = self._copy(where, where.value, schema=True)
        return copied

    def _copy(self, where: Location, value: Any, schema: bool) -> Any:
        if isinstance(value, list):
            items = enumerate(value)
            return [self._copy(where.child(i), item, isinstance(item, dict)) for i, item in items]
        if not isinstance(value, dict):
            return value
        if not schema:
            return {k: self._copy(where.child(k), v, schema=True) for k, v in value.items()}
        out: dict[str, Any] = {}
        for key, held in value.items():
            keyword = keywords.KEYWORDS.get(key)
            if key in ("$ref", "$dynamicRef") and isinstance(held, str):
                out["$ref"] = self.link(where, held)
            elif key in ("$schema", "$id", "$anchor", "$dynamicAnchor"):
                continue
            elif keyword is None or keyword.holds == keywords.NONE:
                out[key] = held
            else:
                inner = keyword.holds not in (keywords.MAP, keywords.MAP_OR_LISTS)
                out[key] = self._copy(where.child(key), held, inner)
        return out

    def copies(self, without: Iterable[str] = ()) -> dict[str, Any]:
        """All documents, those included that others turn out to refer to."""
        made: dict[str, Any] = {}
        while missing := sorted(set(self.docs) - set(made) - set(without)):
            for name in missing:
                made[name] = self.schema(Location(self.docs[name], ""))
        return {name: made[name] for name in sorted(made)}


class _Compound(Copier):
    """Copies for a document that takes into itself what it refers to in other files."""

    def __init__(self, loader: Loader, root: Document, home: str, taken: set[str]) -> None:
        super().__init__(loader, home, {})
        self.root = root
        self.docs = dict.fromkeys(taken, root)  # names that the document has itself

    def link(self, where: Location, ref: str) -> str:
        target = self.loader.resolve(where, ref)
        if target.doc is not self.root:
            if target.doc.dialect != self.root.dialect and not target.doc.remote:
                raise where.fault(f"{target.doc.dialect} there, {self.root.dialect} here", "$ref")
            return super().link(where, ref)
        return f"#{target.pointer}"


def compound(loader: Loader, doc: Document) -> str:
    """The text of a document that carries with it what it refers to in other files."""
    key = "definitions" if doc.dialect == keywords.DRAFT7 else "$defs"
    value = doc.value if isinstance(doc.value, dict) else {}
    taken = set(value.get(key, {}))
    copier = _Compound(loader, doc, f"/{key}", taken)
    whole = copier.schema(Location(doc, ""))
    kept = {name: value[name] for name in ("$schema", "$id") if name in value}
    merged = {**kept, **whole, key: {**whole.get(key, {}), **copier.copies(taken)}}
    return json.dumps(merged, indent=2, ensure_ascii=False) + "\n"
