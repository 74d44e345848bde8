"""Colours that can be read."""

import pytest

from desktop.theme import tokens
from desktop.theme.tokens import DARK, LIGHT, Tokens, contrast, over

READABLE = 4.5
THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
STATES = ("ok", "warn", "err", "grey", "violet", "acc")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_a_tint_lies_between_its_colour_and_its_ground() -> None:
    assert over("#ff0000", "#000000", 0.5) == "#800000"
    assert over("#ff0000", "#00ff00", 1) == "#ff0000"
    assert over("#ff0000", "#00ff00", 0) == "#00ff00"


@THEMES
@pytest.mark.parametrize("ground", ["bg", "panel", "raised", "hover", "field", "log"])
@pytest.mark.parametrize("text", ["text", "text2", "dim", *STATES])
def test_text_can_be_read_on_every_ground(theme: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= READABLE


@THEMES
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("share", "ground"),
    [
        (tokens.PILL_TINT, "panel"),
        (tokens.CHIP_TINT, "panel"),
        (tokens.LOG_TINT, "log"),
        (tokens.CARD_TINT, "panel"),
    ],
    ids=["pill", "chip", "log row", "card"],
)
def test_a_state_can_be_read_on_its_own_tint(
    theme: Tokens, state: str, share: float, ground: str
) -> None:
    colour = getattr(theme, state)
    tint = over(colour, getattr(theme, ground), share)
    assert contrast(colour, tint) >= READABLE
    assert contrast(theme.text2, tint) >= READABLE


@THEMES
def test_the_primary_button_can_be_read(theme: Tokens) -> None:
    assert contrast(theme.onacc, theme.accfill) >= READABLE


@THEMES
@pytest.mark.parametrize("number", range(1, 9))
def test_a_worker_can_be_read_as_text_and_on_its_tile(theme: Tokens, number: int) -> None:
    colour = theme.worker(number)
    assert contrast(colour, theme.log) >= READABLE
    assert contrast(colour, over(theme.err, theme.log, tokens.LOG_TINT)) >= READABLE
    assert contrast(theme.on_tile, colour) >= READABLE


@THEMES
def test_eight_workers_differ_and_the_ninth_is_like_the_first(theme: Tokens) -> None:
    assert len({theme.worker(number) for number in range(1, 9)}) == 8
    assert theme.worker(9) == theme.worker(1)
