"""JSON text to values, with the line of every value by its JSON pointer."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from json import decoder
from typing import Any

from .errors import NexgenError, Place

MAX_DEPTH = 200
_BLANK = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_HALF = re.compile("[\ud800-\udfff]")
_scan = decoder.scanstring  # type: ignore[attr-defined]
_WORDS = {"true": True, "false": False, "null": None}


def escape(token: str) -> str:
    """A member's name as it stands in a JSON pointer."""
    return token.replace("~", "~0").replace("/", "~1")


def unescape(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")


@dataclass
class Parsed:
    value: Any
    lines: dict[str, int]


class _Parser:
    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.lines: dict[str, int] = {}
        self.breaks = [match.start() for match in re.finditer("\n", text)]

    def line(self, at: int) -> int:
        return bisect_right(self.breaks, at - 1) + 1

    def fail(self, at: int, pointer: str, text: str) -> NexgenError:
        return NexgenError(Place(self.file, self.line(at), pointer), text)

    def blank(self, at: int) -> int:
        match = _BLANK.match(self.text, at)
        return match.end() if match else at

    def string(self, at: int, pointer: str) -> tuple[str, int]:
        try:
            text, end = _scan(self.text, at + 1, True)
        except ValueError as exc:
            raise self.fail(at, pointer, f"not a JSON string: {exc}") from None
        if not text.isascii() and _HALF.search(text):
            raise self.fail(at, pointer, "half a surrogate pair, which is no character")
        return str(text), int(end)

    def value(self, at: int, pointer: str, depth: int) -> tuple[Any, int]:
        text = self.text
        self.lines[pointer] = self.line(at)
        if depth > MAX_DEPTH:
            raise self.fail(at, pointer, f"nested more than {MAX_DEPTH} levels deep")
        char = text[at : at + 1]
        if char == "{":
            return self.object(at, pointer, depth)
        if char == "[":
            return self.array(at, pointer, depth)
        if char == '"':
            return self.string(at, pointer)
        for word, value in _WORDS.items():
            if text.startswith(word, at):
                return value, at + len(word)
        match = _NUMBER.match(text, at)
        if match is None:
            got = f"'{char}'" if char else "the end of the file"
            raise self.fail(at, pointer, f"not JSON: expected a value, got {got}")
        if match.group(1) or match.group(2):
            number = float(match.group())
            if number in (float("inf"), float("-inf")):
                raise self.fail(at, pointer, f"number out of range: {match.group()}")
            return number, match.end()
        if match.end() - match.start() > 400:
            raise self.fail(at, pointer, "number out of range")
        return int(match.group()), match.end()

    def object(self, at: int, pointer: str, depth: int) -> tuple[dict[str, Any], int]:
        result: dict[str, Any] = {}
        at = self.blank(at + 1)
        if self.text[at : at + 1] == "}":
            return result, at + 1
        while True:
            if self.text[at : at + 1] != '"':
                raise self.fail(at, pointer, "not JSON: expected a member name in quotes")
            key, end = self.string(at, pointer)
            if key in result:
                raise self.fail(at, pointer, f'member "{key}" stands here twice')
            end = self.blank(end)
            if self.text[end : end + 1] != ":":
                raise self.fail(end, pointer, f'not JSON: expected ":" after "{key}"')
            child = f"{pointer}/{escape(key)}"
            result[key], at = self.value(self.blank(end + 1), child, depth + 1)
            at, done = self.separator(at, pointer, "}")
            if done:
                return result, at

    def array(self, at: int, pointer: str, depth: int) -> tuple[list[Any], int]:
        result: list[Any] = []
        at = self.blank(at + 1)
        if self.text[at : at + 1] == "]":
            return result, at + 1
        while True:
            item, at = self.value(at, f"{pointer}/{len(result)}", depth + 1)
            result.append(item)
            at, done = self.separator(at, pointer, "]")
            if done:
                return result, at

    def separator(self, at: int, pointer: str, close: str) -> tuple[int, bool]:
        at = self.blank(at)
        char = self.text[at : at + 1]
        if char == ",":
            return self.blank(at + 1), False
        if char == close:
            return at + 1, True
        got = f"'{char}'" if char else "the end of the file"
        raise self.fail(at, pointer, f"not JSON: expected ',' or '{close}', got {got}")


def parse(data: bytes, file: str) -> Parsed:
    """Reads one document; anything that is not JSON is an error with its line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = data[: exc.start].count(b"\n") + 1
        raise NexgenError(Place(file, line, ""), "not UTF-8 text") from None
    parser = _Parser(text, file)
    value, at = parser.value(parser.blank(0), "", 0)
    at = parser.blank(at)
    if at != len(text):
        raise parser.fail(at, "", "text after the end of the JSON document")
    return Parsed(value, parser.lines)
