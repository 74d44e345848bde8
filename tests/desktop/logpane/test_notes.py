"""Rows that no worker printed."""

from desktop.logpane.notes import Note, Notes


def said(notes: Notes, after: int, upto: int) -> list[str]:
    return [note.text for note in notes.between(after, upto)]


def test_notes_stand_in_the_order_of_lines_and_then_of_arrival() -> None:
    notes = Notes()
    for line, text in ((5, "b"), (2, "a"), (5, "c")):
        notes.add(Note(line, None, text))
    assert said(notes, -1, 9) == ["a", "b", "c"]
    assert said(notes, 2, 5) == ["b", "c"]
    assert said(notes, 5, 9) == []


def test_notes_go_with_the_lines_that_they_stand_before() -> None:
    notes = Notes()
    for line in (1, 2, 3):
        notes.add(Note(line, None, str(line)))
    notes.drop(2)
    assert said(notes, -1, 9) == ["2", "3"]
    assert len(notes) == 2
