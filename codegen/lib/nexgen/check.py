"""Phase 2: unknown, malformed and contradictory keywords, before anything is built."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import Any

from . import keywords
from .ctext import compact
from .errors import NexgenError, NexgenErrors, Notices, Place
from .facts import ALL_TYPES, same, type_of
from .load import Document, Loader, Location, subschemas

MAX_FAULTS = 50


def _is_count(value: Any) -> bool:
    return type_of(value) == "integer" and value >= 0


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_names(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(item, str) for item in value)
        and len(set(value)) == len(value)
    )


def _is_type(value: Any) -> bool:
    if isinstance(value, str):
        return value in ALL_TYPES
    return bool(value) and _is_names(value) and set(value) <= ALL_TYPES


def _is_schema(value: Any) -> bool:
    return isinstance(value, (dict, bool))


def _is_schema_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_schema, value))


def _is_schemas(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_schema, value.values()))


def _is_items(value: Any) -> bool:
    return _is_schema(value) or (isinstance(value, list) and all(map(_is_schema, value)))


def _is_dependencies(value: Any) -> bool:
    return isinstance(value, dict) and all(
        _is_schema(item) or _is_names(item) for item in value.values()
    )


_VALUES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "any": (lambda value: True, ""),
    "text": (lambda value: isinstance(value, str), "a string"),
    "flag": (lambda value: isinstance(value, bool), "true or false"),
    "object": (lambda value: isinstance(value, dict), "an object"),
    "list": (lambda value: isinstance(value, list), "an array"),
    "number": (_is_number, "a number"),
    "positive": (lambda value: _is_number(value) and value > 0, "a number above 0"),
    "count": (_is_count, "an integer from 0 up"),
    "names": (_is_names, "an array of different strings"),
    "name-lists": (
        lambda value: isinstance(value, dict) and all(map(_is_names, value.values())),
        "an object of arrays of different strings",
    ),
    "type": (_is_type, "one of, or an array of, " + ", ".join(sorted(ALL_TYPES))),
    "regex": (lambda value: isinstance(value, str), "a regular expression as a string"),
    "schema": (_is_schema, "a schema (an object, true or false)"),
    "schema-list": (_is_schema_list, "a non-empty array of schemas"),
    "schemas": (_is_schemas, "an object of schemas"),
    "patterns": (_is_schemas, "an object of schemas by regular expression"),
    "items": (_is_items, "a schema"),
    "dependencies": (_is_dependencies, "an object of schemas or arrays of strings"),
}


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


_OURS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "x-nex-name": (lambda value: isinstance(value, str) and bool(value), "a name"),
    "x-nex-enum-names": (_is_texts, "an object of texts by value"),
    "x-nex-enum-descriptions": (_is_texts, "an object of texts by value"),
}


def nearest(name: str, known: list[str]) -> str:
    """'; did you mean "x"?' for the closest known name, else nothing."""
    found = difflib.get_close_matches(name, known, 1, 0.7)
    return f'; did you mean "{found[0]}"?' if found else ""


class _Checker:
    def __init__(self, loader: Loader, notices: Notices) -> None:
        self.loader = loader
        self.notices = notices
        self.faults: list[NexgenError] = []

    def fault(self, where: Location, text: str, *tokens: str | int) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(where.fault(text, *tokens))

    def schema(self, where: Location) -> None:
        value = where.value
        if not isinstance(value, dict):
            return
        dialect = where.doc.dialect
        alone = dialect == keywords.DRAFT7 and "$ref" in value
        before = len(self.faults)
        for name, held in value.items():
            self._keyword(where, name, held, dialect)
        if len(self.faults) == before and not alone:
            self._ranges(where, value)
            self._values(where, value)
            self._closed(where, value)
        for child, pointer in subschemas(value, where.pointer):
            if isinstance(child, dict):
                self.schema(Location(where.doc, pointer))

    def _keyword(self, where: Location, name: str, held: Any, dialect: str) -> None:
        keyword = keywords.KEYWORDS.get(name)
        if name in _OURS and not _OURS[name][0](held):
            self.fault(where, f'"{name}" must be {_OURS[name][1]}', name)
        if keyword is None:
            if name in keywords.REPLACED:
                wanted = keywords.REPLACED[name]
                self.fault(where, f'"{name}" is no keyword of {dialect}; use {wanted}', name)
            elif name not in keywords.FOREIGN and not keywords.of_extension(name):
                hint = nearest(name, list(keywords.KEYWORDS))
                text = f'unknown keyword "{name}"{hint or "; an annotation is written x-..."}'
                self.fault(where, text, name)
            return
        if dialect not in keyword.dialects and keyword.fate != keywords.NOTED:
            other = keyword.dialects[0]
            self.fault(where, f'"{name}" is a keyword of {other}, this schema is {dialect}', name)
            return
        accepts, wanted = _VALUES[keyword.value]
        if not accepts(held):
            got = compact(held)
            got = got if len(got) <= 60 else type_of(held)
            self.fault(where, f'"{name}" must be {wanted}; got {got}', name)
        elif name == "items" and isinstance(held, list) and dialect != keywords.DRAFT7:
            self.fault(where, 'an array of "items" is draft-07; use "prefixItems"', name)
        elif keyword.value == "regex":
            self._regex(where.child(name), held)
        elif name == "patternProperties":
            for pattern in held:
                self._regex(where.child(name, pattern), pattern)

    def _regex(self, where: Location, pattern: str) -> None:
        """What no dialect of regular expressions takes: unbalanced brackets and the like."""
        depth, in_class, escaped = 0, False, False
        for char in pattern:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif in_class:
                in_class = char != "]"
            elif char == "[":
                in_class = True
            elif char in "()":
                depth += 1 if char == "(" else -1
                if depth < 0:
                    break
        if depth != 0 or in_class or escaped or re.match(r"[*+?]", pattern):
            self.fault(where, f'"{pattern}" is no regular expression')

    def _ranges(self, where: Location, value: dict[str, Any]) -> None:
        pairs = [(f"min{noun}", f"max{noun}") for noun in ("Length", "Items", "Properties")]
        for low, high in [*pairs, ("minContains", "maxContains"), ("minimum", "maximum")]:
            if low in value and high in value and value[low] > value[high]:
                self.fault(where, f"{low} {value[low]} is above {high} {value[high]}", low)
        for low, high in (
            ("exclusiveMinimum", "maximum"),
            ("minimum", "exclusiveMaximum"),
            ("exclusiveMinimum", "exclusiveMaximum"),
        ):
            if low in value and high in value and value[low] >= value[high]:
                text = f"no number is within {low} {value[low]} and {high} {value[high]}"
                self.fault(where, text, low)

    def _values(self, where: Location, value: dict[str, Any]) -> None:
        types = value.get("type")
        allowed = {types} if isinstance(types, str) else set(types or ALL_TYPES)
        if "number" in allowed:
            allowed.add("integer")
        enum = value.get("enum")
        if enum is not None:
            if not enum:
                self.fault(where, "enum is empty: no value is valid", "enum")
            for i, item in enumerate(enum):
                if any(same(item, other) for other in enum[:i]):
                    self.fault(where, "this value stands in the enum twice", "enum", i)
                elif type_of(item) not in allowed:
                    text = f"a value of type {type_of(item)} can never be valid here"
                    self.fault(where, f"{text}: type is {types}", "enum", i)
        if "const" in value and type_of(value["const"]) not in allowed:
            text = f"const of type {type_of(value['const'])} can never be valid: type is {types}"
            self.fault(where, text, "const")
        if types is not None:
            for name in value:
                keyword = keywords.KEYWORDS.get(name)
                spoken = keyword.json_type if keyword else ""
                if (
                    spoken
                    and spoken not in allowed
                    and not (spoken == "number" and "integer" in allowed)
                ):
                    text = f'"{name}" speaks of a {spoken}, but type is {types}'
                    self.notices.add(where.child(name).place, text)

    def _closed(self, where: Location, value: dict[str, Any]) -> None:
        if value.get("additionalProperties") is not False:
            return
        if any(name in value for name in ("patternProperties", "$ref")):
            return
        for i, name in enumerate(value.get("required", ())):
            if name not in value.get("properties", {}):
                hint = nearest(name, list(value.get("properties", {})))
                text = f'"{name}" is required, but additionalProperties: false forbids it'
                self.fault(where, text + hint, "required", i)


def follow_refs(loader: Loader, doc: Document) -> None:
    """Loads all documents that a document refers to, and those they refer to."""
    seen: set[Location] = set()
    stack = [Location(doc, "")]
    while stack:
        where = stack.pop()
        if where in seen:
            continue
        seen.add(where)
        value = where.value
        if isinstance(value, dict):
            for key in ("$ref", "$dynamicRef"):
                if isinstance(value.get(key), str):
                    stack.append(loader.resolve(where, value[key]))
        stack += [Location(where.doc, at) for _, at in subschemas(value, where.pointer)]


def referred_whole(loader: Loader, doc: Document) -> bool:
    """Whether some schema refers to the document itself rather than to a part of it."""
    return any(target.doc is doc and target.pointer == "" for target in loader.targets)


def _order(fault: NexgenError) -> tuple[str, int, str]:
    place = fault.place or Place("", 0, "")
    return place.file, place.line, place.pointer


def check_all(loader: Loader, notices: Notices) -> None:
    """Checks every document loaded; raises all faults at once."""
    checker = _Checker(loader, notices)
    for doc in loader.documents:
        if doc.is_schema:
            checker.schema(Location(doc, ""))
    if checker.faults:
        raise NexgenErrors(sorted(checker.faults, key=_order))
