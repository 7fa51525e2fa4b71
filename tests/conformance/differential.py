"""Compares nex-bowtie with python-jsonschema and Ajv on generated schemas and instances.

Run by hand, for example 100,000 pairs:

    pip install jsonschema==4.26.0
    pip install rfc3339-validator jsonpointer
    npm install --prefix /some/dir ajv@8 ajv-formats@3
    python3 tests/conformance/differential.py --harness build/dev/bin/nex-bowtie \
        --ajv /some/dir --pairs 100000 --seed 1

A pair on which the three do not agree is printed, with the seed that makes it again, and the exit
status is 1. Where Ajv is known to be wrong stands in differential_known.py.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import warnings

from differential_generate import Generator, text_of
from differential_known import KNOWN, known
from harness import DIALECTS, Harness

INSTANCES = 10


class Ajv:
    """Ajv in a node process: a line with a schema and instances, a line of answers."""

    def __init__(self, directory):
        script = pathlib.Path(__file__).parent / "differential_ajv.cjs"
        self.process = subprocess.Popen(["node", str(script)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True,
                                        env={**os.environ,
                                             "NODE_PATH": f"{directory}/node_modules"})

    def run(self, draft, schema, instances):
        self.process.stdin.write(text_of([draft, schema, instances]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def python_run(jsonschema, draft, schema, instances):
    kind = jsonschema.Draft7Validator if draft == "draft7" else jsonschema.Draft202012Validator
    try:
        kind.check_schema(schema)
        validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
        return [validator.is_valid(i) for i in instances]
    except RecursionError:
        return None
    except jsonschema.exceptions.SchemaError as error:
        return f"schema: {error.message}"


def compare(draft, schema, instances, ours, others, excused):
    """The disagreements, each as a line; those of the written list are counted in excused."""
    lines = []
    for name, theirs in others.items():
        if theirs is None:
            continue
        if isinstance(theirs, str):
            theirs = [theirs] * len(instances)
        for instance, mine, other in zip(instances, ours, theirs):
            if mine is other:
                continue
            entry = known(*json.loads(text_of([schema, instance])))
            if name == "Ajv" and entry:
                excused[entry] = excused.get(entry, 0) + 1
            else:
                lines.append(f"{draft}: nex {mine}, {name} {other}:\n  {text_of(schema)}\n  "
                             f"{text_of(instance)}")
    return lines


def check_list(harness, ajv, jsonschema):
    """The examples of the written list, which must still be what it says they are."""
    lines = []
    for name, entry in KNOWN.items():
        for schema, instance, right in entry.examples:
            answers = {"nex": harness.run(schema, [instance])[0],
                       "python-jsonschema": python_run(jsonschema, "draft2020-12", schema,
                                                       [instance])[0],
                       "not Ajv": not ajv.run("draft2020-12", schema, [instance])[0]}
            lines += [f"{name}: {who} says {answer}, expected {right}: {json.dumps(schema)}"
                      for who, answer in answers.items() if answer is not right]
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--harness", required=True, help="the program nex-bowtie")
    parser.add_argument("--ajv", help="a directory with Ajv in node_modules")
    parser.add_argument("--pairs", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    import jsonschema  # only those who run this by hand need it

    harnesses = {draft: Harness(arguments.harness, draft, assert_format=True) for draft in DIALECTS}
    ajv = Ajv(arguments.ajv) if arguments.ajv else None
    outdated = check_list(harnesses["draft2020-12"], ajv, jsonschema) if ajv else []
    for line in outdated:
        print(f"the written list is out of date: {line}")
    disagreed = len(outdated)
    valid = 0
    excused = {}
    for number in range(0, arguments.pairs, INSTANCES):
        draft = "draft7" if number // INSTANCES % 2 else "draft2020-12"
        generator = Generator(random.Random(f"{arguments.seed}:{number}"), draft)
        schema = generator.document()
        instances = [generator.instance(schema) for _ in range(INSTANCES)]
        ours = harnesses[draft].run(schema, instances, text_of=text_of)
        others = {}
        if "python-jsonschema" not in generator.without:
            others["python-jsonschema"] = python_run(jsonschema, draft, *json.loads(
                text_of([schema, instances])))
        if ajv and "Ajv" not in generator.without:
            others["Ajv"] = ajv.run(draft, schema, instances)
        valid += sum(o is True for o in ours)
        for line in compare(draft, schema, instances, ours, others, excused):
            disagreed += 1
            print(f"pair {number} of seed {arguments.seed}, {line}")
    for entry, count in excused.items():
        print(f"Ajv differs as written down ({entry}): {count}")
    print(f"{arguments.pairs} pairs, {valid} of them valid: {disagreed} disagreements")
    sys.exit(1 if disagreed else 0)


if __name__ == "__main__":
    main()
