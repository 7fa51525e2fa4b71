"""Protocols of fixed layout: what the schema decides, and what it must not leave open."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

from nexgen import emit, wire
from nexgen.errors import NexgenError
from nexgen.load import Loader

U8: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 255}
U32: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 4294967295}
I64: dict[str, Any] = {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1}

GOOD: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "description": "What two programs say.",
    "x-version": 3,
    "$defs": {
        "u32": U32,
        "colour": {"title": "two_colour", "type": "integer", "x-flags": True, "oneOf": [
            {"const": 1, "title": "RED", "x-value": "text"}, {"const": 4, "title": "BLUE"}]},
        "hello": {"title": "two_hello", "description": "Says who it is.", "x-message": 7,
                  "x-to": "monitor", "type": "object", "properties": {
                      "a": {"$ref": "#/$defs/u32", "default": 9}, "b": U32, "c": I64,
                      "name": {"type": "string", "maxLength": 7}}},
    },
}  # fmt: skip

USE = r"""
#include "messages.h"
#include <stdlib.h>

int main(void) {
    two_hello hello;
    const char bytes[] = "\1\0\0\0\2\0\0\0\3\0\0\0\0\0\0\0" "a long name";
    two_hello_read(&hello, bytes, sizeof bytes);
    if (hello.a != 1 || hello.b != 2 || hello.c != 3 || strcmp(hello.name, "a long ") != 0) {
        return 1;
    }
    two_hello_read(&hello, bytes, 0);
    if (hello.a != 9 || hello.b != 0 || hello.name[0] != '\0') {
        return 2;
    }
    if (TWO_VERSION != 3 || TWO_HELLO != 7 || TWO_COLOUR_BLUE != 4) {
        return 3;
    }
    return two_colour_is_text(TWO_COLOUR_RED) && !two_colour_is_text(TWO_COLOUR_BLUE) ? 0 : 4;
}
"""


def generated(folder: Path, schema: dict[str, Any]) -> str:
    path = folder / "protocol.json"
    path.write_text(json.dumps(schema))
    out = emit.Output()
    wire.generate(Loader(), path, out, emit.Templates([]))
    [(target, text)] = out.files.items()
    assert target == folder / "generated" / "messages.h"
    return text


class WireTest(unittest.TestCase):
    def setUp(self) -> None:
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = Path(held.name)

    def test_the_header_does_what_the_schema_says(self) -> None:
        (self.folder / "messages.h").write_text(generated(self.folder, GOOD))
        (self.folder / "use.c").write_text(USE)
        compiler = os.environ.get("CC", "cc")
        subprocess.run([compiler, "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion",
                        "-Werror", "-o", "use", "use.c"], cwd=self.folder, check=True)  # fmt: skip
        self.assertEqual(subprocess.run([self.folder / "use"], check=False).returncode, 0)

    def test_what_has_no_place_is_refused(self) -> None:
        hello = "/$defs/hello"
        cases: list[tuple[str, str, Any, str]] = [
            (f"{hello}/properties/b", "", U8, "would begin at byte 5"),
            (f"{hello}/properties/name", "maxLength", 8, "ends at byte 25"),
            (f"{hello}/properties/name", "", {"type": "string"}, "needs a maxLength"),
            (f"{hello}/properties/b", "maximum", 99, "needs the bounds"),
            (f"{hello}/properties/b", "", {"type": "boolean"}, "needs the bounds"),
            (hello, "title", "Hello", "needs a title"),
            (hello, "x-message", 256, "from 1 to 255"),
            (hello, "x-to", "everybody", "whom it goes to"),
            ("/$defs/colour/oneOf/1", "const", 3, "power of two"),
            ("/$defs/colour/oneOf/1", "const", 1, "a const of its own"),
            ("/$defs/colour/oneOf/1", "x-value", "novel", "no value"),
            ("", "x-version", 0, "version of the protocol"),
        ]
        for pointer, key, value, words in cases:
            with self.subTest(words=words, pointer=pointer):
                broken = copy.deepcopy(GOOD)
                where: Any = broken
                tokens = [token for token in [*pointer.split("/")[1:], key] if token]
                for token in tokens[:-1]:
                    where = where[int(token)] if isinstance(where, list) else where[token]
                where[tokens[-1]] = value
                with self.assertRaises(NexgenError) as caught:
                    generated(self.folder, broken)
                self.assertIn(words, str(caught.exception))


if __name__ == "__main__":
    unittest.main()
