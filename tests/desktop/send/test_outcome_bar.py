"""The bar and its legend."""

from collections import Counter

import pytest
from pytestqt.qtbot import QtBot

from core.tasks.task import State
from desktop.send.outcome_bar import OutcomeBar
from desktop.theme.theme import Theme

STATES: Counter[State] = Counter({"succeeded": 8, "failed": 2, "sent": 10})


@pytest.fixture
def bar(both_themes: Theme, qtbot: QtBot) -> OutcomeBar:
    bar = OutcomeBar(both_themes)
    qtbot.addWidget(bar)
    bar.show_states(STATES)
    bar.resize(400, 60)
    bar.show()
    return bar


def test_each_part_is_as_long_as_its_share(bar: OutcomeBar, both_themes: Theme) -> None:
    image = bar.grab().toImage()
    tokens = both_themes.tokens
    colours = [image.pixelColor(x, 4).name() for x in (80, 180, 300)]
    assert colours == [tokens.ok, tokens.err, tokens.hover]


def test_it_is_said_in_words(bar: OutcomeBar) -> None:
    assert bar.accessibleName() == "8 succeeded, 2 failed, 0 running, 10 waiting"


def test_the_legend_goes_on_below_where_it_is_narrow(bar: OutcomeBar) -> None:
    assert bar.heightForWidth(200) > bar.heightForWidth(500)
