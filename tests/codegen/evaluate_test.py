"""Judging instances, making them and breaking them, for schemas that are checked at run time."""

from __future__ import annotations

import json
import os
import tempfile
import unittest
from pathlib import Path
from typing import Any

from nexgen import evaluate, formats, types, vectors
from nexgen.errors import NexgenError
from nexgen.load import Loader, Location
from nexgen.synth import Synth
from nexgen.units import Layout

DIALECTS = {
    "draft7": "http://json-schema.org/draft-07/schema#",
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
}


def load(schema: Any, folder: str) -> tuple[Loader, Location]:
    path = Path(folder) / "schema.json"
    path.write_text(json.dumps(schema))
    loader = Loader()
    return loader, Location(loader.load(path), "")


class Case(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name


class Evaluate(Case):
    def test_faults_have_pointers(self) -> None:
        schema = {
            "properties": {"a": {"type": "array", "items": {"minimum": 2}}, "b": {"not": {}}},
            "required": ["c"],
            "additionalProperties": False,
        }
        loader, root = load(schema, self.folder)
        found = evaluate.Evaluator(loader).faults(root, {"a": [2, 1], "b": 0, "d": 0})
        wanted = {("required", ""), ("minimum", "/a/1"), ("not", "/b"),
                  ("additionalProperties", "/d")}  # fmt: skip
        self.assertEqual({(f.keyword, f.pointer) for f in found}, wanted)

    def test_unknown_patterns_are_not_judged(self) -> None:
        loader, root = load({"pattern": "\\p{Lu}"}, self.folder)
        with self.assertRaises(evaluate.Undecided):
            evaluate.Evaluator(loader).faults(root, "x")

    def test_official_suite(self) -> None:
        """All of the suite that has no $dynamicRef and does not make formats optional."""
        suite = Path(os.environ.get("NEX_JSON_SCHEMA_SUITE", "")) / "tests"
        if not suite.is_dir():
            self.skipTest("no JSON-Schema-Test-Suite here: NEX_JSON_SCHEMA_SUITE names its folder")
        ran = 0
        for name, uri in DIALECTS.items():
            for path in sorted((suite / name).glob("*.json")):
                if path.name in ("dynamicRef.json", "format.json"):
                    continue
                for group in json.loads(path.read_text()):
                    if "$dynamicRef" not in json.dumps(group["schema"]):
                        ran += self.group(group, uri, f"{name}/{path.name}")
        self.assertGreater(ran, 1800)

    def group(self, group: dict[str, Any], uri: str, name: str) -> int:
        schema = group["schema"]
        ran = 0
        for case in group["tests"]:
            try:
                schema = {"$schema": uri, **schema} if isinstance(schema, dict) else schema
                loader, root = load(schema, self.folder)
                valid = evaluate.Evaluator(loader).valid(root, case["data"])
            except (NexgenError, evaluate.Undecided):
                continue  # a file that is not here, or a pattern that Python lacks
            if loader.remote:
                continue  # what only the network has is any value here
            said = f"{name}: {group['description']}: {case['description']}"
            self.assertEqual(valid, case["valid"], said)
            ran += 1
        return ran


class Formats(unittest.TestCase):
    def test_good_and_bad(self) -> None:
        for name, good, bad in (
            ("date-time", "2024-02-29T23:59:59.5+01:00", "2023-02-29T00:00:00Z"),
            ("duration", "P1Y2M3DT4H5M6S", "P1DT"),
            ("go-duration", "1h2m", "1 hour"),
            ("hostname", "a-b.example", "-a.example"),
            ("ipv6", "::1", "1::2::3"),
            ("uri", "https://example.org/%20", "/%2"),
            ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567"),
            ("json-pointer", "/a~1b", "a"),
        ):
            with self.subTest(format=name):
                self.assertTrue(formats.has_format(name, good))
                self.assertFalse(formats.has_format(name, bad))


class Make(Case):
    """Schemas whose minimal instance takes some thought."""

    def test_made_instances_are_valid(self) -> None:
        for schema in (
            {"required": ["a"], "properties": {"a": {"type": "array", "contains": {"const": 7}}}},
            {"type": "object", "required": ["a"], "dependentRequired": {"a": ["b", "c"]}},
            {"type": "object", "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
            {"type": "object", "if": {"not": {"required": ["a"]}}, "then": {"required": ["b"]}},
            {"type": "string", "not": {"enum": ["text", ""]}, "examples": ["text", "x"]},
            {"anyOf": [{"type": "array", "minItems": 2}, {"const": 3}]},
            {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^x"},
             "required": ["x1"], "patternProperties": {"^x": {"type": "integer"}}},
            {"allOf": [{"properties": {"a": {"minimum": 5}}}, {"properties": {"a": {"type": "integer"}},
             "required": ["a"]}], "unevaluatedProperties": False},
        ):  # fmt: skip
            with self.subTest(schema=schema):
                loader, root = load(schema, self.folder)
                made = Synth(loader).of(root)
                self.assertEqual(evaluate.Evaluator(loader).faults(root, made), [])

    def broken(self, schema: Any) -> set[tuple[str, str]]:
        path = Path(self.folder) / "schema.json"
        path.write_text(json.dumps(schema))
        run = types.Run()
        model, _ = types.make_units(run, [run.loader.load(path)], Layout())
        found, _ = vectors.vectors(model.roots[0], run.loader)
        return {(vector["breaks"], vector["pointer"]) for vector in found if "breaks" in vector}

    def test_each_keyword_is_broken(self) -> None:
        of_list = {"type": "array", "prefixItems": [{"type": "integer"}], "items": {"minLength": 1},
                   "contains": {"const": "c"}, "maxContains": 1}  # fmt: skip
        schema = {
            "type": "object",
            "properties": {
                "n": {"type": "integer", "not": {"const": 3}},
                "l": of_list,
                "o": {"type": "object", "propertyNames": {"maxLength": 3}, "minProperties": 1},
                "u": {"anyOf": [{"type": "string"}, {"const": 2}, {"const": 3}]},
            },
            "required": ["n", "l", "o", "u"],
            "dependentRequired": {"z": ["y"]},
            "if": {"properties": {"n": {"const": 0}}},
            "then": {"required": ["w"]},
        }
        for wanted in (
            ("not", "/n"), ("contains", "/l"), ("maxContains", "/l"), ("type", "/l/0"),
            ("propertyNames", "/o/nexgen_unknown"), ("minProperties", "/o"), ("anyOf", "/u"),
            ("dependentRequired", ""), ("required", ""),
        ):  # fmt: skip
            self.assertIn(wanted, self.broken(schema))


if __name__ == "__main__":
    unittest.main()
