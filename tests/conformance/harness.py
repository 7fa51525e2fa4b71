"""Talks to nex-bowtie: one JSON object a line each way."""

import json
import subprocess

DIALECTS = {
    "draft7": "http://json-schema.org/draft-07/schema#",
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
}


class Harness:
    def __init__(self, program, draft, assert_format=False):
        command = [program] + (["--assert-format"] if assert_format else [])
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.seq = 0
        self.ask({"cmd": "start", "version": 1})
        assert self.ask({"cmd": "dialect", "dialect": DIALECTS[draft]}) == {"ok": True}

    def ask_text(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"nex-bowtie ended with {self.process.wait()} on {line[:300]}")
        return json.loads(answer)

    def ask(self, command):
        return self.ask_text(json.dumps(command))

    def run(self, schema, instances, registry=None, text_of=json.dumps):
        """A list with True, False or an error's text for each instance."""
        self.seq += 1
        case = {"description": "", "schema": schema, "registry": registry or {},
                "tests": [{"description": "", "instance": i} for i in instances]}
        answer = self.ask_text(text_of({"cmd": "run", "seq": self.seq, "case": case,
                                        "output": "flag"}))
        assert answer["seq"] == self.seq, answer
        if "results" not in answer:
            return [answer["context"]["message"]] * len(instances)
        return [r["valid"] if "valid" in r else r["context"]["message"]
                for r in answer["results"]]

    def close(self):
        self.process.stdin.write(b'{"cmd":"stop"}\n')
        self.process.stdin.close()
        return self.process.wait()
