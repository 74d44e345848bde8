import random

import pytest

from core.logs.entry import Entry, parse
from core.logs.level import Level
from core.logs.marks import CONTINUES, LEVEL, Marker

TEXT = """\
[2026-11-25 20:59:42,342: INFO/MainProcess] ready.
printed
[2026-11-25 20:59:42,342: ERROR/MainProcess] Task a[b] raised unexpected: KeyError()
Traceback (most recent call last):
  File "a.py", line 1, in f
    x()
KeyError

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "ö.py", line 1, in f
shop.Bad: x
printed: 1
  indented print
\x1b[33m[2026-11-25 20:59:42,342: WARNING/MainProcess] yellow\x1b[0m
\tgoes on

[2026-11-25 20:59:42,342: AUDIT/MainProcess] a level of somebody's own
  not known to go on
2026-11-25 20:59:42,342 CRITICAL text
INFO:root:text
Traceback (most recent call last):
{"level": "debug", "event": "x"}
[2026-11-25 20:59:42,342: DEBUG/MainProcess] last
"""


def marks(blocks: list[str]) -> bytes:
    marker = Marker()
    return b"".join(marker.mark(block.encode()) for block in blocks)


def test_a_mark_has_the_level_and_whether_the_line_goes_on() -> None:
    assert marks([TEXT])[:4] == bytes([Level.INFO, 0, Level.ERROR, Level.ERROR | CONTINUES])


@pytest.mark.parametrize("seed", range(20))
def test_marks_say_what_the_lines_say_wherever_blocks_end(seed: int) -> None:
    chance = random.Random(seed)
    lines = TEXT.splitlines(keepends=True) * 3
    chance.shuffle(lines) if seed % 2 else None
    borders = sorted(chance.sample(range(1, len(lines)), 9))
    blocks = [
        "".join(lines[start:end])
        for start, end in zip([0, *borders], [*borders, len(lines)], strict=True)
    ]
    entries: list[Entry] = []
    for line in lines:
        entries.append(parse(line.removesuffix("\n"), entries[-1] if entries else None))
    made = marks(blocks)
    assert [Level(mark & LEVEL) for mark in made] == [entry.level for entry in entries]
    assert [bool(mark & CONTINUES) for mark in made] == [entry.continues for entry in entries]


def test_no_lines_have_no_marks() -> None:
    assert marks(["", TEXT, ""]) == marks([TEXT])
