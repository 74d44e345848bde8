"""Plays an interpreter that runs a worker: `ACTS` says what it does, run by run.

`ACTS` is a JSON list of acts, the last of which is repeated; an act is a list of steps:
"ready", "take ID", "begin ID", "end ID", "log TEXT", "raw TEXT" (as telemetry), "stopped" (wait
until asked to stop), "hang", "exit CODE", "die". "early CODE" comes first or not at all: it ends
before anything is said or read. The runs of each node are counted in the folder `COUNTS`.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path


def main():
    node = sys.argv[-1]
    count = Path(os.environ["COUNTS"], node)
    run = int(count.read_text()) if count.exists() else 0
    count.write_text(str(run + 1))
    acts = json.loads(os.environ["ACTS"])
    act = acts[min(run, len(acts) - 1)]
    if act[0].startswith("early"):
        os._exit(int(act[0].split()[1]))
    if os.environ.get("PLAIN") is None:
        say("note", text="node " + json.loads(sys.stdin.readline())["node"])
    for step in act:
        play(*step.split(" ", 1))


def play(what, about=""):
    if what == "ready":
        say("ready")
    elif what == "take":
        say(
            "received",
            **{"id": about, "name": "shop.add", "args": "()", "kwargs": "{}", "queue": "celery"},
            **{"retries": 0, "tag": "tag-" + about, "redelivered": False, "acks_late": False},
        )
    elif what == "begin":
        say("started", id=about, name="shop.add")
    elif what == "end":
        say("succeeded", id=about, name="shop.add", runtime=0.1, result="3")
    elif what == "log":
        print(about, file=sys.stderr, flush=True)
    elif what == "raw":
        print(about, flush=True)
    elif what == "stopped":
        sys.stdin.readline()
        say("stopping", how="asked")
    elif what == "hang":
        time.sleep(600)
    elif what == "exit":
        sys.stdout.flush()
        os._exit(int(about))
    elif what == "die":
        os.kill(os.getpid(), signal.SIGKILL)


def say(kind, **fields):
    print(json.dumps({"kind": kind, "t": time.time(), **fields}), flush=True)


main()
