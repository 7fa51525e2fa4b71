"""Each phase of nexgen by itself."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

from nexgen import (
    build,
    check,
    ctext,
    durations,
    emit,
    instances,
    ir,
    jsontext,
    names,
    texts,
    types,
)
from nexgen.errors import NexgenError, NexgenErrors, Notices
from nexgen.load import Loader, Location
from nexgen.units import Layout
from nexgen.vectors import vectors


class Folder(unittest.TestCase):
    """Gives each test a folder and a way to put schemas into it."""

    def setUp(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.folder = Path(self._folder.name)

    def put(self, name: str, value: Any) -> Path:
        path = self.folder / name
        path.write_text(value if isinstance(value, str) else json.dumps(value))
        return path

    def model(self, schema: Any) -> ir.Model:
        run = types.Run()
        doc = run.loader.load(self.put("schema.json", schema))
        return types.make_units(run, [doc], Layout())[0]


class JsonText(unittest.TestCase):
    def test_lines_of_values(self) -> None:
        parsed = jsontext.parse(b'{\n "a": [1,\n  {"b/c": null}]\n}', "f")
        self.assertEqual(parsed.value, {"a": [1, {"b/c": None}]})
        self.assertEqual(parsed.lines["/a"], 2)
        self.assertEqual(parsed.lines["/a/1/b~1c"], 3)

    def test_faults_have_a_place(self) -> None:
        for text, line, part in (
            (b'{"a": 1,}', 1, "member name"),
            (b"[1\n 2]", 2, "expected ','"),
            (b'{"a": 01}', 1, "expected"),
            (b'\n\n"\x01"', 3, "JSON string"),
            (b'[1,\n"\\ud800x"]', 2, "surrogate"),
            (b"[1] x", 1, "text after"),
            (b"1e999", 1, "out of range"),
            (b"nul", 1, "expected a value"),
        ):
            with self.subTest(text=text), self.assertRaises(NexgenError) as caught:
                jsontext.parse(text, "f")
            self.assertIn(part, caught.exception.text)
            assert caught.exception.place is not None
            self.assertEqual(caught.exception.place.line, line)


class Load(Folder):
    def test_resolves_by_path_id_and_anchor(self) -> None:
        self.put("b.json", {"$defs": {"x": {"$anchor": "here", "type": "string"}}})
        path = self.put("a.json", {"$id": "https://example.org/a.json", "$defs": {"y": True}})
        loader = Loader()
        root = Location(loader.load(path), "")
        self.assertEqual(loader.resolve(root, "b.json#/$defs/x").value["type"], "string")
        self.assertEqual(loader.resolve(root, "b.json#here").pointer, "/$defs/x")
        self.assertEqual(loader.resolve(root, "#/$defs/y").value, True)
        self.assertEqual(loader.resolve(root, "https://example.org/a.json"), root)
        for ref in ("#/$defs/z", "c.json", "#there"):
            with self.subTest(ref=ref), self.assertRaises(NexgenError):
                loader.resolve(root, ref)
        self.assertEqual(loader.remote, {})
        self.assertIs(loader.resolve(root, "https://example.org/c.json#/x").value, True)
        self.assertEqual(loader.remote, {root: "https://example.org/c.json#/x"})


class Check(Folder):
    def test_all_faults_at_once(self) -> None:
        loader = Loader()
        loader.load(self.put("a.json", {"typ": "string", "minLength": -1, "enum": []}))
        with self.assertRaises(NexgenErrors) as caught:
            check.check_all(loader, Notices())
        text = str(caught.exception)
        self.assertIn('did you mean "type"?', text)
        self.assertIn("/minLength", text)


class Build(Folder):
    def node(self, schema: Any) -> ir.Node:
        return self.model(schema).roots[0].node

    def test_kinds(self) -> None:
        for schema, kind in (
            ({"type": "object", "properties": {"a": {}}}, ir.Struct),
            ({"type": "object", "additionalProperties": {"type": "string"}}, ir.Map),
            ({"type": "array", "items": {}}, ir.Array),
            ({"type": "array", "prefixItems": [{}]}, ir.Tuple),
            ({"enum": ["a", "b"]}, ir.Enum),
            ({"type": ["integer", "string"]}, ir.Union),
            ({"type": "string"}, ir.Scalar),
            ({}, ir.Dynamic),
        ):
            with self.subTest(schema=schema):
                self.assertIs(type(self.node(schema)), kind)

    def test_tightest_limits_of_allof(self) -> None:
        node = self.node({"allOf": [{"type": "integer", "minimum": 3}, {"exclusiveMinimum": 3},
                                    {"minimum": 1, "maximum": 9}]})  # fmt: skip
        self.assertEqual(
            (node.limits.minimum, node.limits.above, node.limits.maximum), (3, True, 9)
        )

    def test_one_node_for_one_schema(self) -> None:
        loader = Loader()
        path = self.put("a.json", {"$defs": {"t": {"type": "object", "properties": {
            "next": {"$ref": "#/$defs/t"}}}}})  # fmt: skip
        doc = loader.load(path)
        builder = build.Builder(loader, Notices())
        node = builder.slot((Location(doc, "/$defs/t"),)).node
        assert isinstance(node, ir.Struct)
        self.assertIs(node.fields[0].node, node)


class Names(unittest.TestCase):
    def test_snake(self) -> None:
        for text, name in (
            ("NodePingRequest", "node_ping_request"),
            ("HTTPServer2", "http_server2"),
            ("foo-bar baz", "foo_bar_baz"),
            ("\U0001f7e2", "large_green_circle"),
            ("Größe", "grosse"),
            ("", "empty"),
            ("+", "plus"),
        ):
            with self.subTest(text=text):
                self.assertEqual(names.snake(text), name)
        self.assertEqual(names.identifier("class"), "class_")
        self.assertEqual(names.identifier("2nd"), "n2nd")

    def test_scope_numbers_clashes(self) -> None:
        scope = names.Scope(derived=("type",))
        self.assertEqual(scope.take("a", "1"), "a")
        self.assertEqual(scope.take("a", "2"), "a_2")
        self.assertEqual(scope.take("a_type", "3"), "a_type_value")
        self.assertEqual(scope.clashes, [("a", "1", "2")])


class CText(unittest.TestCase):
    def test_literals(self) -> None:
        self.assertEqual(ctext.quote('a"\\\n\x01??='), '"a\\"\\\\\\n\\001?\\?="')
        self.assertEqual(ctext.int_literal(-(2**63)), "INT64_MIN")
        self.assertNotIn("*/", ctext.comment("ends */ early")[3:-4])
        long = ctext.call("nex_status f", ["const char *argument"] * 9, ";")
        self.assertTrue(all(len(line) <= 100 for line in long.split("\n")))


class Instances(Folder):
    def test_durations(self) -> None:
        self.assertEqual(durations.duration_ns("1m1.5s"), 61_500_000_000)
        self.assertEqual(durations.duration_ns("-250us"), -250_000)
        for text in ("", "1", "1x", "s", "."):
            self.assertIsNone(durations.duration_ns(text))

    def test_iso_durations(self) -> None:
        self.assertEqual(durations.iso_parts("P1Y2M3DT4H5M6S"), (14, 3, 14706))
        self.assertEqual(durations.iso_parts("P2W"), (0, 14, 0))
        self.assertEqual(durations.iso_parts("P1Y0M1D"), (12, 1, 0))
        for text in ("", "P", "PT", "P1DT", "P1Y1D", "PT1H1S", "P1.5D", "P1W1D", "P-1D", "p1D"):
            self.assertIsNone(durations.iso_parts(text), text)

    def test_items_of_merged_tuples(self) -> None:
        first = {"prefixItems": [{"type": "integer"}], "items": {"type": "integer", "minimum": 5}}
        second = {"prefixItems": [True, {"maximum": 9}], "items": False}
        model = self.model({"type": "array", "allOf": [first, second]})
        node = model.roots[0].node
        assert isinstance(node, ir.Tuple)
        self.assertEqual(len(node.fields), 2)
        self.assertEqual(node.fields[1].node.limits, ir.Limits(minimum=5, maximum=9))
        self.assertTrue(node.closed)
        self.assertIsNone(node.rest)

    def test_texts_match_patterns(self) -> None:
        for pattern in ("^[0-9a-f]{64}$", "^(a|b)+c?$", "^[A-Z][a-z]+$", "\\d{3}-\\d{4}", "^$"):
            with self.subTest(pattern=pattern):
                self.assertIsNotNone(texts.matching(pattern, 0, None))

    def test_a_violation_for_each_keyword(self) -> None:
        root = self.model({"type": "object", "additionalProperties": False, "required": ["s"],
                           "properties": {"s": {"type": "string", "minLength": 2, "maxLength": 3},
                                          "n": {"type": "integer", "minimum": 1, "maximum": 2},
                                          "e": {"enum": ["x"]}, "l": {"type": "array", "items": {
                                              "type": "string"}, "minItems": 1, "maxItems": 2,
                                              "uniqueItems": True}}}).roots[0]  # fmt: skip
        found = {(v["breaks"], v["pointer"]) for v in vectors(root, Loader())[0] if "breaks" in v}
        for wanted in (("required", ""), ("additionalProperties", ""), ("minLength", "/s"),
                       ("maxLength", "/s"), ("minimum", "/n"), ("maximum", "/n"), ("enum", "/e"),
                       ("minItems", "/l"), ("uniqueItems", "/l"), ("type", "/l/0")):  # fmt: skip
            self.assertIn(wanted, found)

    def test_endless_requirement(self) -> None:
        root = self.model({"type": "object", "properties": {"a": {"$ref": "#"}}, "required": ["a"]})
        with self.assertRaises(instances.NoInstance):
            instances.Maker(full=False).make(root.roots[0].node)


class Emit(Folder):
    def test_only_what_differs_is_written(self) -> None:
        path = self.folder / "x" / "a.c"
        out = emit.Output({path: "one\n"})
        self.assertEqual(out.write(), [path])
        before = path.stat().st_mtime_ns
        self.assertEqual(out.write(), [])
        self.assertEqual(path.stat().st_mtime_ns, before)
        self.assertEqual(emit.Output({path: "two\n"}).stale(), [(path, "out of date")])

    def test_left_overs_of_a_folder_that_is_ours(self) -> None:
        old = self.put("old.c", "x")
        out = emit.Output()
        out.own(self.folder, ".c")
        self.assertEqual(out.stale(), [(old, "no longer generated")])
        out.write()
        self.assertFalse(old.exists())

    def test_templates_of_the_user_go_first(self) -> None:
        mine = self.folder / "c"
        mine.mkdir()
        (mine / "umbrella.h.j2").write_text("{{ guard }}!\n")
        templates = emit.Templates([self.folder])
        self.assertEqual(templates.render("c/umbrella.h.j2", guard="G"), "G!\n")
        (mine / "umbrella.h.j2").write_text("{{ nothing }}")
        with self.assertRaises(NexgenError):
            emit.Templates([self.folder]).render("c/umbrella.h.j2")


if __name__ == "__main__":
    unittest.main()
