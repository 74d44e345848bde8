"""One task in words."""

from dataclasses import replace

from core.tasks.ledger import Ledger
from core.tasks.task import Task
from desktop.send.result_row import Column, ResultRow, ran, result, waited


def task(**more: object) -> Task:
    ledger = Ledger()
    ledger.sent(["a"], "shop.add", 10.0)
    made = ledger.task("a")
    assert made is not None
    return replace(made, **more)  # type: ignore[arg-type]


def test_it_waits_until_it_starts_or_ends() -> None:
    assert waited(task(), 16.6) == "6.6 s"
    assert waited(task(started_at=12.0), 99.0) == "2.0 s"
    assert waited(task(ended_at=13.0), 99.0) == "3.0 s"
    assert waited(None, 1.0) == ""


def test_it_ran_as_its_worker_says_or_by_our_own_clock() -> None:
    assert ran(task(), 20.0) == ""
    assert ran(task(started_at=12.0), 13.4) == "1.4 s"
    assert ran(task(started_at=12.0, ended_at=14.0), 99.0) == "2.0 s"
    assert ran(task(started_at=12.0, runtime_s=0.002), 99.0) == "2 ms"
    assert ran(None, 1.0) == ""


def test_its_result_is_what_it_returned_or_the_name_of_the_error() -> None:
    assert result(task(result="'r.pdf'")) == "'r.pdf'"
    assert result(task(state="failed", error="ValueError('x(1)')")) == "ValueError"
    assert result(task(state="revoked", error="terminated")) == "terminated"
    assert (result(task()), result(None)) == ("", "")


def test_a_row_has_a_text_for_each_column_and_a_sentence() -> None:
    row = ResultRow("e5a9774b-1111", "sent", None, None, "6.6 s", "", "")
    assert [row.text(column) for column in Column] == [
        *("Waiting", "e5a9774b", "none yet", "6.6 s", "", "")
    ]
    assert row.sentence == "e5a9774b, Waiting, no worker yet, waited 6.6 s"
    assert not row.bad
