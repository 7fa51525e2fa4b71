"""Changes of the protocol: what diff says, what is regenerated, and what the compiler points at."""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import shutil
import subprocess
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nexgen import cli

ROOT = Path(__file__).resolve().parents[2]
NEXGEN = str(ROOT / "codegen" / "nexgen")
# A program that uses the members and values the tests below take away.
USER = """
#include <nex/protocol.h>
int main(void) {
    nex_auction_request request = {.auction_id = NULL, .agent_type = NULL};
    nex_node_ping_response pong = {.agent_count = 1, .state = NEX_NODE_STATE_LAMEDUCK};
    int64_t *count = &pong.agent_count;
    return request.agent_type == NULL && *count == 1 ? 0 : (int)pong.state;
}
"""


class Changes(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.project = Path(scratch.name)
        shutil.copytree(ROOT / "schemas", self.project / "schemas")
        self.run_nexgen("protocol", "-q", "--root", str(self.project))

    def run_nexgen(self, *args: str, status: int = 0) -> str:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            returned = cli.main(list(args))
        self.assertEqual(returned, status, err.getvalue())
        return out.getvalue()

    def edit(self, name: str, change: Callable[[dict[str, Any]], object]) -> None:
        path = self.project / "schemas" / "protocol" / name
        value = json.loads(path.read_text())
        change(value)
        path.write_text(json.dumps(value, indent=2))

    def compile(self) -> str:
        """What the compiler says of a program that uses the protocol; "" when all is well."""
        source = self.project / "user.c"
        source.write_text(USER)
        command = [os.environ.get("CC", "cc"), "-std=c11", "-Wall", "-Werror", "-fsyntax-only",
                   f"-I{self.project}/generated/include", f"-I{ROOT}/sdk/include",
                   str(source)]  # fmt: skip
        return subprocess.run(command, capture_output=True, text=True, check=False).stderr

    def diff(self, status: int) -> dict[str, list[str]]:
        old, new = ROOT / "schemas" / "protocol", self.project / "schemas" / "protocol"
        text = self.run_nexgen("diff", str(old), str(new), "--format", "json", status=status)
        return {change["rule"]: change["breaks"] for change in json.loads(text)}

    def check_and_regenerate(self) -> None:
        self.run_nexgen("check", "--root", str(self.project), status=1)
        self.run_nexgen("protocol", "-q", "--root", str(self.project))
        self.run_nexgen("check", "--root", str(self.project))

    def test_nothing_changed(self) -> None:
        self.assertEqual(self.diff(0), {})
        self.run_nexgen("check", "--root", str(self.project))
        self.assertEqual(self.run_nexgen("protocol", "--root", str(self.project)), "")
        self.assertEqual(self.compile(), "")

    def test_new_optional_field(self) -> None:
        self.edit("auction-request.json",
                  lambda s: s["properties"].update(zone={"type": "string"}))  # fmt: skip
        self.assertEqual(self.diff(0), {"field-added": ["C ABI"]})
        self.check_and_regenerate()
        self.assertEqual(self.compile(), "")

    def test_renamed_field(self) -> None:
        def rename(schema: dict[str, Any]) -> None:
            schema["properties"]["kind"] = schema["properties"].pop("agent_type")
            schema["required"] = ["auction_id", "tags", "kind"]

        self.edit("auction-request.json", rename)
        found = self.diff(1)
        self.assertIn("wire (request)", found["required-field-added"])
        self.assertIn("required-field-removed", found)
        self.check_and_regenerate()
        self.assertIn("agent_type", self.compile())

    def test_narrowed_enum(self) -> None:
        self.edit("node-state.json", lambda s: s["enum"].remove("lameduck"))
        self.assertIn("C API", self.diff(0)["enum-value-removed"])  # a node only sends it
        self.check_and_regenerate()
        self.assertIn("NEX_NODE_STATE_LAMEDUCK", self.compile())

    def test_widened_type(self) -> None:
        self.edit("node-ping-response.json",
                  lambda s: s["properties"]["agent_count"].update(type="number"))  # fmt: skip
        self.assertIn("wire (response)", self.diff(1)["type-widened"])
        self.check_and_regenerate()
        self.assertIn("agent_count", self.compile())


class SameBytes(unittest.TestCase):
    """Output does not depend on hash seeds, locales or the order of arguments."""

    def test_types(self) -> None:
        cases = Path(__file__).resolve().parent / "cases" / "cross-file"
        results = []
        for seed, locale, files in (
            ("1", "C", ["schema.json", "person.json"]),
            ("77", "C.UTF-8", ["person.json", "schema.json"]),
        ):
            with tempfile.TemporaryDirectory() as folder:
                env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale}
                subprocess.run([NEXGEN, "types", *files, "-q", "-o", folder], cwd=cases, env=env,
                               check=True)  # fmt: skip
                made = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
                results.append(made)
        self.assertEqual(results[0], results[1])
        self.assertTrue(results[0])


class Speed(unittest.TestCase):
    def test_protocol_from_scratch(self) -> None:
        """Processor time, since a test machine may be busy with other things."""
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "schemas", Path(folder) / "schemas")
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([NEXGEN, "protocol", "-q", "--root", folder], check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            self.assertTrue((Path(folder) / "generated" / "include").is_dir())
        self.assertLess(spent, 1.5)


if __name__ == "__main__":
    unittest.main()
