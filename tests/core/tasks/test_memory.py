"""What tasks take, by name."""

import pytest

from core.tasks import memory
from core.tasks.memory import MemoryBook, TaskMemory


def test_each_name_has_its_count_median_and_most_the_greediest_first() -> None:
    book = MemoryBook()
    for grown in (10, 30, 20):
        book.add("shop.add", grown)
    book.add("shop.render", 500)
    assert book.read() == (
        TaskMemory("shop.render", 1, 500, 500),
        TaskMemory("shop.add", 3, 20, 30),
    )


def test_the_most_is_of_all_runs_and_the_median_of_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memory, "KEPT_RUNS", 3)
    book = MemoryBook()
    for grown in (900, 1, 2, 3):
        book.add("shop.add", grown)
    assert book.read() == (TaskMemory("shop.add", 4, 2, 900),)


def test_names_that_are_not_heard_of_any_more_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memory, "KEPT_NAMES", 2)
    book = MemoryBook()
    for name in ("a", "b", "a", "c"):
        book.add(name, 1)
    assert {each.name for each in book.read()} == {"a", "c"}
