"""Errors of tasks in words."""

from dataclasses import replace

import pytest

from core.tasks.ledger import Ledger
from core.tasks.task import Task
from desktop.send.error_text import LONGEST, error_detail, error_title


@pytest.mark.parametrize(
    ("error", "title"),
    [
        ("ValueError('no address')", "ValueError: no address"),
        ('shop.ChartTimeout("it\'s slow",)', "shop.ChartTimeout: it's slow"),
        ("RuntimeError()", "RuntimeError"),
        ("KeyError(1, 2)", "KeyError: (1, 2)"),
        ("Odd(<object at 7>)", "Odd: <object at 7>"),
        ("no more is known", "no more is known"),
        (None, "It failed; nothing more is known"),
    ],
)
def test_an_error_has_a_title(error: str | None, title: str) -> None:
    assert error_title(error) == title


def failed(**more: object) -> Task:
    ledger = Ledger()
    ledger.sent(["a"], "shop.add", 0.0)
    task = ledger.task("a")
    assert task is not None
    return replace(task, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("task", "most", "said"),
    [
        (failed(worker="worker3@box", runtime_s=4.0), 3, "First try on worker3; it ran for 4.0 s."),
        (failed(worker="worker3@box", retries=2), 2, "Third and last try on worker3."),
        (failed(retries=1), None, "Second try."),
        (failed(retries=11), 20, "12th try."),
    ],
)
def test_it_is_told_which_try_it_was(task: Task, most: int | None, said: str) -> None:
    assert error_detail(task, most) == said


def test_a_title_is_short_however_long_the_error_is() -> None:
    title = error_title(f"ValueError({'a long tale ' * 90!r})")
    assert title.startswith("ValueError: a long tale a long")
    assert title.endswith("…")
    assert len(title) <= LONGEST
