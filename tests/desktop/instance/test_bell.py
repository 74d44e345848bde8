"""The bell at a window."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTemporaryDir
from pytestqt.qtbot import QtBot

from desktop.instance.bell import Bell, bell_name
from desktop.instance.ring import Ring, has_bell
from tests.support.program import homes


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No bell of somebody else is heard."""
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def bell(qtbot: QtBot) -> Bell:
    bell = Bell()
    bell.hang("shop-1")
    return bell


def test_who_rings_is_heard_each_time(bell: Bell, qtbot: QtBot) -> None:
    for _ in range(2):
        ring = Ring("shop-1")
        with qtbot.waitSignal(bell.rung), qtbot.waitSignal(ring.answered) as told:
            ring.start()
        assert told.args == [True]


def test_another_project_has_another_bell(bell: Bell) -> None:
    assert has_bell("shop-1")
    assert not has_bell("shop-2")


def test_a_bell_that_was_taken_down_is_silent_and_can_be_hung_again(bell: Bell) -> None:
    bell.take_down()
    assert not has_bell("shop-1")
    bell.hang("shop-2")
    bell.hang("shop-1")
    assert has_bell("shop-1")
    assert not has_bell("shop-2")


def test_another_user_has_other_bells(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mine = bell_name("shop-1")
    for name, value in homes(tmp_path / "other").items():
        monkeypatch.setenv(name, value)
    assert bell_name("shop-1") != mine


@pytest.mark.skipif(sys.platform == "win32", reason="pipes leave nothing behind")
def test_what_a_crash_left_is_no_hindrance(qtbot: QtBot) -> None:
    name = Path(QTemporaryDir().path()).parent / bell_name("shop-1")
    name.touch()
    bell = Bell()
    bell.hang("shop-1")
    assert has_bell("shop-1")
    bell.take_down()
