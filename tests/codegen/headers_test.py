"""Headers of every case as C++17, and the C of every case with the other compiler too."""

from __future__ import annotations

import os
import shutil
import subprocess
import unittest
from pathlib import Path

CASES = Path(__file__).resolve().parent / "cases"
INCLUDE = Path(__file__).resolve().parents[2] / "sdk" / "include"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]


class Compilers(unittest.TestCase):
    def compile(self, command: list[str], folder: Path) -> None:
        line = [*command, "-fsyntax-only", *WARNINGS, f"-I{folder}", f"-I{INCLUDE}"]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_headers_as_cpp(self) -> None:
        compiler = os.environ.get("CXX", "c++")
        if shutil.which(compiler) is None:
            self.skipTest(f"{compiler} is not installed")
        for folder in sorted(CASES.glob("*/expected")):
            headers = [part for path in sorted(folder.glob("*.h"))
                       for part in ("-include", str(path))]  # fmt: skip
            if headers:
                with self.subTest(case=folder.parent.name):
                    command = [compiler, "-std=c++17", "-x", "c++", *headers, "/dev/null"]
                    self.compile(command, folder)

    def test_sources_with_clang(self) -> None:
        if shutil.which("clang") is None:
            self.skipTest("clang is not installed")
        for folder in sorted(CASES.glob("*/expected")):
            sources = [str(path) for path in sorted(folder.glob("*.c"))]
            if sources:
                with self.subTest(case=folder.parent.name):
                    self.compile(["clang", "-std=c11", *sources], folder)


if __name__ == "__main__":
    unittest.main()
