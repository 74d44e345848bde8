"""A project that is open elsewhere: the real program twice."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from core.places import state_folder
from core.project.folder import project_name
from core.workers.leftovers import claim
from desktop.instance.doorman import Doorman
from desktop.instance.ring import Ring, has_bell, ring
from desktop.keeping.files import file_of_all
from desktop.theme.theme import Theme
from desktop.widgets.error_card import ErrorCard
from tests.desktop.conftest import Player
from tests.support.program import ROOT
from tests.support.qt import emitted
from tests.support.stage import Stage
from tests.support.waiting import wait_until

PROGRAM = (sys.executable, "-W", "error", "-m", "desktop")


@contextmanager
def solofleet(project: Path) -> Generator[subprocess.Popen[str]]:
    """Its window with this project open, in a process of its own."""
    with subprocess.Popen(
        [*PROGRAM, str(project)], cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            wait_until(lambda: has_bell(project_name(project)), 60, "a window")
            yield process
        finally:
            process.kill()


def shown(stage: Stage) -> list[str]:
    """The buttons of the errors that are told."""
    cards = stage.window.findChildren(ErrorCard)
    return [each.text() for card in cards for each in card.findChildren(QPushButton)]


def test_a_second_program_shows_the_window_of_the_first_and_ends(project: Path) -> None:
    with solofleet(project) as first:
        record = file_of_all(state_folder())  # of what is open without being named
        wait_until(
            lambda: record.exists() and str(project) in record.read_text("utf-8"), 60, "a record"
        )
        for arguments in ([str(project)], []):
            second = subprocess.run(
                [*PROGRAM, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60
            )
            assert (second.returncode, second.stdout) == (0, "")
            assert second.stderr == "shop is open already: its window comes to the front\n"
        assert first.poll() is None
        if sys.platform != "win32":
            first.send_signal(signal.SIGINT)
            assert first.wait(60) == 0


def test_a_window_that_opens_the_project_of_another_offers_to_show_that(
    play: Player, theme: Theme, project: Path
) -> None:
    async def scene(stage: Stage) -> None:
        doorman = Doorman(stage.window, theme, stage.desk)
        with solofleet(project):
            stage.window.open_folder(str(project))
            await emitted(stage.desk.failed)
            assert shown(stage) == ["Show its window"]
            stage.press("Show its window")
            (ring,) = (each for each in doorman.children() if isinstance(each, Ring))
            answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
            ring.answered.connect(answer.set_result)
            assert await answer

    play(scene)


def test_a_project_that_runs_in_a_terminal_has_no_window_to_show(
    play: Player, theme: Theme, project: Path
) -> None:
    async def scene(stage: Stage) -> None:
        Doorman(stage.window, theme, stage.desk)
        with claim(project_name(project), print):
            stage.window.open_folder(str(project))
            (error,) = await emitted(stage.desk.failed)
            assert "is open already" in error.what
            assert shown(stage) == []

    play(scene)


def test_a_window_is_rung_at_while_its_project_is_open(
    play: Player, theme: Theme, project: Path
) -> None:
    async def scene(stage: Stage) -> None:
        Doorman(stage.window, theme, stage.desk)
        stage.window.open_folder(str(project))
        await emitted(stage.desk.opened)
        stage.window.hide()
        assert await ring(project_name(project))
        assert stage.window.isVisible()
        stage.desk.close()
        await emitted(stage.desk.closed)
        assert not await ring(project_name(project))

    play(scene)
