"""Schemas that a nexlet's start request may be: across files, unions, maps."""

from __future__ import annotations

import json
import unittest
from typing import Any

from support import Folder

COMMON = {
    "$id": "https://example.org/common.json",
    "title": "Common",
    "$defs": {
        "port": {"$anchor": "port", "type": "integer", "minimum": 1},
        "address": {
            "type": "object",
            "properties": {"host": {"type": "string"}, "port": {"$ref": "#port"}},
            "required": ["host"],
        },
    },
}
ARMS: list[dict[str, Any]] = [
    {"title": "Run", "type": "object", "properties": {"job": {"const": "run"}}, "required": ["job"]},
    {"title": "Wait", "type": "object", "properties": {"job": {"const": "wait"}}, "required": ["job"]},
]  # fmt: skip


class StartRequests(Folder):
    def scaffold(self, schema: Any, status: int = 0) -> Any:
        """The schema as the nexlet has it."""
        path = self.put("job_start_request.json", schema)
        self.nexgen(path, "-o", self.folder / "job", "-q", status=status)
        made = self.folder / "job" / "start_request.json"
        return json.loads(made.read_text()) if status == 0 else None

    def test_what_lies_in_other_files_is_taken_along(self) -> None:
        self.put("lib/common.json", COMMON)
        port = {"$anchor": "mine", "type": "integer"}
        schema = {
            "title": "Job",
            "type": "object",
            "properties": {
                "to": {"$ref": "lib/common.json#/$defs/address"},
                "port": {"$ref": "lib/common.json#port"},
                "own": {"$ref": "#mine"},
            },
            "$defs": {"common": port},
        }
        made = self.scaffold(schema)
        self.assertEqual(set(made["$defs"]), {"common", "common_2"})
        refs = {name: held["$ref"] for name, held in made["properties"].items()}
        self.assertEqual(refs, {"to": "#/$defs/common_2/$defs/address",
                                "port": "#/$defs/common_2/$defs/port",
                                "own": "#/$defs/common"})  # fmt: skip
        address = made["$defs"]["common_2"]["$defs"]["address"]
        self.assertEqual(address["properties"]["port"]["$ref"], "#/$defs/common_2/$defs/port")
        self.assertNotIn("$id", made["$defs"]["common_2"])
        self.nexgen("update", self.folder / "job")

    def test_a_schema_of_one_file_stays_as_it_was_written(self) -> None:
        text = '{"title": "Job",   "type": "object", "properties": {"a": {"type": "string"}}}\n'
        self.scaffold(text)
        self.assertEqual((self.folder / "job" / "start_request.json").read_text(), text)

    def test_unions(self) -> None:
        self.scaffold({"title": "Job", "oneOf": ARMS})
        header = (self.folder / "job" / "generated" / "start_request.h").read_text()
        self.assertIn("JOB_START_REQUEST_RUN", header)

    def test_maps(self) -> None:
        numbers = {"type": "object", "additionalProperties": {"type": "integer"}}
        self.scaffold({"title": "Job", **numbers})
        header = (self.folder / "job" / "generated" / "start_request.h").read_text()
        self.assertIn("int64_t *job_start_request_get(const job_start_request *map,", header)

    def test_a_name_that_is_a_word_of_c(self) -> None:
        path = self.put("union_start_request.json", {**ARMS[0], "title": "Union start request"})
        self.nexgen(path, "-o", self.folder / "union", "-q")
        header = (self.folder / "union" / "generated" / "start_request.h").read_text()
        self.assertIn("struct union_start_request {", header)
        self.assertIn("union_agent *union_agent_new(",
                      (self.folder / "union" / "src" / "agent.h").read_text())  # fmt: skip

    def test_what_is_no_object_is_refused(self) -> None:
        self.scaffold({"title": "Job", "type": "array"}, status=1)
        self.assertIn("a start request is an object", self.said)


if __name__ == "__main__":
    unittest.main()
