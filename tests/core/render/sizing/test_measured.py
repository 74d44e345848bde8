"""What a prefork worker needs by what was measured, and where each number is from."""

from datetime import UTC, datetime

from core.render.plans import MB, known_plans
from core.render.sizing.concurrency import NOT_MEASURED
from core.render.sizing.measured import COMMAND, Measured, Prefork, advised, footprint
from core.tasks.memory import TaskMemory
from core.tasks.times import TaskTime
from core.workers.usage import Effort

NOW = datetime(2026, 11, 26, tzinfo=UTC)
RENDER = TaskMemory("shop.render", 3, 20 * MB, 90 * MB)
MAIL = TaskMemory("shop.mail", 9, MB, 2 * MB)
WAITED = Effort(ended=4, runtime_s=8.0, cpu_s=0.4)
FLEET = Measured(NOW, "a measuring run", 40 * MB, (RENDER, MAIL), WAITED)


def test_without_numbers_those_of_the_guide_are_taken_and_it_says_so():
    needs, sources = footprint(None)
    assert (needs.base, needs.child, needs.task) == (100 * MB, 0, 300 * MB)
    assert all("not measured" in text for text in (sources.base, sources.child, sources.task))


def test_an_idle_solo_worker_stands_for_the_parent_and_in_part_for_its_children():
    needs, sources = footprint(FLEET)
    assert needs.base == 40 * MB + COMMAND
    assert needs.child == round(0.6 * needs.base)
    assert "idle solo worker (a measuring run)" in sources.base
    assert "60%" in sources.child


def test_real_children_are_believed_more():
    needs, sources = footprint(Measured(NOW, "x", 40 * MB, (), prefork=Prefork(50 * MB, 9 * MB, 2)))
    assert (needs.base, needs.child) == (50 * MB, 9 * MB)
    assert "2 real prefork children" in sources.child


def test_the_greediest_task_is_what_each_child_may_run():
    needs, sources = footprint(FLEET)
    assert needs.task == 90 * MB
    assert sources.task == "shop.render, the most of 3 (a measuring run)"


def test_a_worker_that_ran_no_task_leaves_the_task_to_the_guide():
    needs, sources = footprint(Measured(NOW, "x", 40 * MB))
    assert needs.task == NOT_MEASURED.task
    assert "no task was measured" in sources.task


def test_the_time_of_a_task_is_an_average():
    work = FLEET.work
    assert work is not None
    assert (work.runtime_s, work.cpu_s, work.io_bound) == (2.0, 0.1, True)


def test_too_little_time_tells_nothing():
    assert Measured(NOW, "x", effort=Effort(1, 0.001, 0.0)).work is None


def test_time_on_a_crowded_machine_does_not_count_as_waiting():
    work = Measured(NOW, "x", effort=WAITED, crowded=True).work
    assert work is not None and not work.io_bound
    assert "too busy to tell" in work.told


def test_a_plan_takes_as_many_as_was_measured():
    standard = known_plans().plan("standard")
    assert advised(standard, None).concurrency == 2
    greedy = TaskMemory("shop.render", 3, 900 * MB, 1200 * MB)
    assert advised(standard, Measured(NOW, "a run", 40 * MB, (greedy,))).concurrency == 1


def test_newer_numbers_replace_older_ones_and_leave_the_rest():
    older = Measured(NOW, "x", 30 * MB, (RENDER,), WAITED, Prefork(50 * MB, 9 * MB, 2), True)
    newer = Measured(NOW, "y", None, (MAIL,))
    whole = newer.over(older)
    assert (whole.how, whole.idle, whole.prefork) == ("y", 30 * MB, older.prefork)
    assert whole.tasks == (RENDER, MAIL)
    assert (whole.effort, whole.crowded) == (WAITED, True)
    assert newer.over(None) is newer


def test_times_of_other_tasks_stay_and_the_longest_comes_first():
    older = Measured(NOW, "x", times=(TaskTime("a", 1, 9.0, 9.0), TaskTime("b", 1, 3.0, 3.0)))
    newer = Measured(NOW, "y", times=(TaskTime("a", 2, 1.0, 1.0),))
    assert [(each.name, each.longest_s) for each in newer.over(older).times] == [
        ("b", 3.0),
        ("a", 1.0),
    ]
