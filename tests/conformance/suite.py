"""Runs the official JSON-Schema-Test-Suite through nex-bowtie.

The suite comes from the sdist of the Python package jsonschema, pinned by version and hash, and
stays in a cache directory; or from a checkout of any other version, given by --suite or
NEX_JSON_SCHEMA_SUITE. Every required case must pass; an optional or format case may fail only if
known_failures.json names it with a reason, and must then fail indeed.
"""

import argparse
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile

from harness import Harness

VERSION = "4.26.0"
SHA256 = "0c26707e2efad8aa1bfc5b7ce170f3fccc2e4918ff85989ba9ffa9facb2be326"
REQUIRED = {"draft7": 913, "draft2020-12": 1257}
SKIPPED = 77


def sdist(cache):
    """The path of the sdist, downloaded by pip when it is not in the cache."""
    path = cache / f"jsonschema-{VERSION}.tar.gz"
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=cache) as work:
            listed = pathlib.Path(work) / "requirements.txt"
            listed.write_text(f"jsonschema=={VERSION} --hash=sha256:{SHA256}\n")
            done = subprocess.run(
                [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary",
                 "jsonschema", "--require-hashes", "--dest", work, "-r", str(listed)],
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
            found = pathlib.Path(work) / path.name
            if done.returncode != 0 or not found.exists():
                raise OSError((done.stderr.strip().splitlines() or ["pip failed"])[-1])
            found.rename(path)
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise ValueError(f"{path} is not the pinned sdist; remove it")
    return path


def unpack(cache):
    root = cache / "suite"
    if not root.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as work:
            with tarfile.open(sdist(cache)) as tar:
                prefix = f"jsonschema-{VERSION}/json/"
                for entry in tar.getmembers():
                    if entry.isfile() and entry.name.startswith(prefix) and ".." not in entry.name:
                        target = pathlib.Path(work) / "suite" / entry.name[len(prefix):]
                        target.parent.mkdir(parents=True, exist_ok=True)
                        target.write_bytes(tar.extractfile(entry).read())
            (pathlib.Path(work) / "suite").rename(root)
    return root


def registry(root):
    remotes = root / "remotes"
    return {f"http://localhost:1234/{p.relative_to(remotes).as_posix()}": json.loads(p.read_text())
            for p in sorted(remotes.rglob("*.json"))}


class Tally:
    def __init__(self, known):
        self.known = {(k["draft"], k["file"], k["group"], k["test"]): k["reason"] for k in known}
        self.unexpected = []
        self.counts = {}

    def add(self, draft, kind, file, group, test, expected, got):
        counts = self.counts.setdefault((draft, kind), [0, 0])
        counts[1] += 1
        reason = self.known.pop((draft, file, group, test), None)
        where = f"{draft} {file}: {group}: {test}"
        if got == expected:
            counts[0] += 1
            if reason:
                self.unexpected.append(f"{where}: passes; take it off known_failures.json")
        elif reason is None or kind == "required":
            self.unexpected.append(f"{where}: expected {expected}, got {got}")


def run_file(harness, tally, draft, kind, path, name, known_documents):
    for group in json.loads(path.read_text()):
        tests = group["tests"]
        answers = harness.run(group["schema"], [t["data"] for t in tests], known_documents)
        for test, answer in zip(tests, answers):
            tally.add(draft, kind, name, group["description"], test["description"], test["valid"],
                      answer)


def run_draft(program, root, draft, tally, known_documents):
    base = root / "tests" / draft
    for kind, files, formats in (
            ("required", sorted(base.glob("*.json")), False),
            ("optional", sorted((base / "optional").glob("*.json")), False),
            ("format", sorted((base / "optional" / "format").glob("*.json")), True)):
        harness = Harness(program, draft, formats)
        for path in files:
            run_file(harness, tally, draft, kind, path, path.relative_to(base).as_posix(),
                     known_documents)
        if harness.close() != 0:
            tally.unexpected.append(f"{draft} {kind}: nex-bowtie did not end in order")


def check_complete(tally):
    """Of the pinned suite it is known what is in it."""
    for draft, wanted in REQUIRED.items():
        count = tally.counts[(draft, "required")][1]
        if count != wanted:
            tally.unexpected.append(f"{draft}: expected {wanted} required cases, found {count}")
    for key in tally.known:
        tally.unexpected.append(f"{key}: in known_failures.json, but not in the suite")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--harness", required=True, help="the program nex-bowtie")
    parser.add_argument("--cache", type=pathlib.Path, help="where the pinned suite is kept")
    parser.add_argument("--suite", type=pathlib.Path, help="a checkout of the suite instead",
                        default=os.environ.get("NEX_JSON_SCHEMA_SUITE") or None)
    arguments = parser.parse_args()
    if not arguments.suite and not arguments.cache:
        parser.error("expected --suite or --cache")
    if arguments.suite and not (arguments.suite / "tests").is_dir():
        parser.error(f"{arguments.suite}: expected a checkout of JSON-Schema-Test-Suite, "
                     "but it has no directory tests")
    try:
        root = arguments.suite or unpack(arguments.cache)
    except OSError as error:
        if os.environ.get("NEX_REQUIRE_SUITE"):
            sys.exit(f"the JSON-Schema-Test-Suite cannot be had: {error}")
        print(f"SKIPPED: the JSON-Schema-Test-Suite cannot be had here: {error}\n"
              "Set NEX_REQUIRE_SUITE=1 to make that a failure.")
        sys.exit(SKIPPED)
    known = json.loads((pathlib.Path(__file__).parent / "known_failures.json").read_text())
    tally = Tally(known)
    known_documents = registry(root)
    for draft in REQUIRED:
        run_draft(arguments.harness, root, draft, tally, known_documents)
    if not arguments.suite:
        check_complete(tally)
    for (draft, kind), (passed, total) in tally.counts.items():
        print(f"{draft} {kind}: {passed} of {total} pass ({100 * passed / total:.1f} %)")
    for line in tally.unexpected:
        print(line)
    sys.exit(1 if tally.unexpected else 0)


if __name__ == "__main__":
    main()
