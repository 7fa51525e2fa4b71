"""The AsyncAPI document in one file: all messages' schemas with it, no reference leads outside."""

from __future__ import annotations

import json
from typing import Any

from . import VERSION, ir, keywords
from .jsontext import escape
from .load import Document, Loader, Location

_DRAFT7 = "application/schema+json;version=draft-07"
_DRAFT2020 = "application/schema+json;version=2020-12"


class _Bundler:
    def __init__(self, loader: Loader, model: ir.Model) -> None:
        self.loader = loader
        self.names = {root.doc: root.name for root in model.roots}
        self.docs = {root.name: root.doc for root in model.roots}

    def name(self, doc: Document) -> str:
        """The name of a document among the components, given when first asked for."""
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
        return f"#/components/schemas/{escape(self.name(target.doc))}{target.pointer}"

    def schema(self, where: Location) -> Any:
        """A copy whose references lead to the components."""
        return self._copy(where, where.value, schema=True)

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

    def embed(self, where: Location, value: Any) -> Any:
        """A part of the AsyncAPI document, its references to files made local."""
        if isinstance(value, list):
            return [self.embed(where.child(i), item) for i, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        ref = value.get("$ref")
        if isinstance(ref, str) and not ref.startswith("#"):
            return {**value, "$ref": self.link(where, ref)}
        return {key: self.embed(where.child(key), held) for key, held in value.items()}

    def components(self) -> dict[str, Any]:
        """All schemas, those included that others turn out to refer to."""
        made: dict[str, Any] = {}
        while missing := sorted(set(self.docs) - set(made)):
            for name in missing:
                made[name] = self.schema(Location(self.docs[name], ""))
        return {name: made[name] for name in sorted(made)}


def _messages(model: ir.Model) -> dict[str, Any]:
    """A message for each schema, where no AsyncAPI document says what travels."""
    return {
        root.name: {
            "name": root.node.title or root.name,
            "contentType": "application/json",
            "payload": {
                "schemaFormat": _DRAFT7 if root.doc.dialect == keywords.DRAFT7 else _DRAFT2020,
                "schema": {"$ref": f"#/components/schemas/{root.name}"},
            },
        }
        for root in model.roots
    }


def document(loader: Loader, model: ir.Model, api: Document | None) -> str:
    """The document's text: that of the protocol bundled, or one of messages alone."""
    bundler = _Bundler(loader, model)
    out: dict[str, Any]
    if api is not None:
        out = bundler.embed(Location(api, ""), api.value)
        components = dict(out.get("components") or {})
    else:
        title = model.roots[0].node.title or model.roots[0].name
        said = f"Messages only: what travels where is not in these schemas. nexgen {VERSION}."
        out = {"asyncapi": "3.0.0",
               "info": {"title": title, "version": "0.0.0", "description": said},
               "defaultContentType": "application/json"}  # fmt: skip
        components = {"messages": _messages(model)}
    components["schemas"] = {**components.get("schemas", {}), **bundler.components()}
    out["components"] = components
    return json.dumps(out, indent=2, ensure_ascii=False) + "\n"
