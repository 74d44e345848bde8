"""What runs: each box flips both ways."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.checklist.evidence import State
from core.render.checklist.there import Remote, Usage
from tests.support.checklists import (
    COMMIT,
    CONNECTED,
    JOBS,
    NO_KEY,
    NOW,
    READY,
    RECEIVED,
    SUCCEEDED,
    case,
    found,
    lines,
    remote,
    state,
    without,
)

LINES = {"worker-ready": READY, "logged": RECEIVED, "completed": SUCCEEDED}


@pytest.mark.parametrize("id", [*LINES, "redis"])
def test_a_log_that_may_not_be_read_says_so_and_who_may(tmp_path: Path, id: str) -> None:
    refused = FleetError("no logs", "the key may not do this", "Ask an admin.")
    unread = remote(replace(JOBS, lines=(), unread=refused))
    answer = found(id, case(tmp_path, said=unread))
    assert (answer.state, answer.tells) == (State.UNKNOWN, "Ask an admin.")
    assert answer.why == "the log of worker could not be read: the key may not do this"
    assert state("worker-there", case(tmp_path, said=unread)) is State.DONE


@pytest.mark.parametrize("id", LINES)
def test_a_line_of_the_log_ticks_it(tmp_path: Path, id: str) -> None:
    (shown,) = found(id, case(tmp_path)).evidence
    assert shown.words == LINES[id]
    assert (shown.commit, shown.deploy) == (COMMIT, "dep-2")
    assert shown.at is not None
    others = [line for name, line in LINES.items() if name != id]
    silent = remote(replace(JOBS, lines=lines(CONNECTED, *others)))
    answer = found(id, case(tmp_path, said=silent))
    assert answer.state is State.UNKNOWN
    assert "since dep-2" in answer.why
    assert answer.tells


@pytest.mark.parametrize("id", [*LINES, "usage"])
def test_what_is_not_there_or_not_live_says_so(tmp_path: Path, id: str) -> None:
    assert state(id, case(tmp_path, said=NO_KEY)) is State.UNKNOWN
    assert state(id, case(tmp_path, said=without("worker"))) is State.OPEN
    assert state(id, case(tmp_path, said=remote(replace(JOBS, live=None)))) is State.UNKNOWN


@pytest.mark.parametrize(
    ("said", "wanted", "words"),
    [
        (remote(), State.DONE, "at most 60% of its memory and 20% of its CPU since dep-2"),
        (remote(replace(JOBS, usage=Usage(NOW, 0.81, None))), State.OPEN, "81% of its memory"),
        (remote(replace(JOBS, usage=Usage(NOW, None, 0.2))), State.UNKNOWN, ""),
        (remote(replace(JOBS, usage=None)), State.UNKNOWN, ""),
        (remote(replace(JOBS, killed=(NOW, NOW))), State.OPEN, "2 times since dep-2"),
    ],
)
def test_memory_has_room(tmp_path: Path, said: Remote, wanted: State, words: str) -> None:
    answer = found("usage", case(tmp_path, said=said))
    assert answer.state is wanted
    assert words in "".join(each.words for each in answer.evidence)


def test_passwords_of_a_line_are_masked(tmp_path: Path) -> None:
    line = CONNECTED.replace("redis://", "redis://default:hunter2@")
    answer = found("redis", case(tmp_path, said=remote(replace(JOBS, lines=lines(line, READY)))))
    assert answer.state is State.DONE
    assert "hunter2" not in repr(answer)
