"""One side of a scenario: what `drive` may do and wait for, the same for prefork and the fleet."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import psutil
import redis
from celery.canvas import Signature

from tests.parity.client import client_app
from tests.parity.workers import LIMIT_S, Stop, Workers
from tests.support.waiting import wait_until

NOTES = "parity:notes"
RELEASED = "parity:released:"
FINAL = ("SUCCESS", "FAILURE", "REVOKED")

Note = dict[str, Any]


class Side:
    """Tasks go by labels; their ids are the label behind a token of this side.

    `found` takes what a scenario has to say besides. Everything waits for `LIMIT_S` at most and
    then raises AssertionError.
    """

    def __init__(self, workers: Workers, url: str) -> None:
        self.workers = workers
        self.found: dict[str, Any] = {}
        self.sent: set[str] = set()
        self.endless: set[str] = set()
        self.token = uuid.uuid4().hex[:12]
        self.redis = redis.Redis.from_url(url)
        self.app = client_app(url)
        self._starts = 0

    def close(self) -> None:
        self.workers.close()
        self.app.close()
        self.redis.close()

    # --- Workers ---

    def start(self) -> None:
        """Start the workers; returns when all consume and answer remote control."""
        self._starts += 1
        self.workers.start()
        ready = self._starts * self.workers.nodes
        self._until(lambda: self.heard("worker_ready") >= ready, "the workers")
        self._until(self._all_answer, "the workers' remote control")

    def stop(self, how: Stop) -> None:
        """Stop the workers; returns when they are gone."""
        self.workers.stop(how)

    def wait_gone(self) -> None:
        """Wait until workers that were told so by remote control are gone."""
        self.workers.wait_gone()

    def revive(self) -> None:
        """Let what ended by itself come back; returns when all answer again."""
        self.workers.revive()
        self._until(self._all_answer, "the workers to come back")

    def _all_answer(self) -> bool:
        nodes = self.workers.nodes
        return len(self.app.control.ping(timeout=2.0, limit=nodes)) == nodes

    # --- Sending ---

    def signature(self, label: str, task: str, *args: object, **options: Any) -> Signature:
        """A task to be sent as part of something; it gets no more arguments if `immutable`."""
        self.sent.add(label)
        immutable = options.pop("immutable", False)
        signature = self.app.signature(task, args, immutable=immutable)
        return signature.set(task_id=self.id(label), **options)

    def send(self, label: str, task: str, *args: object, ends: bool = True, **options: Any) -> None:
        """Send a task with options of `apply_async`; `ends` not: its state never is a final one."""
        self.sent.add(label)
        if not ends:
            self.endless.add(label)
        self.app.send_task(task, args, task_id=self.id(label), **options)

    def hold(self, *labels: str, task: str = "held") -> None:
        """Have tasks run until `release`; returns when all do. `task` is one of the act `held`."""
        for label in labels:
            self.send(label, task)
        self.until_runs(*labels)

    def id(self, label: str) -> str:
        """The id of a task."""
        return f"{self.token}.{label}"

    # --- Acting on tasks ---

    def release(self, *labels: str) -> None:
        """Let tasks of the act `held` go on: see `hold`."""
        for label in labels:
            self.redis.set(RELEASED + self.id(label), 1)

    def revoke(self, label: str, **options: Any) -> None:
        """Revoke; returns when all workers have heard it."""
        self.app.control.revoke(self.id(label), **options, **self._heard_by_all())

    def revoke_stamped(self, headers: dict[str, str], **options: Any) -> None:
        """Revoke tasks that bear these stamps."""
        self.app.control.revoke_by_stamped_headers(headers, **options, **self._heard_by_all())

    def control(self, command: str, **arguments: Any) -> None:
        """Send a remote control command; returns when all workers have answered."""
        self.app.control.broadcast(command, arguments=arguments, **self._heard_by_all())

    def inspect(self, what: str) -> list[str]:
        """The labels of the tasks that workers list as `active` or `scheduled`."""
        answers = self.app.control.broadcast(what, **self._heard_by_all())
        listed = [task for answer in answers for tasks in answer.values() for task in tasks]
        ids = [task.get("request", task)["id"] for task in listed]
        return sorted(id_.removeprefix(f"{self.token}.") for id_ in ids)

    def until_deaf(self) -> None:
        """Wait until the workers take from no queue.

        Without a hub a cancelled consumer is only noted at first; and a worker that waits at the
        broker for a message still takes the next one, for a second at most.
        """

        def deaf() -> bool:
            answers = self.app.control.broadcast("active_queues", **self._heard_by_all())
            return not any(queues for answer in answers for queues in answer.values())

        def waits(client: dict[str, str]) -> bool:
            ours = client["db"] == database  # the other side may be at the same server
            return ours and client["cmd"] == "brpop" and "b" in client["flags"]

        database = str(self.redis.connection_pool.connection_kwargs["db"])
        self._until(deaf, "the workers to take from no queue")
        self._until(
            lambda: not any(map(waits, self.redis.client_list())), "nobody to wait for a message"
        )

    def _heard_by_all(self) -> dict[str, Any]:
        return {"reply": True, "timeout": 10.0, "limit": self.workers.nodes}

    def kill_process_of(self, label: str) -> None:
        """Kill the process that wrote down that it runs this task."""
        psutil.Process(self.ran(label, "begin")[-1]["pid"]).kill()

    # --- Seeing ---

    def notes(self) -> list[Note]:
        """Everything that was noted, in order; see `project/parity_app/notes.py`."""
        stored = self.redis.lrange(NOTES, 0, -1)
        assert isinstance(stored, list)
        return [json.loads(line) for line in stored]

    def heard(self, signal: str) -> int:
        """How often a signal of workers was sent."""
        return sum(note["kind"] == "signal" and note["what"] == signal for note in self.notes())

    def ran(self, label: str, what: str) -> list[Note]:
        """The notes of this kind that the body of a task has made."""
        wanted = ("run", what, self.id(label))
        return [note for note in self.notes() if (note["kind"], note["what"], note["id"]) == wanted]

    def state(self, label: str) -> str | None:
        """What the backend has; None for nothing."""
        meta = self.redis.get(f"celery-task-meta-{self.id(label)}")
        assert meta is None or isinstance(meta, bytes)
        return None if meta is None else json.loads(meta)["status"]

    def waiting(self) -> int:
        """Messages in the queue, of every priority."""
        return sum(
            int(self.redis.llen(key)) for key in self.redis.scan_iter("celery*", _type="list")
        )

    def unacked(self) -> int:
        """Messages that are out with a worker."""
        count = self.redis.hlen("unacked")
        assert isinstance(count, int)
        return count

    # --- Waiting ---

    def until_runs(self, *labels: str, times: int = 1) -> None:
        """Wait until the bodies of these tasks have begun so many times."""
        for label in labels:
            self._until(lambda name=label: len(self.ran(name, "begin")) >= times, f"{label} to run")

    def until_noted(self, label: str, what: str) -> None:
        """Wait for a note of a task's body."""
        self._until(lambda: bool(self.ran(label, what)), f"{label}: {what}")

    def until_signalled(self, label: str, signal: str) -> None:
        """Wait for a signal about a task."""
        wanted = ("signal", signal, self.id(label))
        self._until(
            lambda: any((n["kind"], n["what"], n["id"]) == wanted for n in self.notes()),
            f"{signal} of {label}",
        )

    def until_state(self, label: str, *states: str) -> None:
        """Wait for a state of a task, by default a final one."""
        wanted = states or FINAL
        self._until(lambda: self.state(label) in wanted, f"{label} to be {'/'.join(wanted)}")

    def _until(self, holds: Callable[[], bool], what: str) -> None:
        wait_until(holds, LIMIT_S, what)
