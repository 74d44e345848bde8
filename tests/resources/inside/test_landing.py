"""Where in the main thread a soft time limit may strike."""

import functools
import sys
import types
from collections.abc import Callable, Mapping

import pytest


class Task:
    """Stands in for a Celery task: `seen` are the answers at the places it asks from."""

    def __init__(self, landing: types.ModuleType) -> None:
        self.may_strike = landing.may_strike
        self.seen: dict[str, tuple[bool, bool]] = {}

    def look(self, place: str) -> None:
        frame = sys._getframe(1)
        patient, impatient = (self.may_strike(frame, self, waits) for waits in (True, False))
        self.seen[place] = (patient, impatient)

    def __trace__(self, before: Callable[[], None]) -> None:
        before()
        self.look("celery's own work")
        self.run()
        after(self)

    def run(self) -> None:
        self.look("its body")
        called(self)
        as_if_in("logging", self)
        as_if_in("redis.connection", self)
        as_if_in("solofleet_inside.report", self)


def called(task: Task) -> None:
    task.look("what its body calls")


def after(task: Task) -> None:
    task.look("a hook that celery calls")


def as_if_in(module: str, task: Task) -> None:
    """The same question from a function of this module, and from what that one calls."""
    code = "def ask(look, name):\n    look(name)\n"
    namespace: dict[str, object] = {"__name__": module}
    exec(code, namespace)
    ask = namespace["ask"]
    assert callable(ask)
    ask(task.look, module)


NOWHERE, ANYWHERE, LATER = (False, False), (True, True), (False, True)


@pytest.fixture
def seen(inside: Callable[[str], types.ModuleType]) -> Mapping[str, tuple[bool, bool]]:
    task = Task(inside("landing"))
    trace = functools.partial(Task.__trace__, task)
    task.__trace__ = types.SimpleNamespace(__code__=Task.__trace__.__code__)  # type: ignore[method-assign]
    trace(lambda: task.look("before the task"))
    return task.seen


@pytest.mark.parametrize(
    ("place", "answer"),
    [
        ("before the task", NOWHERE),
        ("celery's own work", NOWHERE),
        ("its body", ANYWHERE),
        ("what its body calls", ANYWHERE),
        ("logging", NOWHERE),
        ("solofleet_inside.report", NOWHERE),
        ("redis.connection", LATER),
        ("a hook that celery calls", NOWHERE),
    ],
)
def test_only_the_task_itself_is_struck_and_where_nothing_is_left_broken(
    seen: Mapping[str, tuple[bool, bool]], place: str, answer: tuple[bool, bool]
) -> None:
    assert seen[place] == answer


def test_a_task_with_a_call_of_its_own_counts_from_there(
    inside: Callable[[str], types.ModuleType],
) -> None:
    landing = inside("landing")

    class Custom(Task):
        def __call__(self) -> None:
            self.look("its own call")

        def __trace__(self, before: Callable[[], None]) -> None:
            self()

    task = Custom(landing)
    trace = functools.partial(Custom.__trace__, task)
    task.__trace__ = types.SimpleNamespace(__code__=Custom.__trace__.__code__)  # type: ignore[method-assign]
    trace(lambda: None)
    assert task.seen["its own call"] == ANYWHERE


def test_a_task_that_others_have_wrapped_is_struck_in_its_body(
    inside: Callable[[str], types.ModuleType],
) -> None:
    """Sentry calls the tracer, and the tracer the task, through functions of its own."""
    task = Task(inside("landing"))
    run, trace = task.run, functools.partial(Task.__trace__, task)

    @functools.wraps(run)
    def watched_run() -> None:
        run()

    @functools.wraps(Task.__trace__)
    def watched_trace() -> None:
        task.look("around the tracer")
        trace(lambda: task.look("before the task"))

    task.run = watched_run  # type: ignore[method-assign]
    task.__trace__ = watched_trace  # type: ignore[method-assign]
    watched_trace()
    struck = {place for place, answer in task.seen.items() if answer == ANYWHERE}
    assert struck == {"its body", "what its body calls"}
    assert task.seen["logging"] == NOWHERE
