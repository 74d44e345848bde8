"""The sheet and the palette are made of tokens alone."""

import re

import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from desktop.theme import style
from desktop.theme.style import mono_font, palette, stylesheet, ui_font
from desktop.theme.tokens import DARK, LIGHT, Tokens

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])


def test_no_colour_is_written_in_the_sheet() -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,6}\b", style._SHEET) == []


@THEMES
def test_every_name_in_the_sheet_has_a_value(theme: Tokens) -> None:
    assert "$" not in stylesheet(theme)


@THEMES
def test_the_palette_tells_text_from_its_ground(theme: Tokens, qapp: QApplication) -> None:
    made = palette(theme)
    assert made.color(QPalette.ColorRole.WindowText).name() == theme.text
    assert made.color(QPalette.ColorRole.Window).name() == theme.bg


def test_code_is_in_a_font_of_one_width(qapp: QApplication) -> None:
    assert mono_font().pixelSize() == 12
    assert mono_font(15).pixelSize() == 15
    assert mono_font().styleHint() is QFont.StyleHint.Monospace
    assert ui_font().pixelSize() == 13
