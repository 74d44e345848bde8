"""What is seen of one side, in words that do not depend on the side."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import closing, suppress
from subprocess import TimeoutExpired
from typing import Any

from core.errors import FleetError
from tests.parity.scenario import Scenario
from tests.parity.side import Note, Side
from tests.parity.workers import Stop, Workers
from tests.support.waiting import wait_until

Observation = dict[str, Any]

SETTLED_S = 40.0
EMPTY_S = 8.0
LONGEST = 300
TROUBLE = (AssertionError, FleetError, FutureTimeoutError, TimeoutExpired)


def observe(scenario: Scenario, workers: Workers, url: str) -> Observation:
    """Drive a scenario on one side and tell what became of it.

    `url` is an empty Redis database. The keys: `tasks` by label, `left` in the broker before and
    after the last stop, `afterwards`: do as many tasks as before run at the same time, `found` by
    the scenario, `order` and `life` if they are asked for, and `stuck`: why it did not come to its
    end.
    """
    with closing(Side(workers, url)) as side:
        seen: Observation = {}
        try:
            side.start()
            scenario.drive(side)
            _settle(side)
            seen["afterwards"] = _still_works(side, scenario.workers)
            seen["left"] = {"running": _left(side)}
            side.stop(Stop.WARM)
            seen["left"]["stopped"] = _left(side)
        except TROUBLE as error:
            seen["stuck"] = f"{type(error).__name__}: {error}"
        _collect(side, scenario, seen)
        seen["found"] = side.found
        return json.loads(_neutral(side, json.dumps(seen)))


def _settle(side: Side) -> None:
    """Wait until each task that was sent has a final state, and the broker nothing in hand."""
    for label in sorted(_labels(side) - side.endless):
        side.until_state(label)


def _still_works(side: Side, workers: int) -> bool:
    """Whether as many tasks as there were processes run at the same time."""
    labels = [f"afterwards-{number}" for number in range(workers)]
    for label in labels:
        side.send(label, "meet", workers, "parity:afterwards", soft_time_limit=60, time_limit=60)
    for label in labels:
        side.until_state(label)
    return all(side.state(label) == "SUCCESS" for label in labels)


def _left(side: Side) -> dict[str, int]:
    """What the broker still has, when it has had time to get rid of it."""
    with suppress(AssertionError):
        wait_until(lambda: side.waiting() + side.unacked() == 0, EMPTY_S, "an empty broker")
    return {"queue": side.waiting(), "unacked": side.unacked()}


def _labels(side: Side) -> set[str]:
    """The tasks that were sent, ran or have a result, but for those of `_still_works`."""
    keys = side.redis.scan_iter(f"celery-task-meta-{side.token}.*")
    ids = {key.decode().removeprefix("celery-task-meta-") for key in keys}
    ids |= {note["id"] for note in side.notes() if note["id"]}
    labels = {id_.removeprefix(f"{side.token}.") for id_ in ids} | side.sent
    return {label for label in labels if not label.startswith("afterwards-")}


# --- Collecting ---


def _collect(side: Side, scenario: Scenario, seen: Observation) -> None:
    notes = side.notes()
    seen["tasks"] = {label: _task(side, label, notes) for label in sorted(_labels(side))}
    if scenario.life:
        life = {note["what"] for note in notes if note["kind"] == "signal" and not note["id"]}
        seen["life"] = sorted(life)
    if scenario.ordered:
        begun = [note for note in _runs(notes) if note["what"] == "begin"]
        ours = [note for note in begun if ".afterwards-" not in note["id"]]
        processes = list(dict.fromkeys(note["pid"] for note in ours))
        seen["order"] = [[note["id"], processes.index(note["pid"])] for note in ours]


def _task(side: Side, label: str, notes: Iterable[Note]) -> dict[str, Any]:
    """`redelivered` leaves the first run out, and `signals` the reception: both tell whether the
    message had been fetched ahead, as prefork does, and given back or revoked before its turn."""
    own = [note for note in notes if note["id"] == side.id(label)]
    begun = [note for note in _runs(own) if note["what"] == "begin"]
    signals = Counter(note["what"] for note in own if note["kind"] == "signal")
    del signals["task_received"]
    return {
        **_result(side, label),
        "body": [note["what"] for note in _runs(own)],
        "retries": [note["retries"] for note in begun],
        "redelivered": [note["redelivered"] for note in begun[1:]],
        "signals": dict(sorted(signals.items())),
    }


def _runs(notes: Iterable[Note]) -> list[Note]:
    return [note for note in notes if note["kind"] == "run"]


def _result(side: Side, label: str) -> dict[str, Any]:
    stored = side.redis.get(f"celery-task-meta-{side.id(label)}")
    if stored is None:
        return {"state": None, "result": None}
    assert isinstance(stored, bytes)
    meta = json.loads(stored)
    result = meta["result"]
    text = json.dumps(result)
    if len(text) > LONGEST:
        result = f"{len(text)} bytes, SHA-256 {hashlib.sha256(text.encode()).hexdigest()[:16]}"
    return {"state": meta["status"], "result": result}


_NEUTRAL = (
    (re.compile(r" Job: \d+\."), "."),  # a number that only the parent of a pool has
    (re.compile(r"0x[0-9a-f]{6,}"), "0x…"),
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "UUID"),
)


def _neutral(side: Side, text: str) -> str:
    """Without what differs from run to run."""
    text = text.replace(f"{side.token}.", "")
    for pattern, word in _NEUTRAL:
        text = pattern.sub(word, text)
    return text
