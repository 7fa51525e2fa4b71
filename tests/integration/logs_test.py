"""nex workload logs: what is kept and what comes, joined without gap or repeat."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from nexus import DEADLINE, Follower, Nexus, node_seed, wait_for

NUMBERS = "i=0; while [ $i -lt {count} ]; do echo $i; i=$((i+1)); done;"


def numbers(first: int, last: int) -> str:
    return "".join(f"{i}\n" for i in range(first, last))


def shows_what_is_kept(nexus: Nexus) -> None:
    script = NUMBERS.format(count=3000) + "echo oops >&2; sleep 0.2; echo end; sleep 600"
    workload = nexus.workload(script)
    wait_for("the end", lambda: nexus.run("workload", "logs", workload)[0].endswith("end\n"))
    out, err = nexus.run("workload", "logs", workload)
    assert out == numbers(0, 3000) + "oops\nend\n" and err == "", err
    assert nexus.run("workload", "logs", "--tail", "3", workload)[0] == "2999\noops\nend\n"
    assert nexus.run("workload", "logs", "--tail", "0", workload)[0] == ""
    assert nexus.run("workload", "logs", "--stderr", workload)[0] == "oops\n"
    assert nexus.run("workload", "logs", "--since", "1ns", workload)[0] == ""
    assert nexus.run("workload", "logs", "--since", "1h", workload)[0] == out
    lines = nexus.run("--json", "workload", "logs", "--tail", "2", workload)[0].splitlines()
    last = [json.loads(line) for line in lines]
    assert [(x["stream"], x["text"]) for x in last] == [("stderr", "oops"), ("stdout", "end")]
    assert last[1]["sequence"] == last[0]["sequence"] + 1 and last[0]["time"] <= last[1]["time"]
    # Nobody reads what belongs to others, and they are not told that it exists.
    for words in (["logs", workload], ["logs", "-f", workload], ["info", workload]):
        out, err = nexus.run("--namespace", "other", "workload", *words, status=1)
        assert out == "" and "not found" in err, err
    nexus.run("workload", "stop", workload)
    assert "not found" in nexus.run("workload", "logs", workload, status=1)[1]


def is_refused_to_other_namespaces_by_the_node(nexus: Nexus) -> None:
    """Also to those who ask the node themselves."""
    import socket

    workload = nexus.workload("echo secret; sleep 600", "--name", "mine")
    node = nexus.listed(workload)["node_id"]
    for subject, namespace in (("other", "other"), ("other", "system"), ("other", "default")):
        for verb in ("WLOGS", "WINFO"):
            body = json.dumps({"namespace": namespace})
            with socket.create_connection(("127.0.0.1", nexus.port), DEADLINE) as s:
                s.sendall(
                    b'CONNECT {"verbose":false,"headers":true,"no_responders":true}\r\n'
                    + b"SUB answer 1\r\n"
                    + f"PUB $NEX.SVC.{subject}.control.{verb}.{node}.{workload} answer".encode()
                    + f" {len(body)}\r\n{body}\r\n".encode()
                )
                got = b""
                while b"HMSG" not in got or b"}" not in got.split(b"HMSG", 1)[1]:
                    got += s.recv(65536)
            assert b"secret" not in got and b"/bin/sh" not in got, got
            assert b"Error-Code: 404" in got or b"Error-Code: 403" in got, got
    nexus.run("workload", "stop", workload)


def follows_without_gap_or_repeat(nexus: Nexus) -> None:
    """Followers that begin at any time see all, while it is written as fast as a shell can."""
    script = NUMBERS.format(count=40000) + "exit 3"
    workload = nexus.workload(script, "--lifecycle", "job")
    followers = [Follower(nexus, workload) for _ in range(3)]
    for follower in followers:
        assert follower.wait_end() == numbers(0, 40000)
    # After the end there is nothing to follow.
    assert Follower(nexus, workload).wait_end() == numbers(0, 40000)
    assert Follower(nexus, "--tail", "2", workload).wait_end() == numbers(39998, 40000)
    nexus.run("workload", "stop", workload)


def outlives_node_and_server(nexus: Nexus) -> None:
    """The node is killed and the server started anew below a follower."""
    gate = nexus.dir / "gate"
    script = f"echo begin; while [ ! -e {gate} ]; do sleep 0.05; done; echo end; sleep 600"
    words = ["--tags", "where=beta", "--node-seed", node_seed()]
    node = nexus.node("beta", *words)
    workload = nexus.workload(script, "--tags", "where=beta")
    follower = Follower(nexus, workload)
    follower.wait_text("begin\n")
    node.end(signal.SIGKILL)
    gate.touch()
    node = nexus.node("beta", *words)
    follower.wait_text("end\n")
    nexus.run("workload", "stop", workload)
    assert follower.wait_end() == "begin\nend\n"
    assert node.end() == 0


def keeps_what_a_frozen_server_does_not_take(nexus: Nexus) -> None:
    """The workload writes on, in its own time; all of it is there afterwards."""
    done = nexus.dir / "done"
    gate = nexus.dir / "frozen"
    line = "x" * 999
    script = (
        f"echo begin; while [ ! -e {gate} ]; do sleep 0.02; done; i=0; "
        f"while [ $i -lt 30 ]; do yes {line} | head -n 500; i=$((i+1)); done; "
        f"echo end; touch {done}; sleep 600"
    )
    workload = nexus.workload(script, logs={"size": 64 << 20, "count": 2})
    follower = Follower(nexus, workload)
    follower.wait_text("begin\n")
    nexus.server.child.send_signal(signal.SIGSTOP)
    gate.touch()
    wait_for("15 MB written while the server is frozen", done.exists)
    nexus.server.child.send_signal(signal.SIGCONT)
    follower.wait_text("end\n")
    nexus.run("workload", "stop", workload)
    assert follower.wait_end() == "begin\n" + (line + "\n") * 15000 + "end\n"


def keeps_what_is_written_without_a_server(nexus: Nexus) -> None:
    """And says what fell out of the bounded log meanwhile."""
    gate = nexus.dir / "gone"
    done = nexus.dir / "written"
    script = (
        f"echo begin; while [ ! -e {gate} ]; do sleep 0.02; done; "
        f"seq -f %0999.0f 1 30000; touch {done}; echo end; sleep 600"
    )
    workload = nexus.workload(script, logs={"size": 4 << 20, "count": 2})
    follower = Follower(nexus, workload)
    follower.wait_text("begin\n")
    nexus.server.end(signal.SIGKILL)
    gate.touch()
    wait_for("30 MB written while there is no server", done.exists)
    nexus.server = nexus.start_server()
    follower.wait_text("end\n")
    kept = nexus.run("workload", "logs", workload)[0].splitlines()
    assert 3000 < len(kept) < 9000 and kept[-1] == "end", len(kept)
    first = int(kept[0])
    assert [int(line) for line in kept[:-1]] == list(range(first, 30001))
    missed = int(nexus.listed(workload)["metadata"]["log_missed"])
    nexus.run("workload", "stop", workload)
    lines = follower.wait_end().splitlines()
    seen = [int(line) for line in lines[1:-1]]
    # What the feed could not hold and the log no longer has is not there, and that is said.
    assert seen == sorted(set(seen)) and 3000 < len(seen) < 30000, len(seen)
    assert missed > 0 and "pieces of output are no longer kept" in follower.err.read_text()


def a_frozen_reader_holds_up_nobody(nexus: Nexus) -> None:
    """It has all of it, once it goes on; those that are not frozen had it before."""
    gate = nexus.dir / "reader"
    script = (
        f"echo begin; while [ ! -e {gate} ]; do sleep 0.02; done; "
        "seq -f %0999.0f 1 8000; echo end; exec sleep 600"
    )
    workload = nexus.workload(script, logs={"size": 64 << 20, "count": 2})
    frozen, quick = Follower(nexus, workload), Follower(nexus, workload)
    for follower in (frozen, quick):
        follower.wait_text("begin\n")
    frozen.child.send_signal(signal.SIGSTOP)
    gate.touch()
    quick.wait_text("end\n")
    assert "end" not in frozen.text()
    frozen.child.send_signal(signal.SIGCONT)
    frozen.wait_text("end\n")
    nexus.run("workload", "stop", workload)
    expected = "begin\n" + "".join(f"{i:0999}\n" for i in range(1, 8001)) + "end\n"
    assert quick.wait_end() == expected
    assert frozen.wait_end() == expected


def says_when_nothing_is_kept(nexus: Nexus) -> None:
    """An agent that keeps no output can still be followed."""
    agent = nexus.start(
        [str(nexus.build / "bin" / "nexlet-inmem"), "--server", nexus.url], "inmem"
    )
    started: list[str] = []

    def placed() -> bool:
        assert agent.child.poll() is None
        words = ["workload", "start", "--type", "inmem", "--start-request", "{}"]
        try:
            started.append(str(nexus.json(*words)["id"]))
        except AssertionError:
            return False
        return True

    wait_for("the agent", placed)
    workload = started[0]
    out, err = nexus.run("workload", "logs", workload, status=1)
    assert out == "" and "output of the past cannot be had" in err and "--follow" in err, err
    follower = Follower(nexus, "--tail", "3", workload)
    wait_for("a warning", lambda: "no effect" in follower.err.read_text())
    nexus.run("workload", "stop", workload)
    follower.wait_end()


def main() -> None:
    build = Path(sys.argv[1]).resolve()
    with Nexus(build) as nexus:
        nexus.node("alpha", "--allow-remote-agent-registration", "--tags", "where=alpha")
        for test in (
            shows_what_is_kept,
            is_refused_to_other_namespaces_by_the_node,
            follows_without_gap_or_repeat,
            says_when_nothing_is_kept,
            a_frozen_reader_holds_up_nobody,
            outlives_node_and_server,
            keeps_what_a_frozen_server_does_not_take,
            keeps_what_is_written_without_a_server,
        ):
            print(test.__name__, flush=True)
            test(nexus)


if __name__ == "__main__":
    main()
