"""The checklist as a step."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.checklist.evidence import State
from desktop.deploy.checklist_card import ChecklistCard
from desktop.theme.theme import Theme
from tests.support.checklists import NO_KEY
from tests.support.qt import heard_by
from tests.support.storefront import checked_of

LEFT = Qt.MouseButton.LeftButton


def card(theme: Theme, qtbot: QtBot) -> ChecklistCard:
    made = ChecklistCard(theme)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def test_it_counts_its_boxes_by_state_and_a_chip_hides_them(
    both_themes: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    made = card(both_themes, qtbot)
    assert not made.copy.isEnabled()
    made.show_checked(checked_of(tmp_path))
    qtbot.waitUntil(lambda: made.boxes.complete)
    assert made.chips[State.DONE].accessibleName() == "Done, 20"
    assert made.chips[State.UNKNOWN].accessibleName() == "Not known, 2"
    assert made.boxes.rows["redis"].isVisible()
    QTest.mouseClick(made.chips[State.DONE], LEFT)
    assert not made.boxes.rows["redis"].isVisible()
    assert made.boxes.rows["sent"].isVisible()
    assert not made.grab().isNull()


def test_it_says_once_why_render_was_not_asked(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    made = card(theme, qtbot)
    made.show_checked(checked_of(tmp_path, NO_KEY))
    assert made.state.text() == (
        "Render told nothing: there is no key for Render's API. Make a key."
    )
    made.show_checked(checked_of(tmp_path))
    assert not made.state.isVisible()


def test_while_it_is_looked_at_it_says_so_and_cannot_be_asked_again(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    made = card(theme, qtbot)
    made.show_running(True)
    assert not made.again_button.isEnabled()
    assert made.state.text().startswith("Looking")
    made.show_checked(checked_of(tmp_path, NO_KEY))
    assert made.state.text().startswith("Looking")
    made.show_waiting("waiting for a limit of Render")
    assert made.state.text() == "Waiting for a limit of Render"
    made.show_running(False)
    assert made.state.text().startswith("Render told nothing")
    again = heard_by(made.again)
    QTest.mouseClick(made.again_button, LEFT)
    assert len(again) == 1


def test_it_goes_out_as_markdown(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    made = card(theme, qtbot)
    made.show_checked(checked_of(tmp_path))
    QTest.mouseClick(made.copy, LEFT)
    text = QGuiApplication.clipboard().text()
    assert text == made.markdown()
    assert text.startswith("# Deployment checklist of ")
    asked = heard_by(made.save_asked)
    QTest.mouseClick(made.save, LEFT)
    (dialog,) = made.findChildren(QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    dialog.fileSelected.emit(str(tmp_path / "list.md"))
    dialog.close()
    assert asked == [(str(tmp_path / "list.md"), text)]


def test_what_cannot_be_looked_at_is_told_in_three_parts(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    made.show_checked(FleetError("there is no repository", "no .git", "git init"))
    assert made.fault.isVisible()
    assert made.boxes.rows == {}
    assert made.markdown() == ""
    made.show_checked(None)
    assert not made.fault.isVisible()
