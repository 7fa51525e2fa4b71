"""A schema with all it refers to as one text, for the run-time validator."""

from __future__ import annotations

from typing import Any

from . import ir, keywords
from .ctext import compact
from .load import Loader, Location

_URIS = {
    keywords.DRAFT7: "http://json-schema.org/draft-07/schema#",
    keywords.DRAFT2020: "https://json-schema.org/draft/2020-12/schema",
}
_DROPPED = frozenset({"$id", "$anchor", "$dynamicAnchor", "$defs", "definitions", "default"})


class _Bundler:
    def __init__(self, loader: Loader, root: Location) -> None:
        self.loader = loader
        self.root = root
        self.names: dict[Location, str] = {}
        self.queue: list[Location] = []
        self.defs = "definitions" if root.doc.dialect == keywords.DRAFT7 else "$defs"

    def name(self, where: Location) -> str:
        if where not in self.names:
            if where.doc.dialect != self.root.doc.dialect:
                raise where.fault(
                    f"{where.doc.dialect} here, {self.root.doc.dialect} in {self.root.doc.shown}: "
                    "keywords checked at run time need one dialect"
                )
            self.names[where] = f"d{len(self.names)}"
            self.queue.append(where)
        return self.names[where]

    def ref(self, where: Location) -> str:
        return f"#/{self.defs}/{self.name(where)}"

    def copy(self, where: Location) -> Any:
        """A schema without what does not matter to checking, its references made local."""
        value = where.value
        if isinstance(value, bool):
            return value
        out: dict[str, Any] = {}
        for key, held in value.items():
            keyword = keywords.KEYWORDS.get(key)
            if keyword is None or keyword.fate == keywords.NOTED or key in _DROPPED:
                continue
            if key == "$ref":
                target = self.loader.resolve(where, held)
                if not target.doc.remote:
                    out[key] = self.ref(target)
                elif where.doc.dialect == keywords.DRAFT7:
                    return True
            elif key == "$dynamicRef":
                out["$ref"] = self.ref(self.dynamic(where, held))
            elif keyword.holds == keywords.NONE:
                out[key] = held
            else:
                out[key] = self.held(where.child(key), held)
        return out

    def held(self, where: Location, held: Any) -> Any:
        if isinstance(held, list):
            return [self.inner(where.child(i), item) for i, item in enumerate(held)]
        parent = where.pointer.rpartition("/")[2]
        keyword = keywords.KEYWORDS[parent]
        if isinstance(held, dict) and keyword.holds in (keywords.MAP, keywords.MAP_OR_LISTS):
            return {key: self.inner(where.child(key), item) for key, item in held.items()}
        return self.inner(where, held)

    def inner(self, where: Location, item: Any) -> Any:
        return self.copy(where) if isinstance(item, (dict, bool)) else item

    def dynamic(self, where: Location, ref: str) -> Location:
        """A $dynamicRef with one possible target is an ordinary reference."""
        target = self.loader.resolve(where, ref)
        name = ref.rpartition("#")[2]
        doubles = self.loader.dynamic_anchors(name)
        if len(doubles) > 1 and name and not name.startswith("/"):
            raise where.fault(f'$dynamicRef "{ref}" has several targets; use $ref', "$dynamicRef")
        return target


def bundle(loader: Loader, root: Location) -> str:
    """The schema at a place as one self-contained JSON text."""
    bundler = _Bundler(loader, root)
    first = bundler.ref(root)
    defs: dict[str, Any] = {}
    while bundler.queue:
        where = bundler.queue.pop(0)
        defs[bundler.names[where]] = bundler.copy(where)
    whole = {"$schema": _URIS[root.doc.dialect], "allOf": [{"$ref": first}], bundler.defs: defs}
    return compact(whole)


def embed(loader: Loader, model: ir.Model, checked: set[int]) -> None:
    """Gives each root the text of its schema where the descriptors cannot say it all."""
    roots = {id(root.node) for root in model.roots}
    for root in model.roots:
        stack, seen = [root.node], {id(root.node)}
        needed = False
        while stack and not needed:
            node = stack.pop()
            needed = id(node) in checked
            for _, child in node.children():
                if id(child) not in seen and id(child) not in roots:
                    seen.add(id(child))
                    stack.append(child)
        if needed:
            root.embedded = bundle(loader, Location(root.doc, ""))
