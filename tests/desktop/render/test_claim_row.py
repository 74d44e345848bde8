"""One finding."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.render.verifying.report import Finding, Sure
from desktop.render.claim_row import ClaimRow
from desktop.render.proof_words import LOOKS
from desktop.theme.theme import Theme
from desktop.widgets.pill import Pill


def texts(row: ClaimRow) -> list[str]:
    return [each.text() for each in row.findChildren(QLabel)]


@pytest.mark.parametrize("sure", list(Sure))
def test_it_says_how_sure_it_is_by_shape_word_and_colour(
    both_themes: Theme, qtbot: QtBot, sure: Sure
) -> None:
    row = ClaimRow(both_themes, Finding("web", sure, "api answers", "GET /health: 200"))
    qtbot.addWidget(row)
    row.show()
    (pill,) = row.findChildren(Pill)
    assert pill.look is LOOKS[sure]
    assert row.accessibleName() == f"{LOOKS[sure].label}: api answers"
    assert texts(row) == ["Api answers", "GET /health: 200"]
    assert not row.grab().isNull()


def test_what_does_not_hold_says_what_to_do(theme: Theme, qtbot: QtBot) -> None:
    row = ClaimRow(theme, Finding("web", Sure.FAILED, "api is ill", "503", "read its log"))
    qtbot.addWidget(row)
    assert texts(row)[-1] == "What to do: read its log"
