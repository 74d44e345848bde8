"""Who joins and who leaves when the number of workers is to change."""

from core.workers.phase import RunningTask, Stage, Then, Worker
from core.workers.size import joining, leaving

TASK = RunningTask("a", "shop.add", 0.0)


def idle(number: int) -> Worker:
    return Worker(f"w{number}", Stage.UP)


def busy(number: int) -> Worker:
    return Worker(f"w{number}", Stage.UP, task=TASK)


def at_rest(number: int) -> Worker:
    return Worker(f"w{number}", Stage.EXITED)


def on_its_way_out(number: int) -> Worker:
    return Worker(f"w{number}", Stage.STOPPING, then=Then.REMOVE)


def names(count: int) -> list[str]:
    return [f"w{number + 1}" for number in range(count)]


def test_idle_workers_leave_before_busy_ones() -> None:
    assert leaving([busy(1), idle(2), busy(3), idle(4)], 2) == ("w2", "w4")


def test_workers_at_rest_leave_before_idle_ones() -> None:
    assert leaving([at_rest(1), idle(2), busy(3)], 2) == ("w1",)


def test_among_equals_the_last_leaves() -> None:
    assert leaving([idle(1), idle(2), idle(3)], 2) == ("w3",)


def test_busy_ones_leave_when_there_are_no_others() -> None:
    assert leaving([busy(1), busy(2)], 0) == ("w1", "w2")


def test_nobody_leaves_a_fleet_that_grows_and_nobody_joins_one_that_shrinks() -> None:
    assert leaving([idle(1)], 3) == ()
    assert joining([idle(1), idle(2)], 1, names) == ()


def test_the_first_free_names_join() -> None:
    assert joining([idle(1), idle(3)], 4, names) == ("w2", "w4")


def test_names_of_others_are_not_free() -> None:
    assert joining([idle(1)], 2, names, foreign=["w2"]) == ("w3",)


def test_who_is_on_its_way_out_counts_no_more_but_has_its_name_still() -> None:
    fleet = [idle(1), on_its_way_out(2), on_its_way_out(3)]
    assert leaving(fleet, 1) == ()
    assert joining(fleet, 2, names) == ("w4",)
