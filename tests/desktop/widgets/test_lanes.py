"""A picture of a fleet."""

from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.lanes import EXAMPLE, Lanes


def test_each_lane_is_in_its_worker_s_colour(both_themes: Theme, qtbot: QtBot) -> None:
    lanes = Lanes(both_themes, (((0.0, 1.0),), ((0.0, 1.0),)))
    qtbot.addWidget(lanes)
    lanes.resize(200, lanes.sizeHint().height())
    image = lanes.grab().toImage()
    first, second = image.pixelColor(100, 12), image.pixelColor(100, 24)
    assert first != second
    assert first.name() != both_themes.tokens.log


def test_bars_stay_on_their_lane() -> None:
    bars = [bar for lane in EXAMPLE for bar in lane]
    assert all(0 <= begin < end <= 1 for begin, end in bars)
