"""What went wrong, at the foot of a log."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from desktop.logpane.trouble_card import ALONE, LOW, ROOMY, Trouble, TroubleCard
from desktop.theme.theme import Theme

TROUBLE = Trouble(
    "crash",
    "Crashed in images.thumbnail",
    "3rd time",
    "It ended with code 9.",
    "images.thumbnail[8f2c] counts as failed.",
    "Bring the module to its newest version.",
    "https://example.org/help",
    ("resize 12000x9000", "access violation"),
    41,
    "Start now",
    "8f2c1a04",
)


class Browser(QObject):
    """Stands in for the browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


def shown(theme: Theme, qtbot: QtBot, trouble: Trouble = TROUBLE) -> TroubleCard:
    card = TroubleCard(theme, trouble)
    qtbot.addWidget(card)
    card.resize(400, 260)
    card.show()
    return card


def press(card: TroubleCard, name: str, qtbot: QtBot) -> None:
    (button,) = [
        each for each in card.findChildren(QAbstractButton) if each.accessibleName() == name
    ]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def texts(card: TroubleCard) -> list[str]:
    return [
        label.text() for label in card.findChildren(QLabel) if label.isVisible() and label.text()
    ]


def test_it_says_what_why_and_what_to_do(both_themes: Theme, qtbot: QtBot) -> None:
    card = shown(both_themes, qtbot)
    told = texts(card)
    for text in (TROUBLE.title, TROUBLE.note, TROUBLE.text, TROUBLE.more, TROUBLE.fix):
        assert text in told
    assert "resize 12000x9000\naccess violation" in told
    assert card.accessibleName() == "Trouble: Crashed in images.thumbnail"


def test_its_buttons_tell_what_was_pressed(theme: Theme, qtbot: QtBot) -> None:
    card = shown(theme, qtbot)
    with qtbot.waitSignal(card.line_asked) as line:
        press(card, "Show the line", qtbot)
    with qtbot.waitSignal(card.start_asked):
        press(card, "Start now", qtbot)
    with qtbot.waitSignal(card.alone_asked) as task:
        press(card, ALONE, qtbot)
    with qtbot.waitSignal(card.dismissed) as key:
        press(card, "Dismiss this message", qtbot)
    assert (line.args, task.args, key.args) == ([41], ["8f2c1a04"], ["crash"])
    press(card, "Copy what to do", qtbot)
    assert QGuiApplication.clipboard().text() == TROUBLE.fix


def test_more_is_read_in_the_browser(theme: Theme, qtbot: QtBot) -> None:
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")
    try:
        press(shown(theme, qtbot), "Read more in the browser", qtbot)
    finally:
        QDesktopServices.unsetUrlHandler("https")
    assert browser.opened == ["https://example.org/help"]


def test_what_there_is_not_is_not_offered(theme: Theme, qtbot: QtBot) -> None:
    card = shown(theme, qtbot, Trouble("known", "The disk is full", "", "", grave=False))
    offered = [
        each.accessibleName() for each in card.findChildren(QAbstractButton) if each.isVisible()
    ]
    assert offered == ["Dismiss this message"]
    assert card.property("role") == "warn-card"


def test_it_goes_on_in_place_and_says_how_many_there_are(theme: Theme, qtbot: QtBot) -> None:
    card = shown(theme, qtbot)
    card.show_trouble(replace(TROUBLE, note="4th time"), 2)
    assert "4th time" in texts(card)
    assert "1 of 2" in texts(card)


def test_a_low_pane_leaves_the_last_lines_to_the_log(theme: Theme, qtbot: QtBot) -> None:
    card = shown(theme, qtbot)
    card.show_in(ROOMY - 1)
    assert TROUBLE.more not in texts(card)
    assert card.toolTip() == TROUBLE.more
    assert TROUBLE.text in texts(card)
    card.show_in(LOW - 1)
    assert TROUBLE.text not in texts(card)
    assert card.toolTip() == f"{TROUBLE.text}\n{TROUBLE.fix}\n{TROUBLE.more}"
    assert TROUBLE.title in texts(card)


def test_in_a_narrow_pane_no_button_is_cut_off(theme: Theme, qtbot: QtBot) -> None:
    card = shown(theme, qtbot)
    assert ALONE in [each.text() for each in card.findChildren(QAbstractButton)]
    card.setMinimumWidth(0)
    card.resize(250, 300)
    card.show_trouble(TROUBLE, 1)
    buttons = [each for each in card.findChildren(QAbstractButton) if each.isVisible()]
    qtbot.waitUntil(lambda: all(each.geometry().right() < card.width() for each in buttons))
    assert ALONE in [each.accessibleName() for each in buttons]
    assert ALONE not in [each.text() for each in buttons]
