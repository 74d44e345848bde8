"""Sends events as workers do, at a rate: `python flood.py PORT RATE SECONDS NODE`.

They are written to Redis as they stand on the wire, made beforehand, so that sending costs little.
Prints how many were sent, and the seconds that it took.
"""

import json
import socket
import sys
import time
import uuid
from base64 import b64encode

SLICE_S = 0.01
TASKS = 2000


def main() -> None:
    """Send, and count the answers of Redis."""
    port, rate, seconds = map(int, sys.argv[1:4])
    commands = events(sys.argv[4])
    count = round(rate * SLICE_S)
    with socket.create_connection(("127.0.0.1", port)) as redis:
        began = time.perf_counter()
        slices = round(seconds / SLICE_S)
        for number in range(slices):
            at = number * count % len(commands)
            batch = commands[at : at + count]
            batch += commands[: count - len(batch)]
            redis.sendall(b"".join(batch))
            answers = 0
            while answers < count:
                answers += redis.recv(65536).count(b"\n")
            pause_s = began + (number + 1) * SLICE_S - time.perf_counter()
            if pause_s > 0:
                time.sleep(pause_s)
        print(slices * count, time.perf_counter() - began)


def events(node: str) -> list[bytes]:
    """The three events of each of many tasks."""
    commands: list[bytes] = []
    for _ in range(TASKS):
        about = {"uuid": str(uuid.uuid4()), "hostname": node, "pid": 7, "clock": 1, "utcoffset": 0}
        call = {"name": "bench_app.noop", "args": "()", "kwargs": "{}", "retries": 0}
        more = {"root_id": about["uuid"], "parent_id": None, "eta": None, "expires": None}
        for kind, own in (
            ("received", {**call, **more}),
            ("started", {}),
            ("succeeded", {"result": "None", "runtime": 0.0004}),
        ):
            event = {**about, "type": f"task-{kind}", "timestamp": time.time(), **own}
            commands.append(published(f"/0.celeryev/task.{kind}", event))
    return commands


def published(channel: str, event: dict[str, object]) -> bytes:
    """The command that kombu would send (`kombu/transport/redis.py`, `_put_fanout`)."""
    envelope = {
        "body": b64encode(json.dumps(event).encode()).decode(),
        "content-encoding": "utf-8",
        "content-type": "application/json",
        "headers": {"hostname": event["hostname"]},
        "properties": {
            "delivery_mode": 1,
            "delivery_info": {"exchange": "celeryev", "routing_key": event["type"]},
            "priority": 0,
            "body_encoding": "base64",
            "delivery_tag": str(uuid.uuid4()),
        },
    }
    words = (b"PUBLISH", channel.encode(), json.dumps(envelope).encode())
    return b"*3\r\n" + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)


if __name__ == "__main__":
    main()
