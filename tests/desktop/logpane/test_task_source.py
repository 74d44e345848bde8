"""The lines of one task from several logs."""

import pytest

from core.logs.store import LogStore
from desktop.logpane import task_source
from desktop.logpane.document import Document
from desktop.logpane.task_source import TaskSource
from tests.support.logs import ID, OTHER_ID, failed, printed, store_of


def at(second: int, text: str, level: str = "INFO") -> str:
    return printed(text, level, f"21:42:{second:02},000")


def received(second: int, task: str = ID) -> str:
    return at(second, f"Task a.b[{task}] received")


def succeeded(second: int, task: str = ID) -> str:
    return at(second, f"Task a.b[{task}] succeeded in 1.0s: None")


def source_of(*stores: LogStore, solo: bool = True) -> TaskSource:
    source = TaskSource(stores, [f"worker{n + 1}" for n in range(len(stores))], ID, solo=solo)
    look(source)
    return source


def look(source: TaskSource) -> int:
    while not source.search():
        pass
    return source.grow()


def rows(source: TaskSource) -> list[tuple[int, str]]:
    return [(line.worker, line.message) for line in source.lines(0, source.end)]


def test_lines_of_all_workers_stand_in_the_order_of_their_time() -> None:
    retry = at(3, f"Task a.b[{ID}] retry: Retry in 1s")
    one = store_of(received(1), "printed meanwhile\n", retry, at(4, "of nobody"))
    two = store_of(at(2, f"about {ID}"), received(5), at(6, "page 1"), succeeded(7))
    source = source_of(one, two)
    assert [worker for worker, _ in rows(source)] == [0, 0, 1, 0, 1, 1, 1]
    assert [text.split()[-1] for _, text in rows(source)] == [
        *("received", "meanwhile", ID, "1s", "received", "1", "None")
    ]
    assert source.workers(0, 7) == [0, 0, 1, 0, 1, 1, 1]
    assert source.texts(0, 1)[0].startswith("worker1  [2026")
    assert source.messages(5, 6) == ["page 1"]


def test_of_a_worker_that_runs_many_at_a_time_only_what_names_it_counts() -> None:
    one = store_of(received(1), "printed meanwhile\n", succeeded(3))
    assert len(rows(source_of(one, solo=False))) == 2


def test_a_traceback_stays_with_its_record_and_is_red() -> None:
    source = source_of(store_of(received(1), failed("21:42:02,000")))
    assert [line.continues for line in source.lines(0, 8)] == [False, False, *[True] * 6]
    assert not source.quiet(0, 8)
    assert source.quiet(0, 1)
    assert Document(source).errors == [1]


def test_what_is_left_of_a_traceback_whose_record_was_dropped_begins_one() -> None:
    store = LogStore(max_lines=9)
    source = source_of(store)
    store.append((received(1) + failed("21:42:02,000")).encode())
    look(source)
    store.append((at(3, "a") + at(4, "b") + at(5, "c")).encode())
    look(source)
    lines = source.lines(0, source.end)
    assert lines[0].message.startswith("Traceback")
    assert [line.continues for line in lines] == [False, *[True] * 5]


def test_what_comes_is_added_and_what_was_likely_may_be_taken_back() -> None:
    store = store_of(received(1), received(1, OTHER_ID), "whose print is it\n")
    source = source_of(store)
    assert source.end == 2
    store.append(succeeded(3, OTHER_ID).encode())
    assert look(source) == 1
    assert [text.split()[-1] for _, text in rows(source)] == ["received"]
    store.append((at(4, "mine") + succeeded(5)).encode())
    assert look(source) == 1
    assert source.end == 3
    assert look(source) == 3


def test_lines_that_were_dropped_go(monkeypatch: pytest.MonkeyPatch) -> None:
    store = LogStore(max_lines=4)
    source = source_of(store)
    store.append((received(1) + at(2, "a") + at(3, "b")).encode())
    look(source)
    store.append((at(4, "c") + at(5, "d")).encode())
    assert [line.message for line in source.lines(0, 1)] == [""]
    assert source.messages(0, 1) == [""]
    look(source)
    assert [text for _, text in rows(source)] == ["a", "b", "c", "d"]


def test_of_very_many_lines_the_newest_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_source, "MOST", 3)
    source = source_of(store_of(received(1), *[at(n, f"page {n}") for n in range(2, 9)]))
    assert [text for _, text in rows(source)] == ["page 6", "page 7", "page 8"]
    assert source.lost() == "5 earlier lines of this task are not shown here"
    assert source_of(store_of(received(1))).lost() == ""
