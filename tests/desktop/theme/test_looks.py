"""Every state has a look of its own."""

from typing import get_args

from core.tasks.task import State
from core.workers.phase import Phase
from desktop.theme.looks import FOREIGN, TASK, WORKER, Colour
from desktop.theme.tokens import DARK


def test_every_phase_and_every_state_has_a_look() -> None:
    assert set(WORKER) == set(Phase)
    assert set(TASK) == set(get_args(State))


def test_no_two_words_look_alike_by_colour_alone() -> None:
    looks = {*WORKER.values(), *TASK.values(), FOREIGN}
    assert len({(look.shape, look.label) for look in looks}) == len(looks)


def test_a_colour_is_a_token() -> None:
    assert all(hasattr(DARK, colour) for colour in get_args(Colour))
