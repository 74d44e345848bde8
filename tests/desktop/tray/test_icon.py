"""The icon tells states apart, at every size and on both grounds."""

from itertools import combinations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.theme.tokens import DARK, LIGHT, Tokens
from desktop.tray.icon import SIZES, tray_icon
from desktop.tray.standing import IDLE, RUNNING, TROUBLE


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
@pytest.mark.parametrize("side", SIZES)
def test_each_state_is_another_picture(qapp: QApplication, tokens: Tokens, side: int) -> None:
    pictures = [
        tray_icon(look, tokens).pixmap(side, side).toImage() for look in (IDLE, RUNNING, TROUBLE)
    ]
    assert all(picture.width() == side for picture in pictures)
    assert all(one != other for one, other in combinations(pictures, 2))


def test_it_is_drawn_once(qapp: QApplication) -> None:
    assert tray_icon(IDLE, DARK) is tray_icon(IDLE, DARK)
