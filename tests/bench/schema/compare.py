"""Validation by nex-schema-bench beside Ajv and Blaze's command, where those are installed.

    python3 tests/bench/schema/compare.py build/release/bin/nex-schema-bench \
        SCHEMA.json INSTANCES.jsonl [--walk PROGRAM] [--ajv DIR] [--blaze PROGRAM] [--batches N]

--walk: jansson-walk, which is about start_request.json alone; --ajv: a directory with Ajv 8 in node_modules; --blaze: the program jsonschema (sourcemeta). Takes
turns, so that a noisy machine is noisy for all, and prints the median of each as JSON. Blaze's
command times each validation by itself, so its figure holds a reading of the clock.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import tempfile

AJV = """
const fs = require("fs");
const schema = JSON.parse(fs.readFileSync(process.argv[1]));
const docs = fs.readFileSync(process.argv[2], "utf8").split("\\n").filter(Boolean).map(JSON.parse);
const Ajv = require(/draft-07/.test(schema.$schema || "") ? "ajv" : "ajv/dist/2020").default;
const validate = new Ajv({ strict: false, logger: false, validateFormats: false }).compile(schema);
let spent = 0n, done = 0, valid = true;
function batch(wanted) {
  const start = process.hrtime.bigint();
  spent = 0n;
  done = 0;
  for (let more = 1; spent < wanted; more *= 2) {
    for (const doc of docs) for (let i = 0; i < more; i++) valid = validate(doc) && valid;
    done += more * docs.length;
    spent = process.hrtime.bigint() - start;
  }
}
batch(300000000n); // to be compiled by now
batch(100000000n);
console.log(Number(spent) / done);
"""


def ours(arguments):
    done = subprocess.run([arguments.program, arguments.schema, arguments.instances, "1"],
                          capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def walk(arguments):
    done = subprocess.run([arguments.walk, arguments.instances], capture_output=True, text=True,
                          check=True)
    return float(done.stdout)


def ajv(arguments):
    done = subprocess.run(["node", "-e", AJV, arguments.schema, arguments.instances],
                          capture_output=True, text=True, check=True,
                          env={**os.environ, "NODE_PATH": f"{arguments.ajv}/node_modules"})
    return float(done.stdout)


def blaze(arguments):
    with open(arguments.instances, encoding="utf-8") as lines, \
            tempfile.NamedTemporaryFile("w", suffix=".json") as first:
        first.write(lines.readline())
        first.flush()
        done = subprocess.run([arguments.blaze, "validate", arguments.schema, first.name, "--fast",
                               "--benchmark", "--loop", "100000"],
                              capture_output=True, text=True, check=True)
    return float(re.search(r"PASS ([0-9.]+)", done.stdout + done.stderr)[1]) * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("schema")
    parser.add_argument("instances")
    parser.add_argument("--walk")
    parser.add_argument("--ajv")
    parser.add_argument("--blaze")
    parser.add_argument("--batches", type=int, default=5)
    arguments = parser.parse_args()
    figures = {}
    for _ in range(arguments.batches):
        mine = ours(arguments)
        for key in ("ns", "compile_ns", "parse_ns"):
            figures.setdefault(key, []).append(mine[key][0])
        if arguments.walk:
            figures.setdefault("walk_ns", []).append(walk(arguments))
        if arguments.ajv:
            figures.setdefault("ajv_ns", []).append(ajv(arguments))
        if arguments.blaze:
            figures.setdefault("blaze_ns", []).append(blaze(arguments))
    medians = {key: round(statistics.median(values), 1) for key, values in figures.items()}
    for other in ("walk", "ajv", "blaze"):
        if f"{other}_ns" in medians:
            medians[f"ratio_to_{other}"] = round(medians["ns"] / medians[f"{other}_ns"], 2)
    print(json.dumps(medians))


if __name__ == "__main__":
    main()
