"""All findings."""

import pytest
from pytestqt.qtbot import QtBot

from core.render.verifying.report import Finding, Sure
from desktop.render.claim_list import ClaimList
from desktop.theme.theme import Theme
from desktop.widgets import slices

FOUND = tuple(Finding(f"check-{n}", Sure.PROVED, f"claim {n}", "seen") for n in range(5))


def shown(made: ClaimList) -> list[Finding]:
    return [row.finding for row in made.rows]


def test_rows_stay_while_others_come_and_go_with_another_report(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE_S", 0.0)  # each row in a turn of its own
    made = ClaimList(theme)
    qtbot.addWidget(made)
    made.show()
    made.show_findings(FOUND[:2])
    qtbot.waitUntil(lambda: made.complete)
    first = made.rows[0]
    made.show_findings(FOUND)
    assert not made.complete
    qtbot.waitUntil(lambda: made.complete)
    assert shown(made) == list(FOUND)
    assert made.rows[0] is first
    made.show_findings(FOUND[3:])
    qtbot.waitUntil(lambda: made.complete)
    assert shown(made) == list(FOUND[3:])
    made.show_findings(())
    assert made.rows == []
