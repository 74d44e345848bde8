"""The frame around the pages, and what is true of all of them."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.tasks.call import TaskCall
from desktop.run.drawer import TABS
from desktop.run.grid import Layout
from desktop.shell.frame import framed
from tests.desktop.conftest import Player
from tests.support.qt import until
from tests.support.stage import Stage, open_demo
from tests.support.walking import cut, describe, unnamed

SIZES = ((1024, 640), (1280, 720), (1440, 900), (1920, 1080), (3840, 2160))
TURNS = 20
"""Of Qt's loop, until all layouts have found their sizes."""


def test_what_is_between_the_bars_takes_the_room(qtbot: QtBot) -> None:
    rail, top, content, status = (QWidget() for _ in range(4))
    rail.setFixedWidth(72)
    top.setFixedHeight(48)
    status.setFixedHeight(28)
    frame = framed(rail, top, content, status)
    qtbot.addWidget(frame)
    frame.resize(1000, 600)
    frame.show()
    assert content.geometry().getRect() == (72, 48, 928, 524)
    assert rail.height() == 600
    assert status.geometry().bottom() == 599


async def settle(stage: Stage) -> None:
    stage.desk.hub.flush()
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def pages(stage: Stage) -> AsyncIterator[str]:
    """Shows one page after the other, with all that can be on it."""
    window = stage.window
    yield "welcome"
    window.set_up.look(str(Path(__file__).parent))
    await until(lambda: window.set_up.idle)
    yield "set-up"
    window.set_up.leave()
    await open_demo(stage)
    logs = stage.page.logs
    calls = (
        TaskCall("celery_queue.tasks.add", (), {"x": 1, "y": 2}, count=12),
        TaskCall("celery_queue.tasks.fail_deep", (), {"depth": 2}),
    )
    for call in calls:
        ids = await stage.session.send(call)
    await stage.until(lambda: stage.session.ledger.counts.totals().failed == 1)
    victim = stage.session.supervisor.workers[3]
    assert victim.pid is not None
    psutil.Process(victim.pid).kill()
    await stage.until(lambda: stage.session.supervisor.workers[3].restarts == 1)
    await stage.until_shown(*["Ready"] * 4)
    for tab in TABS:
        stage.page.drawer.show_tab(tab)
        yield f"details, {tab}"
    for layout in Layout:
        logs.arrange(layout)
        yield f"logs, {layout}"
    logs.arrange(Layout.GRID)
    logs.frame().open_find()
    yield "finding in a pane"
    logs.frame().close_find()
    logs.frame().open_filter()
    yield "filtering a pane"
    logs.frame().close_filter()
    logs.open_find()
    logs.filter.open()
    yield "finding and filtering in all"
    logs.find_all.hide()
    logs.follow_task(ids[0])
    yield "a task"
    stage.press("Send test task")
    panel = window.test_task.panel
    await until(lambda: panel.picker.tasks.rows.rowCount() > 1)
    yield "send"


def test_everything_has_a_name_and_no_word_is_cut_in_any_size(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        faults: list[str] = []
        async for page in pages(stage):
            for size in SIZES:
                stage.window.resize(*size)
                await settle(stage)
                wrong = cut(stage.window)
                faults += [f"{page}, {size[0]}x{size[1]}: cut: {each}" for each in wrong]
            faults += [f"{page}: no name: {each}" for each in unnamed(stage.window)]
        assert not faults, "\n".join(faults)

    play(scene)


def test_tab_leads_through_all_of_it_as_one_reads_and_round_its_end(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        stage.window.top.scaled.emit(5)
        await stage.until_shown(*["Ready"] * 5)
        await settle(stage)
        window, page = stage.window, stage.page
        parts = (
            *(window.rail, window.top, page.table, page.drawer),
            *(page.logs.toolbar, *page.logs.panes, window.status),
        )
        visited: list[int] = []
        window.rail.buttons[0].setFocus()
        while True:
            focused = window.focusWidget()
            assert focused is not None
            assert focused.accessibleName(), describe(focused)
            part = next((n for n, each in enumerate(parts) if each.isAncestorOf(focused)), None)
            part = parts.index(focused) if focused in parts else part
            visited += [] if part is None else [part]
            stage.qtbot.keyClick(focused, Qt.Key.Key_Tab)
            if window.focusWidget() is window.rail.buttons[0]:
                break
        assert visited == sorted(visited)
        assert set(visited) == set(range(len(parts)))
        stage.qtbot.keyClick(window.rail.buttons[0], Qt.Key.Key_Backtab)
        focused = window.focusWidget()
        assert focused is not None
        assert window.status.isAncestorOf(focused)

    play(scene)


@pytest.mark.parametrize("scale", ["1.5", "2"])
def test_no_word_is_cut_on_finer_screens(scale: str) -> None:
    """Qt reads the scale at its start, so each has a process of its own."""
    name = test_everything_has_a_name_and_no_word_is_cut_in_any_size.__name__
    run = [sys.executable, "-m", "pytest", "-q", "-n", "0", f"{__file__}::{name}"]
    ended = subprocess.run(
        run,
        env={**os.environ, "QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-6000:]
