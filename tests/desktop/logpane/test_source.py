"""Lines of one store, read when they are asked for."""

from core.logs.level import Level
from core.logs.marks import CONTINUES
from desktop.logpane.source import StoreSource, lost_words, message
from tests.support.logs import TRACEBACK, failed, numbered, printed, store_of


def test_a_line_says_its_level_its_time_and_what_it_has_to_say() -> None:
    source = StoreSource(store_of(printed("slow", "WARNING", "21:42:55,250")))
    (line,) = source.lines(0, 1)
    assert (line.message, line.level, line.continues) == ("slow", Level.WARNING, False)
    assert line.at and f"{line.at:%H:%M:%S.%f}" == "21:42:55.250000"


def test_the_lines_of_a_traceback_have_the_level_of_their_record() -> None:
    source = StoreSource(store_of(failed()))
    assert source.marks(0, 7) == bytes([Level.ERROR, *[Level.ERROR | CONTINUES] * 6])
    lines = source.lines(0, 7)
    assert [line.message for line in lines[1:]] == TRACEBACK.splitlines()
    assert all(line.continues and line.level is Level.ERROR for line in lines[1:])


def test_colours_stand_where_they_stand_in_the_message() -> None:
    (line,) = StoreSource(store_of(printed("a \x1b[31mred\x1b[0m"))).lines(0, 1)
    assert line.message == "a red"
    (ink,) = line.inks
    assert line.message[ink.start : ink.end] == "red"


def test_a_record_in_json_shows_its_message() -> None:
    source = StoreSource(store_of('{"level": "error", "message": "no\\nway"}\n'))
    (line,) = source.lines(0, 1)
    assert (line.message, line.level) == ("no way", Level.ERROR)


def test_what_came_is_there_once_it_was_taken_in() -> None:
    store = store_of(numbered(0, 3))
    source = StoreSource(store)
    store.append(numbered(3, 5).encode())
    assert source.end == 3
    assert source.grow() == 3
    assert (source.first, source.end) == (0, 5)


def test_marks_and_lines_reach_over_blocks_and_end_where_the_store_does() -> None:
    store = store_of(max_lines=3000)
    for start in range(0, 4000, 500):
        store.append(numbered(start, start + 500).encode())
    source = StoreSource(store)
    assert source.first == 1000
    assert len(source.marks(1000, 4000)) == 3000
    assert [line.message for line in source.lines(0, 1002)] == ["line 1000", "line 1001"]
    assert source.lines(3999, 9999)[-1].message == "line 3999"


def test_what_is_searched_has_no_header_and_no_colours() -> None:
    source = StoreSource(store_of(printed("a \x1b[31mred"), "print\n"))
    assert source.messages(0, 2) == ["a red", "print"]
    assert source.texts(0, 1) == ["[2026-11-25 21:42:49,101: INFO/MainProcess] a red"]
    assert message("[2026-11-25] not Celery's") == "[2026-11-25] not Celery's"


def test_lines_that_are_gone_are_told_with_where_they_are() -> None:
    source = StoreSource(store_of(numbered(0, 5), max_lines=3), "worker4.log")
    assert source.lost() == ("2 lines were not kept (buffer full); all of them are in worker4.log")
    assert StoreSource(store_of(numbered(0, 5))).lost() == ""
    assert lost_words(1, "") == "1 line was not kept (buffer full)"
    assert lost_words(2180, "", "worker4").startswith("2\u202f180 lines from worker4 were")
