"""Which rows are in the pane."""

import pytest

from desktop.logpane.document import Document
from desktop.logpane.layout import Anchor, Layout, breaks
from desktop.logpane.notes import Note
from desktop.logpane.source import StoreSource
from tests.support.logs import failed, numbered, printed, store_of


def layout_of(*texts: str, columns: int = 0) -> Layout:
    return Layout(Document(StoreSource(store_of(*texts))), columns)


def shown(layout: Layout, anchor: Anchor, count: int) -> list[str]:
    return [each.row.text[each.start : each.end] for each in layout.down(anchor, count)]


def parts(text: str, columns: int) -> list[str]:
    return [text[start:end] for start, end in breaks(text, columns)]


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("short", 10, ["short"]),
        ("", 10, [""]),
        ("one two three", 8, ["one two ", "three"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("日本日本日", 4, ["日本", "日本", "日"]),
        ("日本", 1, ["日", "本"]),
    ],
)
def test_text_is_wrapped_at_spaces_or_at_the_edge(
    text: str, columns: int, expected: list[str]
) -> None:
    assert parts(text, columns) == expected


def test_so_many_rows_are_laid_out_as_there_is_room_for() -> None:
    layout = layout_of(numbered(0, 100))
    assert shown(layout, Anchor(40), 3) == ["line 40", "line 41", "line 42"]
    assert shown(layout, Anchor(98), 9) == ["line 98", "line 99"]


def test_the_end_is_laid_out_from_below() -> None:
    layout = layout_of(numbered(0, 100))
    assert layout.bottom(10) == Anchor(90, 0)
    assert layout_of(numbered(0, 3)).bottom(10) == Anchor(0, 0)
    assert layout_of().bottom(10) is None


def test_wrapped_rows_count_as_many_as_they_are() -> None:
    layout = layout_of(printed("a" * 25), printed("b"), columns=10)
    assert shown(layout, Anchor(0, 1), 9) == ["a" * 10, "a" * 5, "b"]
    assert layout.bottom(2) == Anchor(0, 2)
    assert layout.moved(Anchor(0, 0), 1) == Anchor(0, 1)
    assert layout.moved(Anchor(0, 1), 1) == Anchor(0, 2)
    assert layout.moved(Anchor(0, 1), 2) == Anchor(1, 0)
    assert layout.moved(Anchor(1, 0), -2) == Anchor(0, 1)
    assert layout.moved(Anchor(0, 1), -9) == Anchor(0, 0)


def test_notes_and_folded_tracebacks_are_rows() -> None:
    document = Document(StoreSource(store_of(printed("a"), failed(), printed("b"))))
    document.add_note(Note(8, None, "restarted"))
    layout = Layout(document)
    assert [each.row.text[:9] for each in layout.down(Anchor(0), 9)] == [
        *("a", "Task stoc", '  File "a', "KeyError:", "restarted", "b")
    ]
    assert layout.bottom(2) == Anchor(8, 0)
    assert layout.bottom(1) == Anchor(8, 1)
    assert layout.moved(Anchor(8, 1), -2) == Anchor(7, 0)
