"""nex-bowtie's side of the protocol: seq, errors, broken lines, formats, and its end."""

import json
import subprocess
import sys

from harness import DIALECTS, Harness


def case(schema, *instances, **more):
    return {"description": "", "schema": schema,
            "tests": [{"description": "", "instance": i} for i in instances], **more}


def errored(answer, seq=None):
    assert answer["errored"] is True and answer["context"]["message"], answer
    assert answer["seq"] == seq and "results" not in answer, answer
    return answer["context"]["message"]


def exchange(program):
    harness = Harness(program, "draft2020-12")
    hello = harness.ask({"cmd": "start", "version": 1})
    assert hello["version"] == 1 and set(hello["implementation"]) >= {
        "name", "language", "dialects", "homepage", "issues", "source"}, hello
    assert set(hello["implementation"]["dialects"]) == set(DIALECTS.values())
    answer = harness.ask({"cmd": "run", "seq": {"any": [1, "x"]}, "output": "flag",
                          "case": case({"type": "integer"}, 1, 1.0, "x", 10**40, comment="why")})
    assert answer == {"seq": {"any": [1, "x"]}, "results": [
        {"valid": True}, {"valid": True}, {"valid": False}, {"valid": True}]}, answer
    answer = harness.ask({"cmd": "run", "seq": 2,
                          "case": case({"$ref": "x:i"}, 1, "a", registry={"x:i": {"type": "null"}})})
    assert [r["valid"] for r in answer["results"]] == [False, False]
    errored(harness.ask({"cmd": "run", "seq": 3, "case": case({"$ref": "x:i"}, 1, registry=None)}),
            3)
    return harness


def broken(harness):
    for schema in ({"type": 5}, {"$schema": "x:unknown"}, {"$ref": "#/nowhere"}, {"pattern": "("},
                   {"$ref": "https://example.com/remote"}, 12, {"required": ["a", "a"]}):
        errored(harness.ask({"cmd": "run", "seq": "s", "case": case(schema, 1)}), "s")
    assert "type name" in errored(
        harness.ask({"cmd": "run", "seq": 1, "case": case({"type": 5}, 1)}), 1)
    for line in ("", "nonsense", "{", "[]", "5", '{"cmd":"dance"}', '"\\ud800"', "\x00"):
        errored(harness.ask_text(line))
    errored(harness.ask_text('{"cmd":"dance","seq":7}'), 7)
    errored(harness.ask_text('{"cmd":"run","seq":7}'), 7)
    answer = harness.ask({"cmd": "run", "seq": 8, "case": case({"$ref": "#"}, 1)})
    assert answer["results"][0]["errored"] is True, answer
    answer = harness.ask({"cmd": "run", "seq": 9, "case": case({}, 1), "output": "annotations"})
    assert answer["results"][0]["skipped"] is True, answer


def dialects(harness):
    tuple_07 = case({"items": [{"type": "null"}]}, [None], [1])
    errored(harness.ask({"cmd": "run", "seq": 1, "case": tuple_07}), 1)
    harness.ask({"cmd": "dialect", "dialect": DIALECTS["draft7"]})
    answer = harness.ask({"cmd": "run", "seq": 2, "case": tuple_07})
    assert [r["valid"] for r in answer["results"]] == [True, False], answer
    newer = case({"$schema": DIALECTS["draft2020-12"], "prefixItems": [{"type": "null"}]}, [1])
    assert harness.ask({"cmd": "run", "seq": 3, "case": newer})["results"] == [{"valid": False}]


def odd_orders(program):
    """Commands out of order, twice, and with members that make no sense."""
    harness = Harness(program, "draft2020-12")
    null = case({"type": "null"}, None)
    for dialect in ("http://json-schema.org/draft-04/schema#", "", None, 5):
        assert harness.ask({"cmd": "dialect", "dialect": dialect}) == {"ok": False}
    assert harness.ask({"cmd": "dialect"}) == {"ok": False}
    assert harness.ask({"cmd": "run", "seq": 1, "case": null})["results"] == [{"valid": True}]
    for version in (2, "1", None):
        errored(harness.ask({"cmd": "start", "version": version}))
    assert harness.ask({"cmd": "start", "version": 1})["version"] == 1
    for broken_case in (5, None, [], {}, {"schema": True}, {"schema": True, "tests": {}},
                        {"tests": []}):
        errored(harness.ask({"cmd": "run", "seq": 2, "case": broken_case}), 2)
    answer = harness.ask({"cmd": "run", "seq": 3, "case": {
        "schema": True, "registry": 5, "tests": [1, None, [], {}, {"instance": 1}]}})
    assert ["valid" in r for r in answer["results"]] == [False] * 4 + [True], answer
    assert harness.ask({"cmd": "run", "seq": 4, "case": case(True)}) == {"seq": 4, "results": []}
    deep = json.loads("[" * 512 + "]" * 512)
    assert harness.run({}, [deep]) == [True]
    assert "512 deep" in harness.run({}, [[deep]])[0]
    assert harness.close() == 0


def registries(program):
    """Documents of the registry, which have the dialect of the run, refer to each other."""
    harness = Harness(program, "draft2020-12")
    base = "http://localhost:1234/"
    remotes = {f"{base}a.json": {"$defs": {"x": {"$ref": "sub/b.json"}}},
               f"{base}sub/b.json": {"$ref": "../c.json"}, f"{base}c.json": {"type": "null"},
               "urn:odd": False, "": {}, "rel/ative": 7, "x:broken": {"type": 5}}
    assert harness.run({"$ref": f"{base}a.json#/$defs/x"}, [1, None], remotes) == [False, True]
    assert harness.run({"$ref": "urn:odd"}, [1], remotes) == [False]
    assert "x:broken" in harness.run({"$ref": "x:broken"}, [1], remotes)[0]
    assert "nothing is fetched" in harness.run({"$ref": f"{base}a.json"}, [1])[0]  # of that run only
    older = {"x:t": {"items": [{"type": "null"}]}}
    assert "x:t" in harness.run({"$ref": "x:t"}, [[1]], older)[0]
    harness.ask({"cmd": "dialect", "dialect": DIALECTS["draft7"]})
    assert harness.run({"$ref": "x:t"}, [[1], [None]], older) == [False, True]
    assert harness.close() == 0


def formats(program):
    for assert_format in (False, True):
        for draft in DIALECTS:
            harness = Harness(program, draft, assert_format)
            assert harness.run({"format": "ipv4"}, ["x"]) == [not assert_format]
            assert harness.close() == 0


def ends(program):
    """End of input is as good as stop, and nothing but answers goes to standard output."""
    done = subprocess.run([program], input=b'{"cmd":"start","version":1}', capture_output=True,
                          check=True, timeout=20)
    assert len(done.stdout.splitlines()) == 1 and json.loads(done.stdout)["version"] == 1
    assert subprocess.run([program], input=b"", capture_output=True, check=True).stdout == b""
    done = subprocess.run([program], input=b'{"cmd":"stop"}\n{"cmd":"start","version":1}\n',
                          capture_output=True, check=True, timeout=20)
    assert done.stdout == b"", done


def main():
    program = sys.argv[1]
    harness = exchange(program)
    broken(harness)
    dialects(harness)
    assert harness.close() == 0
    odd_orders(program)
    registries(program)
    formats(program)
    ends(program)


if __name__ == "__main__":
    main()
