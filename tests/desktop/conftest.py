"""The window's tests run without a screen; Qt's and Python's warnings fail them."""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from core.places import DEMO, DEMO_APP, state_folder
from desktop.app import RECENT_FILE
from desktop.theme.theme import Choice, Theme
from desktop.welcome.recents import Recent, Recents
from tests.support.program import homes
from tests.support.stage import Play, play


class Player(Protocol):
    """Plays a scene; `tray` is that of `play`."""

    def __call__(self, scene: Play, *, tray: bool = False) -> None: ...


@pytest.fixture(params=[Choice.DARK, Choice.LIGHT])
def both_themes(request: pytest.FixtureRequest, qapp: QApplication) -> Theme:
    """One theme after the other."""
    return Theme(qapp, request.param)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The dark theme."""
    return Theme(qapp, Choice.DARK)


@pytest.fixture(name="play")
def player(
    qapp: QApplication,
    theme: Theme,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Player:
    """Plays a scene in a window of its own, which remembers nothing."""
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)

    def playing(scene: Play, *, tray: bool = False) -> None:
        play(scene, qapp, theme, tmp_path, qtbot, tray=tray)

    return playing


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo that says how it is opened, and was open before."""
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)
    root = tmp_path / "shop"
    shutil.copytree(DEMO, root, ignore=shutil.ignore_patterns("__pycache__"))
    python = json.dumps(sys.executable)
    (root / "solofleet.toml").write_text(
        f'app = "{DEMO_APP}"\npython = {python}\nbroker = "builtin"\nworkers = 2\n'
    )
    for folder in (tmp_path, state_folder()):  # that of a scene, and that of the real program
        Recents(folder / RECENT_FILE).note(Recent(str(root), DEMO_APP, 2, 0.0))
    return root
