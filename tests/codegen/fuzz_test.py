"""Mutated schemas: whatever comes in, nexgen writes C or an error, never a traceback.

fuzz_test.py COUNT [SEED] tries many, or others.
"""

from __future__ import annotations

import copy
import io
import json
import os
import random
import re
import sys
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from nexgen import cli, keywords

CASES = Path(__file__).resolve().parent / "cases"
LOCATED = re.compile(r"^nexgen: .+")
ODD: list[Any] = [None, True, False, 0, -1, 1.5, 2**63, 2**70, 1e300, "", "x", "#", "#/", "a b",
                  "\u0000", "\ud800", "é" * 300, [], [None], {}, {"": {}}, {"type": "string"},
                  {"$ref": "#"}, [{}], [True, {}], ["a", "a"], {"enum": []}, "^(", "$schema"]  # fmt: skip
KEYWORDS = [*keywords.KEYWORDS, *keywords.REPLACED, "x-nex-name", "x-nex-enum-names", "x-other"]


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    found = [path]
    if isinstance(value, dict):
        for key, held in value.items():
            found += spots(held, (*path, key))
    elif isinstance(value, list):
        for i, held in enumerate(value):
            found += spots(held, (*path, i))
    return found


def mutate(value: Any, chance: random.Random, donors: list[Any]) -> Any:
    """One change: a value replaced, taken away, moved, or a keyword added."""
    value = copy.deepcopy(value)
    path = chance.choice(spots(value))
    holder, spot = value, value
    for step in path:
        holder, spot = spot, spot[step]
    kind = chance.randrange(5)
    if kind == 0 and isinstance(spot, dict):
        spot[chance.choice(KEYWORDS)] = copy.deepcopy(chance.choice([*ODD, *donors]))
    elif not path:
        return copy.deepcopy(chance.choice(donors))
    elif kind == 1:
        del holder[path[-1]]
    elif kind == 2 and isinstance(holder, dict):
        holder[chance.choice(KEYWORDS)] = holder.pop(path[-1])
    elif kind == 3:
        holder[path[-1]] = copy.deepcopy(value)
    else:
        holder[path[-1]] = copy.deepcopy(chance.choice([*ODD, *donors]))
    return value


class Mutants(unittest.TestCase):
    def setUp(self) -> None:
        self.donors: list[Any] = []
        for path in sorted(CASES.glob("*/schema.json")):
            try:
                self.donors.append(json.loads(path.read_bytes()))
            except (ValueError, RecursionError):
                continue
        self.donors = [donor for donor in self.donors if len(json.dumps(donor)) < 4000]

    def run_nexgen(self, *args: str) -> tuple[int, str]:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = cli.main(list(args))
        return status, err.getvalue()

    def attempt(self, text: bytes, folder: Path, chance: random.Random) -> None:
        path = folder / "schema.json"
        path.write_bytes(text)
        commands: list[tuple[str, ...]] = [
            ("types", str(path), "-q", "-o", str(folder / "out")),
            ("types", str(path), "--vectors"),
            ("lint", str(path)),
            ("docs", str(path), "-o", str(folder / "docs")),
            ("diff", str(CASES / "scalars" / "schema.json"), str(path)),
        ]
        for args in chance.sample(commands, 2):
            status, said = self.run_nexgen(*args)
            context = f"{args[0]} of {text[:3000]!r}: {said[:1000]}"
            self.assertNotIn("fault of nexgen", said, context)
            self.assertIn(status, (0, 1), context)
            if status == 1 and args[0] == "types":
                lines = said.splitlines()
                self.assertTrue(lines and all(map(LOCATED.match, lines)), context)

    def test_mutants(self) -> None:
        chance = random.Random(int(os.environ.get("NEXGEN_SEED", "1")))
        count = int(os.environ.get("NEXGEN_MUTANTS", "100"))
        with tempfile.TemporaryDirectory() as scratch:
            for _ in range(count):
                value = chance.choice(self.donors)
                for _ in range(chance.randrange(1, 5)):
                    value = mutate(value, chance, self.donors)
                text = json.dumps(value, ensure_ascii=True).encode()
                if chance.random() < 0.05:
                    cut = chance.randrange(len(text) + 1)
                    text = text[:cut] + bytes(chance.randrange(256) for _ in range(3)) + text[cut:]
                self.attempt(text, Path(scratch), chance)


if __name__ == "__main__":
    for variable, given in zip(("NEXGEN_MUTANTS", "NEXGEN_SEED"), sys.argv[1:], strict=False):
        os.environ[variable] = str(int(given))
    unittest.main(argv=sys.argv[:1])
