"""Plays an interpreter that runs `calls.py`: each call names what it does.

`START` says how it begins: "well", "noise", "refuse", "hang" or "die".
"""

import json
import os
import sys
import time


def main():
    start = os.environ["START"]
    if start == "noise":
        print("a line that sitecustomize prints")
        print(json.dumps(["no", "answer"]))
    json.loads(sys.stdin.readline())
    if start == "refuse":
        say(kind="error", what="shop cannot be imported", why="ImportError", fix="mend it")
        time.sleep(600)  # a thread of the app keeps it from ending
    elif start == "hang":
        time.sleep(600)
    elif start == "die":
        sys.exit("redis.exceptions.ConnectionError: redis://:hunter2@box:6379 is away")
    say(kind="ready")
    for line in sys.stdin:
        answer(**json.loads(line))


def answer(id, kind, **given):
    if kind == "hang":
        time.sleep(600)
    elif kind == "die":
        print("ModuleNotFoundError: No module named 'requests'", file=sys.stderr, flush=True)
        os._exit(1)
    elif kind == "fail":
        why = "redis://me:hunter2@box refused"
        say(id=id, kind="error", what="fail failed", why=why, fix="see the broker")
    else:
        say(id=id, kind="answer", pid=os.getpid(), **given)


def say(**fields):
    print(json.dumps(fields), flush=True)


main()
