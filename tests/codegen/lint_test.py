"""nexgen lint: each rule is found where it is broken, and silenced with a reason."""

from __future__ import annotations

import json
import unittest
from typing import Any

from nexgen import rules
from support import Folder

NEW = "https://json-schema.org/draft/2020-12/schema"
OLD = "http://json-schema.org/draft-07/schema#"


def clean(**more: Any) -> dict[str, Any]:
    """A schema with which lint is content, and what is to be wrong with it."""
    return {"$schema": NEW, "title": "A thing", "description": "It is a thing.", "type": "object",
            "additionalProperties": False, **more}  # fmt: skip


def member(name: str = "a", **more: Any) -> dict[str, Any]:
    return clean(properties={name: {"description": "A member.", **more}})


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in clean().items() if key != name}


# For each rule: schemas by file, and the pointer in the last of them.
CASES: dict[str, tuple[dict[str, Any], str]] = {
    "missing-title": ({"a": without("title")}, ""),
    "missing-description": ({"a": clean(properties={"a": {"type": "string"}})}, "/properties/a"),
    "missing-dialect": ({"a": without("$schema")}, ""),
    "open-object": (
        {"a": {**without("additionalProperties"), "properties": {
            "a": {"type": "string", "description": "A."}}}}, ""),
    "mixed-dialects": ({"a": clean(), "b": {**clean(), "title": "B", "$schema": OLD}}, ""),
    "duplicate-id": (
        {name: {**clean(), "title": name * 2, "$id": "https://a.example/b"} for name in "ab"}, ""),
    "unreachable-definition": ({"a": clean(**{"$defs": {"x": {"type": "string"}}})}, "/$defs/x"),
    "c-name-clash": (
        {"a": clean(properties={"a-b": {"type": "string", "description": "A."},
                                "a_b": {"type": "string", "description": "B."}})}, ""),
    "no-c-shape": (
        {"a": member(anyOf=[{"type": "object", "required": ["x"]},
                            {"type": "object", "required": ["y"]}])}, "/properties/a"),
    "unlisted-required": (
        {"a": {**without("additionalProperties"), "required": ["b"], "allOf": [True],
               "properties": {"a": {"type": "string", "description": "A."}}}}, "/required/0"),
    "wrong-default": ({"a": member(type="integer", minimum=2, default=1)}, "/properties/a/default"),
    "foreign-keyword": ({"a": member(type="integer", minLength=1)}, "/properties/a/minLength"),
    "ref-siblings": (
        {"a": {**member(**{"$ref": "#/definitions/x", "minLength": 2}), "$schema": OLD,
               "definitions": {"x": {"type": "string"}}}}, "/properties/a/minLength"),
    "loose-pattern": ({"a": member(type="string", pattern="[a-z]+")}, "/properties/a/pattern"),
    "unsafe-integer": (
        {"a": member(type="integer", maximum=2**60)}, "/properties/a/maximum"),
    "required-default": (
        {"a": {**member(type="string", default="x"), "required": ["a"]}}, "/properties/a/default"),
    "required-deprecated": (
        {"a": {**member(type="string", deprecated=True), "required": ["a"]}},
        "/properties/a/deprecated"),
    "null-or-absent": ({"a": member(type=["string", "null"])}, "/properties/a/type"),
    "no-type": ({"a": member()}, "/properties/a"),
    "secret-unmarked": ({"a": member("user_password", type="string")},
                        "/properties/user_password"),
    "ignore-without-reason": ({"a": clean(**{"x-nexgen-ignore": {"no-type": " "}})},
                              "/x-nexgen-ignore/no-type"),
}  # fmt: skip
# Not about a schema in which a reason could stand.
LOUD = {"ignore-without-reason"}


class Rules(Folder):
    def found(self, files: dict[str, Any], status: int) -> list[dict[str, Any]]:
        paths = [self.put(f"{name}.json", value) for name, value in files.items()]
        rows: list[dict[str, Any]] = json.loads(
            self.nexgen("lint", *paths, "--json", status=status)
        )
        return rows

    def test_every_rule_has_a_case(self) -> None:
        self.assertEqual(set(CASES), set(rules.LINT))
        for rule in rules.LINT.values():
            self.assertGreater(len(rule.purpose), 20, rule.id)

    def test_a_wise_schema(self) -> None:
        schema = {**member(type="string", pattern="^a$", examples=["a"]), "$id": "https://a.example/a"}
        self.assertEqual(self.found({"a": schema}, 0), [])

    def test_each_rule(self) -> None:
        for rule, (files, pointer) in CASES.items():
            with self.subTest(rule=rule):
                rows = self.found(files, 1)
                spots = [(row["rule"], row["pointer"]) for row in rows]
                self.assertEqual(spots, [(rule, pointer)])
                self.assertGreater(rows[0]["line"], 0)
                self.assertTrue(rows[0]["file"].endswith(f"{list(files)[-1]}.json"))

    def test_each_rule_is_silenced_with_a_reason(self) -> None:
        for rule, (files, _) in CASES.items():
            if rule in LOUD:
                continue
            with self.subTest(rule=rule):
                told = {name: {**schema, "x-nexgen-ignore": {rule: "it is known and meant"}}
                        for name, schema in files.items()}  # fmt: skip
                self.assertEqual(self.found(told, 0), [])

    def test_a_reason_counts_below_only(self) -> None:
        silenced = {"type": "string", "x-nexgen-ignore": {"missing-description": "internal"}}
        schema = clean(properties={"a": silenced, "b": {"type": "string"}})
        rows = self.found({"a": schema}, 1)
        self.assertEqual([row["pointer"] for row in rows], ["/properties/b"])

    def test_text(self) -> None:
        path = self.put("a.json", without("title"))
        self.assertIn("a.json:1: /: no title [missing-title]", self.nexgen("lint", path, status=1))


if __name__ == "__main__":
    unittest.main()
