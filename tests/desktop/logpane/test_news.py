"""The button to what is new."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.logpane.news import NewsButton
from desktop.theme.theme import Theme


def test_it_floats_at_the_bottom_while_there_is_news(both_themes: Theme, qtbot: QtBot) -> None:
    log = QWidget()
    qtbot.addWidget(log)
    log.resize(600, 300)
    news = NewsButton(both_themes, log)
    log.show()
    assert not news.isVisible()
    news.show_news(1128)
    assert news.isVisible()
    assert news.accessibleName() == "1\u202f128 new lines, End to follow"
    assert abs(news.geometry().center().x() - 300) <= 1
    assert news.geometry().bottom() < 300
    middle = news.grab().toImage().pixelColor(14, news.height() // 2)
    assert QColor(middle).name() == both_themes.tokens.accfill
    with qtbot.waitSignal(news.clicked):
        qtbot.mouseClick(news, Qt.MouseButton.LeftButton)
    news.show_news(1)
    assert news.text() == "1 new line"
    news.show_news(0)
    assert not news.isVisible()
