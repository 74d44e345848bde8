"""One box of the checklist."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.render.checklist.box import Box, box
from core.render.checklist.evidence import Evidence, Source, State
from core.render.checklist.ticking import Ticked
from desktop.deploy.box_looks import LOOKS
from desktop.deploy.box_row import BoxRow, when
from desktop.theme.theme import Theme
from tests.support.qt import heard_by

AT = datetime(2026, 11, 26, 3, tzinfo=UTC)
FILE = Evidence(Source.FILE, "rootDir: backend", "render.yaml", 12)
LOG = Evidence(Source.LOG, "worker@a ready.", at=AT, commit="0123456789", deploy="dep-1")


def named(id: str) -> Box:
    known = box(id)
    assert known is not None
    return known


def shown(theme: Theme, qtbot: QtBot, ticked: Ticked) -> BoxRow:
    row = BoxRow(theme, ticked)
    qtbot.addWidget(row)
    row.resize(900, 120)
    row.show()
    return row


def texts(row: BoxRow) -> list[str]:
    return [each.text() for each in row.findChildren(QLabel) if each.text()]


@pytest.mark.parametrize("state", list(State))
def test_a_state_is_said_in_a_word_beside_its_shape(
    both_themes: Theme, qtbot: QtBot, state: State
) -> None:
    row = shown(both_themes, qtbot, Ticked(named("web-root"), state, (), "why not", "do that"))
    assert LOOKS[state].word in texts(row)
    assert row.accessibleName() == f"{LOOKS[state].word}: Its root directory is where the app is"
    assert {"Why not", "Do that"} <= set(texts(row))
    assert row.tick is None
    assert not row.grab().isNull()


def test_what_shows_it_stands_beneath_and_a_place_is_a_link(theme: Theme, qtbot: QtBot) -> None:
    row = shown(theme, qtbot, Ticked(named("web-root"), State.DONE, (FILE, LOG)))
    assert {"rootDir: backend", "worker@a ready.", "Log"} <= set(texts(row))
    assert "2026-11-26 03:00Z, 0123456" in texts(row)
    places = heard_by(row.place_clicked)
    (link,) = row.links
    assert link.text() == "render.yaml:12"
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert places == [("render.yaml", 12)]


@pytest.mark.parametrize(
    ("state", "ticked", "asks"),
    [
        (State.UNKNOWN, False, True),
        (State.STALE, False, True),
        (State.DONE, True, False),
    ],
)
def test_what_only_a_person_knows_is_a_box_to_tick(
    theme: Theme, qtbot: QtBot, state: State, ticked: bool, asks: bool
) -> None:
    row = shown(theme, qtbot, Ticked(named("sent"), state, ()))
    assert row.tick is not None
    assert row.tick.isChecked() is ticked
    asked = heard_by(row.asked)
    QTest.mouseClick(row.tick, Qt.MouseButton.LeftButton)
    assert asked == [(named("sent"), asks)]


def test_what_is_not_needed_cannot_be_ticked(theme: Theme, qtbot: QtBot) -> None:
    assert shown(theme, qtbot, Ticked(named("sent"), State.NOT_NEEDED, ())).tick is None


def test_a_file_has_no_time() -> None:
    assert when(FILE) == ""
