"""nex workload check: a Nexfile against the schema of a nexlet that runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from nexus import DEADLINE, Nexus, free_port

GOOD = """name: api
type: native
start_request:
  uri: file:///bin/sleep
  argv: ["60"]
"""

FAULTY = """name: api
type: native
start_request:
  uri: file:///bin/sleep
  restart:
    policy: alway
  environment:
    GREETING: hello
    COUNT: 5
  limits:
    files: -1
"""


def write(nexus: Nexus, name: str, text: str) -> str:
    (nexus.dir / name).write_text(text)
    return name


def check(nexus: Nexus, file: str, status: int) -> tuple[str, str]:
    return nexus.run("workload", "check", "-f", file, status=status)


def takes_what_fits(nexus: Nexus) -> None:
    write(nexus, "Nexfile", GOOD)
    out, _ = nexus.run("workload", "check")
    assert out == "Nexfile is valid\n", out
    good = {"name": "api", "type": "native", "start_request": {"uri": "file:///bin/true"}}
    out, _ = check(nexus, write(nexus, "good.json", json.dumps(good)), 0)
    assert out == "good.json is valid\n", out
    assert nexus.json("workload", "check", "-f", "good.json") == {"valid": True}
    assert nexus.json("workload", "list") == [], "a check starts nothing"


def places_what_does_not_fit(nexus: Nexus) -> None:
    file = write(nexus, "faulty.yaml", FAULTY)
    out, err = check(nexus, file, 1)
    assert out == "", out
    for text in (
        'got "alway"; did you mean "always"?',
        "faulty.yaml:6:13: /start_request/restart/policy: expected one of",
        "faulty.yaml:9:12: /start_request/environment/COUNT: expected a string",
        "faulty.yaml:11:12: /start_request/limits/files: expected at least 3, got -1",
    ):
        assert text in err, (text, err)
    told = json.loads(nexus.run("--json", "workload", "check", "-f", file, status=1)[0])
    assert told["valid"] is False, told
    places = {(e["instanceLocation"], e["line"], e["column"]) for e in told["errors"]}
    assert places == {
        ("/restart/policy", 6, 13),
        ("/environment/COUNT", 9, 12),
        ("/limits/files", 11, 12),
    }, told
    # What a start says of the same file is the same, and it starts nothing.
    said = nexus.run("workload", "start", "-f", file, status=1)[1]
    assert "faulty.yaml:9:12: /start_request/environment/COUNT:" in said, said


def refuses_what_is_no_nexfile(nexus: Nexus) -> None:
    for text, wanted in (
        ("name: api\nstart_requst: {}\n", 'did you mean "start_request"?'),
        ("name: [1\n", "broken.yaml:"),
        ("name: 5\ntype: native\nstart_request: {}\n", "broken.yaml:1:7"),
    ):
        err = check(nexus, write(nexus, "broken.yaml", text), 1)[1]
        assert wanted in err, (wanted, err)


def cannot_judge(nexus: Nexus) -> None:
    """Neither valid nor invalid, so neither 0 nor 1."""
    file = write(nexus, "other.yaml", GOOD.replace("native", "wasm"))
    err = check(nexus, file, 2)[1]
    assert "wasm" in err and "it has native" in err, err
    err = nexus.run("--json", "workload", "check", "-f", file, status=2)[1]
    assert json.loads(err)["error"]["code"] == "not_placed", err
    assert "missing.yaml" in check(nexus, "missing.yaml", 2)[1]
    nexus.run("workload", "check", "--nope", status=2)
    write(nexus, "schema.yaml", "properties:\n  uri: {type: 5}\n")
    err = nexus.run("workload", "check", "-f", "Nexfile", "--schema", "schema.yaml", status=2)[1]
    assert "schema.yaml:2:15: schema /properties/uri/type: expected a type name" in err, err
    words = nexus.words("--json", "workload", "check", "-f", "Nexfile")
    words[words.index("-s") + 1] = f"nats://127.0.0.1:{free_port()}"
    done = subprocess.run(words, capture_output=True, cwd=nexus.dir, timeout=DEADLINE)
    assert done.returncode == 2, done
    assert json.loads(done.stderr)["error"]["code"] == "unreachable", done


def main() -> None:
    with Nexus(Path(sys.argv[1]).resolve(), jetstream=False) as nexus:
        nexus.node("alpha")
        for test in (
            takes_what_fits,
            places_what_does_not_fit,
            refuses_what_is_no_nexfile,
            cannot_judge,
        ):
            print(test.__name__, flush=True)
            test(nexus)


if __name__ == "__main__":
    main()
