"""What can be asked of the user's app: one method for each operation of `inside/calls.py`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from core.bridge.host import Host
from core.tasks.call import TaskCall
from core.tasks.facts import Settled
from core.tasks.telemetry import decode
from core.workers.loss import Loss
from core.workers.spec import as_line

SHORT_S: Final = 15.0
LONG_S: Final = 60.0
MOVING_S: Final = 600.0
"""For a million messages to go to a file, or to come from there."""


@dataclass(frozen=True, slots=True)
class QueueLengths:
    """Messages waiting per queue; `unacked` ones are out with a worker (None: not known)."""

    waiting: Mapping[str, int]
    unacked: int | None
    oldest_unacked_s: float | None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where messages are: `waiting` in a queue, `out` with a worker, `ended` with their results
    ({state, result}), or `missing` everywhere. All empty where the broker cannot be searched.
    """

    waiting: frozenset[str]
    out: frozenset[str]
    ended: Mapping[str, Mapping[str, Any]]
    missing: frozenset[str]


class Calls:
    """Asks the user's app. Every method raises FleetError when there is no good answer."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._queues: set[str] = set()
        """Where tasks may lie; a fresh process knows only those that the app declares."""

    async def renew(self) -> None:
        """Ask the app as it is in its files now: what is asked next imports it anew."""
        await self._host.renew()

    async def close(self) -> None:
        """Ask no more; who waits for an answer gets the error at once."""
        await self._host.close()

    async def ping(self) -> float:
        """The latency of a round trip to the broker, in ms, through the app's own settings."""
        answer = await self._host.call("ping", deadline_s=SHORT_S)
        return answer["latency_s"] * 1000

    async def ping_results(self) -> float | None:
        """The same for the result backend; None when it is none that can be asked."""
        latency_s = (await self._host.call("ping", deadline_s=SHORT_S, of="results"))["latency_s"]
        return None if latency_s is None else latency_s * 1000

    async def nodes(self, timeout_s: float = 1.0) -> tuple[str, ...]:
        """The workers that answer; a name that two of them have is there twice."""
        answer = await self._host.call("nodes", deadline_s=SHORT_S, timeout_s=timeout_s)
        return tuple(answer["nodes"])

    async def settings(self) -> Mapping[str, Any]:
        """What the app's settings come to, passwords masked; see `inside/settings.py`."""
        return (await self._host.call("settings", deadline_s=SHORT_S))["settings"]

    async def stopping(self) -> Mapping[str, Any]:
        """What decides over tasks whose worker is stopped; see `inside/stopping.py`."""
        return await self._host.call("stopping", deadline_s=SHORT_S)

    async def broker_url(self) -> str:
        """The broker's URL as the app has it, its password masked."""
        return (await self._host.call("broker", deadline_s=SHORT_S))["url"]

    async def describe(self) -> tuple[Mapping[str, Any], ...]:
        """The app's own tasks: name, module, doc, params, queue, options; see describe.py."""
        tasks = (await self._host.call("describe", deadline_s=SHORT_S))["tasks"]
        self._queues |= {task["queue"] for task in tasks}
        return tuple(tasks)

    async def send(self, call: TaskCall, ids: Sequence[str]) -> tuple[int, str | None]:
        """Send a call once for each id: how many went out, and why the rest did not."""
        if call.queue is not None:
            self._queues.add(call.queue)
        answer = await self._host.call(
            "send",
            deadline_s=LONG_S,
            task=call.task,
            ids=list(ids),
            args=list(call.args),
            kwargs=dict(call.kwargs),
            queue=call.queue,
            countdown=call.countdown_s,
            priority=call.priority,
            expires=call.expires_s,
        )
        return answer["sent"], answer.get("error")

    async def open_queue(self, queue: str, node: str) -> bool:
        """Have one worker read a queue of its own too; whether it does."""
        fields = {"queue": queue, "node": node}
        return (await self._host.call("open_queue", deadline_s=SHORT_S, **fields))["reads"]

    async def close_queue(self, queue: str, node: str) -> None:
        """Have it read that queue no more, and delete the queue with what is in it."""
        self._queues.discard(queue)
        await self._host.call("close_queue", deadline_s=SHORT_S, queue=queue, node=node)

    async def results(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """What the result backend has of these tasks: state, result, traceback."""
        return (await self._host.call("results", deadline_s=LONG_S, ids=list(ids)))["results"]

    async def revoke(
        self, ids: Sequence[str], *, terminate: bool = False, signal: str = "SIGTERM"
    ) -> None:
        """Tell all workers to skip these tasks, and with `terminate` to end those that run."""
        await self._host.call(
            "revoke", deadline_s=SHORT_S, ids=list(ids), terminate=terminate, signal=signal
        )

    async def shutdown(self, nodes: Sequence[str]) -> None:
        """Tell workers to finish their task and leave."""
        await self._host.call("shutdown", deadline_s=SHORT_S, nodes=list(nodes))

    async def enable_events(
        self, timeout_s: float = 1.0, nodes: Sequence[str] = ()
    ) -> frozenset[str]:
        """Have workers send task events until they restart; without `nodes` all. Who heard it."""
        only = {"nodes": list(nodes)} if nodes else {}
        answer = await self._host.call(
            "enable_events", deadline_s=timeout_s + SHORT_S, timeout_s=timeout_s, **only
        )
        return frozenset(answer["nodes"])

    async def wake_events(self, nodes: Sequence[str], timeout_s: float = 1.0) -> tuple[str, ...]:
        """The same; those that did not send them before."""
        answer = await self._host.call(
            "enable_events", deadline_s=timeout_s + SHORT_S, timeout_s=timeout_s, nodes=list(nodes)
        )
        return tuple(answer["woken"])

    async def disable_events(self, nodes: Sequence[str], timeout_s: float = 1.0) -> None:
        """Have workers send no task events any more."""
        await self._host.call(
            "disable_events", deadline_s=timeout_s + SHORT_S, timeout_s=timeout_s, nodes=list(nodes)
        )

    async def watched(self) -> Mapping[str, Any]:
        """The settings by which a monitor finds broker and events, with their passwords."""
        return (await self._host.call("watched", deadline_s=SHORT_S))["settings"]

    async def inspect(
        self,
        what: str,
        nodes: Sequence[str] | None = None,
        timeout_s: float = 1.0,
        ids: Sequence[str] = (),
    ) -> Mapping[str, Any]:
        """The replies of workers, by node name. Without `nodes` it waits the whole timeout.

        `ids` are the tasks that a query_task is about.
        """
        answer = await self._host.call(
            "inspect",
            deadline_s=timeout_s + SHORT_S,
            what=what,
            destination=list(nodes) if nodes is not None else None,
            timeout_s=timeout_s,
            ids=list(ids),
        )
        return answer["replies"]

    async def queues(self, names: Sequence[str] = ()) -> QueueLengths:
        """How much waits; without `names` in the queues that the app declares."""
        answer = await self._host.call("queues", deadline_s=SHORT_S, names=list(names))
        return QueueLengths(answer["queues"], answer["unacked"], answer["oldest_unacked_s"])

    async def survey(self, names: Sequence[str] = ()) -> Mapping[str, Any]:
        """All queues there are, and those of `names`; see `inside/survey.py`."""
        return await self._host.call("survey", deadline_s=LONG_S, names=list(names))

    async def peek(self, queue: str) -> Mapping[str, Any]:
        """Which tasks wait in a queue; see `inside/survey.py`."""
        return await self._host.call("peek", deadline_s=LONG_S, queue=queue)

    async def purge(self, queue: str, file: Path, project: str) -> int:
        """Move what waits in a queue to a new file; how many messages that were."""
        fields = {"queue": queue, "file": str(file), "project": project}
        return (await self._host.call("purge", deadline_s=MOVING_S, **fields))["purged"]

    async def restore(self, file: Path, *, aside_only: bool = False) -> tuple[int, str]:
        """Put back what a purge has taken: how many messages, and from where.

        That is "aside", where a purge that was broken off left them on the broker, or "file".
        """
        answer = await self._host.call(
            "restore", deadline_s=MOVING_S, file=str(file), aside_only=aside_only
        )
        return answer["restored"], answer["source"]

    async def whereabouts(self, ids: Sequence[str], queues: Iterable[str] = ()) -> Whereabouts:
        """Search the broker, also these queues, and the result backend for these tasks."""
        searched = sorted(self._queues.union(queues))
        answer = await self._host.call(
            "whereabouts", deadline_s=LONG_S, ids=list(ids), queues=searched
        )
        return Whereabouts(
            frozenset(answer["waiting"]),
            frozenset(answer["out"]),
            answer["ended"],
            frozenset(answer["missing"]),
        )

    async def settle(self, loss: Loss) -> tuple[Settled, ...]:
        """Settle what a worker held when it went."""
        answer = await self._host.call(
            "settle",
            deadline_s=LONG_S,
            node=loss.worker,
            held=[asdict(message) for message in loss.held],
            ended_at=loss.ended_at,
            manner=loss.manner,
            why=loss.why,
            limit_s=loss.limit_s,
        )
        return tuple(_settled(fields, loss.ended_at) for fields in answer["settled"])

    async def orphans(
        self, taken_after: float, taken_before: float, known: Iterable[str]
    ) -> tuple[str, ...]:
        """Requeue messages taken between two instants (Unix seconds) that nobody has now.

        `known` are the tasks that our workers have.
        """
        answer = await self._host.call(
            "orphans",
            deadline_s=LONG_S,
            taken_after=taken_after,
            taken_before=taken_before,
            known=list(known),
        )
        return tuple(answer["given_back"])


def _settled(fields: Mapping[str, Any], at: float) -> Settled:
    fact = decode(as_line({"kind": "settled", "t": at, **fields}))
    assert isinstance(fact, Settled)
    return fact
