"""What a worker that is gone leaves behind."""

import signal
import sys

import pytest

from core.workers.loss import TAKING_S, UNTOLD_S, Loss


def loss(exit: int | None, told_at: float | None = 99.0) -> Loss:
    return Loss("w1@box", 1, (), told_at, 100.0, exit)


def test_a_death_is_told_in_preforks_words() -> None:
    assert loss(3).why == "Worker exited prematurely: exitcode 3."
    assert loss(250).why == "Worker exited prematurely: exitcode 250."


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_death_by_signal_has_its_name() -> None:
    assert loss(-signal.SIGKILL).why == "Worker exited prematurely: signal 9 (SIGKILL)."


def test_a_signal_without_a_name_has_its_number() -> None:
    assert loss(-250).why == "Worker exited prematurely: signal 250 (unknown)."


def test_a_worker_that_left_in_good_order_told_all() -> None:
    assert loss(0).untold_since is None


def test_a_worker_that_never_told_anything_took_nothing() -> None:
    assert loss(-9, told_at=None).untold_since is None


def test_what_it_took_after_its_last_word_may_be_untold() -> None:
    assert loss(-9, told_at=99.0).untold_since == 99.0 - TAKING_S


def test_what_an_idle_worker_took_long_before_its_end_it_would_have_told() -> None:
    assert loss(-9, told_at=10.0).untold_since == 100.0 - UNTOLD_S - TAKING_S
