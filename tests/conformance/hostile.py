"""Schemas and instances made to hurt, given to nex schema validate and to nex-bowtie.

Each must end in an answer or an error within half a second of CPU time and 64 MB, and neither
program may crash. With --sanitized, as in the ordinary tests, memory is not looked at and time
only roughly; a release build is held to both:

    python3 tests/conformance/hostile.py --nex build/release/bin/nex \
        --harness build/release/bin/nex-bowtie
"""

import argparse
import functools
import json
import multiprocessing
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from harness import Harness

SECONDS, MEGABYTES = 0.5, 64
MANY = 100_000
VALID, INVALID, USAGE = 0, 1, 2


def nested(opening, closing, depth, inner="1"):
    return opening * depth + inner + closing * depth


def doubling(form, depth=60):
    """A schema whose evaluation doubles with each of its definitions."""
    definitions = {str(i): form({"$ref": f"#/$defs/{i + 1}"}) for i in range(depth)}
    definitions[str(depth)] = {"items": {"minimum": 0}}
    return json.dumps({"$ref": "#/$defs/0", "$defs": definitions})


def many(count, form):
    return ",".join(form(i) for i in range(count))


def nonsense():
    """Every keyword with values of every type, none of which may do more than be refused."""
    keywords = ("$ref", "$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$schema", "$defs",
                "type", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if", "properties",
                "patternProperties", "additionalProperties", "propertyNames", "items",
                "prefixItems", "contains", "minContains", "required", "dependentSchemas",
                "dependentRequired", "multipleOf", "maximum", "minLength", "pattern", "format",
                "uniqueItems", "unevaluatedItems", "unevaluatedProperties", "$vocabulary")
    values = ("null", "true", "-1", "1e400", "-0.0", '""', '"#"', '"("', "[]", "[[]]", "{}",
              '{"a":7}', "[1e400]", '"\\u0000"', '"%"', '"\\ud83d\\ude00"')
    return [f'{{"{k}":{v}}}' for k in keywords for v in values]


def turned(i):
    """An object of twelve members, which begin with another one each time."""
    return "{" + many(12, lambda k: f'"k{(i + k) % 12}":{(i + k) % 12}') + "}"


def mixed(h):
    h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9 & 2**64 - 1
    h = (h ^ h >> 27) * 0x94D049BB133111EB & 2**64 - 1
    return h ^ h >> 31


@functools.cache
def colliding():
    """An array of texts that the engine gives one hash; see hash_bytes in sdk/src/json/compare.c."""
    rng = random.Random(1)
    texts = []
    while len(texts) < 3000:
        first = bytes(rng.choices(b"abcdefghijklmnop", k=8))
        # the second eight bytes undo the first
        second = mixed(16 ^ int.from_bytes(first, "little")) ^ 0x5151515151515151
        text = first + second.to_bytes(8, "little")
        if text.isascii():
            texts.append(text.decode())
    return json.dumps(texts)


def deep():
    return [
        ("deep instance", '{"items":{"$ref":"#"}}', nested("[", "]", MANY), INVALID),
        ("deep objects", "{}", nested('{"a":', "}", MANY), INVALID),
        ("never closed", "{}", "[" * MANY, INVALID),
        ("deep schema", nested('{"not":', "}", MANY, "true"), "1", USAGE),
        ("deep anyOf", nested('{"anyOf":[', "]}", MANY, "true"), "1", USAGE),
        ("anyOf as deep as is taken", nested('{"anyOf":[', "]}", 250, "false"), "1", INVALID),
        ("deep YAML", "{}", nested("[", "]", MANY).replace("[", "[ "), INVALID),
        ("deep pattern", json.dumps({"pattern": nested("(", ")", 20000, "a")}), '"a"', USAGE),
    ]


def cycles():
    return [
        ("cycle of one", '{"$ref":"#"}', "1", None),
        ("cycle of two", '{"$ref":"#/$defs/a","$defs":{"a":{"allOf":[{"$ref":"#"}]}}}', "1", None),
        ("cycle of anyOf", '{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}', "[1]", None),
        ("dynamic cycle", '{"$dynamicAnchor":"a","$dynamicRef":"#a"}', "1", None),
        ("doubling allOf", doubling(lambda r: {"allOf": [r, r]}), "[1,2]", None),
        ("doubling oneOf", doubling(lambda r: {"oneOf": [r, {"not": r}]}), "[1,2]", None),
        ("doubling if", doubling(lambda r: {"if": r, "then": r, "else": r}), "[1,2]", None),
        ("doubling unevaluated",
         doubling(lambda r: {"unevaluatedItems": False, "anyOf": [r, r]}), "[1,2]", None),
    ]


def texts():
    a = "a" * 40 + "!"
    return [
        ("(a+)+$", '{"pattern":"^(a+)+$"}', json.dumps(a), None),
        ("(a+)+$ often", '{"items":{"pattern":"^(a+)+$"}}', json.dumps([a] * 2000), None),
        ("(a|a)*", '{"pattern":"^(a|a)*$"}', json.dumps("a" * 5000 + "!"), None),
        ("(.*)* on a long text", '{"pattern":"^(.*a)*b$"}', json.dumps("a" * MANY), None),
        ("back references", '{"pattern":"^(a*)*\\\\1\\\\1$"}', json.dumps("a" * 3000 + "!"), None),
        ("huge repetition", '{"pattern":"((a{1000}){1000}){1000}"}', '"a"', USAGE),
        ("patterns of names",
         f'{{"patternProperties":{{{many(300, lambda i: f"{chr(34)}^(k|{i})+x${chr(34)}:true")}}}}}',
         f'{{{many(20000, lambda i: f"{chr(34)}key{i}{chr(34)}:0")}}}', None),
        ("exploding pattern of a name", '{"patternProperties":{"^(a+)+$":true}}',
         json.dumps({a: 1}), None),
        ("huge minLength", '{"minLength":1e400}', '"a"', INVALID),
        ("minLength beyond 64 bits", '{"minLength":18446744073709551616}', '"a"', INVALID),
        ("lone surrogate", "{}", '"\\ud800"', INVALID),
        ("lone surrogate in a schema", '{"const":"\\udc00"}', "1", USAGE),
        ("NUL in a text", '{"const":"a\\u0000b"}', '"a\\u0000c"', INVALID),
        ("NUL in a key", '{"properties":{"a\\u0000":false}}', '{"a\\u0000":1}', INVALID),
        ("NUL in a pattern", '{"pattern":"^a\\u0000b$"}', '"a\\u0000b"', VALID),
        ("bad UTF-8", b"{}", b'"\xff\xfe"', INVALID),
        ("overlong UTF-8", b"{}", b'"\xc0\x80"', INVALID),
        ("bad UTF-8 in a schema", b'{"title":"\xed\xa0\x80"}', b"1", USAGE),
        ("NUL bytes", b"{}", b"\x00\x00\x00", INVALID),
    ]


def numbers():
    return [
        ("1e400", '{"type":"integer","maximum":1e399}', "1e400", INVALID),
        ("1e400 is an integer", '{"type":"integer"}', "1e400", VALID),
        ("a huge exponent", '{"multipleOf":0.1,"minimum":1e-999999999}', "1e999999999", VALID),
        ("an exponent beyond 64 bits", '{"multipleOf":7}', "1e99999999999999999999", INVALID),
        ("1e-400", '{"type":"integer"}', "1e-400", INVALID),
        ("-0 is 0", '{"const":0,"minimum":0,"multipleOf":3}', "-0.0", VALID),
        ("a tiny divisor of a huge number", '{"multipleOf":1e-300}', "1e300", VALID),
        ("an odd divisor of a huge number", '{"multipleOf":3e-300}', "1e300", INVALID),
        ("numbers of one value", '{"uniqueItems":true}', "[1e400,10e399]", INVALID),
        ("a long divisor", f'{{"multipleOf":1{"7" * 5000}}}', "1e100000", None),
        ("a long number", '{"multipleOf":0.123456789012345678901}', "1" * MANY, None),
        ("a long fraction", '{"const":1}', "1." + "0" * MANY, VALID),
    ]


def sizes():
    enum = f'{{"enum":[{many(MANY, lambda i: f"{chr(34)}v{i}{chr(34)}")}]}}'
    objects = f"[{many(MANY, lambda i: f'{{{chr(34)}a{chr(34)}:{i}}}')}]"
    return [
        ("huge enum", enum, '"v99999"', VALID),
        ("huge enum, not in it", enum, '"w"', INVALID),
        ("huge enum of objects", f'{{"enum":{objects}}}', '{"a":-1}', INVALID),
        ("uniqueItems", '{"uniqueItems":true}', f"[{many(MANY, str)}]", VALID),
        ("uniqueItems of texts", '{"uniqueItems":true}',
         f"[{many(MANY, lambda i: f'{chr(34)}v{i}{chr(34)}')}]", VALID),
        ("uniqueItems of texts with one hash", '{"uniqueItems":true}', colliding(), None),
        ("an enum of texts with one hash", f'{{"enum":{colliding()}}}', "1", USAGE),
        ("uniqueItems of objects alike but for their order", '{"uniqueItems":true}',
         "[" + many(3000, lambda i: turned(i)) + "]", INVALID),
        ("a text of 10 MB", '{"minLength":20000000,"maxLength":5}', json.dumps("x" * 10**7), USAGE),  # files are of 4 MiB at most
        ("a text of 4 MB", '{"minLength":20000000,"maxLength":5}', json.dumps("x" * 4 * 10**6), INVALID),
        ("a wide text of 4 MB", '{"minLength":2000000,"maxLength":2000000}',
         json.dumps("é" * 2 * 10**6, ensure_ascii=False), VALID),
        ("a wide text of 10 MB", '{"minLength":5000000,"maxLength":5000000}',
         json.dumps("é" * 5 * 10**6, ensure_ascii=False), USAGE),
        ("a text of 10 MB for a pattern", '{"pattern":"^(a|b)*c$"}', json.dumps("ab" * 5 * 10**6), None),
        ("patterns times members",
         f'{{"patternProperties":{{{many(2000, lambda i: f"{chr(34)}[a-z]{i}$|^x.*{i}{chr(34)}:{{}}")}}}}}',
         f'{{{many(MANY, lambda i: f"{chr(34)}key{i}{chr(34)}:0")}}}', None),
        ("uniqueItems of objects", '{"uniqueItems":true}', objects, VALID),
        ("uniqueItems of doubles", '{"uniqueItems":true}',
         f"[{many(MANY, lambda i: f'{i}.5')},0.5]", INVALID),
        ("many members", '{"additionalProperties":{"type":"null"}}',
         f'{{{many(MANY, lambda i: f"{chr(34)}k{i}{chr(34)}:{i}")}}}', INVALID),
        ("many properties",
         f'{{"properties":{{{many(MANY, lambda i: f"{chr(34)}k{i}{chr(34)}:{{}}")}}}}}',
         '{"k5":1}', VALID),
        ("many branches", f'{{"oneOf":[{many(50000, lambda i: f"{{{chr(34)}const{chr(34)}:{i}}}")}]}}',
         "-1", INVALID),
        ("branches times items",
         f'{{"items":{{"anyOf":[{many(2000, lambda i: f"{{{chr(34)}const{chr(34)}:{i}}}")}]}}}}',
         f"[{many(20000, lambda i: '-1')}]", None),
        ("required of many", f'{{"required":[{many(MANY, lambda i: f"{chr(34)}k{i}{chr(34)}")}]}}',
         "{}", INVALID),
        ("YAML aliases", "{}", "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
            f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n"
            for i in range(9)), INVALID),
    ]


def bytes_of(text):
    return text if isinstance(text, bytes) else text.encode()


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_megabytes(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines()
                if line.startswith("VmHWM")) / 1024


def run_commands(pipe):
    """
    In a process of its own that stays small: what a child takes at most is counted from before it
    became another program.
    """
    while (words := pipe.recv()) is not None:
        program = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = program.stderr.read().decode()
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        pipe.send((program.returncode, said, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))


class Trial:
    def __init__(self, arguments):
        self.arguments = arguments
        self.pipe, theirs = multiprocessing.Pipe()
        self.runner = multiprocessing.Process(target=run_commands, args=(theirs,))
        self.runner.start()
        self.seconds = 20 if arguments.sanitized else SECONDS
        self.faults = []
        self.slowest = (0, "")
        self.largest = (0, "")

    def judge(self, name, seconds, megabytes):
        self.slowest = max(self.slowest, (seconds, name))
        self.largest = max(self.largest, (megabytes, name))
        if seconds > self.seconds:
            self.faults.append(f"{name}: took {seconds:.2f} s")
        if megabytes > MEGABYTES and not self.arguments.sanitized:
            self.faults.append(f"{name}: took {megabytes:.0f} MB")

    def command(self, work, name, schema, instance, wanted):
        (work / "schema.json").write_bytes(bytes_of(schema))
        (work / "instance").write_bytes(bytes_of(instance))
        self.pipe.send([self.arguments.nex, "schema", "validate", str(work / "schema.json"),
                        str(work / "instance")])
        code, said, seconds, megabytes = self.pipe.recv()
        self.judge(name, seconds, megabytes)
        allowed = {VALID, INVALID, USAGE} if wanted is None else {wanted}
        if code not in allowed:
            self.faults.append(f"{name}: exit status {code}, expected {wanted}: {said[:300]}")
        if code != VALID and not said.startswith("error: "):
            self.faults.append(f"{name}: no error is told: {said[:300]}")

    def library(self, harness, name, schema, instance):
        """The library through nex-bowtie, which has to parse the line and to answer it too."""
        line = (b'{"cmd":"run","seq":1,"case":{"schema":' + bytes_of(schema) +
                b',"tests":[{"instance":' + bytes_of(instance).replace(b"\n", b" ") + b"}]}}\n")
        try:
            before = cpu_seconds(harness.process.pid)
            harness.process.stdin.write(line)
            harness.process.stdin.flush()
            answer = json.loads(harness.process.stdout.readline())
            self.judge(f"nex-bowtie: {name}", cpu_seconds(harness.process.pid) - before, 0)
        except (OSError, ValueError) as error:
            self.faults.append(f"{name}: nex-bowtie: {error}")
            return
        if not {"results", "errored"} & set(answer):
            self.faults.append(f"{name}: nex-bowtie answers {answer}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nex", required=True, help="the program nex")
    parser.add_argument("--harness", required=True, help="the program nex-bowtie")
    parser.add_argument("--sanitized", action="store_true")
    arguments = parser.parse_args()
    trial = Trial(arguments)
    cases = deep() + cycles() + texts() + numbers() + sizes()
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            trial.command(pathlib.Path(folder), *case)
    trial.pipe.send(None)
    trial.runner.join()
    harness = Harness(arguments.harness, "draft2020-12", assert_format=True)
    for name, schema, instance, _ in cases:
        trial.library(harness, name, schema, instance)
    for schema in nonsense():
        trial.library(harness, schema, schema, "[{}]")
    trial.judge("nex-bowtie", 0, peak_megabytes(harness.process.pid))
    if harness.close() != 0:
        trial.faults.append("nex-bowtie did not end in order")
    print(f"{len(cases)} hostile pairs and {len(nonsense())} nonsense schemas; slowest: "
          f"{trial.slowest[0]:.2f} s ({trial.slowest[1]}), largest: {trial.largest[0]:.0f} MB "
          f"({trial.largest[1]})")
    for fault in trial.faults:
        print(fault)
    sys.exit(1 if trial.faults else 0)


if __name__ == "__main__":
    main()
