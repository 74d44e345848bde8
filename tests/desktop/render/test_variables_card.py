"""What Render has of the variables."""

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.variables.contract import State
from core.render.variables.drift import Drift
from desktop.render.variables_card import VariablesCard
from desktop.theme.theme import Theme
from tests.support.qt import heard_by

FOUND = (
    Drift("BROKER", ".env:4", State.MISSING, FleetError("w", "it is localhost", "another one")),
    Drift("MAIL_KEY", ".env:1", State.DIFFERENT),
    Drift("NEW_KEY", ".env:2", State.MISSING),
    Drift("ONLY_THERE", "", State.PRESENT),
    Drift("SAME", ".env:3", State.EQUAL),
)


def card(theme: Theme, qtbot: QtBot) -> VariablesCard:
    made = VariablesCard(theme)
    qtbot.addWidget(made)
    made.resize(744, 400)
    made.show()
    made.show_drift((("evg-1", "Group shop"), ("srv-1", "Service jobs")), "evg-1", FOUND)
    return made


def test_each_variable_says_how_it_stands_there(both_themes: Theme, qtbot: QtBot) -> None:
    made = card(both_themes, qtbot)
    assert [row[2].text for row in made.rows.rows] == [
        "not to be sent",
        "different",
        "missing",
        "only there",
        "equal",
    ]
    assert "localhost" in made.rows.rows[0][2].hint
    assert made.holder.currentText() == "Group shop"


def test_only_what_differs_and_can_be_right_there_is_sent(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    assert not made.send_button.isEnabled()
    made.differing.click()
    assert made.send_button.text() == "Set 2 on Render…"
    sent = heard_by(made.send)
    made.send_button.click()
    assert sent == [(("MAIL_KEY", "NEW_KEY"),)]
    made.show_busy(True)
    assert not made.send_button.isEnabled()


def test_names_that_env_lacks_are_copied_without_values(theme: Theme, qtbot: QtBot) -> None:
    card(theme, qtbot).copy.click()
    assert QGuiApplication.clipboard().text() == "ONLY_THERE=\n"


def test_before_anything_is_asked_there_is_a_button_and_no_table(
    theme: Theme, qtbot: QtBot
) -> None:
    made = VariablesCard(theme)
    qtbot.addWidget(made)
    made.show()
    assert not made.table.isVisible()
    assert "key" in made.state.text()
    asked = heard_by(made.ask)
    made.ask_button.click()
    assert asked == [()]
    made.show_error(FleetError("w", "y", "f"))
    assert made.fault.isVisible()
