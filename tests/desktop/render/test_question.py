"""The question before something is changed elsewhere."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.render.question import Ask, Asker, Question
from desktop.theme.theme import Theme
from tests.support.qt import run_in_qt, until

ASK = Ask("Push main to origin?", "Push", (("Commits", "2"),), "Never forced.")
GRAVE = Ask("Forget the key?", "Forget", grave=True)


@pytest.mark.parametrize(
    ("ask", "key", "said"),
    [(ASK, Qt.Key.Key_Return, True), (ASK, Qt.Key.Key_Escape, False)],
)
def test_enter_agrees_and_esc_does_not(
    qapp: QApplication, qtbot: QtBot, both_themes: Theme, ask: Ask, key: Qt.Key, said: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    async def live() -> None:
        asker = Asker(both_themes, lambda: window)
        async with asyncio.TaskGroup() as jobs:
            job = jobs.create_task(asker.agreed(ask))
            await until(lambda: asker.open is not None)
            assert asker.open is not None
            QTest.keyClick(asker.open.agree, key)
            assert await job is said
        assert asker.open is None

    run_in_qt(qapp, live())


def test_a_question_that_nobody_waits_for_goes(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    async def live() -> None:
        asker = Asker(theme, lambda: window)
        async with asyncio.TaskGroup() as jobs:
            job = jobs.create_task(asker.agreed(ASK))
            await until(lambda: asker.open is not None)
            job.cancel()
            await until(job.done)
        await until(lambda: not window.findChildren(Question))

    run_in_qt(qapp, live())


def test_what_takes_something_away_has_cancel_in_front(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    asked = Question(theme, GRAVE, window)
    asked.open()
    qtbot.waitUntil(asked.cancel.hasFocus)
    assert asked.agree.property("role") == "danger"
    asked.close()


def test_a_question_is_as_high_as_its_words(qtbot: QtBot, both_themes: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    long = Ask(
        "Change storefront-worker? " * 4, "Change", (("Rule", "many words " * 12),), "x " * 99
    )
    asked = Question(both_themes, long, window)
    asked.open()
    qtbot.waitExposed(asked)
    layout = asked.layout()
    assert layout is not None
    assert asked.height() == layout.totalHeightForWidth(asked.width())
    asked.close()
