"""The command line: what it prints, for people and for programs; docs, example, update."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

from nexgen import emit, options, report
from support import Folder

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Greeter start request",
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "either": {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
    },
    "required": ["name"],
}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Speaking(Folder):
    def test_written_files_and_fallbacks_as_json(self) -> None:
        schema = self.put("a.json", SCHEMA)
        made = json.loads(self.nexgen("types", schema, "-o", self.folder / "out", "--json"))
        self.assertEqual(len(made["written"]), 2)
        self.assertEqual([row["pointer"] for row in made["fallbacks"]], ["/properties/either"])
        again = json.loads(self.nexgen("types", schema, "-o", self.folder / "out", "--json"))
        self.assertEqual(again["written"], [])
        nexlet = json.loads(self.nexgen("new", schema, "-o", self.folder / "n", "--json"))
        self.assertEqual((nexlet["name"], nexlet["folder"]), ("a", str(self.folder / "n")))
        self.assertGreater(nexlet["vectors"], 3)

    def test_errors_as_json(self) -> None:
        schema = self.put("a.json", {"typ": "string"})
        for command in ("types", "lint", "example", "docs"):
            with self.subTest(command=command):
                found = json.loads(self.nexgen(command, schema, "--json", status=1))
                self.assertEqual(found["errors"][0]["pointer"], "/typ")
                self.assertIn("type", found["errors"][0]["text"])

    def test_check_as_json(self) -> None:
        shutil.copytree(ROOT / "schemas" / "protocol", self.folder / "schemas" / "protocol")
        found = json.loads(self.nexgen("check", "--root", self.folder, "--json", status=1))
        self.assertEqual({row["why"] for row in found["stale"]}, {"missing"})
        self.nexgen("protocol", "--root", self.folder, "-q")
        found = json.loads(self.nexgen("check", "--root", self.folder, "--json"))
        self.assertEqual(found, {"stale": []})

    def test_strict_refuses_what_has_no_shape(self) -> None:
        schema = self.put("a.json", SCHEMA)
        self.nexgen("types", schema, "--strict", "-o", self.folder, status=1)
        self.assertIn("/properties/either: oneOf whose variants", self.said)

    def test_colours_on_a_terminal_only(self) -> None:
        with mock.patch.dict(os.environ, {"TERM": "xterm"}):
            os.environ.pop("NO_COLOR", None)
            self.assertEqual(report.coloured("x", report.RED, Terminal()), "\033[31mx\033[0m")
            self.assertEqual(report.coloured("x", report.RED, io.StringIO()), "x")
            with mock.patch.dict(os.environ, {"NO_COLOR": "1"}):
                self.assertEqual(report.coloured("x", report.RED, Terminal()), "x")

    def test_help_has_examples(self) -> None:
        for command in options.EXAMPLES:
            with self.subTest(command=command):
                text = self.nexgen(command, "--help")
                self.assertIn(f"Examples:\n  nexgen {'' if command == 'new' else command}", text)

    def test_the_nearest_is_named(self) -> None:
        for args, wanted in (
            (["typs"], '"types"'),
            (["types", "a.json", "--outptu", "x"], '"--output"'),
            (["diff", "a", "b", "--fromat=json"], '"--format"'),
            (["example", "a.json", "--format", "yml"], '"yaml"'),
            (["--verion"], '"--version"'),
        ):
            with self.subTest(args=args):
                self.nexgen(*args, status=2)
                self.assertIn(f"did you mean {wanted}?", self.said)


class Examples(Folder):
    def test_kinds(self) -> None:
        path = self.put("greeter_start_request.json", SCHEMA)
        self.assertEqual(json.loads(self.nexgen("example", path)), {"name": "text"})
        whole = json.loads(self.nexgen("example", path, "--maximal"))
        self.assertEqual(set(whole), {"name", "either"})
        self.assertIn("type: greeter\n", self.nexgen("example", path, "--format", "nexfile"))
        self.assertEqual(self.nexgen("example", path, "--format", "yaml"), "name: text\n")

    def test_invalid(self) -> None:
        path = self.put("a.json", SCHEMA)
        rows = [json.loads(row) for row in self.nexgen("example", path, "--invalid").splitlines()]
        found = {(row["breaks"], row["pointer"]) for row in rows}
        self.assertLessEqual({("required", ""), ("minLength", "/name"), ("type", "/name")}, found)
        only = self.nexgen("example", path, "--invalid", "--keyword", "required").splitlines()
        self.assertEqual(len(only), 1)


def refs(value: Any) -> list[str]:
    if isinstance(value, list):
        return [ref for item in value for ref in refs(item)]
    if not isinstance(value, dict):
        return []
    own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
    return own + [ref for item in value.values() for ref in refs(item)]


class Docs(Folder):
    def document(self) -> dict[str, Any]:
        made: dict[str, Any] = json.loads((self.folder / "docs" / "asyncapi.json").read_text())
        for ref in refs(made):
            self.assertTrue(ref.startswith("#/"), ref)
            spot: Any = made
            for token in ref[2:].split("/"):
                spot = spot[token.replace("~1", "/").replace("~0", "~")]
        return made

    def test_protocol(self) -> None:
        self.nexgen("docs", ROOT / "schemas" / "protocol", "-o", self.folder / "docs")
        made = self.document()
        own = json.loads((ROOT / "schemas" / "protocol" / "asyncapi.json").read_text())
        self.assertEqual(set(made["operations"]), set(own["operations"]))
        self.assertIn("nex_auction_request", made["components"]["schemas"])
        pages = {path.stem for path in (self.folder / "docs").glob("*.md")}
        self.assertEqual(pages, {*made["components"]["schemas"], "operations"})
        text = (self.folder / "docs" / "operations.md").read_text()
        for name in own["operations"]:
            self.assertIn(f"| `{name}`: ", text)
        for link in re.findall(r"\]\((\w+)\.md\)", text):
            self.assertIn(link, pages)

    def test_schemas_alone(self) -> None:
        self.put("b.json", {"title": "B", "$defs": {"x": {"type": "string"}}})
        path = self.put("a.json", {"title": "A", "type": "object", "properties": {
            "b": {"$ref": "b.json#/$defs/x"}, "c": {"$ref": "#/$defs/y"}},
            "$defs": {"y": {"type": "integer", "description": "Counted."}}})  # fmt: skip
        self.nexgen("docs", path, "-o", self.folder / "docs")
        made = self.document()
        self.assertEqual(made["asyncapi"], "3.0.0")
        self.assertIn("a", made["components"]["messages"])
        text = (self.folder / "docs" / "a.md").read_text()
        self.assertRegex(text, r"\| `c` \| .* \|  \| .*Counted\.")


class Update(Folder):
    """nexgen update in a nexlet that its author has changed."""

    def setUp(self) -> None:
        super().setUp()
        schema = self.put("greeter_start_request.json", SCHEMA)
        self.nexlet = self.folder / "greeter"
        self.nexgen(schema, "-o", self.nexlet, "-q")
        self.templates = self.folder / "templates"

    def files(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.nexlet)): path.read_bytes()
                for path in sorted(self.nexlet.rglob("*")) if path.is_file()}  # fmt: skip

    def template(self, name: str, old: str, new: str) -> None:
        """A newer template of ours, in a folder that goes first."""
        text = (emit.template_home() / "scaffold" / name).read_text()
        self.assertIn(old, text)
        path = self.templates / "scaffold" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new))

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.nexlet / name
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new))

    def update(self, *args: str, status: int = 0) -> str:
        return self.nexgen("update", self.nexlet, "--templates", self.templates, *args, status=status)

    def test_nothing_to_do(self) -> None:
        before = self.files()
        self.assertEqual(self.update(), "")
        self.assertEqual(self.files(), before)

    def test_schema_changes_reach_generated_only(self) -> None:
        self.edit("src/agent.c", "#include <stdlib.h>", "#include <stdlib.h> /* mine */")
        before = self.files()
        self.edit("start_request.json", '"minLength": 1', '"minLength": 2')
        self.update()
        changed = {name for name, data in self.files().items() if before.get(name) != data}
        self.assertTrue(changed)
        changed.remove("start_request.json")
        self.assertTrue(all(name.startswith("generated/") for name in changed), changed)

    def test_generated_files_that_are_no_more_go(self) -> None:
        stray = self.nexlet / "generated" / "old.c"
        stray.write_text("int x;\n")
        self.update()
        self.assertFalse(stray.exists())

    def test_a_template_change_is_shown_and_taken_when_asked(self) -> None:
        self.edit("src/agent.c", "#include <string.h>", "#include <string.h>\n#include <math.h>")
        self.template("src/agent.c.j2", "begin() is the place", "begin() is now the place")
        before = self.files()
        shown = self.update()
        self.assertIn("+++ src/agent.c (merged)", shown)
        self.assertIn("begin() is now the place", shown)
        self.assertNotIn("math.h>\n+", shown)
        self.assertIn("--merge", self.said)
        self.assertEqual(self.files(), before)

        told = json.loads(self.update("--json"))
        self.assertEqual([(m["file"], m["conflicts"], m["taken"]) for m in told["merges"]],
                         [("src/agent.c", False, False)])  # fmt: skip

        self.update("--merge")
        text = (self.nexlet / "src" / "agent.c").read_text()
        self.assertIn("math.h", text)
        self.assertIn("begin() is now the place", text)
        self.assertEqual(self.update(), "")  # once taken, there is nothing left to merge

    def test_a_conflict_is_marked_and_fails(self) -> None:
        self.edit("README.md", "## Build and test", "## How to build")
        self.template("README.md.j2", "## Build and test", "## Build, test, love")
        shown = self.update()
        self.assertIn("<<<<<<< README.md", shown)
        self.assertNotIn("<<<<<<<", (self.nexlet / "README.md").read_text())
        self.update("--merge", status=1)
        self.assertIn("README.md: has conflicts to resolve", self.said)
        text = (self.nexlet / "README.md").read_text()
        for part in ("<<<<<<< README.md", "## How to build", "## Build, test, love", ">>>>>>>"):
            self.assertIn(part, text)

    def test_a_file_the_author_removed_stays_away(self) -> None:
        (self.nexlet / "Nexfile").unlink()
        (self.nexlet / "greeter.service").unlink(missing_ok=True)
        (self.nexlet / "README.md").unlink()
        self.template("README.md.j2", "## Build and test", "## Build")
        self.update("--merge")
        self.assertFalse((self.nexlet / "README.md").exists())
        self.assertFalse((self.nexlet / "Nexfile").exists())

    def test_elsewhere(self) -> None:
        self.nexgen("update", self.folder, status=1)
        self.assertIn("no nexlet of nexgen here", self.said)
        self.nexgen(self.folder / "greeter_start_request.json", "-o", self.nexlet, status=1)
        self.assertIn("not empty", self.said)


if __name__ == "__main__":
    unittest.main()
