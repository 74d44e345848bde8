"""What a setting is typed into."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.settings.keys import KEYS
from desktop.settings.inputs import TextInput, WordInput, setting_input
from desktop.theme.theme import Theme


def test_few_words_are_chosen_and_all_else_is_typed(theme: Theme, qtbot: QtBot) -> None:
    for name in ("loglevel", "mode", "hoard"):
        assert isinstance(setting_input(theme, KEYS[name]), WordInput)
    for name in ("workers", "app", "queues", "broker"):
        assert isinstance(setting_input(theme, KEYS[name]), TextInput)


def test_what_is_typed_is_done_once_by_enter_or_by_leaving(theme: Theme, qtbot: QtBot) -> None:
    field = TextInput("workers")
    qtbot.addWidget(field)
    done: list[str] = []
    field.done.connect(lambda: done.append(field.text()))
    field.show_text("3", "4")
    assert field.placeholderText() == "4"
    field.show()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "2")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert done == ["32"]


def test_the_first_choice_lets_others_decide(theme: Theme, qtbot: QtBot) -> None:
    choice = setting_input(theme, KEYS["loglevel"])
    qtbot.addWidget(choice)
    assert isinstance(choice, WordInput)
    choice.show_text("", "info")
    assert (choice.text(), choice.currentText()) == ("", "info, as others say")
    choice.show_text("debug", "info")
    assert choice.text() == "debug"
    with qtbot.waitSignal(choice.done):
        choice.setFocus()
        qtbot.keyClick(choice, Qt.Key.Key_Down)
        choice.activated.emit(choice.currentIndex())
