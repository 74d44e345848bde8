"""Options, typed and chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.send.options_form import OptionsForm
from desktop.send.options_text import Options
from desktop.send.task_info import TaskInfo
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton

TASK = TaskInfo("a", "", (), None, "reports")


@pytest.fixture
def form(both_themes: Theme, qtbot: QtBot) -> OptionsForm:
    form = OptionsForm(both_themes)
    qtbot.addWidget(form)
    form.show_task(TASK, ["celery", "reports"], Options())
    form.show()
    return form


def field(form: OptionsForm, name: str) -> QLineEdit:
    return next(each for each in form.findChildren(QLineEdit) if each.accessibleName() == name)


def said(form: OptionsForm) -> set[str]:
    return {each.text() for each in form.findChildren(QLabel) if each.isVisible()}


def test_copies_are_typed_and_without_them_there_is_no_pause(
    form: OptionsForm, qtbot: QtBot
) -> None:
    assert form.read() == (Options(), {})
    assert not field(form, "Pause between").isEnabled()
    field(form, "Copies").clear()
    with qtbot.waitSignal(form.changed):
        qtbot.keyClicks(field(form, "Copies"), "12")
    assert form.read()[0] == Options(count=12)
    assert field(form, "Pause between").isEnabled()


def test_it_is_said_how_many_differ(form: OptionsForm) -> None:
    form.show_task(TASK, ["celery"], Options("celery", priority=5))
    assert form.read()[0] == Options("celery", priority=5)
    assert "2 differ from the task’s own" in said(form)
    form.show_task(TASK, ["celery"], Options(countdown_s=5.0))
    form.read()
    assert "1 differs from the task’s own" in said(form)


def test_what_is_wrong_is_said_below_and_unfolds_them(form: OptionsForm, qtbot: QtBot) -> None:
    fold = form.findChild(TextButton)
    assert isinstance(fold, TextButton)
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert not field(form, "Copies").isVisible()
    field(form, "Copies").setText("0")
    options, faults = form.read()
    assert (options.count, list(faults)) == (1, ["count"])
    assert field(form, "Copies").isVisible()
    assert any(text.startswith("Copies: write a number") for text in said(form))
