"""The strip under a pane's head."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.workers.phase import Phase
from desktop.logpane.banner import BAR, Banner, BannerWords
from desktop.theme.looks import WORKER
from desktop.theme.theme import Theme

STOPPING = WORKER[Phase.STOPPING]
WORDS = BannerWords(STOPPING, "finishing reports.render (12 s)", "force in 18 s", "Force now", 0.4)


def shown(theme: Theme, qtbot: QtBot, width: int = 480) -> Banner:
    banner = Banner(theme, WORDS)
    qtbot.addWidget(banner)
    banner.resize(width, 40)
    banner.show()
    return banner


def texts(banner: Banner) -> list[str]:
    return [label.text() for label in banner.findChildren(QLabel) if label.isVisible()]


def test_it_says_what_is_waited_for_and_when_it_is_over(theme: Theme, qtbot: QtBot) -> None:
    banner = shown(theme, qtbot)
    assert texts(banner) == ["finishing reports.render (12 s)", "force in 18 s"]
    assert banner.accessibleName() == "finishing reports.render (12 s), force in 18 s"
    with qtbot.waitSignal(banner.pressed):
        button = banner.findChild(QPushButton)
        assert button is not None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_goes_on_in_place(theme: Theme, qtbot: QtBot) -> None:
    banner = shown(theme, qtbot)
    lost = BannerWords(WORKER[Phase.BROKER_LOST], "broker lost: timed out")
    banner.show_words(lost)
    assert banner.words is lost
    assert texts(banner) == ["broker lost: timed out"]
    assert not banner.findChild(QPushButton).isVisible()  # type: ignore[union-attr]


def test_a_long_name_gives_way_in_a_narrow_pane(theme: Theme, qtbot: QtBot) -> None:
    banner = shown(theme, qtbot, 330)
    text, strong = texts(banner)
    assert text != WORDS.text
    assert strong == "force in 18 s"
    banner.resize(700, 40)
    assert texts(banner)[0] == WORDS.text


def test_the_bar_shows_the_time_used_up(both_themes: Theme, qtbot: QtBot) -> None:
    banner = shown(both_themes, qtbot, 500)
    image, warn = banner.grab().toImage(), both_themes.tokens.warn
    at = [image.pixelColor(x, 40 - BAR).name() == warn for x in (10, 190, 210, 490)]
    assert at == [True, True, False, False]
