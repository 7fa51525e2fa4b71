"""What tests of nexgen share: a folder of their own, and commands run in this process."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

from nexgen import cli


class Folder(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.said = ""  # on standard error, by the last command

    def put(self, name: str, value: Any) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value, indent=1))
        return path

    def nexgen(self, *args: str | Path, status: int = 0) -> str:
        """What the command prints; it must end with this status."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                returned = cli.main([str(arg) for arg in args])
            except SystemExit as exc:
                returned = int(exc.code or 0)
        self.said = err.getvalue()
        self.assertEqual(returned, status, self.said + out.getvalue())
        return out.getvalue()
