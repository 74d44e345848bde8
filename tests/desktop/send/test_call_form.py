"""The form, row by row."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.send.arguments import MISSING
from desktop.send.call_form import CallForm
from desktop.send.field_input import LineInput
from desktop.send.fields import fields_of
from desktop.theme.theme import Theme
from tests.support.walking import cut

FIELDS = fields_of(
    {
        "params": [
            {"name": "x", "kind": "keyword_only", "annotation": "int"},
            {"name": "y", "kind": "keyword_only", "default": "2"},
        ],
        "doc": "",
    }
)


@pytest.fixture
def form(both_themes: Theme, qtbot: QtBot) -> CallForm:
    form = CallForm(both_themes)
    qtbot.addWidget(form)
    form.show_fields(FIELDS or ())
    form.resize(500, 300)
    form.show()
    return form


def said(form: CallForm, role: str) -> set[str]:
    labels = form.findChildren(QLabel)
    return {each.text() for each in labels if each.property("role") == role and each.isVisible()}


def inputs(form: CallForm) -> list[LineInput]:
    return [each for each in form.findChildren(LineInput) if each.isVisible()]


def test_a_row_has_name_annotation_and_whether_it_is_needed(form: CallForm) -> None:
    assert said(form, "annotation") >= {"int"}
    assert said(form, "small") == {"required"}
    assert "x" in said(form, "")


def test_an_error_takes_the_place_of_the_hint(form: CallForm, qtbot: QtBot) -> None:
    hints = said(form, "dim")
    qtbot.keyClicks(inputs(form)[1], "z")
    form.show_faults({"y": "Write a whole number, as in 5"})
    assert said(form, "error") == {"Write a whole number, as in 5"}
    assert inputs(form)[1].property("wrong")
    form.show_faults({})
    assert said(form, "dim") == hints
    assert not inputs(form)[1].property("wrong")


def test_what_is_missing_is_no_reproach_before_it_was_tried(form: CallForm) -> None:
    form.show_faults({"x": MISSING})
    assert said(form, "error") == set()
    form.enter_first_fault({"x": MISSING})
    assert said(form, "error") == {MISSING}


def test_texts_go_in_and_out_and_another_task_has_other_fields(form: CallForm) -> None:
    form.show_texts({"x": "1"})
    assert form.texts() == {"x": "1", "y": ""}
    form.show_fields(())
    assert form.texts() == {}
    assert said(form, "text2") == {"This task takes no arguments."}


def test_names_give_way_where_it_is_narrow(form: CallForm) -> None:
    wide = inputs(form)[0].x()
    form.show_width(300)
    form.layout().activate()
    assert inputs(form)[0].mapTo(form, inputs(form)[0].rect().topLeft()).x() < max(wide, 160)


@pytest.mark.parametrize("width", [320, 500])
def test_a_long_name_is_broken_and_never_cut(form: CallForm, width: int, qtbot: QtBot) -> None:
    name = "the_identifier_of_the_customer_whose_orders_are_counted"
    param = {"name": name, "kind": "keyword_only", "annotation": "int"}
    form.show_fields(fields_of({"params": [param], "doc": ""}) or ())
    form.resize(width, 300)
    form.show_width(width)
    qtbot.waitUntil(lambda: said(form, "small") == {"required"})
    assert name in {each.replace("\u200b", "") for each in said(form, "")}
    qtbot.waitUntil(lambda: cut(form) == [])
