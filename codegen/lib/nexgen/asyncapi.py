"""Phases 1 to 3 for the AsyncAPI document: channels and operations as plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .errors import NexgenError
from .load import Document, Loader, Location
from .names import identifier, snake

_TOKEN = re.compile(r"[A-Za-z0-9_$-]+\Z")
BODIES = ("json", "raw", "ignored")
REPLY_BODIES = ("json", "raw", "none")
_EXTENSIONS = {
    "x-nex-service": None,
    "x-nex-endpoint": None,
    "x-nex-queue": ("node", "nexus", "agent", "none"),
    "x-nex-body": BODIES,
    "x-nex-reply-body": REPLY_BODIES,
    "x-nex-replies": ("one", "many"),
    "x-nex-bound": None,
    "x-nex-optional": None,
    "x-nex-compat-address": None,
}


@dataclass
class Parameter:
    name: str  # as in the address
    c_name: str
    index: int  # of its token
    doc: str = ""
    enum: list[str] = field(default_factory=list)


@dataclass
class Channel:
    name: str
    c_name: str
    address: str
    doc: str
    where: Location
    parameters: list[Parameter]
    compat: str = ""

    @property
    def wildcard(self) -> str:
        return wildcard(self.address)


@dataclass
class Operation:
    name: str
    c_name: str
    action: str
    channel: Channel
    service: str
    endpoint: str
    queue: str
    body: str
    reply_body: str
    replies: str
    bound: list[str]
    optional: str
    doc: str
    where: Location
    request: Document | None = None
    reply: Document | None = None


@dataclass
class Protocol:
    doc: Document
    channels: list[Channel]
    operations: list[Operation]
    messages: list[Document]


def wildcard(address: str) -> str:
    """An address with * for each parameter."""
    return ".".join("*" if part.startswith("{") else part for part in address.split("."))


class _Reader:
    def __init__(self, loader: Loader, doc: Document) -> None:
        self.loader = loader
        self.doc = doc

    def at(self, where: Location) -> Location:
        """Through $ref, within the AsyncAPI document."""
        for _ in range(20):
            value = where.value
            if not isinstance(value, dict) or "$ref" not in value:
                return where
            ref = value["$ref"]
            if not isinstance(ref, str) or not ref.startswith("#/"):
                raise where.fault(f'$ref "{ref}": only references within this document', "$ref")
            target = Location(self.doc, ref[1:])
            try:
                target.value  # noqa: B018
            except KeyError:
                raise where.fault(f'$ref "{ref}" points to nothing', "$ref") from None
            where = target
        raise where.fault("$ref leads back to itself", "$ref")

    def member(self, where: Location, name: str, kind: type, needed: bool = True) -> Any:
        value = where.value.get(name)
        if value is None and not needed:
            return kind()
        if not isinstance(value, kind):
            words = {"dict": "an object", "list": "an array", "str": "a string"}
            raise where.fault(f'"{name}" must be {words[kind.__name__]}', name)
        return value

    def channel(self, name: str, where: Location) -> Channel:
        address = self.member(where, "address", str)
        parameters: list[Parameter] = []
        listed = self.member(where, "parameters", dict, needed=False)
        for index, token in enumerate(address.split(".")):
            if token.startswith("{") and token.endswith("}"):
                inner = token[1:-1]
                if inner not in listed:
                    raise where.fault(f'"{inner}" of the address is not in parameters', "address")
                value = self.at(where.child("parameters", inner)).value
                doc = " ".join(str(value.get("description", "")).split())
                parameters.append(
                    Parameter(inner, identifier(inner), index, doc, list(value.get("enum", ())))
                )
            elif not _TOKEN.match(token):
                raise where.fault(f'"{token}" of "{address}" is no token of a subject', "address")
        known = {parameter.name for parameter in parameters}
        for name_ in listed:
            if name_ not in known:
                raise where.fault("a parameter that the address lacks", "parameters", name_)
        doc = self.member(where, "description", str, needed=False)
        return Channel(name, snake(name), address, doc, where, parameters)

    def message(self, where: Location) -> Document | None:
        """The schema document of a message, or None when its payload is not JSON."""
        where = self.at(where)
        payload = where.value.get("payload")
        kind = where.value.get("contentType", self.doc.value.get("defaultContentType"))
        if kind != "application/json" or payload is None:
            return None
        if not isinstance(payload, dict) or not isinstance(payload.get("$ref"), str):
            raise where.fault("a JSON payload is a $ref to a schema file", "payload")
        target = self.loader.resolve(where.child("payload"), payload["$ref"])
        if target.pointer:
            raise where.fault("a payload's $ref names a whole file", "payload", "$ref")
        return target.doc

    def only(self, where: Location, name: str) -> Document | None:
        messages = self.member(where, name, list, needed=False)
        found = [self.message(where.child(name, i)) for i in range(len(messages))]
        if len(found) > 1:
            raise where.fault("more than one message", name)
        return found[0] if found else None

    def operation(self, name: str, where: Location, channels: dict[str, Channel]) -> Operation:
        value = where.value
        for key in value:
            if key.startswith("x-nex-"):
                self.extension(where, key, value[key])
        action = value.get("action")
        if action not in ("send", "receive"):
            raise where.fault('must be "send" or "receive"', "action")
        ref = self.member(where, "channel", dict).get("$ref", "")
        channel = channels.get(str(ref).removeprefix("#/channels/"))
        if channel is None:
            raise where.fault(f'no such channel: "{ref}"', "channel")
        parts = [str(value.get(key, "")).strip().rstrip(".") for key in ("summary", "description")]
        doc = ". ".join(part for part in parts if part)
        operation = Operation(
            name=name,
            c_name=snake(name),
            action=action,
            channel=channel,
            service=self.member(where, "x-nex-service", str),
            endpoint=value.get("x-nex-endpoint", name),
            queue=value.get("x-nex-queue", "none"),
            body=value.get("x-nex-body", "json"),
            reply_body=value.get("x-nex-reply-body", "none"),
            replies=value.get("x-nex-replies", "one"),
            bound=list(value.get("x-nex-bound", ())),
            optional=value.get("x-nex-optional", ""),
            doc=doc.strip(),
            where=where,
        )
        operation.request = self.only(where, "messages")
        if "reply" in value:
            operation.reply = self.only(self.at(where.child("reply")), "messages")
        for bound in operation.bound:
            if bound not in [p.name for p in channel.parameters]:
                raise where.fault(f'the channel has no parameter "{bound}"', "x-nex-bound")
        if operation.body == "json" and operation.request is None:
            raise where.fault('x-nex-body is "json", but the message has no schema', "messages")
        if operation.reply_body == "json" and operation.reply is None:
            raise where.fault('x-nex-reply-body is "json", but the reply has no schema')
        channel.compat = value.get("x-nex-compat-address", channel.compat)
        return operation

    @staticmethod
    def extension(where: Location, key: str, value: Any) -> None:
        if key not in _EXTENSIONS:
            raise where.fault(f'unknown extension "{key}"', key)
        allowed = _EXTENSIONS[key]
        if allowed is not None and value not in allowed:
            raise where.fault(f'must be one of {", ".join(allowed)}; got "{value}"', key)


def read(loader: Loader, doc: Document) -> Protocol:
    """Channels, operations and messages of an AsyncAPI 3 document."""
    root = Location(doc, "")
    if not isinstance(doc.value, dict) or not str(doc.value.get("asyncapi", "")).startswith("3."):
        raise NexgenError(doc.place("/asyncapi"), "not an AsyncAPI 3 document")
    reader = _Reader(loader, doc)
    channels: dict[str, Channel] = {}
    for name in reader.member(root, "channels", dict):
        where = root.child("channels", name)
        if where.value.get("address") is not None:
            channels[name] = reader.channel(name, where)
    operations = [
        reader.operation(name, root.child("operations", name), channels)
        for name in reader.member(root, "operations", dict)
    ]
    components = root.child("components")
    messages: dict[str, Document] = {}
    for name in reader.member(root, "components", dict).get("messages", {}):
        found = reader.message(components.child("messages", name))
        if found is not None:
            messages[str(found.path)] = found
    return Protocol(doc, list(channels.values()), operations, list(messages.values()))
