"""nex workload info: all there is, and nothing that is secret."""

from __future__ import annotations

import sys
from pathlib import Path

from nexus import Nexus, wait_for

SECRET = "hunter2-do-not-tell"


def shows_all_but_secrets(nexus: Nexus) -> None:
    workload = nexus.workload(
        "exit 7",
        "--name",
        "shown",
        "--description",
        "a test",
        environment={"TOKEN": SECRET, "EMPTY": ""},
        limits={"files": 512},
        restart={"policy": "always", "delay": "1ms", "limit": 2},
    )

    def given_up() -> bool:
        return str(nexus.listed(workload)["workload_state"]) == "error"

    wait_for("the workload to be given up", given_up)
    info = nexus.json("workload", "info", workload)
    assert info["id"] == workload and info["name"] == "shown", info
    assert info["node_name"] == "alpha" and info["agent_name"] == "nexlet-native", info
    assert info["agent_health"] == "healthy" and info["description"] == "a test", info
    assert info["metadata"]["restarts"] == "2" and info["metadata"]["exit"] == "7", info
    request = info["start_request"]
    assert request["uri"] == "/bin/sh" and request["limits"] == {"files": 512}, info
    # A client of ours seals the environment; a plain one is masked name by name.
    assert request["environment"] in ("***", {"TOKEN": "***", "EMPTY": "***"}), info
    out, err = nexus.run("workload", "info", workload)
    for text in ("shown", "a test", "alpha (", "nexlet-native (", "limits.files: 512", "exit: 7"):
        assert text in out, (text, out)
    assert SECRET not in out + err + str(info)
    nexus.run("workload", "stop", workload)
    assert "not found" in nexus.run("workload", "info", workload, status=1)[1]


def masks_urls(nexus: Nexus) -> None:
    argv = ["-c", "sleep 600", "nats://me:hunter2@host:4222/x"]
    workload = nexus.workload("", argv=argv)
    info = nexus.json("workload", "info", workload)
    assert info["start_request"]["argv"][2] == "nats://***@host:4222/x", info
    nexus.run("workload", "stop", workload)


def main() -> None:
    with Nexus(Path(sys.argv[1]).resolve()) as nexus:
        nexus.node("alpha")
        for test in (shows_all_but_secrets, masks_urls):
            print(test.__name__, flush=True)
            test(nexus)


if __name__ == "__main__":
    main()
