"""Validation by nex-schema-bench beside other validators, where those are installed.

    python3 tests/bench/schema/compare.py build/release/bin/nex-schema-bench \
        SCHEMA.json INSTANCES.jsonl [--walk PROGRAM] [--valijson PROGRAM] [--ajv DIR]
        [--blaze PROGRAM] [--batches N]

--walk: jansson-walk, which is about start_request.json alone; --valijson: valijson-bench; --ajv: a
directory with Ajv 8 in node_modules; --blaze: the program jsonschema (sourcemeta), in its fast mode.
Takes turns, so that a noisy machine is noisy for all, and prints what it found as JSON.

A turn gives the mean over the instances, and each figure is the least of the turns, beside it the
median. Time is CPU time, but of Blaze's command, which knows the time of day only, of each validation
by itself, and takes off what reading the clock costs.
"""

import argparse
import json
import os
import re
import statistics
import subprocess

AJV = """
const fs = require("fs");
const schema = JSON.parse(fs.readFileSync(process.argv[1]));
const docs = fs.readFileSync(process.argv[2], "utf8").split("\\n").filter(Boolean).map(JSON.parse);
const Ajv = require(/draft-07/.test(schema.$schema || "") ? "ajv" : "ajv/dist/2020").default;
const validate = new Ajv({ strict: false, logger: false, validateFormats: false }).compile(schema);
let spent = 0, done = 0, valid = true;
function batch(wanted) {
  const start = process.cpuUsage();
  spent = 0;
  done = 0;
  for (let more = 1; spent < wanted; more *= 2) {
    for (const doc of docs) for (let i = 0; i < more; i++) valid = validate(doc) && valid;
    done += more * docs.length;
    const { user, system } = process.cpuUsage(start);
    spent = (user + system) * 1000;
  }
}
batch(3e8); // to be compiled by now
batch(1e8);
console.log(spent / done);
"""


def ours(arguments):
    done = subprocess.run([arguments.program, arguments.schema, arguments.instances, "1"],
                          capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def printed(*command):
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def ajv(arguments):
    done = subprocess.run(["node", "-e", AJV, arguments.schema, arguments.instances],
                          capture_output=True, text=True, check=True,
                          env={**os.environ, "NODE_PATH": f"{arguments.ajv}/node_modules"})
    return float(done.stdout)


def blaze(arguments):
    command = [arguments.blaze, "validate", arguments.schema, arguments.instances, "--fast",
               "--benchmark", "--loop", "1000"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = done.stdout + done.stderr
    return statistics.mean(float(spent) * 1000
                           for spent in re.findall(r"(?:PASS|FAIL) ([0-9.]+) \+-", said))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("schema")
    parser.add_argument("instances")
    parser.add_argument("--walk")
    parser.add_argument("--valijson")
    parser.add_argument("--ajv")
    parser.add_argument("--blaze")
    parser.add_argument("--batches", type=int, default=5)
    arguments = parser.parse_args()
    turns = {}
    for _ in range(arguments.batches):
        mine = ours(arguments)
        for key in ("ns", "compile_ns", "parse_ns"):
            turns.setdefault(key, []).append(mine[key][0])
        if arguments.walk:
            turns.setdefault("walk_ns", []).append(printed(arguments.walk, arguments.instances))
        if arguments.valijson:
            turns.setdefault("valijson_ns", []).append(
                printed(arguments.valijson, arguments.schema, arguments.instances))
        if arguments.ajv:
            turns.setdefault("ajv_ns", []).append(ajv(arguments))
        if arguments.blaze:
            turns.setdefault("blaze_ns", []).append(blaze(arguments))
    figures = {key: round(min(values), 1) for key, values in turns.items()}
    for other in ("walk", "valijson", "ajv", "blaze"):
        theirs = turns.get(f"{other}_ns")
        if theirs:
            figures[f"ratio_to_{other}"] = round(min(turns["ns"]) / min(theirs), 2)
            figures[f"median_ratio_to_{other}"] = round(
                statistics.median(turns["ns"]) / statistics.median(theirs), 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
