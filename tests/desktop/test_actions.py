"""The list of everything that can be done, and its keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.workers.phase import Phase
from desktop.actions import Actions
from desktop.commands.command import Command
from desktop.desk import Desk
from tests.desktop.conftest import Player
from tests.support.qt import emitted
from tests.support.stage import Stage, open_demo


class Part:
    """A part of a window that can do some things."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.busy = False

    def commands(self) -> Iterator[Command]:
        def deed(name: str) -> Command:
            return Command(name, lambda: self.done.append(name))

        yield Command("Begin", deed("begin").run, key="F6", possible=lambda: not self.busy)
        yield Command("End", deed("end").run, key="F6", also="F7", possible=lambda: self.busy)
        yield Command("Find", deed("find").run, key="F8", own_key=True)
        yield Command("Hidden", deed("hidden").run, key="F9", listed=False)
        yield Command("Step", deed("step").run, key="F10", repeats=True)


@pytest.fixture
def part() -> Part:
    return Part()


@pytest.fixture
def window(part: Part, qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(_closed_desk(window), lambda: None)
    actions.add(part.commands)
    actions.install(window)
    window.show()
    qtbot.waitActive(window).__enter__()
    return window


def _closed_desk(parent: QWidget) -> Desk:
    return Desk(None, {}, parent)  # type: ignore[arg-type]  # nothing is opened


def test_a_key_does_the_first_that_is_possible(window: QWidget, part: Part, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F6)
    part.busy = True
    qtbot.keyClick(window, Qt.Key.Key_F6)
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert part.done == ["begin", "end", "end"]


def test_a_key_that_a_widget_hears_itself_is_left_to_it(
    window: QWidget, part: Part, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert part.done == []


def test_what_is_not_listed_has_its_key_all_the_same(
    window: QWidget, part: Part, qtbot: QtBot
) -> None:
    actions = Actions(_closed_desk(window), lambda: None)
    actions.add(part.commands)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert part.done == ["hidden"]
    assert "Hidden" in [command.label for command in actions.commands()]
    assert "Hidden" not in [command.label for command in actions.listed()]


def test_a_key_that_is_held_down_does_a_deed_once_and_a_step_again_and_again(
    window: QWidget, part: Part, qtbot: QtBot
) -> None:
    for key in (Qt.Key.Key_F6, Qt.Key.Key_F10):
        for repeated in (False, True, True):
            native = QKeyEvent(
                QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, autorep=repeated
            )
            QApplication.sendEvent(window.windowHandle(), native)
    assert part.done == ["begin", "step", "step", "step"]


def test_keys_start_and_stop_the_fleet_and_one_of_it(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        window, qtbot = stage.window, stage.qtbot
        first = stage.session.supervisor.workers[0].name

        def phases() -> list[Phase]:
            return [worker.phase for worker in stage.session.supervisor.workers]

        stage.page.choose(first)
        qtbot.keyClick(window, Qt.Key.Key_F5)
        await stage.until(lambda: phases()[0] is Phase.EXITED)
        qtbot.keyClick(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
        await stage.until(stage.session.all_gone)
        qtbot.keyClick(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
        await stage.until(lambda: set(phases()) == {Phase.READY})

    play(scene)


def test_a_fleet_that_gave_up_is_started_and_one_that_tries_again_is_stopped(
    play: Player, project: Path
) -> None:
    """The bar and the keys offer the same."""
    (project / "celery_queue" / "tasks.py").write_text("raise SystemExit(3)\n")

    async def scene(stage: Stage) -> None:
        stage.window.open_folder(str(project))
        await emitted(stage.desk.opened)

        def phases() -> set[Phase]:
            return {worker.phase for worker in stage.session.supervisor.workers}

        def offered() -> set[str]:
            labels = {each.label for each in stage.window.deeds.commands() if each.possible()}
            buttons = stage.window.top.findChildren(QPushButton)
            shown = {each.text() for each in buttons if each.isVisible()}
            assert {f"{verb} all" in shown for verb in ("Start", "Stop")} == {True, False}
            assert all(f"{each} workers" in labels for each in shown if each.endswith(" all"))
            return shown

        stage.session.start()
        await stage.until(lambda: phases() == {Phase.BACKOFF})
        assert "Stop all" in offered()
        stage.session.start()
        await stage.until(lambda: phases() == {Phase.FATAL})
        assert "Start all" in offered()

    play(scene)


def test_no_two_parts_want_the_same_key_for_different_things(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        keyed = [each for each in stage.window.deeds.commands() if each.key and not each.own_key]
        possible = [each.key for each in keyed if each.possible()]
        assert sorted(possible) == sorted(set(possible))

    play(scene)
