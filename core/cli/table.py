"""Rows of text in columns, for a terminal."""

import textwrap
from collections.abc import Collection, Iterator, Sequence


def table(rows: Sequence[Sequence[str]], words: Collection[int]) -> Iterator[str]:
    """Columns as wide as they must be: those numbered in `words` to the left, numbers to the right.

    All rows have as many cells.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = enumerate(zip(row, widths, strict=True))
        yield "  ".join(
            f"{text:<{width}}" if number in words else f"{text:>{width}}"
            for number, (text, width) in cells
        ).rstrip()


def indented(text: str, columns: int = 80) -> Iterator[str]:
    """A sentence below a row of a table, broken where the terminal ends."""
    yield from textwrap.wrap(
        text,
        columns,
        initial_indent="    ",
        subsequent_indent="      ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def span(seconds: float | None) -> str:
    """How long something has been going on, roughly; a hyphen when nobody knows."""
    if seconds is None:
        return "-"
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
