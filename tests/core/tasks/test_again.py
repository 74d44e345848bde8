"""Sending a known task again."""

from dataclasses import replace

import pytest

from core.tasks.again import call_again
from core.tasks.call import TaskCall
from core.tasks.ledger import Ledger
from core.tasks.task import Task


def task(args: str, kwargs: str = "{}") -> Task:
    ledger = Ledger()
    ledger.sent(["a"], "shop.add", 0.0)
    made = ledger.task("a")
    assert made is not None
    return replace(made, args=args, kwargs=kwargs)


def test_plain_arguments_are_read_back_from_what_the_worker_told() -> None:
    again = call_again(task("(1, 'two', [3.5, None], {'x': (4,)})", "{'late': True}"))
    assert again == TaskCall("shop.add", [1, "two", [3.5, None], {"x": [4]}], {"late": True})
    assert call_again(task("[]")) == TaskCall("shop.add", [], {})


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        ("", ""),
        ("(<Order 7>,)", "{}"),
        ("(datetime.date(2026, 11, 25),)", "{}"),
        ("(b'raw',)", "{}"),
        ("({1, 2},)", "{}"),
        ("[1, 2, ...]", "{}"),
        ("('a long tex...',)", "{}"),
        ("(1e999,)", "{}"),
        ("(1,)", "[]"),
        ("1", "{}"),
    ],
)
def test_what_cannot_be_read_in_full_is_not_sent(args: str, kwargs: str) -> None:
    assert call_again(task(args, kwargs)) is None
