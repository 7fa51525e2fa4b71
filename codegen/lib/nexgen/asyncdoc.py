"""The AsyncAPI document in one file: all messages' schemas with it, no reference leads outside."""

from __future__ import annotations

import json
from typing import Any

from . import VERSION, ir, keywords
from .compound import Copier
from .load import Document, Loader, Location

_DRAFT7 = "application/schema+json;version=draft-07"
_DRAFT2020 = "application/schema+json;version=2020-12"


class _Bundler(Copier):
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
    names = {root.doc: root.name for root in model.roots}
    bundler = _Bundler(loader, "/components/schemas", names)
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
    components["schemas"] = {**components.get("schemas", {}), **bundler.copies()}
    out["components"] = components
    return json.dumps(out, indent=2, ensure_ascii=False) + "\n"
