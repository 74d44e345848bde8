"""The results as a model, from a real ledger."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from core.tasks.facts import Failed, Started, Succeeded
from core.tasks.ledger import Ledger
from desktop.send.result_row import Column
from desktop.send.result_rows import SHOWN, ResultRows
from desktop.send.timing import Figures

NODE = "worker1@box"


class Books:
    """A ledger, and the model that shows it."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.now = 0.0
        self.rows = ResultRows(self.ledger.task, lambda name: int(name[6]), lambda: self.now)
        mode = QAbstractItemModelTester.FailureReportingMode.Fatal
        self.tester = QAbstractItemModelTester(self.rows, mode)

    def send(self, *ids: str) -> None:
        self.rows.add(ids)
        self.ledger.sent(ids, "add", self.now)
        self.rows.take(ids)

    def run(self, task_id: str, begin: float, end: float | None = None, error: str = "") -> None:
        self.ledger.apply(NODE, 1, Started(begin, task_id, "add"), begin)
        if end is not None:
            ran = end - begin
            fact = (
                Failed(end, task_id, "add", ran, error, None, None)
                if error
                else Succeeded(end, task_id, "add", ran, "3", None, None, False)
            )
            self.ledger.apply(NODE, 1, fact, end)
        self.rows.take([task_id])

    def shown(self) -> list[str]:
        return [self.rows.at(row).id for row in range(self.rows.rowCount())]


@pytest.fixture
def books(qtbot: QtBot) -> Books:
    return Books()


def test_the_last_sent_is_on_top_and_each_row_tells_how_it_stands(books: Books) -> None:
    books.send("a", "b")
    books.run("a", 1.0, 3.0)
    books.run("b", 2.0)
    books.now = 4.5
    assert books.shown() == ["b", "a"]
    texts = [
        [books.rows.data(books.rows.index(row, column)) for column in Column] for row in (0, 1)
    ]
    assert texts == [
        ["Running", "b", "worker1", "2.0 s", "2.5 s", ""],
        ["Succeeded", "a", "worker1", "1.0 s", "2.0 s", "3"],
    ]
    assert books.rows.figures() == Figures(2.0, 2.0, 2)


def test_what_others_sent_is_passed_over(books: Books) -> None:
    books.send("a")
    books.run("foreign", 0.0, 1.0)
    assert books.rows.states == {"sent": 1}


def test_an_open_task_has_a_row_below_it_which_stays_with_it(books: Books) -> None:
    books.send("a", "b")
    books.run("a", 0.0, 1.0, "ValueError('x')")
    opened: list[int] = []
    books.rows.opened.connect(opened.append)
    books.rows.turn("a")
    assert (opened, books.shown()) == ([2], ["b", "a", "a"])
    assert books.rows.at(2).detail
    books.send("c")
    assert books.shown() == ["c", "b", "a", "a"]
    assert books.rows.beyond.total() == 0
    books.rows.turn("b")
    assert (books.shown(), books.rows.open_id) == (["c", "b", "b", "a"], "b")
    books.rows.turn("b")
    assert (books.shown(), books.rows.open_id) == (["c", "b", "a"], None)


def many(count: int) -> Sequence[str]:
    return [f"{number:05}" for number in range(count)]


def test_beyond_a_number_of_rows_tasks_are_only_counted_but_for_failures(books: Books) -> None:
    ids = many(SHOWN + 50)
    books.send(*ids)
    assert books.rows.rowCount() == SHOWN
    assert books.rows.beyond == {"sent": 50}
    books.run(ids[-1], 0.0, 1.0, "ValueError('x')")
    assert books.shown()[-1] == ids[-1]
    assert (books.rows.states["failed"], books.rows.beyond) == (1, {"sent": 49})


def test_what_did_not_go_out_is_taken_back(books: Books) -> None:
    books.send("a", "b")
    books.rows.turn("b")
    books.rows.forget(["b", "foreign"])
    assert (books.shown(), books.rows.ids, books.rows.open_id) == (["a"], ("a",), None)
    assert books.rows.states.total() == 1


def test_another_sending_begins_empty(books: Books) -> None:
    books.send("a")
    books.rows.begin()
    assert (books.shown(), books.rows.states.total(), books.rows.figures()) == ([], 0, None)


def test_a_tick_repaints_only_what_goes_on(books: Books) -> None:
    books.send("a", "b")
    books.run("b", 0.0, 1.0)
    told: list[tuple[int, int]] = []
    books.rows.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    books.rows.tick()
    assert told == [(1, 1)]


def test_a_screen_reader_and_a_pointer_are_told_all(books: Books) -> None:
    books.send("a")
    books.run("a", 0.0, 2.0, "ValueError('x')")
    index = books.rows.index(0, 0)
    words = books.rows.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert words == "a, Failed, worker1@box, waited 0 ms, ran 2.0 s, ValueError"
    assert books.rows.data(index, Qt.ItemDataRole.ToolTipRole) == "a\nworker1@box\nValueError"
    heads = [
        books.rows.headerData(section, Qt.Orientation.Horizontal) for section in range(len(Column))
    ]
    assert heads == ["", "TASK", "WORKER", "WAITED", "RAN", "RESULT"]
