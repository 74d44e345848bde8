"""All boxes below each other."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFrame
from pytestqt.qtbot import QtBot

from core.render.checklist.box import BOXES, Section
from core.render.checklist.evidence import State
from desktop.deploy.box_list import BoxList
from desktop.theme.theme import Theme
from desktop.widgets import slices
from tests.support.storefront import checked_of


def shown(theme: Theme, qtbot: QtBot, top: Path) -> BoxList:
    made = BoxList(theme)
    qtbot.addWidget(made)
    made.resize(900, 2000)
    made.show()
    made.show_boxes(checked_of(top).boxes)
    qtbot.waitUntil(lambda: made.complete)
    return made


def order(made: BoxList) -> list[str]:
    """What stands below what: names of boxes, and of headings."""
    made.grab()  # which lays it out
    rows: dict[object, str] = {row: id for id, row in made.rows.items()}
    found = sorted(made.findChildren(QFrame), key=lambda each: each.y())
    tops = [each for each in found if each.parent() is made and not each.isHidden()]
    return [rows.get(each, "heading") for each in tops]


def expected() -> list[str]:
    names: list[str] = []
    for section in Section:
        names += ["heading", *(each.id for each in BOXES if each.section is section)]
    return names


def test_they_stand_in_the_order_of_the_list(
    theme: Theme, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE_S", 0.0)  # each row in a turn of its own
    made = BoxList(theme)
    qtbot.addWidget(made)
    made.resize(900, 2000)
    made.show()
    made.show_boxes(checked_of(tmp_path).boxes)
    assert not made.complete
    qtbot.waitUntil(lambda: made.complete)
    assert order(made) == expected()


def test_a_box_that_stands_otherwise_gets_a_new_row_in_its_place_and_no_other(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    made = shown(theme, qtbot, tmp_path)
    before = dict(made.rows)
    boxes = [
        replace(each, state=State.STALE) if each.box.id == "usage" else each
        for each in checked_of(tmp_path).boxes
    ]
    made.show_boxes(boxes)
    qtbot.waitUntil(lambda: made.complete)
    assert [id for id, row in made.rows.items() if before[id] is not row] == ["usage"]
    assert order(made) == expected()
    made.show_boxes(())
    assert made.rows == {}
    assert order(made) == []


def test_a_person_who_ticks_by_keyboard_stays_where_they_are(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    made = shown(theme, qtbot, tmp_path)
    made.activateWindow()
    old = made.rows["sent"].tick
    assert old is not None
    old.setFocus()
    qtbot.waitUntil(old.hasFocus)
    made.show_boxes(checked_of(tmp_path, by_hand=True).boxes)
    qtbot.waitUntil(lambda: made.complete)
    new = made.rows["sent"].tick
    assert new is not None
    assert new.isChecked()
    qtbot.waitUntil(new.hasFocus)


def test_states_are_hidden_and_headings_without_boxes_with_them(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    made = shown(theme, qtbot, tmp_path)
    made.hide_states((State.DONE,))
    assert order(made) == ["heading", "sent", "status"]
    made.hide_states(())
    assert order(made) == expected()
