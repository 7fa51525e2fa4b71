"""nex schema validate and nex workload check --schema, as an editor or CI would use them."""

import json
import pathlib
import subprocess
import sys
import tempfile

SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "kind": {"enum": ["service", "job", "function"]},
        "replicas": {"type": "integer", "maximum": 10},
        "password": {"type": "integer"},
        "pin": {"writeOnly": True, "maximum": 5},
        "source": {"oneOf": [
            {"type": "string"},
            {"properties": {"file": {"type": "string"}}, "required": ["file"],
             "additionalProperties": False},
        ]},
    },
    "required": ["name"],
    "additionalProperties": False,
}
YAML = """# a comment
name: x
kind: servise
replicas: 50.0
pasword: 1
password: hunter2
pin: 1234
source:
  file: 5
"""
TOLD = [  # line, column, pointer, and what the text holds
    (3, 7, "/kind", 'did you mean "service"?'),
    (4, 11, "/replicas", "expected at most 10, got 50.0"),
    (5, 10, "/pasword", 'did you mean "password"?'),
    (6, 11, "/password", "not shown"),
    (7, 6, "/pin", "not shown"),
    (9, 3, "/source", "the closest is number 2"),
    (9, 9, "/source/file", "expected a string, got 5"),
]


class Command:
    def __init__(self, nex, folder):
        self.nex = nex
        self.folder = folder

    def write(self, name, text):
        (self.folder / name).write_text(text if isinstance(text, str) else json.dumps(text))

    def run(self, wanted, *words, given=""):
        done = subprocess.run([self.nex, *words], cwd=self.folder, input=given, text=True,
                              capture_output=True, timeout=60, check=False)
        assert done.returncode == wanted, (words, done)
        return done

    def reports(self, wanted, *words, given=""):
        """The lines of JSON of a schema validate --json."""
        done = self.run(wanted, "schema", "validate", "--json", *words, given=given)
        assert done.stderr == "", done
        return [json.loads(line) for line in done.stdout.splitlines()]


def check_text(command):
    command.write("schema.json", SCHEMA)
    command.write("faulty.yaml", YAML)
    said = command.run(1, "schema", "validate", "schema.json", "faulty.yaml").stderr
    assert "hunter2" not in said and "1234" not in said, said
    for line, column, pointer, text in TOLD:
        place = f"  faulty.yaml:{line}:{column}: {pointer}: "
        assert any(one.startswith(place) and text in one for one in said.splitlines()), (place, said)
    command.write("good.json", {"name": "a"})
    assert command.run(0, "schema", "validate", "schema.json", "good.json").stdout == ""
    assert command.run(0, "schema", "validate", "schema.json", "-", given="name: a\n").stdout == ""
    command.run(0, "schema", "validate", "schema.json", given='{"name": "a"}')
    command.run(1, "schema", "validate", "schema.json", "good.json", "faulty.yaml")


def check_basic(command):
    one = command.reports(1, "schema.json", "faulty.yaml")
    assert len(one) == 1 and set(one[0]) == {"valid", "errors"} and one[0]["valid"] is False
    for error in one[0]["errors"]:
        assert error["valid"] is False and error["error"], error
        assert set(error) >= {"keywordLocation", "instanceLocation", "line", "column"}, error
    places = {(e["instanceLocation"], e["line"]) for e in one[0]["errors"]}
    assert places == {(pointer, line) for line, _, pointer, _ in TOLD}, places
    assert "hunter2" not in json.dumps(one)
    assert command.reports(0, "schema.json", "good.json") == [{"valid": True}]
    two = command.reports(1, "schema.json", "good.json", "faulty.yaml")
    assert [(r["file"], r["valid"]) for r in two] == [("good.json", True), ("faulty.yaml", False)]
    broken = command.reports(1, "schema.json", given='{"name":')
    assert broken[0]["errors"][0]["line"] == 1 and "JSON" in broken[0]["errors"][0]["error"]


def check_lines(command):
    lines = '{"name":"a"}\n\n{"name":\n{"name":5}\r\n{"name":"b"}'
    told = command.reports(1, "--jsonl", "schema.json", "-", given=lines)
    assert [(r["line"], r["valid"]) for r in told] == [
        (1, True), (3, False), (4, False), (5, True)], told
    assert told[2]["errors"][0]["line"] == 4
    said = command.run(1, "schema", "validate", "--jsonl", "schema.json", "-", given=lines).stderr
    assert "standard input:3:" in said and "standard input:4:9: /name:" in said, said


def check_marked(command):
    """Files as some editors write them, with a byte order mark."""
    command.write("marked.json", "\ufeff" + json.dumps({"properties": {"n": {"type": "string"}}}))
    command.write("marked.yaml", "\ufeffm: [1, é]\nn: 5\n")
    command.write("pair.json", '\ufeff{"n": "\\ud83d\\ude00"}')
    said = command.run(1, "schema", "validate", "marked.json", "marked.yaml").stderr
    assert "marked.yaml:2:4: /n: expected a string, got 5" in said, said
    command.run(0, "schema", "validate", "marked.json", "pair.json")


def check_usage(command):
    command.write("broken.json", '{\n "properties": {\n  "a": {"type": "strng"}}}')
    command.write("broken.yaml", "properties:\n  a: {type: 5}\n")
    command.write("other.json", {"$schema": "http://json-schema.org/draft-04/schema#"})
    command.write("remote.json", {"$ref": "https://example.com/schema"})
    for schema, text in (("broken.json", "broken.json:3:17:"), ("broken.yaml", "broken.yaml:2:13:"),
                         ("other.json", "draft-07 and 2020-12 are known"),
                         ("remote.json", "nothing is fetched"), ("missing.json", "missing.json")):
        said = command.run(2, "schema", "validate", schema, "good.json").stderr
        assert text in said, said
    assert "missing.json" in command.run(2, "schema", "validate", "schema.json",
                                         "missing.json").stderr
    command.run(2, "schema", "validate")
    command.run(2, "schema", "validate", "--nope", "schema.json")


def check_nexfile(command):
    """Offline: no server is asked."""
    schema = {"type": "object", "properties": {"uri": {"type": "string", "format": "uri"},
                                               "argv": {"items": {"type": "string"}}},
              "required": ["uri"], "additionalProperties": False}
    command.write("request.json", schema)
    command.write("Nexfile", "name: a\ntype: native\nstart_request:\n  uri: file:///bin/true\n")
    words = ("workload", "check", "--schema", "request.json")
    assert "Nexfile is valid" in command.run(0, *words).stdout
    assert json.loads(command.run(0, "--json", *words).stdout) == {"valid": True}
    command.write("Nexfile", "name: a\nstart_request:\n  uri: no uri\n  argvs: []\n")
    said = command.run(1, *words).stderr
    assert "Nexfile:3:8: /start_request/uri:" in said, said
    assert "Nexfile:4:" in said and 'did you mean "argv"?' in said, said
    told = json.loads(command.run(1, "--json", *words).stdout)
    assert told["valid"] is False, told
    assert {(e["instanceLocation"], e["line"]) for e in told["errors"]} == {
        ("/uri", 3), ("/argvs", 4)}, told
    command.write("Nexfile", "name: a\nstart_requst: {}\n")
    assert 'did you mean "start_request"?' in command.run(1, *words).stderr
    command.write("request.json", {"type": 5})
    command.write("Nexfile", "name: a\nstart_request: {}\n")
    assert "request.json:1:10: schema /type: expected a type name" in command.run(2, *words).stderr
    command.write("request.yaml", "required: [uri]\n")
    assert "the member \"uri\" is missing" in command.run(
        1, "workload", "check", "--schema", "request.yaml").stderr
    command.run(2, "workload", "check", "--schema", "missing.json")
    command.run(2, "workload", "check", "-f", "missing.yaml", "--schema", "request.yaml")


def main():
    with tempfile.TemporaryDirectory() as folder:
        command = Command(sys.argv[1], pathlib.Path(folder))
        for check in (check_text, check_basic, check_lines, check_marked, check_usage, check_nexfile):
            check(command)


if __name__ == "__main__":
    main()
