"""Which lines of a worker's log belong to a task: `A` in the histories below, told by a `*`."""

import pytest

from core.logs.query import Matcher, Query
from core.logs.store import LogStore
from core.logs.task_lines import TaskLines

ID = {name: f"8a8d4c1e-6c1b-4c0a-9d2d-00000000000{name}" for name in "ABC"}
HEAD = "[2026-11-25 20:59:42,342: {}/MainProcess] "


def line(word: str) -> str:
    """`A received`, `A: text`, `A succeeded`, or anything else as it stands."""
    name, _, what = word.partition(" ")
    if name in ID:
        level = "ERROR" if what.startswith("raised") else "INFO"
        return HEAD.format(level) + f"Task shop.add[{ID[name]}] {what}"
    if name.removesuffix(":") in ID:
        return HEAD.format("INFO") + f"shop.add[{ID[name[0]]}]: {what}"
    return word


HISTORIES = {
    "what it printed between its start and its end": """
          printed before
        * A received
        * printed
        * A: logged
        * A succeeded in 1s: None
          printed after
    """,
    "a traceback below its end": """
        * A received
        * A raised unexpected: KeyError()
        * Traceback (most recent call last):
        *   File "a.py", line 1
        * KeyError
          printed after
    """,
    "nothing of the task that ran when it was received": """
          B received
        * A received
          printed by B
          B: logged
          B succeeded in 1s: None
        * printed by A
        * A succeeded in 1s: None
    """,
    "nothing of a task that was received meanwhile": """
        * A received
        * printed
          B received
        * printed
        * A succeeded in 1s: None
          printed by B
          B succeeded in 1s: None
    """,
    "every try of it": """
        * A received
        * A retry: Retry in 1s
          printed between
        * A received
        * printed
        * A succeeded in 1s: None
    """,
    "lines of others that name it": """
          C received
        * C: sent shop.add[A]
          printed by C
          C succeeded in 1s: None
    """,
    "what it prints while it runs": """
        * A received
        * printed
    """,
    "nothing that another process printed after its own went down": """
        * A received
        * printed
        ---
          printed by the next process
        * A received
        * A succeeded in 1s: None
    """,
}


def history(text: str) -> tuple[LogStore, list[int]]:
    store, expected = LogStore(), list[int]()
    for row in text.strip("\n").splitlines():
        mark, word = row[8:9], row[10:]
        if row.strip() == "---":
            store.begin_run()
        elif row.strip():
            if mark == "*":
                expected.append(store.end)
            text = line(word).replace("[A]", f"[{ID['A']}]")
            store.append(f"{text}\n".encode())
    return store, expected


def found(store: LogStore, query: Query = Query(), *, solo: bool = True) -> list[int]:  # noqa: B008
    matcher, lines = Matcher(query), TaskLines(ID["A"], solo=solo)
    for start in range(store.end):  # line by line, as they may come
        for held in store.blocks:
            for piece in matcher.pieces(held, start, start + 1):
                if lines.concerns(piece):
                    lines.feed(piece, store.runs, matcher.lines(piece))
    return lines.numbers


@pytest.mark.parametrize("text", HISTORIES.values(), ids=HISTORIES)
def test_to_a_task_belongs(text: str) -> None:
    store, expected = history(text)
    assert found(store) == expected


def test_in_prefork_only_what_names_it_is_certain() -> None:
    store, _ = history(HISTORIES["what it printed between its start and its end"])
    assert found(store, solo=False) == [1, 3, 4]


def test_only_lines_that_match_are_listed_but_all_are_understood() -> None:
    store, _ = history(HISTORIES["what it printed between its start and its end"])
    assert found(store, Query("printed")) == [2]


def test_lines_that_are_no_longer_held_are_forgotten() -> None:
    store, _ = history(HISTORIES["what it prints while it runs"])
    matcher, lines = Matcher(Query()), TaskLines(ID["A"])
    for held in store.blocks:
        for piece in matcher.pieces(held, 0, store.end):
            lines.feed(piece, store.runs, range(len(piece.marks)))
    lines.drop(1)
    assert lines.numbers == [1]
    lines.drop(2)
    assert lines.numbers == []
