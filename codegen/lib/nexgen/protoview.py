"""Phase 5, protocol: subjects, services and typed requests as values for templates."""

from __future__ import annotations

from typing import Any

from .asyncapi import Channel, Operation, Parameter, Protocol
from .ctext import assign, call, comment, quote
from .load import Document
from .names import identifier, snake

SIZE = "char out[NEX_SUBJECT_SIZE]"


def _text(parameters: list[Parameter]) -> list[str]:
    return [f"const char *{p.c_name}" for p in parameters]


def _function(export: str, head: str, args: list[str], doc: str) -> dict[str, str]:
    return {
        "doc": comment(doc),
        "prototype": call(export + head, args, ";"),
        "definition": call(head, args, " {"),
    }


def subject(channel: Channel, address: str, suffix: str, export: str) -> dict[str, Any]:
    """Builder, pattern builder and matcher of one subject."""
    name = f"nex_subject_{channel.c_name}{suffix}"
    parameters = channel.parameters
    params = f"{name}_params"
    build_args = [SIZE, *_text(parameters)]
    match_args = ["const char *subject"]
    if parameters:
        match_args.append(f"{params} *params")
    return {
        "name": name,
        "macro": name.upper(),
        "address": quote(address),
        "wildcard": quote(".".join("*" if t[:1] == "{" else t for t in address.split("."))),
        "parameters": parameters,
        "param_docs": [comment(p.doc, 4) for p in parameters],
        "names": ", ".join(p.c_name for p in parameters),
        "match_names": ", ".join(f"params->{p.c_name}" for p in parameters),
        "params": params,
        "build": _function(export, f"nex_status {name}", build_args, f"{address}: {channel.doc}."),
        "pattern": _function(
            export, f"nex_status {name}_pattern", build_args, "The same, * for each NULL."
        ),
        "match": _function(export, f"bool {name}_match", match_args, "Takes such a subject apart."),
    }


def subjects(protocol: Protocol, export: str) -> list[dict[str, Any]]:
    out = []
    for channel in protocol.channels:
        out.append(subject(channel, channel.address, "", export))
        if channel.compat:
            out.append(subject(channel, channel.compat, "_compat", export))
    return out


def _message(names: dict[Document, str], doc: Document | None) -> str:
    return names[doc] if doc is not None else ""


def endpoint(operation: Operation, names: dict[Document, str]) -> dict[str, Any]:
    """One endpoint of a service: its handler and how a call gets there."""
    free = [p for p in operation.channel.parameters if p.name not in operation.bound]
    request = _message(names, operation.request) if operation.body == "json" else ""
    member = identifier(operation.endpoint)
    args = ["void *self", "nex_call *call"]
    passed = ["service->self", "call"]
    if request:
        args.append(f"const {request} *request")
        passed.append("request")
    args += _text(free)
    passed += [p.c_name for p in free]
    doc = operation.doc.rstrip(".") + "."
    if operation.optional:
        doc += f" Only for: {operation.optional}."
    build = f"nex_subject_{operation.channel.c_name}"
    build += "_pattern" if free else ""
    bound = [p for p in operation.channel.parameters if p.name in operation.bound]
    values = [p.c_name if p in bound else "NULL" for p in operation.channel.parameters]
    built = f"{build}({', '.join(['subject', *values])})"
    if free and bound:
        absent = " || ".join(f"{p.c_name} == NULL" for p in bound)
        built = f"{absent} ? NEX_EINVAL : {built}"
    queue = {"none": "NULL"}.get(operation.queue, operation.queue)
    name = quote(operation.endpoint)
    indent = "        "
    if len(indent) + len(built) + 21 > 100 and "?" in built:
        built = built.replace(" ? ", f"\n{indent}        ? ")
        built = built.replace(" : ", f"\n{indent}        : ")
    return {
        "member": member,
        "name": quote(operation.endpoint),
        "handler": call(f"    void (*{member})", args, ";"),
        "doc": comment(doc, 4),
        "request": request,
        "free": free,
        "invoke": call(f"    service->{member}", passed, ";"),
        "tokens": [
            call("    if (nex_subject_token",
                 ["call->msg.subject", str(p.index), p.c_name, f"sizeof({p.c_name})"],
                 " != NEX_OK) {")
            for p in free
        ],
        "decode": call(f"    if ({request}_decode",
                       ["&request", "body(call)", "call->msg.len", "&err"], " != NEX_OK) {"),
        "build": indent + f"nex_status built = {built};"
        if "\n" in built
        else assign(f"{indent}nex_status built =", built),
        "add": call(f"{indent}status = add", ["micro", "service", name, "built", "subject", queue,
                                              f"on_{member}", "err"], ";"),
    }  # fmt: skip


def service(
    protocol: Protocol, name: str, names: dict[Document, str], export: str
) -> dict[str, Any]:
    """The dispatch of one service: all operations it receives, in the document's order."""
    own = [o for o in protocol.operations if o.service == name and o.action == "receive"]
    full = f"nex_{snake(name)}_service"
    parameters: list[str] = []
    for operation in own:
        for wanted in [*operation.bound, operation.queue]:
            if wanted != "none" and wanted not in parameters:
                parameters.append(wanted)
    parameters.sort(key=lambda p: ["node", "nexus", "agent"].index(p))
    args = ["nex_micro *micro", f"const {full} *service"]
    args += [f"const char *{identifier(p)}" for p in parameters] + ["nex_error *err"]
    requests = sorted({_message(names, o.request) for o in own if o.body == "json"})
    return {
        "name": full,
        "title": name,
        "parameters": ", ".join(parameters),
        "endpoints": [endpoint(o, names) for o in own],
        "includes": [request.removeprefix("nex_") for request in requests],
        "add": _function(export, f"nex_status {full}_add", args, ""),
    }


def request(operation: Operation, names: dict[Document, str], export: str) -> dict[str, Any]:
    """A typed request of one operation."""
    parameters = operation.channel.parameters
    body = _message(names, operation.request) if operation.body == "json" else ""
    reply = _message(names, operation.reply) if operation.reply_body == "json" else ""
    name = f"nex_rpc_{operation.c_name}"
    args = ["nex_bus *bus", *_text(parameters)]
    if body:
        args.append(f"const {body} *request")
    elif operation.body == "raw":
        args += ["const void *data", "size_t len"]
    args += ["const nex_header *headers", "size_t header_count"]
    if operation.replies == "many":
        args += ["const nex_many_options *options", "nex_many_cb on_reply", "nex_end_cb on_end"]
        ask = "nex_bus_request_many(bus, &msg, options, on_reply, on_end, arg, out)"
    else:
        args += ["nex_duration timeout", "nex_reply_cb cb"]
        ask = "nex_bus_request(bus, &msg, timeout, cb, arg, out)"
    args += ["void *arg", "nex_request **out"]
    read = None
    if reply:
        reader = ["const nex_msg *msg", f"{reply} **out", "nex_error *err"]
        read = _function(export, f"nex_status {name}_reply", reader, "")
    values = ["subject", *[p.c_name for p in parameters]]
    return {
        "body": body,
        "raw": operation.body == "raw",
        "reply": reply,
        "doc": comment(operation.doc.rstrip(".") + "."),
        "send": _function(export, f"nex_status {name}", args, ""),
        "read": read,
        "ask": assign("        status =" if body else "    return", ask),
        "fetch": call(f"    return {reply}_decode",
                      ["out", 'msg->data != NULL ? msg->data : ""', "msg->len", "err"], ";"),
        "build": f"nex_subject_{operation.channel.c_name}({', '.join(values)})",
    }  # fmt: skip


def requests(protocol: Protocol, names: dict[Document, str], export: str) -> list[dict[str, Any]]:
    """All operations that are asked and answered."""
    asked = [o for o in protocol.operations if o.action == "receive" and o.reply_body != "none"]
    return [request(operation, names, export) for operation in asked]
