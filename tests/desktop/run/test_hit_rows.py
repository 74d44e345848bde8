"""The hits of a search as a model."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from core.logs.level import Level
from core.logs.search import Hit
from core.logs.store import LogStore
from desktop.run.hit_rows import GONE, HIT_ROLE, ROW_ROLE, HitRow, HitRows
from tests.support.logs import printed
from tests.support.run_logs import Fleet, fleet_of

AT = datetime(2026, 11, 25, 21, 42, 49, 101_000)


@pytest.fixture
def fleet() -> Fleet:
    return fleet_of(2)


@pytest.fixture
def rows(fleet: Fleet, qtbot: QtBot) -> HitRows:
    known = {row.worker.name: row for row in fleet.rows()}
    rows = HitRows(known.get, fleet.stores.__getitem__)
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal, rows)
    return rows


def row(rows: HitRows, place: int) -> HitRow:
    return rows.index(place, 0).data(ROW_ROLE)


def test_a_row_is_read_when_it_is_looked_at(rows: HitRows, fleet: Fleet) -> None:
    fleet.stores["worker2@box"].append(printed("a slow one", "WARNING").encode())
    head = len(printed("", "WARNING")) - 1
    hit = Hit("worker2@box", 0, ((head + 2, head + 6),), AT)
    rows.show_hits([hit])
    assert row(rows, 0) == HitRow("worker2", 2, "", AT, Level.WARNING, "a slow one", ((2, 6),))
    index = rows.index(0, 0)
    assert index.data(HIT_ROLE) == hit
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "worker2, 21:42:49: a slow one"


def test_what_was_found_in_the_header_too_is_marked_in_the_message_alone(
    rows: HitRows, fleet: Fleet
) -> None:
    fleet.stores["worker1@box"].append(printed("info").encode())
    head = len(printed("")) - 1
    rows.show_hits([Hit("worker1@box", 0, ((26, 30), (head, head + 4)), AT)])
    assert row(rows, 0).spans == ((0, 4),)


def test_a_line_that_was_dropped_meanwhile_says_so(rows: HitRows, fleet: Fleet) -> None:
    fleet.stores["worker1@box"] = LogStore(max_lines=1)
    fleet.stores["worker1@box"].append((printed("a") + printed("b")).encode())
    rows.show_hits([Hit("worker1@box", 0, (), AT), Hit("gone@box", 0, (), AT)])
    fleet.stores["gone@box"] = LogStore()
    assert row(rows, 0).text == GONE
    assert (row(rows, 1).number, row(rows, 1).letter) == (0, "G")


def test_a_hit_is_found_again_among_others(rows: HitRows) -> None:
    hits = [Hit("worker1@box", 7, (), None), Hit("worker2@box", 7, (), None)]
    rows.show_hits(hits)
    assert rows.place(hits[1]) == 1
    assert rows.place(Hit("worker2@box", 8, (), None)) is None
    assert rows.place(None) is None
