"""Curves over time."""

from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from core.render.api.series import Sample
from desktop.render.line_chart import Curve, Drawing, LineChart
from desktop.theme.theme import Theme

START = datetime(2026, 11, 20, 10, tzinfo=UTC)


def curve(name: str, *values: float, steps: bool = False) -> Curve:
    samples = (Sample(START + timedelta(minutes=n), value) for n, value in enumerate(values))
    return Curve(name, tuple(samples), steps)


def colours(chart: LineChart) -> set[str]:
    image = chart.grab().toImage()
    step = range(0, image.width(), 1)
    return {image.pixelColor(x, y).name() for x in step for y in range(image.height())}


def chart(theme: Theme, qtbot: QtBot, *curves: Curve, limit: float | None = None) -> LineChart:
    made = LineChart(theme, "Memory")
    qtbot.addWidget(made)
    made.resize(500, 124)
    made.show()
    end = START + timedelta(minutes=10)
    made.show_drawing(Drawing(curves, START, end, 10.0, "{:g} MB".format, limit), "now 3 MB")
    return made


def test_one_curve_is_in_the_accent_and_several_in_colours_of_their_own(
    both_themes: Theme, qtbot: QtBot
) -> None:
    tokens = both_themes.tokens
    assert tokens.acc in colours(chart(both_themes, qtbot, curve("a", 1, 5, 3)))
    both = colours(chart(both_themes, qtbot, curve("a", 1, 5, 3), curve("b", 2, 2, 2, steps=True)))
    assert {tokens.worker(1), tokens.worker(2)} <= both


def test_a_limit_is_a_line_of_its_own(theme: Theme, qtbot: QtBot) -> None:
    assert theme.tokens.err in colours(chart(theme, qtbot, curve("a", 1, 5), limit=8.0))
    assert theme.tokens.err not in colours(chart(theme, qtbot, curve("a", 1, 5)))


@pytest.mark.parametrize("drawn", [True, False])
def test_without_samples_it_says_so(theme: Theme, qtbot: QtBot, drawn: bool) -> None:
    made = chart(theme, qtbot, curve("a"))
    if not drawn:
        made.show_drawing(None, "not asked yet")
    assert theme.tokens.dim in colours(made) or not made.grab().isNull()
    assert made.accessibleDescription() == made.text == ("now 3 MB" if drawn else "not asked yet")
