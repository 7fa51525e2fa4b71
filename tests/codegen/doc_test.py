#!/usr/bin/env python3
"""docs/nexgen.md: its tables are those of the code, its tutorial works.

doc_test.py --rewrite writes the tables anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from nexgen import docs

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "nexgen.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)


def with_tables(text: str) -> str:
    """The page with the tables as the code would write them."""
    for mark, table in (("keywords", docs.keyword_table()), ("rules", docs.rule_tables())):
        part = re.compile(rf"(<!-- {mark}\b[^>]*-->\n).*?(<!-- end -->)", re.S)
        text = part.sub(lambda m, t=table: f"{m.group(1)}\n{t}\n{m.group(2)}", text)
    return text


class Page(unittest.TestCase):
    def test_tables(self) -> None:
        text = PAGE.read_text(encoding="utf-8")
        self.assertEqual(text, with_tables(text), "run tests/codegen/doc_test.py --rewrite")

    def test_tutorial(self) -> None:
        """Runs every block; what builds needs NEX_PREFIX, where libnex is installed."""
        text = PAGE.read_text(encoding="utf-8")
        tutorial = text.partition("## Tutorial")[2].partition("\n## ")[0]
        prefix = os.environ.get("NEX_PREFIX")
        env = {**os.environ, "PATH": f"{ROOT / 'codegen'}:{os.environ['PATH']}"}
        if prefix:
            env["CMAKE_PREFIX_PATH"] = prefix
        ran = 0
        with tempfile.TemporaryDirectory() as folder:
            for kind, info, body in BLOCK.findall(tutorial):
                if kind == "json":
                    (Path(folder) / info).write_text(body)
                elif kind == "sh" and (info != "build" or prefix):
                    done = subprocess.run(["sh", "-e", "-c", body], cwd=folder, env=env,
                                          capture_output=True, text=True, check=False)  # fmt: skip
                    self.assertEqual(done.returncode, 0, f"{body}\n{done.stdout}\n{done.stderr}")
                    ran += 1
            self.assertTrue((Path(folder) / "greeter" / "generated" / "vectors.json").is_file())
        self.assertGreaterEqual(ran, 3)


if __name__ == "__main__":
    if sys.argv[1:] == ["--rewrite"]:
        PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        unittest.main()
