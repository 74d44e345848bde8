import pytest

from core.logs.level import Level
from core.logs.marks import Marker
from core.logs.query import ALL_LEVELS, Matcher, Piece, Query, message_start
from core.logs.store import Block

HEAD = "[2026-11-25 20:59:42,342: %s/MainProcess] "
TEXT = "".join(
    (
        HEAD % "INFO" + "page 1\n",
        HEAD % "ERROR" + "page 2\n",
        "Traceback (most recent call last):\n",
        "  page 3\n",
        "page 4 printed\n",
        HEAD % "WARNING" + "no\n",
    )
)


def block(text: str = TEXT, first: int = 100) -> Block:
    data = text.encode()
    marks = Marker().mark(data)
    return Block(first, first + len(marks), data + b"\0\0", len(data), marks, 0.0)


def lines(query: Query) -> list[int]:
    held = block()
    return list(Matcher(query).lines(Piece(0, held.data[: held.size], held.marks)))


ALL = [0, 1, 2, 3, 4, 5]
QUERIES = [
    (Query(), ALL),
    (Query("PAGE"), [0, 1, 3, 4]),
    (Query("PAGE", case=True), []),
    (Query("^page|no$", regex=True), [4, 5]),
    (Query(exclude="page"), [2, 5]),
    (Query("page", exclude=r"\d\]|page 2", regex=True), [0, 3, 4]),
    (Query(levels=frozenset({Level.ERROR})), [1, 2, 3]),
    (Query(levels=ALL_LEVELS - {Level.ERROR}), [0, 4, 5]),
    (Query(levels=frozenset({Level.OTHER})), [4]),
    (Query(levels=frozenset({Level.CRITICAL})), []),
    (Query("page", levels=frozenset({Level.ERROR, Level.INFO}), exclude="page 2"), [0, 3]),
    (Query(levels=frozenset()), []),
    (Query("info"), [0]),
    (Query("info", messages=True), []),
    (Query("no", messages=True), [5]),
    (Query("MainProcess. page", regex=True, messages=True), [0, 1]),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_a_line_must_fulfil_all_of_a_query(query: Query, expected: list[int]) -> None:
    assert lines(query) == expected


def test_a_message_begins_behind_its_header() -> None:
    for text in (HEAD % "INFO" + "a", "2026-11-25 20:59:42 INFO a", "a"):
        assert text[message_start(text) :] == "a"
    assert message_start('{"level": "info", "message": "a"}') == 0


def test_spans_are_those_of_the_text() -> None:
    assert Matcher(Query("page", exclude="no")).spans("a page") == ((2, 6),)
    assert Matcher(Query(exclude="page")).spans("a page") == ()


@pytest.mark.parametrize("start", [0, 100, 101, 105, 106, 200])
@pytest.mark.parametrize("end", [0, 100, 103, 106, 300])
def test_pieces_are_exactly_the_lines_asked_for(start: int, end: int) -> None:
    held = block()
    pieces = list(Matcher(Query()).pieces(held, start, end))
    first, last = max(start, 100), min(end, 106)
    assert b"".join(piece.data for piece in pieces) == b"".join(
        held.data[: held.size].splitlines(keepends=True)[first - 100 : max(first, last) - 100]
    )
    assert (
        b"".join(piece.marks for piece in pieces)
        == held.marks[first - 100 : max(first, last) - 100]
    )
    if pieces:
        assert pieces[0].first == first


def test_a_large_block_comes_in_pieces_of_whole_lines() -> None:
    text = "".join(f"{'x' * (number * 37 % 300)}{number}\n" for number in range(2_000))
    text += "y" * 20_000 + "\n" + text
    held = block(text, first=7)
    pieces = list(Matcher(Query("x", regex=True)).pieces(held, 0, 10_000))
    assert len(pieces) > 10
    assert b"".join(piece.data for piece in pieces) == held.data[: held.size]
    number = 7
    for piece in pieces:
        assert piece.first == number
        assert len(piece.marks) == piece.data.count(b"\n")
        assert piece.data.endswith(b"\n")
        number += len(piece.marks)
