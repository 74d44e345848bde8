"""Ringing at a window of another process."""

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.instance import ring as module
from desktop.instance.ring import Ring, has_bell
from tests.support.program import ROOT, homes

WINDOW = """
from PySide6.QtCore import QCoreApplication
from desktop.instance.bell import Bell
application = QCoreApplication([])
bell = Bell()
bell.rung.connect(lambda: print("rung", flush=True))
bell.hang("shop-1")
print("hung", flush=True)
application.exec()
"""
DEAF = WINDOW.replace("application.exec()", "import sys; sys.stdin.read()")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No bell of somebody else is heard."""
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)


@contextmanager
def window(code: str = WINDOW) -> Generator[subprocess.Popen[str]]:
    """Another process with a bell."""
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "hung\n"
        try:
            yield process
        finally:
            process.kill()


def answer(qtbot: QtBot, project: str = "shop-1") -> bool:
    ring = Ring(project)
    with qtbot.waitSignal(ring.answered) as told:
        ring.start()
    return told.args[0]


def test_a_window_of_another_process_shows_itself(qtbot: QtBot) -> None:
    with window() as process:
        assert has_bell("shop-1")
        assert answer(qtbot)
        assert process.stdout is not None
        assert process.stdout.readline() == "rung\n"


def test_where_nobody_is_nobody_answers(qtbot: QtBot) -> None:
    assert not answer(qtbot)
    assert not has_bell("shop-1")


def test_a_window_that_was_killed_does_not_answer(qtbot: QtBot) -> None:
    with window() as process:
        process.kill()
        process.wait()
        assert not answer(qtbot)


def test_a_window_that_hangs_is_given_up(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_MS", 100)
    with window(DEAF):
        assert not answer(qtbot)
