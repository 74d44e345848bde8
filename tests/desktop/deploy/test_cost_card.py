"""The cost in one look."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from desktop.deploy.cost_card import CostCard, risk_told
from desktop.deploy.facts import Facts, WhatIf
from desktop.deploy.looking import size_of
from desktop.theme.theme import Theme


def texts_of(made: CostCard) -> list[str]:
    return [each.text() for each in made.findChildren(QLabel) if each.isVisible()]


def card(theme: Theme, qtbot: QtBot) -> CostCard:
    made = CostCard(theme)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_tells_the_bill_and_the_memory(both_themes: Theme, qtbot: QtBot, facts: Facts) -> None:
    made = card(both_themes, qtbot)
    made.show_size(facts.size)
    qtbot.waitUntil(lambda: "unknown" in texts_of(made))  # the price of Key Value
    texts = texts_of(made)
    assert made.total.text() == "$14"
    assert any(text.startswith("at least; starter worker") for text in texts)
    assert "400 MB = 100 + 1 × 300" in texts
    assert made.risk.text().startswith("Safe: at most 78%")


def test_another_size_replaces_the_lines(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    for plan, dollars in (("standard", "$32"), ("pro", "$92")):
        made.show_size(size_of(None, None, WhatIf(plan, 1, 1)))
        assert made.total.text() == dollars
    qtbot.waitUntil(lambda: "$85" in texts_of(made))
    assert "$25" not in texts_of(made)


def test_an_error_stands_in_its_place(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    made.show_size(FleetError("there is no plan 'x'", "these are known", "take one"))
    assert made.fault.isVisible()
    assert not made.total.isVisible()


def test_a_risk_is_a_sentence() -> None:
    assert risk_told("too much: 120%") == "Too much: 120%"
