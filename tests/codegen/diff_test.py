"""nexgen diff: each rule in both directions, versions in git, and forms of output."""

from __future__ import annotations

import copy
import json
import subprocess
import unittest
from pathlib import Path
from typing import Any

from nexgen import rules
from support import Folder

PROTOCOL = Path(__file__).resolve().parents[2] / "schemas" / "protocol"
TEXT, INT, NUMBER = {"type": "string"}, {"type": "integer"}, {"type": "number"}


def thing(*required: str, closed: bool = False, **properties: Any) -> dict[str, Any]:
    value = {"title": "Thing", "type": "object", "properties": properties}
    if required:
        value["required"] = list(required)
    return {**value, "additionalProperties": False} if closed else value


def tagged(tag: str, *names: str) -> dict[str, Any]:
    arms = [{"type": "object", "properties": {tag: {"const": name}, "n": INT}, "required": [tag]}
            for name in names]  # fmt: skip
    return thing(a={"oneOf": arms})


def rows(items: Any = True) -> dict[str, Any]:
    """Tuples whose further items are of a schema."""
    return {"type": "array", "prefixItems": [TEXT], "items": items}


# Rule, old, new, and whether the change breaks requests and responses on the wire.
CASES: list[tuple[str, dict[str, Any], dict[str, Any], bool, bool]] = [
    ("field-removed", thing(a=TEXT, b=TEXT), thing(a=TEXT), False, False),
    ("field-removed-closed", thing(a=TEXT, b=TEXT, closed=True), thing(a=TEXT, closed=True), True, False),
    ("required-field-removed", thing("b", a=TEXT, b=TEXT), thing(a=TEXT), False, True),
    ("field-added", thing(a=TEXT), thing(a=TEXT, b=TEXT), False, False),
    ("required-field-added", thing(a=TEXT), thing("b", a=TEXT, b=TEXT), True, False),
    ("field-became-required", thing(a=TEXT), thing("a", a=TEXT), True, False),
    ("field-became-optional", thing("a", a=TEXT), thing(a=TEXT), False, True),
    ("field-c-name-changed", thing(a=TEXT), thing(a={**TEXT, "x-nex-name": "b"}), False, False),
    ("field-order-changed", thing(a=TEXT, b=TEXT), thing(b=TEXT, a=TEXT), False, False),
    ("type-changed", thing(a=TEXT), thing(a={"type": "array"}), True, True),
    ("type-widened", thing(a=INT), thing(a=NUMBER), False, True),
    ("type-narrowed", thing(a=NUMBER), thing(a=INT), True, False),
    ("enum-value-removed", thing(a={"enum": ["x", "y"]}), thing(a={"enum": ["x"]}), True, False),
    ("enum-value-added", thing(a={"enum": ["x"]}), thing(a={"enum": ["x", "y"]}), False, True),
    ("enum-order-changed", thing(a={"enum": ["x", "y"]}), thing(a={"enum": ["y", "x"]}), False, False),
    ("const-changed", thing(a={"const": "x"}), thing(a={"const": "y"}), True, True),
    ("limit-tightened", thing(a=INT), thing(a={**INT, "maximum": 3}), True, False),
    ("limit-loosened", thing(a={**TEXT, "minLength": 2}), thing(a=TEXT), False, True),
    ("pattern-changed", thing(a={**TEXT, "pattern": "^a"}), thing(a={**TEXT, "pattern": "^b"}), True, True),
    ("object-closed", thing(a=TEXT), thing(a=TEXT, closed=True), True, False),
    ("object-opened", thing(a=TEXT, closed=True), thing(a=TEXT), False, True),
    ("null-allowed", thing(a=TEXT), thing(a={"type": ["string", "null"]}), False, True),
    ("null-forbidden", thing(a={"type": ["string", "null"]}), thing(a=TEXT), True, False),
    ("variant-removed", tagged("t", "x", "y", "z"), tagged("t", "x", "y"), True, False),
    ("variant-added", tagged("t", "x", "y"), tagged("t", "x", "y", "z"), False, True),
    ("tag-changed", tagged("t", "x", "y"), tagged("u", "x", "y"), True, True),
    ("object-closed", thing(a=rows()), thing(a=rows(False)), True, False),
    ("object-opened", thing(a=rows(False)), thing(a=rows()), False, True),
    ("type-narrowed", thing(a=rows()), thing(a=rows(INT)), True, False),
    ("type-widened", thing(a=rows(INT)), thing(a=rows(NUMBER)), False, True),
    ("type-widened", thing(a={**TEXT, "format": "duration"}), thing(a=TEXT), False, True),
    ("default-changed", thing(a={**INT, "default": 1}), thing(a={**INT, "default": 2}), False, False),
    ("checks-changed", thing(a={**INT, "not": {"const": 1}}), thing(a={**INT, "not": {"const": 2}}), True, True),
]  # fmt: skip
WHOLE = {"message-removed", "message-added", "operation-removed", "operation-added",
         "subject-changed", "message-changed", "endpoint-changed"}  # fmt: skip


class Rules(Folder):
    def diff(self, old: Path, new: Path, *args: str, status: int = 0) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(
            self.nexgen("diff", old, new, "--json", *args, status=status)
        )
        return rows

    def test_every_rule_has_a_case(self) -> None:
        self.assertEqual({case[0] for case in CASES} | WHOLE, set(rules.DIFF))
        for rule in rules.DIFF.values():
            self.assertTrue(rule.purpose)

    def test_each_rule_in_each_direction(self) -> None:
        for rule, before, after, request, response in CASES:
            old, new = self.put("old.json", before), self.put("new.json", after)
            for direction, breaks in (("request", request), ("response", response)):
                with self.subTest(rule=rule, direction=direction):
                    status = 1 if breaks else 0
                    rows = self.diff(old, new, "--direction", direction, status=status)
                    row = next((row for row in rows if row["rule"] == rule), None)
                    assert row is not None, rows
                    wire = [b for b in row["breaks"] if b.startswith("wire")]
                    self.assertEqual(wire, [f"wire ({direction})"] if breaks else [])
                    self.assertEqual(row["purpose"], rules.DIFF[rule].purpose)
                    c_code = [b for b in row["breaks"] if not b.startswith("wire")]
                    self.assertEqual(c_code, list(rules.DIFF[rule].c))
                    fails = 1 if breaks or c_code else 0
                    self.diff(old, new, "--direction", direction, "--breaking", "wire", "C API",
                              "C ABI", status=fails)  # fmt: skip

    def test_nothing_changed(self) -> None:
        for _, before, *_ in CASES:
            old, new = self.put("old.json", before), self.put("new.json", before)
            self.assertEqual(self.diff(old, new), [])

    def test_forms(self) -> None:
        old = self.put("old.json", thing("a", a=TEXT))
        new = self.put("new, 2.json", thing(a=TEXT))
        text = self.nexgen("diff", old, new, status=1)
        self.assertRegex(text, r'new, 2\.json:\d+: /properties/a: "a" \[field-became-optional breaks ')
        self.assertNotIn("\033", text)  # no colours where nobody looks
        github = self.nexgen("diff", old, new, "--format", "github", status=1)
        self.assertRegex(github, r"^::error file=[^,:]*new%2C 2\.json,line=\d+,title=field-bec")
        self.assertEqual(self.nexgen("diff", old, new, "--format", "json", status=1),
                         self.nexgen("diff", old, new, "--json", status=1))  # fmt: skip


class Protocol(Folder):
    """Directions come from the AsyncAPI document beside the schemas."""

    def setUp(self) -> None:
        super().setUp()
        self.old, self.new = self.folder / "old", self.folder / "new"
        for folder in (self.old, self.new):
            folder.mkdir()
            for path in PROTOCOL.glob("*.json"):
                (folder / path.name).write_bytes(path.read_bytes())
        self.api = json.loads((PROTOCOL / "asyncapi.json").read_text())

    def rules(self, status: int) -> dict[str, list[str]]:
        text = self.nexgen("diff", self.old, self.new, "--json", status=status)
        return {row["rule"]: row["breaks"] for row in json.loads(text)}

    def change(self, edit: Any) -> None:
        api = copy.deepcopy(self.api)
        edit(api)
        (self.new / "asyncapi.json").write_text(json.dumps(api))

    def test_operations(self) -> None:
        def take(api: dict[str, Any]) -> None:
            del api["operations"]["PingNexus"]

        self.change(take)
        both = ["wire (request)", "wire (response)"]
        self.assertEqual(self.rules(1), {"operation-removed": [*both, "C API"]})
        self.old, self.new = self.new, self.old
        self.assertEqual(self.rules(0), {"operation-added": []})

    def test_subject_endpoint_and_message(self) -> None:
        def edit(api: dict[str, Any]) -> None:
            api["channels"]["PingPlacementTags"]["address"] += "2"
            api["operations"]["PingNode"]["x-nex-endpoint"] = "Other"
            ping, info = (api["operations"][name]["reply"] for name in ("PingNode", "GetNodeInfo"))
            ping["messages"] = info["messages"]

        self.change(edit)
        found = self.rules(1)
        self.assertEqual(set(found), {"subject-changed", "endpoint-changed", "message-changed"})

    def test_messages(self) -> None:
        self.put("new/extra.json", {"title": "Extra", "type": "object"})
        self.assertEqual(self.rules(0), {"message-added": []})
        self.old, self.new = self.new, self.old
        self.assertIn("wire (request)", self.rules(1)["message-removed"])

    def test_what_a_request_may_widen_a_response_may_not(self) -> None:
        for name, member, broken in (
            ("auction-request.json", "agent_type", False),
            ("node-ping-response.json", "version", True),
        ):
            with self.subTest(schema=name):
                before = json.loads((PROTOCOL / name).read_text())
                before["properties"][member]["maxLength"] = 9
                (self.old / name).write_text(json.dumps(before))
                found = self.rules(1 if broken else 0)
                wanted = ["wire (response)"] if broken else []
                self.assertEqual(found, {"limit-loosened": wanted})
                (self.old / name).write_bytes((PROTOCOL / name).read_bytes())


class Git(Folder):
    def git(self, *args: str) -> None:
        who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *args], cwd=self.folder, check=True, capture_output=True)

    def test_revisions(self) -> None:
        self.git("init", "-q")
        path = self.put("schemas/thing.json", thing("a", a=TEXT, b={"$ref": "b.json"}))
        self.put("schemas/b.json", {"title": "B", "enum": ["x"]})
        self.git("add", ".")
        self.git("commit", "-q", "-m", "one")
        self.git("tag", "v1")
        self.put("schemas/thing.json", thing(a=TEXT, b={"$ref": "b.json"}))
        self.put("schemas/b.json", {"title": "B", "enum": ["x", "y"]})

        for old, new in (("git:v1", path), ("git:HEAD", path.parent),
                         (f"git:v1:{path}", path)):  # fmt: skip
            with self.subTest(old=old, new=new):
                rows = json.loads(self.nexgen("diff", old, new, "--json", status=1))
                found = {row["rule"] for row in rows}
                self.assertEqual(found, {"field-became-optional", "enum-value-added"})
        self.git("commit", "-q", "-a", "-m", "two")
        rows = json.loads(self.nexgen("diff", f"git:v1:{path}", f"git:HEAD:{path}", "--json",
                                      status=1))  # fmt: skip
        self.assertTrue(all(row["file"].startswith("git:HEAD") for row in rows))
        self.assertEqual(json.loads(self.nexgen("diff", "git:HEAD", path, "--json")), [])

    def test_no_such_revision(self) -> None:
        path = self.put("thing.json", thing(a=TEXT))
        self.nexgen("diff", "git:HEAD", path, status=1)  # no repository
        self.git("init", "-q")
        self.nexgen("diff", "git:nowhere", path, status=1)
        self.assertIn("git:nowhere", self.said)
        self.assertNotIn("fault of nexgen", self.said)


if __name__ == "__main__":
    unittest.main()
