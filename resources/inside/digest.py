"""Counts what workers tell, so that a flood of events becomes a few lines a second.

Each line tells all there is of one process of one worker since it was first heard, whatever was
told before:

    {"kind": "digest", "node", "pid", "t", "received", "started", "succeeded", "failed", "retried",
    "revoked", "rejected", "by_beat", "unended", "running", "now", "last"}

`running` counts the tasks that run; `now` are the first of them to have begun (`id`, `name`, `t`),
and `last` the last runs to end (also `how` and `runtime`). `by_beat` and `unended` are what
heartbeats are held against (`core/workers/foreign.py`): how many tasks had begun when the last
heartbeat was sent, by the worker's own clock, and how many ends were missed: more of the tasks that
had begun by then ran on than it said. A line goes before each heartbeat, others not more often than
every `TELL_S`. Standard library only, Python 3.8.
"""

import time
from collections import OrderedDict, deque

TELL_S = 0.25
WORKERS_KEPT = 500
NAMES_KEPT = 10000
RUNNING_KEPT = 10000
RUNNING_TOLD = 20
LAST_KEPT = 20

#: The events that end a task's run, and the count that each goes into.
ENDS = {
    "task-succeeded": "succeeded",
    "task-failed": "failed",
    "task-retried": "retried",
    "task-revoked": "revoked",
    "task-rejected": "rejected",
}


class Digest(object):
    """All workers that were heard; `say` takes the fields of a line."""

    def __init__(self, say, clock=time.monotonic):
        self._say = say
        self._clock = clock
        self._workers = OrderedDict()
        self._names = OrderedDict()
        self._changed = {}
        self._tell_at = 0.0

    def take(self, event):
        """Count one event. What it raises says that this is none of Celery's."""
        kind, at = event["type"], float(event["timestamp"])
        key = (event["hostname"], event["pid"])
        worker = self._workers.get(key) or self._new(*key)
        if kind.startswith("worker-"):
            self._changed.pop(key, None)
            worker.look_back()
            self._say(**worker.told())
            if kind != "worker-offline":
                worker.beat(at, event.get("active"), event.get("processed"))
        elif worker.take(kind, event["uuid"], at, event, self._names):
            self._changed[key] = worker

    def tell(self):
        """Say what changed, unless that was a moment ago."""
        if self._changed and self._clock() >= self._tell_at:
            self._tell_at = self._clock() + TELL_S
            changed, self._changed = self._changed, {}
            for worker in changed.values():
                self._say(**worker.told())

    def _new(self, node, pid):
        if not isinstance(node, str) or type(pid) is not int:
            raise TypeError("a worker without a name or a number")
        worker = self._workers[node, pid] = Worker(node, pid)
        if len(self._workers) > WORKERS_KEPT:
            gone, _ = self._workers.popitem(last=False)
            self._changed.pop(gone, None)
        return worker


class Worker(object):
    """One process of one worker."""

    def __init__(self, node, pid):
        self._node = node
        self._pid = pid
        self._counts = dict.fromkeys(("received", "started", *ENDS.values()), 0)
        self._beat = None  # when, and how many tasks ran then
        self._by_beat = 0
        self._unended = 0
        self._running = OrderedDict()  # id: (name, when), in the order in which they began
        self._last = deque(maxlen=LAST_KEPT)

    def take(self, kind, task_id, at, event, names):
        """Count an event of a task; whether it is of a kind that counts."""
        if not isinstance(task_id, str):
            raise TypeError("a task without an id")
        if kind == "task-received":
            self._counts["received"] += 1
            names[task_id] = event["name"]
            if len(names) > NAMES_KEPT:
                names.popitem(last=False)
        elif kind == "task-started":
            self._counts["started"] += 1
            if self._beat is not None and at <= self._beat[0]:
                self._by_beat += 1
            self._running[task_id] = (names.get(task_id), at)
            if len(self._running) > RUNNING_KEPT:
                self._running.popitem(last=False)
        elif kind in ENDS:
            self._counts[ENDS[kind]] += 1
            self._running.pop(task_id, None)
            runtime = event.get("runtime")
            runtime = runtime if isinstance(runtime, (int, float)) else None
            self._last.append(
                {
                    "id": task_id,
                    "name": names.pop(task_id, None),
                    "how": ENDS[kind],
                    "t": at,
                    "runtime": runtime,
                }
            )
        else:
            return False
        return True

    def look_back(self):
        """Give up tasks that no longer run, by the last heartbeat."""
        if self._beat is None:
            return
        beat_at, active = self._beat
        still = [id_ for id_, (_, began) in self._running.items() if began <= beat_at]
        for id_ in still[: max(0, len(still) - active)]:
            del self._running[id_]
            self._unended += 1

    def beat(self, at, active, processed):
        """Remember a heartbeat; the answer to a broadcast has no numbers, and is none."""
        if isinstance(active, int) and isinstance(processed, int):
            self._beat = (at, active)
            self._by_beat = self._counts["started"]

    def told(self):
        """The fields of its line."""
        running = list(self._running.items())[:RUNNING_TOLD]
        return dict(
            self._counts,
            kind="digest",
            node=self._node,
            pid=self._pid,
            by_beat=self._by_beat,
            unended=self._unended,
            running=len(self._running),
            now=[{"id": id_, "name": name, "t": began} for id_, (name, began) in running],
            last=list(self._last),
        )
