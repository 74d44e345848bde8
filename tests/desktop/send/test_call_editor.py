"""One call on two tabs."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.tasks.call import TaskCall
from desktop.send.call_editor import UNKNOWN, CallEditor
from desktop.send.draft import Draft
from desktop.send.fields import fields_of
from desktop.send.task_info import TaskInfo
from desktop.theme.theme import Theme

PARAMS = [
    {"name": "x", "kind": "positional_or_keyword", "annotation": "int"},
    {"name": "regions", "kind": "positional_or_keyword", "default": "()"},
]
TASK = TaskInfo("a", "", fields_of({"params": PARAMS, "doc": ""}), None, "celery")
UNCLEAR = TaskInfo("b", "", None, None, "celery")


@pytest.fixture
def editor(theme: Theme, qtbot: QtBot) -> CallEditor:
    editor = CallEditor(theme)
    qtbot.addWidget(editor)
    editor.show_task(TASK, ["celery"])
    editor.show()
    return editor


def said(editor: CallEditor) -> set[str]:
    return {each.text() for each in editor.findChildren(QLabel) if each.isVisible()}


def test_an_empty_call_has_fields_to_fix(editor: CallEditor) -> None:
    reading = editor.read()
    assert (reading.draft, reading.to_fix) == (None, 1)


def test_both_tabs_are_the_same_call(editor: CallEditor) -> None:
    draft = Draft(TaskCall("a", (), {"x": 1, "regions": ["eu"]}, count=3), 0.5)
    editor.show_task(TASK, ["celery"], draft)
    assert editor.read().draft == draft
    editor.turn()
    assert editor.is_json
    assert editor.read().draft == draft
    editor.json.show_texts("[2]", "{}")
    editor.turn()
    assert editor.form.texts() == {"x": "2", "regions": ""}


def test_what_is_wrong_survives_the_way_there_and_back(editor: CallEditor) -> None:
    editor.form.show_texts({"x": "1", "regions": '["eu",]'})
    editor.turn()
    assert editor.read().to_fix == 1
    editor.turn()
    assert not editor.is_json
    assert editor.form.texts() == {"x": "1", "regions": '["eu",]'}


def test_json_that_the_form_cannot_show_stays_json(editor: CallEditor) -> None:
    editor.turn()
    editor.json.show_texts("[]", '{"unheard": 1}')
    editor.turn()
    assert editor.is_json
    assert any("no place for this" in text for text in said(editor))
    draft = editor.read().draft
    assert draft is not None  # the session refuses it, with its reason


def test_a_kept_call_that_no_longer_fits_is_shown_as_json(editor: CallEditor) -> None:
    editor.show_task(TASK, ["celery"], Draft(TaskCall("a", (), {"old": 1})))
    assert editor.is_json
    assert '"old": 1' in editor.json.texts()[1]


def test_a_task_without_a_known_signature_has_json_only(editor: CallEditor) -> None:
    editor.show_task(UNCLEAR, ["celery"])
    assert editor.is_json
    assert UNKNOWN in said(editor)
    editor.turn()
    assert editor.is_json


def test_options_count_among_what_is_to_be_fixed(editor: CallEditor, qtbot: QtBot) -> None:
    editor.form.show_texts({"x": "1"})
    editor.show_task(TASK, ["celery"], Draft(TaskCall("a", (), {"x": 1}, count=2)))
    assert editor.read().copies == 2
    editor.reproach()
    editor.enter()
