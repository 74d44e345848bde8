"""Earlier deploys, and the way back."""

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from core.render.api.answers import Deploy
from desktop.render.history_card import MOST, HistoryCard
from desktop.theme.theme import Theme
from tests.support.qt import heard_by

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
DEPLOYS = tuple(
    Deploy(f"dep-{number}", status, f"{number}" * 40, "Sell\n\nmore", "api", AT, AT)
    for number, status in enumerate(("live", "build_failed", "deactivated", *["live"] * MOST))
)


def card(theme: Theme, qtbot: QtBot) -> HistoryCard:
    made = HistoryCard(theme)
    qtbot.addWidget(made)
    made.resize(744, 400)
    made.show_deploys("jobs", DEPLOYS)
    made.show()
    return made


@pytest.mark.parametrize(("row", "why"), [(0, "it is live"), (1, "it was never live"), (2, "")])
def test_one_goes_back_only_to_what_was_live_before(
    both_themes: Theme, qtbot: QtBot, row: int, why: str
) -> None:
    made = card(both_themes, qtbot)
    assert made.why.text() == "choose one to go back to"
    made.table.selectRow(row)
    assert made.why.text() == why
    assert made.button.isEnabled() is (why == "")


def test_the_chosen_one_stays_chosen_when_there_are_others(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    made.table.selectRow(2)
    newer = Deploy("dep-new", "created", "a" * 40, "", "api", AT, None)
    made.show_deploys("jobs", (newer, *DEPLOYS))
    back = heard_by(made.roll_back)
    made.button.click()
    assert back == [("dep-2",)]
    assert len(made.rows.rows) == MOST


def test_without_a_deploy_there_is_no_card(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    made.show_deploys("", ())
    assert not made.isVisible()
