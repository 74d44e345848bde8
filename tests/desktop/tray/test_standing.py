"""How the whole fleet is."""

from dataclasses import replace

import pytest

from core.workers.phase import RunningTask, Stage, Worker
from desktop.theme.looks import Look
from desktop.tray.standing import IDLE, RUNNING, TROUBLE, look, words

READY = Worker("worker1@box", Stage.UP, run=1, pid=1)
BUSY = replace(READY, name="worker2@box", task=RunningTask("4e02", "images.thumbnail", 0.0))
CRASHED = Worker("worker3@box", Stage.CRASHED, run=1)
LOST = replace(READY, name="worker4@box", broker_error="refused")
STOPPED = Worker("worker5@box")


@pytest.mark.parametrize(
    ("everybody", "expected"),
    [
        ((), IDLE),
        ((STOPPED,), IDLE),
        ((STOPPED, READY), RUNNING),
        ((BUSY,), RUNNING),
        ((BUSY, CRASHED), TROUBLE),
        ((LOST,), TROUBLE),
    ],
)
def test_the_gravest_gives_the_look(everybody: tuple[Worker, ...], expected: Look) -> None:
    assert look(everybody) is expected


def test_looks_differ_in_shape_as_in_colour() -> None:
    looks = (IDLE, RUNNING, TROUBLE)
    assert len({each.shape for each in looks}) == len({each.colour for each in looks}) == 3


def test_words_count_and_name_those_in_trouble() -> None:
    assert words("shop", (READY, BUSY, CRASHED, LOST)) == (
        "Solofleet: shop\n3 of 4 up, 1 busy\nworker3 crashed, worker4 broker lost"
    )


def test_words_stay_short_enough_for_a_tooltip() -> None:
    many = [replace(CRASHED, name=f"worker{n}@a-long-host") for n in range(32)]
    assert len(words("shop", many)) <= 127
    assert "and 29 more" in words("shop", many)


def test_without_a_project_it_says_so() -> None:
    assert words("", ()) == "Solofleet: no project is open"
