"""Inputs of fields, by mouse and keyboard."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.send.field_input import ChoiceInput, LineInput, SwitchInput, field_input
from desktop.send.fields import Field, fields_of
from desktop.theme.theme import Theme


def field(annotation: str, default: str | None = None, **more: Any) -> Field:
    param = {"name": "x", "kind": "keyword_only", "annotation": annotation, **more}
    told = param if default is None else {**param, "default": default}
    (made,) = fields_of({"params": [told], "doc": ""}) or ()
    return made


def test_a_line_shows_the_default_while_it_is_empty(theme: Theme, qtbot: QtBot) -> None:
    line = field_input(theme, field("int", "3"))
    qtbot.addWidget(line)
    assert isinstance(line, LineInput)
    assert (line.text(), line.placeholderText()) == ("", "3")
    with qtbot.waitSignal(line.changed):
        qtbot.keyClicks(line, "5")
    assert line.text() == "5"


def test_a_choice_begins_with_the_default_which_is_not_sent(theme: Theme, qtbot: QtBot) -> None:
    choice = field_input(theme, field("Literal", "'a'", choices=["a", "b"]))
    qtbot.addWidget(choice)
    assert isinstance(choice, ChoiceInput)
    assert (choice.currentText(), choice.text()) == ("a (default)", "")
    with qtbot.waitSignal(choice.changed):
        qtbot.keyClick(choice, Qt.Key.Key_B)
    assert choice.text() == '"b"'
    choice.show_text("")
    assert choice.text() == ""


def test_a_choice_that_is_needed_begins_with_none(theme: Theme, qtbot: QtBot) -> None:
    choice = field_input(theme, field("Literal", choices=["a", "b"]))
    qtbot.addWidget(choice)
    assert choice.text() == ""


@pytest.mark.parametrize(
    ("default", "texts"), [("False", ["", "true", ""]), (None, ["false", "true", "false"])]
)
def test_a_switch_is_sent_where_it_differs_or_has_no_default(
    theme: Theme, qtbot: QtBot, default: str | None, texts: list[str]
) -> None:
    switch = field_input(theme, field("bool", default))
    qtbot.addWidget(switch)
    assert isinstance(switch, SwitchInput)
    found = [switch.text()]
    for _ in range(2):
        qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
        found.append(switch.text())
    assert found == texts


def test_a_switch_keeps_what_was_said_outright(theme: Theme, qtbot: QtBot) -> None:
    switch = field_input(theme, field("bool", "True"))
    qtbot.addWidget(switch)
    switch.show_text("true")
    assert switch.text() == "true"
    switch.show_text("")
    assert switch.text() == ""
