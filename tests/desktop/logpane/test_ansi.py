"""Escape sequences become colours that can be read, or nothing."""

import pytest

from desktop.logpane.ansi import READABLE, Ink, read, readable, shifted
from desktop.theme.tokens import DARK, LIGHT, Tokens, contrast, over


def test_plain_text_stays_as_it_is() -> None:
    assert read("Task a[1] received") == ("Task a[1] received", ())


def test_colours_and_bold_end_where_they_are_taken_back() -> None:
    text, inks = read("a \x1b[1;31mred\x1b[22m still\x1b[0m b")
    assert text == "a red still b"
    assert [(text[ink.start : ink.end], ink.bold) for ink in inks] == [
        ("red", True),
        (" still", False),
    ]
    assert inks[0].colour == inks[1].colour is not None


@pytest.mark.parametrize(
    ("codes", "colour"),
    [
        ("38;5;196", "#ff0000"),
        ("38;5;244", "#808080"),
        ("38;2;10;20;30", "#0a141e"),
        ("38:2:300:0:0", "#ff0000"),
    ],
)
def test_colours_of_256_and_true_ones_are_read(codes: str, colour: str) -> None:
    assert read(f"\x1b[{codes}mx")[1] == (Ink(0, 1, colour, False),)


def test_a_ground_colour_does_not_become_the_colour_of_text() -> None:
    assert read("\x1b[48;5;196mx\x1b[48;2;1;2;3my\x1b[41mz") == ("xyz", ())


def test_basic_and_bright_colours_differ_and_39_takes_them_back() -> None:
    inks = read("\x1b[31ma\x1b[91mb\x1b[39mc")[1]
    assert len({ink.colour for ink in inks}) == 2
    assert inks[-1].end == 2


@pytest.mark.parametrize(
    "text",
    [
        "a\x1b[2Kb",
        "a\x1b]8;;http://x\x07b",
        "a\x1b]0;title\x1b\\b",
        "a\x1b[?25lb",
        "a\x07b",
        "a\x1b(Bb",
        "ab\x1b[",
        "ab\x1b]0;never ends",
        "ab\x1b[38;5m",
    ],
)
def test_every_other_sequence_is_taken_out(text: str) -> None:
    assert read(text)[0] == "ab"


def test_a_carriage_return_shows_what_was_written_last() -> None:
    assert read("10 %\r50 %\r100 %") == ("100 %", ())
    assert read("done\r") == ("done", ())


def test_tabs_and_newlines_take_the_room_they_need() -> None:
    assert read("ab\tc")[0] == "ab      c"
    assert read("\x1b[31mab\x1b[0m\tc")[0] == "ab      c"
    assert read("a\nb")[0] == "a b"


def test_inks_move_when_the_head_of_a_line_is_cut_off() -> None:
    inks = (Ink(0, 4, "#ff0000", False), Ink(6, 8, "#00ff00", True))
    assert shifted(inks, 2) == (Ink(0, 2, "#ff0000", False), Ink(4, 6, "#00ff00", True))
    assert shifted(inks, 5) == (Ink(1, 3, "#00ff00", True),)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_colour_can_be_read_on_every_ground_of_a_log(theme: Tokens) -> None:
    grounds = (theme.log, over(theme.err, theme.log, 0.1), over(theme.warn, theme.log, 0.1))
    for code in range(256):
        (ink,) = read(f"\x1b[38;5;{code}mx")[1]
        assert ink.colour
        for ground in grounds:
            assert contrast(readable(ink.colour, ground, theme.text), ground) >= READABLE


def test_what_turns_the_order_of_letters_is_taken_out() -> None:
    assert read("a\u202egpj.exe\u2066\u2069")[0] == "agpj.exe"
