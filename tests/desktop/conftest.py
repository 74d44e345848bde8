"""The window's tests run without a screen; Qt's and Python's warnings fail them."""

import os

import pytest
from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop.theme.theme import Choice, Theme


@pytest.fixture(params=[Choice.DARK, Choice.LIGHT])
def both_themes(request: pytest.FixtureRequest, qapp: QApplication) -> Theme:
    """One theme after the other."""
    return Theme(qapp, request.param)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The dark theme."""
    return Theme(qapp, Choice.DARK)
