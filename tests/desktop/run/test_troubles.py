"""Real workers in trouble, and what their panes say of it."""

import sys
from pathlib import Path
from textwrap import dedent

import psutil
from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton

from core.broker.builtin import free_port
from core.secret import Secret
from core.tasks.call import TaskCall
from core.wishes import Wishes
from core.workers.phase import Phase, Worker
from desktop.logpane.banner import Banner
from desktop.logpane.trouble_card import TroubleCard
from tests.desktop.conftest import Player
from tests.support.qt import emitted
from tests.support.stage import Stage

SHOP = """
    import os, time
    from celery import Celery

    app = Celery("shop", broker="redis://localhost/0")

    @app.task
    def crash():
        print("the last words", flush=True)
        os._exit(9)

    @app.task
    def slow():
        time.sleep(60)

    @app.task
    def odd():
        return object()
"""


async def open_shop(stage: Stage, folder: Path, code: str = SHOP, rows: str = "") -> None:
    """One worker of a project of its own, on the built-in broker."""
    shop = folder / "shop"
    shop.mkdir()
    (shop / "shop.py").write_text(dedent(code))
    (shop / "solofleet.toml").write_text(rows)
    names = ("web",) if rows else ()
    wishes = Wishes(workers=1, broker=Secret("builtin"), name="w%i@box", rows=names)
    stage.desk.open(str(shop), wishes, app="shop", python=sys.executable, start=True)
    await emitted(stage.desk.opened)


def worker(stage: Stage) -> Worker:
    return stage.session.supervisor.workers[0]


async def until_ready(stage: Stage) -> None:
    await stage.until(lambda: worker(stage).phase is Phase.READY)


def card(stage: Stage, name: str = "w1@box") -> TroubleCard | None:
    cards = stage.page.logs.panes.pane(name).findChildren(TroubleCard)
    return next((each for each in cards if each.isVisible()), None)


def banner(stage: Stage, name: str = "w1@box") -> str:
    banners = stage.page.logs.panes.pane(name).findChildren(Banner)
    return next((each.words.sentence for each in banners if each.isVisible()), "")


def press(stage: Stage, name: str) -> None:
    buttons = stage.page.findChildren(QAbstractButton)
    next(each for each in buttons if each.accessibleName() == name and each.isVisible()).click()


def test_a_task_that_ends_its_process_is_told_with_its_last_words(
    play: Player, tmp_path: Path
) -> None:
    async def scene(stage: Stage) -> None:
        await open_shop(stage, tmp_path)
        await until_ready(stage)
        await stage.session.send(TaskCall("shop.crash", (), {}))
        await stage.until(lambda: worker(stage).phase is Phase.BACKOFF)
        assert banner(stage).startswith("crashed, try 1, in ")
        crashed = card(stage)
        assert crashed is not None
        assert crashed.trouble.title == "Crashed in shop.crash"
        assert crashed.trouble.text.startswith("Ended with code 9.")
        assert crashed.trouble.lines[-1] == "the last words"
        press(stage, "Start now")
        await until_ready(stage)
        assert banner(stage) == ""
        assert crashed.trouble.more.endswith("w1 runs again.")
        press(stage, "Show the line")
        view = stage.page.logs.panes.pane("w1@box").view
        assert view.selection is not None
        assert view.selection.start.place == crashed.trouble.line
        press(stage, "Dismiss this message")
        assert card(stage) is None
        await stage.session.send(TaskCall("shop.crash", (), {}))
        await stage.until(lambda: worker(stage).phase is Phase.BACKOFF)
        again = card(stage)
        assert again is not None
        assert again.trouble.note == "2nd time"

    play(scene)


def test_a_worker_that_is_killed_from_outside_is_told_though_it_is_back_at_once(
    play: Player, tmp_path: Path
) -> None:
    async def scene(stage: Stage) -> None:
        await open_shop(stage, tmp_path)
        await until_ready(stage)
        pid = worker(stage).pid
        assert pid is not None
        psutil.Process(pid).kill()
        await stage.until(lambda: worker(stage).restarts == 1)
        await until_ready(stage)
        killed = card(stage)
        assert killed is not None
        if sys.platform != "win32":
            assert killed.trouble.title == "Ended from outside"
            assert "SIGKILL" in killed.trouble.text

    play(scene)


def test_who_gives_up_says_why_and_what_to_do(play: Player, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        await open_shop(stage, tmp_path, 'import nowhere_at_all\napp = "Celery("\n')
        for _ in range(3):
            await stage.until(lambda: worker(stage).phase is Phase.BACKOFF)
            press(stage, "Start now")
        await stage.until(lambda: worker(stage).phase is Phase.FATAL)
        assert banner(stage) == "gave up: it is not started again by itself"
        told = card(stage)
        assert told is not None
        assert "nowhere_at_all" in f"{told.trouble.title} {told.trouble.text} {told.trouble.fix}"
        assert told.trouble.button == "Start again"

    play(scene)


def test_a_stop_is_counted_down_and_can_be_forced_in_pane_and_table(
    play: Player, tmp_path: Path
) -> None:
    async def scene(stage: Stage) -> None:
        await open_shop(stage, tmp_path)
        await until_ready(stage)
        await stage.session.send(TaskCall("shop.slow", (), {}))
        await stage.until(lambda: worker(stage).phase is Phase.BUSY)
        stage.desk.stop("w1@box")
        await stage.until(lambda: worker(stage).phase is Phase.STOPPING)
        first = banner(stage)
        assert first.startswith("finishing shop.slow (")
        ticked = stage.page.troubles.findChild(QTimer)
        assert ticked is not None
        while banner(stage) == first:
            await emitted(ticked.timeout)

        press(stage, "Force w1 now")
        await stage.until(stage.session.all_gone)
        assert banner(stage) == ""

    play(scene)


def test_a_known_error_is_told_with_its_line_and_goes_when_it_is_dismissed(
    play: Player, tmp_path: Path
) -> None:
    async def scene(stage: Stage) -> None:
        await open_shop(stage, tmp_path)
        await until_ready(stage)
        await stage.session.send(TaskCall("shop.odd", (), {}))
        while card(stage) is None:
            await emitted(stage.desk.hub.diagnosed)
        known = card(stage)
        assert known is not None
        assert known.trouble.title == "An argument or a result of a task cannot be written as JSON"
        assert known.trouble.line is not None
        assert "EncodeError" in stage.session.log("w1@box").text(known.trouble.line)
        press(stage, "Dismiss this message")
        assert card(stage) is None

    play(scene)


class Browser(QObject):
    """Stands in for the browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


def test_a_web_server_beside_the_workers_is_opened_in_the_browser(
    play: Player, tmp_path: Path
) -> None:
    async def scene(stage: Stage) -> None:
        port = free_port()
        command = f"python -m http.server {port} --bind 127.0.0.1"
        rows = f'[rows.web]\ncommand = "{command}"\nport = {port}\n'
        await open_shop(stage, tmp_path, rows=rows)
        await stage.until(lambda: stage.session.company.rows[0].phase is Phase.READY)
        lines = [stage.page.rows.at(place).name for place in range(stage.page.rows.rowCount())]
        assert lines == ["w1", "Beside the workers", "web"]
        browser = Browser()
        QDesktopServices.setUrlHandler("http", browser, "open")
        try:
            press(stage, f"Open http://localhost:{port}/")
        finally:
            QDesktopServices.unsetUrlHandler("http")
        assert browser.opened == [f"http://localhost:{port}/"]
        press(stage, "Restart web")
        await stage.until(lambda: stage.session.company.rows[0].restarts == 1)

    play(scene)
