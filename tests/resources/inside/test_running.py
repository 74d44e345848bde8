"""A task is ended by the main thread, or taken away by another; never both."""

import threading
from collections.abc import Callable
from types import ModuleType

Load = Callable[[str], ModuleType]


def running(inside: Load):
    return inside("running").Running(None, None, None, 3.0, None)


def test_what_is_finished_cannot_be_taken_away(inside: Load) -> None:
    task = running(inside)
    assert task.finish()
    assert not task.take()
    assert not task.taken


def test_what_is_taken_away_cannot_be_finished_nor_taken_again(inside: Load) -> None:
    task = running(inside)
    assert task.take()
    assert not task.take()
    assert not task.finish()
    assert not task.settled.is_set()


def test_of_two_that_end_it_at_the_same_time_one_does(inside: Load) -> None:
    for _ in range(200):
        task, gate, won = running(inside), threading.Barrier(2), []

        def take(task=task, gate=gate, won=won) -> None:
            gate.wait()
            won.append(task.take())

        thread = threading.Thread(target=take)
        thread.start()
        gate.wait()
        won.append(task.finish())
        thread.join()
        assert sorted(won) == [False, True]
