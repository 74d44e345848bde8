"""The diff of render.yaml."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.blueprint.drafting import Draft, write_draft
from desktop.deploy.blueprint_card import BlueprintCard
from desktop.deploy.facts import Facts
from desktop.theme.theme import Theme
from tests.support.storefront import facts_of


def card(theme: Theme, qtbot: QtBot) -> BlueprintCard:
    made = BlueprintCard(theme)
    qtbot.addWidget(made)
    made.resize(500, 500)
    made.show()
    return made


def test_a_new_file_can_be_written_and_then_there_is_nothing_to_write(
    theme: Theme, qtbot: QtBot, root: Path, facts: Facts
) -> None:
    made = card(theme, qtbot)
    made.show_draft(facts.draft, None)
    assert not made.open.isVisible()
    with qtbot.waitSignal(made.write):
        QTest.mouseClick(made.write_button, Qt.MouseButton.LeftButton)
    assert isinstance(facts.draft, Draft)
    write_draft(facts.draft)
    made.show_draft(facts_of(root).draft, None)
    assert not made.write_button.isEnabled()
    assert {line.kind for line in made.diff.lines} == {"same"}
    with qtbot.waitSignal(made.opened):
        QTest.mouseClick(made.open, Qt.MouseButton.LeftButton)


def test_what_went_wrong_is_told_and_the_diff_stays(
    theme: Theme, qtbot: QtBot, facts: Facts
) -> None:
    made = card(theme, qtbot)
    error = FleetError("render.yaml could not be written", "read-only", "make it writable")
    made.show_draft(facts.draft, error)
    assert made.fault.isVisible()
    assert made.diff.isVisible()
    made.show_draft(error, None)
    assert not made.diff.isVisible()
