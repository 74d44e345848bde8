"""The window on Windows' Python: Qt's loop on its completion ports, real workers, the mouse."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

if sys.platform != "win32":
    pytest.skip("Windows", allow_module_level=True)

# Wine keeps variables that begin with QT_ from its programs.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("SOLOFLEET_TEST_PLATFORM", "offscreen")

import redis
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.secret import Secret
from core.tasks.call import TaskCall
from core.wishes import Wishes
from desktop.theme.theme import Choice, Theme
from tests.support.program import homes
from tests.support.qt import emitted
from tests.support.stage import Stage, play
from tests.windows.databases import WINDOW as URL

TASKY = Path(__file__).resolve().parents[1] / "data" / "projects" / "tasky"
PLATFORM = os.environ["QT_QPA_PLATFORM"]
PICTURE = os.environ.get("SOLOFLEET_TEST_PICTURE")
WORKERS = 2


@pytest.mark.timeout(240)
def test_a_fleet_starts_works_and_stops_by_the_mouse(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)
    redis.Redis.from_url(URL).flushdb()

    async def scene(stage: Stage) -> None:
        assert isinstance(asyncio.get_running_loop(), asyncio.ProactorEventLoop)
        wishes = Wishes(workers=WORKERS, broker=Secret(URL))
        stage.desk.open(str(TASKY), wishes, python=sys.executable, start=False)
        await emitted(stage.desk.opened)
        stage.press("Start all")
        await stage.until_shown(*["Ready"] * WORKERS)
        await stage.session.send(TaskCall("tasky.add", (1, 2), count=20))
        await stage.until(lambda: stage.session.ledger.counts.totals().succeeded == 20)
        assert "20 done" in stage.window.status.text()
        if PLATFORM == "windows":  # the others have no frame with a colour
            assert QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        if PICTURE:
            assert stage.window.grab().save(PICTURE)
        stage.press("Stop all")
        await stage.until(stage.session.all_settled)
        await stage.until_shown(*["Exited"] * WORKERS)
        assert [each.exit for each in stage.session.supervisor.workers] == [0] * WORKERS

    play(scene, qapp, Theme(qapp, Choice.DARK), tmp_path, qtbot)
