"""Changes of the protocol: what diff says, what is regenerated, and what the compiler points at.

The places that must change are those in the sources of this project.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
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
FLAGS = ["-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-fsyntax-only",
         "-fno-diagnostics-color"]  # fmt: skip
POINTED = re.compile(r"^([^:\n]+):([0-9]+):[0-9]+: error:", re.M)
Spot = tuple[str, int]


def mentions(word: str) -> dict[str, str]:
    """The sources of this project that speak of something, by path."""
    found = {}
    for folder in ("sdk/src/client", "sdk/src/agent", "node", "cli", "nexlets"):
        for path in sorted((ROOT / folder).rglob("*.c")):
            text = path.read_text(encoding="utf-8")
            if re.search(rf"\b{word}\b", text):
                found[str(path.relative_to(ROOT))] = text
    return found


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

    def compile(self, sources: dict[str, str]) -> set[Spot]:
        """The lines of these sources at which the compiler points."""
        spots: set[Spot] = set()
        for name, text in sources.items():
            copy = self.project / "sources" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text)
            command = [os.environ.get("CC", "cc"), *FLAGS, f"-I{self.project}/generated/include",
                       f"-I{ROOT}", f"-I{ROOT}/sdk/include", f"-I{ROOT}/sdk/src",
                       f"-I{ROOT}/nexlets", f"-I{ROOT}/nexlets/inmem",
                       f"-iquote{ROOT / Path(name).parent}", str(copy)]  # fmt: skip
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            found = {int(line) for file, line in POINTED.findall(done.stderr) if file == str(copy)}
            self.assertEqual(bool(found), done.returncode != 0, done.stderr)
            spots |= {(name, line) for line in found}
        return spots

    def follow(self, sources: dict[str, str], old: str, new: str) -> int:
        """Changes what the compiler points at, and nothing else, until all is well."""
        changed = 0
        for _ in range(10):
            spots = self.compile(sources)
            if not spots:
                return changed
            before = changed
            for name, number in spots:
                lines = sources[name].splitlines(keepends=True)
                if old in lines[number - 1]:  # others follow from these
                    lines[number - 1] = lines[number - 1].replace(old, new)
                    sources[name] = "".join(lines)
                    changed += 1
            self.assertGreater(changed, before, spots)
        self.fail("the compiler is never content")

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
        self.assertEqual(self.compile(mentions("nex_auction_request")), set())

    def test_new_optional_field(self) -> None:
        """Nothing must change; the vectors have the new member from now on."""
        self.edit("auction-request.json",
                  lambda s: s["properties"].update(zone={"type": "string"}))  # fmt: skip
        self.assertEqual(self.diff(0), {"field-added": ["C ABI"]})
        self.check_and_regenerate()
        self.assertEqual(self.compile(mentions("nex_auction_request")), set())
        schema = self.project / "schemas" / "protocol" / "auction-request.json"
        self.assertIn('"breaks":"type"', self.run_nexgen("types", str(schema), "--vectors"))
        self.assertIn('"pointer":"/zone"', self.run_nexgen("types", str(schema), "--vectors"))

    def test_renamed_field(self) -> None:
        """Where the compiler points is all that must change for the build to be green again."""

        def rename(schema: dict[str, Any]) -> None:
            schema["properties"]["kind"] = schema["properties"].pop("agent_type")
            schema["required"] = ["auction_id", "tags", "kind"]

        self.edit("auction-request.json", rename)
        found = self.diff(1)
        self.assertIn("wire (request)", found["required-field-added"])
        self.assertIn("required-field-removed", found)
        self.check_and_regenerate()
        sources = mentions("nex_auction_request")
        self.assertGreaterEqual(len(sources), 2)
        self.assertGreaterEqual(self.follow(sources, "agent_type", "kind"), 2)

    def test_narrowed_enum(self) -> None:
        self.edit("node-state.json", lambda s: s["enum"].remove("lameduck"))
        self.assertIn("C API", self.diff(0)["enum-value-removed"])  # a node only sends it
        self.check_and_regenerate()
        word = "NEX_NODE_STATE_LAMEDUCK"
        sources = mentions(word)
        used = {(name, number) for name, text in sources.items()
                for number, line in enumerate(text.splitlines(), 1) if word in line}  # fmt: skip
        self.assertGreaterEqual(len(used), 2)
        self.assertEqual(self.compile(sources), used)

    def test_widened_type(self) -> None:
        """The compiler points at each use that could lose something, and at nothing else.

        A new name for the member shows all its uses. One that only stores a small integer stays.
        """
        name = "node-ping-response.json"
        sources = mentions("agent_count")
        before = (self.project / "schemas" / "protocol" / name).read_bytes()
        self.edit(name, lambda s: s["properties"]["agent_count"].update({"x-nex-name": "other"}))
        self.check_and_regenerate()
        uses = self.compile(sources)
        self.assertGreaterEqual(len(uses), 2)
        (self.project / "schemas" / "protocol" / name).write_bytes(before)
        self.edit(name, lambda s: s["properties"]["agent_count"].update(type="number"))
        self.assertIn("wire (response)", self.diff(1)["type-widened"])
        self.check_and_regenerate()
        pointed = self.compile(sources)
        self.assertLessEqual(pointed, uses)
        readers = {(file, line) for file, line in uses if file.startswith("cli/")}
        self.assertTrue(readers)
        self.assertEqual(pointed, readers)


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
