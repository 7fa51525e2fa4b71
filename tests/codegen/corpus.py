#!/usr/bin/env python3
"""The corpus: each folder of cases/ holds schemas, and what nexgen makes of them.

corpus.py            compares what nexgen writes with expected/ of every case
corpus.py --rewrite  writes expected/ anew
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "codegen" / "lib"))

from nexgen import cli  # noqa: E402


@dataclass
class Result:
    returncode: int
    stdout: str
    stderr: str


def run(case: Path, *args: str) -> Result:
    """The command in this process, in the folder of the case."""
    out, err = io.StringIO(), io.StringIO()
    before = Path.cwd()
    os.chdir(case)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = cli.main(list(args))
    finally:
        os.chdir(before)
    return Result(status, out.getvalue(), err.getvalue())


def actual(case: Path) -> dict[str, str]:
    """Every file that expected/ should hold, by name."""
    extra = (case / "args").read_text().split() if (case / "args").is_file() else []
    with tempfile.TemporaryDirectory() as folder:
        made = run(case, "types", "schema.json", "-q", "-o", folder, *extra)
        if "fault of nexgen" in made.stderr:
            raise SystemExit(f"{case.name}: nexgen broke down:\n{made.stderr}")
        if made.returncode != 0:
            return {"error.txt": made.stderr}
        files = {path.name: path.read_text() for path in Path(folder).iterdir()}
    files["ir.txt"] = run(case, "types", "schema.json", "--ir", *extra).stdout
    files["vectors.json"] = run(case, "types", "schema.json", "--vectors", *extra).stdout
    if made.stderr:
        files["notes.txt"] = made.stderr
    return files


def compare(case: Path, files: dict[str, str], rewrite: bool) -> list[str]:
    """What differs; nothing differs after a rewrite."""
    folder = case / "expected"
    known = {path.name: path.read_text() for path in folder.iterdir()} if folder.is_dir() else {}
    if not rewrite:
        names = sorted(set(known) | set(files))
        return [f"{case.name}/expected/{n}" for n in names if known.get(n) != files.get(n)]
    folder.mkdir(exist_ok=True)
    for name in set(known) - set(files):
        (folder / name).unlink()
    for name, text in files.items():
        if known.get(name) != text:
            (folder / name).write_text(text)
    return []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rewrite", action="store_true")
    parser.add_argument("cases", nargs="*")
    args = parser.parse_args()
    cases = [HERE / "cases" / name for name in args.cases] or sorted((HERE / "cases").iterdir())
    wrong: list[str] = []
    for case in cases:
        files = actual(case)
        if case.name.startswith("error-") != ("error.txt" in files):
            print(f"{case.name}: {files.get('error.txt', 'no error')}", file=sys.stderr)
            wrong.append(case.name)
        wrong += compare(case, files, args.rewrite)
    for name in wrong:
        print(f"differs: {name}", file=sys.stderr)
    if wrong:
        print("look at the difference, then: tests/codegen/corpus.py --rewrite", file=sys.stderr)
    print(f"{len(cases)} cases, {len(wrong)} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
