"""Arguments as JSON."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.send.json_tab import JsonEdit, JsonTab
from desktop.send.json_text import NotJson, read_json
from desktop.theme.theme import Theme


@pytest.fixture
def tab(both_themes: Theme, qtbot: QtBot) -> JsonTab:
    tab = JsonTab(both_themes)
    qtbot.addWidget(tab)
    tab.show()
    return tab


def edit(tab: JsonTab, name: str) -> JsonEdit:
    return next(each for each in tab.findChildren(JsonEdit) if each.accessibleName() == name)


def test_what_is_shown_is_no_change_and_what_is_typed_is(tab: JsonTab, qtbot: QtBot) -> None:
    told: list[str] = []
    tab.changed.connect(lambda: told.append("changed"))
    tab.show_texts("[1]", "{}")
    assert (tab.texts(), told) == (("[1]", "{}"), [])
    qtbot.keyClicks(edit(tab, "args"), "x")
    assert told == ["changed"]


def test_the_sign_that_is_wrong_is_underlined(tab: JsonTab) -> None:
    text = '{"regions": ["eu", "us",]}'
    tab.show_texts("[]", text)
    with pytest.raises(NotJson) as caught:
        read_json(text)
    tab.show_faults(None, caught.value)
    (mark,) = edit(tab, "kwargs").extraSelections()
    assert mark.cursor.selectedText() == "]"  # type: ignore[attr-defined]
    assert edit(tab, "args").extraSelections() == []
    tab.show_faults(None, None)
    assert edit(tab, "kwargs").extraSelections() == []


def test_an_error_at_the_very_end_has_a_place_too(tab: JsonTab) -> None:
    tab.show_texts("", "[")
    tab.show_faults(NotJson("it ends", "", 0), NotJson("it ends", "[", 1))
    assert len(edit(tab, "kwargs").extraSelections()) == 1
