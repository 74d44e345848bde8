"""What workers answer, as text for people; secrets are masked in whatever form it has."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from core.cli.table import span, table
from core.secret import MASK, looks_secret, mask_url

WIDEST: Final = 200
"""Of arguments and settings so many characters are shown."""


def masked(value: Any) -> Any:
    """The value with each part masked whose name says that it is secret, and passwords of URLs."""
    if isinstance(value, str):
        return mask_url(value)
    if isinstance(value, Mapping):
        parts = cast("Mapping[Any, Any]", value)
        return {
            name: MASK if looks_secret(str(name)) and _could_be(part) else masked(part)
            for name, part in parts.items()
        }
    if isinstance(value, Sequence):
        return [masked(part) for part in cast("Sequence[Any]", value)]
    return value


def _could_be(part: object) -> bool:
    """Numbers are told: a task named reset_password is counted under its name."""
    return bool(part) and isinstance(part, str | list)


def answer_lines(what: str, reply: Any) -> Iterator[str]:
    """The answer of one worker, indented."""
    if not reply:
        yield "    none"
    else:
        yield from (f"    {line}" for line in QUESTIONS[what](reply))


def _ping(reply: Mapping[str, Any]) -> Iterator[str]:
    yield str(reply.get("ok", reply))


def _words(reply: Sequence[Any]) -> Iterator[str]:
    yield from sorted(map(str, reply))


def _tasks(reply: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for task in reply:
        yield from _task(task)


def _task(task: Mapping[str, Any]) -> Iterator[str]:
    since = task.get("time_start")
    running = f" for {span(max(0.0, time.time() - since))}" if since else ""
    yield f"{task['name']} {task['id']}{running}"
    yield _short(f"    args {task.get('args')} kwargs {task.get('kwargs')}")


def _scheduled(reply: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for entry in reply:
        first, *rest = _task({**entry["request"], "time_start": None})
        yield f"{first} at {entry['eta']}"
        yield from rest


def _queried(reply: Mapping[str, Any]) -> Iterator[str]:
    for state, task in reply.values():
        first, *rest = _task(task)
        yield f"{state}: {first}"
        yield from rest


def _queues(reply: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for queue in reply:
        exchange = cast("Mapping[str, Any]", queue.get("exchange") or {})
        yield (
            f"{queue['name']} (exchange {exchange.get('name') or 'default'},"
            f" {exchange.get('type')}, routing key {queue.get('routing_key')})"
        )


def _settings(reply: Mapping[str, Any]) -> Iterator[str]:
    rows = [(name, _short(str(value))) for name, value in _flat(reply)]
    yield from table(rows, words=(0, 1))


def _flat(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in sorted(values.items(), key=lambda pair: str(pair[0])):
        if isinstance(value, Mapping) and value:
            yield from _flat(cast("Mapping[str, Any]", value), f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _report(reply: Mapping[str, Any]) -> Iterator[str]:
    yield from str(reply.get("ok", reply)).strip().splitlines()


def _short(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


QUESTIONS: Final[Mapping[str, Callable[[Any], Iterator[str]]]] = {
    "registered": _words,
    "active": _tasks,
    "reserved": _tasks,
    "scheduled": _scheduled,
    "revoked": _words,
    "stats": _settings,
    "conf": _settings,
    "ping": _ping,
    "active_queues": _queues,
    "query_task": _queried,
    "report": _report,
    "clock": _settings,
}
"""What workers can be asked, and how it is told."""
