"""What stands in a row."""

from datetime import datetime

from core.logs.level import Level
from desktop.logpane.ansi import Ink
from desktop.logpane.links import PlaceLink, TaskLink
from desktop.logpane.row import Kind, Row, line_row, plain_row
from desktop.logpane.source import Line
from tests.support.logs import ID


def row_of(text: str, level: Level = Level.INFO, *inks: Ink, ids: int = 8, on: bool = False) -> Row:
    return line_row(Line(text, inks, level, None, on), ids)


def tones(row: Row) -> list[tuple[str, str]]:
    return [(piece.shown, piece.tone) for piece in row.pieces]


def test_celery_s_own_words_stand_back_behind_the_name_of_the_task() -> None:
    row = row_of(f"Task cart.reprice[{ID}] received")
    assert tones(row) == [
        ("Task ", "text2"),
        ("cart.reprice", "text"),
        ("[", "text2"),
        ("17f2aa04", "acc"),
        ("] received", "text2"),
    ]


def test_what_a_task_prints_is_what_one_reads_first() -> None:
    row = row_of(f"cart.tasks.reprice[{ID}]: 12 rows")
    assert tones(row)[-1] == ("]: 12 rows", "text")


def test_an_id_is_shown_short_and_copied_whole() -> None:
    row = row_of(f"Task a[{ID}] received", ids=4)
    assert row.text == "Task a[17f2] received"
    assert row.full() == f"Task a[{ID}] received"
    assert row.full(0, 6) == "Task a"
    assert row.full(8, 9) == ID
    assert row.full(5, 12) == f"a[{ID}]"


def test_levels_have_a_tone() -> None:
    levels = (Level.ERROR, Level.CRITICAL, Level.WARNING, Level.DEBUG, Level.OTHER)
    assert [row_of("x", each).pieces[0].tone for each in levels] == [
        *("err", "err", "warn", "dim", "text")
    ]


def test_the_colours_of_a_print_are_kept_but_not_on_links() -> None:
    text = f"see {ID}"
    row = row_of(text, Level.INFO, Ink(0, 6, "#ff0000", True))
    assert [(p.shown, p.colour, p.bold) for p in row.pieces] == [
        ("see ", "#ff0000", True),
        ("17f2aa04", None, False),
    ]


def test_colours_that_begin_and_end_between_links_are_kept() -> None:
    text = f"ab {ID} cd ef"
    end = len(text)
    row = row_of(text, Level.INFO, Ink(1, end - 4, "#ff0000", False), Ink(end - 2, end, None, True))
    assert [(p.shown, p.colour, p.bold) for p in row.pieces] == [
        ("a", None, False),
        ("b ", "#ff0000", False),
        ("17f2aa04", None, False),
        (" c", "#ff0000", False),
        ("d ", None, False),
        ("ef", None, True),
    ]
    assert row.full() == text


def test_links_are_found_by_column() -> None:
    row = row_of(f'{ID}  File "a.py", line 3', ids=4)
    task, place = row.links
    assert isinstance(task, TaskLink)
    assert isinstance(place, PlaceLink)
    assert row.link_at(3) is task
    assert row.link_at(4) is None
    assert row.link_at(len(row.text)) is None
    assert row.text[slice(*row.span(place))] == '"a.py", line 3'


def test_a_column_of_the_whole_text_is_found_in_what_is_shown() -> None:
    row = row_of(f"Task a[{ID}] received", ids=4)
    assert row.shown_column(3) == 3
    assert row.shown_column(9) == 9
    assert row.shown_column(7 + 20) == 11
    assert row.shown_column(len(row.full())) == len(row.text)


def test_an_empty_line_is_a_row_too() -> None:
    row = row_of("")
    assert (row.text, row.full(), row.links, row.link_at(0)) == ("", "", (), None)


def test_a_row_that_no_worker_printed_is_of_another_kind() -> None:
    at = datetime(2026, 11, 25, 21, 43, 2)
    row = plain_row(Kind.NOTE, "process ended", at)
    assert (row.kind, row.text, row.at) == (Kind.NOTE, "process ended", at)
