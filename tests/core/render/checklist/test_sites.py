"""What an address shows: each box flips both ways."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.checklist.evidence import State
from core.render.checklist.there import Remote, Visit
from tests.support.checklists import (
    COMMIT,
    FLOWER,
    FLOWER_THERE,
    NO_KEY,
    NOW,
    WEB,
    WITH_FLOWER,
    case,
    found,
    remote,
    state,
    without,
)

NOTHING_SET = remote(replace(FLOWER_THERE, variables=frozenset(), dashboard=None))


@pytest.mark.parametrize(
    ("visit", "wanted"),
    [
        (200, State.DONE),
        (307, State.DONE),
        (401, State.OPEN),
        (502, State.OPEN),
        (None, State.OPEN),
    ],
)
def test_an_address_that_does_not_answer_is_told(
    tmp_path: Path, visit: int | None, wanted: State
) -> None:
    seen = Visit("https://web.onrender.com/health", NOW, visit, "no route to host")
    answer = found("web-answers", case(tmp_path, said=remote(replace(WEB, visit=seen))))
    assert answer.state is wanted
    (shown,) = answer.evidence
    assert (shown.commit, shown.deploy) == (COMMIT, "dep-1")
    assert str(visit or "no route to host") in shown.words


def test_what_is_not_live_does_not_answer(tmp_path: Path) -> None:
    gone = remote(replace(WEB, live=None, visit=None))
    assert state("web-answers", case(tmp_path, said=gone)) is State.UNKNOWN
    assert state("web-answers", case(tmp_path, said=without("web"))) is State.OPEN


@pytest.mark.parametrize(
    ("old", "new", "said", "wanted"),
    [
        ("--port=$PORT", "--port=$PORT --basic_auth=admin:hunter2", None, State.OPEN),
        ("--port=$PORT", "--port=$PORT --auth=me@example.org", NO_KEY, State.DONE),
        ("sync: false", "value: admin:hunter2", None, State.OPEN),
        ("sync: false", "generateValue: true", NO_KEY, State.DONE),
        ("sync: false", "sync: false", NO_KEY, State.UNKNOWN),
        ("sync: false", "sync: false", NOTHING_SET, State.OPEN),
    ],
)
def test_flower_has_a_password_that_nobody_reads(
    tmp_path: Path, old: str, new: str, said: Remote | FleetError | None, wanted: State
) -> None:
    text = WITH_FLOWER["render.yaml"].replace(FLOWER, FLOWER.replace(old, new))
    answer = found("flower-password", case(tmp_path, {**WITH_FLOWER, "render.yaml": text}, said))
    assert answer.state is wanted
    assert "hunter2" not in repr(answer)


def flower(front: int | None, *workers: str) -> Remote:
    """Flower shows this."""
    assert FLOWER_THERE.dashboard is not None
    seen = replace(FLOWER_THERE.dashboard, front=front, workers=frozenset(workers))
    return remote(replace(FLOWER_THERE, dashboard=seen))


@pytest.mark.parametrize(
    ("front", "wanted", "words"),
    [(401, State.DONE, "401"), (200, State.OPEN, "200"), (None, State.DONE, "has FLOWER_BASIC")],
)
def test_flower_s_own_answer_tells_more_than_a_name(
    tmp_path: Path, front: int | None, wanted: State, words: str
) -> None:
    answer = found("flower-password", case(tmp_path, WITH_FLOWER, flower(front)))
    assert answer.state is wanted
    assert words in answer.evidence[-1].words


def test_flower_names_the_workers_that_it_sees(tmp_path: Path) -> None:
    answer = found("flower-workers", case(tmp_path, WITH_FLOWER, flower(401, "w@a", "w@b")))
    assert answer.state is State.DONE
    assert "w@a, w@b online" in answer.evidence[0].words
    assert answer.evidence[0].deploy == "dep-3"
    silent = case(tmp_path, WITH_FLOWER, remote(replace(FLOWER_THERE, dashboard=None)))
    assert state("flower-workers", silent) is State.UNKNOWN
    assert state("flower-workers", case(tmp_path, WITH_FLOWER, flower(401))) is State.OPEN
    stopped = case(tmp_path, WITH_FLOWER, remote(replace(FLOWER_THERE, live=None)))
    assert state("flower-workers", stopped) is State.UNKNOWN
    assert state("flower-workers", case(tmp_path, WITH_FLOWER, NO_KEY)) is State.UNKNOWN
