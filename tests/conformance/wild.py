"""Schemas from the wild: all of a known dialect compile, and instances beside them are valid.

The schemas come from packages of PyPI and npm, as those of tests/codegen/realworld.py do, and from
any directory given with --folder, where instances.jsonl may stand beside schema.json. A schema may be
refused that refers to what is not in its package or is of another dialect, or that breaks its own
meta-schema. Without a network the test is skipped (exit status 77); it is run by hand, or with
-DNEX_TEST_DOWNLOADS=ON.
"""

import argparse
import json
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "codegen"))

import realworld
from harness import DIALECTS, Harness

KNOWN = ("json-schema.org/draft-07/schema", "json-schema.org/draft/2020-12/schema")
REFUSED = ("nothing is fetched", "unknown dialect", "lookbehind assertion is not fixed length")
SKIPPED = 77
FEWEST = 40


def dialect(schema):
    return schema["$schema"].rstrip("#").split("://")[-1]


def named(folder, paths):
    """By package, the documents that references may find: those with an absolute $id."""
    packages = {}
    for path in paths:
        schema = json.loads(path.read_bytes())
        name = schema.get("$id")
        if isinstance(name, str) and "://" in name and dialect(schema) in KNOWN:
            packages.setdefault(package(folder, path), {})[name.rstrip("#")] = schema
    return packages


def package(folder, path):
    return path.relative_to(folder).parts[:2]


def breaks_meta(harness, schema):
    return harness.run({"$ref": f"{schema['$schema']}"}, [schema]) == [False]


def instances(path):
    beside = path.parent / "instances.jsonl"
    if path.name != "schema.json" or not beside.exists():
        return []
    return [json.loads(line) for line in beside.read_text().splitlines() if line.strip()]


def judge(harness, path, schema, registry):
    """How many instances were valid, or why the schema was refused."""
    wanted = instances(path)
    answers = harness.run(schema, wanted or [None], registry)
    if answers and isinstance(answers[0], str):
        return answers[0]
    wrong = [i for i, answer in enumerate(answers) if answer is not True]
    if wanted and wrong:
        return f"instance {wrong[0] + 1} of {len(wanted)}: {answers[wrong[0]]}"
    return len(wanted)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--harness", required=True, help="the program nex-bowtie")
    parser.add_argument("--folder", type=pathlib.Path, help="schemas are here already")
    arguments = parser.parse_args()
    harness = Harness(arguments.harness, next(iter(DIALECTS)))
    compiled = refused = valid = 0
    faults = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or pathlib.Path(scratch)
        if not arguments.folder and not realworld.download(folder):
            print("SKIPPED: no package could be downloaded")
            sys.exit(SKIPPED)
        paths = realworld.schemas(folder)
        packages = named(folder, paths)
        for path in paths:
            schema = json.loads(path.read_bytes())
            if dialect(schema) not in KNOWN:
                continue
            registry = {uri: document for uri, document
                        in packages.get(package(folder, path), {}).items() if document != schema}
            told = judge(harness, path, schema, registry)
            if isinstance(told, int):
                compiled += 1
                valid += told
            elif any(words in told for words in REFUSED) or breaks_meta(harness, schema):
                refused += 1
                print(f"refused: {path.relative_to(folder)}: {told[:200]}")
            else:
                faults.append(f"{path.relative_to(folder)}: {told}")
    harness.close()
    for fault in faults:
        print(f"FAULT: {fault}")
    print(f"{compiled} schemas compile, {refused} are refused in words; {valid} instances valid")
    few = compiled < FEWEST and not arguments.folder
    if few:
        print(f"expected at least {FEWEST} schemas")
    sys.exit(1 if faults or few else 0)


if __name__ == "__main__":
    main()
