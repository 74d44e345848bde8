"""Logs of services elsewhere, beside the local ones."""

from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.logpane.notes import Note
from desktop.run.far_logs import LIVE, LOST, FarLogs
from desktop.run.grid import Layout
from desktop.run.logs import Logs
from desktop.theme.theme import Theme
from tests.support.logs import printed
from tests.support.qt import heard_by
from tests.support.run_logs import fleet_of

LINE = b"[2026-11-20 10:00:00,000: ERROR/a1] boom\n"


def test_a_service_has_a_row_that_says_where_it_is_and_how_its_lines_come() -> None:
    far = FarLogs()
    changes, growth = heard_by(far.changed), heard_by(far.grew)
    name = far.show("jobs", "https://dashboard.render.com/x")
    far.tell(name, LIVE)
    far.tell(name, LIVE)
    (row,) = far.rows(4)
    assert (row.number, row.name, row.letter, row.look) == (5, "jobs (Render)", "R", LIVE)
    assert row.elsewhere
    assert changes == [(frozenset((name,)),)] * 2
    far.take(name, LINE)
    store = far.log(name)
    assert store is not None
    assert growth == [(frozenset((name,)),)]
    notes = heard_by(far.noted)
    far.note(name, "connection lost")
    (told,) = notes
    assert isinstance(told[1], Note)
    assert (told[0], told[1].line, told[1].text) == (name, 1, "connection lost")
    assert far.page(name) == "https://dashboard.render.com/x"
    assert far.log("worker1@box") is None


def test_what_is_hidden_is_kept_and_shown_again() -> None:
    far = FarLogs()
    name = far.show("jobs", "")
    far.take(name, LINE)
    far.hide()
    assert far.rows(0) == ()
    assert far.show("jobs", "") == name
    store = far.log(name)
    assert store is not None
    assert store.end == 1


def test_its_pane_has_no_buttons_for_a_process_and_the_log_of_all_has_its_lines(
    both_themes: Theme, qtbot: QtBot
) -> None:
    fleet, far = fleet_of(2), FarLogs()
    name = far.show("jobs", "")
    far.tell(name, LOST)

    def log_of(wanted: str) -> object:
        return far.log(wanted) or fleet.stores[wanted]

    logs = Logs(both_themes, log_of)  # type: ignore[arg-type]
    qtbot.addWidget(logs)
    logs.resize(1000, 700)
    rows = fleet.rows()
    logs.show_workers((*rows, *far.rows(len(rows))), frozenset((*fleet.names, name)))
    logs.show()
    qtbot.waitExposed(logs)
    pane = logs.panes.pane(name)
    names = [each.accessibleName() for each in pane.findChildren(QToolButton) if each.isVisible()]
    assert "Stop jobs (Render)" not in names
    assert "Restart jobs (Render)" not in names
    words = [action.text() for action in pane.make_menu().actions()]
    assert "Restart" not in words
    assert "Maximise or restore" in words
    fleet.stores[fleet.names[0]].append(printed("before").encode())
    far.take(name, LINE)
    logs.grew(frozenset((*fleet.names, name)))
    logs.arrange(Layout.MERGED)
    qtbot.waitUntil(lambda: logs.merged.document.count == 2)
    assert "jobs (Render)" in logs.merged.view.names
