"""Runs the start command of a worker: is it ready, does a task come out, does it stop.

Standard library only, Python 3.8.
"""

import os
import re
import signal
import time
import uuid

from solofleet_inside.proof import processes
from solofleet_inside.proof.driving import until
from solofleet_inside.proof.programs import Failed, Program, shell

PROBE = "solofleet.probe"
MODULE = "solofleet_probe"
LONG_S = 2.0
"""How long the task takes in whose midst SIGTERM comes."""
_READY = re.compile(r"(\S+@\S+) ready\.\s*$")


def lay_out_probe(folder, inside):
    """Write a module that makes the probe known to whichever app imports it."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(inside, "probe.py"), encoding="utf-8") as file:
        text = file.read()
    with open(os.path.join(folder, MODULE + ".py"), "w", encoding="utf-8") as file:
        file.write(text + "\n\nfrom celery import current_app\n\nregister(current_app)\n")


def with_probe(env, folder):
    """The variables by which the literal command imports the probe: Celery reads its options so."""
    path = os.pathsep.join(part for part in (env.get("PYTHONPATH"), folder) if part)
    include = ",".join(part for part in (env.get("CELERY_WORKER_INCLUDE"), MODULE) if part)
    return dict(env, PYTHONPATH=path, CELERY_WORKER_INCLUDE=include)


class Worker(object):
    """A worker by its literal command, with the driver that speaks to it."""

    def __init__(self, command, env, cwd, driver, say):
        self.driver = driver
        self.node = None
        self.queue = None
        self._pids = (None, ())
        self._program = Program(shell(command), env, cwd, say)

    def close(self):
        """End both."""
        self.driver.close()
        self._program.close()

    def ready(self, limit_s):
        """Wait until it answers or says so; what it tells of itself. Raises Failed."""
        node = until(self._sign, limit_s)
        if node is None:
            raise Failed(overdue=limit_s, lines=self._program.last())
        self.node = node
        stats = self.driver.ask("stats", node) or {}
        queues = self.driver.ask("active_queues", node) or [{}]
        self.queue = queues[0].get("name")
        pool = stats.get("pool", {})
        self._pids = (stats.get("pid"), tuple(pool.get("processes") or ()))
        kind = str(pool.get("implementation", "")).partition(":")[0].rpartition(".")[2]
        count = len(self._pids[1])
        return {"node": node, "pool": kind, "processes": count, "queue": self.queue}

    def _sign(self):
        if self._program.code() is not None:
            raise Failed(code=self._program.code(), lines=self._program.last())
        said = (_READY.search(line) for line in list(self._program.lines))
        node = next((match.group(1) for match in said if match), None)
        if node is None:  # its log may be silent, or its remote control
            nodes = self.driver.call("nodes", timeout_s=0.5)["nodes"]
            node = nodes[0] if nodes else None
        return node

    def run(self, task, args, kwargs, limit_s):
        """Send a task and await its result. Raises Failed."""
        known = self.driver.ask("registered", self.node)
        if known is not None and not any(each.split(" ")[0] == task for each in known):
            raise Failed(unknown=True, lines=self._program.last())
        before = self._children_memory()
        id_ = str(uuid.uuid4())
        began = time.monotonic()
        self.driver.send(id_, task, args, kwargs, self.queue)
        ended = until(lambda: self._alive() and self.driver.final(id_), limit_s)
        took_s = time.monotonic() - began
        if ended is None:
            raise Failed(overdue=limit_s, fate=self._fate(id_), lines=self._program.last())
        if ended["state"] != "SUCCESS":
            trace = (ended.get("traceback") or "").strip().splitlines()
            raise Failed(
                state=ended["state"],
                error=trace[-1] if trace else str(ended["result"]),
                lines=trace[-30:],
            )
        after = self._children_memory(processes.peak)
        grown = [after[pid] - size for pid, size in before.items() if pid in after]
        return {"took_s": took_s, "result": ended["result"], "grown": max([0, *grown])}

    def _alive(self):
        if self._program.code() is not None:
            raise Failed(code=self._program.code(), lines=self._program.last())
        return True

    def _children_memory(self, of=processes.resident):
        sizes = {pid: of(pid) for pid in self._pids[1]}
        return {pid: size for pid, size in sizes.items() if size is not None}

    def memory(self):
        """`{"parent", "children", "own"}` in bytes: PSS of each, and what children have alone.

        Raises Failed with `untold` where the worker or the system does not tell.
        """
        parent, children = self._pids
        if not children:
            raise Failed(untold=True)
        sizes = [processes.pss(pid) for pid in (parent, *children)]
        if None in sizes:
            raise Failed(untold=True)
        own = [processes.own(pid) or 0 for pid in children]
        return {"parent": sizes[0], "children": sizes[1:], "own": own}

    def stop(self, limit_s):
        """SIGTERM while a task runs, as at each deploy; SIGKILL when the time is over.

        `{"exit_s", "code", "killed", "heard", "fate", "waited_s"}`. `heard` is false where the
        command's own process went and the worker stayed: Render then kills what is left at once.
        """
        id_ = str(uuid.uuid4())
        self.driver.send(id_, PROBE, [], {"sleep_s": LONG_S}, self.queue)
        if until(lambda: self._alive() and self._runs(id_), 20.0) is None:
            raise Failed(overdue=20.0, fate=self._fate(id_), lines=self._program.last())
        family = processes.family(self._program.pid)
        began = time.monotonic()
        os.kill(self._program.pid, signal.SIGTERM)
        over = until(lambda: self._program.code() is not None, limit_s, 0.02) is not None
        exit_s = time.monotonic() - began
        left = processes.living(family)
        processes.kill(left)
        lines = self._program.last()
        return {
            "exit_s": exit_s,
            "code": self._program.code() if over else None,
            "killed": not over,
            "heard": not (over and left),
            "fate": self._fate(id_),
            "waited_s": limit_s,
            "lines": lines[-5:],
        }

    def _runs(self, id_):
        active = self.driver.ask("active", self.node)
        if active is None:  # it has no remote control: the task was sent, and it is quick to take
            return self._fate(id_) != "waiting"
        return any(each["id"] == id_ for each in active)

    def _fate(self, id_):
        """`waiting`, `out` (with a worker, until the visibility timeout), a state, or `lost`."""
        found = self.driver.call("whereabouts", ids=[id_], queues=[self.queue or "celery"])
        if id_ in found["waiting"]:
            return "waiting"
        if id_ in found["ended"]:
            return found["ended"][id_]["state"]
        return "out" if id_ in found["out"] else "lost"
