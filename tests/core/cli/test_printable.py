"""Log lines made fit for a terminal."""

import pytest

from core.cli.printable import printable


@pytest.mark.parametrize(
    "line", ["", "plain words", "Grüße, 世界, 👋🏽", "a\ttab", "[2026-01-01: INFO] done"]
)
@pytest.mark.parametrize("colour", [True, False])
def test_harmless_lines_stay_as_they_are(line: str, colour: bool) -> None:
    assert printable(line, colour=colour) == line


def test_colours_end_with_the_line() -> None:
    assert printable("\x1b[1;31mred", colour=True) == "\x1b[1;31mred\x1b[0m"


def test_colours_go_where_none_are_wanted() -> None:
    assert printable("\x1b[1;31mred\x1b[0m rest", colour=False) == "red rest"


@pytest.mark.parametrize(
    "control",
    [
        "\x1b[2J",  # clears the screen
        "\x1b[10;1H",  # moves the cursor
        "\x1b[?25l",  # hides it
        "\x1b]0;title\x07",
        "\x1b]8;;https://example.org\x1b\\",
        "\x1bPdevice\x1b\\",
        "\x1b(B",
        "\x1bc",  # resets the terminal
        "\x07",
        "\x9b",
        "\x0b",
    ],
)
def test_what_moves_the_cursor_or_rings_is_left_out(control: str) -> None:
    assert printable(f"a{control}b", colour=True) == "ab"


def test_an_escape_that_was_cut_off_is_left_out() -> None:
    assert printable("cut\x1b", colour=True) == "cut"


def test_of_a_progress_bar_the_last_state_is_shown() -> None:
    assert printable("\r 10%\r 55%\r100%\r", colour=True) == "100%"
