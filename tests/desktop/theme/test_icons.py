"""Icons can be drawn, and are all of one kind."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon, QPixmap
from pytestqt.qtbot import QtBot

from desktop.theme.icons import FOLDER, icon, pixmap, source

NAMES = sorted(file.stem for file in FOLDER.glob("*.svg"))
IN_ITS_OWN_COLOURS = {"logo"}


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_on_the_grid_and_takes_a_colour(name: str) -> None:
    text = source(name)
    assert 'viewBox="0 0 20 20"' in text
    assert "currentColor" in text
    if name not in IN_ITS_OWN_COLOURS:
        assert re.search("#[0-9a-f]{3}", text) is None


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_draws_something_in_its_colour(name: str, qtbot: QtBot) -> None:
    if name in IN_ITS_OWN_COLOURS:
        return
    assert "#ff0000" in colours(pixmap(name, "#ff0000", 40))


def colours(drawn: QPixmap) -> set[str]:
    image = drawn.toImage()
    return {
        QColor(image.pixelColor(x, y)).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_an_icon_is_as_sharp_as_the_screen(qtbot: QtBot) -> None:
    drawn = pixmap("play", "#ff0000", 16, 2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (32, 2.0)
    assert drawn.deviceIndependentSize().width() == 16


def test_a_disabled_icon_has_a_colour_of_its_own(qtbot: QtBot) -> None:
    made = icon("stop", "#ff0000", "#00ff00")
    assert "#00ff00" in colours(made.pixmap(16, QIcon.Mode.Disabled))
    assert "#ff0000" in colours(made.pixmap(16))


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", "#ff0000")


def test_all_that_lies_beside_them_is_icons() -> None:
    assert all(file.suffix == ".svg" for file in Path(FOLDER).iterdir())
